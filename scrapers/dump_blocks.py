"""Which units of a saved page are the work, and which the furniture around it.

Every unit gets a score (running text up, furniture down); the work is the stretch with the
greatest sum, so that a short line inside it stays, and a teaser among menus does not win. The
headline is then looked for in front of it. One pass over the units each: linear time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scrapers import furniture
from scrapers.dump_lines import Unit
from scrapers.dump_words import FUNCTION_WORDS

_ENDS = re.compile(
    r"[.!?\u2026:;\u3002\uff01\uff1f\u0964\u06d4\u061f][\"'\u201d\u2019)\]\u00bb*]*(?:\[\d+\])*$"
)
_STOPS = re.compile(r"[.!?][\"'\u201d\u2019)\]]*(?:\s|$)")
_MIDDLE_STOP = re.compile(r"[a-z\d]{3}[.] [A-Z]")
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_REPLY = re.compile(
    r"(?:reply|like|likes|report|report abuse|report comment|flag|upvote|downvote|share|permalink"
    r"|log in to reply|"
    r"edited|quote|up ?vote|down ?vote)(?:\W+(?:reply|like|report|flag|share|quote))*",
    re.IGNORECASE,
)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_SLUG_NOISE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp[34]|css|js|pdf)(?:\?|$)", re.IGNORECASE)
#: How much running text has to stand before a heading such as "Comments" for it to close the work.
_ENOUGH = 40.0
#: What a run of short lines costs in full, and which share of its further lines' cost counts.
_LONG_RUN, _BEYOND = 40.0, 0.1
#: By how much a line has to beat the candidate just above it.
_STANDFIRST = 2.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit with what is known of it: its score, and the tag that it has by itself, if any."""

    unit: Unit
    score: float
    count: int
    running: bool
    fixed: str | None


def judge_units(units: Sequence[Unit], turns: frozenset[int] = frozenset()) -> list[Judged]:
    """Score every unit by itself, then by its neighbours, then by the headings that stand above it.

    ``turns`` are the units that are turns of recurring speakers: running text, however short.
    """
    seen = Counter(unit.words for unit in units)
    strict = speaks_known_language(units)
    known: dict[str, tuple[float, int, bool, str | None]] = {}
    alone: list[Judged] = []
    for i, unit in enumerate(units):
        if i in turns:
            count = count_words(unit.words)
            alone.append(Judged(unit, max(2.0, min(count, 70) * 0.22), count, True, "p"))
            continue
        if unit.words not in known:
            known[unit.words] = _judge(unit.words, seen[unit.words], strict)
        alone.append(Judged(unit, *known[unit.words]))
    return _under_headings(_among_neighbours(alone))


def _judge(words: str, repeats: int, strict: bool) -> tuple[float, int, bool, str | None]:
    count = count_words(words)
    if furniture.is_address_line(words) or furniture.is_stamp(words) or furniture.is_control(words):
        return (-2.0, count, False, "nav")
    if furniture.is_byline(words):
        return (-0.5, count, False, "nav")
    running = is_running(words, count, strict)
    notices = furniture.notices(words)
    if notices and (count < 12 or notices * 30 >= count):
        return (-3.0 - 3.0 * notices - 0.05 * min(count, 100), count, False, "nav")
    if furniture.is_caption(words):
        return (-0.5, count, False, "figcaption")
    if furniture.is_labelled_link(words) and (count < 25 and not words.endswith(".")):
        return (-1.5, count, False, "nav")
    if not running:
        return (-1.3 if count < 30 else -3.0, count, False, None)
    score = min(count, 70) * 0.22 - 6.0 * notices
    if repeats > 1:
        score = -1.0 if count < 40 else score / repeats
    return (score, count, True, None)


