"""Which papers, records and people a sentence names as its sources, and which it does not."""

from __future__ import annotations

import pytest

from tracker.reading.publishers import builtin
from tracker.reading.source_papers import papers_in
from tracker.reading.source_people import anonymous_in
from tracker.reading.source_records import records_in

PAPERS = [
    ("A poll conducted by Survation found 40%.", ["Survation"], "a poll by its maker"),
    ("one poll, carried out by servation for us, found 40%", ["Survation"], "a transcript's misspelling"),
    ("Its figures from the National Audit Office show 252.", ["National Audit Office"], "figures from a body"),
    ("A recent YouGov survey put it at 40%.", ["YouGov"], "the maker before the paper"),
    ("A poll conducted by Survation for the Harbour Post found 40%.", ["Survation"], "who pays is no source"),
    (
        "An Acme Insight poll for the Harbour Post of 2,140 adults found 40%.",
        ["Acme Insight"],
        "maker first",
    ),
    ("A survey of 1,000 people by Northbridge Research found 40%.", ["Northbridge Research"], "whom, then by whom"),
    (
        "A poll of 1,500 voters conducted by Redfern and Wills for the Post in May found 36%.",
        ["Redfern and Wills"],
        "two",
    ),
    ("Northbridge Research surveyed 1,200 adults in May.", ["Northbridge Research"], "a verb for the poll"),
    ("A poll commissioned by the Harbour Trust found that 40% agree.", [], "a sponsor alone"),
    (
        "A poll commissioned by the Harbour Trust and carried out by Acme Insight found 40%.",
        ["Acme Insight"],
        "both",
    ),
    ("ONS figures show that 12,000 jobs went.", ["Office for National Statistics"], "an acronym's figures"),
    ("Data published by the Environment Agency show 300 spills.", ["Environment Agency"], "published by"),
    ("According to the Department of Health, 4,000 nurses left.", ["Department of Health"], "a body with records"),
    ("According to the ICO, 300 firms were late.", ["Information Commissioner's Office"], "a regulator"),
    ("According to a report by Northbridge Research, 300 were late.", ["Northbridge Research"], "a report's maker"),
    ("That is up by 4%, according to estimates from the research firm Portline.", ["Portline"], "what the maker is"),
    ("Inspector Ann Lee said in a June report that 40 had died.", ["Inspector Ann Lee"], "said in a report"),
    ("The Harbour inquiry found that 40 had died.", ["Harbour inquiry"], "an inquiry bears its matter's name"),
    ("According to Northbridge, 400 left.", [], "a firm that speaks is in the chain"),
    ("According to Jane Smith of the Department of Health, 400 left.", [], "a person who speaks"),
    ("The train was late by an hour.", [], "by, without a paper"),
    ("A poll by phone found 40%.", [], "how, not whose"),
    ("The report of the matter said so.", [], "of, without a name"),
    ("Figures for England show 300.", [], "for is no maker"),
    ("A report from October says 400.", [], "a month is no maker"),
    ("A British study found that 40% agree.", [], "a nation is no maker"),
    ("The March figures were 40% lower.", [], "a month before the paper"),
    ("Research shows that 40% agree.", [], "nobody's research"),
    ("Polls now show that 40% agree.", [], "nobody's polls"),
    ("The report found the work was carried out by Acme in 2019.", [], "Acme made the work, not the report"),
    ("The United Harbours accounts for 40% of freight.", [], "a verb, no accounts"),
    ("They altered Environment Agency data 40 times.", [], "spoken of, not rested on"),
    ("Staff were told to report claims made by Northbridge.", [], "report is a verb"),
]
RECORDS = [
    ("Court documents show that the firm paid £3m.", ["Court documents"], "court papers"),
    ("The firm paid £3m, according to documents seen by the Ledger.", ["documents seen by the Ledger"], "seen by"),
    ("In an email seen by the Ledger, he wrote that 12 had left.", ["email seen by the Ledger"], "an email"),
    ("Leaked minutes show that 12 staff had left.", ["Leaked minutes"], "leaked"),
    (
        "A freedom of information request by the Harbour Trust found 300 cases.",
        ["freedom of information request by the Harbour Trust"],
        "a request and whose",
    ),
    ("He told the court that 300 cars were missing.", ["court"], "evidence"),
    ("The inquiry heard that 300 cars were missing.", ["inquiry"], "evidence"),
    ("The annual report says 300 cars were sold.", ["annual report"], "of its subject"),
    ("According to the accounts, the firm lost £3m.", ["accounts"], "of its subject"),
    ("The judgment says the firm had 40 cars.", ["judgment"], "a judgment"),
    ("According to government figures, 40 died.", ["government figures"], "whose figures"),
    ("They released 400 pages of court records in May.", [], "spoken of, not rested on"),
    ("They lost the documents of 400 people.", [], "spoken of"),
    ("According to reports, the bar charges £300.", [], "nobody's reports"),
    ("The letter Mike wrote had 40 pages.", [], "a letter that nobody saw"),
]
PEOPLE = [
    ("A source close to the deal said it was worth £40m.", True, "close to"),
    ("Insiders say 400 jobs will go.", True, "insiders"),
    ("It is worth £40m, according to people familiar with the matter.", True, "familiar"),
    ("A senior official who asked not to be named said 40 had died.", True, "asked not to be named"),
    ("Speaking on condition of anonymity, he said 40 had died.", True, "anonymity"),
    ("One former employee said 40 had left.", True, "one unnamed person"),
    ("A whistleblower told the Ledger that 40 had left.", True, "a whistleblower"),
    ("Staff say they made 12 calls.", False, "a group tells"),
    ("Trainers said 12 calls were made.", False, "a group tells"),
    ("Critics say it cost £3m.", False, "a group tells"),
    ("The sources of the river lie 400 metres up.", False, "another sort of source"),
    ("Coal is a source of 40% of power.", False, "another sort of source"),
    ("He was jailed for insider trading of £3m.", False, "another sort of insider"),
    ("A spokesman said 40 had left.", False, "an organisation's voice"),
    ("Jane Doe, a former manager at Acme, said 40 had left.", False, "she has a name"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), PAPERS, ids=[row[0] for row in PAPERS])
