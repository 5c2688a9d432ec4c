"""Who a teller is and of which body: rows of (text, name, organisation or origin, the reason)."""

from __future__ import annotations

import pytest

from scrapers.document import Document
from tracker import read
from tracker.own_words import load_kinds
from tracker.reading.values import Claim
from tracker.reading.wires import agency_of

OUTLET = "The Derravane Champion"
KINDS = load_kinds()


def claim_of(text: str, words: str, byline: str | None = None, title: str | None = None) -> Claim:
    document = Document(kind="article", text=text, publisher=OUTLET, byline=byline, title=title)
    return next(c for c in read(document, KINDS).claims if words in c.quote)


TELLERS = [
    ("TDC Dean Emma Marl wrote that the fund would grow by 5%.", "Emma Marl", "TDC", "a post between body and name"),
    ("Portline Cloud CEO Tom Marl said it has 20 offices.", "Tom Marl", "Portline Cloud", "the body has two words"),
    ("Labour journalist Alex Marl said 20 men were held.", "Alex Marl", "Alex Marl", "labour is what he writes of"),
    ("Ann Roe left. Tom Marl, Roe's attorney, said she paid £20m.", "Tom Marl", "Tom Marl", "a person is no body"),
    ("China analyst Tom Marl said exports fell by 20%.", "Tom Marl", "Tom Marl", "a country that he studies"),
    (
        "Prices fell by 20%, said Mike Zand, a theorist at UC Derravane who wrote it.",
        "Mike Zand",
        "UC Derravane",
        "what a name's apposition says he works for, whatever his role",
    ),
    (
        "Tom Katz of Five Points Pharmacy in Hull told Harbour TV that 20 pharmacies had closed.",
        "Tom Katz",
        "Five Points Pharmacy",
        "where the pharmacy stands is not of its name",
    ),
    (
        "Novelist Jo Marl, from Derravane, who has written dozens of books, admitted that she sold 20 million copies.",
        "Jo Marl",
        "Jo Marl",
        "the town where she lives says nothing",
    ),
    ("Portline on Wednesday morning said that its boat carries 20 cars.", "Portline", "Portline", "the day is no name"),
    ("Derravane police said 14 people were held.", "Derravane police", "Derravane police", "a body in small letters"),
    ("The Marl administration said 20 men were held.", "The Marl administration", "Marl administration", "another"),
    ("A TDC representative said that 20 offices would close.", "A TDC representative", "TDC", "who speaks for a body"),
    (
        "Harbour Reserve Bank waits. President Joan Marl came. The president says the plan has created 2,000 jobs.",
        "Marl",
        "Marl",
        "the only president, and not the bank's",
    ),
    (
        "Harbour Energy Agency met. The company said that it had cut 20 jobs.",
        "The company",
        OUTLET,
        "an agency is no company: nobody is known",
    ),
    (
        "Derravane Board of Pharmacy met. The board said 23 licences had been issued.",
        "Derravane Board of Pharmacy",
        "Derravane Board of Pharmacy",
        "the only board",
    ),
    (
        "Portline grew. An economist at Portline on Tuesday said prices fell by 20%.",
        "An economist at Portline",
        OUTLET,
        "a bank does not speak by each of its economists",
    ),
    (
        "The Harbour Bureau acted. A bureau spokesman said 20 men were held.",
        "A bureau spokesman",
        "Harbour Bureau",
        "a nameless spokesman of a named body is the body",
    ),
    (
        "Hull Mayor Phil Roe and Derravane University president Ann Marl came. But rents fell by 20%, Marl explained.",
        "Ann Marl",
        "Derravane University",
        "whom a post in front of the name says to be of a body",
    ),
    (
        "Logan Marl, MD, a geriatrics specialist and co-founder of Olerix, came. Marl said risks fell by 20%.",
        "Logan Marl",
        "Olerix",
        "a co-founder, behind his degree",
    ),
    (
        "Ada's longtime agent, Law Roe, pointed out that she sold 20 million records.",
        "Law Roe",
        "Law Roe",
        "the name behind the role",
    ),
    (
        "Hull Medical Center opened. The Olerix founder announced that 20 people had been hired.",
        "The Olerix founder",
        "Olerix",
        "the body is told in the post",
    ),
    ("The judge, sitting beside Portline, said 20 men lied.", "The judge", OUTLET, "a judge is of no company"),
]


@pytest.mark.parametrize(("text", "name", "origin", "reason"), TELLERS, ids=[row[0][:40] for row in TELLERS])
def test_tellers(text: str, name: str, origin: str, reason: str) -> None:
    claim = claim_of(text, next(w for w in ("2,000", "20", "14", "23", "5%") if w in text))
    assert (claim.chain[-1].name, claim.origin) == (name, origin), reason


