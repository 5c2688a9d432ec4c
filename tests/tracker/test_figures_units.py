"""Measures as papers write them: every unit of the table in a sentence, and rows where signs clash."""

from __future__ import annotations

import pytest

from tracker.reading.figures import read_figures
from tracker.reading.units import load_table

TABLE = load_table("units.toml")

Measure = tuple[str, float | None, str | None, str | None]


def measures(text: str) -> list[Measure]:
    return [(f.text, f.value, f.unit, f.dimension) for f in read_figures(text)]


@pytest.mark.parametrize("name", TABLE)
def test_every_entry_is_read_as_its_own(name: str) -> None:
    table = TABLE[name]
    unit, value, dimension = table.get("unit", name), 7 * table.get("factor", 1), table.get("dimension")
    for words in table.get("words", ()):
        for number in ("7", "seven"):
            assert measures(f"It came to {number} {words} in all.") == [(f"{number} {words}", value, unit, dimension)]
        if "%" not in words and "°" not in words and "º" not in words:
            tied = "7-" + words.replace(" ", "-")
            assert measures(f"It was a {tied} thing.") == [(tied, value, unit, dimension)]
    for sign in table.get("signs", ()):
        # "7m" is seven million in a British paper.
        written = "7 m" if sign == "m" else f"7{sign}"
        assert measures(f"It came to {written} in all.") == [(written, value, unit, dimension)]


