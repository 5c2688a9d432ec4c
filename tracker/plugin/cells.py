"""How values look in Datasette's tables: words in place of codes and JSON, short hashes, safe links.

Everything here escapes what it is given; what it returns is HTML and is not escaped again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from datasette.utils import to_css_class
from jinja2 import Environment
from markupsafe import Markup, escape

from tracker.citing.figures import number_in_words
from tracker.plugin.claim_words import attached as attached_in_words
from tracker.plugin.words import BADGES, CODED, DATED, day_in_words, value_in_words

_Kind = TypeVar("_Kind", list[Any], dict[str, Any])
_HASH = re.compile(r"(?:sha256:)?[0-9a-f]{64}\Z")
_HASH_SHOWN = 12
_URL_SHOWN = 60
_QUOTE_SHOWN = 280
_LABEL_SHOWN = 90
#: Of these roles the reader need not be told: the name alone says it.
_PLAIN_ROLES = ("publisher", "speaker")


def cell(column: str, value: object) -> Markup | None:
    """The HTML of a value in a column of ours; None where Datasette's own way is good enough."""
    shape = _SHAPES.get(column)
    return None if shape is None else shape(value)


def link_to(table: str, value: object) -> Markup | None:
    """A link to a row of the table at this address: by its label, where Datasette knows that, or its number.

    ``value`` is a number, or Datasette's pair of a number and a label.
    """
    number, label = (value.get("value"), value.get("label")) if isinstance(value, dict) else (value, None)
    if not isinstance(number, int):
        return None
    words = escape(cut(str(label or number), _LABEL_SHOWN))
    return _html(f'<bdi><a href="{escape(table)}/{number}">{words}</a></bdi>')


def row_html(row: Iterable[Mapping[str, Any]], hidden: Collection[str] = ()) -> Markup:
    """The cells of a row of Datasette's as ``<td>`` elements, but for those of ``hidden`` columns.

    In a template they would take most of a page's time.
    """
    return _html(
        "".join(
            f'<td class="col-{_css_class(cell["column"])} type-{cell["value_type"]}">{escape(cell["value"])}</td>'
            for cell in row
            if cell["column"] not in hidden
        )
    )


@cache
def _css_class(column: str) -> str:
    return str(to_css_class(column))  # type: ignore[no-untyped-call]


def number_in(row: Any, column: str) -> int | None:
    """The number that a row holds in this column, if the page has it."""
    try:
        value = row[column]
    except (KeyError, IndexError):
        return None
    found = value.get("value") if isinstance(value, dict) else value
    return found if isinstance(found, int) else None


def text_in(row: Any, column: str) -> str | None:
    """The text that a row holds in this column, if the page has it."""
    try:
        value = row[column]
    except (KeyError, IndexError):
        return None
    return value if isinstance(value, str) else None


def attached(sourcing: object, read: object = None) -> Markup | None:
    """The sourcing of a claim to which a person attached a supporting source: that first, then what its text gives."""
    if not isinstance(sourcing, str):
        return None
    level = "primary" if sourcing == "primary" else "linked"
    badge = f'<span class="press-badge press-badge-{level}">{escape(attached_in_words(sourcing))}</span>'
    if not isinstance(read, str):
        return _html(badge)
    own = escape(value_in_words(read, "sourcing"))
    return _html(f'{badge} <span class="press-hint">in the text: {own}</span>')


def linked_quote(address: str, value: object) -> Markup | None:
    """The words of a claim in quotation marks, cut at a word where they are long, leading to its page."""
    if not isinstance(value, str):
        return None
    words = escape(f"\u201c{cut(value, _QUOTE_SHOWN)}\u201d")
    return _html(f'<bdi class="press-words press-quote"><a href="{escape(address)}">{words}</a></bdi>')


def _html(made: str) -> Markup:
    """HTML whose values are escaped already; Markup's own format is five times slower, for 600 cells a page."""
    return Markup(made)  # noqa: S704


def cut(words: str, length: int) -> str:
    """The words, cut at the end of one of them, with an ellipsis, where they are longer."""
    return words if len(words) <= length else words[:length].rsplit(None, 1)[0] + "\u2026"


def _words(value: object) -> Markup | None:
    # Isolated, so that a right-to-left mark in one quotation cannot turn its neighbours round.
    return Markup('<bdi class="press-words">{}</bdi>').format(value) if isinstance(value, str) else None


def _badge(column: str) -> Callable[[object], Markup | None]:
    def shape(value: object) -> Markup | None:
        if not isinstance(value, str):
            return None
        words = escape(value_in_words(value, column))
        return _html(f'<span class="press-badge press-badge-{escape(value)}">{words}</span>')

    return shape


def _coded(column: str) -> Callable[[object], Markup | None]:
    def shape(value: object) -> Markup | None:
        return escape(value_in_words(value, column)) if isinstance(value, str) else None

    return shape


