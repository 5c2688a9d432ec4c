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
from tracker.citing.formats import Format, paragraphs

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")
_WEB = re.compile(r"https?://[^\s\"'<>]+")
# What a terminal or a page would obey instead of showing it: control characters, marks that turn the
# direction of what follows; and halves of characters, which no file can hold.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source that the claim names or links; ``url`` is None where it is only named."""

    name: str
    url: str | None
    how: str


@dataclass(frozen=True, slots=True)
class Citation:
    """All that a citation says; ``problems`` are the reasons why the claim is not citable.

    ``kind`` and ``byline`` are those of the document (article, email, report …).
    ``tellers`` are the claim's chain, the outermost first; ``stance`` is that of the claim.
    ``page`` is the page of a PDF on which the claim begins, None for what has no pages.
    ``page_news`` tells that the document's page is gone or was not found, in words; empty where it is there.
    ``accessed`` is when the page was fetched, ISO 8601; ``archived`` the hash of its bytes.
    """

    claim_id: int
    kind: str
    quote: str
    figures: tuple[str, ...]
    tellers: tuple[str, ...]
    origin: str | None
    stance: str
    title: str
    byline: str | None
    publisher: str | None
    published: str | None
    url: str | None
    accessed: str
    archived: str
    sources: tuple[CitedSource, ...]
    sourcing_reason: str
    problems: tuple[str, ...]
    page: int | None = None
    page_news: str = ""


def as_text(citation: Citation) -> str:
    """The citation as plain text, one paragraph, its note on the figure and its source behind it."""
    lines = [f'{warning(citation)}"{flat(citation.quote)}" ({who(citation)}), {_work(citation)}.']
    return "\n".join([*lines, *notes_in_words(citation), sources_in_words(citation)])


def sources_in_words(citation: Citation) -> str:
    """What the claim rests on, as one plain sentence."""
    return _rests_on(citation, _source_in_words)


def _source_in_words(source: CitedSource) -> str:
    """Name and address; the address alone where it stands for the name, with or without publisher and place."""
    name, url = flat(source.name), flat(source.url or "")
    if not url:
        return f"{name} ({source.how}, no link)"
    return name if name == url or name.startswith((f"{url} (", f"{url}, ")) else f"{name}, {url}"


def as_markdown(citation: Citation) -> str:
    """The citation as Markdown; every mark in the words is escaped, links are http or https only."""
    warned = f"**{_md(warning(citation).strip())}** " if citation.problems else ""
    title = _md(flat(citation.title))
    if is_web(citation.url):
        title = f"[{title}](<{_target(citation.url)}>)"
    quote, work = _md(flat(citation.quote)), _work(citation, title, _md, with_url=False)
    lines = [f'{warned}"{quote}" ({_md(who(citation))}), {work}.']
    lines += [_md(line) for line in notes_in_words(citation)]

    def source(s: CitedSource) -> str:
        return (
            f"[{_md(flat(s.name))}](<{_target(s.url)}>)"
            if is_web(s.url)
            else f"{_md(flat(s.name))} ({_md(s.how)}, no link)"
        )

    lines.append(_rests_on(citation, source, _md))
    return "  \n".join(lines)


def as_html(citation: Citation) -> str:
    """The citation as a fragment of HTML, everything escaped, links http or https only."""
    warned = f'<strong class="not-checked">{escape(warning(citation).strip())}</strong> ' if citation.problems else ""
    title = f"<cite>{escape(flat(citation.title))}</cite>"
    if is_web(citation.url):
        title = f'<a href="{escape(citation.url or "")}">{title}</a>'
    figure = "".join(f"<p>{escape(line)}</p>\n" for line in notes_in_words(citation))

    def source(s: CitedSource) -> str:
        name = escape(flat(s.name))
        return f'<a href="{escape(s.url or "")}">{name}</a>' if is_web(s.url) else f"{name} ({escape(s.how)}, no link)"

    return (
        f"<blockquote>\n<p>{warned}<q>{escape(flat(citation.quote))}</q> ({escape(who(citation))}), "
        f"{_work(citation, title, escape, with_url=False)}.</p>\n"
        f"{figure}<p>{_rests_on(citation, source, escape)}</p>\n</blockquote>"
    )


def warning(citation: Citation) -> str:
    """``NOT CHECKED:`` with every reason and a space behind; empty where the claim is citable."""
    return f"NOT CHECKED: {'; '.join(map(flat, citation.problems))}. " if citation.problems else ""


_STANCES = {
    "denied": "DENIED by ",
    "hypothetical": "as a possibility, by ",
    "hedged": "as uncertain, by ",
}


def who(citation: Citation) -> str:
    """Who said it, the innermost teller first, with how it is meant: a denial never reads as an assertion."""
    tellers = [flat(name) for name in reversed(citation.tellers)] or ["speaker not known"]
    said_by = _STANCES.get(citation.stance, "") + tellers[0]
    if citation.origin and citation.origin.casefold() not in tellers[0].casefold():
        said_by += f", {flat(citation.origin)}"
    # The publisher stands in the citation of the work already.
    between = [name for name in tellers[1:] if name != flat(citation.publisher or "")]
    return f"{said_by}; reported by {', '.join(between)}" if between else said_by


def _work(
    citation: Citation, title: str | None = None, mark: Callable[[str], str] = str, *, with_url: bool = True
) -> str:
    parts = [title or flat(citation.title)]
    if citation.publisher:
        parts.append(mark(flat(citation.publisher)))
    parts.append(mark(flat(date_in_words(citation.published[:10])) if citation.published else "no date"))
    if citation.page is not None:
        parts.append(mark(f"p. {citation.page}"))
    if with_url and citation.url:
        parts.append(flat(citation.url))
    accessed = (
        f"read {date_in_words(citation.accessed[:10])}, claim {citation.claim_id}, archived {citation.archived[:19]}"
    )
    return ", ".join(parts) + f" [{mark(accessed)}]"


def notes_in_words(citation: Citation) -> list[str]:
    """The line about the figures, where the claim has some, and that about its page, where it is not there any more."""
    figures = [f"Figure: {flat('; '.join(citation.figures))}."] if citation.figures else []
    return [*figures, f"Page: {flat(citation.page_news)}."] if citation.page_news else figures


def _rests_on(citation: Citation, source: Callable[[CitedSource], str], mark: Callable[[str], str] = str) -> str:
    if citation.sources:
        return "Source: " + "; ".join(source(s) for s in citation.sources) + "."
    reason = f" ({mark(flat(citation.sourcing_reason))})" if citation.sourcing_reason else ""
    return f"Source: none given{reason}."


def flat(text: str) -> str:
    """The text on one line, with nothing in it that a terminal would obey."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text).replace("&", "&amp;")


def is_web(url: str | None) -> bool:
    """Whether an address is plainly one of the web, fit to be a link: ``http`` or ``https``, without odd signs."""
    return url is not None and _WEB.fullmatch(url) is not None and not _CONTROL.search(url)


def _target(url: str | None) -> str:
    return (url or "").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


FORMATS = (
    Format("text", "txt", "text/plain; charset=utf-8", paragraphs(as_text)),
    Format("markdown", "md", "text/markdown; charset=utf-8", paragraphs(as_markdown, lambda said: f"*{_md(said)}*")),
    Format("html", "html", "text/html; charset=utf-8", paragraphs(as_html, lambda said: f"<p>{escape(said)}</p>")),
)
