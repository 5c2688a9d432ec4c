"""The headline of a saved page, and the addresses whose slugs repeat its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scrapers import furniture
from scrapers.dump_blocks import Judged
from scrapers.dump_lines import Unit

_STOPS = re.compile(r"[.!?][\"'\u201d\u2019)\]]*(?:\s|$)")
_MIDDLE_STOP = re.compile(r"[a-z\d]{3}[.] [A-Z]")
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SLUG_NOISE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp[34]|css|js|pdf)(?:\?|$)", re.IGNORECASE)
#: By how much a line has to beat the candidate just above it.
_STANDFIRST = 2.0


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


