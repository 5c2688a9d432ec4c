"""What the words around a figure say of it: its comparator, and whether it is a rise or a fall."""

from __future__ import annotations

from tracker.reading.figure_digits import ONES
from tracker.reading.figure_levels import level_trend
from tracker.reading.figure_lexicon import (
    COMPARATORS,
    COMPARATORS_AFTER,
    FILLERS,
    LAWS,
    MARKS,
    OWNERS,
    OWNERS_OF_PERSONS,
    OWNERS_OF_THINGS,
    PERSONS,
    STOP,
    TREND_BETWEEN,
    TREND_DOWN,
    TREND_NOUNS_DOWN,
    TREND_NOUNS_UP,
    TREND_PHRASAL,
    TREND_TRANSITIVE,
    TREND_UP,
)
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_negation import negated
from tracker.reading.figure_prepositions import is_no_amount
from tracker.reading.figure_tokens import APOSTROPHES, BROKEN, GLUED, HYPHENS, NUMBER, SIGN, WORD, Token, at, joined
from tracker.reading.figure_trend_rules import (
    before_noun,
    hangs_on,
    is_body_weight,
    is_no_change,
    is_period_over,
    over_object,
)

_LONGEST_PHRASE = 4
#: How far back the verb of a change may stand.
_REACH = 9


def comparator(tokens: list[Token], quantity: Quantity) -> str:
    """``=``, ``>``, ``>=``, ``<``, ``<=`` or ``~``, from the words before the figure and those behind it."""
    before = _comparator_in_front(tokens, quantity)
    if before not in ("=", "~"):
        return before
    # "About 500 or more": the bound says more than the doubt.
    return _comparator_behind(tokens, quantity.number.last) or _comparator_behind(tokens, quantity.last) or before


def _comparator_in_front(tokens: list[Token], quantity: Quantity) -> str:
    index, definite = quantity.first, False
    for _ in range(4):
        if not joined(tokens, index):
            break
        found = _comparator_ending(tokens, index, quantity)
        if found is not None and found[0] != "=":
            definite = definite or tokens[index - 1].low == "the" or _is_period(tokens, index, quantity)
            # "Above the 2 per cent target" tells a known value, and its relation to something else.
            if definite and not _is_mark(tokens, quantity):
                return "="
            return negated(tokens, found[1], found[0], lasting=quantity.dimension == "duration")
        if found is None and tokens[index - 1].low not in FILLERS:
            break
        # "Under the age of 5" names no value known before.
        definite = definite or (tokens[index - 1].low == "the" and tokens[index].low != "age")
        index = index - 1 if found is None else found[1]
    return "="


def _is_period(tokens: list[Token], index: int, quantity: Quantity) -> bool:
    """Whether "over" leads a period and not its length: "over a seven-year spell"."""
    attributive = quantity.attributive and quantity.dimension == "duration"
    return attributive and tokens[index].low == "a" and tokens[index - 1].low == "over"


def _is_mark(tokens: list[Token], quantity: Quantity) -> bool:
    """Whether a figure is a mark that something passes: "the 100,000 mark", "the 1,000-yard rushing mark"."""
    return any(at(tokens, quantity.last + step).low in MARKS for step in (-1, 0, 1))


def comparator_before(tokens: list[Token], index: int) -> str | None:
    """The comparator that stands directly before a token ("less than" an hour), None where none does."""
    found = _comparator_ending(tokens, index, None) if joined(tokens, index) else None
    return None if found is None else found[0]


#: Behind a number these compare only at the end of a phrase: "20 maximum", but "two maximum security prisons".
_FINAL = frozenset({"max", "maximum", "minimum", "tops", "more", "up", "counting"})
#: "Up 20 and up from 15": what goes on behind the phrase.
_GOES_ON = frozenset({"to", "from", "by", "of", "than"})


