"""How many of Microsoft's specifications of numbers, units, ranges and dates a reader of the press meets.

``python -m benchmarks.recognizers --data DIR [--json] [--errors]``: for each file of cases the share that
is read as it says. A case is met if each of its results is: a figure (a date) with the same value and unit
touches its words. Further figures do no harm, for the specifications hold one model each: "180 ml" is no
number there, and a volume in another file. Of ordinals none may be read. What a press reader does not
need is left out, each with its reason, and counted as such.
"""

from __future__ import annotations

import argparse
import difflib
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.recognizer_dates import DATES_LEFT, is_date_read, is_plain_date
from benchmarks.recognizer_dates import Result as _Result
from benchmarks.recognizer_dates import span_of as _span
from tracker.reading.figures import read_figures
from tracker.reading.values import Figure


@dataclass(frozen=True, slots=True)
class Model:
    """A file of cases: how a result of it is met, and what of it is left out, by the words of the reason.

    ``needs`` are the fields that the resolution of each result has.
    """

    file: str
    is_met: Callable[[str, _Result], bool]
    left_out: tuple[tuple[str, Callable[[str, _Result], bool]], ...] = ()
    wanted: Callable[[_Result], bool] = lambda _: True
    needs: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """What one file came to; ``missed`` are the inputs of cases that are not met."""

    met: int = 0
    missed: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The share of the cases needed that are met, 0 to 1."""
        needed = self.met + len(self.missed)
        return self.met / needed if needed else 0.0


def _touching(text: str, result: _Result) -> list[Figure]:
    start, end = _span(text, result)
    return [figure for figure in read_figures(text) if figure.start < end and start < figure.end]


def _value(result: _Result) -> float | None:
    stated = str(result["Resolution"].get("value") or "").rstrip("%")
    try:
        return float(stated)
    except ValueError:
        return None


def _close(one: float | None, two: float | None) -> bool:
    return one is not None and two is not None and math.isclose(one, two, rel_tol=1e-6)


def _number(text: str, result: _Result) -> bool:
    return any(_close(figure.value, _value(result)) for figure in _touching(text, result))


def _percent(text: str, result: _Result) -> bool:
    found = _touching(text, result)
    return any(f.unit in ("percent", "percentage point") and _close(f.value, _value(result)) for f in found)


#: American and other spellings in the names of units, and what the reader calls them.
_SPELLINGS = (("meter", "metre"), ("liter", "litre"), ("metric ton", "tonne"))
#: Names of currencies that come without their code, and how much of the currency each is worth.
_CODES = {
    "Dollar": "USD", "Pound": "GBP", "United States dollar": "USD", "Canadian dollar": "CAD", "Euro": "EUR",
    "Hong Kong dollar": "HKD", "Australian dollar": "AUD", "Japanese yen": "JPY", "Chinese yuan": "CNY",
    "Swiss franc": "CHF", "Turkish lira": "TRY", "British pound": "GBP", "Mexican peso": "MXN",
    "New Zealand dollar": "NZD", "Rupee": "INR", "Finnish markka": "FIM", "Peseta": "ESP",
    "Netherlands guilder": "NLG", "Costa Rican colón": "CRC", "Georgian lari": "GEL", "Lao kip": "LAK",
    "Sri Lankan rupee": "LKR", "Cent": "USD", "Pence": "GBP", "Penny": "GBP", "Franc": "CHF", "Bitcoin": "XBT",
    "Satoshi": "XBT",
}  # fmt: skip
_PARTS = {"Cent": 0.01, "Pence": 0.01, "Penny": 0.01, "Satoshi": 1e-8}


def _named(result: _Result) -> str:
    """The reader's name for the unit of a result: British, and a tonne where the words say so."""
    name = str(result["Resolution"]["unit"]).lower()
    if name == "ton" and re.search(r"tonne|[0-9]t\b", str(result["Text"])):
        return "tonne"
    for theirs, ours in _SPELLINGS:
        name = name.replace(theirs, ours)
    return "year" if name == "age" else name


