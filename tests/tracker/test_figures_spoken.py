"""Figures as they are spoken and shortened: rows of a sentence, (words, value, unit, comparator), the reason."""

import time

import pytest

from tracker.reading.figures import read_figures

Read = tuple[str, float | tuple[float, float], str | None, str]

SCALES: tuple[tuple[str, list[Read], str], ...] = (
    ("Repairs cost £3.5 mill.", [("£3.5 mill", 3.5e6, "GBP", "=")], "a scale cut short"),
    ("Repairs cost £3.5mil.", [("£3.5mil", 3.5e6, "GBP", "=")], "glued"),
    ("The 6 mill owners met.", [("6 mill owners", 6, "owner", "=")], "mills without money are mills"),
    ("It costs £.4m to run.", [("£.4m", 4e5, "GBP", "=")], "without its zero"),
    ("Eggs are $.75 each.", [("$.75", 0.75, "USD", "=")], "and in cents"),
    ("Hundred and sixty thousand pounds went.",
     [("Hundred and sixty thousand pounds", 160_000, "GBP", "=")], "a transcript's bare hundred"),
    ("Thousand and two letters came.", [("Thousand and two letters", 1002, "letter", "=")], "a bare thousand"),
    ("We saw 2 700 people.", [("2 700 people", 2700, "person", "=")], "a group before what is counted"),
    ("A pipe of 1 350 km.", [("1 350 km", 1350, "kilometre", "=")], "and before a unit"),
    ("In Ward 4 310 people voted.", [("310 people", 310, "person", "=")], "a name's number is no group"),
    ("It has 30 747 jets.", [("747 jets", 747, "jet", "=")], "nor is a model's"),
    ("They built three, four thousand sheds.",
     [("three, four thousand sheds", (3000, 4000), "shed", "=")], "a guess shares its scale"),
    ("They want 8, 9 and 11 million euros.",
     [("8", 8e6, "EUR", "="), ("9", 9e6, "EUR", "="), ("11 million euros", 1.1e7, "EUR", "=")], "so does a list"),
    ("She raised 4 million and 30 shops closed.",
     [("4 million", 4e6, None, "="), ("30 shops", 30, "shop", "=")], "so far apart nothing is shared"),
    ("It lost 1.1 million and 900,000 users.",
     [("1.1 million", 1.1e6, "user", "="), ("900,000 users", 9e5, "user", "=")], "as it is where they are near"),
)  # fmt: skip

VAGUE: tuple[tuple[str, list[Read], str], ...] = (
    ("Several hundred sheep died.", [("Several hundred sheep", (100, 1000), "sheep", "=")], "its size to ten times"),
    ("A few thousand pounds went.", [("few thousand pounds", (1e3, 1e4), "GBP", "=")], "of a few as well"),
    ("It left scores of boats adrift.", [("scores of boats", (20, 200), "boat", "=")], "twenties"),
    ("The test scores of girls rose.", [], "marks"),
    ("Thirty-odd shops shut.", [("Thirty-odd shops", 30, "shop", "~")], "the noun behind odd"),
    ("After a 30-odd-year wait.", [("30-odd-year", 30, "year", "~")], "tied to its unit"),
    ("It cost £40-odd million.", [("£40-odd million", 4e7, "GBP", "~")], "and before its scale"),
    ("Fifty-something days on.", [("Fifty-something days", 50, "day", "~")], "something is so too"),
    ("A thirty-something baker.", [], "an age that is no number of anything"),
    ("Nearly a third work nights.", [("a third", 1 / 3, "fraction", "~")], "a share led by its comparator"),
    ("Over a third term he aged.", [], "an ordinal all the same"),
    ("One in every hundred fails.", [("One in every hundred", 0.01, "fraction", "=")], "the hundred of a share"),
    ("It passed by 61 to 9 per cent.",
     [("61", 61, "percent", "="), ("9 per cent", 9, "percent", "=")], "two shares of a vote"),
    ("Rules of one sort or another.", [], "no amount, and no unit 'or'"),
)  # fmt: skip

