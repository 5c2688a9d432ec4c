"""What the words around a figure say of it: rows of (sentence, expected), each with its reason."""

from __future__ import annotations

import pytest

from tracker.reading.figures import read_figures

COMPARED = [
    ("Police arrested over 20 people.", ">", "who is arrested is counted"),
    ("The choir has won over 40 medals.", ">", "medals are won, not won over"),
    ("She gave over £3m to the appeal.", ">", "a sum is given"),
    ("They handed out over 200 leaflets.", ">", "the verb's particle is another"),
    ("Membership passed the 100,000 mark.", ">", "a mark is passed"),
    ("The total topped the 1 million mark.", ">", "the same of 'topped'"),
    ("Costs would surpass £2bn.", ">", "the plain form of the verb"),
    ("Sales surpassing £2bn were forecast.", ">", "and its participle"),
    ("Losses came to north of £20m.", ">", "colloquial"),
    ("Upwards of 300 turned up.", ">", "of a bare number"),
    ("He faces up to 14 years in jail.", "<=", "who faces a term does not face up to it"),
    ("Crews moved up to 200 residents.", "<=", "who was moved is counted"),
    ("Mice live up to 3 years.", "<=", "nor live up to one"),
    ("Bids must be less than or equal to £500.", "<=", "the bound included"),
    ("Scores greater or equal to 40 pass.", ">=", "the same without 'than'"),
    ("Loads of at least or equal to 30 tonnes.", ">=", "the same of a phrase"),
    ("The rule holds when >= 30 seats are won.", ">=", "two signs"),
    ("Groups of < = 12 pupils are taught.", "<=", "two signs apart"),
    ("The effect was significant (p<0.05).", "<", "glued to a letter"),
    ("Courses start at as little as £5 a week.", ">=", "the least that is paid"),
    ("Recruits as young as 12 years were found.", ">=", "the youngest"),
    ("There were no fewer than 20 exits.", ">=", "a double negative"),
    ("Just shy of 200 people came.", "<", "short of"),
    ("It took not quite 20 years.", "<", "not so much"),
    ("About 500 or more are missing.", ">=", "the bound says more than the doubt"),
    ("It sold about 500 and more in a week.", ">=", "'and more' at the end"),
    ("He worked there for 20 years and counting.", ">=", "it goes on"),
    ("Seats are for ages 18 and up.", ">=", "American"),
    ("Stays of 20 hours minimum are asked for.", ">=", "behind the unit"),
    ("A fine of £500 maximum was agreed.", "<=", "the same of the most"),
    ("Approaching 300 homes were lost.", "~", "not yet"),
    ("Close to 300 homes were lost.", "~", "near"),
    ("Somewhere in the region of £40m went.", "~", "a long phrase"),
    ("Children under the age of 5 get in free.", "<", "'the age of' names no known value"),
]


@pytest.mark.parametrize(("text", "sign", "reason"), COMPARED, ids=[row[-1] for row in COMPARED])
def test_comparators(text: str, sign: str, reason: str) -> None:
    assert [f.comparator for f in read_figures(text)] == [sign], reason


PLAIN = [
    ("Ministers must hand over 20 documents.", "the verb owns 'over'"),
    ("He was charged over 20 deaths.", "what he was charged with"),
    ("She won over 20 backbenchers.", "who was won over"),
    ("The row over 20 homes goes on.", "the noun owns 'over'"),
    ("Over the past 20 years it shrank.", "a period, not its length"),
    ("It is almost definitely 20 per cent.", "almost sure, not almost twenty"),
    ("A complaint about 20 homes was upheld.", "what it was about"),
    ("His comment about 47 per cent of voters.", "a noun that has a subject"),
    ("How about 20 pupils a class?", "a proposal"),
    ("He was charged under 20 articles of the code.", "what binds stands behind 'under'"),
    ("Inflation was above the 2 per cent target.", "a value known before"),
    ("More than the 20,000 homes promised were built.", "the same of a count"),
    ("Signs went up around the 20 sites.", "all of them"),
    ("It adds up to 20 hours a week.", "a sum"),
    ("The boxer moved up to 70 kilograms.", "a level"),
    ("Work went on over a seven-year spell.", "how long is said by the noun"),
    ("Remember to shop around 11 months later.", "the verb owns 'around'"),
    ("More than likely 20 pupils will go.", "'likely' is what it is more than"),
    ("The 737 Max jet was grounded.", "a capital name"),
    ("Work on two maximum security prisons began.", "a word of what is counted"),
    ("Only 20 pupils came.", "'only' changes nothing"),
    ("A record 20 pupils came.", "nor does a record"),
]


@pytest.mark.parametrize(("text", "reason"), PLAIN, ids=[row[-1] for row in PLAIN])
def test_false_friends(text: str, reason: str) -> None:
    assert {f.comparator for f in read_figures(text)} == {"="}, reason


def test_each_bound_keeps_its_comparator() -> None:
    found = read_figures("Classes have no fewer than 20 and no more than 30 pupils.")
    assert [(f.value, f.comparator) for f in found] == [(20, ">="), (30, "<=")]
    found = read_figures("Loads above 1000 and below 1500 are safe.")
    assert [(f.value, f.comparator) for f in found] == [(1000, ">"), (1500, "<")]


def test_a_bound_belongs_to_the_number_behind_it() -> None:
    found = read_figures("The blast killed 20 people at least five of them pupils.")
    assert found[0].comparator == "="


TRENDS = [
    ("Bills will rise by up to £120 a year.", "up", "the most that it rises by"),
    ("Bills will rise by between £100 and £120.", "up", "the size of one rise, as a range"),
    ("Shares closed 3 per cent up.", "up", "behind the figure"),
    ("There was a £3m rise in costs.", "up", "a sum before its noun"),
    ("It was a two-point fall.", "down", "points before theirs"),
    ("Pay fell 2 per cent.", "down", "without 'by'"),
    ("Pay fell to 2 per cent.", None, "a level"),
    ("Pay was down from 2 per cent.", None, "the level before"),
    ("The firm cut 20 jobs.", None, "what was cut is no change"),
    ("It led to the loss of 20 jobs.", None, "the same as a noun"),
    ("The firm made a loss of £3m.", None, "an amount, and nothing that fell"),
    ("Women made up 36 per cent of staff.", None, "the verb owns 'up'"),
    ("It is coughing it up 36 per cent of the time.", None, "with a pronoun between"),
    ("It was the fifth increase in two years.", None, "when, and not by how much"),
    ("It falls just four days before the poll.", None, "the day falls"),
    ("Rovers fell behind by 15 points.", None, "nothing fell"),
    ("Profits more than doubled to £3m.", None, "a level after a verb of change"),
    ("Rents rose from 3 to 5 per cent.", "up", "from one level to another"),
    ("A tin of beans + a 14-ounce tin of tomatoes.", None, "a plus between things"),
    ("Children pictured by a rocket as four engineers watched.", None, "'as' begins a clause"),
]


@pytest.mark.parametrize(("text", "trend", "reason"), TRENDS, ids=[row[-1] for row in TRENDS])
def test_trends(text: str, trend: str | None, reason: str) -> None:
    assert [f.trend for f in read_figures(text)] == [trend], reason
