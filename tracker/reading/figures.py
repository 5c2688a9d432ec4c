"""Every quantity of a press text, with the exact words that carry it.

One way through: tokens, then at each token the number that begins there, its unit or noun, the number
it is joined with, the vetoes; then the words around it for comparator and trend. Every step looks
at a bounded number of tokens, so reading is linear in the text, whatever the text is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from operator import itemgetter

from tracker.reading.figure_ages import bare_age
from tracker.reading.figure_articles import one_unit
from tracker.reading.figure_context import carried_trend, comparator, in_apposition, trend
from tracker.reading.figure_digits import continental_habit
from tracker.reading.figure_doubts import settled
from tracker.reading.figure_levels import lead_of
from tracker.reading.figure_marks import without_marks
from tracker.reading.figure_masks import Mask, endless, masked
from tracker.reading.figure_measure import LEADING, Quantity, may_begin, read_quantity
from tracker.reading.figure_neighbours import bracket_trend, inherit_units, over_a_period, share_units
from tracker.reading.figure_ranges import join_next
from tracker.reading.figure_tokens import WORD, Token, tokenize
from tracker.reading.figure_vetoes import is_figure, may_be_figure
from tracker.reading.replacing import replace
from tracker.reading.values import Figure

_RAISED_POINT = re.compile(r"(?<=[0-9])\u00b7(?=[0-9])")


def read_figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text, in order and not overlapping; ``text[f.start:f.end] == f.text``.

    The span is the figure's own words (number, scale, unit or noun), without its comparator. Money whose
    currency is not written, and numbers that count nothing named, have unit and dimension None.
    Any string is accepted; nothing is raised. Linear in the text.

    >>> [(f.text, f.value, f.unit, f.comparator) for f in read_figures("They missed over 400,000 women.")]
    [('400,000 women', 400000.0, 'woman', '>')]
    """
    # "19·2 million": the raised point of British print; one character for one, so offsets hold.
    plain = without_marks(_RAISED_POINT.sub(".", text) if "\u00b7" in text else text)
    tokens = tokenize(plain)
    quantities = _quantities(tokens, _Hidden(plain), endless(plain))
    if not quantities:
        return ()
    candidates = share_units(tokens, quantities)
    found = inherit_units(tokens, [quantity for quantity in candidates if is_figure(tokens, quantity)])
    figures: list[Figure] = []
    for position, quantity in enumerate(found):
        figure = _figure(text, tokens, quantity)
        if position and in_apposition(tokens, found[position - 1], quantity):
            figure = _said_again(figures[-1], figure, tokens[quantity.first - 1].low)
        if position and figure.comparator == ">" and over_a_period(tokens, found[position - 1], quantity):
            figure = replace(figure, comparator="=")
        if position and figure.trend is None and carried_trend(tokens, found[position - 1], quantity):
            figure = replace(figure, trend=figures[-1].trend)
        figures.append(figure)
    return tuple(settled(text, figures))


def _said_again(one: Figure, two: Figure, tie: str) -> Figure:
    """The second of two figures for one amount, with the comparator and trend that only the first states."""
    compared = one.comparator if two.comparator == "=" and one.dimension == two.dimension else two.comparator
    # "From £14m to £9m (£7m after tax)": a level is not what the change before it is.
    sized = one.value is not None or two.value is None
    same = two.dimension == one.dimension or two.unit == "point" or (two.dimension == "money" and tie != "(")
    changed = one.trend if two.dimension == "proportion" or (same and sized) else None
    return replace(two, comparator=compared, trend=two.trend or changed)


class _Hidden:
    """What of a text is masked, looked for only where there is something to hide: most paragraphs have no number."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _mask(self) -> Mask:
        return masked(self._text)

    def hides(self, start: int, end: int) -> bool:
        """Whether a span of the text overlaps a masked one."""
        return self._mask.hides(start, end)


def _quantities(tokens: list[Token], mask: _Hidden, data: Mask | None = None) -> list[Quantity]:
    found: list[Quantity] = []
    index = 0
    starts = [
        index
        for index, (_, _, kind, words, low, _) in enumerate(tokens)
        if (kind != WORD or low in LEADING or words in LEADING) and may_begin(tokens, index)
    ]
    # Whatever is a number in digits begins one.
    continental = continental_habit([tokens[start] for start in starts])
    while True:
        # The next token at which a number may begin, from where the last one ended.
        place = bisect_left(starts, index)
        if place == len(starts):
            break
        index = starts[place]
        if data is not None and (behind := data.behind(tokens[index].start)) > tokens[index].start:
            index = bisect_left(tokens, behind, index, key=_start_of)
            continue
        quantity = read_quantity(tokens, index, continental) or one_unit(tokens, index)
        if quantity is None:
            index += 1
            continue
        if _hidden(tokens, mask, quantity):
            index = quantity.number.last
            continue
        quantity = _trimmed(tokens, mask, join_next(tokens, quantity, continental), quantity)
        if quantity.unit is None:
            quantity = bare_age(tokens, quantity)
        if may_be_figure(tokens, quantity):
            found.append(quantity)
            index = quantity.last
        else:
            index = max(quantity.number.last, index + 1)
    return found


_start_of = itemgetter(0)


def _hidden(tokens: list[Token], mask: _Hidden, quantity: Quantity) -> bool:
    return mask.hides(tokens[quantity.first].start, tokens[quantity.number.last - 1].end)


def _trimmed(tokens: list[Token], mask: _Hidden, joint: Quantity, one: Quantity) -> Quantity:
    """The joined quantity, or the first alone where the second reaches into a date or an address."""
    return one if mask.hides(tokens[joint.first].start, tokens[joint.last - 1].end) else joint


def _figure(text: str, tokens: list[Token], quantity: Quantity) -> Figure:
    start, end = tokens[quantity.first].start, tokens[quantity.last - 1].end
    low, high = quantity.low, quantity.high
    if quantity.value is not None and quantity.joint in ("", "list"):
        low = high = quantity.value
    way = bracket_trend(tokens, quantity) or trend(tokens, quantity)
    if way == "up" and quantity.joint in ("from", "between") and tokens[lead_of(tokens, quantity)].low == "from":
        # The word that tells "rose from 10 to 15 per cent" from "rose by 10 to 15 per cent".
        start = tokens[lead_of(tokens, quantity)].start
    figure = Figure(
        start,
        end,
        text[start:end],
        quantity.value,
        low,
        high,
        unit=quantity.unit,
        dimension=quantity.dimension,
        comparator=comparator(tokens, quantity),
        trend=way,
        of=quantity.of,
        unit_stated=quantity.reason is None,
        unit_reason=quantity.reason,
    )
    return figure if quantity.unit is not None or quantity.dimension != "money" else _nameless_money(figure)


def _nameless_money(figure: Figure) -> Figure:
    """Money for sure ("20 grand"), of a currency that only the context can give."""
    return replace(figure, unit_stated=False)