def test_papers(text: str, expected: list[str], reason: str) -> None:
    found = papers_in(text, 0, len(text), builtin())
    assert [source.name for source in found] == expected, reason
    assert all((s.how, s.url, s.inherited) == ("named", None, False) for s in found)


@pytest.mark.parametrize(("text", "expected", "reason"), RECORDS, ids=[row[0] for row in RECORDS])
def test_records(text: str, expected: list[str], reason: str) -> None:
    found = records_in(text, 0, len(text))
    assert [text[source.start : source.end] for source in found] == expected, reason


@pytest.mark.parametrize(("text", "expected", "reason"), PEOPLE, ids=[row[0] for row in PEOPLE])
def test_anonymous_sources(text: str, expected: bool, reason: str) -> None:
    found = anonymous_in(text, 0, len(text), ())
    assert bool(found) is expected, reason
    assert all(s.how == "anonymous" and " ".join(text[s.start : s.end].split()) == s.name for s in found)


@pytest.mark.parametrize("words", ["poll ", "A poll of ", "documents ", "X ", "according to ", "a former ", "Aa and "])
def test_long_runs_take_linear_time(words: str) -> None:
    text = words * (100_000 // len(words))
    # That it ends shows it: the square of the length is 10,000,000,000 steps.
    found = [
        *papers_in(text, 0, len(text), builtin()),
        *records_in(text, 0, len(text)),
        *anonymous_in(text, 0, len(text), ()),
    ]
    assert all(0 <= one.start < one.end <= len(text) and text[one.start : one.end].strip() for one in found)
    assert len({(one.start, one.end, one.how) for one in found}) == len(found)
