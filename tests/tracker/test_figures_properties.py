"""What holds of every text: nothing is raised, offsets give the words, and what is written is read back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.reading.figures import read_figures
from tracker.reading.values import Figure

# Every code point, lone surrogates and NUL among them, and what press text has more of than chance would give.
ANY = st.characters(codec=None)
ODD = st.sampled_from(
    ["\x00", "\ud800", "\udfff", "\u200f", "\u200e", "\u202e", "\u00a0", "\u2009", "\ufeff", "\u00ad", "\r\n", "\n",
     "£", "$", "%", "½", "–", "−", "±", "/", ".", ",", ":", "(", ")", "'", "’", "+", "~", "#", "@", "°",
     "0", "7", "1,749", "2020", "1.2.3", "9" * 400, "3" * 20 + "." + "1" * 20, "٣٤", "①", "⅔", "10^8", "٪",
     " million", " per cent", "m", "bn", "k", " to ", " and ", "-", " of ", "half", "a", " in ", "five", "third",
     "tens", "people", "minus ", "between ", "from ", "over ", "year-old", "p", "pence", "May", "www."]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(ANY, max_size=200),
    st.lists(st.one_of(ODD, st.text(ANY, max_size=3)), max_size=40).map("".join),
    st.lists(ODD, max_size=40).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("9" * 10_000)
@example("£" + "1," * 5_000)
@example("½" * 300)
def test_any_text_is_read_and_every_figure_carries_its_own_words(text: str) -> None:
    figures = read_figures(text)
    end = 0
    for figure in figures:
        assert text[figure.start : figure.end] == figure.text
        assert figure.text
        assert figure.start >= end
        end = figure.end
    assert read_figures(text) == figures


#: Sentences in which a figure stands; none has a number or a word that changes one.
CARRIERS = st.sampled_from(
    ["The board said that {} was too little.", "{} was the answer.", "It came to {}, she said.", "He wrote “{}” down."]
)


def only(text: str) -> Figure:
    figures = read_figures(text)
    assert len(figures) == 1, (text, [figure.text for figure in figures])
    return figures[0]


ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int, joint: str, hyphen: str) -> str:
    """A whole number below a thousand million in words; ``joint`` is " and " or " ", ``hyphen`` "-" or " "."""
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            head = f"{in_words(number // size, joint, hyphen)} {name}"
            rest = number % size
            glue = joint if rest < 100 else " "
            return head + (glue + in_words(rest, joint, hyphen) if rest else "")
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (hyphen + ONES[number % 10] if number % 10 else "")


def test_the_words_of_this_file_are_english() -> None:
    assert in_words(999_999_999, " and ", "-") == (
        "nine hundred and ninety-nine million nine hundred and ninety-nine thousand nine hundred and ninety-nine"
    )
    assert in_words(1_000_006, " and ", "-") == "one million and six"
    assert in_words(345, " ", " ") == "three hundred forty five"


@settings(deadline=None)
@given(
    st.one_of(st.integers(13, 999_999_999), st.integers(13, 9999)),
    st.sampled_from([" and ", " "]),
    st.sampled_from(["-", " "]),
    st.sampled_from(["The office lost {} letters in all.", "{} voters came.", "It hired “{} nurses” there."]),
)
def test_numbers_in_words(number: int, joint: str, hyphen: str, carrier: str) -> None:
    words = in_words(number, joint, hyphen)
    text = carrier.format(words)
    assert only(text[:1].upper() + text[1:]).value == number


def _decimal(whole: int, places: int) -> Decimal:
    return Decimal(whole).scaleb(-places)


#: How a decimal is written, the unit it then is in, and what the writing multiplies it by.
STYLES: dict[str, tuple[Callable[[Decimal], str], str | None, int]] = {
    "£2.5m": (lambda v: f"£{v:f}m", "GBP", 10**6),
    "£2.5 million": (lambda v: f"£{v:f} million", "GBP", 10**6),
    "£2.5\u00a0million": (lambda v: f"£{v:f}\u00a0million", "GBP", 10**6),
    "$1.2bn": (lambda v: f"${v:f}bn", "USD", 10**9),
    "€1.2 billion": (lambda v: f"€{v:f} billion", "EUR", 10**9),
    "£1,200.50": (lambda v: f"£{v:,f}", "GBP", 1),
    "£1.2tn": (lambda v: f"£{v:f}tn", "GBP", 10**12),
    "£20k": (lambda v: f"£{v:f}k", "GBP", 1000),
    "2.3 per cent": (lambda v: f"{v:f} per cent", "percent", 1),
    "2.3 percent": (lambda v: f"{v:f} percent", "percent", 1),
    "2.3%": (lambda v: f"{v:f}%", "percent", 1),
    "2.3 %": (lambda v: f"{v:f} %", "percent", 1),
    "2.3 percentage points": (lambda v: f"{v:f} percentage points", "percentage point", 1),
    "25 basis points": (lambda v: f"{v:f} basis points", "basis point", 1),
    "2.3 million people": (lambda v: f"{v:f} million people", "person", 10**6),
    "2.3m people": (lambda v: f"{v:f}m people", "person", 10**6),
    "20k people": (lambda v: f"{v:f}k people", "person", 1000),
    "1,749 people": (lambda v: f"{int(v):,} people", "person", 1),
    "1749 people": (lambda v: f"{int(v)} people", "person", 1),
    "12 letters": (lambda v: f"{int(v):,} unopened letters", "letter", 1),
    "252 times": (lambda v: f"{int(v)} times", "time", 1),
    "20 pence": (lambda v: f"{v:f} pence", "GBP", 0),
    "20p": (lambda v: f"{int(v)}p", "GBP", 0),
    "20 quid": (lambda v: f"{v:f} quid", "GBP", 1),
    "20 euros": (lambda v: f"{v:f} euros", "EUR", 1),
    "US$20": (lambda v: f"US${v:,f}", "USD", 1),
    "A$20": (lambda v: f"A${v:,f}", "AUD", 1),
    "20 GBP": (lambda v: f"GBP {v:,f}", "GBP", 1),
    "20 miles": (lambda v: f"{v:,f} miles", "mile", 1),
    "20km": (lambda v: f"{v:f}km", "kilometre", 1),
    "20 kilometres": (lambda v: f"{v:f} kilometres", "kilometre", 1),
    "20kg": (lambda v: f"{v:f}kg", "kilogram", 1),
    "20 tonnes": (lambda v: f"{v:f} tonnes", "tonne", 1),
    "20 hours": (lambda v: f"{v:f} hours", "hour", 1),
    "20 minutes": (lambda v: f"{v:f} minutes", "minute", 1),
    "20 weeks": (lambda v: f"{v:f} weeks", "week", 1),
    "20 months": (lambda v: f"{v:f} months", "month", 1),
    "20 years": (lambda v: f"{v:f} years", "year", 1),
    "20 acres": (lambda v: f"{v:f} acres", "acre", 1),
    "20 hectares": (lambda v: f"{v:f} hectares", "hectare", 1),
    "20 square miles": (lambda v: f"{v:f} square miles", "square mile", 1),
    "20mph": (lambda v: f"{v:f}mph", "mile per hour", 1),
    "20 miles per hour": (lambda v: f"{v:f} miles per hour", "mile per hour", 1),
    "20 litres": (lambda v: f"{v:f} litres", "litre", 1),
    "20 pints": (lambda v: f"{v:f} pints", "pint", 1),
    "20C": (lambda v: f"{v:f}C", "celsius", 1),
    "20°C": (lambda v: f"{v:f}°C", "celsius", 1),
    "20 stone": (lambda v: f"{v:f} stone", "stone", 1),
    "20ft": (lambda v: f"{v:f}ft", "foot", 1),
    "20 metres": (lambda v: f"{v:f} metres", "metre", 1),
    "20-year-old": (lambda v: f"the {int(v)}-year-old", "year", 1),
}


def _wanted(style: str, value: Decimal) -> float:
    _, _, factor = STYLES[style]
    written = Decimal(int(value)) if style in WHOLE else value
    return float(written * factor) if factor else float(written / 100)


WHOLE = frozenset({"1,749 people", "1749 people", "12 letters", "252 times", "20p", "20-year-old"})
COMPARATORS = [
    ("", "="), ("over ", ">"), ("more than ", ">"), ("at least ", ">="), ("no fewer than ", ">="), ("up to ", "<="),
    ("no more than ", "<="), ("under ", "<"), ("less than ", "<"), ("nearly ", "~"), ("about ", "~"), ("some ", "~"),
    ("almost ", "~"), ("around ", "~"), ("only ", "="), ("just over ", ">"), ("exactly ", "="), ("roughly ", "~"),
]  # fmt: skip
DECIMALS = st.builds(_decimal, st.integers(20, 99_999), st.sampled_from([0, 0, 1, 2])).filter(lambda v: v >= 2)


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=25, deadline=None)
@given(value=DECIMALS, compared=st.sampled_from(COMPARATORS), carrier=CARRIERS)
def test_what_is_written_is_read_back(style: str, value: Decimal, compared: tuple[str, str], carrier: str) -> None:
    write, unit, _ = STYLES[style]
    before, comparator = compared
    if style == "20-year-old":
        before, comparator = "", "="
    if style == "20C":
        # "1000C" is as likely the name of a machine.
        value %= 1000
    figure = only(carrier.format(before + write(value)))
    assert figure.value == pytest.approx(_wanted(style, value), rel=1e-12)
    assert (figure.unit, figure.comparator) == (unit, comparator)


@settings(deadline=None)
@given(DECIMALS, st.sampled_from(["minus {:f}", "-{:f}", "−{:f}"]), st.sampled_from(["%", "C", " per cent"]))
def test_below_zero(value: Decimal, form: str, unit: str) -> None:
    value %= 1000
    assert only(f"It was {form.format(value)}{unit} at last.").value == -float(value)


DENOMINATORS = {3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth"}


@given(st.sampled_from(sorted(DENOMINATORS)), st.data(), st.sampled_from([" ", "-"]))
def test_fractions(below: int, data: st.DataObject, glue: str) -> None:
    above = data.draw(st.integers(1, below - 1))
    name = DENOMINATORS[below] + ("s" if above > 1 else "")
    figure = only(f"They say {ONES[above]}{glue}{name} of the budget is gone.")
    assert figure.value == pytest.approx(above / below)
    assert (figure.unit, figure.of) == ("fraction", "budget")


@given(st.integers(1, 9), st.integers(2, 20), st.sampled_from([" in ", " out of ", " in every ", " out of every "]))
def test_shares(above: int, more: int, between: str) -> None:
    below = above + more
    for written in (f"{above}{between}{below}", in_words(above, " ", "-") + between + in_words(below, " ", "-")):
        figure = only(f"They found that {written} nurses left.")
        assert (figure.value, figure.unit) == (above / below, "fraction"), written


#: How a range is written, its unit and what the writing multiplies its ends by.
RANGES = [
    ("{}–{} per cent", "percent", 1), ("{}-{} per cent", "percent", 1), ("between {} and {} per cent", "percent", 1),
    ("from {} to {} %", "percent", 1), ("{} to {} per cent", "percent", 1), ("{}%-{}%", "percent", 1),
    ("between {} and {} miles", "mile", 1), ("from {} to {} miles", "mile", 1), ("{}-{} miles", "mile", 1),
    ("{} to {} miles", "mile", 1), ("between {} and {} people", "person", 1), ("{} to {} people", "person", 1),
    ("{}–{} hours", "hour", 1), ("{} to {} weeks", "week", 1), ("£{} to £{}", "GBP", 1), ("£{}-£{}", "GBP", 1),
    ("between £{} and £{}", "GBP", 1), ("from £{} to £{}", "GBP", 1), ("£{}–{}", "GBP", 1),
    ("£{}m-£{}m", "GBP", 10**6), ("£{}m to £{}m", "GBP", 10**6), ("£{}–{} million", "GBP", 10**6),
    ("between £{} million and £{} million", "GBP", 10**6), ("between {} and {} million people", "person", 10**6),
]  # fmt: skip


@pytest.mark.parametrize(("form", "unit", "factor"), RANGES)
@settings(max_examples=25, deadline=None)
@given(low=st.integers(3, 400), more=st.integers(1, 400), carrier=CARRIERS)
def test_ranges(form: str, unit: str, factor: int, low: int, more: int, carrier: str) -> None:
    figure = only(carrier.format(form.format(low, low + more)))
    assert (figure.value, figure.low, figure.high) == (None, low * factor, (low + more) * factor)
    assert figure.unit == unit
