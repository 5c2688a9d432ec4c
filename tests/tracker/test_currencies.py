"""Money: every entry of the table in a sentence of its own, and sums as papers write them."""

from __future__ import annotations

import pytest

from tracker.reading.figure_tokens import word_set
from tracker.reading.figures import read_figures
from tracker.reading.units import SPELLED_CODES, currency_of_country, load_table

TABLE = load_table("currencies.toml")
#: What money was called in 2025 by ISO 4217, funds and metals left out.
IN_USE = word_set(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP"
    " CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF"
    " IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD"
    " MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB"
    " RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU"
    " UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)

Sum = tuple[str, float | None, str | None]


def sums(text: str) -> list[Sum]:
    return [(f.text, f.value, f.unit) for f in read_figures(text) if f.dimension == "money"]


def test_every_currency_in_use_is_known() -> None:
    assert [code for code in sorted(IN_USE) if code not in TABLE] == []


def test_no_name_stands_for_two_currencies() -> None:
    for field in ("words", "signs", "minor"):
        names = [
            name.lower() if field != "signs" else name for table in TABLE.values() for name in table.get(field, ())
        ]
        assert len(names) == len(set(names)), field


@pytest.mark.parametrize("code", TABLE)
def test_every_entry_is_read_as_its_own(code: str) -> None:
    table = TABLE[code]
    for name in table.get("words", ()):
        for number in ("7", "seven"):
            assert sums(f"It cost {number} {name} in all.") == [(f"{number} {name}", 7.0, code)]
    for sign in table.get("signs", ()):
        assert sums(f"It cost {sign}1,500 in all.") == [(f"{sign}1,500", 1500.0, code)]
    for name in table.get("minor", ()):
        for number in ("7", "seven"):
            assert sums(f"It cost {number} {name} in all.") == [(f"{number} {name}", 0.07, code)]


@pytest.mark.parametrize("code", [code for code in TABLE if code not in ("ALL", "TOP")])
def test_every_code_is_read_before_and_behind_its_sum(code: str) -> None:
    for written in (f"{code} 1,500", f"1,500 {code}", f"{code}2.5m"):
        assert [unit for _, _, unit in sums(f"It cost {written} in all.")] == [code]


@pytest.mark.parametrize("code", sorted(SPELLED_CODES))
def test_a_code_that_is_a_word_is_no_money_beside_a_small_number(code: str) -> None:
    assert sums(f"The {code} 26 is here; {code}26 and 26 {code} too.") == []


ROWS: tuple[tuple[str, list[Sum], str], ...] = (
    ("It lost 30 MUSD, MSEK 300 and 5 kEUR.",
     [("30 MUSD", 3e7, "USD"), ("MSEK 300", 3e8, "SEK"), ("5 kEUR", 5000, "EUR")], "the scale before the code"),
    ("It earned twenty MEUR.", [("twenty MEUR", 2e7, "EUR")], "the same behind words"),
    ("They owe 75 USD million and 6 EUR bn.", [("75 USD million", 7.5e7, "USD"), ("6 EUR bn", 6e9, "EUR")],
     "the scale behind the code"),
    ("A bill of EUR30m, 30mEUR and US$5bn.", [("EUR30m", 3e7, "EUR"), ("30mEUR", 3e7, "EUR"), ("US$5bn", 5e9, "USD")],
     "all in one word"),
    ("They hand out 3 USD50 cards.", [("USD50", 50, "USD")], "the code belongs to the number it is glued to"),
    ("A seat is 20 € or 10 $ on the day.", [("20 €", 20, "EUR"), ("10 $", 10, "USD")], "a sign between blanks"),
    ("She has 5 £10 notes.", [("£10", 10, "GBP")], "a sign before the number it is glued to"),
    ("Fares are 10 $ 30 cents.", [("10 $ 30 cents", 10.3, "USD")], "a sign between numbers, with cents behind"),
    ("It is A $40m, HK $5 and US $7.", [("A $40m", 4e7, "AUD"), ("HK $5", 5, "HKD"), ("US $7", 7, "USD")],
     "a country before the dollar"),
    ("She gave two pounds and forty pence.", [("two pounds and forty pence", 2.4, "GBP")], "pounds and pence"),
    ("It costs ten pounds fifty to enter.", [("ten pounds fifty", 10.5, "GBP")], "pence unsaid"),
    ("It is 15 dollars and 50.", [("15 dollars and 50", 15.5, "USD")], "cents unsaid, at the end"),
    ("He paid fifteen pounds and 50 people came.", [("fifteen pounds", 15, "GBP")], "the number counts people"),
    ("It is between 15 dollars and 50.", [("15 dollars and 50", None, "USD")], "a range has no cents"),
    ("A cup is 50c, beside section 14c of the act.", [("50c", 0.5, None)], "cents, and a clause of a law"),
    ("A toll of 20 cents, ten pence and 80p.",
     [("20 cents", 0.2, None), ("ten pence", 0.1, "GBP"), ("80p", 0.8, "GBP")], "hundredths"),
    ("It costs 500 kr and 900 shillings.", [("500 kr", 500, None), ("900 shillings", 900, None)],
     "money of several countries stays open"),
    ("They earn fifty grand, he owes 3 quid.", [("fifty grand", 50_000, None), ("3 quid", 3, "GBP")], "colloquial"),
    ("She won six Grand Slams and two grand pianos.", [], "a grand that is an adjective"),
    ("It paid 60,000 won (£35) and 3 billion won.", [("60,000 won", 60_000, "KRW"), ("£35", 35, "GBP"),
     ("3 billion won", 3e9, "KRW")], "Korean money"),
    ("Some 60,000 won a prize and 12 won.", [], "the verb"),
    ("A fine of R20m, not on the R445 or for R2.", [("R20m", 2e7, "ZAR")], "rand, and a road"),
    ("He parked a MK 2 by QR 3.", [], "letters that are also a model"),
    ("They spent Rs. 5 crore, Rs 500 and 12 lakh rupees.",
     [("Rs. 5 crore", 5e7, "INR"), ("Rs 500", 500, "INR"), ("12 lakh rupees", 1.2e6, "INR")], "rupees"),
    ("A car of 151 PS costs PS6m.", [("PS6m", 6e6, "GBP")], "horsepower, and the pound sign made ASCII"),
    ("It films in 1080p, and shares closed at 720p.", [("720p", 7.2, "GBP")], "lines of a screen, and pence"),
    ("It pays 20 Swiss francs, 20 francs and 20 CFA francs.",
     [("20 Swiss francs", 20, "CHF"), ("20 francs", 20, "CHF"), ("20 CFA francs", 20, None)], "francs"),
    ("They hold 25,000 bitcoin, ₿5 and 0.25 BTC.",
     [("25,000 bitcoin", 25_000, "XBT"), ("₿5", 5, "XBT"), ("0.25 BTC", 0.25, "XBT")], "money of no country"),
    ("He left 900 guilders, 80 markka and 6 pesetas.",
     [("900 guilders", 900, "NLG"), ("80 markka", 80, "FIM"), ("6 pesetas", 6, "ESP")], "money of the past"),
    ("The TOP 10 of ALL 1,500 firms.", [], "a headline in capitals"),
    ("Trips from £25pp, lessons at £5/hr.", [("£25pp", 25, "GBP"), ("£5/hr", 5, "GBP")], "per person, per hour"),
    ("It makes £31 a year, £5 per 100 bags and 34p a kilowatt hour.",
     [("£31 a year", 31, "GBP"), ("£5 per 100 bags", 5, "GBP"), ("34p a kilowatt hour", 0.34, "GBP")], "rates"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[reason for _, _, reason in ROWS])
def test_sums(text: str, expected: list[Sum], reason: str) -> None:
    assert sums(text) == expected, reason


def test_the_places_still_name_their_money() -> None:
    assert (currency_of_country("Johannesburg"), currency_of_country("Lagos")) == ("ZAR", "NGN")
