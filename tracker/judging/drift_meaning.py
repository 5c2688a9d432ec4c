"""Words right beside a number that set what it means: its rate, its direction, its level, its sign and its unit.

"£20 a day" is another figure than "£20 a week", "fell to 3%" than "fell by 3%", a profit of £3m than a loss of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.figure_digits import ONES, SCALES, TENS
from tracker.reading.figure_lexicon import TREND_DOWN, TREND_NOUNS_DOWN, TREND_NOUNS_UP, TREND_UP
from tracker.reading.figure_tokens import word_set

Span = tuple[int, int]

#: What "a", "each" and "every" make a rate of; behind "per" anything does.
_PERIODS = word_set(
    "second minute hour day night week weekend fortnight month quarter season term year decade century head person"
    " pupil patient household share barrel tonne ton gallon litre mile pound ounce acre hectare vote annum shift"
)
_IN_A_WORD = {
    "hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "fortnightly": "fortnight",
    "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year", "annual": "year",
    "apiece": "each",
}  # fmt: skip
#: Behind "a day" these make it a time, and no rate.
_OF_TIME = word_set("later earlier ago before after since on off from")
_UP = TREND_UP | TREND_NOUNS_UP | word_set("more higher above greater better profit profits surplus surpluses credit")
_DOWN = (
    TREND_DOWN
    | TREND_NOUNS_DOWN
    | word_set("less fewer lower below smaller worse loss losses deficit deficits debit debits shortfalls")
)
_MOVES = word_set(
    "change changes changed changing move moves moved moving went go goes going gone take takes took taken taking bring"
    " brings brought shift shifted swing swung revised hiked rises falls drops cuts increases decreases gains declines"
)
_CHANGES = _UP | _DOWN | _MOVES
_LEVELS = word_set("to by from")
#: Between "to" or "by" and its number.
_LIGHT = word_set(
    "about around nearly almost over under just only some a an the roughly more less than as much at least"
)
_MULTIPLES = word_set(
    "doubled doubles doubling trebled trebles trebling tripled triples tripling quadrupled quadruples quadrupling"
    " quintupled quintupling halved halves halving twice thrice"
)
#: These are adjectives as well ("a double room"): they count where something is doubled, or doubles.
_MAY_MULTIPLY = word_set("double treble triple quadruple halve")
_MULTIPLIED = word_set("the that what this its their his her our my your those these in since over within by every to")
_MULTIPLYING = word_set("to will would could can may might than nearly almost about roughly did does")
#: A unit in which a great letter and a small one are a thousand, or a thousand million, apart.
_OF_CASE = re.compile(r"(?:\A|(?<=[0-9]))(?:[mM](?:Wh?|Hz|VA?|A|J|g|Pa|eV|Sv|Gy|l|L)|[kKMGT]i?[bB](?:ps|its?)?)\Z")
_AFTER, _BEFORE, _BESIDE = 5, 4, 2


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words beside a number say of it: each slot's meaning, and the tokens that say it."""

    slots: dict[str, tuple[str, Span]]

    def differs(self, other: Setting) -> list[str]:
        """The slots of which the two say otherwise; a direction only where both have one."""
        found = []
        for name in sorted({*self.slots, *other.slots}):
            one, two = self.slots.get(name), other.slots.get(name)
            if one is None or two is None:
                if name == "rate":
                    found.append(name)
            elif one[0] != two[0]:
                found.append(name)
        return found


def multiplies(keys: Sequence[str], at: int) -> bool:
    """Whether a word is a number by itself: "doubled", "twice", "threefold", "once" of "once a week"."""
    low = keys[at].casefold()
    behind = keys[at + 1].casefold() if at + 1 < len(keys) else ""
    if low in _MULTIPLES or (low.endswith("fold") and (low[:-4] in ONES or low[:-4] in TENS)):
        return True
    if low == "once":
        return behind in ("every", "per", "each") or (
            behind in ("a", "an") and at + 2 < len(keys) and keys[at + 2].casefold() in _PERIODS
        )
    before = keys[at - 1].casefold() if at else ""
    return low in _MAY_MULTIPLY and (behind in _MULTIPLIED or before in _MULTIPLYING)


