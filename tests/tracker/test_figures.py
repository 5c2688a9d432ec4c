"""What the reader of figures finds: rows of (text, expected), each with the reason it exists."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.reading.dates import read_deadlines
from tracker.reading.figures import read_figures
from tracker.reading.units import currency_hints
from tracker.reading.values import Figure


def only(text: str) -> Figure:
    figures = read_figures(text)
    assert len(figures) == 1, [figure.text for figure in figures]
    return figures[0]


@pytest.mark.parametrize(
    ("text", "words", "value", "unit", "dimension", "reason"),
    [
        ("The firm was fined over 20 million for it.", "20 million", 2e7, None, None, "no currency written"),
        ("The firm was fined £23\u00a0million.", "£23\u00a0million", 2.3e7, "GBP", "money", "a hard space"),
        ("It cost £2.5m to build.", "£2.5m", 2.5e6, "GBP", "money", "a suffix behind a price"),
        ("It cost $1.2bn to build.", "$1.2bn", 1.2e9, "USD", "money", "billions"),
        ("It cost A$40 to enter.", "A$40", 40, "AUD", "money", "a dollar with its country"),
        ("It cost RM120,000 in all.", "RM120,000", 120000, "MYR", "money", "letters as a sign"),
        ("They owe 1,200€ each.", "1,200€", 1200, "EUR", "money", "the sign behind"),
        ("A round of 20 quid was paid.", "20 quid", 20, "GBP", "money", "colloquial"),
        ("A loaf is 80p now.", "80p", 0.8, "GBP", "money", "pence are hundredths of the pound"),
        ("He wanted 20 grand for it.", "20 grand", 20000, None, "money", "money of a currency not named"),
        ("They earn £31 a year more.", "£31 a year", 31, "GBP", "money", "a rate keeps the ISO code"),
        ("A baby of 9 pounds of muscle.", "9 pounds", 9, "pound", "mass", "a weight"),
        ("Fifteen percent of voters agree.", "Fifteen percent", 15, "percent", "proportion", "in words"),
        ("It fell 3 percentage points.", "3 percentage points", 3, "percentage point", "proportion", "point"),
        ("Rates rose 25 basis points.", "25 basis points", 25, "basis point", "proportion", "basis points"),
        ("Two thirds of the public want it.", "Two thirds", 2 / 3, "fraction", "proportion", "a fraction"),
        ("One in five women waited.", "One in five", 0.2, "fraction", "proportion", "a share"),
        ("They got one hour's training.", "one hour", 1, "hour", "duration", "the genitive stays outside"),
        ("It took half an hour to come.", "half an hour", 0.5, "hour", "duration", "half of a unit"),
        ("Two years and three months in jail.", "Two years and three months", 2.25, "year", "duration", "2"),
        ("He is 5ft 6in in his socks.", "5ft 6in", 5.5, "foot", "length", "two parts glued"),
        ("The site covers 30 acres.", "30 acres", 30, "acre", "area", "an area"),
        ("He drove at 98mph.", "98mph", 98, "mile per hour", "speed", "a speed"),
        ("It was 31C in the shade.", "31C", 31, "celsius", "temperature", "a temperature"),
        ("A 40-year-old man died.", "40-year-old", 40, "year", "age", "an age"),
        ("Ann Smith, 44, was there.", "44", 44, "year", "age", "an age in apposition"),
        ("Bianca Penn, also 19, died.", "19", 19, "year", "age", "an age behind an adverb"),
        ("Zara and Tom, both 19, died.", "19", 19, "year", "age", "the age of two"),
        ("Sales were £6bn a year earlier.", "£6bn", 6e9, "GBP", "money", "a comparison, no rate"),
        ("Children under the age of 5 years.", "5 years", 5, "year", "age", "an age led by 'age of'"),
        ("It runs two gas-only plants.", "two gas-only plants", 2, "plant", "count", "hyphenated adjectives"),
        ("It hit .5 of a point.", ".5", 0.5, None, None, "a point without its zero"),
        ("It failed 252 times when tried.", "252 times", 252, "time", "count", "occurrences"),
        ("It failed three times a week.", "three times a week", 3, "time per week", "frequency", "frequency"),
        ("They missed 400,000 women.", "400,000 women", 400000, "woman", "count", "an irregular plural"),
        ("Only 1749 people were traced.", "1749 people", 1749, "person", "count", "no year"),
        ("Some 2,000 new council homes.", "2,000 new council homes", 2000, "home", "count", "adjectives"),
        ("They sacked 200 of the staff.", "200 of the staff", 200, "staff", "count", "'of the'"),
        ("Two police officers were hurt.", "Two police officers", 2, "officer", "count", "the last head"),
        ("There were 20 workers' deaths.", "20 workers' deaths", 20, "death", "count", "through a genitive"),
        ("A 12-page report came.", "12-page", 12, "page", "count", "tied by a hyphen"),
        ("Half a million people go.", "Half a million people", 5e5, "person", "count", "a scale's share"),
        ("A 3-to-1 vote decided.", "3-to-1", 3, "ratio", "ratio", "a ratio"),
        ("It has 5m users.", "5m users", 5e6, "user", "count", "British papers write m for million"),
        ("A shark 5m long bit him.", "5m", 5, "metre", "length", "unless a length is spoken of"),
        ("Two-thirds of the cells leak.", "Two-thirds", 2 / 3, "fraction", "proportion", "a hyphen in it"),
        ("It is a one-third cut.", "one-third", 1 / 3, "fraction", "proportion", "tied, so no ordinal"),
        ("A full third of pupils left.", "third", 1 / 3, "fraction", "proportion", "its number is unsaid"),
        ("One member in twelve left.", "One member in twelve", 1 / 12, "fraction", "proportion", "a noun inside"),
        ("Four nurses out of ten quit.", "Four nurses out of ten", 0.4, "fraction", "proportion", "the same"),
        ("It cost a quarter of a billion.", "a quarter of a billion", 2.5e8, None, None, "a share of a scale"),
        ("It is just 11 pc this time.", "11 pc", 11, "percent", "proportion", "the Irish per cent"),
        ("It costs two pounds and twelve pence.", "two pounds and twelve pence", 2.12, "GBP", "money", "one sum"),
        ("It costs £2 12p there.", "£2 12p", 2.12, "GBP", "money", "the same in signs"),
        ("A litre is 88 cent now.", "88 cent", 0.88, None, "money", "whose cent, only the context tells"),
        ("He paid 41 grand.", "41 grand", 41000, None, "money", "whose, only the context tells"),
        ("It has 1986 complaints waiting.", "1986 complaints", 1986, "complaint", "count", "no year: none leads"),
        ("2014 adults took part.", "2014 adults", 2014, "adult", "count", "at the head of a sentence"),
        ("It rose to 2012 complaints.", "2012 complaints", 2012, "complaint", "count", "'to' leads no year"),
        ("The trains ran a week late.", "a week", 1, "week", "duration", "how late"),
        ("They worked an extra hour.", "an extra hour", 1, "hour", "duration", "one more of them"),
        ("They sat a year and a half.", "a year and a half", 1.5, "year", "duration", "the half is of the year"),
        ("They sat two years and a half.", "two years and a half", 2.5, "year", "duration", "with a number"),
        ("It took two and three-quarter hours.", "two and three-quarter hours", 2.75, "hour", "duration", "hyphen"),
        ("They work eight hours a day.", "eight hours a day", 8, "hour", "duration", "a rate keeps its unit"),
        ("A 6-foot-11 centre.", "6-foot-11", 6 + 11 / 12, "foot", "length", "inches left unsaid"),
        ("A 6-foot-11-inch centre.", "6-foot-11-inch", 6 + 11 / 12, "foot", "length", "inches said"),
        ("He is 12 stone 4 today.", "12 stone 4", 12 + 4 / 14, "stone", "mass", "pounds left unsaid"),
        ("The 115-pound division met.", "115-pound", 115, "pound", "mass", "tied pounds are a weight"),
        ("He got a 50-pound fine.", "50-pound", 50, "GBP", "money", "unless money is spoken of"),
        ("She lost 130 pounds.", "130 pounds", 130, "pound", "mass", "a verb of weight"),
        ("It lost 130 pounds in sales.", "130 pounds", 130, "GBP", "money", "lost, but in money"),
        ("The 95,800 who lost work.", "95,800", 95800, "person", "count", "'who' makes them persons"),
    ],
)  # fmt: skip
def test_read(text: str, words: str, value: float, unit: str | None, dimension: str | None, reason: str) -> None:
    figure = only(text)
    assert (figure.text, figure.unit, figure.dimension) == (words, unit, dimension), reason
    assert figure.value == pytest.approx(value), reason
    assert figure.low == figure.high == figure.value, reason


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("It grew 10–12 per cent.", "10–12 per cent", 10, 12, "percent"),
        ("It takes between 4 and 5 days.", "4 and 5 days", 4, 5, "day"),
        ("It rose from 12 to 21 % in May.", "from 12 to 21 %", 12, 21, "percent"),
        ("It costs £20 to £30 million.", "£20 to £30 million", 2e7, 3e7, "GBP"),
        ("It costs £20-30 million.", "£20-30 million", 2e7, 3e7, "GBP"),
        ("There were 1 to 2 thousand people.", "1 to 2 thousand people", 1000, 2000, "person"),
        ("Tens of thousands of patients wait.", "Tens of thousands of patients", 1e4, 1e5, "patient"),
        ("Sizes have gone up from 27 to 34.", "from 27 to 34", 27, 34, None),
        ("They waited three or four years.", "three or four years", 3, 4, "year"),
    ],
)
def test_ranges(text: str, words: str, low: float, high: float, unit: str | None) -> None:
    figure = only(text)
    assert (figure.text, figure.value, figure.low, figure.high, figure.unit) == (words, None, low, high, unit)


def test_a_tolerance_keeps_its_value() -> None:
    figure = only("It is 40 per cent plus or minus 3.")
    assert (figure.value, figure.low, figure.high, figure.unit) == (40, 37, 43, "percent")


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("over 20 homes", ">"), ("more than 20 homes", ">"), ("at least 20 homes", ">="),
        ("no fewer than 20 homes", ">="), ("up to 20 homes", "<="), ("as many as 20 homes", "<="),
        ("no more than 20 homes", "<="), ("under 20 homes", "<"), ("fewer than 20 homes", "<"),
        ("nearly 20 homes", "~"), ("almost 20 homes", "~"), ("about 20 homes", "~"), ("some 20 homes", "~"),
        ("around 20 homes", "~"), ("only 20 homes", "="), ("just 20 homes", "="), ("exactly 20 homes", "="),
        ("a record 20 homes", "="),
        ("just over 20 homes", ">"),
        ("20 or more homes", ">="),
        ("20+ homes", ">="),
        ("more than a further 20 homes", ">"), ("over two years", ">"), ("over a million", ">"),
        ("hand over 20 leaflets", "="),
        ("complaints about 20 officers", "="),
        ("it adds up to 20 homes", "="),
        ("not more than 20 homes", "<="),
        ("fewer than two-thirds of homes", "<"), ("a good tenth of the homes", ">="),
        ("less than an hour a day", "<"), ("under an hour", "<"), ("well over a year", ">"),
    ],
)  # fmt: skip
def test_comparators(text: str, comparator: str) -> None:
    assert only(text).comparator == comparator


@pytest.mark.parametrize(
    ("text", "trend"),
    [
        ("Rents rose by 3 %.", "up"), ("Rents fell 3 %.", "down"), ("Rents fell to 3 %.", None),
        ("Rents are up 3 %.", "up"), ("Rents saw a drop of 3 %.", "down"), ("A 3 % drop in rents.", "down"),
        ("Rents rose by nearly 3 %.", "up"), ("They lost 20 games.", None), ("Rents are 3 %.", None),
        ("They rose from 3 to 5 %.", "up"), ("It adds up to 3 %.", None),
    ],
)  # fmt: skip
def test_trend(text: str, trend: str | None) -> None:
    assert only(text).trend == trend


def test_what_is_counted() -> None:
    assert only("They missed over 400,000 young women from Kent.").of == "young women"
    assert only("Some 15% of people surveyed agree.").of == "people"
    assert only("Two thirds of the public believes that.").of == "public"
    assert only("They got one hour's training.").of == "training"
    assert only("Two-thirds of the monitors failed.").of == "monitors"
    assert only("Less than an hour a day is normal.").of == "a day"
    assert [f.of for f in read_figures("Half of the combined 4.3m home sales failed.")][0] == "home sales"


def test_a_list_shares_its_unit() -> None:
    figures = read_figures("It costs £5, or eight and nine euros.")
    assert [(figure.value, figure.unit) for figure in figures] == [(5, "GBP"), (8, "EUR"), (9, "EUR")]


def test_a_level_takes_the_unit_of_the_figure_before_and_says_so() -> None:
    one, two = read_figures("There were 3.9 million homes, up from 2.4 million in May.")
    assert one.unit_stated
    assert (two.unit, two.unit_stated) == ("home", False)
    assert two.unit_reason is not None
    assert "before" in two.unit_reason


def test_persons_that_only_who_tells_are_not_stated() -> None:
    figure = only("The 95,800 who lost work are owed it.")
    assert not figure.unit_stated
    assert figure.unit_reason == "'who' stands behind it"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One nurse in four wards was ill.", ["One nurse", "four wards"]),
        ("Five people in three cars were hurt.", ["Five people", "three cars"]),
        ("They asked £2 and 12p for it.", ["£2", "12p"]),
        ("They dug 6 feet 3 times.", ["6 feet", "3 times"]),
        ("By then at this stage 4 people were dead.", ["4 people"]),
    ],
)
def test_two_figures_stay_two(text: str, words: list[str]) -> None:
    assert [figure.text for figure in read_figures(text)] == words


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a second wave and the third time", "ordinals"), ("on Channel 4 and Radio 2", "names"),
        ("with COVID-19 at GP2 on the F-16", "letters and digits"),
        ("24-hour news after 9/11", "compounds, dates"),
        ("in 1749 and since 1987", "years"), ("The 2019 accounts", "a year before a plural"),
        ("this one, one of the best, no one at all", "pronouns"),
        ("at 16:25, 7.30pm or 10 a.m.", "clock times"),
        ("on 2 July 2020 and 02/07/2020", "dates"), ("Ring 020 7946 0123 or +44 20 7946 0123", "telephones"),
        ("at 106-108 Cowley Road, OX4 1JE", "addresses"),
        ("licence CC BY-SA 4.0 and v2.1, 10.0.0.1", "versions"),
        ("see https://example.org/2020/07/15-per-cent and a.b5@example.org", "addresses of the web"),
        ("3. Read this\n(4) Read that", "numbers of a list"), ("They won 3-1 and lost 21-14", "scores"),
        ("Share this\n12 4 0\nComments", "share counters"), ("Section 12, No. 10 and page 7", "labels"),
        ("in the 1980s, on the 21st and twenty-first", "decades, ordinals"),
        ("a one-off, two-way deal", "compounds"),
        ("© 2020 The Group", "a copyright"),
        ("has type 2 diabetes, in stage 4 cancer and phase 3 trials", "grades of things"),
        ("a two-thirds majority", "a rule of voting"),
        ("A 2023 research paper said so", "a year behind an article"), ("two 2019 studies", "of several"),
        ("the 2019 complaints process", "a year before a plural that is no head"),
        ("In 1986 complaints rose", "a year behind its preposition"),
        ("worse than 2015 levels", "what years have, behind a comparison"),
        ("between 2019 and 2023", "a span of years"),
        ("he waits an hour, more than a day centre", "one of a unit that is no amount"),
        ("1200x675", "dimensions of a picture"),
        ("£££ and £ 5.5.5", "signs alone"),
    ],
)  # fmt: skip
def test_no_figure(text: str, reason: str) -> None:
    assert [figure.text for figure in read_figures(text)] == [], reason


def test_a_wrapped_line_is_one_text_and_a_short_line_is_its_own() -> None:
    wrapped = "The company had to pay back everything that it took, and that is £23\nmillion in all, it said."
    assert [figure.text for figure in read_figures(wrapped)] == ["£23\nmillion"]
    assert [figure.text for figure in read_figures("We need £23\nmillion more")] == ["£23"]


PIECES = (
    "£", "$", "5", "1,749", "2020", "million", "m", "%", "per", "cent", "to", "-", "–", "and", "half",
    "a", "of", "one",
    "in", "five", "women", "'", "s", ".", "(", ")", "rose", "by", "over", "May", "12-page", "\n",
    "\u00a0", "pounds",
    "stone", "or", "up", "from", "between", "minus", "third", "k", "3/4", "±", "year", "old",
)  # fmt: skip
HOSTILE = [
    "\ud800£5\udfff million", "5\x00million", "£" * 500, "£1" * 500, "1,2,3," * 300,
    "\u200f£23\u200f million\u200e",
    "one two three " * 200, "half a " * 200, "- - -5 -£", "tens of " * 200, "1/2/" * 100, "½½½",
    "٣٤٥ ١٢", "between 1 and",
    "minus minus minus", "a a a million and", "'" * 100, "5 or more", "£", "1-", "5 %%%", "to 5 to 6 to",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_any_string_is_read(text: str) -> None:
    end = 0
    for figure in read_figures(text):
        assert text[figure.start : figure.end] == figure.text
        assert figure.start >= end
        end = figure.end
    read_deadlines(text)
    currency_hints(text)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(PIECES),
            st.text(max_size=4),
        ),
        max_size=25,
    )
)
def test_figures_lie_in_order_and_carry_their_own_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    figures = read_figures(text)
    assert all(text[figure.start : figure.end] == figure.text and figure.text for figure in figures)
    assert all(one.end <= two.start for one, two in zip(figures, figures[1:], strict=False))
    assert figures == read_figures(text)


def _steps(text: str) -> int:
    """The Python calls that reading takes: the same on every machine, however busy."""
    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(tick)
    try:
        read_figures(text)
    finally:
        sys.setprofile(None)
    return count


def _seconds(text: str) -> float:
    # The least of three: other work on the machine only ever adds.
    times = []
    for _ in range(3):
        begun = time.process_time()
        read_figures(text)
        times.append(time.process_time() - begun)
    return min(times)


PRESSED = "They paid £5m, 12 per cent, in May. "


@pytest.mark.parametrize("piece", ["7", "£", "£1", "5 or 6 to ", "a ", "\n", "1 1/2 ", "half a ", PRESSED])
def test_the_steps_grow_with_the_text(piece: str) -> None:
    text = (piece * 6_000)[:6_000]
    assert _steps(text * 2) <= 2.1 * _steps(text) + 100


@pytest.mark.parametrize("piece", ["7", "£", "7.", "a-", "a@", "+4 ", "www.", "\n", " \n", "in 2018 ", PRESSED])
def test_the_patterns_are_linear(piece: str) -> None:
    # Four times the text takes four times as long; a quadratic pattern takes sixteen.
    text = (piece * 30_000)[:30_000]
    assert _seconds(text * 4) <= 9 * _seconds(text) + 0.1


DOUBTS = [
    ("It cost 19\u00b72 million pounds.", [(1.92e7, 1.92e7, "=")], "the raised point of British print"),
    ("They spent between £2 and £3 billion.", [(2e9, 3e9, "=")], "one scale word for both ends"),
    ("It paid £22.9m plus £3.7m costs.", [(2.29e7, 2.29e7, "="), (3.7e6, 3.7e6, "=")], "plus adds"),
    ("Between 2010 and 2013 staff falsified it.", [], "years are no count of staff"),
    ("The death toll rose by 12 to 340.", [(12, 12, "="), (340, 340, "=")], "a rise and where it led are no range"),
    ("Serco was fined £5m at the very least.", [(5e6, 5e6, ">=")], "a bound behind the figure"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), DOUBTS, ids=[reason for _, _, reason in DOUBTS])
def test_second_thoughts(text: str, expected: list[tuple[float, float, str]], reason: str) -> None:
    assert [(f.low, f.high, f.comparator) for f in read_figures(text)] == expected, reason