def _comparator_behind(tokens: list[Token], index: int) -> str | None:
    """The comparator behind a number or its unit: "20 or more", "300+", "20 per cent or so"."""
    if not joined(tokens, index):
        return None
    # "£2,000, give or take"; "£400 tops", but "Jackson 5 tops his list".
    set_off = tokens[index].text == "," and at(tokens, index + 1).low == "give"
    after = COMPARATORS_AFTER.find(tokens, index + set_off)
    if after is None and tokens[index].low == "tops":
        ends = at(tokens, index + 1).kind == SIGN or not joined(tokens, index + 1)
        return "<=" if ends else None
    if after is None or (tokens[index].text == "+" and tokens[index].gap):
        return None
    first, last, next_one = tokens[index], tokens[after[0] - 1], at(tokens, after[0])
    if first.low == "plus" and next_one.kind != SIGN:
        return None
    if first.low == "at" and (next_one.kind == NUMBER or next_one.low in ONES):
        # "Killed 20 people, at least five of them …": the phrase belongs to the next number.
        return None
    if last.low in _FINAL and (first.low != "or" or last.low == "up"):
        noun = next_one.kind == WORD and joined(tokens, after[0]) and next_one.low not in STOP
        if noun or next_one.low in _GOES_ON or first.text[:1].isupper():
            return None
    return after[1]


def _comparator_ending(tokens: list[Token], index: int, quantity: Quantity | None) -> tuple[str, int] | None:
    """The comparator whose last word stands directly before an index, with the index where it begins."""
    if tokens[index - 1].low in _EQUAL_ENDS:
        inclusive = _or_equal(tokens, index, quantity)
        if inclusive is not None:
            return inclusive
    return _phrase_ending(tokens, index, quantity)


def _phrase_ending(tokens: list[Token], index: int, quantity: Quantity | None) -> tuple[str, int] | None:
    """The listed phrase of a comparator directly before an index, where nothing else owns its words."""
    words = [at(tokens, index - back).low for back in range(_LONGEST_PHRASE, 0, -1)]
    for length in range(_LONGEST_PHRASE, 0, -1):
        phrase = tuple(words[-length:])
        sign = COMPARATORS.get(phrase)
        if sign is None or at(tokens, index - length).text == "" or _broken(tokens, index - length + 1, index + 1):
            continue
        before = at(tokens, index - length - 1)
        glue = tokens[index - length].gap
        if glue < BROKEN and _is_owned(" ".join(phrase), before.low, quantity):
            return None
        # Dashes and signs of other uses: "a~b", "<b>5"; but "p<0.05".
        if tokens[index - length].kind == SIGN and glue == GLUED and before.kind != SIGN:
            tagged = at(tokens, index - length - 2).text in ("<", "/", "&")
            if tagged or phrase[0] not in (">", "<") or len(before.text) > 1:
                return None
        if is_no_amount(tokens, index - length, index, " ".join(phrase), quantity):
            return None
        return _sign_of(phrase, sign, quantity), index - length
    return None


def _sign_of(phrase: tuple[str, ...], sign: str, quantity: Quantity | None) -> str:
    """What a phrase says of a figure: who is faster than three minutes needs less of them."""
    if phrase[0] in ("faster", "slower") and quantity is not None and quantity.dimension == "duration":
        return "<" if phrase[0] == "faster" else ">"
    return sign


def _is_owned(phrase: str, before: str, quantity: Quantity | None) -> bool:
    """Whether a comparator's words belong to what stands before them, or to the law behind ("under 2 articles")."""
    if before in OWNERS.get(phrase, ()):
        return True
    if quantity is None:
        return False
    if quantity.unit is None:
        return phrase == "up to" and before in OWNERS_OF_THINGS[phrase]
    persons = quantity.unit in PERSONS
    owners = (OWNERS_OF_PERSONS if persons else OWNERS_OF_THINGS).get(phrase, ())
    return before in owners or (phrase == "under" and quantity.unit in LAWS)


_EQUAL_ENDS = frozenset({"equal", "to", "than"})
_INCLUSIVE = {">": ">=", ">=": ">=", "<": "<=", "<=": "<="}


def _or_equal(tokens: list[Token], index: int, quantity: Quantity | None) -> tuple[str, int] | None:
    """A comparator that includes its bound: "less than or equal to", "greater or equal"."""
    end = index - (tokens[index - 1].low != "equal")
    if (at(tokens, end - 1).low, at(tokens, end - 2).low) != ("equal", "or") or _broken(tokens, end - 2, index + 1):
        return None
    found = _phrase_ending(tokens, end - 2, quantity)
    if found is None:
        sign = COMPARATORS.get((at(tokens, end - 3).low, "than"))
        found = None if sign is None else (sign, end - 3)
    if found is None or found[0] not in _INCLUSIVE:
        return None
    return _INCLUSIVE[found[0]], found[1]


