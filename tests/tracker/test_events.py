"""Events and states without a figure: what is a claim of the kind ``other``, and what is none."""

from __future__ import annotations

import pytest

from scrapers.document import Document
from tracker.own_words import load_kinds
from tracker.reading.claims import read
from tracker.reading.predicates import has_predicate, predicate_of

KINDS = load_kinds()


def quotes(text: str) -> list[str]:
    """The quotes of the claims in an article of one paragraph."""
    return [c.quote for c in read(Document(kind="article", text=text, publisher="Fenmoor Echo"), KINDS).claims]


#: Text, its claims, and the reason for the row.
ROWS = [
    ("The council approved the plan on Tuesday.", ["The council approved the plan on Tuesday"], "a decision"),
    (
        "Orrin Vale joined the board in March and left it within a week.",
        ["Orrin Vale joined the board in March", "left it within a week"],
        "two predicates of one subject are two claims",
    ),
    (
        "The inspectors, chosen from six applicants, visited the depot.",
        ["The inspectors, chosen from six applicants, visited the depot"],
        "a participle between commas is not the verb",
    ),
    (
        "Cases of water use fraud have risen since the spring.",
        ["Cases of water use fraud have risen since the spring"],
        "'use' is a noun where a surer verb follows",
    ),
    (
        "In May, Tarn Rail handed the keys to the county, but the county returned them.",
        ["In May, Tarn Rail handed the keys to the county", "the county returned them"],
        "May after a preposition is a month, no modal verb",
    ),
    (
        "It comes as police have searched the offices of the firm.",
        ["police have searched the offices of the firm"],
        "what only links to other news is no part of the claim",
    ),
    ("There were no survivors of the fire.", ["There were no survivors of the fire"], "none is a count as well"),
    (
        "The court will hear the case on Friday.",
        ["The court will hear the case on Friday"],
        "what is to come is a claim where its day is stated",
    ),
    ("The court will hear the case one day.", [], "a prediction without a date is none"),
    ("The scan revealed a hairline crack.", ["The scan revealed a hairline crack"], "an act, not somebody's words"),
    ("You walked past the depot every morning.", [], "talk to the reader"),
    ("Our members walked past the depot yesterday.", [], "the writer's own doings in an article"),
    ("The depot looked very sad in the rain.", [], "how a thing seemed to the writer"),
    ("The speech was a wonderful moment for the town.", [], "a judgement of taste"),
    ("This article was amended on Monday to correct a name.", [], "the work speaks of itself"),
    ("What did the council decide on Tuesday?", [], "a question"),
    ("Walking to work is how most of the staff arrived.", [], "a gerund is no subject that acts"),
    ("\u201cIt was a mess,\u201d said Orrin Vale, the chair.", [], "what is left of a quotation's tag says nothing"),
    (
        "Tarn Rail has always denied the charges.",
        ["Tarn Rail has always denied the charges"],
        "an adverb between the auxiliary and what was done",
    ),
    (
        "Orrin Vale became head of Tarn Rail in 2005, joining after eleven long years as a junior clerk at a bank.",
        ["Orrin Vale became head of Tarn Rail in 2005"],
        "a participle longer than its clause is laid over it",
    ),
    (
        "The mayor signed the order on Friday soon after the council approved the plan.",
        ["The mayor signed the order on Friday", "the council approved the plan"],
        "a subordinate clause with an act of its own is a second fact",
    ),
    (
        "The van fled when police tried to stop it.",
        ["The van fled when police tried to stop it"],
        "behind a short main clause it belongs to what is claimed",
    ),
    (
        "Neave Holt bought the mill, sold its land in May, and moved the staff away.",
        ["Neave Holt bought the mill", "sold its land in May", "moved the staff away"],
        "acts in a row, parted by commas",
    ),
    (
        "The crews found and cleared 40 drains.",
        ["The crews found and cleared 40 drains"],
        "two verbs with one object are one predicate",
    ),
    (
        "The board met in Fenmoor, which Orrin Vale left in May.",
        ["The board met in Fenmoor", "which Orrin Vale left in May"],
        "a relative clause with a subject of its own",
    ),
    ("Tarn Rail lacks a licence.", ["Tarn Rail lacks a licence"], "a present state on record"),
    (
        "The old mill appears to have been sold.",
        ["The old mill appears to have been sold"],
        "an act, hedged; not how something looked",
    ),
    ("The old mill appeared small in the dusk.", [], "how something looked"),
    (
        "Orrin Vale said Tarn Rail could open a second depot in Fenmoor in 2031.",
        ["Tarn Rail could open a second depot in Fenmoor in 2031"],
        "a plan that a named party reports, with names and a year",
    ),
    ("Orrin Vale said it could get much colder.", [], "a vague outlook, whoever reports it"),
    (
        "\u201cI boarded a train to Fenmoor on 3 May,\u201d said Orrin Vale, the chair.",
        ["I boarded a train to Fenmoor on 3 May"],
        "the speaker's own act, with a place and a day",
    ),
    ("The carpet was plush green to match.", [], "what something was like, with nothing to look up"),
    ("The depot is seen as a symbol of the town.", [], "how something is seen"),
    ("Orrin Vale chatted with the drivers of Tarn Rail.", [], "a scene"),
    ("The launch was a \u201cslap in the face\u201d for the town.", [], "somebody's own words for what something was"),
]


