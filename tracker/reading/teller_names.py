"""Tellers as a list shows them: whose words they are, of which body, and what is no teller at all.

Attribution gives the noun phrase that a sentence has before its cue; here a phrase such as "Acme Cloud
CEO Ann Lee" becomes a person and her organisation, by the words of English alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from tracker.reading.attribution import Attribution
from tracker.reading.attribution_names import ORGANISATION_NOUNS, ROLES, TITLES, is_organisation_name, without_article
from tracker.reading.english import words_of
from tracker.reading.needles import Gate, Sought
from tracker.reading.parties import Party

_COUNTRY, _DEMONYM = words_of("country"), words_of("demonym")


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CAPS = r"[A-Z][\w&'\u2019.-]*"
_ORGANISATION = rf"{_CAPS}(?:\s+(?:(?:of|for|on|and|&)\s+(?:the\s+)?)?{_CAPS}){{0,6}}"
_PERSON = r"[A-Z][\w'\u2019-]+(?:\s+[A-Z]\.?)?\s+(?:(?:de|van|von|bin|al|der|la)\s+){0,2}[A-Z][\w'\u2019-]+"
# "Mike Zand, a theorist at Derravane University": whom a person works for, told beside the name.
_BESIDE = re.compile(
    rf"\b(?P<name>{_PERSON}),\s+(?:(?:[A-Z]{{2,5}}|[MP][hD.]+D\.?),\s+)?(?:who\s+(?:is|was)\s+)?"
    rf"(?:an?\s+|the\s+)?(?:(?!(?:who|which|that|was|is|were|said|says"
    rf"|born|lived|living|arrived|while|when|but)\b)[\w&'\u2019/-]+,?\s+){{1,8}}?"
    rf"(?P<link>(?:(?:co-)?founder|director|head|chief|president|chair\w*|officer|leader|executive|owner)"
    rf"\s+of|at|with|for|of)\s+(?:the\s+)?"
    rf"(?P<house>{_ORGANISATION})"
)
# "Marl University president Ann Lee"
_IN_FRONT = re.compile(
    rf"\b(?P<house>{_CAPS}(?:[ \u00a0](?:(?:of|for|&)[ \u00a0](?:the[ \u00a0])?)?{_CAPS}){{0,5}})"
    rf"[ \u00a0](?:[a-z-]+[ \u00a0]){{0,2}}"
    rf"(?:president|director|chief executive|chief|head|chair\w*|founder|co-founder|spokes\w+|secretary|dean|professor"
    rf"|provost|economist|analyst|researcher|scientist|manager|executive|coach)[ \u00a0](?P<name>{_PERSON})"
)
# Words of a post that stand between the organisation and the name; "Labour journalist" writes of labour.
_POST_WORDS = _split(
    "ceo cfo coo cto ciso cmo chief executive officer chair chairman chairwoman chairperson president vice director"
    " managing deputy dean professor spokesman spokeswoman spokesperson founder co-founder cofounder secretary general"
    " inspector commissioner correspondent editor boss manager head coach senior economic political technology"
    " science business health chancellor principal provost ambassador treasurer executive representative minister"
    " superintendent sheriff coroner assistant associate acting interim former minister governor mayor leader"
)
_ABOUT_ROLES = (
    r"(?:journalist|reporter|author|novelist|writer|analyst|expert|specialist|researcher|scholar|historian|activist"
    r"|campaigner|advocate|critic|lawyer|attorney|economist|strategist|observer|scientist)"
)
# Whoever has one of these is a person.
_KIN = (
    r"(?:lawyers?|attorneys?|solicitors?|barrister|wife|husband|widow|mother|father|brother|sister|son|daughter|family"
    r"|girlfriend|boyfriend|fianc\u00e9e?|agent|doctor|biographer)"
)
_WRITES_OF = re.compile(
    rf"\b(?P<matter>[A-Z][\w-]*)\s+(?:[a-z-]+\s+){{0,2}}{_ABOUT_ROLES}\s+"
    rf"(?P<name>[A-Z][\w'\u2019-]+(?:\s+[A-Z][\w'\u2019-]+){{0,2}})"
)
_OWNER = re.compile(rf"\b(?P<owner>[A-Z][\w-]*)['\u2019]s?\s+(?:[\w-]+\s+){{0,2}}?{_KIN}\b")
_WHEN = re.compile(
    r"\s+(?:(?:early|late|later|earlier)\s+)?(?:(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|on\s+\d"
    r"|(?:this|last|earlier this) (?:week|month|year|spring|summer|autumn|winter|\w+day)|yesterday|today)\b[\w ]*\Z"
)
# Pages and papers that somebody keeps: read, not heard.
_PAGE = re.compile(
    r"\b(?:page|profile|posts|website|web ?site|rankings?|listing|documentation|(?:press |news |office )release|filing"
    r"|lawsuit|deposition|transcript|(?<!police )\bstory|blog post|thread|leaderboard|scorecard|tracker|map)"
    r"(?=\s+(?:of|by|about|on|from|for)\b|\Z)",
)
# Verbs that are nouns, too: "The Ledger forum posts, by …".
_NOUN_CUES = frozenset({"highlights", "posts", "reports", "claims", "tweets", "notes", "comments", "shows", "records"})
_NOUN_BEHIND = re.compile(r"\s*:|\s*,\s*(?:by|from|which|written|some|many|most)\b|\s+(?:by|from|were|are|about)\b")
# "Posted a profit", "declared war", "showed courage": acts of which the writer tells.
_ACTS = (
    (
        re.compile(r"\bpost", re.IGNORECASE),
        re.compile(
            r"\s*(?:an?\s+|the\s+|its\s+|their\s+)?(?:[\w%.$-]+\s+){0,3}?(?:profits?|loss(?:es)?|gains?|sales|revenues?|earnings"
            r"|results|growth|wins?|victory|record|bail|bond)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\bdeclar", re.IGNORECASE),
        re.compile(r"\s*(?:war|bankruptcy|independence|victory|a (?:\w+ ){0,2}emergency)\b", re.IGNORECASE),
    ),
)
_SHOWS = re.compile(r"show(?:s|ed|n|ing)?", re.IGNORECASE)
_CLAUSE = re.compile(r"\s*(?:that|how|why|what|whether|where)\b|\s*[\"\u201c]", re.IGNORECASE)
_NO_NAME_OPENS = _split(
    "on in at for from how why what when where your our my this these those to with by beyond join about as into under"
    " over if because since while after before despite during"
)
_BODY_NOUN = (
    r"(?:(?:federal|state|local|city|county|national|health|foreign|defen[cs]e|interior|finance|justice|education|energy)"
    r"\s+)?(?:police|military|army|navy|government|parliament|ministry|embassy|coastguard|air force|administration"
    r"|campaign|fire department|prosecutor's office)"
)
_BODY = re.compile(rf"(?:[Tt]he\s+)?(?:[A-Z][\w.'\u2019-]*\s+){{1,4}}{_BODY_NOUN}")
_SPOKEN_FOR = re.compile(
    rf"[Aa]n?\s+(?P<house>{_ORGANISATION})(?:['\u2019]s)?\s+(?:press officer|rep(?:resentative)?|spokes\w+)\Z"
)
_ARTICLE = re.compile(r"(?:an?|the|one|some|other|another|many|most)\s", re.IGNORECASE)
_INDEFINITE = re.compile(r"an?\s+(?!.*\b(?:for|of|at|from|with)\b)\S", re.IGNORECASE)
_FIRMS = re.compile(r"[Tt]he\s+(?:company|firm|business|retailer|start-?up|manufacturer|carmaker|chain)\Z")
_PUBLIC = re.compile(
    r"\b(?:Agency|Ministry|Department|Council|Commission|University|College|Institute|Court|Authority|Parliament|Congress"
    r"|Senate|Foundation|Committee|Administration|Bureau|Police|Government|Union|Nations|Office)\b"
)
# Who judges or governs does so for no company that happens to be spoken of.
_GOVERNS = re.compile(
    r"(?:the\s+)?(?:\w+\s+){0,2}?(?:judge|coroner|mayor|governor|minister|prime minister|premier|senator|sheriff"
    r"|prosecutor|president)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_PRESIDENT = re.compile(r"(?<!Vice )\bPresident(?:-elect)?((?:[ \u00a0](?:[A-Z]\.|[A-Z][\w\u2019-]*[a-z])){1,3})")
# "The Marl Foods founder": of Marl Foods.
_THE_POST_OF = re.compile(
    rf"[Tt]he\s+(?P<house>{_ORGANISATION})\s+(?:founder|co-founder|boss|chief|chief executive|ceo|chair\w*|director"
    r"|head|owner|leader|president)"
)
_THE_PRESIDENT = re.compile(r"(?:the|former|ex-|then|\s|-)*president", re.IGNORECASE)
_GOVERNMENT = re.compile(r"\b(?:Government|Ministry|Department|Treasury|Parliament|Cabinet|Office|Council|Assembly)\b")
_NAMED_BEFORE = re.compile(rf"(?P<name>{_PERSON}),\s+(?:from|of|in)\s+(?:the\s+)?\Z")
_NAMED_BEHIND = re.compile(rf",\s+(?P<name>{_PERSON}),")
_NAMED_WITHIN = re.compile(rf",\s+(?P<name>{_PERSON}),?\s*(?:(?<=,)|(?=,)|\Z)")
_IS_ROLE = re.compile(r"(?:['\u2019]s?|\b[Hh]is|\b[Hh]er|\b[Tt]heir|\b[Ii]ts|\b[Tt]he)\s+(?:[\w-]+\s+){0,4}[a-z-]+\Z")
_REACH = 80


#: What hardly a text has is looked for behind the strings without which it cannot be.
_WRITERS, _OWNERS, _HOLDERS, _PRESIDENTS = map(Sought, (_WRITES_OF, _OWNER, _IN_FRONT, _PRESIDENT))


class TellerNames:
    """Settles the tellers of one text; ``parties`` are those that it names."""

    def __init__(self, text: str, parties: Sequence[Party]) -> None:
        self._text, gate, end = text, Gate(text), len(text)
        self._about = {
            (match["matter"], " ".join(match["name"].split())) for match in _WRITERS.finditer(gate, text, 0, end)
        }
        self._owners = {match["owner"] for match in _OWNERS.finditer(gate, text, 0, end)}
        self._people = {name for one in parties if one.kind == "person" for name in (one.name, *one.aliases)}
        self._beside: dict[str, str] = {}
        for match in _BESIDE.finditer(text):
            house = " ".join(match["house"].split())
            sure = match["link"] not in {"of", "for"} or is_organisation_name(house)
            if sure and house not in self._people:
                self._beside.setdefault(" ".join(match["name"].split()), house)
        for match in _HOLDERS.finditer(gate, text, 0, end):
            house, low = " ".join(match["house"].split()), match["house"].casefold()
            if is_organisation_name(house) and low not in _COUNTRY and low not in _DEMONYM:
                self._beside.setdefault(" ".join(match["name"].split()), house)
        self._full: dict[str, str | None] = {}
        for name in self._beside:
            surname = name.split()[-1]
            self._full[surname] = None if surname in self._full else name
        presidents = {
            re.sub(r"['\u2019]s?$", "", match[1].split()[-1]) for match in _PRESIDENTS.finditer(gate, text, 0, end)
        }
        self._president = presidents.pop() if len(presidents) == 1 else None

    @cached_property
    def _small(self) -> frozenset[str]:
        """The words that the text writes in small letters."""
        return frozenset(re.findall(r"(?<![\w@/.-])[a-z][a-z-]{2,}\b", self._text))

    def settled(self, words: str, told: Attribution) -> Attribution:
        """The attribution with its teller settled; ``words`` are what its offsets count in.

        What is no teller loses its source, so that ``regions.told`` drops it.
        """
        if told.source is None:
            return told
        if self._is_none(words, told):
            return replace(told, source=None, source_start=None, source_end=None, source_kind=None, identified=False)
        told = _introduced(words, told)
        told = _called(words, told)
        source = told.source or ""
        if told.source_kind != "document" and not told.resolved and _PAGE.search(source) is not None:
            return replace(told, source_kind="document", organisation=None)
        if told.source_kind in {"person", None}:
            return self._person(told)
        if told.source_kind == "post":
            return self._post(told)
        if told.source_kind == "organisation":
            return self._organisation(words, told)
        return told

    def _is_none(self, words: str, told: Attribution) -> bool:
        """Whether the words before a cue or a colon are a figure, a heading, or the noun of a longer phrase."""
        source = told.source or ""
        first = source.split()[0] if source else ""
        if told.resolved:
            return not told.direct and told.cue_end is not None and _acts(words, told, told.cue_end)
        if first.isdigit() or first.casefold() in _NO_NAME_OPENS and first[:1].isupper():
            return told.source_kind not in {"outlet", "document"}
        cue_end = told.cue_end
        if cue_end is not None and (told.cue or "").casefold() in _NOUN_CUES and not told.direct:
            return _NOUN_BEHIND.match(words, cue_end) is not None
        if told.direct or (told.cue and told.cue != ":"):
            return not told.direct and cue_end is not None and _acts(words, told, cue_end)
        # "Housing: rents have risen": a label is somebody only where it is a name.
        return all(part.casefold() in self._small for part in re.findall(r"[^\W\d_]{3,}", source))

    def _person(self, told: Attribution) -> Attribution:
        source = _WHEN.sub("", told.source or "")
        if is_body(source) and not told.resolved:
            house = re.sub(r"^[Tt]he\s+", "", source)
            return replace(told, source=source, source_kind="organisation", organisation=house, identified=True)
        spoken = _SPOKEN_FOR.match(source)
        if spoken is not None:
            return replace(told, source_kind="post", organisation=spoken["house"], identified=True)
        source = re.sub(rf"^({_PERSON}\s+(?:of|from|at)\s+.{{3,80}}?)\s+in\s+{_CAPS}\Z", r"\1", source)
        employer, name = _split_role(source)
        organisation = told.organisation or employer
        if name != told.source and name[:1].isupper() and not told.identified:
            told = replace(told, identified=_ARTICLE.match(name) is None)
        if told.organisation and self._is_no_house(told.organisation, name):
            organisation = employer
        if organisation is None:
            name = self._full.get(name) or name
            organisation = self._beside.get(name)
        return replace(told, source=name, organisation=organisation)

    def _is_no_house(self, organisation: str, name: str) -> bool:
        """Whether what stands for a person's organisation is a country, another person, or what they write of."""
        low = organisation.casefold()
        if (
            low in _COUNTRY
            or low in _DEMONYM
            or (organisation in self._people and not is_organisation_name(organisation))
        ):
            return True
        if " " in organisation or is_organisation_name(organisation):
            return False
        return (organisation, name) in self._about or organisation in self._owners

    def _post(self, told: Attribution) -> Attribution:
        """A post without its organisation was given that of the text; a judge or a president is of none such."""
        source = told.source or ""
        spoken = _SPOKEN_FOR.match(source)
        if spoken is not None:
            return replace(told, organisation=spoken["house"], identified=True)
        if _THE_PRESIDENT.fullmatch(source) and self._president is not None:
            return replace(told, source=self._president, source_kind="person", organisation=None, resolved=True)
        if not told.resolved:
            return told
        of = _THE_POST_OF.fullmatch(source)
        if of is not None:
            return replace(told, organisation=of["house"], resolved=False)
        governs = _GOVERNS.match(source) is not None
        if governs and not _GOVERNMENT.search(told.organisation or ""):
            return replace(told, organisation=None, resolved=False)
        if _INDEFINITE.match(source) and len(source.split()) > 2:
            if source.split()[-2].casefold() in ORGANISATION_NOUNS:
                # "A company spokesman": of the company that the text speaks of.
                return replace(told, identified=told.organisation is not None)
            # "An air force spokesman": of the air force, whatever else the text speaks of.
            return replace(told, organisation=None, resolved=False)
        return told

    def _organisation(self, words: str, told: Attribution) -> Attribution:
        """ "The company" is no ministry, and whatever day it spoke is not of its name."""
        start, end = told.source_start, told.source_end
        if told.resolved and start is not None and _FIRMS.match(words[start:end]) and _PUBLIC.search(told.source or ""):
            return replace(told, source=words[start:end], organisation=None, identified=False, resolved=False)
        source = _WHEN.sub("", told.source or "")
        return told if source == told.source else replace(told, source=source, organisation=source, identified=True)


