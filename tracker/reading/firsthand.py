"""Whether a speaker states an act or result of their own organisation (the design's *firsthand*)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.english import words_of
from tracker.reading.needles import Sought
from tracker.reading.parties import Party
from tracker.reading.publishers import Publishers
from tracker.reading.values import SourceMention, Teller

#: Words of the speaker in the first person.
SPEAKER = re.compile(r"(?:we|our|I|my)(?:['\u2019]\w+)?\b", re.IGNORECASE)
_WE = re.compile(r"(?:we|I)(?:['\u2019](?P<short>ve|re|m|ll|d))?\b", re.IGNORECASE)
_WE_LAST = re.compile(
    r"(?:just |only |so )?(?:since|before|after|in|on|at|by|with|during|over|last|this|for|under"
    r"|despite|through|as|when|while"
    r"|here|today|tonight|now|already|together|yesterday|earlier)\b[^.;]{0,120}?\s(?P<we>(?:we"
    r"|I)(?:['\u2019](?:ve|re|m|ll|d))?)$",
    re.IGNORECASE,
)
# What is one's own to tell; "our economy", "our children" are everybody's.
_OURS = re.compile(
    r"(?:our|my)\s+(?:(?!country|nation|society)[\w-]+\s+){0,3}?(?:polls?|polling|surveys?|research|stud(?:y|ies)"
    r"|analys[ei]s|reports?|audits?|figures|data|records"
    r"|accounts|investigation|petitions?|campaigns?|members?|membership|staff|employees|workforce|team|company"
    r"|business|firm|group|charity"
    r"|union|organisation|organization|revenues?|profits?|sales|turnover|results|customers|clients|users|donors"
    r"|supporters|volunteers"
    r"|work|products?|services?|helpline|branch(?:es)?|stores?|shops?|factor(?:y|ies)|plants?|fleet|order book"
    r"|backlog|portfolio|shareholders"
    r"|readers|subscribers|systems?|testing|tests|review|trainers?|engineers|researchers|lawyers|investigators"
    r"|calculations|estimates|review)\b",
    re.IGNORECASE,
)
# What anybody may think, need or have heard is no act of one's own.
_NO_ACT = re.compile(
    r"(?:\s*(?:all|both|also|now|still|just|really|already|simply|clearly|often|always|do|did|have|had|has|'ve"
    r"|\u2019ve|been|are|were|can|don.t|do not|never|firmly"
    r"|truly|strongly|as \w+)\b)*\s*(?:at\s+\S+\s+(?:\w+\s+)?(?:days?|weeks?|months?|years?)\b"
    r"|(?:know|knew|known|need|needs|needed|believe[sd]?|think|thought|hope[sd]?"
    r"|want(?:ed)?|wish|feel|felt|fear|suspect"
    r"|understand|understood|see|saw|seen|hear|heard|learn(?:ed|t)?|live|lived|deserve|doubt|agree|disagree|remember"
    r"|must|should|could|might|may"
    r"|would|told|face|witness(?:ed)?|owe|realise|realize|watch(?:ed)?|assume|guess|imagine|notice|read|care|trust"
    r"|love|like|hate)\b)",
    re.IGNORECASE,
)
_NATION = re.compile(
    r"\b(?:(?:lost|lose|losing|buried|mourn(?:ed)?)\s+(?:\S+\s+){0,6}?(?:people|lives|citizens|souls|soldiers"
    r"|fellow \w+|men|women|children)"
    r"|(?:had|have|has|suffered|recorded)\s+(?:\S+\s+){0,6}?(?:deaths?|cases|infections|lives)|(?:as|in) (?:a|this"
    r"|our) (?:country|nation|society|people)|in (?:Britain|the UK|America|Ireland|Europe|England|Scotland|Wales)\b)",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"(?:it|its|they|their|the (?:company|firm|group|charity|union|bank|council|agency|association|business|retailer"
    r"|manufacturer|supplier|operator|trust"
    r"|organisation|organization|contractor|society|federation|party|foundation|university))\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"[\s,]+(?:plc|ltd|limited|inc|corp|corporation|group|holdings|llp|llc|co|company|uk)\.?$", re.IGNORECASE
)


def is_firsthand(
    subject_words: str, subject: str | None, speaker_organisation: str | None, clause: str = "", self_told: bool = False
) -> bool:
    """Whether the speaker states an act or result of their own organisation.

    ``subject_words`` stand before the verb of ``clause``. "We fined 40 firms" and "our survey found" are;
    "we all know", "we need" and the "we" of a nation are not. ``self_told`` says that the organisation
    itself tells it and that no other is spoken of: then "it" and "the company" are its own.
    """
    words = " ".join(subject_words.split())
    # Behind an opening without a comma too: "Since the fire we fined 40 firms".
    last = _WE_LAST.match(words)
    words = last["we"] if last else words
    first = _WE.match(words)
    if first is not None:
        at = clause.find(words) if clause else -1
        rest = clause[at + first.end() :] if at >= 0 else words[first.end() :]
        return _NO_ACT.match(rest) is None and _NATION.search(clause) is None
    if re.match(r"(?:our|my)\b", words, re.IGNORECASE):
        return _OURS.match(words) is not None
    if self_told and _SELF.match(words):
        return True
    if _DATELINE.match(words):
        return False
    return bool(subject and speaker_organisation and same_body(subject, speaker_organisation))


_PRONOUN = re.compile(r"(?:it|its|they|their)(?:['\u2019]\w+)?\b", re.IGNORECASE)
_NO_NAME = words_of("not_name")
_OWN_WORD = re.compile(rf"(?:\A|[.!?\n]\s*)(?:we\b|(?!(?:it|its|they|their)\b){_SELF.pattern})", re.IGNORECASE)
# So far back a pronoun's owner is looked for: its own sentence and the one before it.
_NEAR = 300
_STOP = re.compile(r"[.!?]\s+|\n")


# So far back the last body that was named is looked for.
_LAST_NAMED = 2000
# "The operator", "the supplier" are what others call a firm, and no sender's word for itself.
_FIRM = frozenset({"company", "firm", "business", "group"})
# Who bears one of these in its name, or is of one of these kinds, is no firm.
_NO_FIRM = words_of("no_firm")
_FIRM_KINDS = frozenset({None, "company", "news"})


def is_of_sort(words: str, organisation: str, kind: str | None) -> bool:
    """Whether "the company", "the council" can be the organisation by its name and its ``kind`` among publishers.

    A council is called so, a firm bears no other body's word in its name: of an audit office "the company" is another.
    """
    generic = re.match(r"the\s+(\w+)", words, re.IGNORECASE)
    if generic is None:
        return True
    noun, name = generic.group(1).casefold(), set(re.findall(r"\w+", organisation.casefold()))
    if noun in name:
        return True
    return noun in _FIRM and kind in _FIRM_KINDS and not name & _NO_FIRM


def can_mean_itself(
    text: str, start: int, words: str, organisation: str, publishers: Publishers, parties: Sequence[Party]
) -> bool:
    """Whether "it" or "the company" at ``start`` can be the organisation, by its sort and by who was named last."""
    known = publishers.of_name(organisation)
    if not is_of_sort(words, organisation, known.kind if known else None):
        return False
    bodies = [party.name for party in parties if party.kind == "organisation"]
    return means_itself(text, start, words, organisation, bodies)


def means_itself(text: str, start: int, words: str, organisation: str, bodies: Sequence[str] = ()) -> bool:
    """Whether a subject can be the organisation itself: "it" only where the sentence before speaks of it.

    ``words`` are the subject of the clause at ``start``; what is neither "it" nor "the company" always can.
    "The company" cannot where another of the ``bodies`` is the last that the text names before.
    """
    if _SELF.match(words) is None:
        return True
    near = text[max(0, start - _LAST_NAMED) : start]
    last = max(((near.rfind(body), body) for body in bodies), default=(-1, ""))
    if last[0] >= 0 and not same_body(last[1], organisation) and not organisation.startswith(last[1]):
        return False
    stops = [0, *(stop.end() for stop in _STOP.finditer(text, max(0, start - _NEAR), start))]
    before = text[max(stops[-2] if len(stops) > 1 else 0, start - _NEAR) : start]
    if _OWN_WORD.search(before):
        return True
    names = re.finditer(
        r"(?:\A|[.!?\n]\s*)(?:The |the )?((?:[A-Z][\w&'\u2019-]*)(?: [A-Z][\w&'\u2019-]*){0,6})", before
    )
    others = [name.group(1) for name in names if name.group(1).split()[0].casefold() not in _NO_NAME]
    own = [name for name in others if same_body(name, organisation) or organisation.startswith(name)]
    # "The company" is whom the sentence before speaks of; a pronoun needs its owner named.
    return bool(own) or (not others and _PRONOUN.match(words) is None)


def teller_is_body(chain: Sequence[Teller]) -> bool:
    """Whether the innermost teller is an organisation that tells of itself: a sender, or "Acme said it \u2026"."""
    teller = chain[-1] if chain else None
    if teller is None or teller.organisation is None or not teller.identified:
        return False
    return teller.role == "sender" or (
        teller.role in {"reported", "quoted"} and same_body(teller.name, teller.organisation)
    )


def same_body(one: str, other: str) -> bool:
    """Whether two names are one organisation's, whatever its article, case and legal form."""
    plain, name = _plain(one), _plain(other)
    return bool(plain) and (plain == name or is_acronym_of(one, other) or is_acronym_of(other, one))