def count_words(words: str) -> int:
    """Count words; in scripts that write without spaces two letters count as one."""
    head = words[:4000]
    return max(head.count(" ") + 1, len(_UNSPACED.findall(head)) // 2)


def speaks_known_language(units: Sequence[Unit]) -> bool:
    """Tell whether long lines hold the small words we know, so that their absence means something."""
    small = total = 0
    for unit in units:
        if len(unit.words) >= 120:
            tokens = unit.words[:600].lower().split()
            total += len(tokens)
            small += sum(1 for token in tokens if token in FUNCTION_WORDS)
    return small >= 0.2 * total


def is_running(words: str, count: int, strict: bool = True) -> bool:
    """Tell whether a unit is running text: sentences with the small words that sentences need."""
    if count < 4:
        return False
    ends = _ENDS.search(words[-12:]) is not None
    if not strict:
        return count >= 7 if ends else count >= 25
    tokens = words[:1500].lower().split()
    small = sum(1 for token in tokens if token.strip("\"'(,.;:\u201c\u2018") in FUNCTION_WORDS)
    if ends:
        return small >= 1 and (count < 15 or small >= 0.15 * len(tokens))
    return count >= 20 and small >= 0.2 * len(tokens)


def _among_neighbours(judged: list[Judged]) -> list[Judged]:
    """Doubt running text that stands alone among short lines, and what stands beside "Reply"."""
    replies = [_REPLY.fullmatch(j.unit.words[:80]) is not None for j in judged]
    out: list[Judged] = []
    for i, item in enumerate(judged):
        score = item.score
        if item.running:
            near = judged[max(0, i - 2) : i] + judged[i + 1 : i + 3]
            company = sum(1 for other in near if other.running)
            if company == 0:
                score *= 0.45
            elif company == 1:
                score *= 0.8
            if any(replies[i + 1 : i + 4]):
                score *= 0.3
        out.append(Judged(item.unit, score, item.count, item.running, item.fixed))
    return out


def _under_headings(judged: list[Judged]) -> list[Judged]:
    """Close the work at headings of comments and rules; make links to other works dearer to cross."""
    out: list[Judged] = []
    mass, closed = 0.0, False
    shadow = 0
    paid = 0.0
    for item in judged:
        score, fixed = item.score, item.fixed
        paid = 0.0 if item.running else paid + score
        # A table within the work is as long as a menu: beyond some lines more of them say no more.
        if paid < -_LONG_RUN:
            score *= _BEYOND
        words = item.unit.words
        if item.count <= 15 and furniture.opens_comments(words):
            closed = closed or mass >= _ENOUGH
            score, fixed = -6.0, "nav"
        elif item.count <= 12 and furniture.opens_elsewhere(words):
            score, fixed, shadow = -5.0, "nav", 6
        elif item.running:
            if closed:
                score = min(score, 0.0) - 1.0
            elif shadow:
                score *= 0.6
            mass += max(score, 0.0)
        shadow = max(0, shadow - 1)
        out.append(Judged(item.unit, score, item.count, item.running, fixed))
    return out


def work_span(judged: Sequence[Judged]) -> tuple[int, int] | None:
    """Find the stretch of units with the greatest sum of scores, half open; None if none is positive."""
    best, best_span, total, start = 0.0, None, 0.0, 0
    for i, item in enumerate(judged):
        if total <= 0.0:
            total, start = 0.0, i
        total += item.score
        if total > best:
            best, best_span = total, (start, i + 1)
    return best_span


def slug_words(units: Sequence[Unit]) -> list[tuple[int, str, frozenset[str]]]:
    """Give the addresses that stand on lines of their own, with the words of their slug."""
    found = []
    for i, unit in enumerate(units):
        words = unit.words.strip("<>")
        if not furniture.is_address_line(unit.words) or "@" in words or _SLUG_NOISE.search(words):
            continue
        path = words.split("://", 1)[-1].partition("/")[2].split("?", 1)[0].split("#", 1)[0]
        segment = max(path.split("/"), key=lambda s: s.count("-") + s.count("_"), default="")
        slug = frozenset(w.lower() for w in re.findall(r"[^\W_]+", segment) if len(w) > 1)
        found.append((i, words, slug))
    return found


def slug_fit(line: str, slug: frozenset[str]) -> float:
    """Give the share of words that a line and an address's slug have in common, 0 to 1."""
    words = {
        w.lower() for w in re.findall(r"[^\W_]+", line.replace("'", "").replace("\u2019", "")) if len(w) > 1
    }
    slug = frozenset(w for w in slug if not (w.isdigit() and len(w) > 4))
    if len(slug) < 3 or not words:
        return 0.0
    return len(words & slug) / min(len(slug), len(words)) if len(words) >= 3 else 0.0


def find_headline(judged: Sequence[Judged], span: tuple[int, int]) -> int | None:
    """Find the unit that is the work's headline, in front of it or among its first units."""
    first, last = span
    body = Counter(
        w.lower()
        for j in judged[first : min(last, first + 25)]
        for w in _LONG_WORD.findall(j.unit.words[:3000])
    )
    slugs = [slug for _, _, slug in slug_words([j.unit for j in judged])]
    repeated = Counter(_title_key(j.unit.words) for j in judged if j.count <= 40)
    begins = [j.unit.words.lower() for j in judged[:4]]
    best, best_score = None, 2.2
    for i in range(max(0, first - 60), min(first + 2, last)):
        score = _headline_score(judged, i, first, body)
        if score is None:
            continue
        words = judged[i].unit.words
        score += min(repeated[_title_key(words)] - 1, 2) * 0.7
        score += 1.5 if any(words.lower() in b and len(b) > len(words) for b in begins) else 0.0
        score += 4.0 * max((fit for slug in slugs if (fit := slug_fit(words, slug)) >= 0.6), default=0.0)
        # The standfirst speaks of the same: of two that stand together the upper is the headline.
        beneath = best is not None and i - best <= 3 and judged[best].count >= 4
        if score >= best_score + (_STANDFIRST if beneath else 0.0):
            best, best_score = i, score
    return best


def _title_key(line: str) -> str:
    return " ".join(_WORD.findall(line.lower()))


def _headline_score(judged: Sequence[Judged], i: int, first: int, body: Counter[str]) -> float | None:
    item = judged[i]
    words, count = item.unit.words, item.count
    if (
        item.fixed is not None
        or not 2 <= count <= 35
        or len(words) > 250
        or item.unit.level
        or item.unit.quoted
    ):
        return None
    if words.endswith((":", ";")) or (item.running and words.endswith(".")) or words.startswith("("):
        return None
    if len(_STOPS.findall(words)) > 1 or _MIDDLE_STOP.search(words):
        return None
    if furniture.opens_elsewhere(words) or furniture.opens_comments(words):
        return None
    long = [w.lower() for w in _LONG_WORD.findall(words)]
    # A word or two in common is no evidence: a section's name is always in the text.
    shared = sum(1 for w in long if body[w] or body[w.rstrip("s")]) / (len(long) + 1.5)
    score = 4.5 * shared + min(count, 10) * 0.2 - 0.05 * abs(first - i)
    after = judged[i + 1 : i + 6]
    if any(furniture.is_byline(j.unit.words) for j in after) or any(j.fixed == "figcaption" for j in after):
        score += 0.7
    if any(furniture.is_stamp(j.unit.words) for j in after):
        score += 0.5
    if item.unit.gap:
        score += 0.3
    return score


def page_tags(judged: Sequence[Judged]) -> tuple[list[str], int | None]:
    """Give every unit its tag, and the index of the headline; without running text all is furniture."""
    tags = [_outside(item) for item in judged]
    span = (0, len(judged)) if (clean := is_clean(judged)) else work_span(judged)
    if span is None:
        return tags, None
    headline = find_headline(judged, span)
    first, last = span
    if headline is not None and not clean:
        _tag_front(judged, tags, headline, first)
        first = max(first, headline + 1)
    for i in range(first, last):
        tag = _inside(judged, i, first, last)
        tags[i] = "p" if clean and tag == "nav" and judged[i].fixed is None else tag
    if headline is not None:
        tags[headline] = "h"
    return tags, headline


def is_clean(judged: Sequence[Judged]) -> bool:
    """Tell whether a text comes without menus and notices: somebody copied the work alone."""
    if not any(item.running for item in judged):
        return False
    menus = sum(
        1
        for item in judged
        if item.fixed == "nav"
        and not furniture.is_stamp(item.unit.words)
        and not furniture.is_byline(item.unit.words)
    )
    short = sum(1 for item in judged if not item.running and item.fixed is None and not item.unit.level)
    return menus <= len(judged) // 25 and 3 * short <= len(judged)


def _outside(item: Judged) -> str:
    if item.fixed == "figcaption":
        return "figcaption"
    if re.search(
        r"\u00a9|\bcopyright\b|all rights reserved|unsubscribe", item.unit.words[:400], re.IGNORECASE
    ):
        return "footer"
    return "nav"


def _tag_front(judged: Sequence[Judged], tags: list[str], headline: int, first: int) -> None:
    """Keep the standfirst: what stands between headline and text and reads like a sentence."""
    for i in range(headline + 1, first):
        item = judged[i]
        if item.fixed is None and item.count >= 8 and (item.running or i <= headline + 2):
            tags[i] = "li" if item.unit.level else "p"


def _inside(judged: Sequence[Judged], i: int, first: int, last: int) -> str:
    item = judged[i]
    if item.fixed is not None:
        return item.fixed
    if item.unit.quoted:
        return "blockquote"
    if item.unit.level:
        return "li"
    if item.running or item.count >= 20 or _ENDS.search(item.unit.words[-12:]):
        return "p"
    return _short_line(judged, i, first, last)


def _short_line(judged: Sequence[Judged], i: int, first: int, last: int) -> str:
    """Tell a section's heading or a list from a run of links: by how many short lines stand together."""
    begin = i
    while begin > first and _is_short(judged[begin - 1]):
        begin -= 1
        if i - begin > 40:
            break
    end = i + 1
    while end < last and _is_short(judged[end]):
        end += 1
        if end - i > 40:
            break
    run = end - begin
    words = judged[i].unit.words
    embedded = words.startswith(("\u2014", "\u2013")) or "@" in words or "twitter.com/" in words
    if run <= 2 and end < last and not embedded and judged[i].count <= 14 and judged[end].running:
        return "h"
    if begin > first and judged[begin - 1].unit.words.endswith(":"):
        return "li"
    return "p" if run <= 2 else "nav"


def _is_short(item: Judged) -> bool:
    return not item.running and not item.unit.level and not item.unit.quoted and item.count < 20
