"""Words that compare, or tell of time, place, topic or level: "talks over two days", "went up to £3"."""

from __future__ import annotations

from tracker.reading.figure_lexicon import PERSONS
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_tokens import APOSTROPHES, BROKEN, SIGN, Token, at, joined, word_set

_BE = word_set("is are was were be been being s re")
_PAST = word_set("ago earlier before previously beforehand")


def is_no_amount(tokens: list[Token], first: int, index: int, phrase: str, quantity: Quantity | None) -> bool:
    """Whether a comparator's phrase ``[first, index)`` before a figure says when, where or of what, not how much.

    ``quantity`` is the figure, None where only an article stands there ("over a fortnight").
    """
    behind = index + 2 if quantity is None else quantity.last
    if phrase.endswith(" than"):
        return _compares_things(tokens, phrase.split()[-2], behind, quantity)
    dimension = "duration" if quantity is None else quantity.dimension
    if phrase == "over":
        if dimension == "duration":
            return not _is_length_of_time(tokens, first, behind, quantity)
        if quantity is not None and dimension == "length":
            return _is_race(tokens, first)
        return quantity is not None and _is_over_things(tokens, first, quantity)
    if quantity is None:
        return False
    if quantity.attributive and phrase in ("maybe", "possibly"):
        # "Possibly a three-season bag": the bag is in doubt.
        return True
    if phrase == "up to":
        return _is_level(tokens, first, behind, quantity)
    if dimension != "count" or quantity.unit in PERSONS:
        return phrase == "under" and quantity.unit in _RULERS
    before = at(tokens, first - 1).low if joined(tokens, first) else ""
    if phrase == "under":
        return quantity.unit in _RULERS or before in _UNDER_COVER
    if phrase == "around":
        return before in _GOES_AROUND
    # Nobody says that almost two of something came as "close to three quarries".
    return phrase in ("close to", "near") and quantity.value is not None and quantity.value <= _FEW


#: So few things are counted out and not told by about how many they are.
_FEW = 3
_RULERS = word_set("government regime administration president king queen monarch leader ruler manager minister coach")
_UNDER_COVER = word_set(
    "sleep sleeps slept sleeping ran run crawled crawl hid hide hiding crushed trapped pinned squashed parked"
    " sheltered sheltering lay lying tucked ducked slid went passes passed buried"
)
_GOES_AROUND = word_set(
    "wind winds wound winding circle circled circling orbit orbits orbiting unite united unites rally rallied"
    " coalesce walked walk walks tour toured touring drove drive drives"
)

# "Higher than a year ago", "bigger than nine football pitches".
_COUNTING = word_set("more less fewer")
_OF_THINGS = word_set("better bigger larger smaller older younger taller shorter")
#: New adjectives that only measures bear.
_OF_MEASURES = word_set(
    "deeper heavier wider faster slower hotter colder cheaper thicker thinner warmer cooler lighter"
)
#: Whose size a count is: "a majority bigger than 40 seats".
_SIZED = word_set("seat vote member point job")


def _compares_things(tokens: list[Token], adjective: str, behind: int, quantity: Quantity | None) -> bool:
    if adjective in _COUNTING:
        return False
    if (
        joined(tokens, behind)
        and at(tokens, behind).low in _PAST
        and (quantity is None or quantity.dimension == "duration")
    ):
        return True
    if quantity is None:
        return False
    if quantity.dimension == "count":
        return adjective in _OF_MEASURES or adjective in _OF_THINGS and quantity.unit not in PERSONS | _SIZED
    return quantity.dimension is None and adjective in _OF_THINGS and at(tokens, behind).low == "of"


# "Served over three years", but "talks over three years".
_LASTING = word_set(
    "serve serves served serving last lasts lasted lasting wait waits waited waiting spend spends spent spending"
    " take takes took taken taking need needs needed require requires required live lived work worked working"
    " stretch stretched stretches span spans spanned spanning sleep slept stay stayed add adds added save saved"
    " lose lost losing cost costs total totalled report reports reported record recorded count counted log logged"
    " receive received get got gets give gave given gain gained provide provided bring brings brought"
)
_BEFORE_LENGTH = word_set(
    "for in of after with by at to from within until than about is are was were be been being s has have had having"
    " a an the his her its their my our your this that up now already probably possibly perhaps maybe still only"
    " currently even not never no just well far little bit and or least some"
)
_BEHIND_LENGTH = word_set(
    "ago later early earlier after before old older long late of since have has had were was is are"
)