def _measures(figure: Figure, value: float | None) -> bool:
    """Whether a figure has a value, or ends in it: of "eight to 10 feet" they read the end that has the unit."""
    return _close(figure.value, value) or (figure.value is None and _close(figure.high, value))


def _dimension(text: str, result: _Result) -> bool:
    unit, value = _named(result), _value(result)
    # "500,000 barrels a day" has its day in the unit; they leave it out.
    return any(
        f.unit is not None and (f.unit == unit or f.unit.startswith(f"{unit} per ")) and _measures(f, value)
        for f in _touching(text, result)
    )


def _currency(text: str, result: _Result) -> bool:
    name = str(result["Resolution"]["unit"])
    code = result["Resolution"].get("isoCurrency") or _CODES.get(name)
    value = _value(result)
    expected = None if value is None else value * _PARTS.get(name, 1.0)
    for figure in _touching(text, result):
        if figure.dimension == "money" and _close(figure.value, expected):
            # A plain dollar, pound or franc may rightly stay open, or be the context's.
            return figure.unit in (code, None) or (name == "Dollar" and str(figure.unit).endswith("D"))
    return False


def _age(text: str, result: _Result) -> bool:
    found = [f for f in _touching(text, result) if f.dimension in ("age", "duration")]
    return any(f.unit == _named(result) and _measures(f, _value(result)) for f in found)


def _temperature(text: str, result: _Result) -> bool:
    unit = {"C": "celsius", "F": "fahrenheit"}.get(str(result["Resolution"]["unit"]), "degree")
    found = [f for f in _touching(text, result) if f.unit is not None and unit in f.unit]
    return any(_measures(f, _value(result)) for f in found)


def _has_number(result: _Result) -> bool:
    """Whether a unit has a number beside it: "fahrenheit" or "dollar" alone is none of a reader's figures."""
    return _value(result) is not None


def _is_circa(_text: str, result: _Result) -> bool:
    return str(result["Text"]).startswith("c $")


def _is_point(_text: str, result: _Result) -> bool:
    return re.search(r"\b(?:and (?:one|two|three|[1-9])|mao five)$", str(result["Text"])) is not None


def _is_million(_text: str, result: _Result) -> bool:
    return re.fullmatch(r"[0-9.,]+m", str(result["Text"])) is not None and result["Resolution"]["unit"] == "Meter"


def _is_headed(_text: str, result: _Result) -> bool:
    return re.search(r"[(\[{<]", str(result["Text"])) is not None


def _is_odd_unit(_text: str, result: _Result) -> bool:
    return result["Resolution"]["unit"] in ("Picometer", "Dram", "Turn")


_DEGREES = ("celsius", "fahrenheit", "centigrade", "celcius", "farenheit")


def _is_mistyped(_text: str, result: _Result) -> bool:
    """Whether a word of the unit is nearly one that the reader knows, its common misspellings among them."""
    words = re.findall(r"[a-z]{5,}", str(result["Text"]).lower())
    return any(word not in _DEGREES and difflib.get_close_matches(word, _DEGREES, 1, 0.8) for word in words)


_BOUNDS = re.compile(r"([\[(])([^,]*),([^\])]*)([\])])\Z")


def _range(text: str, result: _Result) -> bool:
    """Whether both bounds are read: as one figure, or ("above 10 and below 20") as two with their comparators."""
    bounds = _BOUNDS.match(str(result["Resolution"]["value"]))
    if bounds is None:
        return False
    low, high = (float(bound) if bound else None for bound in (bounds[2], bounds[3]))
    found = _touching(text, result)
    if low is not None and high is not None and any(_close(f.low, low) and _close(f.high, high) for f in found):
        return True
    above = any(f.comparator in (">", ">=") and _close(f.low, low) for f in found)
    below = any(f.comparator in ("<", "<=") and _close(f.high, high) for f in found)
    return (low is None or above) and (high is None or below) and found != []


def _matching(pattern: str) -> Callable[[str, _Result], bool]:
    """Whether the words of a result match a pattern somewhere (in small letters)."""
    found = re.compile(pattern)
    return lambda _text, result: found.search(str(result["Text"]).lower()) is not None


