"""The predicate of a clause: its subject, its first finite verb of its own, and what follows.

There is no tagger behind this. Of the words that can be a finite verb, those are passed over that the words
beside them show to be something else: a name, a plural noun, a participle that describes a noun ("a lawsuit
filed in May was dropped"), the verb of a relative clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tracker.reading.english import any_of, any_word
from tracker.reading.grammar import ADVERB, AUXILIARY, finite_verb
from tracker.reading.needles import Sought, gate_of
from tracker.reading.verbs import BASES, DOUBTFUL_PRESENT

# What stands before the subject: "In May, …", "After the vote, …", "Later that month, …".
_OPENING = re.compile(
    r"(?:in|on|at|by|for|from|with|without|over|under|since|during|after|before|until|following|despite|amid|among"
    r"|according|as|when|while|if|although|though|because|once|like|unlike|through|throughout|between|last|earlier|later"
    r"|this|that|meanwhile|however|instead|now|then|today|yesterday|also|still|finally|eventually|recently|unable|aged"
    r"|currently|initially|previously|ultimately|overall|additionally|separately|similarly|nevertheless|elsewhere"
    r"|back|just|not|to|further|more|(?!(?:Beij|K|B|Sterl)ing|United|Italy|July)(?:\w+ing|\w+ed|\w+ly))\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?:when|while|if|although|though|because|once|as|after|before|since|until|where|unless|whether)\b", re.IGNORECASE
)
_IS_AUXILIARY = re.compile(rf"{AUXILIARY}\Z", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:(?<!\bof )(?<!\bfrom )(?<!\bin )(?<!\bat )(?<!\bon )(?<!\bby )(?<!\bafter )(?<!\bduring )that"
    r"(?! (?:same )?(?:day|week|month|year|night|morning|afternoon|evening|summer|winter|spring|autumn|time)\b)"
    r"|who|which|where|whose|whom|when|how|what|why)\b",
    re.IGNORECASE,
)
# What goes on with an auxiliary: "is also being redesigned".
_VERB_GROUP = re.compile(
    r"(?:\s+(?:not|never|also|now|been|being|have|be|just|only|already|still|"
    rf"\w+ly|\w{{2,}}ed|{any_of('irregular_past', 'participle')})\b)*",
    re.IGNORECASE,
)
_ADJUNCT = re.compile(
    r"\s+(?:by|in|from|to|on|at|for|with|under|as|of|near|after|before|during|against|into|over|last|this|yesterday|today"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    re.IGNORECASE,
)
# "a lawsuit", "articles": a thing not named before, as against "the firm" and names.
_INDEFINITE = re.compile(r"(?:an?|one|some|any|several|[a-z]+s)\b")
_BEFORE_NOUN = re.compile(
    rf"\b(?:{any_of('determiner')}|of|in|on|at|by|for|from|with|to|and|or|between|into|as|than|per)"
    r"\s+(?:(?<!most )\w+ly\s+)?\Z",
    re.IGNORECASE,
)
_NOUN_TAIL = re.compile(r"\s+(?:of|for|between|about)\b|\s*['\u2019]", re.IGNORECASE)
_MANY = frozenset({"they", "we", "you", "i", "people", "men", "women", "children", "police", "who", "staff"})
_ED = re.compile(rf"(?:\w+ed|{any_of('irregular_past')})\Z", re.IGNORECASE)
# "names", "tops", behind a noun and before what can be their object or adjunct: verbs where no surer one stands.
_FOLLOWED = (
    rf"(?=\s+(?:{any_of('determiner')}|its|against|at|into|on|off|out|over|to|up)\b"
    r"|\s+[\"'\u2018\u201c$\u00a3\u20ac]?[A-Z0-9])"
)
_DOUBTFUL = Sought(re.compile(rf"\b(?:{any_word(DOUBTFUL_PRESENT)}){_FOLLOWED}", re.IGNORECASE))
_BASE = re.compile(rf"\b(?:{any_word(BASES)}){_FOLLOWED}", re.IGNORECASE)
_GERUND = re.compile(r"[a-z]+ing\b")
_ADVERB_LAST = re.compile(rf"(?:\s+{ADVERB})+\Z", re.IGNORECASE)
_PLURAL = re.compile(r"(?:[\w'-]*[^\Ws]s|\w+['\u2019]s|people|police|officials|[A-Z][\w'-]*\w)\Z")
# "NASA Picks Five Firms to Land on the Moon": a headline of which nearly each longer word has a capital.
_LONGER_WORD = re.compile(r"(?<![\w'\u2019-])[A-Za-z]\w{3,}")
_A_TITLE = 5
_CAPITALS = 0.8


@dataclass(frozen=True, slots=True)
class Predicate:
    """``subject`` without opening adverbials, ``verb`` at ``[start, end)`` of the text, and what follows it."""

    subject: str
    verb: str
    rest: str
    start: int
    end: int


@lru_cache(maxsize=512)  # the rules of clauses, cores, events and statements ask for the same one in turn
def predicate_of(text: str, start: int, end: int) -> Predicate | None:
    """The predicate of the clause ``text[start:end]``; None where it has no finite verb of its own.

    Behind an opening adverbial or subordinate clause it is that of the main clause. Linear in the clause.
    """
    for _ in range(3):
        verb = _verb(text, start, end)
        comma = text.find(", ", start, end)
        opens = comma != -1 and _OPENING.match(text, start, end) is not None
        if opens and (verb is None or comma < verb.start() or _SUBORDINATE.match(text, start, end)):
            follow = _skip_blanks(text, comma + 1, end)
            if follow < end:
                start = follow
                continue
        if verb is None:
            return None
        return Predicate(text[start : verb.start()].strip(), verb.group(), text[verb.end() : end], *verb.span())
    return None


def has_predicate(text: str, start: int, end: int) -> bool:
    """Whether the words are a clause: a subject and a verb of its own, or a verb that begins them.

    "A lawsuit filed in May" alone is none, though it could be one.
    """
    found = predicate_of(text, start, end)
    if found is None:
        return False
    if _ED.match(found.verb) and _ADJUNCT.match(text, found.end, end) and _INDEFINITE.match(found.subject):
        return False
    return bool(found.subject) or _IS_AUXILIARY.match(found.verb) is not None


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _verb(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first word that can be a finite verb and that nothing beside it shows to be something else."""
    position = start
    for _ in range(8):
        found = finite_verb(text, position, end)
        if found is None:
            return _doubtful_verb(text, start, end)
        past = _passed_over(text, start, end, found)
        if past is None:
            return found
        position = max(past, found.end())
    return None


