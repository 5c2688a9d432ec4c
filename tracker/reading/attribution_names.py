"""What a name or a noun phrase stands for: person, post, organisation, outlet, document or unnamed group."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from tracker.reading.cues import WORDS

_DATA = tomllib.loads(files("tracker.reading").joinpath("parties.toml").read_text(encoding="utf-8"))


def _words(key: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in str(_DATA[key]).split())


ORGANISATIONS = _words("organisations")
BODIES = _words("bodies")
ORGANISATION_NOUNS = _words("organisation_nouns")
ROLES = _words("roles")
POSTS = _words("posts")
TITLES = _words("titles")
OUTLETS = frozenset(name.strip() for name in str(_DATA["outlets"]).replace("\n", " ").split("|"))
OUTLET_WORDS = _words("outlet_words")
DOCUMENTS = _words("documents")
GROUPS = _words("groups")
NOT_NAMES = _words("not_names")
LABELS = _words("labels")

_NOT_ACRONYMS = WORDS["not_acronyms"]
_ARTICLE = re.compile(r"(?:the|a|an|this|that|these|those|his|her|their|its|our)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:(?:[-'\u2019.&]|,(?=\d{3}))[^\W_]+)*")
# "40% of people", "two thirds of voters", "one in five": respondents of a poll, not tellers.
_SHARE = re.compile(
    r"(?:about|around|nearly|almost|some|over|more than|just|only|roughly|at least|another|up to|fewer than"
    r"|less than)?\s*"
    r"(?:[a-z-]+\s+(?:per\s?cent|percent)\b|[\d.,]+\s*(?:%|per\s?cent|percent\b|in\s+(?:\d|ten|five|four|three))"
    r"|(?:a|one|two|three|four|nine)[\s-](?:half|halves|thirds|quarters|fifths|tenths|"
    r"(?:third|quarter|fifth|tenth)(?=\s+of\b|\s*\Z|\s*,))\b"
    r"|(?:one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out of)\s+"
    r"(?:\d+|ten|five|four|three|six|seven|eight|nine)\b"
    r"|half\b|(?:a|the)\s+(?:vast\s+|large\s+|clear\s+|narrow\s+)?(?:majority|minority|plurality)\s+of\b)",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r"\d\s?(?:%|per\s?cent|percent) of\b", re.IGNORECASE)
_BELONGS = re.compile(r"([A-Z][^\s,]*(?: [A-Z][^\s,]*){1,3}),? (?:of|at|from|with) (?:the )?[A-Z]")
# Where the head of a noun phrase ends: what follows only tells more about it.
_AFTER_HEAD = WORDS["after_head"]


# An article names the same few parties again and again; so many phrases are remembered.
_CACHED = 4096


def without_article(phrase: str) -> str:
    """A phrase without its first article or possessive."""
    return _ARTICLE.sub("", phrase, count=1) if _ARTICLE.match(phrase) else phrase


@lru_cache(maxsize=_CACHED)
def is_share(phrase: str) -> bool:
    """Whether a phrase names a share of people, as polls do."""
    return _SHARE.match(phrase.strip()) is not None or _SHARE_OF.search(phrase) is not None


@lru_cache(maxsize=_CACHED)
def is_organisation_name(name: str) -> bool:
    """Whether a name shows by itself that it is an organisation's: a word such as Council, or an acronym."""
    parts = name.replace(",", " ").split()
    # A chief executive is a post, a Health and Safety Executive a body.
    named = (part.rstrip(".") for before, part in zip(["", *parts], parts, strict=False) if before != "Chief")
    if any(part in ORGANISATIONS for part in named):
        return True
    return len(parts) == 1 and 2 <= len(name) <= 6 and name.isupper() and name.isalpha() and name not in _NOT_ACRONYMS


def person_of(bare: str) -> str | None:
    """The name in front of "of", "at" or "from", where it is a person's: "Jane Doe of the Harbour Union"."""
    match = _BELONGS.match(bare)
    if match is None or is_organisation_name(match.group(1)) or head_of(match.group(1)) in ORGANISATION_NOUNS:
        return None
    return match.group(1)


@lru_cache(maxsize=_CACHED)
def is_outlet(name: str) -> bool:
    """Whether a name is a publisher's."""
    bare = without_article(name)
    parts = bare.split()
    if not parts:
        return False
    return bare.lower() in OUTLETS or (1 < len(parts) <= 4 and parts[-1] in OUTLET_WORDS and parts[0][0].isupper())


@lru_cache(maxsize=_CACHED)
def head_of(phrase: str) -> str:
    """The head noun of a noun phrase in lower case: "the former boss of Acme" gives "boss"."""
    head, end = "", 0
    for match in _WORD.finditer(phrase):
        word = match.group()
        low = word.lower()
        if low in _AFTER_HEAD and head:
            break
        if head and ("," in phrase[end : match.start()] or phrase[match.start() - 1] == "("):
            break
        end = match.end()
        head = low
    return head


@lru_cache(maxsize=_CACHED)
def kind_of(phrase: str) -> str | None:
    """What a source phrase is (see Attribution.source_kind); None where nothing tells."""
    bare = without_article(phrase).strip()
    if not bare:
        return None
    if is_outlet(bare):
        return "outlet"
    head = head_of(phrase)
    definite = phrase[:4].lower() == "the " or "'s " in phrase or "\u2019s " in phrase
    named = bare[0].isupper()
    if head in DOCUMENTS:
        return "document"
    if head in GROUPS or is_share(phrase):
        return "group"
    if head.endswith("s") and head[:-1] in ROLES | ORGANISATION_NOUNS:
        return "group"
    if head in ROLES:
        return _role_kind(phrase, head, definite)
    if head in ORGANISATION_NOUNS or is_organisation_name(person_of(bare) or bare.split(",")[0]):
        return "organisation"
    if named:
        return "person"
    if head == "police" or head.endswith("s") and not head.endswith("ss"):
        return "group"
    return "person" if head in {"man", "woman", "mother", "father", "victim", "resident", "witness", "person"} else None


def _role_kind(phrase: str, head: str, definite: bool) -> str:
    speaks_for = head in {"spokesman", "spokeswoman", "spokesperson"}
    if head in POSTS and (definite or speaks_for or phrase[0].isupper()):
        return "post"
    return "post" if definite and phrase[:4].lower() != "the " else "person"