PARTS: tuple[tuple[str, list[Read], str], ...] = (
    ("She won in 3hr 15min 36sec.", [("3hr 15min 36sec", 3.26, "hour", "=")], "three parts"),
    ("It took 1 hour, 30 minutes and 36 seconds.",
     [("1 hour, 30 minutes and 36 seconds", 1.51, "hour", "=")], "with a comma, for the third shows them one"),
    ("He served two years, six months.",
     [("two years", 2, "year", "="), ("six months", 6, "month", "=")], "two parts with a comma may be two"),
    ("A race of 3 miles 2 furlongs.", [("3 miles 2 furlongs", 3.25, "mile", "=")], "furlongs"),
    ("The chase is 3m 4f.", [("3m 4f", 3.5, "mile", "=")], "by their letters"),
    ("He ran it in 3m 30s.", [("3m 30s", 3.5, "minute", "=")], "minutes before seconds"),
    ("It is between minus 4 and plus 6 degrees.",
     [("minus 4 and plus 6 degrees", (-4, 6), "degree", "=")], "above zero in words"),
    ("A half-hour wait.", [("half-hour", 0.5, "hour", "=")], "half of a unit"),
    ("Buses go every half-hour.", [], "how often"),
    ("Tea is a dollar fifty cents.", [("a dollar fifty cents", 1.5, "USD", "=")], "one and its hundredths"),
    ("The hut was sold for a pound.", [("a pound", 1, "GBP", "=")], "a price"),
    ("He sold it for a pound of nails.", [], "a weight"),
    ("She never paid a dollar.", [], "a manner of speaking"),
    ("Entry costs a fiver.", [("a fiver", 5, None, "=")], "a note, whose country the context gives"),
    ("He lost two tenners.", [("two tenners", 20, None, "=")], "two notes"),
)  # fmt: skip

AGES: tuple[tuple[str, list[Read], str], ...] = (
    ("The men, aged 21, 34 and 40, left.",
     [("21", 21, "year", "="), ("34", 34, "year", "="), ("40", 40, "year", "=")], "each of the list"),
    ("Two boys, 13 and 14, swam.",
     [("Two boys", 2, "boy", "="), ("13", 13, "year", "="), ("14", 14, "year", "=")], "behind the persons"),
    ("Two men, 13 officers and 14 dogs ran.",
     [("Two men", 2, "man", "="), ("13 officers", 13, "officer", "="), ("14 dogs", 14, "dog", "=")], "no ages"),
    ("A woman of 83 fell.", [("83", 83, "year", "=")], "of her years"),
    ("A father of 3 fell.", [("3", 3, None, "=")], "of his children"),
    ("He retired at 59.", [("59", 59, "year", "=")], "when one retires"),
    ("She died at 10 on Sunday.", [("10", 10, None, "=")], "a time"),
    ("Most are 16- to 19-year-olds.", [("16- to 19-year-olds", (16, 19), "year", "=")], "a hyphen that hangs"),
    ("The 35-44 age group voted.", [("35-44 age group", (35, 44), "year", "=")], "a group of ages"),
    ("Three age groups voted.", [("Three age groups", 3, "group", "=")], "groups are counted"),
    ("His nephew and his sister, three, ate.", [("three", 3, "year", "=")], "an age in words"),
    ("PC 2210 Marsh came.", [], "an officer's number"),
)  # fmt: skip

ROWS = SCALES + VAGUE + PARTS + AGES


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[text for text, _, _ in ROWS])
def test_read(text: str, expected: list[Read], reason: str) -> None:
    found = [
        (f.text, (f.low, f.high) if f.value is None else f.value, f.unit, f.comparator) for f in read_figures(text)
    ]
    assert [(words, unit, sign) for words, _, unit, sign in found] == [
        (words, unit, sign) for words, _, unit, sign in expected
    ], reason
    assert [value for _, value, _, _ in found] == [pytest.approx(value) for _, value, _, _ in expected], reason


@pytest.mark.parametrize(
    "piece",
    ["aged 5, ", "two boys, 5 and ", "several hundred ", "thousand and ", "hundred and ", "scores of ", "2 hours ",
     "3 hours, ", "a dollar twenty ", "30-odd ", "1 500 people ", "5, 6 million, ", "two, three hundred, "],
)  # fmt: skip
def test_spoken_figures_are_read_in_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        read_figures(piece * times)
        return time.process_time() - began

    seconds(10)
    small = min(seconds(400) for _ in range(2))
    assert min(seconds(1600) for _ in range(2)) < 4 * 2.5 * max(small, 0.01)
