"""Negations at a distance: "has never sold more than 90 cars" tells of 90 at most.

What is negated is told by the words between the negation and the comparator, within one clause and a
bounded number of tokens. Where the negation reaches the amount, its sense turns; where it certainly
belongs to something else (a reported clause, who is meant, how long something has not happened), the
comparator stays; where both can be meant the figure is told without any: a turned sense is worst.
"""

from __future__ import annotations

from tracker.reading.figure_lexicon import IRREGULAR
from tracker.reading.figure_tokens import APOSTROPHES, GLUED, SIGN, WORD, Token, at, joined, word_set
from tracker.reading.grammar import FINITE

_TURNED = {">": "<=", "<": ">="}
#: How far back a negation may stand, in tokens.
_REACH = 14

_HAVE = word_set("has have had having hasn haven hadn")
_BE = word_set("is are was were be been being am isn aren wasn weren m s re")
_DUTY = word_set("should must may shall shouldn mustn need needn")
_AUXILIARIES = _HAVE | _BE | _DUTY | word_set("do does did don doesn didn will would can could might won wouldn cannot")
#: What may stand before a subject that does not begin the clause: "never have they", "without it costing".
_INVERTING = _AUXILIARIES | {"without"}
_PRONOUNS = word_set("i you he she it we they there this these those")
#: Where the clause ends, and with it what a negation reaches.
_ENDS = word_set(
    "but and while who whom whose which that because if when where whether although though as than since until"
    " till unless so how why what yet whereas before once after during despite amid following"
)
#: What is told behind these is not negated with them: "nobody said more than 40 had left".
_TOLD = word_set(
    "say says said saying tell tells told claim claims claimed report reports reported know knows knew known"
    " realise realised realize realized notice noticed mention mentioned deny denied denies admit admitted reveal"
    " revealed warn warned confirm confirmed mean means meant explain explained"
)
#: What is left out stands as it is: "failed to pay more than £5m in tax" tells of more than £5m.
_LEFT_OUT = word_set(
    "pay declare disclose report register deliver spot notice collect repay return meet answer mention include"
    " count inspect protect prevent stop save rescue treat reply respond"
)
#: "No doubt", "not only": these negate nothing that follows; "not all" and its like leave open what.
_IDLE_BEHIND_NO = word_set("doubt wonder question surprise matter coincidence secret mistake sooner no nos")
_IDLE_BEHIND_NOT = word_set("only just merely simply least to counting including mentioning surprisingly even")
_OPEN_BEHIND_NOT = word_set("all every everyone everybody everything always necessarily everywhere before")
_IDLE_BEFORE_NOT = word_set("why or if whether")
_FAILING = word_set("fail fails failed failing")
_SELDOM = word_set("rarely seldom hardly scarcely")
_NOBODY = word_set("nobody none neither nothing nor")
#: Comparators that may describe the thing before them: "children under 12", "vehicles over 9 tonnes".
_DESCRIBING = word_set("over under above below beyond")
_LEADS_OF_THINGS = word_set(
    "with worth aged earning costing weighing measuring owing between among against from without"
)
_OPEN_LEADS = word_set("to at on with into across through against among about from")
#: The first words of bounds that a negation beside them only opens: "not capped at £5".
_BOUNDS = word_set("at capped")
_OPEN = "="


def negated(tokens: list[Token], first: int, sign: str, *, lasting: bool) -> str:
    """What a comparator says behind the negations of its clause: ``>`` turns to ``<=`` and ``<`` to ``>=``.

    ``first`` is the index of the comparator's first word, ``sign`` what it says alone. ``lasting`` tells that its
    figure is a duration, which behind "for" or "in" may say how long something has not happened.
    ``=`` where a negation is near and its reach stays open.
    """
    if sign not in _TURNED and tokens[first].low not in _BOUNDS:
        return sign
    here = _negation_before(tokens, first)
    if here is None:
        return sign
    if sign not in _TURNED:
        # "Did not win at least 40 seats": fewer, or so many others.
        near = here >= first - 3 and tokens[here].low in ("not", "t", "never", "to")
        return _OPEN if near and not tokens[first - 1].low.endswith("ing") else sign
    reach = _reach(tokens, here, first, lasting)
    return {True: _TURNED[sign], False: sign, None: _OPEN}[reach]


def _negation_before(tokens: list[Token], first: int) -> int | None:
    """The index of the nearest word that negates in the clause before a comparator, None where none does."""
    for here in range(first - 1, max(-1, first - 1 - _REACH), -1):
        token = tokens[here]
        if not joined(tokens, here + 1):
            return None
        if token.kind == SIGN:
            if not _passes(tokens, here):
                return None
            continue
        if token.kind != WORD:
            continue
        if _negates(tokens, here):
            return here
        if (token.low in _ENDS and not _is_adverb(tokens, here)) or token.low in _TOLD:
            return None
        if token.low in _PRONOUNS and not _is_inside(tokens, here, first):
            return None
    return None


def _is_adverb(tokens: list[Token], here: int) -> bool:
    """Whether "once" and "before" go with the negation: "not once", "never before"."""
    return tokens[here].low in ("once", "before") and at(tokens, here - 1).low in ("not", "never", "t")


_PREPOSITIONS = word_set("for in to by with at on from into of up out off over under")


