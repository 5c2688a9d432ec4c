"""Fractions as the press writes them: "two-thirds", "a good tenth", "half", "3/4", "a quarter of a billion"."""

from __future__ import annotations

from tracker.reading.figure_digits import (
    DENOMINATORS,
    ONES,
    PLURAL_DENOMINATORS,
    RARE_DENOMINATORS,
    SCALES,
    TENS,
    Number,
    below_hundred,
    exact_number,
    parse_digits,
)
from tracker.reading.figure_lexicon import STOP
from tracker.reading.figure_nouns import is_plural
from tracker.reading.figure_tokens import (
    DASHES,
    FRACTION,
    GLUED,
    NUMBER,
    SIGN,
    SPACED,
    VULGAR_FRACTIONS,
    WORD,
    Token,
    at,
    joined,
    past_hyphen,
    word_set,
)

#: "Three and a third was hurt", "two and a fifth of them": behind these the ordinal or share is no part of the number.
_NO_PART = word_set("of was is were are has had have will would who that which man woman person one time place")


def extra_fraction(tokens: list[Token], index: int) -> tuple[float, int]:
    """The fraction added by "and a half", "½", " 1/2" at the index: (what it adds, the index behind it)."""
    token = at(tokens, index)
    if token.kind == FRACTION and token.gap <= SPACED:
        return VULGAR_FRACTIONS[token.text], index + 1
    index = past_hyphen(tokens, index)
    if at(tokens, index).kind == NUMBER:
        return _slashed_part(tokens, index)
    if at(tokens, index).low != "and" or not joined(tokens, index):
        return 0.0, index
    index = past_hyphen(tokens, index + 1)
    if at(tokens, index).low == "half" and joined(tokens, index):
        # "Two and half million", as India writes; "aged 30 and half of them" adds nothing.
        after = at(tokens, index + 1).low
        return (0.5, index + 1) if after in SCALES or is_plural(after) else (0.0, index)
    count, behind = (1, index + 1) if at(tokens, index).low == "a" else below_hundred(tokens, index)
    tied = past_hyphen(tokens, behind)
    parts, end = _denominator(tokens, tied, count, tied > behind)
    if not parts or not count < parts or not joined(tokens, behind):
        return 0.0, index
    if count == 1 and parts != 2 and at(tokens, end).low in _NO_PART:
        return 0.0, index
    return count / parts, end


#: The parts that rulers and share prices are cut into.
_RULER = frozenset(["2", "3", "4", "5", "6", "8", "10", "16", "32", "64"])


def _slashed_part(tokens: list[Token], index: int) -> tuple[float, int]:
    """The fraction in digits behind a whole number: "2 1/4", "5-1/2"."""
    slashed = slashed_fraction(tokens, index)
    above, below = at(tokens, index), at(tokens, index + 2)
    if slashed is None or slashed.value is None or below.text not in _RULER or len(above.text) > 2:
        return 0.0, index
    if above.gap > SPACED or at(tokens, index + 3).text == "/":
        return 0.0, index
    return slashed.value, index + 3


def fraction_of_scale(tokens: list[Token], index: int, scale: float) -> tuple[float, int]:
    """What "and a half" adds behind a scale word ("a million and a half", "one billion and a quarter million")."""
    extra, behind = extra_fraction(tokens, index)
    after = at(tokens, behind)
    if not extra:
        return 0.0, index
    smaller = SCALES.get(after.low, 0.0)
    if 1000 <= smaller < scale and joined(tokens, behind):
        return extra * smaller, behind + 1
    # "Three million and a quarter share": the fraction is of what follows.
    if after.kind == WORD and joined(tokens, behind) and (after.low == "of" or not _ends_amount(after.low)):
        return 0.0, index
    return extra * scale, behind


def _ends_amount(word: str) -> bool:
    return word in STOP or is_plural(word)


def _denominator(tokens: list[Token], index: int, count: float, tied: bool) -> tuple[int, int]:
    """How many parts the words at an index name for a count of them, and the index behind them; 0 for none.

    Of one the word is in the singular; "three-quarter" is in the singular one part short of the whole.
    """
    name = at(tokens, index).low
    if name in _NAMED and at(tokens, index).text[:1].isupper() and at(tokens, index - 1).text.islower():
        return 0, index
    if count == 1:
        parts = DENOMINATORS.get(name)
        return (parts, index + 1) if parts else _long_denominator(tokens, index, "")
    # "A three-quarter length", but "a two-quarter slump" counts quarters of a year.
    parts = DENOMINATORS.get(name) if tied else None
    parts = parts if parts == count + 1 else PLURAL_DENOMINATORS.get(name)
    return (parts, index + 1) if parts else _long_denominator(tokens, index, "s")


