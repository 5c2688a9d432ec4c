"""Negations, levels, times and places around a figure: rows of (sentence, expected), each with its reason."""

from __future__ import annotations

import pytest

from tracker.reading.figures import read_figures

NEGATED = [
    ("The bakery has never baked more than 90 loaves.", "<=", "'never' far before it"),
    ("No cleaner should get less than £14 an hour.", ">=", "'no' and its noun"),
    ("They won't lend more than £8,000.", "<=", "n't"),
    ("The shop cannot charge more than £6.", "<=", "one word"),
    ("Nobody at the club owes more than £70.", "<=", "a negated subject"),
    ("None of the jars cost over £7.", "<=", "another, with a verb that is no past by its form"),
    ("Neither paid under £7.", ">=", "of two"),
    ("At no point did the flood exceed 60 homes.", "<=", "a negated adverbial and inversion"),
    ("Crowds never topped 800.", "<=", "the comparator is the verb"),
    ("It was mended without spending more than £9.", "<=", "'without' and its verb"),
    ("The appeal failed to raise more than £90.", "<=", "a failure"),
    ("The vase can't be worth less than £3m.", ">=", "of a worth"),
    ("Rain did not fall by more than 8 per cent.", "<=", "the size of a change"),
    ("Sacks must not be left for more than two hours.", "<=", "a rule, and how long it allows"),
    ("It has not once drawn more than 90 visitors.", "<=", "'not once'"),
    ("Rents are unlikely to exceed £950.", "<=", "'unlikely to'"),
    ("Nothing short of £4bn will mend it.", ">=", "a phrase"),
    ("It drew nowhere near 700 people.", "<", "far from it"),
    ("It cost hardly more than £8.", "~", "nearly equal"),
]

UNTOUCHED = [
    ("Not only more than 70 ewes were lost.", ">", "'not only' denies nothing"),
    ("The mill shut not because over 70 weavers left.", ">", "the reason is denied"),
    ("She did not say that more than 70 weavers left.", ">", "what is told stands"),
    ("Nobody said more than 70 weavers had left.", ">", "the same without 'that'"),
    ("No 10 sold more than 70 chairs.", ">", "a name"),
    ("No doubt more than 70 weavers left.", ">", "'no doubt'"),
    ("No ewe was lost, but more than 70 hens were.", ">", "another clause"),
    ("The bell has not rung for more than three weeks.", ">", "how long it has not happened"),
    ("No local has won in over 60 years.", ">", "the same with 'in'"),
    ("No lorry over 9 tonnes may cross.", ">", "which lorries are meant"),
    ("No household earning less than £18,000 will pay.", "<", "which households are meant"),
    ("They failed to declare more than £6m in tax.", ">", "what was left out"),
    ("Hasn't it cost more than £6m?", ">", "a question that expects yes"),
    ("Not all of the clubs paid more than £6.", "=", "some did, and some did not"),
    ("Never before have more than 70 people come.", "=", "now they have"),
    ("Fines are not capped at £60,000.", "=", "no bound is told"),
]

LEVELS = [
    ("Fares went up to £40.", "=", "where they went"),
    ("The age has gone up to 69.", "=", "the same of a bare number"),
    ("That brings the total up to 16 deaths.", "=", "a total moved"),
    ("The tally is now up to 58.", "=", "what it has come to"),
    ("It is up to nine trustees to choose.", "=", "who decides"),
    ("Drivers were fined up to £40.", "<=", "a range of fines"),
    ("There are up to 60 hens inside.", "<=", "at most"),
    ("Bailiffs clawed back up to £40.", "<=", "what is clawed back, and no level"),
]

COMPARED = [
    ("Rates are higher than six decades ago.", "=", "a point in time"),
    ("Rates are lower than nine months earlier.", "=", "another"),
    ("The fire was bigger than nine football pitches.", "=", "what it is compared with"),
    ("She ran better than three of her rivals.", "=", "the same of some of them"),
    ("The shaft is deeper than 70 metres.", ">", "a measure"),
    ("He swam it faster than 50 minutes.", "<", "who is faster needs less"),
    ("It bars lorries of 9 tonnes or heavier.", ">=", "the bound included"),
    ("It is a majority bigger than 60 seats.", ">", "a size in seats"),
]

ABOUT_TIME_AND_PLACE = [
    ("Snow fell over three days.", "=", "in which time"),
    ("The hearing took place over nine days.", "=", "the same"),
    ("Over 30 years, the lake shrank.", "=", "at the head of a sentence"),
    ("She served over three years.", ">", "a verb of lasting"),
    ("It shut over 30 years ago.", ">", "how long ago"),
    ("Over three hours of talks followed.", ">", "how much of them"),
    ("He was sacked over six letters.", "=", "why"),
    ("The board has power over six parishes.", "=", "what is ruled"),
    ("Turbines power over 700 homes.", ">", "a verb, and how many"),
    ("A kite circled over nine villages.", "=", "where"),
    ("The chain took over nine rivals.", "=", "what was bought"),
    ("Rebels took over 300 hostages.", ">", "how many were taken"),
    ("The race is over 7 miles.", "=", "its distance"),
    ("She slept under two quilts.", "=", "beneath them"),
    ("He worked under six governments.", "=", "in whose time"),
    ("The path winds around six lakes.", "=", "where it goes"),
    ("The plot is close to three quarries.", "=", "where it lies"),
    ("Close to 60 schools shut.", "~", "so many are not counted out"),
]

SHORT = [
    ("It cost c. £40m.", "~", "circa, with its point"),
    ("It cost c£40m.", "~", "glued to the sum"),
    ("It drew c.40 people.", "~", "glued to a number"),
    ("It drew approx. 40 people.", "~", "abbreviated"),
    ("It drew est. 400 people.", "~", "another"),
    ("It drew maybe 140 people.", "~", "an adverb of doubt"),
    ("It cost £3,000, give or take.", "~", "behind a comma"),
    ("It costs £300 tops.", "<=", "behind the figure"),
    ("The Jackson 5 tops the list.", "=", "a verb"),
    ("Speed is capped at 25mph.", "<=", "a cap"),
    ("Reply no later than 12 days after.", "<=", "a deadline"),
]

ROWS = [*NEGATED, *UNTOUCHED, *LEVELS, *COMPARED, *ABOUT_TIME_AND_PLACE, *SHORT]


@pytest.mark.parametrize(("text", "sign", "reason"), ROWS, ids=[row[0] for row in ROWS])
def test_comparators(text: str, sign: str, reason: str) -> None:
    found = [f.comparator for f in read_figures(text)]
    assert found == [sign], reason


def test_a_point_in_time_with_an_article_is_no_figure() -> None:
    assert read_figures("Sales are smaller than a month ago.") == ()
    assert [f.comparator for f in read_figures("It lasted more than a year.")] == [">"]


def test_each_negation_reaches_its_own_clause_only() -> None:
    found = read_figures("Nobody paid more than £8, while the firm lost more than £9m.")
    assert [f.comparator for f in found] == ["<=", ">"]


def test_a_negation_far_away_is_not_looked_for() -> None:
    far = "She never " + "very " * 40 + "openly paid more than £8."
    assert [f.comparator for f in read_figures(far)] == [">"]