def _acts(words: str, told: Attribution, cue_end: int) -> bool:
    """Whether the cue is of something done: "posted a profit"; a person who "showed courage" shows no finding."""
    cue = told.cue or ""
    if any(verb.search(cue) and thing.match(words, cue_end) for verb, thing in _ACTS):
        return True
    some = told.source_kind == "person" or (told.source_kind is None and _ARTICLE.match(told.source or "") is not None)
    shows = some and _SHOWS.fullmatch(cue) is not None
    return shows and _CLAUSE.match(words, cue_end) is None


def is_body(source: str) -> bool:
    """Whether a phrase is a body by its noun in small letters: "Derravane police", "the Irish government"."""
    return _BODY.fullmatch(source) is not None and without_article(source)[:1].isupper()


def _introduced(words: str, told: Attribution) -> Attribution:
    """ "Ann Lee, from Hull, who …, said": Ann Lee says it, not Hull."""
    start = told.source_start
    if start is None or told.resolved or told.source_kind == "document":
        return told
    before = _NAMED_BEFORE.search(words, max(0, start - _REACH), start)
    if before is None:
        return told
    house = told.source if is_organisation_name(told.source or "") else None
    first = start - (before.end() - before.start("name"))
    name = " ".join(before["name"].split())
    return replace(told, source=name, source_start=first, source_kind="person", organisation=house, identified=True)


def _called(words: str, told: Attribution) -> Attribution:
    """ "Marl's longtime agent, Ann Lee, said": Ann Lee says it."""
    source, end = told.source or "", told.source_end
    if end is None or told.resolved or told.source_kind not in {"person", "post", None} or not _IS_ROLE.search(source):
        return told
    # The phrase ends before the name, or holds it as its apposition.
    name = _NAMED_BEHIND.match(words, end) or _NAMED_WITHIN.search(
        words, max(told.source_start or 0, end - _REACH), end
    )
    if name is None or is_organisation_name(name["name"]):
        return told
    called = " ".join(name["name"].split())
    return replace(told, source=called, source_end=name.end("name"), source_kind="person", identified=True)


def _split_role(source: str) -> tuple[str | None, str]:
    """The organisation and the person of "Acme Cloud CEO Ann Lee"; (None, source) for any other name."""
    parts = source.split()
    first = next((place for place, part in enumerate(parts) if _is_role(part)), 0)
    stop = first
    while stop < len(parts) and _is_role(parts[stop]):
        stop += 1
    person = parts[stop:]
    if not 1 <= first <= 6 or not 2 <= len(person) <= 4 or not all(part[:1].isupper() for part in person):
        return None, source
    if any(is_organisation_name(part) for part in person):
        return None, source
    name = " ".join(person)
    front = re.sub(r"['\u2019]s?$", "", " ".join(parts[:first]).removeprefix("the ").removeprefix("The "))
    if front[:1].isupper() and all(
        part[:1].isupper() or part in {"of", "for", "and", "&", "the"} for part in front.split()
    ):
        role = {part.casefold().rstrip(".") for part in parts[first:stop]}
        known = role <= _POST_WORDS or is_organisation_name(front)
        single = front.casefold()
        return (front if known and single not in _COUNTRY | _DEMONYM else None), name
    return None, (name if first else source)


def _is_role(word: str) -> bool:
    low = word.casefold().rstrip(".,")
    return low in ROLES or low in TITLES or low in _POST_WORDS


def settled_all(names: TellerNames, words: str, told: Iterable[Attribution]) -> list[Attribution]:
    """Each attribution with its teller settled."""
    return [names.settled(words, one) for one in told]