ROWS: tuple[tuple[str, list[Measure], str], ...] = (
    ("It needs 5m bricks and £5m.", [("5m bricks", 5e6, "brick", "count"), ("£5m", 5e6, "GBP", "money")], "millions"),
    ("A 5m deep hole beside a 2m-high wall.",
     [("5m", 5, "metre", "length"), ("2m", 2, "metre", "length")], "metres before the words of lengths"),
    ("He is 6ft 2in (1.88m) and it is 37m (121ft) long.",
     [("6ft 2in", 6 + 2 / 12, "foot", "length"), ("1.88m", 1.88, "metre", "length"), ("37m", 37, "metre", "length"),
      ("121ft", 121, "foot", "length")], "metres beside feet in brackets"),
    ("Waves of 5m, a depth of 20m and within 100m of the shore; 2h 30m later.",
     [("5m", 5, "metre", "length"), ("20m", 20, "metre", "length"), ("100m", 100, "metre", "length"),
      ("2h 30m", 2.5, "hour", "duration")], "extents, and minutes behind hours"),
    ("Half a cup of milk.", [("Half a cup", 0.5, "cup", "count")], "half of a portion in words"),
    ("It has 3 C grades, 20 V 20 games and 5 cm/second.",
     [("3 C grades", 3, "grade", "count"), ("20", 20, None, None), ("20 games", 20, "game", "count"),
      ("5 cm/second", 5, "centimetre per second", "speed")], "letters that are marks, and a rate behind a stroke"),
    ("She ran the 400m in 52 seconds.", [("400m", 400, "metre", "length"), ("52 seconds", 52, "second", "duration")],
     "the distance of a race"),
    ("It gave the 400m people a vote.", [("400m people", 4e8, "person", "count")], "four hundred million"),
    ("He weighs 12st 4lb, was 21st 3lb and came 21st.",
     [("12st 4lb", 12 + 4 / 14, "stone", "mass"), ("21st 3lb", 21 + 3 / 14, "stone", "mass")], "stones and an ordinal"),
    ("It was 20C, 40 °C and 50 deg; the 4 C's.",
     [("20C", 20, "celsius", "temperature"), ("40 °C", 40, "celsius", "temperature"),
      ("50 deg", 50, "degree", "temperature"), ("4", 4, None, None)], "degrees, and a letter in the genitive"),
    ("Highs of 31 deg celsius and thirty celcius.",
     [("31 deg celsius", 31, "celsius", "temperature"), ("thirty celcius", 30, "celsius", "temperature")],
     "short and misspelt"),
    ("She lives at 3170 W. Elm Road with a 60 W bulb.",
     [("3170", 3170, None, None), ("60 W", 60, "watt", None)], "a point of the compass"),
    ('He said "we saw 40" of a 12" pipe.', [("40", 40, None, None), ('12"', 12, "inch", "length")],
     "the end of a quotation is no inch"),
    ('A width="12" and 9" nails.', [("12", 12, None, None), ('9"', 9, "inch", "length")], "an attribute of a page"),
    ("It was 40 ° C and -7° Celsius.",
     [("40 ° C", 40, "celsius", "temperature"), ("-7° Celsius", -7, "celsius", "temperature")], "the sign apart"),
    ("It burnt 100t of coal; he owns 3 t shirts.",
     [("100t", 100, "tonne", "mass"), ("3 t shirts", 3, "shirt", "count")], "tonnes glued to their number"),
    ("A 10.85 PB and 650 MPs; a 48MP lens.",
     [("10.85", 10.85, None, None), ("650 MPs", 650, "MP", "count"), ("48MP", 48, "megapixel", None)],
     "a personal best, members of parliament and pixels"),
    ("Six yo-yos and an 87 yo man.", [("Six yo-yos", 6, "yo", "count"), ("87 yo", 87, "year", "age")], "toys and ages"),
    ("A 40-year-old, aged 6 months, in her 40s; under-fives.",
     [("40-year-old", 40, "year", "age"), ("6 months", 6, "month", "age")], "ages, and none that is exact"),
    ("It rose 2pp, 0.5 of a percentage point, 25 basis points and 3 per cent.",
     [("2pp", 2, "percentage point", "proportion"),
      ("0.5 of a percentage point", 0.5, "percentage point", "proportion"),
      ("25 basis points", 25, "basis point", "proportion"), ("3 per cent", 3, "percent", "proportion")],
     "points are no per cent"),
    ("A seven-percentage-point lead, 7 % points.",
     [("seven-percentage-point", 7, "percentage point", "proportion"),
      ("7 % points", 7, "percentage point", "proportion")],
     "the longer name"),
    ("A 200,000-square-foot shed and a 60-mile-an-hour gale.",
     [("200,000-square-foot", 200_000, "square foot", "area"), ("60-mile-an-hour", 60, "mile per hour", "speed")],
     "names tied by hyphens"),
    ("She wants four more years, 670+ days and ten happy years.",
     [("four more years", 4, "year", "duration"), ("670+ days", 670, "day", "duration"),
      ("ten happy years", 10, "year", "duration")], "time with an adjective lasts"),
    ("One of those nights was cold.", [("One of those nights", 1, "night", "count")], "one of several is counted"),
    ("Cases fell to 31 per 100,000 people from 12 deaths per million.",
     [("31 per 100,000 people", 31, "per 100,000 people", "ratio"),
      ("12 deaths per million", 12, "death per million", "ratio")], "so many in many"),
    ("They use 5 litres per 100km.", [("5 litres per 100km", 5, "litre per 100km", "volume")], "per a measure"),
    ("It emits 5 tonnes of CO2 and 12 MtCO2e.",
     [("5 tonnes", 5, "tonne", "mass"), ("12 MtCO2e", 12, "megatonne", "mass")], "emissions"),
    ("It pumps 1.2m bpd and 50bcm of gas.",
     [("1.2m bpd", 1.2e6, "barrel per day", "volume"), ("50bcm", 5e10, "cubic metre", "volume")], "oil and gas"),
    ("It grew 60 bushels an acre.", [("60 bushels an acre", 60, "bushel per acre", "volume")], "a yield"),
    ("Add 1/2 cup of milk.", [("1/2 cup", 0.5, "cup", "count")], "half of a portion"),
    ("He lifted 110 pounds (50kg), the baby was just five pounds.",
     [("110 pounds", 110, "pound", "mass"), ("50kg", 50, "kilogram", "mass"), ("five pounds", 5, "pound", "mass")],
     "pounds of weight"),
    ("Rent dropped 25 pounds.", [("25 pounds", 25, "GBP", "money")], "pounds of money"),
    ("It went on for one mile; that one mile was hard.",
     [("one mile", 1, "mile", "length"), ("one mile", 1, "mile", "length")], "one of a measure behind a pointer"),
    ("A 13W-2L record and part 1234-L.", [], "letters of records and of parts"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[reason for _, _, reason in ROWS])
def test_measures(text: str, expected: list[Measure], reason: str) -> None:
    found = measures(text)
    assert [(words, unit, dimension) for words, _, unit, dimension in found] == [
        (words, unit, dimension) for words, _, unit, dimension in expected
    ], reason
    assert [value for _, value, _, _ in found] == pytest.approx([value for _, value, _, _ in expected]), reason


def test_what_is_emitted_is_named() -> None:
    assert [figure.of for figure in read_figures("It emits 5 tonnes of CO2 a year.")] == ["CO2"]