def _in_text(pattern: str) -> Callable[[str, _Result], bool]:
    """Whether the whole input matches a pattern somewhere (in small letters)."""
    found = re.compile(pattern)
    return lambda text, _result: found.search(text.lower()) is not None


def _in_ordinal(text: str, result: _Result) -> bool:
    """Whether the words go on into an ordinal."""
    return re.match(r" (?!month)\w+th\b", text[_span(text, result)[1] :]) is not None


def _is_one_of_many_words(text: str, result: _Result) -> bool:
    return str(result["Text"]).lower() == "one" and text.strip().lower() != "one"


def _has_digits_of_computing(text: str, _result: _Result) -> bool:
    return re.search(r"\d\^|\d[eE][+-]?\d|\d\s?[*/]\s?10\^", text) is not None


def _is_of_ordinals(_text: str, result: _Result) -> bool:
    return re.search(r"\b[a-z]+(?:th|first|second|third)\b", str(result["Text"]), re.IGNORECASE) is not None


def _is_share_cut_off(text: str, result: _Result) -> bool:
    return re.match(r"\s+(?:in|out of)\s+\d{1,3}\b", text[_span(text, result)[1] :]) is not None


_RANGES = (
    ("bounds that are ordinals: a place in an order is no quantity", _is_of_ordinals),
    ("the specification cuts a share in two ('2 in 5' as 2)", _is_share_cut_off),
)
_LONG_PARTS = r"(?:hundred|thousand)(?: and)? (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)s?$"
_NO_NUMBERS = (
    ("notation of programs (1e10, 2^3)", _has_digits_of_computing),
    ("a prefix of units for a scale (10G)", _matching(r"[0-9] ?g\b")),
    ("a network address", _in_text(r"\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b")),
    ("a telephone number", _in_text(r"\+[0-9]{1,3}[-. ][0-9]")),
    ("a date in digits", _in_text(r"\b[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\b")),
    ("the name of a thing, with letters tied to its digits", _in_text(r"\b[a-z]+-[0-9]+\b")),
    ("the numbers of items, versions or chapters", _in_text(r"\b(?:nrs?|nos?)\. ?[0-9]|\bversion \w+")),
    ("digits that begin with zero are a code", _matching(r"^0[0-9]")),
    ("a decimal comma in an English text", _matching(r"^[0-9]+,[0-9]{1,2}$")),
    ("a hyphen set off by blanks inside a number: in print that is a dash", _matching(r"[a-z] - [a-z]")),
    ("parts beyond the hundredth that no round number names", _matching(_LONG_PARTS)),
    ("the pronoun or article 'one'", _is_one_of_many_words),
    ("part of an ordinal", _in_ordinal),
    ("digits spelt one by one", _in_text(r"\w-(?:nought|naught|zero|oh)-\w")),
)
_NO_SHARES = (
    ("a share without a number", lambda _text, result: _value(result) is None),
    ("'percentage' for per cent, which no paper writes", _matching(r"\bpercentage$")),
    ("'per cent of 10' is a share of ten, not ten per cent", _matching(r"^per ?cents? of\b")),
)
_NO_ORDINALS = (
    ("'twenty second' without its hyphen may be seconds", _matching(r"ty second$")),
    ("the part of a mixed number, which the file of numbers reads", _in_text(r"\band a \w+$")),
)
_NO_MONEY = (
    ("'c $' is 'about so many dollars' in a British paper", _is_circa),
    ("one to nine hundredths said without their name", _is_point),
)
_NO_MEASURES = (
    ("'5m' is five million in a British paper", _is_million),
    ("a unit in brackets, as over a column", _is_headed),
    ("units that papers do not use: picometres, drams, turns", _is_odd_unit),
)
MODELS = (
    Model("Number_NumberModel", _number, _NO_NUMBERS),
    Model("Number_PercentModel", _percent, _NO_SHARES),
    Model("NumberWithUnit_CurrencyModel", _currency, _NO_MONEY, _has_number, ("unit",)),
    Model("NumberWithUnit_DimensionModel", _dimension, _NO_MEASURES, _has_number, ("unit",)),
    Model("NumberWithUnit_AgeModel", _age, (), _has_number, ("unit",)),
    Model(
        "NumberWithUnit_TemperatureModel", _temperature, (("a mistyped unit", _is_mistyped),), _has_number, ("unit",)
    ),
    Model("Number_NumberRangeModel", _range, _RANGES, needs=("value",)),
    Model("Number_OrdinalModel", lambda text, result: not _touching(text, result), _NO_ORDINALS),
    Model("DateTime_DateTimeModel", is_date_read, DATES_LEFT, is_plain_date, ("values",)),
)