def is_title(text: str, start: int, end: int) -> bool:
    """Whether the words are written as titles are, nearly each longer one with a capital."""
    longer = _LONGER_WORD.findall(text, start, end)
    return len(longer) >= _A_TITLE and sum(word[0].isupper() for word in longer) >= _CAPITALS * len(longer)


def _doubtful_verb(text: str, start: int, end: int) -> re.Match[str] | None:
    """A verb that may be a noun as well, behind a subject that opens the clause."""
    for found in _DOUBTFUL.finditer(gate_of(text, start, end), text, start, end):
        before = text[start : found.start()].rstrip()
        if not before or _GERUND.match(before) or before[-1] in ",:;" or _is_name(text, start, end, found):
            continue
        if _in_relative(text, start, found.start()):
            continue
        if not _BEFORE_NOUN.search(text, max(start, found.start() - 24), found.start()):
            return found
    for found in _BASE.finditer(text, start, end):
        before = _ADVERB_LAST.sub("", text[start : found.start()].rstrip())
        many = _PLURAL.search(before)
        if many is None or _in_relative(text, start, found.start()) or _is_name(text, start, end, found):
            continue
        if many.group()[-1] == "s" and many.group()[-2:-1] not in {"'", "\u2019"} or " and " in before:
            return found
    return None


def _is_name(text: str, start: int, end: int, found: re.Match[str]) -> bool:
    """Whether a word of a clause has a capital that the clause does not give to nearly every word."""
    return found.group()[0].isupper() and not is_title(text, start, end)


def _passed_over(text: str, start: int, end: int, found: re.Match[str]) -> int | None:
    """Where to look on if the word is no verb of the clause's own; None if it is."""
    word, at = found.group(), found.start()
    if at > start and text[at - 1] != "\u201c" and _is_name(text, start, end, found):
        return found.end()
    if _in_relative(text, start, at):
        group = _VERB_GROUP.match(text, found.end(), end)
        return group.end() if group else found.end()
    if _IS_AUXILIARY.match(word):
        return None
    before = text[start:at].rstrip()
    if _ED.match(word):
        if _OWNED.search(before) and _own_verb_later(text, found.end(), end, joined=True):
            return found.end()  # "the mayor's failed bid and its costs have …"
        if before.endswith(","):
            # "The five firms, chosen from eight, join": what stands between commas describes.
            if before.count(",") > 1:
                return None  # "Smith, 34, admitted"
            comma = text.find(",", found.end(), end)
            return comma + 1 if comma != -1 else found.end()
        if _BEFORE_NOUN.search(text, max(start, at - 24), at):
            return found.end()
        if _ADJUNCT.match(text, found.end(), end) and _own_verb_later(text, found.end(), end):
            return found.end()
        return None
    if _BEFORE_NOUN.search(text, max(start, at - 24), at) or not before:
        return found.end()
    if word.lower().endswith("s"):
        return found.end() if _NOUN_TAIL.match(text, found.end(), end) else None
    # "cannabis use disorder has risen": a noun that could be a verb, and a surer verb behind it.
    return found.end() if before.split()[-1].lower() not in _MANY and _own_verb_later(text, found.end(), end) else None


def _in_relative(text: str, start: int, at: int) -> bool:
    """Whether the word is the first verb behind a relative word: "28 people who came into contact were …"."""
    words = list(_RELATIVE.finditer(text, max(start, at - 80), at))
    if not words or (last := words[-1]).start() == start:
        return False
    if last.group().lower() == "that" and text[last.end() : at].strip() == "" and at - start < 6:
        return False
    return finite_verb(text, last.end(), at) is None


_OWNED = re.compile(r"(?<!\bit)(?<!\bhe)(?<!\bthat)(?<!\bthere)(?<!\bwho)['\u2019]s\Z", re.IGNORECASE)
# "supported by the leaders, including Ann Lee, are set for May".
_SUCH_AS = re.compile(r", (?:including|among them|such as|notably) [^,]{1,80},")


def _own_verb_later(text: str, start: int, end: int, *, joined: bool = False) -> bool:
    """Whether another finite verb follows without a joint that would coordinate it, or ``joined`` by "and"."""
    later = finite_verb(text, start, end)
    if later is None or later.group()[0].isupper():
        return False
    between = _SUCH_AS.sub(" ", text[start : later.start()])
    if joined:
        return "," not in between
    return "," not in between and not re.search(r"\b(?:and|but|or|that|which|who|when|after|before|as|to)\b", between)