def _broken(tokens: list[Token], first: int, last: int) -> bool:
    return any(not joined(tokens, here) for here in range(first, min(last, len(tokens))))


def trend(tokens: list[Token], quantity: Quantity) -> str | None:
    """``up`` or ``down`` where the figure is the size of a change ("rose by 3 %", "a 3 % drop")."""
    # "Rose from 3 to 5" tells two levels, "rose by between 3 and 5" the size of a rise.
    sized = quantity.joint == "between" and at(tokens, quantity.first - 2).low in ("by", "of")
    if quantity.joint in ("from", "between", "down") and not sized:
        return level_trend(tokens, quantity)
    found = _nominal(tokens, quantity) or _verbal(tokens, quantity) or over_object(tokens, quantity)
    return level_trend(tokens, quantity) if found is None and quantity.joint == "to" else found


#: What may stand between the figure of a change and the next one, whose verb is left out.
_GAPPING = frozenset({",", "and", "while", "with", "the", "&", "'", "’", "s"})


def carried_trend(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether a figure goes the way of the one before it: "Unilever fell 2 %, Tesco by 3 % and Aviva by 1 %"."""
    between = tokens[one.last : two.first]
    if not 2 <= len(between) <= 8 or between[-1].low != "by" or one.dimension != two.dimension:
        return False
    return all(token.low in _GAPPING or token.text[:1].isupper() for token in between[:-1])


def in_apposition(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether a figure only says the one before it again: "190 points, or 0.6 %", "30 miles (48 km)"."""
    between = [token.low for token in tokens[one.last : two.first]]
    # Two counts are of two things, whatever stands between them.
    measured = one.unit is not None and (one.dimension, two.dimension) != ("count", "count")
    return measured and between in ([",", "or"], ["or"], ["("], [",", "or", "by"])


#: Changes of a sum of money or of points that stand behind it: "a £5m rise", "a two-point fall".
_PLAIN_CHANGES = frozenset({"rise", "increase", "hike", "jump", "drop", "fall", "decrease", "reduction", "decline"})
#: Behind the size of a change: "closed 5p down"; "3 per cent higher" may compare two things at one time.
_BEHIND = {"up": "up", "down": "down"}
#: "5 % up front", "20 % down payment" and "up to" are no changes.
_NO_CHANGE = frozenset({"front", "to", "for", "payment", "payments", "deposit", "deposits", "side", "there", "here"})


def _nominal(tokens: list[Token], quantity: Quantity) -> str | None:
    """The trend that a noun or adjective gives: "a drop of 3 %", "a 3 % drop", "3 % up"."""
    noun, of = at(tokens, quantity.last).low, None
    measured = quantity.dimension in ("proportion", "money") or quantity.unit == "point"
    if measured and joined(tokens, quantity.last):
        plain = quantity.dimension == "proportion" or noun in _PLAIN_CHANGES
        if plain and noun in TREND_NOUNS_UP | TREND_NOUNS_DOWN:
            return "up" if noun in TREND_NOUNS_UP else "down"
        after = at(tokens, quantity.last + 1)
        if noun in _BEHIND and after.low not in _NO_CHANGE and after.kind != NUMBER:
            return _BEHIND[noun]
        if plain or at(tokens, quantity.last + 1).low in _PLAIN_CHANGES:
            over_noun = before_noun(tokens, quantity)
            if over_noun is not None:
                return over_noun
    for back in range(1, 6):
        word = at(tokens, quantity.first - back).low
        if word == "of":
            of = at(tokens, quantity.first - back - 1).low
            break
        if word not in TREND_BETWEEN or not joined(tokens, quantity.first - back + 1):
            break
    # A loss of £5m or of 20 jobs is what was lost, and nothing that fell.
    if of == "loss" and quantity.dimension != "proportion" and quantity.unit not in ("point", None):
        return None
    if of in TREND_NOUNS_UP and of not in ("hike",):
        return "up"
    return "down" if of in TREND_NOUNS_DOWN else None


#: Behind these a duration says when, and not by how much: "falls four days before the vote".
_WHEN = frozenset({"before", "after", "later", "ago", "earlier", "into"})


def _verbal(tokens: list[Token], quantity: Quantity) -> str | None:
    behind = at(tokens, quantity.last).low
    if behind == "short" or (behind in _WHEN and quantity.dimension == "duration"):
        return None
    by = 0
    passable = True
    for back in range(1, _REACH + 1):
        here = quantity.first - back
        token = at(tokens, here)
        if here < 0 or not joined(tokens, here + 1) or not _is_passed(tokens, here):
            return None
        if token.low == "to" and (at(tokens, here - 2).low, at(tokens, here - 1).low) == ("by", "up"):
            continue
        if token.low in ("to", "from", "at") and not _is_comparator_to(tokens, here):
            return None
        is_up, is_down = token.low in TREND_UP, token.low in TREND_DOWN
        if token.low == "up" and at(tokens, here + 1).low == "to":
            continue
        if (is_up or is_down) and (passable or by):
            # "An eyebrow-raising 40 per cent".
            if token.gap == GLUED and at(tokens, here - 1).text in HYPHENS:
                return None
            if at(tokens, here - 1).low in TREND_PHRASAL.get(token.low, ()) and joined(tokens, here):
                return None
            # "Went up 12p": the size of the move, whatever its unit.
            moved = at(tokens, here - 1).low in _MOVED and quantity.dimension == "money"
            if is_period_over(tokens, here, quantity) and not by:
                return None
            if (by and not hangs_on(tokens, here, by, quantity)) or is_no_change(token.low, bool(by), quantity):
                return None
            return _allowed(tokens, quantity, token.low, bool(by) or moved, "up" if is_up else "down")
        by = by or (here if token.low == "by" else 0)
        passable = passable and (token.low in TREND_BETWEEN or token.low.endswith("ly"))
        if not passable and not by:
            return None
    return None


def _is_passed(tokens: list[Token], here: int) -> bool:
    """Whether the way from a figure back to its verb may lead over a token."""
    token, after = tokens[here], at(tokens, here + 1)
    if token.kind == SIGN:
        # "Fruit + a tin": the plus of a figure stands at it.
        return token.text in ("%", *APOSTROPHES) or (token.text == "+" and after.gap == GLUED)
    if token.low == "in":
        # "Rose in three months" says when, "in excess of" how much.
        return after.low == "excess"
    if token.low == "as":
        return {after.low, at(tokens, here - 1).low} & _AS_MUCH != set()
    # "Fell short by", "trailed behind by": nothing fell.
    return token.low not in ("short", "behind")


_AS_MUCH = frozenset({"much", "many", "little", "few"})


def _is_comparator_to(tokens: list[Token], here: int) -> bool:
    words = (at(tokens, here - 1).low, at(tokens, here).low)
    return (
        words in (("up", "to"), ("close", "to"))
        or words == ("at", "least")
        or tokens[here].low == "at"
        and (at(tokens, here + 1).low in ("least", "most"))
    )


_MOVED = frozenset({"go", "goes", "going", "gone", "went", "ticked", "edged", "inched", "crept"})


def _allowed(tokens: list[Token], quantity: Quantity, verb: str, by: bool, way: str) -> str | None:
    """A verb that takes an object tells a change only of shares and points, or with "by"."""
    if verb in ("up", "down") and quantity.unit in ("hour", "minute", "day", "mile") and not by:
        return None
    change = quantity.dimension == "proportion" or quantity.unit in ("point", None) or is_body_weight(verb, quantity)
    if quantity.unit is None and quantity.number.form == "words" and verb not in ("up", "down"):
        # "Lost five in a row" counts what only the context names.
        change = False
    if verb in ("gain", "gains", "gained", "gaining") and at(tokens, quantity.last).low == "of":
        # "Gained 16 % of the vote" is a share.
        change = at(tokens, quantity.last + 2).low not in ("vote", "votes", "ballot", "seats", "poll")
    return way if by or change or verb not in TREND_TRANSITIVE else None