#: The same of a message's own voice.
MAILS = [
    ("Orrin Vale is doing everything in his power to win Fenmoor.", [], "striving is no event"),
    ("Fenmoor Greens stand in solidarity with the nurses of Tarn.", [], "loyalty"),
    ("The Vale years have been a disaster for Fenmoor.", [], "a verdict"),
    ("Orrin Vale can turn Fenmoor green.", [], "what could be"),
    ("Orrin Vale is going to change that.", [], "a plan without a date"),
    ("Tarn Rail will hold a vote on 3 May.", ["Tarn Rail will hold a vote on 3 May"], "a plan with its date"),
    ("We will not rest until the pool is open and the rink has been sold to Tarn.", [], "both hang on 'until'"),
    ("Tell your councillor you rang and asked Tarn Rail to stop.", [], "the order goes on"),
    ("There are only two weeks left before the count in Tarn.", [], "a countdown"),
    ("SUGGESTED CONTRIBUTION: £25", [], "a form's field"),
    ("We have only 4,200 more to fund by Friday.", [], "a goal"),
    ("Reminder: Today is polling day in Fenmoor.", [], "what day it is"),
    ("Orrin Vale resigned on Friday.", ["Orrin Vale resigned on Friday"], "an event with its day"),
    ("The Fenmoor Hotline number is 1-555-4VOTE.", [], "where to ring"),
    ("There is much work to be done in Fenmoor in 2021.", [], "a call"),
    ("You only have until Friday to book a room in Tarn.", [], "an offer's end"),
    ("The mayor has stumbled badly.", [], "nothing to look it up by"),
    ("They are running ads about parking.", [], "going on, and no time"),
    ("Here is one example: our team knocked on 350 doors.", ["our team knocked on 350 doors"], "what only introduces"),
    ("FENMOOR, 3 May 2021 \u2013 The council sold 12 buses.", ["The council sold 12 buses"], "a dateline"),
    ("\U0001f449 Defeat Orrin Vale in Tarn", [], "a call behind a picture"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), MAILS, ids=[row[2] for row in MAILS])
def test_what_a_message_campaigns_with_is_no_claim(text: str, expected: list[str], reason: str) -> None:
    document = Document(kind="email", text=text, publisher="Fenmoor Greens")
    assert [c.quote for c in read(document, KINDS).claims] == expected, reason


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_events(text: str, expected: list[str], reason: str) -> None:
    assert quotes(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "subject", "verb"),
    [
        ("the firm was fined", "the firm", "was"),
        ("After the vote, the mayor resigned", "the mayor", "resigned"),
        ("28 people who came into contact with it were tested", "28 people who came into contact with it", "were"),
        ("Later that month the workers were exposed", "Later that month the workers", "were"),
        ("Fenmoor Board Names Two Firms to Run the New Depot", "Fenmoor Board", "Names"),
        ("Orrin Vale and Neave Holt also top the list", "Orrin Vale and Neave Holt also", "top"),
        ("Neave Holt most recently played for Tarn", "Neave Holt most recently", "played"),
        ("the accounts of the fraud have changed", "the accounts of the fraud", "have"),
    ],
)
def test_the_subject_and_verb_of_a_clause(text: str, subject: str, verb: str) -> None:
    found = predicate_of(text, 0, len(text))
    assert found is not None
    assert (found.subject, found.verb) == (subject, verb)


@pytest.mark.parametrize("text", ["a hairline crack", "a lawsuit filed in the county court", "him on occasion"])
def test_a_thing_is_no_clause(text: str) -> None:
    assert not has_predicate(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The League says that the fine was \u20ac5 million and that over 2,000 logs were doctored.",
            ["the fine was \u20ac5 million", "over 2,000 logs were doctored"],
        ),
        (
            "The inquest was told that Orrin Vale left in May and that the firm paid him \u00a340,000.",
            ["Orrin Vale left in May", "the firm paid him \u00a340,000"],
        ),
        (
            "The Echo reported on 10 October that the firm was fined \u20ac4.5 million.",
            ["the firm was fined \u20ac4.5 million"],
        ),
    ],
)
def test_two_things_said_are_two_claims_without_the_words_that_report_them(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected
