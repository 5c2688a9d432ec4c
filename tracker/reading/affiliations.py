"""Whom people speak for: the organisation that a text gives with a person's name.

``parties`` reads it from appositions; here are the introductions of people who are interviewed, and
sources that name person and organisation in one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from tracker.reading.attribution import Attribution
from tracker.reading.attribution_names import ROLES, is_organisation_name
from tracker.reading.parties import Party, organisation_of
from tracker.reading.values import Passage

_ORGANISATION = (
    r"(?:the\s+)?((?:[A-Z][\w&'\u2019-]*)(?:\s+(?:(?:of|for|and|&)\s+(?:the\s+)?)?[A-Z][\w&'\u2019-]*){0,6})"
)
_LEADS = (
    r"(?:runs|leads|heads|chairs|directs|manages|founded|co-founded|started|set up|represents|speaks for"
    r"|works (?:for|at|with)|(?:chief executive|director|head|chair|chairwoman|chairman|founder|spokes\w+|officer"
    r"|manager|secretary|president) (?:of|at|for))"
)


_MOST_SPEAKERS = 100
_SORT = (
    r"(?:\w+\s+)?(?:campaign|group|charity|union|network|think tank|organisation|organization|firm|company|coalition"
    r"|alliance|association|society|trust|foundation|party)"
)


def introduced_affiliation(text: str, name: str) -> str | None:
    """The organisation that the text's introduction of a person says they run, founded or work for.

    "Ann Lee spent ten years as a nurse before she founded the Night Shift network" gives Night
    Shift; two different ones give None.
    """
    person = re.escape(name)
    patterns = (
        # "Ann Lee ... now runs the campaign Night Shift", "Ann Lee, who chairs Night Shift"
        rf"\b{person}\b[^.\n]{{0,140}}?\b{_LEADS}\s+(?:the\s+)?(?:{_SORT}\s+)?{_ORGANISATION}",
        # "Ann Lee of Night Shift", "Ann Lee from Night Shift"
        rf"\b{person}\s+(?:of|from|at|for)\s+{_ORGANISATION}",
        # "Night Shift says ... Its director, Ann Lee, spoke to us"
        rf"(?:^|[.!?,]\s+){_ORGANISATION}\s+(?:says|said|has|is|was|wants|warns|argues)\b[^.\n]{{0,160}}[.!?]\s+"
        rf"(?:Its|Their)\s+[\w\s-]{{3,40}},\s+{person}\b",
        # "Ann Lee has been testing the water for Night Shift since 2016"
        rf"\b{person}\b[^.\n]{{0,80}}?\bfor\s+{_ORGANISATION}\s+since\b",
    )
    for pattern in patterns:
        found = {" ".join(match.group(1).split()) for match in re.finditer(pattern, text, re.MULTILINE)}
        if len(found) == 1:
            return found.pop()
    return None


def affiliations_of(text: str, passages: Sequence[Passage], parties: Sequence[Party]) -> dict[str, str | None]:
    """The organisation of everybody whose turn it is somewhere, None where the text tells none.

    The whole text is searched for each of the first hundred; no conversation has more.
    """
    found: dict[str, str | None] = {}
    speakers = dict.fromkeys(p.speaker for p in passages if p.speaker is not None)
    for speaker in islice(speakers, _MOST_SPEAKERS):
        organisation = organisation_of(speaker, parties)
        introduced = introduced_affiliation(text, speaker)
        if introduced is not None and (organisation is None or introduced.startswith(organisation)):
            organisation = introduced
        found[speaker] = organisation
    return found


_POSTS = "|".join(
    sorted(map(re.escape, ROLES | {"speaker-designate", "co-chairs", "vice chair"}), key=len, reverse=True)
)
_POST_BETWEEN = re.compile(
    rf"(?:[Tt]he\s+)?(?P<house>[A-Z][\w&'\u2019.-]*(?:\s+(?:(?:of|for|and|&)\s+)?[A-Z][\w&'\u2019.-]*){{0,6}}?)"
    rf"\s+(?:(?:[Vv]ice|[Dd]eputy|[Aa]cting|[Cc]hief|[Ee]xecutive|[Ss]enior|[Pp]ress)[\s-]+)?(?i:{_POSTS})"
    r"\s+(?P<person>(?:(?:Dr|Mr|Mrs|Ms|Sir|Dame)\.?\s+)?[A-Z][\w'\u2019-]+(?:\s+[A-Z][\w'\u2019.-]*){1,3})"
)


def of_the_post(name: str) -> tuple[str, str | None] | None:
    """The person and the house of "HOUSE POST PERSON", house None where its words are no organisation's.

    >>> of_the_post("Mill Party Chairwoman Ann Lee"), of_the_post("Derravane Mayor Ann Lee"), of_the_post("Ann Lee")
    (('Ann Lee', 'Mill Party'), ('Ann Lee', None), None)
    """
    found = _POST_BETWEEN.fullmatch(name)
    if found is None:
        return None
    house = found["house"]
    return found["person"], house if is_organisation_name(house) else None


_PERSON_OF = re.compile(rf"((?:[A-Z][\w'\u2019-]+\s+){{1,3}}[A-Z][\w'\u2019-]+)\s+(?:of|from|at)\s+{_ORGANISATION}")


# "Royal Bank of Scotland", "London School of Economics": one name.
_ONE_NAME = re.compile(
    r"\b(?:School|Bank|Institute|University|College|Board|Council|Office|Department|Ministry|Association|Society|Union"
    r"|Federation|Academy|Court|House|Chamber|Church|Museum|Bureau|Centre|Center|Foundation|Trust|Group|Commission|Agency"
    r"|Authority|Service|Committee|Confederation|Campaign|Friends|City|State|Bishop|Duke|Duchess|Earl|Prince)\b"
)


def name_and_affiliation(attribution: Attribution) -> tuple[str, str | None]:
    """The teller's name and organisation; "Priya Nair of Tag Watch" is a person and her organisation."""
    name = attribution.source or ""
    posted = of_the_post(name)
    if posted is not None:
        person, house = posted
        own = attribution.organisation if attribution.organisation != name else None
        return person, house or own
    whole = _PERSON_OF.fullmatch(name)
    if whole is None or _ONE_NAME.search(whole.group(1)):
        return name, attribution.organisation
    if attribution.source_kind == "organisation" and " " in whole.group(2):
        return whole.group(1), whole.group(2)
    if attribution.source_kind in {"person", None}:
        return whole.group(1), attribution.organisation or whole.group(2)
    return name, attribution.organisation
