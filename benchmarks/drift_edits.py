"""Single edits of real articles, made by a seeded program: of figures, and of anything but figures."""

from __future__ import annotations

import html as markup
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from tracker.judging.drift import Version
from tracker.reading.figure_tokens import word_set
from tracker.reading.figures import read_figures
from tracker.reading.values import Figure

_DIGITS = re.compile(r"[0-9]")
_NUMBER_WORDS = sorted(
    word_set("two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty")
)
_SCALES = ["thousand", "million", "billion", "trillion"]
_COMPARED = re.compile(
    r"(?:over|than|least|most|under|below|above|about|around|nearly|almost|some|roughly|approximately|only|just|"
    r"exactly|up|to|of|the|a|an|another|by|from|between|and|or|-|[$£€])\s*\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"\b[a-z]{6,12}\b")
#: Replacing one of these changes what a figure says, or they count themselves.
_SAYS = word_set(
    "thousand million billion trillion hundred hundreds thousands millions billions dozens twelve twenty thirty fifty "
    "eleven thirteen fifteen sixteen eighteen nineteen seventy eighty ninety fourteen seventeen percent nearly almost "
    "around roughly before within second seconds quarter quarters quarterly tenths eighth fourth fifths twelfth "
    "exactly exceed exceeds exceeded exceeding estimated approximately approaching minimum maximum record million "
    "increase increased increases decrease decreased decline declined dropped falling rising doubled tripled double "
    "triple average reached higher larger longer bigger smaller shorter lesser greater people percentage"
)
_STAND_INS = ["quietly", "notable", "framework", "clearly", "regional", "plainly", "partners", "careful", "official"]
_SENTENCES = [
    "Nobody from the office was at hand to say more about it.",
    "The reply, when it came, did not go into any of that.",
    "Those who live nearby say they were never asked.",
]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: the whole text (or HTML) before and after it, where it begins, and what it is.

    ``figure_before`` and ``figure_after`` are the words that must be reported; ``words`` tells a person.
    """

    sort: str
    is_figure: bool
    in_html: bool
    before: str
    after: str
    at: int
    words: str
    figure_before: str = ""
    figure_after: str = ""
    reordered: bool = False


def figure_edit(draw: random.Random, sort: str, html: str, version: Version, *, in_html: bool) -> Edit | None:
    """An edit of this sort of one figure of the article; None where the figure drawn does not take it."""
    spans = [span for span in version.spans or () if span[1] - span[0] > 40]
    if not spans:
        return None
    start, end = draw.choice(spans)
    passage = version.text[start:end]
    figures = read_figures(passage)
    if sort == "insert":
        made: tuple[int, int, str, str, str] | None = _inserted(draw, passage)
    else:
        if not figures:
            return None
        made = FIGURE_EDITS[sort](draw, passage, draw.choice(figures))
    if made is None:
        return None
    a, b, new, said, says = made
    return _applied(html, version.text, start + a, start + b, new, sort, in_html, True, said, says)


def _applied(
    html: str,
    text: str,
    a: int,
    b: int,
    new: str,
    sort: str,
    in_html: bool,
    is_figure: bool,
    said: str = "",
    says: str = "",
) -> Edit | None:
    words = f"{text[max(a - 20, 0) : b + 20]!r}: {text[a:b]!r} -> {new!r}"
    if not in_html:
        return Edit(sort, is_figure, False, text, text[:a] + new + text[b:], a, words, said, says)
    # The same words with what stands around them, once in the page: where they stand in tags, another edit is drawn.
    for reach in (40, 25, 15):
        left, right = text[max(a - reach, 0) : a], text[b : b + reach]
        for escape in (lambda one: one, lambda one: markup.escape(one, quote=False)):
            old = escape(left + text[a:b] + right)
            if "\n" not in old and html.count(old) == 1 and _is_shown(html, at := html.index(old)):
                whole = html[:at] + escape(left + new + right) + html[at + len(old) :]
                return Edit(sort, is_figure, True, html, whole, at, words, said, says)
    return None


_UNSEEN = re.compile(
    r"<(script|style|head|noscript|template|title)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE
)


def _is_shown(html: str, at: int) -> bool:
    """Whether a place of the page is among its words, and not in its head, a script or a tag."""
    return not any(match.start() <= at < match.end() for match in _UNSEEN.finditer(html))


_Made = tuple[int, int, str, str, str] | None


def _digit(draw: random.Random, passage: str, figure: Figure) -> _Made:
    places = [match.start() for match in _DIGITS.finditer(passage, figure.start, figure.end)]
    if not places:
        return None
    at = draw.choice(places)
    other = draw.choice([digit for digit in "123456789" if digit != passage[at]])
    run = next(m for m in re.finditer(r"[0-9][0-9.,]*[0-9]|[0-9]", passage) if m.start() <= at < m.end())
    after = passage[run.start() : at] + other + passage[at + 1 : run.end()]
    return at, at + 1, other, run.group(), after


def _decimal(draw: random.Random, passage: str, figure: Figure) -> _Made:
    found = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?![0-9.,]*[0-9]|st|nd|rd|th|:|-)").search(
        passage, figure.start, figure.end
    )
    if not found:
        return None
    new = f"{found.group()}.{draw.randint(1, 9)}"
    return found.start(), found.end(), new, found.group(), new


def _scale(draw: random.Random, passage: str, figure: Figure) -> _Made:
    found = re.compile("|".join(_SCALES)).search(passage, figure.start, figure.end)
    if not found:
        return None
    new = draw.choice([scale for scale in _SCALES if scale != found.group()])
    return *found.span(), new, found.group(), new


def _percent(draw: random.Random, passage: str, figure: Figure) -> _Made:
    found = re.compile(r"([0-9.]+)( ?%(?! ?[-\u2013])| per ?cent\b)").search(passage, figure.start, figure.end)
    if not found:
        return None
    new = draw.choice([f"{found[1]} percentage points", found[1], f"{found[1]} per mille"])
    return *found.span(), new, found[1], found[1]


def _comparator(draw: random.Random, passage: str, figure: Figure) -> _Made:
    before = passage[max(0, figure.start - 14) : figure.start]
    if _COMPARED.search(before) or figure.comparator != "=" or figure.dimension in ("date", None) or not before.strip():
        return None
    if not passage[figure.start].isdigit() or "-" in figure.text or before.rstrip()[-1] in ",;:(-\u2013\u2014":
        return None
    new = draw.choice(["over ", "at least ", "fewer than ", "nearly ", "up to ", "more than "])
    return figure.start, figure.start, new, figure.text, new + figure.text


def _compared_number(draw: random.Random, passage: str, figure: Figure) -> _Made:
    run = re.compile(r"[0-9][0-9,]*(?![0-9.]*[0-9])").match(passage, figure.start)
    if not run or figure.dimension == "date" or _COMPARED.search(passage[max(0, figure.start - 14) : figure.start]):
        return None
    new = f"over {draw.choice([200, 1500, 40, 7])}"
    if new.endswith(f" {run.group()}"):
        return None
    return *run.span(), new, run.group(), new


def _number_word(draw: random.Random, passage: str, figure: Figure) -> _Made:
    found = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b").search(passage, figure.start, figure.end)
    if not found:
        return None
    new = draw.choice([word for word in _NUMBER_WORDS if word != found.group()])
    return *found.span(), new, found.group(), new


def _unit_sign(draw: random.Random, passage: str, figure: Figure) -> _Made:
    found = re.compile(r"[$£€]").search(passage, figure.start, figure.end)
    if not found:
        return None
    new = draw.choice([sign for sign in "$£€" if sign != found.group()])
    return *found.span(), new, found.group(), new


def _deleted(draw: random.Random, passage: str, figure: Figure) -> _Made:
    behind = figure.end + (passage[figure.end : figure.end + 1] == " ")
    return figure.start, behind, "", figure.text, ""


def _inserted(draw: random.Random, passage: str) -> _Made:
    places = [m.start() for m in re.finditer(r"(?<=[a-z]) (?=[a-z]{3,})", passage)]
    if not places:
        return None
    new = draw.choice([" (some 45)", ", 12 of them,", " in 37 cases", " at a cost of £3.2m"])
    at = draw.choice(places)
    return at, at, new, "", re.sub(r"[^0-9.]", "", new) or new


FIGURE_EDITS: dict[str, Callable[[random.Random, str, Figure], _Made]] = {
    "digit": _digit,
    "decimal": _decimal,
    "scale": _scale,
    "percent": _percent,
    "comparator": _comparator,
    "comparator and number": _compared_number,
    "word of number": _number_word,
    "unit's sign": _unit_sign,
    "delete": _deleted,
    "insert": lambda draw, passage, figure: None,
}


def other_edit(draw: random.Random, sort: str, html: str, version: Version, *, in_html: bool) -> Edit | None:
    """An edit of this sort that changes no figure; None where the place drawn does not take it."""
    spans = [span for span in version.spans or () if span[1] - span[0] > 40]
    if len(spans) < 4:
        return None
    return OTHER_EDITS[sort](draw, html, version, spans, in_html)


_Spans = list[tuple[int, int]]


def _a_word(draw: random.Random, version: Version, spans: _Spans) -> tuple[int, int, str] | None:
    start, end = draw.choice(spans)
    passage = version.text[start:end]
    figures = read_figures(passage)
    words = [
        match
        for match in _WORD.finditer(passage)
        if match.group() not in _SAYS and not any(f.start <= match.start() < f.end for f in figures)
    ]
    if not words:
        return None
    word = draw.choice(words)
    return start + word.start(), start + word.end(), word.group()


def _typo(draw: random.Random, html: str, version: Version, spans: _Spans, in_html: bool) -> Edit | None:
    place = _a_word(draw, version, spans)
    if place is None:
        return None
    a, b, word = place
    at = draw.randrange(1, len(word) - 2)
    new = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return _applied(html, version.text, a, b, new, "typo", in_html, False) if new != word else None


def _word(draw: random.Random, html: str, version: Version, spans: _Spans, in_html: bool) -> Edit | None:
    place = _a_word(draw, version, spans)
    if place is None:
        return None
    a, b, word = place
    return _applied(html, version.text, a, b, draw.choice(_STAND_INS), "word replaced", in_html, False)


def _sentence(draw: random.Random, html: str, version: Version, spans: _Spans, in_html: bool) -> Edit | None:
    start, end = draw.choice(spans)
    stops = [match.end() for match in re.compile(r"[a-z]\.(?= [A-Z])").finditer(version.text, start, end)]
    if not stops:
        return None
    at = draw.choice(stops)
    return _applied(html, version.text, at, at, f" {draw.choice(_SENTENCES)}", "sentence added", in_html, False)


def _typography(draw: random.Random, html: str, version: Version, spans: _Spans, in_html: bool) -> Edit | None:
    """Quotation marks, dashes and spaces of a whole passage, or page, written otherwise."""
    marks = draw.choice([
        {"\u2019": "'", "\u2018": "'", "\u201c": "&quot;" if in_html else '"', "\u201d": "&quot;" if in_html else '"'},
        {"'": "\u2019"},
        {"\u2013": "-", "\u2014": " \u2013 "},
        {"\u00a0": " ", "\u202f": " ", "&nbsp;": " "},
    ])  # fmt: skip
    before = html if in_html else version.text
    after = before
    if in_html:
        # Between the tags alone, and not in a script.
        pieces = re.split(
            r"(<script.*?</script>|<style.*?</style>|<!--.*?-->|<[^>]*>)", before, flags=re.DOTALL | re.IGNORECASE
        )
        after = "".join(piece if piece.startswith("<") else _replaced(piece, marks) for piece in pieces)
    else:
        after = _replaced(before, marks)
    if after == before:
        return None
    return Edit("typography", False, in_html, before, after, len(before), f"{marks}", reordered=not in_html)


def _replaced(text: str, marks: dict[str, str]) -> str:
    for old, new in marks.items():
        text = text.replace(old, new)
    return text


def _form(draw: random.Random, html: str, version: Version, spans: _Spans, in_html: bool) -> Edit | None:
    """Accents, spaces and marks without width: another encoding of one passage."""
    start, end = draw.choice(spans)
    passage = version.text[start:end]
    ways: list[Callable[[str], str]] = [
        lambda words: unicodedata.normalize("NFD", words),
        lambda words: words.replace(" ", "\u00a0"),
        lambda words: re.sub(r"([0-9]) ([a-z])", "\\1\u00a0\\2", words),
        lambda words: re.sub(r"\b([a-z]{4})([a-z]{4})", "\\1\u00ad\\2", words),
        lambda words: re.sub(r" ([A-Z])", " \u200b\\1", words),
        lambda words: words.replace(" ", "  "),
        lambda words: words.replace("...", "\u2026"),
    ]
    way = draw.choice(ways)
    lines = [line for line in passage.split("\n") if len(line) > 30]
    if not lines:
        return None
    old = draw.choice(lines)
    new = way(old)
    whole = html if in_html else version.text
    if new == old or whole.count(old) != 1:
        return None
    at = whole.index(old)
    after = whole[:at] + new + whole[at + len(old) :]
    return Edit("encoding", False, in_html, whole, after, at, f"{old[:60]!r}", reordered=not in_html)


def _moved(draw: random.Random, html: str, version: Version, spans: _Spans, in_html: bool) -> Edit | None:
    if in_html:
        unseen = _unseen(html)
        paragraphs = [
            m for m in _PARAGRAPH.finditer(html) if _in(version, m.group()) and not _within(unseen, m.start())
        ]
        if len(paragraphs) < 4:
            return None
        one = draw.choice(paragraphs[:-1])
        last = paragraphs[-1].end()
        after = html[: one.start()] + html[one.end() : last] + one.group() + html[last:]
        return Edit("paragraph moved", False, True, html, after, one.start(), one.group()[:60])
    whole = "\n\n".join(version.text[a:b] for a, b in spans)
    order = list(spans)
    order.append(order.pop(draw.randrange(len(order) - 1)))
    after = "\n\n".join(version.text[a:b] for a, b in order)
    return Edit("paragraph moved", False, False, whole, after, 0, "", reordered=True)


def _in(version: Version, paragraph: str) -> bool:
    words = markup.unescape(re.sub(r"<[^>]*>", "", paragraph)).strip()
    return words[:50] in version.text


def _unseen(html: str) -> list[tuple[int, int]]:
    """The parts of the page that are no words of it, but its tags."""
    return [match.span() for match in _UNSEEN.finditer(html) if match[1] or match.group().startswith("<!--")]


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


_PARAGRAPH = re.compile(r"<p\b[^>]*>[^<]{60,}</p>")
_COUNTER = re.compile(
    r">([^<>]{0,40}\b[0-9][0-9,.]{0,6}[kK]?\b(?: (?:comments?|shares?|views?|hours? ago|min(?:ute)?s? read|minutes? ago"
    r"|days? ago|likes?|photos?))[^<>]{0,20})<",
    re.IGNORECASE,
)


def _furniture(draw: random.Random, html: str, version: Version, spans: _Spans, in_html: bool) -> Edit | None:
    """A counter or clock of the page goes on, or a script's number, or an advertisement's."""
    counters = list(_COUNTER.finditer(html))
    if counters and draw.random() < 0.7:
        one = draw.choice(counters)
        place = next(_DIGITS.finditer(html, one.start(1), one.end(1)))
        new = draw.choice([digit for digit in "123456789" if digit != place.group()])
        after = html[: place.start()] + new + html[place.end() :]
        return Edit("counter", False, True, html, after, place.start(), repr(one[1]))
    unseen = _unseen(html)
    paragraphs = [m for m in _PARAGRAPH.finditer(html) if _in(version, m.group()) and not _within(unseen, m.start())]
    if not paragraphs:
        return None
    where = draw.choice(paragraphs).end()
    new = draw.choice([
        f'<script>var ad={draw.randrange(10**6)};</script>',
        f'<div class="share-tools"><span>{draw.randrange(2, 900)} shares</span></div>',
        f'<div class="ad" id="ad-{draw.randrange(10**6)}"></div>',
        f"<p>Updated {draw.randrange(2, 9)} hours ago</p>",
        f'<p class="comments">{draw.randrange(2, 900)} comments</p>',
    ])  # fmt: skip
    return Edit("furniture added", False, True, html, html[:where] + new + html[where:], where, new)


OTHER_EDITS: dict[str, Callable[[random.Random, str, Version, _Spans, bool], Edit | None]] = {
    "typo": _typo,
    "word": _word,
    "sentence": _sentence,
    "typography": _typography,
    "form": _form,
    "moved": _moved,
    "furniture": _furniture,
}