def tally(model: Model, cases: Iterable[dict[str, Any]]) -> Tally:
    """The cases of one model that are met, missed and left out."""
    found = Tally()
    for case in cases:
        text = str(case["Input"])
        results = [result for result in case["Results"] if model.wanted(result)]
        if not results:
            continue
        reason = next((why for why, fits in model.left_out if any(fits(text, result) for result in results)), None)
        if reason is not None:
            found.left_out[reason] += 1
        elif all(model.is_met(text, result) for result in results):
            found.met += 1
        else:
            found.missed.append(text)
    return found


def _cases(model: Model, folder: Path) -> list[dict[str, Any]]:
    """The cases of a model's file; SystemExit with one line where there is no such file or it is another thing."""
    path = folder / f"{model.file}.json"
    try:
        cases = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise SystemExit(f"recognizers: cannot read {path}: {error}; give the folder with --data") from error
    if not isinstance(cases, list):
        raise SystemExit(f"recognizers: {path} is no list of cases")
    for number, case in enumerate(cases, 1):
        if not _is_case(case, model.needs):
            wants = "an Input and Results, each with its Text and Resolution"
            wants += f" ({', '.join(model.needs)})" if model.needs else ""
            raise SystemExit(f"recognizers: case {number} of {path} has not {wants}")
    return cases


def _is_case(case: object, needs: tuple[str, ...]) -> bool:
    if not isinstance(case, dict) or not isinstance(case.get("Input"), str):
        return False
    results = case.get("Results")
    return isinstance(results, list) and all(_is_result(result, needs) for result in results)


def _is_result(result: object, needs: tuple[str, ...]) -> bool:
    if not isinstance(result, dict) or "Text" not in result:
        return False
    if not all(isinstance(result.get(name, 0), int) for name in ("Start", "End")):
        return False
    resolution = result.get("Resolution")
    if not isinstance(resolution, dict) or not all(name in resolution for name in needs):
        return False
    values = resolution.get("values", [])
    return isinstance(values, list) and all(isinstance(value, dict) for value in values)


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement and print it; exit status 0. Data that are missing, empty or no such data: status 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recognizers", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the models' JSON files")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--errors", action="store_true", help="print every case that is not met")
    parser.add_argument("--model", action="append", help="only the files whose name has this in it")
    options = parser.parse_args(arguments)
    for part in options.model or ():
        if not any(part in model.file for model in MODELS):
            parser.error(f"no model has {part!r} in its name; there are {', '.join(model.file for model in MODELS)}")
    scores: dict[str, float] = {}
    for model in MODELS:
        if options.model and not any(part in model.file for part in options.model):
            continue
        found = tally(model, _cases(model, options.data))
        if not found.met and not found.missed:
            raise SystemExit(f"recognizers: no case to measure in {options.data / model.file}.json")
        scores[model.file] = round(found.share, 4)
        if options.errors:
            print(*(f"   {text}" for text in found.missed), sep="\n")
        if not options.json:
            needed = found.met + len(found.missed)
            left = "".join(f"; {many} left out: {why}" for why, many in found.left_out.items())
            print(f"{model.file:32} {found.met:4} of {needed:4} = {found.share:.3f}{left}")
    if options.json:
        print(json.dumps(scores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
