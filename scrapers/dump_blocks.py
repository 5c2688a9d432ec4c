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

ENDS = re.compile(r"[.!?\u2026:;\u3002\uff01\uff1f\u0964\u06d4\u061f][\"'\u201d\u2019)\]\u00bb*]*(?:\[\d+\])*$")
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
    ends = ENDS.search(words[-12:]) is not None
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
