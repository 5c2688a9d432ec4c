"""Small closed classes of English words, and the mood of a clause.

There is no tagger behind this: finite verbs are told by auxiliaries, by the regular past, by the
commoner irregular pasts, and by the present forms that press reports use.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from tracker.reading.english import any_of, any_word, words_of
from tracker.reading.needles import gate_of, needles_of
from tracker.reading.verbs import SURE_PRESENT

# "Can't" and "should've" are told by what they begin with, "won't" is not.
_NEGATED = any_of("auxiliary_before_nt") + ".t"
# "May" as it is no month, "they've". A word is walked once ("++"): what decides stands behind it.
_FURTHER = r"(?-i:may)|\w++['\u2019](?:ve|re|ll|d)"
AUXILIARY = rf"(?:{_NEGATED}|{any_of('auxiliary')}|{_FURTHER})"
# "trained staff" and "led lights" have no verb; "needed by" has none either.
_PAST = (
    rf"(?=\w{{4,}}+(?<=ed))(?!{any_of('not_past')}\b|trained (?:staff|nurses|guards)\b|led lights?\b|needed by\b)\w+"
)
_FORMS = SURE_PRESENT.union(*map(words_of, ("auxiliary", "irregular_past", "present")))
FINITE_WORD = rf"(?:{_PAST}|{_NEGATED}|{any_word(_FORMS)}|{_FURTHER})"
FINITE = re.compile(rf"(?<![\w-]){FINITE_WORD}(?![\w-])", re.IGNORECASE)
# Where words end so, a verb at their end may be one only because they do: "needed | by", "accept | able".
_CUT = re.compile(r"(?<=\w)[\w'\u2019-]|\s*(?:staff|nurses|guards|lights?|by|t)\b", re.IGNORECASE)
# No verb depends on what stands further behind it, in characters ("trained guards").
_LOOKS_AHEAD = 12
ADVERB = r"(?:\w+ly|also|now|then|later|still|even|just|only|never|already|since|again|often|once|twice|soon|not|thus)"
PRONOUN = any_of("pronoun")
DETERMINER = any_of("determiner")

# "Sign the petition", but not "Sign language is taught", "Call handlers say", "Support workers were told":
# a noun before its verb or its plural gives no order.
_IMPERATIVE = re.compile(
    r"(?:\w+,\s+(?=don.t\b|do not\b|let['\u2019]s\b|please\b))?(?:(?:please|just|so|and|now|today|or|then),?\s+)*"
    rf"(?:{any_of('imperative')}|do not|(?:can|will|could|would|won.t) you)\b"
    r"(?!\s+(?:is|are|was|were|has|have|had|of|rate|campaign)\b)"
    r"(?![^.;]{0,24}\b(?:was|were|has|have)\s+\w+ed\b)"
    rf"(?!\s+(?:\w+\s+)?(?!(?:us|this|his|its|yes)\b)\w+s\s+(?:{ADVERB}\s+)?{FINITE_WORD}\b)",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"(?:^|[\s,;(\"\u201c\u2018-])(?:"
    r"(?:I|we)(?:['\u2019](?:m|re|d|ve))?"
    r"(?:\s+(?:really|all|both|just|also|still|do|don.t|would|are|am|have|urgently|now|cannot|can.t))*"
    r"\s+(?:need|want|hope|wish|believe|think|feel|urge|call on|calling on|demand|ask|asking|like|love"
    r"|look forward|must|should|fighting)"
    r"|let us|let['\u2019]s|it is time|it['\u2019]s time)\b",
    re.IGNORECASE,
)
# What a mailing asks its readers for, with its sums, goals and countdowns.
_SOLICIT = re.compile(
    r"\b(?:chip(?:ping)? in|help us|pitch in|aim(?:ing|s)? to raise|looking for|rsvp|sign up|goal of raising"
    r"|(?:we|I) (?:(?:absolutely|really|still|urgently) )*(?:need|must)"
    r"|make a (?:donation|contribution|gift)|can (?:you|we) count on"
    r"|if you (?:sign|give|donate|join|can|chip)|\d+ days? from"
    r"|takes? (?:just |only |less than |under )?\d+ (?:seconds?|minutes?)"
    r"|for (?:every|each) [$\u00a3\u20ac]?\d+ (?:donated|you give|given)"
    r"|(?:fundraising|contributions?|donors?|signatures?|grassroots|raising|raise|end-of-\w+|monthly|our"
    r"|ambitious)\b[^.;]{0,30}\bgoal"
    r"|(?:days?|hours?|weeks?|months?) (?:left|until|away from|remaining|to go|before (?:election|the deadline))"
    r"|(?:days?|hours?) away|set (?:the|a|an|our) goal|your [$\u00a3\u20ac]?\d[\d,.]* (?:donation"
    r"|contribution|gift|support)"
    r"|(?:suggested|requested|minimum) (?:contribution|donation|gift)|response requested|\d+ (?:left|more) to fund"
    r"|(?:need|only|just) \d+ more\b[^.;]{0,30}\bdonors?|left to fund|you (?:only "
    r"|still )?have until|work to (?:be done|do)|(?:down to|just|only) \d+ days"
    r"|\d[\d,.]* short\b|(?:one|two|three|four|\d+) (?:weeks?|days?|months?) from today|(?:important"
    r"|critical|fundraising) deadline"
    r"|all you have to do is|proceeds (?:raised )?will|by midnight|makes? (?:a|the|all the) difference)\b",
    re.IGNORECASE,
)
_APPEAL = re.compile(r"(?:should|must|ought|needs?(?= to\b)|deserves?|shall)\Z", re.IGNORECASE)
_FUTURE = re.compile(
    r"(?:will|won.t|would|wouldn.t|could|couldn.t|might|may|can|can.t|cannot|\w+['\u2019](?:ll|d))\Z",
    re.IGNORECASE,
)
_PLAIN_FUTURE = re.compile(r"(?:will|won.t|can|can.t|cannot|\w+['\u2019]ll)\Z", re.IGNORECASE)
_EXPECTED = re.compile(
    r"\b(?:is|are|was|were|be|been)\s+(?:(?:now|also|still|widely)\s+)?(?:expected|likely|unlikely|set|due"
    r"|predicted|forecast|projected|(?<!been )going|poised|scheduled|about)\s+(?:to|that)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may have|might have|could have|allegedly|reportedly|apparently|possibly|perhaps|thought to"
    r"|believed to|said to|understood to|rumou?red|suspected|seems? to|appears? to|it is claimed"
    r"|it is alleged)\b",
    re.IGNORECASE,
)
_HEDGE_NEEDLES, _EXPECTED_NEEDLES = needles_of(_HEDGE), needles_of(_EXPECTED)
_SOLICIT_NEEDLES, _WISH_NEEDLES = needles_of(_SOLICIT), needles_of(_WISH)
_CONDITION = re.compile(
    r"(?:and |but |so |even )?"
    r"(?:(?:if|unless|whether|suppose|supposing|were (?:it|they|he) to|asked (?:whether|if|how|why))\b"
    r"|had\s+(?:\w+\s+){1,4}?(?:been|not)\b[^.;]{0,80}\bwould\b)",
    re.IGNORECASE,
)
_DONE = re.compile(r"(?:may|might|could|would|must|will|can)(?:n.t| not)?\s+(?:\w+\s+)?have\b", re.IGNORECASE)
# "They'd been fined": had, not would.
_HAD_DONE = re.compile(
    rf"\w+['\u2019]d\s+(?:{ADVERB}\s+)?(?:been|had|{_PAST}|{any_of('irregular_past')})\b", re.IGNORECASE
)
# Pictures and arrows before a call: "\U0001f449 Read more".
_SIGNS = re.compile(r"\A[^\w\s\"'\u2018\u201c(\[\u00a3$\u20ac]+\s*")
_MUST_DO = re.compile(r"needs?\s+to\b", re.IGNORECASE)


@lru_cache(maxsize=4)  # the clauses of one text are asked for one after another
def _verbs_of(text: str) -> tuple[list[int], list[re.Match[str]]]:
    """All finite verbs of a text, behind the list of their starts."""
    verbs = list(FINITE.finditer(text))
    return [verb.start() for verb in verbs], verbs


def next_verb(text: str, start: int) -> re.Match[str] | None:
    """The first finite verb of a text that begins at ``start`` or behind it."""
    starts, verbs = _verbs_of(text)
    index = bisect_left(starts, start)
    return verbs[index] if index < len(verbs) else None


def finite_verb(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first finite verb of ``text[start:end]``, as ``FINITE.search`` gives it.

    Every rule of every clause asks for it: the verbs of a text are looked for once.
    """
    found = next_verb(text, start)
    if found is not None and found.end() + _LOOKS_AHEAD <= end:
        return found
    if _CUT.match(text, end):
        return FINITE.search(text, start, end)
    return found if found is not None and found.end() <= end else None


