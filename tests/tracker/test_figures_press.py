"""Figures as papers write them: rows of a sentence, what must be read in it, and the reason for the row."""

from __future__ import annotations

import pytest

from tracker.reading.figures import read_figures

#: Sentence, (words, value, unit, of, comparator) of each figure, reason.
ROWS: tuple[tuple[str, list[tuple[str, float, str | None, str | None, str]], str], ...] = (
    ("One of the firm's depots shut.", [("One of the firm's depots", 1, "depot", "firm's depots", "=")], "one of some"),
    ("It is one of Harlow's oldest mills.", [("one of Harlow's oldest mills", 1, "mill", "Harlow's oldest mills", "=")],
     "of somebody's"),
    ("No one of them, any one of the nurses and this one.", [], "pronouns all the same"),
    ("Two of her clerks left.", [("Two of her clerks", 2, "clerk", "clerks", "=")], "some of hers"),
    ("They took a PS6m loan (PS21,700 a week).",
     [("PS6m", 6e6, "GBP", None, "="), ("PS21,700 a week", 21_700, "GBP", "a week", "=")], "the pound sign made ASCII"),
    ("He sold a PS5 and a PS4.", [], "things named in letters and a digit"),
    ("We had a four course dinner.", [("four course", 4, "course", "course dinner", "=")], "an attribute and its noun"),
    ("Jane Penn 44 has moved.", [("44", 44, "year", None, "=")], "an age whose commas were lost"),
    ("Boeing 787 has flown.", [], "one name and a number"),
    ("Light makes about 3 × 10^8 metres.", [("3 × 10^8 metres", 3e8, "metre", None, "~")], "a power of ten"),
    ("It spent 280 million of the 1.5 billion shekels.",
     [("280 million", 2.8e8, "ILS", None, "="), ("1.5 billion shekels", 1.5e9, "ILS", None, "=")], "a part of a sum"),
    ("Sam Penn (4) scored.", [], "the number of a shirt"),
    ("It is over 400 women (12 of them nurses).",
     [("400 women", 400, "woman", "women", ">"), ("12", 12, None, None, "=")], "a bracket of another count"),
    ("It held under 9 ksi (62 MPa).",
     [("9 ksi", 9, "kilopound per square inch", None, "<"), ("62 MPa", 62, "megapascal", None, "<")],
     "the same amount again in other units"),
    ("She averaged 15.3 ppg and 7.4 rpg.",
     [("15.3 ppg", 15.3, "point per game", None, "="), ("7.4 rpg", 7.4, "rebound per game", None, "=")], "sport"),
    ("Two V-6 motors run.", [("Two V-6 motors", 2, "motor", "V-6 motors", "=")], "a thing whose name has a number"),
    ("One of the port's pilots resigns.", [("One of the port's pilots", 1, "pilot", "port's pilots", "=")],
     "a verb in the singular behind a plural"),
    ("One of our sales agents left.", [("One of our sales agents", 1, "agent", "sales agents", "=")],
     "a plural that belongs to the noun behind it"),
    ("Get the Window 11 PC, say 12 pc.", [("12 pc", 12, "percent", None, "=")], "a computer and a percentage"),
    ("Their life expectancy is around 71.", [("71", 71, "year", None, "~")], "an age without its unit"),
    ("The state pension age will rise to 67.", [("67", 67, "year", None, "=")], "an age that rises"),
    ("At this age she scored 67.", [("67", 67, None, None, "=")], "no age at all"),
    ("A share fell 68 p to 240 p in Leeds.", [("68 p", 0.68, "GBP", None, "="), ("240 p", 2.4, "GBP", None, "=")],
     "pence apart from their number"),
    ("Oil fell by 2 per cent and gas fell by 1.",
     [("2 per cent", 2, "percent", None, "="), ("1", 1, "percent", None, "=")],
     "the size of two changes, the unit said once"),
    ("The 40 lost 1% to 90 points, the 60 lost 2% to 81.5.",
     [("40", 40, None, None, "="), ("1%", 1, "percent", None, "="), ("90 points", 90, "point", "points", "="),
      ("60", 60, None, None, "="), ("2%", 2, "percent", None, "="), ("81.5", 81.5, "point", "points", "=")],
     "two levels of an index, the unit said once"),
    ("Bell, 58, said it in Room, 12, on Monday.", [("58", 58, "year", None, "="), ("12", 12, None, None, "=")],
     "an age behind a surname, and a number behind a label"),
    ("Age: 19, Goalkeeper", [("19", 19, "year", None, "=")], "an age in a list of facts"),
    ("Of children under 16 and those 65 and over, 40 spoke.", [
      ("16", 16, "year", None, "<"), ("65", 65, "year", None, ">="), ("40", 40, None, None, "="),
     ], "ages that part people"),
    ("It told people over 40 times.", [("40 times", 40, "time", None, ">")], "no age, but a count"),
    ("It fell 102.2 points, or 0.4%, to 7,934.",
     [("102.2 points", 102.2, "point", "points", "="), ("0.4%", 0.4, "percent", None, "="),
      ("7,934", 7934, "point", "points", "=")], "the level that a change in points led to"),
    ("Nine of its 36 wards shut.", [("Nine", 9, "ward", "wards", "="), ("36 wards", 36, "ward", "wards", "=")],
     "some of a number of things"),
    ("Six of the seven trusts and 180 of the city's 1,000 beds.",
     [("Six", 6, "trust", "trusts", "="), ("seven trusts", 7, "trust", "trusts", "="), ("180", 180, "bed", "beds", "="),
      ("1,000 beds", 1000, "bed", "beds", "=")], "some of a number, in words and of somebody's"),
    ("Two of five pilots flew, 20 of the 12 did not.",
     [("Two", 2, "pilot", "pilots", "="), ("five pilots", 5, "pilot", "pilots", "="), ("20", 20, None, None, "="),
      ("12", 12, None, None, "=")], "no part is larger than the whole"),
    ("We heard from 100 US towns and 12 IT workers.",
     [("100 US towns", 100, "town", "US towns", "="), ("12 IT workers", 12, "worker", "IT workers", "=")],
     "names that are stop words in small letters"),
    ("They made 13,000 false or misleading claims.",
     [("13,000 false or misleading claims", 13_000, "claim", "false or misleading claims", "=")], "a noun like a verb"),
    ("The side had 14 wins.", [("14 wins", 14, "win", "wins", "=")], "no plural goes with a verb in -s"),
    ("The Foxley 100 falls.", [], "a verb behind a name"),
    ("He was 8-for-17 and 6-of-10.", [], "scores of the court"),
    ("A 4K screen for £4K.", [("£4K", 4000, "GBP", None, "=")], "columns of dots, and thousands of pounds"),
    ("Seven-in-10 carers agree.", [("Seven-in-10", 0.7, "fraction", "carers", "=")], "a share with hyphens"),
    ("The two left.", [], "persons"),
    ("We saw three 20-litre drums and two 40-year-old women.",
     [("three", 3, "drum", "20-litre drums", "="), ("20-litre", 20, "litre", None, "="),
      ("two", 2, "woman", "40-year-old women", "="), ("40-year-old", 40, "year", None, "=")],
     "things that a figure describes"),
    ("She printed 20 12-page leaflets for two £5 notes.",
     [("20", 20, "leaflet", "12-page leaflets", "="), ("12-page", 12, "page", "page", "="),
      ("two", 2, "note", "£5 notes", "="), ("£5", 5, "GBP", None, "=")], "digits before digits, and money"),
    ("At the 7-Eleven it was buy one, get one free.", [], "a name, and a pronoun"),
    ("Leg one finished late, by a quarter to three.", [], "a label, and a clock"),
    ("One injured man left.", [("One injured man", 1, "man", "injured man", "=")], "a verb at the end of a phrase"),
    ("It shut between junctions 10 and 11 (paragraphs 2.4 to 2.9).", [], "labels of a range"),
    ("It is 40 per cent of 1990 levels.", [("40 per cent", 40, "percent", "levels", "=")], "the levels of a year"),
    ("She took the 8.42 to Marsden for the 3.15 at Harlow.", [], "a train and a race"),
    ("Harlow 24 Marsden 18", [], "a result"),
    ("He took 24 Marsden fans.", [("24 Marsden fans", 24, "fan", "Marsden fans", "=")], "no result"),
    ("A three-line whip and ten-pin bowling.", [], "names of things"),
)  # fmt: skip


def test_changes_in_brackets_behind_percentages() -> None:
    found = read_figures("Red leads on 45% (+2), Blue has 24% (-1) and 300 votes (+9).")
    read = [(figure.value, figure.unit, figure.unit_stated, figure.trend) for figure in found]
    assert read[1] == (2, "percentage point", False, "up")
    assert read[3] == (1, "percentage point", False, "down")
    assert read[5][1] is None


def test_a_change_whose_verb_is_left_out() -> None:
    found = read_figures("Barr fell 2.3%, Corley by 2.6% and Dunmore rose 3%, while 4% stayed.")
    assert [figure.trend for figure in found] == ["down", "down", "up", None]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[reason for _, _, reason in ROWS])
def test_read(text: str, expected: list[tuple[str, float, str | None, str | None, str]], reason: str) -> None:
    found = [(f.text, f.value, f.unit, f.of, f.comparator) for f in read_figures(text)]
    assert found == expected, reason
