"""Whether the "m" behind digits is metres: British papers write "5m" for five million, and metres where space is short.

It is a million unless a few words say otherwise: what lies so far away, how deep, high or far something went, what
is so long. Numbers that are tied ("between 2m and 5m", "25m by 12m") are read alike.
"""

from __future__ import annotations

from tracker.reading.figure_digits import Number
from tracker.reading.figure_lexicon import FILLERS, STOP
from tracker.reading.figure_tokens import DASHES, GLUED, HYPHENS, NUMBER, WORD, Token, at, joined, word_set
from tracker.reading.units import UNIT_SIGNS, UNIT_WORDS

#: What stands behind metres, whatever stands before them.
_METRES = word_set(
    "high long wide deep tall apart sprint race final dash swim freestyle hurdles away butterfly relay backstroke"
    " breaststroke walk climb underwater downstream upstream underground offshore inland medley distance distancing"
    " gap pool pools wave waves wall walls fence fences rule tower mast statue sculpture ladder trench hole crater"
    " crane chimney tree ditch shaft ravine embankment python crocodile shark whale yacht trawler superyacht"
    " telescope springboard exclusion drop plunge"
)
#: Of these a million is as well what is lacking or lost: "a 2m gap in", "a 3m drop in sales".
_ALSO_CHANGES = word_set("gap drop plunge climb")
#: Who and what belongs to a race, behind one of its distances: "the 800m runner".
_RACERS = word_set(
    "runner runners swimmer swimmers sprinter sprinters hurdler hurdlers champion champions medallist medallists"
    " title titles gold silver bronze heat heats semi semifinal individual world olympic european event events time"
    " races finals records"
)
#: Distances that are run and swum.
_RACES = frozenset({50, 60, 100, 110, 200, 300, 400, 600, 800, 1500, 3000, 5000, 10000})
#: "A height of 5m", "waves of up to 3m", "in depth".
_EXTENTS = word_set(
    "height heights depth depths length width distance distances diameter altitude altitudes radius elevation wave"
    " waves tide tides swell swells"
)
#: Whose level is told in metres: "sea levels could rise by 1m".
_WATERS = word_set("sea water river lake flood reservoir tide")
#: What may stand between an extent and its metres.
_TO_EXTENT = FILLERS | word_set(
    "is was are were be been of from to at by with varies vary varied ranges range ranged ranging between and or will"
    " could may might would can rise rises rose risen rising fall falls fell reach reaches reached reaching measured"
    " up as much high about around nearly almost over than under least roughly already has have had levels level"
)
_EXTENT_REACH = 9
#: What metres are of: "20m of sand".
_MATERIALS = word_set(
    "sand snow water rope cable cables rock soil mud silt ice fabric fencing pipe pipes piping tunnel track road wire"
    " hose beach land coast coastline cliff cliffs shore shoreline riverbank bank ribbon rubble sediment peat"
    " scaffolding railings kerb pavement hedge hedgerow"
)
#: Words behind metres that say where, if a place follows or a verb of lying or moving leads.
_WHERE = word_set(
    "from off down up into along across under behind ahead beneath inside outside past beyond below above short of"
)
_PLACES = word_set(
    "coast shore shoreline beach road roads roadside street path track trail kerb pavement motorway railway house"
    " houses building buildings school hospital church entrance door doorway gate exit fence border boundary edge cliff"
    " cliffs clifftop summit peak top bottom finish river riverbank canal lake sea waves surface ground pier harbour"
    " wreck wreckage scene car vehicle tanker platform junction roundabout crossing goal goalpost bomb blast"
    " explosion village ledge cave mine shaft tunnel ravine gorge valley hillside mountain slope crater balcony roof"
    " scaffolding ladder bridge seabed airport runway reactor pole quarry well island water home"
)
#: Verbs that lead nothing but a way or a place in metres.
_MOVES = word_set(
    "swam swim swims swimming dug dig digs digging threw throws thrown hurled hurls sprinted sprints jogged abseiled"
    " waded tunnelled drilled walked walks hiked crawled trekked paddled rowed dragged towed"
)
_LIES = word_set(
    "stands stood standing stand lies lay lying located parked stopped landed sits sat situated lives lived moored"
    " finished anchored buried hovered hovering submerged"
)
_FLIES = word_set("flew fly flies flown flying cruised cruising hovered hovering")
_RUNS = word_set("ran run runs running")
#: These are as well what amounts do: metres only where a person is their subject.
_FALLS = word_set(
    "fell falls fallen falling jumped jumps jumping leapt leaped leaps plunged plunges plunging dropped climbed climbs"
    " climbing dived dives dove tumbled slid slipped"
)
_FALLERS = word_set(
    "he she who i we man woman boy girl teenager climber hiker walker worker skier diver driver jumper athlete child"
    " toddler baby tourist builder roofer pupil student soldier passenger cyclist"
)
_ERODES = word_set("retreated retreats retreating receded recedes receding eroded eroding subsided")
#: Who takes sums takes no metres: "took 5m from the road fund".
_TAKES = word_set(
    "took take takes taken taking diverted raised raises received secured earned won borrowed spent stole"
)
#: What a sum or a count is above or below, down or up on.
_LEVELS = word_set(
    "target targets forecast forecasts expectations budget last year average estimate estimates plan previous expected"
    " normal year's"
)
_NOT_TIED = word_set("strong plus odd a an member members dollar pound euro year")
_TIES = DASHES | word_set("to or")
_TIMES = word_set("by x ×")
_BETWEEN = word_set("between")
_PLACE_REACH = 4
_STEPS_BACK = 5