#: "Two Fourths of July ago".
_NAMED = word_set("fourth fourths")
_ORDINAL_ONES = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
}  # fmt: skip
PLURAL_ORDINALS = frozenset(word + "s" for word in _ORDINAL_ONES)
_POWERS = {"hundredth": 100, "thousandth": 1000, "millionth": 10**6, "billionth": 10**9}


def _long_denominator(tokens: list[Token], index: int, ending: str) -> tuple[int, int]:
    """Parts named by two words ("twenty-fifths", "one-hundredth", "ten-thousandths"), the index behind; 0 for none."""
    head = at(tokens, index).low
    last = past_hyphen(tokens, index + 1)
    name = at(tokens, last).low
    if not joined(tokens, last) or not name.endswith(ending):
        return 0, index
    name = name.removesuffix(ending) if ending else name
    if head in TENS and name in _ORDINAL_ONES:
        return TENS[head] + _ORDINAL_ONES[name], last + 1
    size = {"one": 1, "ten": 10, "hundred": 100}.get(head)
    if size is None or name not in _POWERS or (head != "one" and name == "hundredth"):
        return 0, index
    return size * _POWERS[name], last + 1


#: What the name of a part can begin with.
_DENOMINATOR_HEADS = frozenset({*DENOMINATORS, *PLURAL_DENOMINATORS, *TENS, "one", "ten", "hundred"})


def parts_behind(tokens: list[Token], index: int, count: float) -> tuple[float, int]:
    """A fraction of more than the whole ("twenty-three fifths"): its value and the index behind it; 0 for none.

    Four quarters are of a year and three thirds are places in races: only smaller parts are counted so.
    """
    tied = past_hyphen(tokens, index)
    if count <= 1 or not joined(tokens, tied) or at(tokens, tied).gap > SPACED:
        return 0.0, index
    parts, behind = _denominator(tokens, tied, count, False)
    return (count / parts, behind) if parts >= 5 else (0.0, index)


def slashed_fraction(tokens: list[Token], index: int) -> Number | None:
    """A fraction such as 3/4, where both are small and the first is the smaller."""
    slash = at(tokens, index + 1)
    if slash.gap or slash.text not in ("/", "⁄"):
        return None
    below = at(tokens, index + 2)
    if below.kind != NUMBER or below.gap:
        return None
    above_value, below_value = parse_digits(tokens[index].text), parse_digits(below.text)
    if above_value is None or below_value is None or not 0 < above_value < below_value <= 100:
        return None
    # "5/6 months" are five or six, and "the 19/20 season" has two years.
    after = at(tokens, index + 3)
    mixed = at(tokens, index - 1).kind == NUMBER
    if (
        not mixed
        and below_value == above_value + 1
        and (is_plural(after.low) or after.low == "season")
        and joined(tokens, index + 3)
    ):
        return None
    return exact_number(index, index + 3, above_value / below_value, "fraction", digits=tokens[index].text)


#: What may follow "a third" for it to be a share and not an ordinal ("a third wave").
_AFTER_SHARE = word_set(
    "of in to from since and or but less more lower higher fewer larger smaller bigger the its their last"
    " this over by on at as are is was were have has had said say says believe think off while when"
)
_BEFORE_HALF = word_set("first second other this that better latter opening each final last next the early one-and")
_AFTER_HALF = word_set(
    "of the a an its their his her our my your all those these that this say said believe think were was are"
    " is have had per"
)


#: Headlines save the "of": "nearly half women say".
_HALVED = word_set("people women men children adults voters britons americans workers pupils students")
#: "A good tenth", "the remaining third": what makes a share of a denominator without its number.
_BEFORE_SHARE = word_set("good full clear whole mere further solid bare remaining")


def worded_fraction(tokens: list[Token], first: int) -> Number | None:
    """Words of a fraction ("two-thirds", "a quarter", "half"), no ordinal and no half of a match."""
    token, before = tokens[first], at(tokens, first - 1)
    if token.low == "half":
        return _half(tokens, first)
    # Nearly every number in digits stands before something else.
    if token.kind == NUMBER and at(tokens, past_hyphen(tokens, first + 1)).low not in _DENOMINATOR_HEADS:
        return None
    count, behind = _count(tokens, first)
    index = past_hyphen(tokens, behind)
    if not count or count > 99 or index > first and (not joined(tokens, index) or at(tokens, index).gap > SPACED):
        return None
    parts, last = _denominator(tokens, index, count, index == behind + 1)
    if not parts or count >= parts or before.low in ("first", "second", "another"):
        return None
    after = at(tokens, last)
    if after.text in DASHES and after.gap == GLUED:
        return None
    number = exact_number(first, last, count / parts, "fraction")
    scaled = of_a_scale(tokens, number, parts in (2, 4))
    if count == 1 and scaled is number:
        # "One-third" is never an ordinal, "one third" may be.
        tied = token.low == "one" and index == behind + 1
        rare = token.low in ("a", "an") and (at(tokens, index).low in RARE_DENOMINATORS or last > index + 1)
        share = after.low == "of" or first == 0 and after.text == "" if rare else _is_share(after)
        share = share or (not rare and before.low in _COMPARED and after.low in STOP)
        if not tied and not share:
            return None
    return scaled


