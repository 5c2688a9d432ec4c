"""A claim with its citation, as text, Markdown and HTML.

What is not citable comes out all the same, with ``NOT CHECKED:`` and the reasons in front: the
words that leave the house must never look more certain than they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tracker.citing.figures import date_in_words

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source that the claim names or links; ``url`` is None where it is only named."""

    name: str
    url: str | None
    how: str


@dataclass(frozen=True, slots=True)
class Citation:
    """All that a citation says; ``problems`` are the reasons why the claim is not citable.

    ``tellers`` are the claim's chain, the outermost first; ``stance`` is that of the claim.
    ``accessed`` is when the page was fetched, ISO 8601; ``archived`` the hash of its bytes.
    """

    claim_id: int
    quote: str
    figures: tuple[str, ...]
    tellers: tuple[str, ...]
    origin: str | None
    stance: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    accessed: str
    archived: str
    sources: tuple[CitedSource, ...]
    sourcing_reason: str
    problems: tuple[str, ...]


def as_text(citation: Citation) -> str:
    """The citation as plain text, one paragraph, its note on the figure and its source behind it."""
    lines = [f'{_warning(citation)}"{_flat(citation.quote)}" ({_who(citation)}), {_work(citation)}.']
    if citation.figures:
        lines.append("Figure: " + "; ".join(citation.figures) + ".")
    lines.append(
        _rests_on(
            citation, lambda s: f"{_flat(s.name)}, {_flat(s.url)}" if s.url else f"{_flat(s.name)} ({s.how}, no link)"
        )
    )
    return "\n".join(lines)


def as_markdown(citation: Citation) -> str:
    """The citation as Markdown; every mark in the words is escaped, links are http or https only."""
    warning = f"**{_md(_warning(citation).strip())}** " if citation.problems else ""
    title = _md(_flat(citation.title))
    if _linkable(citation.url):
        title = f"[{title}](<{_target(citation.url)}>)"
    quote, work = _md(_flat(citation.quote)), _work(citation, title, _md, with_url=False)
    lines = [f'{warning}"{quote}" ({_md(_who(citation))}), {work}.']
    if citation.figures:
        lines.append("Figure: " + _md("; ".join(citation.figures)) + ".")

    def source(s: CitedSource) -> str:
        return (
            f"[{_md(_flat(s.name))}](<{_target(s.url)}>)"
            if _linkable(s.url)
            else f"{_md(_flat(s.name))} ({_md(s.how)}, no link)"
        )

    lines.append(_rests_on(citation, source))
    return "  \n".join(lines)


def as_html(citation: Citation) -> str:
    """The citation as a fragment of HTML, everything escaped, links http or https only."""
    warning = f'<strong class="not-checked">{escape(_warning(citation).strip())}</strong> ' if citation.problems else ""
    title = f"<cite>{escape(_flat(citation.title))}</cite>"
    if _linkable(citation.url):
        title = f'<a href="{escape(citation.url or "")}">{title}</a>'
    figure = f"<p>Figure: {escape('; '.join(citation.figures))}.</p>\n" if citation.figures else ""

    def source(s: CitedSource) -> str:
        name = escape(_flat(s.name))
        return (
            f'<a href="{escape(s.url or "")}">{name}</a>' if _linkable(s.url) else f"{name} ({escape(s.how)}, no link)"
        )

    return (
        f"<blockquote>\n<p>{warning}<q>{escape(_flat(citation.quote))}</q> ({escape(_who(citation))}), "
        f"{_work(citation, title, escape, with_url=False)}.</p>\n"
        f"{figure}<p>{_rests_on(citation, source)}</p>\n</blockquote>"
    )


#: Every format by its name on the command line.
FORMATS: dict[str, Callable[[Citation], str]] = {"text": as_text, "markdown": as_markdown, "html": as_html}


def _warning(citation: Citation) -> str:
    return f"NOT CHECKED: {'; '.join(citation.problems)}. " if citation.problems else ""


_STANCES = {
    "denied": "DENIED by ",
    "hypothetical": "as a possibility, by ",
    "hedged": "as uncertain, by ",
}


def _who(citation: Citation) -> str:
    """Who said it, the innermost teller first, with how it is meant: a denial never reads as an assertion."""
    tellers = [_flat(name) for name in reversed(citation.tellers)] or ["speaker not known"]
    who = _STANCES.get(citation.stance, "") + tellers[0]
    if citation.origin and citation.origin.casefold() not in tellers[0].casefold():
        who += f", {_flat(citation.origin)}"
    # The publisher stands in the citation of the work already.
    between = [name for name in tellers[1:] if name != citation.publisher]
    return f"{who}; reported by {', '.join(between)}" if between else who


def _work(
    citation: Citation, title: str | None = None, mark: Callable[[str], str] = str, *, with_url: bool = True
) -> str:
    parts = [title or _flat(citation.title)]
    if citation.publisher:
        parts.append(mark(citation.publisher))
    parts.append(mark(date_in_words(citation.published[:10]) if citation.published else "no date"))
    if with_url and citation.url:
        parts.append(citation.url)
    accessed = (
        f"read {date_in_words(citation.accessed[:10])}, claim {citation.claim_id}, archived {citation.archived[:19]}"
    )
    return ", ".join(parts) + f" [{mark(accessed)}]"


def _rests_on(citation: Citation, source: Callable[[CitedSource], str]) -> str:
    if not citation.sources:
        return (
            f"Source: none given ({citation.sourcing_reason})." if citation.sourcing_reason else "Source: none given."
        )
    return "Source: " + "; ".join(source(s) for s in citation.sources) + "."


def _flat(text: str) -> str:
    return " ".join(text.split())


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text).replace("&", "&amp;")


def _linkable(url: str | None) -> bool:
    return bool(url) and re.match(r"https?://[^\s\"'<>]+$", url or "") is not None


def _target(url: str | None) -> str:
    return (url or "").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
