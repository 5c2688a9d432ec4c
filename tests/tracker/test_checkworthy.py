"""Which sentences are worth checking, by single words: rows with their reason; what the weights may hold."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tracker.judging.checkworthy import MODEL, Model, terms, values_of, worth_checking

#: Above the threshold, each with what makes it so.
WORTH = [
    ("The trust spent £4.2m on agency nurses last year, twice the budgeted sum.", "a sum spent"),
    ("Unemployment in the town fell to 4.1 per cent in March.", "a rate, in the spelling of Britain"),
    ("Councillors voted by 34 to 21 to close the leisure centre.", "a vote"),
    ("He voted against the housing bill in 2019.", "somebody's record"),
    ("The regulator fined the water company €12m for dumping sewage.", "a fine, in euros"),
    ("More than 3,000 children are waiting for a dental appointment.", "a count"),
    ("Dublin rents have doubled in ten years.", "a figure in words"),
    ("The Taoiseach told the Dáil that 13,000 homes were completed in the first half.", "words of another parliament"),
    ("Only one in four of the contacts were ever reached.", "a fraction in words"),
    ("Crime has gone up every year under this mayor.", "a trend without a number"),
    ("She was convicted of fraud at Leeds Crown Court in 2016.", "a conviction"),
    ("A poll of 1,012 adults found that 68% want the railways in public hands.", "a poll"),
    ("The school has not been inspected since 2009.", "something not done"),
    ("The operator cancelled 900 trains in a single week.", "a count of failures"),
    ("Nurses' pay has fallen by 10% in real terms since 2010.", "a change in per cent"),
    ("The company paid no corporation tax last year.", "nothing paid, without a digit"),
    ("The Scottish government raised the top rate of tax in 2018.", "a decision"),
    ("The firm falsified 250 inspection records.", "verb and noun are unknown to the model, the number is not"),
]
#: Far under it.
NOT_WORTH = [
    ("Thank you very much for having me.", "thanks"),
    ("Good evening and welcome to the programme.", "a greeting"),
    ("I think it is a disgrace.", "an opinion"),
    ("That is simply not good enough.", "an opinion that names no opiner"),
    ("We believe that everyone deserves a decent home.", "a conviction of another sort"),
    ("She hopes that the council will think again.", "a hope"),
    ("We must do better for our children.", "a demand"),
    ("What will you do about the potholes?", "a question"),
    ("How many more warnings do ministers need?", "a rhetorical question"),
    ("Would 50 new buses be enough?", "a question with a number"),
    ("Please sign our petition today and share it with your friends.", "a campaign's request"),
    ("You can unsubscribe at any time.", "furniture of an e-mail"),
    ("It's time to bring our railways home.", "a slogan"),
    ("Our thoughts are with the families tonight.", "sympathy"),
    ("I would like to thank all of our volunteers.", "thanks again"),
]
#: What the model does not know, and how far it goes wrong: no better than this, until it learns from the press.
KNOWN_WRONG = [
    (
        "The contract was awarded without a tender to a company owned by a donor.",
        "tenders are no matter of its debates",
    ),
    ("No other country in Europe spends so little on flood defences.", "a rank without a number"),
    ("The minister's department lost the files.", "a plain deed in four words"),
]


@pytest.mark.parametrize(("sentence", "why"), WORTH)
def test_what_can_be_checked_scores_high(sentence: str, why: str) -> None:
    assert worth_checking(sentence) >= MODEL.threshold, why


@pytest.mark.parametrize(("sentence", "why"), NOT_WORTH)
def test_what_cannot_scores_low(sentence: str, why: str) -> None:
    assert worth_checking(sentence) < MODEL.threshold / 2, why


def test_the_ranking_of_them_all() -> None:
    assert min(worth_checking(one) for one, _ in WORTH) > 2 * max(worth_checking(one) for one, _ in NOT_WORTH)


@pytest.mark.parametrize(("sentence", "why"), KNOWN_WRONG)
def test_what_it_does_not_know_stands_between(sentence: str, why: str) -> None:
    assert max(worth_checking(one) for one, _ in NOT_WORTH) < worth_checking(sentence) < MODEL.threshold, why


@pytest.mark.parametrize(
    ("sentence", "found", "why"),
    [
        ("It cost £1,200.50.", ["it", "cost", "<money>", "<number>"], "one term for all numbers and signs of money"),
        ("Up 5%, or 5 per cent", ["up", "<number>", "percent", "or", "<number>", "percent"], "two spellings of one"),
        ("They met Ann Orrin in Acton", ["they", "met", "in"], "names are left out"),
        ("I\u2019m sure that I\u2019ve", ["i'm", "sure", "that", "i've"], "but the speaker is no name"),
        ("TRUST FINED AGAIN", ["trust", "fined", "again"], "a headline in capitals"),
        ("Trust Fined Over Lost Records", ["trust", "fined", "over", "lost", "records"], "a headline with capitals"),
        ("The labour programme?", ["the", "labor", "program", "?"], "the spelling that the model learnt"),
        ("", [], "nothing"),
        ("… — !", [], "no words"),
    ],
)
def test_the_terms_of_a_sentence(sentence: str, found: list[str], why: str) -> None:
    assert list(terms(sentence)) == found, why


def test_names_and_sums_change_nothing() -> None:
    first = worth_checking("The mayor told Ann Orrin that 12 schools had closed.")
    assert worth_checking("The mayor told Siobhán Byrne that 9,400 schools had closed.") == first


def test_no_words_no_score() -> None:
    assert worth_checking("") == worth_checking("…") == 0.0
    assert 0 < worth_checking("Qwxyz") < MODEL.threshold, "an unknown word says next to nothing"


def test_a_million_words_are_read_in_one_go() -> None:
    assert 0 <= worth_checking("spent " * 1_000_000) <= 1
    assert 0 <= worth_checking("1,,." * 250_000) <= 1


def test_values_have_length_one() -> None:
    values = values_of(["a", "a", "b"])
    assert values["a"] > values["b"]
    assert sum(value * value for value in values.values()) == pytest.approx(1)


def test_the_file_holds_single_words_of_english_and_says_where_they_are_from() -> None:
    text = files("tracker.judging").joinpath("checkworthy.tsv").read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert "train_checkworthy" in " ".join(head)
    assert "CC BY 4.0" in " ".join(head)
    terms_known = set(MODEL.weights) - {"<number>", "<money>", "?"}
    assert len(terms_known) > 2000
    odd = [term for term in terms_known if not term.replace("'", "").isascii() or not term.replace("'", "").isalpha()]
    assert odd == [], "no pairs of words, no digits"
    # Months are capitalised as names are: where one of them came in, names would have.
    months = {"january", "february", "april", "june", "july", "august", "september", "october", "november", "december"}
    others = {"america", "american", "britain", "ireland", "republican", "democrat", "tory", "congress", "president"}
    assert not terms_known & (months | others)


@pytest.mark.parametrize(
    ("text", "error"),
    [("<bias>\t0\n<threshold>\t.5\nword 1\n", ValueError), ("<bias>\t0\n", KeyError), ("# only\n", KeyError)],
)
def test_a_broken_file_is_an_error(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Model.parse(text)
