"""Predicates that campaign and sell, and record nothing: "is doing everything it can", "stood with the town".

They have the tense of an event and a name for a subject, and nobody could check them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.reading.english import any_of
from tracker.reading.needles import Gate, needles_of
from tracker.reading.predicates import Predicate

# What somebody is said to be about all the time: striving, standing, moving.
_STRIVING = re.compile(
    r"\s*(?:(?:not|now|also|still|already|always|only|just|really|\w+ly)\s+){0,2}(?:been\s+)?"
    r"(?:fighting|busy|standing|doing|trying|working (?:hard|to|for|day)|running scared"
    r"|getting|bringing|becoming|moving"
    r"|heading|failing|gaining ground|losing ground|looking|hoping|striving|aiming|leading the way|stepping up"
    r"|counting on|pouring|putting|playing|refusing|ready|too busy|working(?=\W*\Z)|fulfilling"
    r"|growing (?:weary|tired))\b",
    re.IGNORECASE,
)
# Verbs of loyalty and resolve with what goes with them.
_RESOLVE = re.compile(
    r"\b(?:stands?|stood|stand(?:ing)?) (?:firm|strong|tall|ready|united|together|by|with|up|side by side|shoulder"
    r"|in (?:solidarity|the way|stark))\b"
    r"|\b(?:everything|all|whatever) (?:(?:in|within) (?:his|her|its|their|our) power|(?:he|she|it|they|we) can)\b"
    r"|\bstop(?:s|ped)? at nothing\b|\ball[- ]out\b|\b(?:each|every) step of the way\b"
    r"|\bthe only (?:thing|one|party|way|people)\b|\bkept (?:his|her|its|their|our) (?:word|promises?)\b"
    r"|\bready to go\b|\bneck and neck\b|\bon the (?:chopping block|line|front lines?)\b|\bin the bag\b"
    r"|\bstepped up\b|\bspread the word\b|\bmade (?:it )?(?:his|her|its|their) mission\b|\b(?:so"
    r"|too) \w+ (?:to|that|as)\b"
    r"|\bjust getting started\b|\bdown to the wire\b|\bmak(?:es?|ing) a difference\b|\bfailed (?:us|you|the people)\b"
    r"|\ban? (?:\w+ ){0,2}(?:disaster|disgrace|sham|joke|success|blow to democracy|leader in"
    r"|fierce \w+)\b(?! (?:relief|area|zone|fund))"
    r"|\bspread(?:s|ing)? (?:of )?(?:lies|hate)\b|\bradical (?:left|right|agenda)\b|\bwide awake\b|\bunder attack\b"
    r"|\bput(?:s|ting)? [^.;]{0,80}?\b(?:in jeopardy|at risk|in danger)\b|\breal (?:results|change"
    r"|progress|leadership)\b"
    r"|\bsecond to none\b|\bwhat(?:ever)? it takes\b|\btogether we can\b|\bmore than just\b|\bis (?:so )?clear\b"
    r"|\bin (?:an? )?(?:excellent|great|strong|good|prime) (?:position|shape|spot)\b|\bthe stage\b"
    r"|\bin the fast lane\b",
    re.IGNORECASE,
)
_LOADED = re.compile(rf"\b(?:{any_of('loaded')})\b", re.IGNORECASE)
_RESOLVE_NEEDLES, _LOADED_NEEDLES = needles_of(_RESOLVE), needles_of(_LOADED)

#: What is added behind a dash is no part of the predicate.
ADDED = re.compile(r"\s[\u2013\u2014-]{1,2}\s|\u2014|:\s")


@lru_cache(maxsize=256)  # asked for an act and, if it is none, for a state
def is_rhetoric(found: Predicate) -> bool:
    """Whether a predicate only praises, blames or cheers; linear in its length."""
    if found.verb.lower() in {"is", "are", "am", "was", "were", "has", "have"} and _STRIVING.match(found.rest):
        return True
    words = f"{found.verb}{ADDED.split(found.rest, maxsplit=1)[0]}"
    whole = f"{found.subject} {words}"
    gate = Gate(whole)
    if gate.opens(_RESOLVE_NEEDLES) and _RESOLVE.search(words) is not None:
        return True
    return gate.opens(_LOADED_NEEDLES) and _LOADED.search(whole) is not None