def is_acronym_of(short: str, name: str) -> bool:
    """Whether a word in capitals is made of a name's first letters, its small words left out or not.

    >>> is_acronym_of("MWT", "Mill Watch of Tarn"), is_acronym_of("MW", "Mill")
    (True, False)
    """
    words = name.removeprefix("the ").removeprefix("The ").split()
    if not (2 <= len(words) <= _LONGEST_NAME and 2 <= len(short) <= _LONGEST_NAME and short.isupper()):
        return False
    reached = {0}
    for word in words:
        # "OKLP": a place's own short form may give two letters of its name.
        lengths = (1, 2) if word[:1].isupper() else (0, 1)
        head = word.casefold()
        reached = {at + n for at in reached for n in lengths if head[:n] == short[at : at + n].casefold()}
    return len(short) in reached


_LONGEST_NAME = 10
_POLLSTER = re.compile(r"\b(?:Polling|Polls?|Opinion|Surveys?|Market Research)\b")


def split_own(sources: Sequence[SourceMention], organisation: str | None) -> tuple[tuple[SourceMention, ...], bool]:
    """The sources without the document's own organisation, and whether it was among them.

    In its own voice a body that names its own poll or report states its own result.
    """
    if not organisation:
        return tuple(sources), False
    others = tuple(s for s in sources if s.how != "named" or not same_body(s.name, organisation))
    return others, len(others) < len(sources)