def is_metre(tokens: list[Token], number: Number, index: int) -> bool:
    """Whether the "m" at an index, glued to a number, is the metre. Looks at a bounded number of tokens."""
    first, last, sure = _tied(tokens, number, index)
    if sure or _by_signs(tokens, first, last):
        return True
    if at(tokens, last + 1).text in HYPHENS and at(tokens, last + 2).gap == GLUED:
        return at(tokens, last + 2).low not in _NOT_TIED
    told = _by_noun(tokens, number, first, last)
    return _by_verb(tokens, number, first, last) or _by_extent(tokens, first) if told is None else told


def _tied(tokens: list[Token], number: Number, index: int) -> tuple[int, int, bool]:
    """Where the numbers begin and end that an "m" stands for with its own, and whether they are lengths for sure."""
    first, last = number.first, index
    before, after = at(tokens, first - 1), at(tokens, last + 1)
    between = {at(tokens, first - back).low for back in range(1, 4)} & _BETWEEN
    ties = after.low in _TIES or (between and after.low == "and")
    other = at(tokens, last + 2)
    if (ties or after.low in _TIMES) and other.kind == NUMBER and joined(tokens, last + 1):
        if _length_at(tokens, last + 3) and not _is_m(tokens, last + 3):
            return first, last, True
        if _is_m(tokens, last + 3):
            last += 3
            if after.low in _TIMES:
                return first, last, before.low not in ("from", "grew", "rose", "fell", "up", "down")
    led = {at(tokens, first - back).low for back in range(3, 8)} & _BETWEEN
    if before.low in _TIES or before.low in _TIMES or (led and before.low == "and"):
        own_sign = _is_m(tokens, first - 2)
        head = first - 3 if own_sign else first - 2
        if at(tokens, head).kind == NUMBER and joined(tokens, first):
            if before.low in _TIMES:
                return head, last, own_sign and at(tokens, head - 1).low not in ("from", "grew", "rose", "fell")
            first = head
        elif at(tokens, first - 3).kind == NUMBER and _length_at(tokens, first - 2) and joined(tokens, first):
            return first, last, True
    for _ in range(3 if number.value in _RACES else 0):
        if at(tokens, first - 1).text in (",", "and") and _is_m(tokens, first - 2):
            first -= 3
    return first, last, False


def _is_m(tokens: list[Token], index: int) -> bool:
    token = at(tokens, index)
    return token.text == "m" and token.gap == GLUED


def _length_at(tokens: list[Token], index: int) -> bool:
    """Whether a unit of length stands at an index."""
    found = (UNIT_WORDS.find(tokens, index) or UNIT_SIGNS.find(tokens, index)) if index > 0 else None
    return found is not None and found[1].dimension == "length"