def _when(value: object) -> Markup | None:
    if not isinstance(value, str):
        return None
    return _html(f'<span class="press-when" title="{escape(value)}">{escape(day_in_words(value))}</span>')


def _figure(value: object) -> Markup | None:
    return _html(f'<bdi class="press-value">{escape(value)}</bdi>') if isinstance(value, str) else None


def _number(value: object) -> Markup | None:
    return escape(number_in_words(value)) if isinstance(value, int | float) else None


def _reading(value: object) -> Markup | None:
    """What a review judged: the quote and its figures."""
    read = _parsed(value, dict)
    if read is None or not isinstance(read.get("quote"), str):
        return None
    parts = [f"\u201c{cut(read['quote'], _QUOTE_SHOWN)}\u201d"]
    parts += [f"{name}: {read[name]}" for name in ("speaker", "origin") if read.get(name)]
    figures = read.get("figures")
    texts = [str(item.get("text")) for item in figures if isinstance(item, dict)] if isinstance(figures, list) else []
    if texts:
        parts.append(f"figures: {', '.join(texts)}")
    return Markup('<bdi class="press-words">{}</bdi>').format("\n".join(parts))


def _detail(value: object) -> Markup | None:
    """A correction made, or a source attached."""
    detail = _parsed(value, dict)
    if detail is None:
        return None
    stated = ((name, item) for name, item in detail.items() if item not in (None, "", [], {}))
    lines = (f"{value_in_words(name)}: {item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)}"
             for name, item in stated)  # fmt: skip
    return Markup('<bdi class="press-words">{}</bdi>').format("\n".join(lines))


def _hash(value: object) -> Markup | None:
    if not isinstance(value, str) or not _HASH.match(value):
        return None
    short = value.removeprefix("sha256:")[:_HASH_SHOWN]
    return Markup('<code title="{}">{}…</code>').format(value, short)


def _url(value: object) -> Markup | None:
    if not isinstance(value, str):
        return None
    if not _is_web(value):
        return Markup("<bdi>{}</bdi>").format(value)
    short = value if len(value) <= _URL_SHOWN else value[: _URL_SHOWN - 1] + "…"
    return Markup('<a href="{}" title="{}" rel="noopener noreferrer nofollow">{}</a>').format(value, value, short)


def _is_web(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", value)
    except ValueError:
        return False


def _key(value: object) -> Markup | None:
    return _hash(value) or _url(value)


def _chain(value: object) -> Markup | None:
    tellers = _parsed(value, list)
    if tellers == []:
        return Markup("&nbsp;")
    if tellers is None or not all(isinstance(teller, dict) and teller.get("name") for teller in tellers):
        return None
    return Markup('<bdi class="press-chain">{}</bdi>').format(" > ".join(_teller(teller) for teller in tellers))


def _teller(teller: dict[str, object]) -> str:
    role = teller.get("role")
    name = str(teller["name"])
    if teller.get("resolved") and teller.get("mention") not in (None, name):
        name = f"{teller['mention']}, taken to be {name}"
    return name if role in _PLAIN_ROLES or not role else f"{name} ({role})"


def _list(value: object) -> Markup | None:
    items = _parsed(value, list)
    return None if items is None else Markup("<bdi>{}</bdi>").format(", ".join(map(str, items)))


def _pairs(value: object) -> Markup | None:
    pairs = _parsed(value, dict)
    if pairs is None:
        return None
    return Markup("<bdi>{}</bdi>").format("; ".join(f"{name}: {stated}" for name, stated in pairs.items()))


def _parsed(value: object, kind: type[_Kind]) -> _Kind | None:
    if not isinstance(value, str):
        return None
    try:
        found = json.loads(value)
    except ValueError:
        return None
    return found if isinstance(found, kind) else None


def _yes_or_no(value: object) -> Markup | None:
    return {0: Markup("no"), 1: Markup("yes")}.get(value) if isinstance(value, int) else None


_SHAPES: dict[str, Callable[[object], Markup | None]] = {
    "quote": _words,
    "excerpt": _words,
    "note": _words,
    "doubt": _words,
    **dict.fromkeys(("before", "after", "context_before", "context_after"), _words),
    "key": _key,
    "sha256": _hash,
    "digest": _hash,
    "url": _url,
    "final_url": _url,
    "chain": _chain,
    "also_kinds": _list,
    "aliases": _list,
    "won_by": _pairs,
    "reading": _reading,
    "detail": _detail,
    "figure_text": _figure,
    "figure": _figure,
    **dict.fromkeys(("value", "low", "high", "size"), _number),
    **dict.fromkeys(("unit_stated", "is_primary", "is_current", "is_backed"), _yes_or_no),
    **{name: _badge(name) for name in BADGES},
    **{name: _coded(name) for name in CODED},
    **dict.fromkeys(DATED, _when),
}


def add_filters(env: Environment) -> None:
    """Gives templates ``press_cells``."""
    env.filters["press_cells"] = row_html
