"""Whether pounds are money or a weight: "a 50-pound fine", "a 115-pound boxer", "lost 20 pounds"."""

from __future__ import annotations

from tracker.reading.figure_digits import ONES, Number
from tracker.reading.figure_tokens import HYPHENS, NUMBER, WORD, Token, at, joined, past_hyphen, word_set
from tracker.reading.units import UNIT_SIGNS, UNIT_WORDS, Unit

#: "A 50-pound fine": what makes pounds that are tied to a noun money.
_MONEY_NOUNS = word_set(
    "fine fines note notes ticket tickets bill bills coin coins fee fees charge charges payment payments budget deal"
    " contract bet prize bonus cost price tax grant loan voucher rise cut reward discount deposit donation debt fare"
    " gift cheque pension salary wage subsidy levy toll increase limit cap scheme fund bailout profit loss rebate"
)
_LOSE_WEIGHT = word_set("lost lose loses losing shed sheds shedding gained gain gaining lifted lift lifts lifting")
_MONEY_OF = word_set("the public taxpayers taxpayer government our your their his her debt aid funding its")
_HEAVY = word_set("heavier lighter overweight underweight baby weight dumbbell turkey")
#: "The baby was just two pounds": whose pounds are no price.
_BORN = word_set("baby babies infant newborn")
#: "To drop 25 pounds"; what falls "by 25 pounds" may be a price.
_DROP = word_set("drop dropped dropping slim slimmed")
_PRICES = word_set("price prices cost costs bill bills fare fares rent share shares profit rate value budget fee fees")
_MASSES = word_set("tonne ton kilogram gram stone ounce")
_MORE_WEIGHT = word_set("since after over during while through and thanks without by before on")


def pound_of(tokens: list[Token], number: Number, behind: int, unit: Unit) -> tuple[int, Unit] | None:
    """Pounds are money, unless a weight is spoken of: "a 9-pound baby", "two pounds of butter", "lost 20 pounds"."""
    if tokens[behind - 1].low in ("pound", "pounds") and unit.name == "GBP" and number.scale < 1000:
        after = at(tokens, behind)
        of_what = after.low == "of" and at(tokens, behind + 1).low not in _MONEY_OF
        heavy = after.low in _HEAVY and joined(tokens, behind)
        weighed = _weighs(tokens, number, behind) or _beside_mass(tokens, number, behind)
        if of_what or heavy or weighed or _tied_weight(tokens, behind):
            return behind, Unit("pound", "mass")
    return behind, unit


def _tied_weight(tokens: list[Token], behind: int) -> bool:
    """Whether "-pound" is a weight: always, but before words of money and of rates ("a 10-pound-a-week rise")."""
    if past_hyphen(tokens, behind - 2) != behind - 1 or tokens[behind - 1].low != "pound":
        return False
    words = [at(tokens, behind + k).low for k in range(3)]
    return not _MONEY_NOUNS & {*words} and at(tokens, behind).text not in HYPHENS


def _weighs(tokens: list[Token], number: Number, behind: int) -> bool:
    """Whether a verb of weight leads: "weighs 130 pounds"; "lost 130 pounds", where no money word follows."""
    before = [at(tokens, number.first - back).low for back in range(1, 5)]
    if any(word.startswith("weigh") for word in before) or _BORN & {*before} and _is_predicate(before):
        return True
    if before[0] in _DROP and not _PRICES & {at(tokens, number.first - back).low for back in range(2, 7)}:
        return at(tokens, behind).kind != WORD or at(tokens, behind).low in _MORE_WEIGHT
    if not _LOSE_WEIGHT & {*before[:3]} or (number.value or 0) > 1000:
        return False
    after, then = at(tokens, behind), at(tokens, behind + 1)
    if after.low == "in":
        return then.kind == NUMBER or then.low in ("weight", "a", "just", "under", "less") or then.low in ONES
    return after.kind != WORD or not joined(tokens, behind) or after.low in _MORE_WEIGHT


def _is_predicate(before: list[str]) -> bool:
    return bool({"is", "was", "be", "were", "just", "only", "of"} & {*before})


def _beside_mass(tokens: list[Token], number: Number, behind: int) -> bool:
    """Whether a mass stands beside the pounds that says the same: "110 pounds (50kg)", "50kg (110 pounds)"."""
    if at(tokens, behind).text == "(":
        near = range(behind + 2, behind + 4)
    elif at(tokens, number.first - 1).text == "(" or [at(tokens, number.first - k).low for k in (1, 2)] == [
        "to",
        "equal",
    ]:
        near = range(number.first - 6, number.first - 1)
    else:
        return False
    found = (UNIT_WORDS.find(tokens, k) or UNIT_SIGNS.find(tokens, k) for k in near if k >= 0)
    return any(unit is not None and unit[1].name in _MASSES for unit in found)
