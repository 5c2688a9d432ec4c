"""Finer rules of what makes a figure the size of a change: on which word "by" hangs, and which nouns stand between."""

from __future__ import annotations

from tracker.reading.figure_lexicon import STOP, TREND_NOUNS_DOWN, TREND_NOUNS_UP, TREND_UP
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_tokens import SIGN, WORD, Token, at, joined, word_set

_BE = word_set("was were is are been be being")
#: Participles that do not end in "-ed".
_PARTICIPLES = word_set(
    "led driven made brought seen set met held run won done put paid hit struck built taken given written drawn found"
    " caught bought sold told said known shown meant kept felt sought fought taught born worn torn sent spent lent"
)
_PARTICLES = word_set("off out on up down in over away about through for")
#: Behind these a word that may be a noun is a verb: "to increase", "will cut", "they cut".
_BEFORE_VERBS = word_set(
    "to will would could can may might must should shall not did does do has have had they we i you he she who"
)
_NOUNS = TREND_NOUNS_UP | TREND_NOUNS_DOWN


def hangs_on(tokens: list[Token], word: int, by: int, quantity: Quantity) -> bool:
    """Whether the "by" at an index hangs on a word of change, and not on another participle behind that.

    "The rise was opposed by 58 per cent" tells who, "the fall was followed by three days of rain" what. A verb
    still owns a share behind a participle that only describes: "cut the hours worked by 5 per cent".
    """
    between = range(word + 1, by)
    if any(tokens[here].low in _BE for here in between):
        return False
    here = by - 1
    while here > word and (tokens[here].low in _PARTICLES or tokens[here].low.endswith("ly")):
        here -= 1
    other = tokens[here]
    if here <= word:
        return tokens[word + 1].low not in _LEAVING.get(tokens[word].low, ())
    if other.kind != WORD or not (other.low in _PARTICIPLES or (other.low.endswith("ed") and len(other.low) > 4)):
        return True
    is_verb = tokens[word].low not in _NOUNS or at(tokens, word - 1).low in _BEFORE_VERBS
    # "The bank cut rates, backed by 58 per cent": a phrase of its own.
    apart = any(tokens[mid].kind == SIGN for mid in between)
    return is_verb and not apart and quantity.dimension == "proportion" and quantity.of is None


#: "Cut off by 30 feet of snow": with these the verb tells no change; "fell off by 5 per cent" does.
_CUTTING = word_set("off out through across into in")
_LEAVING = dict.fromkeys(("cut", "cuts", "cutting"), _CUTTING)


def is_period_over(tokens: list[Token], word: int, quantity: Quantity) -> bool:
    """Whether "over" behind a word of change leads the time that it took: "rain fell over three days"."""
    if quantity.dimension != "duration":
        return False
    return any(tokens[here].low == "over" for here in range(word + 1, quantity.first))


_RAISING = word_set("raise raises raised raising boost boosts boosted lift lifts lifted")
_CLIMBING = word_set("climb climbs climbed climbing")
#: Where these are a change, "by" stands at them: "narrow" is an adjective as well.
_BY_ONLY = word_set("narrow shrinking widening narrowing")
_SCALED = frozenset({"money", "length", "mass", "duration", "speed", "temperature", "age", "volume", "area"})


def is_no_change(verb: str, by: bool, quantity: Quantity) -> bool:
    """Whether a verb with another sense tells no change of this figure.

    People raise children and questions ("raised by two aunts"), wins lift hopes, and some climb hills.
    """
    if verb in _RAISING and (by or quantity.unit is None):
        measured = quantity.dimension in _SCALED or (quantity.dimension == "proportion" and quantity.of is None)
        return not measured and quantity.unit not in ("point", "basis point", "percentage point")
    if verb in _CLIMBING and not by:
        return quantity.dimension == "count" and quantity.unit not in ("place", "point", "position", "spot", "rank")
    return verb in _BY_ONLY and not by


#: Verbs with an object between them and the share: "raised rates 5 per cent".
_WITH_OBJECT = word_set(
    "increase increases increased increasing raise raises raised raising cut cuts cutting reduce reduces"
    " reduced reducing lift lifts lifted boost boosts boosted trim trims trimmed"
    " lowers lowered slash slashed slashing hike hiked"
)
_DETERMINERS = word_set("the its their his her our my your all")


def over_object(tokens: list[Token], quantity: Quantity) -> str | None:
    """The trend that a verb gives over one or two words of its object: "raised council rates 5 per cent"."""
    if quantity.dimension != "proportion" or quantity.unit == "fraction" or quantity.of is not None:
        return None
    for back in range(1, 5):
        here = quantity.first - back
        token = at(tokens, here)
        if here < 0 or not joined(tokens, here + 1):
            return None
        if token.low in _WITH_OBJECT:
            # "A cut rates 5 per cent" is none; the object has at least one word of its own.
            named = at(tokens, here - 1).low in ("a", "an", "the") or back == 1
            return None if named else ("up" if token.low in TREND_UP else "down")
        if token.kind != WORD or not token.text.islower() or back > 2 and token.low not in _DETERMINERS:
            return None
        if token.low in STOP and (token.low not in _DETERMINERS or back == 1):
            return None
    return None


def before_noun(tokens: list[Token], quantity: Quantity) -> str | None:
    """The trend that a noun gives over one word between: "a 35 per cent pay rise", "their £20 rent increase"."""
    word, noun, after = (at(tokens, quantity.last + step) for step in range(3))
    if word.kind != WORD or not word.text.islower() or word.low in STOP or noun.low not in _NOUNS:
        return None
    if not (joined(tokens, quantity.last) and joined(tokens, quantity.last + 1)):
        return None
    # "Some 35 per cent fear cuts": without an article before the figure the word between is a verb.
    led = any(at(tokens, quantity.first - back).low in _ARTICLES for back in (1, 2))
    goes_on = after.kind == WORD and joined(tokens, quantity.last + 2) and after.low not in STOP
    return None if goes_on or not led else ("up" if noun.low in TREND_NOUNS_UP else "down")


_ARTICLES = _DETERMINERS | {"a", "an", "another", "this", "that", "any", "no", "s"}
_OF_BODIES = word_set("stone pound kilogram kilo ounce")
_SHEDDING = word_set("lose loses lost losing drop drops dropped dropping shed sheds shedding gain gains gained gaining")


def is_body_weight(verb: str, quantity: Quantity) -> bool:
    """Whether a weight is what somebody became lighter or heavier by ("dropped two stone"), and no thing's."""
    own = quantity.dimension == "mass" and quantity.unit in _OF_BODIES and quantity.of is None
    return own and verb in _SHEDDING
