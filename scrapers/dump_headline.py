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
#: Which share of the words in common with the text is as good as all: a standfirst has more of them.
_SHARED = 0.5
#: What a browser's title above the page weighs that begins with the same words.
_WINDOW = 4.0
#: How far into the text a headline may stand, behind the notices that a site puts above it.
_INTO = 14
_CREDIT = re.compile(
    r"(?:written |words |story )?by$|by(?=[A-Z][a-z]+[ -][A-Z])|(?:published|posted|updated) ?(?=[A-Z\d])"
    r"|(?:published|posted|written|reported)\b.{0,40}\bby [A-Z]"
    r"|.{3,60}\b(?:19|20)\d\d,? ?(?:at )?\d{1,2}[:.]\d\d|[^@\n]{4,40}@\w{3,20}$",
    re.IGNORECASE,
)


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
    words = {w.lower() for w in re.findall(r"[^\W_]+", line.replace("'", "").replace("\u2019", "")) if len(w) > 1}
    slug = frozenset(w for w in slug if not (w.isdigit() and len(w) > 4))
    if len(slug) < 3 or not words:
        return 0.0
    return len(words & slug) / min(len(slug), len(words)) if len(words) >= 3 else 0.0


def find_headline(judged: Sequence[Judged], span: tuple[int, int]) -> int | None:
    """Find the unit that is the work's headline, in front of it or among its first units."""
    first, last = span
    body = Counter(
        w.lower() for j in judged[first : min(last, first + 25)] for w in _LONG_WORD.findall(j.unit.words[:3000])
    )
    slugs = [slug for _, _, slug in slug_words([j.unit for j in judged])]
    repeated = Counter(_title_key(j.unit.words) for j in judged if j.count <= 40)
    begins = [_title_key(j.unit.words) for j in judged[:3]]
    best, best_score = None, 2.2
    for i in range(max(0, first - 60), min(first + _INTO, last)):
        score = _headline_score(judged, i, first, body)
        if score is None:
            continue
        words, key = judged[i].unit.words, _title_key(judged[i].unit.words)
        if judged[i].count > 3:
            score += min(repeated[key] - 1, 2) * 0.7
            score += _WINDOW if any(b.startswith(key) and b != key for b in begins) else 0.0
        score += 4.0 * max((fit for slug in slugs if (fit := slug_fit(words, slug)) >= 0.6), default=0.0)
        # The standfirst speaks of the same: of two that stand together the upper is the headline.
        beneath = best is not None and i - best <= 3 and judged[best].count >= 5
        if score >= best_score + (_STANDFIRST if beneath else 0.0):
            best, best_score = i, score
    return best


def _title_key(line: str) -> str:
    return " ".join(_WORD.findall(line.lower()))


def _may_be_headline(judged: Sequence[Judged], i: int, first: int, credit: int | None) -> bool:
    item = judged[i]
    words, count = item.unit.words, item.count
    if item.fixed is not None or not 2 <= count <= 35 or len(words) > 250:
        return False
    if (item.unit.level or item.unit.quoted) and not (credit and i > first - 6):
        return False
    if (
        words.count(" | ") > 1
        or words.endswith((":", ";", "|"))
        or (item.running and words.endswith("."))
        or words.startswith("(")
    ):
        return False
    if (len(_STOPS.findall(words)) > 1 or _MIDDLE_STOP.search(words)) and not (credit and credit <= 3):
        return False
    # Deep in the text only a line with its writer or its date beneath it can still be the headline.
    if i > first and not (credit and credit <= 2 and count >= 5):
        return False
    return not (furniture.opens_elsewhere(words) or furniture.opens_comments(words) or furniture.is_announcement(words))


def _credit_below(judged: Sequence[Judged], i: int) -> int | None:
    """Give how many units below a line the writer or the date stands, without a paragraph between."""
    for distance, item in enumerate(judged[i + 1 : i + 6], 1):
        if is_credit(item.unit.words):
            return distance
        if item.running and item.count > 45:
            return None
    return None


def is_credit(words: str) -> bool:
    """Tell whether a line names the writer or the date of what stands above it."""
    return furniture.is_byline(words) or furniture.is_stamp(words) or _CREDIT.match(words) is not None


def _headline_score(judged: Sequence[Judged], i: int, first: int, body: Counter[str]) -> float | None:
    item = judged[i]
    words, count = item.unit.words, item.count
    credit = _credit_below(judged, i)
    if not _may_be_headline(judged, i, first, credit):
        return None
    long = [w.lower() for w in _LONG_WORD.findall(words)]
    # A word or two in common is no evidence: a section's name is always in the text.
    shared = sum(1 for w in long if body[w] or body[w.rstrip("s")]) / (len(long) + 1.5)
    score = 4.5 * min(shared, _SHARED) + min(count, 10) * 0.2 - 0.05 * abs(first - i)
    # A kicker stands above the credits too.
    score += {None: 0.0, 1: 2.2, 2: 2.0, 3: 1.7}.get(credit, 1.2) * (1.0 if count > 4 else 0.5)
    above = judged[max(0, i - 5) : i]
    if credit is None and any(is_credit(j.unit.words) for j in above):
        score -= 1.5
    if i and judged[i - 1].fixed == "figcaption":
        score -= 1.0
    if any(j.fixed == "figcaption" for j in judged[i + 1 : i + 6]):
        score += 0.7
    score -= 1.0 if count <= 3 else 0.0
    score -= 1.5 if i > first + 1 else 0.0
    return score + (0.3 if item.unit.gap else 0.0)
