"""Changes: from one level to another, and how much; rows of (sentence, trends), each with its reason."""

from __future__ import annotations

import pytest

from tracker.judging.interval import Agreement, agreement
from tracker.reading.figures import read_figures

LEVELS = [
    ("Takings slid from £7.4m to £6.9m.", 6.9e6, 7.4e6, "down", "a verb of falling"),
    ("The toll was raised from £3 to £4.", 3, 4, "up", "'raised' is a rise too"),
    ("Membership has trebled from 300 to 900.", 300, 900, "up", "a verb of multiples"),
    ("Staffing halved from 46 to 23.", 23, 46, "down", "the same downwards"),
    ("The bank revised its estimate from 4 per cent to 2 per cent.", 2, 4, "down", "the levels say which way"),
    ("The bank revised its estimate from 2 per cent to 4 per cent.", 2, 4, "up", "the same upwards"),
    ("Police want a drop from 50mph to 30mph.", 30, 50, "down", "a noun"),
    ("There was a rise in fares from £2 to £3.", 2, 3, "up", "a noun with what changed between"),
    ("The fee is up from £8,150 to £8,420.", 8150, 8420, "up", "an adverb"),
    ("A pint goes from £4 to £5.", 4, 5, "up", "a verb of movement"),
    ("Support went 44 per cent to 37 per cent.", 37, 44, "down", "without 'from'"),
    ("They would take the rate from 25 to 30 per cent.", 25, 30, "up", "a carrier with its object"),
    ("Rates rose by a third, from £600 to £800.", 600, 800, "up", "behind the size and a comma"),
    ("From £11m to £8m in two seasons.", 8e6, 1.1e7, "down", "falling needs no verb"),
    ("The 50mph to 30mph cut is disliked.", 30, 50, "down", "the noun behind"),
    ("Fares range from £2 to £3.", 2, 3, None, "a range"),
    ("Fares vary from £3 to £2.", 2, 3, None, "a range, the larger first"),
    ("Fares cost from £2 to £3.", 2, 3, None, "a price"),
    ("The fare is between £2 and £3.", 2, 3, None, "between"),
    ("They earn from £13 to £16 an hour.", 13, 16, None, "pay"),
    ("It is for pupils aged from 6 to 8.", 6, 8, None, "ages"),
    ("Queues of anywhere from 2 to 4 hours.", 2, 4, None, "anywhere"),
    ("It takes from 2 to 4 hours.", 2, 4, None, "'takes' without an object"),
    ("From 2 to 4 hours.", 2, 4, None, "no verb at all"),
    ("Sales rose as it let flats from £600 to £800.", 600, 800, None, "the verb of another clause"),
    ("Rising demand for flats from £600 to £800.", 600, 800, None, "an adjective of something else"),
    ("Turnover will grow from 12.5 to 14-16 million.", 1.25e7, 1.6e7, "up", "the scale stands for all three"),
    ("The club raises £2m to £3m a year.", 2e6, 3e6, None, "who raises money does not change it"),
]


@pytest.mark.parametrize(("text", "low", "high", "trend", "reason"), LEVELS, ids=[row[-1] for row in LEVELS])
def test_levels(text: str, low: float, high: float, trend: str | None, reason: str) -> None:
    found = [f for f in read_figures(text) if f.low != f.high]
    assert [(f.value, f.low, f.high, f.trend) for f in found] == [
        (None, pytest.approx(low), pytest.approx(high), trend)
    ], reason


SIZES: list[tuple[str, list[str | None], str]] = [
    ("The plan to increase fares was opposed by 71 per cent.", [None], "who opposed it"),
    ("The rise was opposed by 71 per cent of members.", [None], "the same of a noun"),
    ("The cut was signed off by four governors.", [None], "a participle with its particle"),
    ("The slump was caused by 12 closures.", [None], "the cause"),
    ("The fall was followed by two days of calm.", [None], "what came next"),
    ("The fall, led by 20 per cent of traders, went on.", [None], "an irregular participle"),
    ("The jump over six years is clear.", [None], "how long it took"),
    ("Snow fell over two days.", [None], "the same with a verb"),
    ("The farm was cut off by 12 feet of water.", [None], "cut off is no fall"),
    ("Turnout fell off by 12 per cent.", ["down"], "fell off is one"),
    ("They climbed 4 peaks.", [None], "what was climbed"),
    ("They climbed 4 places.", ["up"], "places of a table"),
    ("A jaw-dropping 30 per cent agreed.", [None], "tied by a hyphen"),
    ("He was raised by two uncles.", [None], "a childhood"),
    ("The matter was raised by 40 per cent of members.", [None], "a question"),
    ("It raised £6m.", [None], "money that was collected"),
    ("Spirits were lifted by three goals.", [None], "what lifted them"),
    ("The bank raised rates by 50 basis points.", ["up"], "raise with by"),
    ("Rates were raised by 50bp.", ["up"], "the same in the passive"),
    ("The payout was raised 4%.", ["up"], "without 'by'"),
    ("The mill increased wages 6 per cent.", ["up"], "over the object"),
    ("The mill cut its prices 6 per cent.", ["down"], "the same with a determiner"),
    ("The mill gained support among 6 per cent.", [None], "a preposition between"),
    ("They cut the days lost by 6 per cent.", ["down"], "a participle that only describes"),
    ("The gap has narrowed by three points.", ["down"], "narrowed"),
    ("The gap has widened by three points.", ["up"], "widened"),
    ("It was a narrow 3 point win.", [None], "an adjective"),
    ("Nurses won a 14 per cent wage rise.", ["up"], "one noun between"),
    ("They face a £30 rent increase.", ["up"], "the same of a sum"),
    ("Some 14 per cent fear cuts.", [None], "a verb between"),
    ("It saw an increase of between 3 and 6 per cent.", ["up"], "of between"),
    ("She lost two stone.", ["down"], "a body's weight"),
    ("They lost two tonnes of grain.", [None], "a thing's weight"),
    ("The index lost 1.4 per cent, or 96 points.", ["down", "down"], "an apposition"),
    ("Shares lost 3 per cent, or £2m.", ["down", "down"], "a sum behind its share"),
    ("The index fell from 96 to 90 points (88 points at noon).", ["down", None], "a level is no size"),
]


@pytest.mark.parametrize(("text", "trends", "reason"), SIZES, ids=[row[-1] for row in SIZES])
def test_sizes(text: str, trends: list[str | None], reason: str) -> None:
    assert [f.trend for f in read_figures(text)] == trends, reason


def test_the_size_of_a_rise_is_no_level() -> None:
    level, size = (read_figures(f"It rose {word} 10 to 15 per cent.")[0] for word in ("from", "by"))
    now, between = (read_figures(text)[0] for text in ("It is 15 per cent.", "It is 12 per cent."))
    assert (level.text, size.text) == ("from 10 to 15 per cent", "10 to 15 per cent")
    assert agreement(level, now) is Agreement.AGREE
    assert agreement(level, between) is Agreement.CONFLICT
    assert agreement(size, now) is Agreement.NOT_COMPARABLE