def _is_length_of_time(tokens: list[Token], first: int, behind: int, quantity: Quantity | None) -> bool:
    """Whether "over" and a duration tell how long something is, and not in which time it was."""
    if quantity is not None and quantity.attributive:
        return True
    after, before = at(tokens, behind), at(tokens, first - 1)
    if joined(tokens, behind) and (after.low in _BEHIND_LENGTH or after.text in APOSTROPHES):
        return True
    if tokens[first].gap == BROKEN or before.text in (".", "“", '"', "!", "?"):
        # "Over two days 45,000 came", but "Over two hours!".
        return after.gap == BROKEN or (after.kind == SIGN and after.text not in (",", ":"))
    if before.kind == SIGN:
        # "Waited days, over a week in all", but "he said, over two days, that".
        return before.text not in ("—", "–") and not (before.text == "," and after.text == ",")
    return before.low in _LASTING or before.low in _BEFORE_LENGTH


_RACES = word_set("race races raced racing chase hurdle hurdles handicap stakes sprint swim event")


def _is_race(tokens: list[Token], first: int) -> bool:
    near = [at(tokens, first - back).low for back in range(1, 4)]
    return near[0] in _RACES or near[0] in _BE and not _RACES.isdisjoint(near)


#: Words that own "over" where things are counted: "circled over nine villages", "a bridge over six lanes".
_OVER_THINGS = word_set(
    "circle circled circles circling hover hovered hovers hovering soar soared towers towering tower looms looming"
    " bridge bridges footbridge flyover viaduct arch canopy sacked divided split control authority"
    " jurisdiction sovereignty rule ruled rules reign reigned reigns powers rights"
)
_PLACES = word_set(
    "county country state province city town village parish island continent field valley hill mountain house roof"
    " street district"
)
_FLEW = word_set("fly flies flew flown flying drove passed crossed")
_RIVALS = word_set("rival competitor firm company business chain brand start-up startup")
_TOOK = word_set("take takes took taken taking")
_MODALS = word_set("to will can could would might may should must")


def _is_over_things(tokens: list[Token], first: int, quantity: Quantity) -> bool:
    """Whether what stands before "over" owns it: "power over six parishes", "questions over £9m"."""
    before, further = at(tokens, first - 1).low, at(tokens, first - 2).low
    if tokens[first].gap == BROKEN:
        return False
    if before == "power":
        # "Turbines power over 200 homes".
        return further not in _MODALS and (not further.endswith("s") or further in ("its", "his", "has", "no"))
    if before in ("questions", "doubts", "talks", "disagreement", "disagreements", "arguments", "uncertainty"):
        return further not in _MODALS and further not in ("he", "she", "they", "it")
    if quantity.dimension != "count" or quantity.unit in PERSONS:
        return False
    if before in _TOOK:
        return quantity.unit in _RIVALS
    return before in _OVER_THINGS or before in _FLEW and quantity.unit in _PLACES


# "Went up to £40", "is now up to 58", "brings the total up to 16 deaths".
_WENT = word_set("go goes going went gone crept edged inched ticked shot")
_MOVED = word_set(
    "bring brings brought bringing take takes took taking push pushes pushed pushing put puts putting raise raised"
    " raises raising move moves moved moving"
)
_LEVELS = word_set("total toll tally count number figure age price rent rate score balance limit bill it that them")
_NOW = word_set("now already currently back")


def _is_level(tokens: list[Token], first: int, behind: int, quantity: Quantity) -> bool:
    before, further = at(tokens, first - 1).low, at(tokens, first - 2).low
    if not joined(tokens, first):
        return False
    if before in _WENT or (before in _NOW and further in _BE | _WENT):
        return True
    if before in _BE:
        # "Rent is up to £700 from £600", "it is up to nine trustees to choose".
        decided = further in ("it", "that") and at(tokens, behind).low == "to"
        return decided or further in _LEVELS - {"it", "that", "them"} or at(tokens, behind).low == "from"
    if before in _LEVELS:
        return any(at(tokens, first - back).low in _MOVED for back in range(2, 5))
    return False