def _by_signs(tokens: list[Token], first: int, last: int) -> bool:
    """ "6ft (1.83m)", "37m (121ft)", "5m²", "10m/s"."""
    before, after = at(tokens, first - 1), at(tokens, last + 1)
    if after.text[:1] in ("/", "²", "³"):
        return True
    if after.text == "(" and (_length_at(tokens, last + 3) or at(tokens, last + 2).low in _METRES):
        return True
    return before.text == "(" and _length_at(tokens, first - 2)


def _by_noun(tokens: list[Token], number: Number, first: int, last: int) -> bool | None:
    """What the words directly behind tell: metres, no metres, or (None) nothing."""
    before, after, then = at(tokens, first - 1), at(tokens, last + 1), at(tokens, last + 2)
    if not joined(tokens, last + 1) or after.kind != WORD:
        return _by_race(number, before, after)
    if after.low in ("above", "below"):
        return not _words_after(tokens, last + 2) & _LEVELS
    if after.low in _METRES:
        return not (after.low in _ALSO_CHANGES and then.low in ("in", "from", "on", "of"))
    if after.low in _RACERS and number.value in _RACES:
        return True
    if after.low == "in" and then.low in _EXTENTS or before.low == "within" and after.low in ("of", "from"):
        return True
    if after.low == "of":
        return then.low in _MATERIALS or at(tokens, last + 3).low in _MATERIALS or _is_extent_of(tokens, first)
    if after.low not in STOP and not after.low.endswith("ly"):
        return _is_extent_of(tokens, first) and after.low not in ("people", "homes", "jobs")
    return _by_race(number, before, after)


def _by_race(number: Number, before: Token, after: Token) -> bool | None:
    """Whether a race is named: "the 100m in ten seconds"; None where it may be anything."""
    ran = before.low in ("the", "s") and number.value in _RACES
    return True if ran and (after.kind != WORD or after.low in _BEHIND_RACE) else None


_BEHIND_RACE = word_set("in at and or as on with")


def _is_extent_of(tokens: list[Token], first: int) -> bool:
    return at(tokens, first - 1).low == "of" and at(tokens, first - 2).low in _EXTENTS


def _words_after(tokens: list[Token], index: int) -> set[str]:
    found: set[str] = set()
    for here in range(index, index + _PLACE_REACH):
        if not joined(tokens, here) or tokens[here].kind != WORD:
            break
        found.add(tokens[here].low)
    return found


def _by_verb(tokens: list[Token], number: Number, first: int, last: int) -> bool:
    """Whether a verb of moving or lying leads, or a place follows: "swam 400m", "40m from the road"."""
    lead = first - 1
    passed: set[str] = set()
    while lead > first - 1 - _STEPS_BACK and joined(tokens, lead + 1) and at(tokens, lead).low in _PASSED:
        passed.add(tokens[lead].low)
        lead -= 1
    verb, where = at(tokens, lead).low, at(tokens, last + 1).low
    if verb in _MOVES or verb in _ERODES:
        return where != "at"
    if verb in _RUNS and number.value in _RACES and "to" not in passed:
        return True
    if verb in _FLIES and passed & {"at", "to"}:
        return True
    if verb in _FALLS and at(tokens, lead - 1).low in _FALLERS and "to" not in passed:
        return True
    if where not in _WHERE and where != "to":
        return False
    places = _words_after(tokens, last + 2)
    if where == "to":
        return bool(places & {"sea", "waves", "erosion", "tide", "tides", "shore", "finish"})
    if verb in _LIES and not places & _LEVELS:
        return True
    return bool(places & _PLACES) and verb not in _TAKES


_PASSED = FILLERS | word_set(
    "about around nearly almost over under more than less up to at least most roughly some for as"
)


def _by_extent(tokens: list[Token], first: int) -> bool:
    """Whether an extent leads: "the depth varies from 2m", "sea levels could rise by 1m", "waves reached 12m"."""
    for back in range(1, _EXTENT_REACH):
        here = first - back
        token = at(tokens, here)
        if not joined(tokens, here + 1):
            return False
        if token.low in _EXTENTS or token.low in ("level", "levels") and at(tokens, here - 1).low in _WATERS:
            return True
        if token.low not in _TO_EXTENT and not (token.kind == NUMBER or token.text in DASHES or token.text == "m"):
            return False
    return False
