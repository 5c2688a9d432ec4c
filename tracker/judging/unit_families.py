"""Units that convert into each other exactly, and what a sum is per: the ground on which two figures compare.

Only what is exact by definition: hours and days, kilometres and metres, stones and pounds. Nothing crosses from
metric to imperial, from months to days or from one currency to another, and a ton, a gallon and a hundredweight
are not the same everywhere: they compare only with themselves.
"""

from __future__ import annotations

from tracker.reading.values import Figure

#: Each family with what one of a unit is of the family's smallest or plainest one.
_FAMILIES: dict[str, dict[str, float]] = {
    "share": {"fraction": 1, "percent": 0.01},
    "points": {"percentage point": 0.01, "basis point": 0.0001},
    "time": {
        "millisecond": 0.001, "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800,
        "fortnight": 1_209_600,
    },
    "calendar": {"month": 1, "year": 12, "decade": 120, "century": 1200},
    "metric length": {"millimetre": 1, "centimetre": 10, "decimetre": 100, "metre": 1000, "kilometre": 1_000_000},
    "imperial length": {"inch": 1, "foot": 12, "yard": 36, "furlong": 7920, "mile": 63_360},
    "metric area": {
        "square millimetre": 0.01, "square centimetre": 1, "square metre": 10_000, "hectare": 1e8,
        "square kilometre": 1e10,
    },
    "imperial area": {
        "square inch": 1, "square foot": 144, "square yard": 1296, "acre": 6_272_640, "square mile": 4_014_489_600,
    },
    "metric volume": {
        "millilitre": 1, "cubic centimetre": 1, "centilitre": 10, "decilitre": 100, "litre": 1000,
        "hectolitre": 100_000, "kilolitre": 1e6, "cubic metre": 1e6, "megalitre": 1e9, "gigalitre": 1e12,
        "cubic kilometre": 1e15,
    },
    "metric mass": {
        "microgram": 1e-6, "milligram": 0.001, "gram": 1, "kilogram": 1000, "quintal": 100_000, "tonne": 1e6,
        "kilotonne": 1e9, "megatonne": 1e12, "gigatonne": 1e15,
    },
    "imperial mass": {"ounce": 1, "pound": 16, "stone": 224},
    "power": {"milliwatt": 0.001, "watt": 1, "kilowatt": 1000, "megawatt": 1e6, "gigawatt": 1e9, "terawatt": 1e12},
    "energy": {
        "watt-hour": 1, "kilowatt-hour": 1000, "megawatt-hour": 1e6, "gigawatt-hour": 1e9, "terawatt-hour": 1e12,
    },
}  # fmt: skip
_OF_UNIT = {unit: (family, factor) for family, units in _FAMILIES.items() for unit, factor in units.items()}


def common_unit(one: Figure, two: Figure) -> tuple[float, float] | None:
    """What turns each figure's values into one common unit, None where their dimensions, units or rates differ."""
    if one.dimension != two.dimension or _rate(one) != _rate(two):
        return None
    if one.unit == two.unit:
        # Money of a currency that nobody knows is no common measure.
        return None if one.unit is None and one.dimension == "money" else (1.0, 1.0)
    family, factor = _OF_UNIT.get(one.unit or "", (None, 1.0))
    other, other_factor = _OF_UNIT.get(two.unit or "", (None, 1.0))
    return (float(factor), float(other_factor)) if family is not None and family == other else None


_PER = frozenset({"a", "an", "per", "each", "every", "/"})
#: What a rate is per, said in one word.
_SAYS = {
    "annum": "year", "annually": "year", "annual": "year", "yearly": "year", "quarterly": "quarter",
    "monthly": "month", "weekly": "week", "daily": "day", "nightly": "night", "hourly": "hour",
}  # fmt: skip


def _rate(figure: Figure) -> str | None:
    """What a sum or a duration is per ("a year", "per annum", "yearly" -> year).

    Of anything else ``of`` is what is counted.
    """
    if figure.dimension not in ("money", "duration") or not figure.of:
        return None
    words = figure.of.lower().replace("-", " ").replace("/", "/ ").split()
    if len(words) == 1 and words[0] in _SAYS:
        return _SAYS[words[0]]
    if not words or words[0] not in _PER:
        return None
    return _SAYS.get(words[1], words[1]) if len(words) == 2 else " ".join(words[1:])