NO_TELLERS = [
    ("Housing: Rents rose by 5% while other housing got cheaper.", "5%", "a label of a list"),
    ("On Harbours: Lessons for towns costs £25 and is out now.", "£25", "a title of a book"),
    ("In the 1959 season the club won 20 games, and the town cheered.", "20 games", "a year"),
    ("According to Marl's Findwork page, he joined with 20 others.", "20 others", "a page is read, not heard"),
    ("Portline Bank also has posted profits that rose by 20%.", "20%", "to post a profit is an act"),
    ("The boxer Tom Marl showed great courage but lost 20 fights.", "20 fights", "a person shows no finding"),
]


@pytest.mark.parametrize(("text", "words", "reason"), NO_TELLERS, ids=[row[2] for row in NO_TELLERS])
def test_what_tells_nothing_is_in_no_chain(text: str, words: str, reason: str) -> None:
    assert [teller.name for teller in claim_of(text, words).chain] == [OUTLET], reason


def test_a_label_in_a_transcript_is_who_speaks() -> None:
    text = "Ann Marl is director of the Tide Institute.\n\nMarl: Salmon fell by 20% in the bay."
    claim = claim_of(text, "20%")
    assert (claim.speaker, claim.chain[-1].role) == (claim.chain[-1].name, "speaker")


AGENCIES = [
    ("Associated Press", "", "Associated Press", "the byline is the agency's"),
    ("Ann Lee, Reuters", "", "Reuters", "a name and its agency"),
    ("The Associated Press", "", "Associated Press", "with its article"),
    (None, "LEEDS, England (AP) \u2014 ", "Associated Press", "the dateline is"),
    (None, "", None, "nobody's"),
    ("Ann Lee", "The trust (TDC) - ", None, "an acronym is no agency"),
    ("Reuters Marl", "", None, "a person's name"),
]


@pytest.mark.parametrize(("byline", "dateline", "agency", "reason"), AGENCIES)
def test_agency_copy_is_the_agencys(byline: str | None, dateline: str, agency: str | None, reason: str) -> None:
    claim = claim_of(f"{dateline}The council spent £3m on signs.", "£3m", byline)
    assert claim.speaker == OUTLET
    assert claim.origin == (agency or OUTLET), reason


def test_an_agency_on_its_own_site_is_no_copy() -> None:
    own = Document(kind="article", text="LEEDS (AP) \u2014 A fire.", publisher="AP News", byline="Associated Press")
    assert agency_of(own) is None


SOURCING = [
    ("She said in a deposition that 20 men had paid her.", "20", "named", "a record of a court"),
    ("He paid £20,000, according to the office release.", "£20,000", "named", "a release"),
    ("According to Marl's Findwork page, he joined with 20 others.", "20", "named", "somebody's page"),
    ("Portline says it made 40 cars.", "40", "firsthand", "what it says of itself"),
    ("Portline says it takes 40 days to build a car.", "40", "none", "that is nobody's it"),
    ("In our testing, the lamp reached 107 degrees.", "107", "firsthand", "what the outlet measured"),
    ("Ann Lee says it made 40 cars.", "40", "none", "of a person, it is something else"),
    ("Prosecutors in York reopened its investigation and fined 20 men.", "20", "none", "a town makes no investigation"),
    ("It rose by 20%, says Thursday's report.", "20%", "none", "a day is no maker"),
    ("Marl's minutes fell by 20%.", "20%", "none", "a player's minutes are no record"),
]


@pytest.mark.parametrize(("text", "words", "level", "reason"), SOURCING, ids=[row[3] for row in SOURCING])
def test_what_a_claim_rests_on(text: str, words: str, level: str, reason: str) -> None:
    assert claim_of(text, words).sourcing == level, reason


def test_the_agency_of_a_dateline_is_no_subject() -> None:
    text = "HULL (Reuters) - Oil prices fell by 20% on Tuesday.\n\nReuters asked for comment."
    document = Document(kind="article", text=text, publisher="Reuters")
    assert read(document, KINDS).claims[0].sourcing == "none"


def test_a_page_whose_title_tells_its_own_research_is_firsthand() -> None:
    text = "Wide signs are liked most (38%)."
    assert claim_of(text, "38%", title="Our Street Research Shows What Signs Do").sourcing == "firsthand"
    assert claim_of(text, "38%", title="What Signs Do").sourcing == "none"