_OUR_PAPER = re.compile(
    r"\bour\s+(?:[\w-]+\s+){0,2}?(?:polls?|polling|surveys?|research|stud(?:y|ies)|analys[ei]s|investigation|audit|figures|data"
    r"|tests?|testing|benchmarks?|measurements|count|calculations)\b"
    r"|\bin our (?:use|hands|experience|trials?)\b"
    r"|\bwe (?:surveyed|polled|interviewed)\b"
    r"|(?:%|\b(?:per ?cent|people|respondents|members|thirds|half|quarters?))\s[^.;]{0,40}?\btold us\b",
    re.IGNORECASE,
)


_SOUGHT_PAPER = Sought(_OUR_PAPER)


def tells_own_paper(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` rests on the speaker's own poll, figures or research: "our survey found \u2026"."""
    return _SOUGHT_PAPER.within(text, start, end) is not None


_TITLE_TELLS = re.compile(
    rf"(?:{_OUR_PAPER.pattern})\s+(?:shows?|finds?|found|reveals?|says|suggests?|results?)\b", re.IGNORECASE
)


def title_tells_own_paper(title: str | None) -> bool:
    """Whether a whole document tells its publisher's own poll or research: "Our survey shows \u2026"."""
    return title is not None and _TITLE_TELLS.search(title) is not None


_SAYS_IT = re.compile(r"\s*(?:that\s+)?", re.IGNORECASE)
# "It takes days", "it would cost a school", "it is clear that": nobody's it.
_IT = re.compile(
    r"its?\b(?!\s+(?:takes?|took|costs?|seems|appears|depends|makes sense|matters|happens|turns out"
    r"|(?:would|will|could|can|may|might|does|did)(?:n['\u2019]t|\s+not)?\s+(?:cost|take|be|make|mean|matter|seem|help)"
    r"|(?:is|was|isn['\u2019]t|wasn['\u2019]t)\s+(?:not\s+|also\s+|now\s+|very\s+|too\s+|\w+ly\s+){0,2}(?:clear|unclear|possible"
    r"|impossible|likely|unlikely|important|necessary|time|hard|difficult|easy|good|bad|better|best|early|late|true"
    r"|up to|about|a|an|the))\b)",
    re.IGNORECASE,
)
# "LEEDS (AP) - Oil prices": the agency of a dateline is no subject.
_DATELINE = re.compile(r"\A[^()\n]{2,60}\([^()\n]{2,40}\)\s*(?:--|[-\u2013\u2014])")


def says_of_itself(text: str, cue_end: int | None, start: int) -> bool:
    """Whether a report goes straight on with "it": "Acme says it \u2026" is of Acme, for no person is "it"."""
    if cue_end is None or not cue_end <= start or _IT.match(text, start) is None:
        return False
    return _SAYS_IT.fullmatch(text, cue_end, start) is not None


def is_pollster(organisation: str | None, publishers: Publishers) -> bool:
    """Whether an organisation asks people for a living, by the table of publishers or its own name."""
    known = publishers.of_name(organisation) if organisation else None
    return bool(organisation) and (
        known.kind == "poll_tables" if known else _POLLSTER.search(organisation or "") is not None
    )


def _plain(name: str) -> str:
    plain = " ".join(name.split()).casefold().removeprefix("the ")
    return _LEGAL.sub("", plain) or plain