def _is_inside(tokens: list[Token], here: int, first: int) -> bool:
    """Whether a pronoun begins no clause: it is inverted ("did they exceed"), or an object ("leave it for")."""
    return at(tokens, here - 1).low in _INVERTING or here + 1 == first or tokens[here + 1].low in _PREPOSITIONS


def _passes(tokens: list[Token], here: int) -> bool:
    """Whether a sign ends no clause: an apostrophe or hyphen within a word, a currency, a per cent sign."""
    token = tokens[here]
    if token.text in APOSTROPHES or token.text == "-":
        return token.gap == GLUED or at(tokens, here + 1).gap == GLUED and at(tokens, here - 1).low.endswith("s")
    return token.text in "£$€%&"


def _negates(tokens: list[Token], here: int) -> bool:
    token, before, after = tokens[here], at(tokens, here - 1), at(tokens, here + 1)
    word = token.low
    if word == "t":
        cut = before.text in APOSTROPHES and token.gap == GLUED and at(tokens, here - 2).low.endswith("n")
        return cut and after.low not in _IDLE_BEHIND_NOT and after.low not in _PRONOUNS
    if word == "not":
        return after.low not in _IDLE_BEHIND_NOT and before.low not in _IDLE_BEFORE_NOT
    if word == "no":
        # "No 10", "No. 4", and "in no time".
        idle = after.low in _IDLE_BEHIND_NO or after.kind != WORD or (before.low, after.low) == ("in", "time")
        return not idle
    if word == "never":
        return after.low != "mind"
    if word == "without":
        return after.low not in ("doubt", "question")
    if word == "to":
        return before.low in _FAILING or before.low in ("unable", "unlikely")
    return word in ("cannot", *_NOBODY, *_SELDOM)


def _reach(tokens: list[Token], here: int, first: int, lasting: bool) -> bool | None:
    """Whether a negation reaches the amount that is compared; None where that stays open."""
    word, after = tokens[here].low, at(tokens, here + 1).low
    if _negation_before(tokens, here) is not None or here and _negates(tokens, here - 1):
        # "Never failed to raise more than": one negation undoes the other, or nobody knows.
        return False if word in ("to", "without") else None
    if after in _OPEN_BEHIND_NOT and word in ("not", "t", "never"):
        return None
    if here == first - 1:
        # "Not over 20", "without more than 20 helpers".
        return None if word == "without" else word not in _NOBODY and tokens[first].low not in ("as", "at")
    between = tokens[here + 1 : first]
    if any(token.low in _LEFT_OUT for token in between) and (word == "to" or between[0].low not in ("pay", "stop")):
        return False
    subject = word in _NOBODY or word == "no"
    if subject and not _acts(tokens, here, first):
        return False
    return _by_lead(tokens, here, first, lasting)


def _acts(tokens: list[Token], here: int, first: int) -> bool:
    """Whether a verb stands between a negated subject and the comparator, or in the comparator itself."""
    if tokens[here].low == "no" and at(tokens, here - 1).low in ("there", "is", "was", "are", "were", "be", "been"):
        return tokens[first - 1].low in ("of", "for")
    if at(tokens, first).low in ("exceed", "exceeds", "exceeded", "topped", "tops", "surpassed", "surpass", "passed"):
        return True
    begin = here + (2 if tokens[here].low == "no" else 1)
    for place in range(begin, first):
        low = tokens[place].low
        if low in ("to", "got") or low in _AUXILIARIES and low != "s" or FINITE.fullmatch(low):
            return True
    # "Nobody got over £5", "none cost over £5": what follows a pronoun is its verb.
    pronoun = tokens[here].low in _NOBODY and tokens[here + 1].low not in ("of", "in", "at", "from", "with", "aged")
    return pronoun and not tokens[here + 1].low.endswith("ing")


def _by_lead(tokens: list[Token], here: int, first: int, lasting: bool) -> bool | None:
    """What the words directly before a comparator say of a negation that stands further back."""
    lead, before = tokens[first - 1].low, at(tokens, first - 2).low
    near = first - 2 <= here or before in _BE or before in ("not", "without", "t") or before.endswith("ly")
    if lead in ("for", "in") and lasting:
        return _of_time(tokens, here, first, lead)
    if lead == "in":
        return tokens[first].low in ("less", "under", "fewer")
    if lead in _OPEN_LEADS:
        return None
    if lead in _LEADS_OF_THINGS or lead.endswith("ing"):
        return near or lead in ("being", "nothing", "anything")
    # "Will not admit children under 12".
    plural = lead in IRREGULAR or (lead.endswith("s") and not lead.endswith("ss"))
    return near or not plural or tokens[first].low not in _DESCRIBING


def _of_time(tokens: list[Token], here: int, first: int, lead: str) -> bool | None:
    """Of "for" and "in" with a duration: "has not been seen for over a year", "should not be left for over an hour"."""
    under = tokens[first].low in ("less", "under", "fewer")
    word, helper = tokens[here].low, at(tokens, here - 1).low
    if word == "t":
        helper = at(tokens, here - 2).low
    if helper in _DUTY or under:
        return True
    if lead == "in":
        return False
    if word in ("not", "t"):
        return False if helper in _HAVE | _BE or helper in ("hasn", "haven", "hadn", "wasn", "weren", "isn") else None
    return None