def has_finite_verb(text: str, start: int, end: int) -> bool:
    """Whether a finite verb stands in ``text[start:end]``."""
    return finite_verb(text, start, end) is not None


@lru_cache(maxsize=512)  # the candidates and the statements of a clause ask for it in turn
def mood(text: str, start: int, end: int) -> str:
    """The mood of a clause: statement, hedged, future, hypothetical, condition, appeal or opinion.

    It is told by how the clause begins and by its first finite verb: "people believe that it should
    go" is a statement, "it should go" an appeal.
    """
    words = _SIGNS.sub("", text[start:end], count=1)
    if _CONDITION.match(words):
        return "condition"
    if _IMPERATIVE.match(words):
        return "appeal"
    gate = gate_of(text, start, end)
    if gate.opens(_SOLICIT_NEEDLES) and _SOLICIT.search(words):
        return "appeal"
    if gate.opens(_HEDGE_NEEDLES) and _HEDGE.search(words):
        return "hedged"
    if gate.opens(_EXPECTED_NEEDLES) and _EXPECTED.search(words):
        return "future"
    begin = end - len(words)
    verb = finite_verb(text, begin, end)
    if verb is None:
        return "statement"
    at = verb.start()
    wish = _WISH.search(words[: verb.end() - begin + 24]) if gate.opens(_WISH_NEEDLES) else None
    if wish is not None and wish.start() <= at - begin:
        return "opinion"
    if _APPEAL.match(verb.group()) or _MUST_DO.match(text, at, end):
        return "appeal"
    if not _FUTURE.match(verb.group()) or _HAD_DONE.match(text, at, end):
        return "statement"
    if _DONE.match(text, at, end):
        return "hedged"
    return "future" if _PLAIN_FUTURE.match(verb.group()) else "hypothetical"
