"""When a clause without a figure tells an event or a state on record.

The design's section 3: a claim is one predicate of one subject that somebody else could check, "a figure, an
event, a state, a decision". What somebody did or suffered is told by its tense and by who its subject is;
what a thing is, only where the predicate holds something to check: a name, a number, a post, what was done
to it. Talk to the reader, tastes, general truths and scenes are none.
"""

from __future__ import annotations

import re

from tracker.reading.attribution_phrases import PREPOSITIONS
from tracker.reading.cues import CUES
from tracker.reading.english import any_of, words_of
from tracker.reading.grammar import finite_verb
from tracker.reading.needles import Gate, gate_of, needles_of
from tracker.reading.predicates import Predicate, predicate_of
from tracker.reading.rhetoric import ADDED, is_rhetoric

_FEWEST_WORDS = 4
_LONGEST_SUBJECT = 200
_NAME = re.compile(r"(?<=\s)[\"'\u2018\u201c(]?[A-Z][\w\u2019'&.-]*|\b[A-Z]{2,}\b|\b[A-Z][a-z]+[A-Z]\w*")
# The work speaks of itself: a note of the editors.
_OF_ITSELF = re.compile(
    r"(?:this|the|an earlier|a previous|the (?:online|print|original|first)) (?:article|story|piece"
    r"|post|page|version|conversation|interview|transcript"
    r"|headline|newsletter|e-?mail|podcast|episode)\b",
    re.IGNORECASE,
)
_OF_THE_WRITING = re.compile(
    r"\b(?:contributed to this|reporting by|edited by|spoke on condition|spoke to (?:us|the \w+) on|was talking to"
    r"|did not (?:respond|reply)|declined to comment)\b",
    re.IGNORECASE,
)
# "not read …", "too cheaply built": pieces of a clause; "Tracing people is …": what doing so means.
_NO_EVENT = re.compile(r"(?:not|too|so)\s|\w+ing\s(?!\w+ (?:said|has|was))", re.IGNORECASE)
_ADVERBS_LAST = re.compile(r"(?:,?\s+(?:also|then|now|still|never|later|since|recently|ultimately|\w+ly|however,?))+\Z")
_ADVERBS_FIRST = re.compile(r"(?:(?:then|and|so|now|also|but|yet|still|thus|only)\s+)+", re.IGNORECASE)
_TO_READER = re.compile(r"\b(?:you|your|yours|yourself|you['\u2019]\w+|I|I['\u2019]\w+|me|my|mine|let['\u2019]s)\b")
_OUR_OWN = re.compile(r"\b(?:we|us|our|ours|we['\u2019]\w+)\b", re.IGNORECASE)
_DEFINITE = words_of("definite")
_NO_SUBJECT = words_of("no_subject")
_COMMON_FIRST = words_of("not_name") | words_of("determiner") | words_of("pronoun")
_PLAIN_SAYING = frozenset({"say", "tell", "ask", "reply", "comment", "answer"})
_PAST = re.compile(
    rf"(?:was|were|had|did|wasn.t|weren.t|hadn.t|didn.t|{any_of('irregular_past')}|\w{{2,}}ed)\Z", re.IGNORECASE
)
_PERFECT = re.compile(r"(?:has|have|hasn.t|haven.t|\w+['\u2019]ve)\Z", re.IGNORECASE)
_BE = re.compile(r"(?:is|are|isn.t|aren.t|\w+['\u2019](?:s|re))\Z", re.IGNORECASE)
_DONE_AFTER = re.compile(
    rf"\s*(?:(?:not|never|now|also|still|already|yet|just|only|always|long|since|ever|somewhat|quite|\w+ly)\s+){{0,3}}"
    rf"(?:been\b|being\b|{any_of('irregular_past', 'participle')}\b|(?!{any_of('not_past')}\b)\w{{2,}}ed\b"
    r"|no longer\b|\w{2,}ing\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NOT = re.compile(r"\s+(?:not|no longer|never)\b", re.IGNORECASE)
# What a state can be checked by beside a name or a number: a post, a place, a rank.
_ON_RECORD = re.compile(
    r"\b(?:under|part of|based|home to|subject to|responsible for|in (?:jail|prison|custody|talks|charge)|member of"
    r"|head of|chair\w*|president|director|founder|owner|minister|the (?:first|only|largest|biggest|second|third))\b",
    re.IGNORECASE,
)
_SOFT = re.compile(
    rf"(?<![\w-])(?:{any_of('taste', 'judging')})(?![\w-])|\b(?:very|really|pretty|incredibly) \w+\b",
    re.IGNORECASE,
)
_SOFT_NEEDLES, _OF_THE_WRITING_NEEDLES = needles_of(_SOFT), needles_of(_OF_THE_WRITING)
# "There were no survivors", "there was only a bare majority", "there are 40 depots".
_COUNTED = re.compile(r"\s*(?:still |now |also |currently )?(?:no |only |just |at least |more than |\d)", re.IGNORECASE)
# "Can turn the town green", "is going to change that": nothing that has happened or is on record.
_MODAL = re.compile(r"(?:will|won.t|can|can.t|cannot|could|may|might|would|\w+['\u2019]ll)\b(?! have\b)", re.IGNORECASE)
_PLANNED = re.compile(r"(?:is|are|was|were) (?:also |still |now )?(?:going|set|due|poised|likely|about) to\b")
_RECORD = re.compile(rf"(?:{any_of('record_verb')})\Z", re.IGNORECASE)
_WILL = re.compile(r"(?:will|won.t)\Z", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July"
    r"|August|(?:Sept|Nov|Dec)ember"
    r"|October|tomorrow|tonight|(?:19|20)\d\d|next (?:week|month|year|spring|summer|autumn|winter))\b"
)
_INNER = re.compile(rf"(?:{any_of('inner_verb', 'scene_verb')})\Z", re.IGNORECASE)
# "appears to have been dropped" tells an act; "appeared small" how something looked.
_APPEARS = re.compile(r"appear(?:s|ed)?\Z", re.IGNORECASE)
_TO_BE_DONE = re.compile(r"\s+to (?:have|be|be being) \w+(?:ed|en|ne|t|d)\b", re.IGNORECASE)
_WAS = re.compile(r"(?:was|were|wasn.t|weren.t)\Z", re.IGNORECASE)
# "I boarded a flight on 3 May": an act of the speaker's own that can be looked up.
_I_DID = re.compile(
    rf"(?:\w+ \w+, )?I (?:also |then |was |had been )?(?!{any_of('inner_verb')}\b)"
    rf"(?:{any_of('irregular_past')}|\w{{2,}}ed)\s"
    r"(?=.{0,80}(?:\b(?:in|on|at|to|from|for|with) [A-Z]|\b(?:19|20)\d\d\b"
    r"|\d+ (?:Jan|Feb|Mar|Apr|May|Ju|Aug|Sep|Oct|Nov|Dec)))"
)
# What something is, or was, in somebody's own words: comment.
_IN_QUOTES = re.compile(r"\s*(?:an? |the |not |as )*[\"\u201c\u2018]")
# How it is seen, and what is only intended.
_VIEWED = re.compile(
    r"\s+(?:like |as \w+ |(?:\w+ly |often |also )?"
    r"(?:seen|viewed|regarded|perceived|committed to|devoted to|dedicated to)\b)",
    re.IGNORECASE,
)
_BE_OR_WAS = re.compile(r"(?:is|are|was|were)\Z", re.IGNORECASE)
# "This means that …": what follows from something, in the writer's mind.
_MEANS = re.compile(r"(?:this|that|it|which) (?:means|meant|suggests|shows|makes)\Z", re.IGNORECASE)


def is_event(text: str, span: tuple[int, int], subject_start: int, *, quoted: bool, title: bool = False) -> bool:
    """Whether ``text[span]`` tells an event or a state that somebody else could check.

    ``subject_start`` is where its subject stands, before the span where the clause shares that of the one
    before it ("and fined the firm"). ``quoted``: they are somebody's own words; ``title``: a headline's, whose
    present tells what happened. Linear in the length of the clause.
    """
    # What is added behind a dash says nothing of the predicate.
    added = ADDED.search(text, *span)
    if added and len(text[span[0] : added.start()].split()) >= _FEWEST_WORDS:
        span = (span[0], added.start())
    words = text[span[0] : span[1]]
    gate = gate_of(text, *span)
    if quoted and _I_DID.match(words) and not _is_soft(words, gate):
        return True
    if _NO_EVENT.match(words) or (gate.opens(_OF_THE_WRITING_NEEDLES) and _OF_THE_WRITING.search(words)):
        return False
    if len(words.split()) < _FEWEST_WORDS or _TO_READER.search(words) or _OUR_OWN.search(words):
        return False
    if _is_soft(words, gate):
        return False
    begin = subject_start if span[0] - _LONGEST_SUBJECT < subject_start < span[0] else span[0]
    found = predicate_of(text, begin, span[1])
    if found is None or not _is_subject(found) or _is_half(found):
        return False
    if quoted and not (_is_named(found.subject) and _is_done(found)):
        return False
    if begin < span[0]:
        own = finite_verb(text, span[0], span[1])
        return own is not None and not _INNER.match(own.group()) and _PAST.match(own.group()) is not None
    if _IN_QUOTES.match(found.rest) or _MEANS.match(f"{found.subject} {found.verb}"):
        return False
    if _BE_OR_WAS.match(found.verb) and _VIEWED.match(found.rest):
        return False
    if title and found.subject.split()[-1][0].isupper() and _is_present(found.verb):
        return True
    return _is_done(found) or _is_state(found) or found.subject.lower() == "there"


def _is_soft(words: str, gate: Gate) -> bool:
    """Whether words of taste or a shout stand among the words, whose gate is given."""
    return "!" in words or "?" in words or (gate.opens(_SOFT_NEEDLES) and _SOFT.search(words) is not None)


_NO_OBJECT = re.compile(r"(?:included?s?|involve[sd]?|is|are|was|were|has|have|had)\Z", re.IGNORECASE)
_BY = re.compile(r"\s+(?:by|with)\b", re.IGNORECASE)
_A_THING = re.compile(r"(?:an?|one|some|any)\s", re.IGNORECASE)


def _is_half(found: Predicate) -> bool:
    """Whether the words break off ("the steps included"), or only describe a thing ("a scheme marred by delays")."""
    if not found.rest.strip():
        return _NO_OBJECT.match(found.verb) is not None
    described = found.verb.lower().endswith("ed") and _BY.match(found.rest) is not None
    return described and _A_THING.match(found.subject) is not None


def _is_present(verb: str) -> bool:
    low = verb.lower()
    return low.endswith("s") and not _INNER.match(low) and low not in {"is", "has", "does", "was", "says"}


def _is_subject(found: Predicate) -> bool:
    """Whether the subject is somebody or something definite enough to look up."""
    tokens = _ADVERBS_FIRST.sub("", found.subject, count=1).split()
    if not tokens or _OF_ITSELF.match(found.subject) or _only_says(found):
        return False
    if found.subject.lower() in {"today", "tomorrow", "tonight"}:
        return False
    first = tokens[0].lower().strip("\"'\u201c\u2018(")
    if first in _NO_SUBJECT:
        return False
    if first in {"which", "who"}:
        done = first == "which" and _PERFECT.match(found.verb) is not None and _DONE_AFTER.match(found.rest) is not None
        past = _PAST.match(found.verb) is not None
        return len(tokens) == 1 and (done or past) or (past and 1 < len(tokens) < 6 and _is_definite(tokens[1]))
    if first == "there" and len(tokens) == 1:
        return _COUNTED.match(found.rest) is not None
    if first in {"this", "that", "these", "those", "it"} and len(tokens) == 1:
        told = _PAST.match(found.verb) is not None and _WAS.match(found.verb) is None
        return first == "it" and (told or _RECORD.match(found.verb) is not None)
    return True


def _only_says(found: Predicate) -> bool:
    """Whether the verb is one of saying that leads to nothing more: what is left of "…", said Jane Doe."""
    cues = CUES.get(found.verb.lower(), ())
    if found.rest.strip(" .,") == "otherwise":
        return True
    if not any(cue.kinds & {"say", "tell"} for cue in cues):
        return False
    rest = found.rest.split()
    return any(cue.lemma in _PLAIN_SAYING for cue in cues) or len(rest) < 3 or rest[0].lower() in PREPOSITIONS


def _is_named(subject: str) -> bool:
    """Whether a subject holds a name; its first word, capitalised in any case, only where it stands alone."""
    subject = _ADVERBS_LAST.sub("", subject, count=1)
    if _NAME.search(subject):
        return True
    first = subject.split()[0]
    return subject == first and first[0].isupper() and first.lower() not in _COMMON_FIRST and not first.endswith("s")


def _is_definite(subject: str) -> bool:
    first = subject.split()[0].lower()
    return first in _DEFINITE or _is_named(subject) or first[0].isdigit()


def _is_done(found: Predicate) -> bool:
    """Past, perfect or passive: something happened."""
    verb = found.verb.lower()
    if is_rhetoric(found):
        return False
    if _APPEARS.match(verb):
        return _TO_BE_DONE.match(found.rest) is not None
    if _INNER.match(verb):
        return False
    if _WILL.match(verb) or _PLANNED.match(verb + found.rest):
        return _WHEN.search(found.rest) is not None
    if _PERFECT.match(verb) or (_BE.match(verb) and _is_definite(found.subject) and found.subject[0].isupper()):
        return _DONE_AFTER.match(found.rest) is not None
    if _WAS.match(verb) and not _DONE_AFTER.match(found.rest):
        return _is_checkable(found.rest) or verb[-1] == "t" or _NOT.match(found.rest) is not None
    return _PAST.match(verb) is not None


def _is_checkable(rest: str) -> bool:
    return any(pattern.search(rest) for pattern in (_NAME, _DIGIT, _ON_RECORD))


def _is_state(found: Predicate) -> bool:
    """A present state of a named thing with something in it that can be looked up."""
    if not _is_definite(found.subject) or _MODAL.match(found.verb + found.rest) or is_rhetoric(found):
        return False
    if _INNER.match(found.verb) and not found.rest.startswith(" have "):
        return False
    if _RECORD.match(found.verb):
        return True
    return _is_named(found.subject) and _is_checkable(found.rest)


_TIME = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow"
    r"|(?:last|this|next|this coming) (?:night|week|weekend|month|year|spring|summer|autumn|fall|winter)"
    r"|(?:earlier|later) (?:this|that|today)|(?:days|weeks|months|years) ago|unanimously)\b",
    re.IGNORECASE,
)
_GOING_ON = re.compile(r"\s*(?:(?:not|now|also|still|already|currently|only|just|\w+ly)\s+){0,2}\w{2,}ing\b")

# Where to ring or write is no event.
_NUMBER_OF = re.compile(r"\b(?:number|hotline|phone|e-?mail|address) is\b", re.IGNORECASE)


def is_on_record(text: str, start: int, end: int, subject_start: int) -> bool:
    """Whether an event that a campaign tells holds something to look it up by: a name, a number or a time.

    In a message that wants something of its reader, what is told without any of them ("has stumbled", "is
    building a strong campaign") is its writer's view; what is going on counts only with a time.
    """
    begin = subject_start if start - _LONGEST_SUBJECT < subject_start < start else start
    found = predicate_of(text, begin, end)
    if found is None:
        return False
    if _NUMBER_OF.search(text, begin, end):
        return False
    timed = _TIME.search(text, begin, end) or _WHEN.search(text, begin, end) or re.search(r"\d", text[begin:end])
    if _BE.match(found.verb) and _GOING_ON.match(found.rest):
        return timed is not None
    return timed is not None or _NAME.search(found.rest) is not None