def setting_of(keys: Sequence[str], counts: Sequence[bool], own: Span) -> Setting:
    """The setting of the number in a span of tokens: ``keys`` are all tokens' words, ``counts`` which are numbers."""
    numbers = [at for at in range(*own) if counts[at]]
    if not numbers:
        return Setting({})
    low = [key.casefold() for key in keys[max(numbers[0] - 8, 0) : numbers[-1] + 9]]
    shift = max(numbers[0] - 8, 0)
    first, last = numbers[0] - shift, numbers[-1] + 1 - shift
    near = counts[shift : shift + len(low)]
    slots = {
        "rate": _rate(low, near, first, last),
        "direction before": _direction(low, range(first - 1, max(first - _BEFORE, -1), -1), near),
        "direction behind": _direction(low, range(last, min(last + _BESIDE, len(low))), near),
        "level": _level(low, near, first),
        "unit": _unit(keys[shift : shift + len(low)], last),
    }
    return Setting({name: (said[0], (said[1] + shift, said[2] + shift)) for name, said in slots.items() if said})


_Said = tuple[str, int, int] | None


def _is_word(key: str) -> bool:
    return key[0].isalpha()


def _rate(low: list[str], counts: Sequence[bool], first: int, last: int) -> _Said:
    for at in range(last, min(last + _AFTER, len(low))):
        word = low[at]
        behind = low[at + 1] if at + 1 < len(low) else ""
        further = low[at + 2] if at + 2 < len(low) else ""
        if word in _IN_A_WORD:
            return _IN_A_WORD[word], at, at + 1
        if word in ("per", "a", "an", "each", "every", "/") and further not in _OF_TIME:
            if behind in _PERIODS or (word == "per" and behind and _is_word(behind) and behind != "cent"):
                return behind, at, at + 2
            if word == "each":
                return "each", at, at + 1
        if counts[at] or not (_is_word(word) or word in "/%-"):
            break
    for at in range(first - 1, max(first - 1 - _BEFORE, -1), -1):
        if low[at] in _IN_A_WORD:
            return _IN_A_WORD[low[at]], at, at + 1
        if counts[at] or not _is_word(low[at]):
            break
    return None


def _direction(low: list[str], places: range, counts: Sequence[bool]) -> _Said:
    for at in places:
        if counts[at] or not (_is_word(low[at]) or low[at] in "%-"):
            break
        if low[at] in _UP or low[at] in _DOWN:
            return "up" if low[at] in _UP else "down", at, at + 1
    return None


def _level(low: list[str], counts: Sequence[bool], first: int) -> _Said:
    """Whether a number is the size of a change or where it led; None where no word of change leads it."""
    at = first - 1
    while at >= 0 and first - at <= 3 and low[at] in _LIGHT:
        at -= 1
    if at < 0:
        return None
    lead = low[at] if low[at] in _LEVELS else "by"
    start = at if low[at] in _LEVELS else at + 1
    for here in range(start - 1, max(start - 1 - _BEFORE, -1), -1):
        if counts[here] or not _is_word(low[here]):
            return None
        if low[here] in _CHANGES:
            # "It fell in the last 3 years": without "by", only right behind the word of change.
            return (lead, start, max(first, start + 1)) if start == at or here == at else None
    return None


def _unit(keys: Sequence[str], last: int) -> _Said:
    for at in (last, last - 1):
        found = _OF_CASE.search(keys[at]) if at < len(keys) else None
        if found:
            return found.group().replace("K", "k"), at, at + 1
    return None


def is_bracketed(keys: Sequence[str], at: int) -> bool:
    """Whether a number is less than nothing as accounts write it: "(3) million", "£(3)m"."""
    if not 0 < at < len(keys) - 1 or keys[at - 1] != "(" or keys[at + 1] != ")":
        return False
    behind = keys[at + 2].casefold() if at + 2 < len(keys) else ""
    before = keys[at - 2] if at > 1 else ""
    return behind in SCALES or behind in ("m", "bn", "k", "tn") or before in tuple("$\u00a3\u20ac\u00a5")