def _count(tokens: list[Token], first: int) -> tuple[float, int]:
    """How many parts are counted at a token, and the index behind the count; 0 for none."""
    token = tokens[first]
    if token.kind == NUMBER:
        return parse_digits(token.text) or 0.0, first + 1
    if token.low in ("a", "an"):
        return 1.0, first + 1
    if token.low in DENOMINATORS:
        bare = at(tokens, first + 1).low == "of" and (
            at(tokens, first - 1).low in _BEFORE_SHARE or _heads_a_line(tokens, first)
        )
        return (1.0 if bare or _is_scaled_quarter(tokens, first) else 0.0), first
    return below_hundred(tokens, first)


#: "Nearly third of voters back it", in the short manner of headlines.
_NEARLY = word_set("nearly almost about over around only just than roughly")


def _heads_a_line(tokens: list[Token], first: int) -> bool:
    """Whether a share stands without its article, as headlines have it: "Quarter of a million people march".

    "Third of five children" is an ordinal: but for a quarter only a scale word makes such a word a share.
    """
    before = at(tokens, first - 1)
    opens = not joined(tokens, first) or before.kind == SIGN and before.text[:1] in ".!?:•"
    scaled = at(tokens, first + 2).low == "a" and at(tokens, first + 3).low in SCALES
    if before.low in _NEARLY:
        return scaled or at(tokens, first + 2).kind == WORD and at(tokens, first + 2).low not in ONES
    return opens and (scaled or tokens[first].low == "quarter")


def _is_scaled_quarter(tokens: list[Token], first: int) -> bool:
    """ "Quarter million" without its article, but no "first quarter million"."""
    scaled = tokens[first].low == "quarter" and SCALES.get(at(tokens, first + 1).low, 0.0) >= 1e6
    return scaled and at(tokens, first - 1).low not in _BEFORE_HALF | ORDINALS


ORDINALS = frozenset({*_ORDINAL_ONES, *RARE_DENOMINATORS, *DENOMINATORS} - {"half", "quarter"})


def _is_share(after: Token) -> bool:
    return after.kind != WORD or after.gap > SPACED or after.low in _AFTER_SHARE


#: "Around a third work in care".
_COMPARED = word_set("around about nearly almost over under roughly than only just")
#: "A half-hour wait", "half-mile queues"; half-days and half-years are their own things.
_HALVED_UNITS = word_set("hour mile")


def _half(tokens: list[Token], first: int) -> Number | None:
    before, after = at(tokens, first - 1), at(tokens, first + 1)
    tied = past_hyphen(tokens, first + 1)
    if tied > first + 1 and at(tokens, tied).low in _HALVED_UNITS and before.low not in ("every", "each"):
        return None if before.low in _BEFORE_HALF else exact_number(first, first + 1, 0.5, "fraction")
    if before.low in _BEFORE_HALF or before.text in HYPHEN_SIGNS and before.gap == GLUED:
        return None
    if after.low == "dozen" or (after.text in DASHES and at(tokens, first + 2).low == "dozen"):
        return exact_number(first, first + (2 if after.low == "dozen" else 3), 6.0, "words", 12.0)
    if after.low == "a" and at(tokens, first + 2).low == "dozen":
        return exact_number(first, first + 3, 6.0, "words", 12.0)
    number = of_a_scale(tokens, exact_number(first, first + 1, 0.5, "fraction"), True)
    if number.form != "fraction" or after.low in _AFTER_HALF and after.gap <= SPACED + 1:
        return number
    if before.low == "than" and is_plural(after.low) and joined(tokens, first + 1):
        return number
    standing = before.low in ("by", "almost", "nearly", "about", "over", "than", "roughly", "around")
    return number if standing and (after.kind != WORD or after.low in _AFTER_SHARE | _HALVED) else None


HYPHEN_SIGNS = frozenset("-‐‑–")


def of_a_scale(tokens: list[Token], number: Number, bare: bool = False) -> Number:
    """The share taken of a scale word behind it: "half a million"; ``bare`` without the article, "half million"."""
    index = number.last + (1 if at(tokens, number.last).low == "of" else 0)
    article = at(tokens, index).low == "a"
    scale = SCALES.get(at(tokens, index + article).low)
    if scale is None or number.value is None or not joined(tokens, index):
        return number
    if not article and not (bare and index == number.last and scale >= 1e6):
        return number
    return exact_number(number.first, index + article + 1, number.value * scale, "words", scale)
