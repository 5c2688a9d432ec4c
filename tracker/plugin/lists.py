"""The long lists of a table's page as HTML: choices of a form, and the values of a facet.

In a template each of their hundreds of values would be a step of its own, some 500 of the page's 1,400.
Everything here escapes what it is given; what it returns is not escaped again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from tracker.plugin.words import column_in_words, facet_in_words


def columns(names: Iterable[str], chosen: str | None = None) -> Markup:
    """The columns as ``<option>`` elements, in words."""
    return _options(((name, column_in_words(name)) for name in names), chosen)


def comparisons(filters: Any, chosen: str | None = None) -> Markup:
    """The comparisons of Datasette's ``Filters`` as ``<option>`` elements.

    The value of one that needs nothing typed ends in ``__1``, as Datasette reads it.
    """
    found = [(key, display, no_argument) for key, display, no_argument in filters.lookups()]
    pairs = ((f"{key}__1" if no_argument else key, display) for key, display, no_argument in found)
    return _options(pairs, next((f"{key}__1" for key, _, bare in found if bare and key == chosen), chosen))


def _options(pairs: Iterable[tuple[str, str]], chosen: str | None) -> Markup:
    return _html(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in pairs
    )


def facet_values(facet: Mapping[str, Any]) -> Markup:
    """The values of a facet as ``<li>`` elements: each leads to the rows that have it, a chosen one back."""
    return _html(_facet_value(str(facet["name"]), value) for value in facet["results"])


def _facet_value(column: str, value: Mapping[str, Any]) -> str:
    words = escape(facet_in_words(value["label"], column))
    count = f'<span class="facet-count">{value["count"]:,}</span>'
    address = escape(value["toggle_url"])
    if value["selected"]:
        return (
            f'<li class="press-chosen"><span><bdi>{words}</bdi> {count}</span>\n'
            f'<a href="{address}" class="cross" aria-label="Remove the filter {words}">✕</a></li>\n'
        )
    return f'<li><a href="{address}" data-facet-value="{escape(value["value"])}"><bdi>{words}</bdi></a> {count}</li>\n'


def _html(parts: Iterable[str]) -> Markup:
    return Markup("".join(parts))  # noqa: S704 - its parts are escaped already


def add_filters(env: Environment) -> None:
    """Gives templates ``press_columns``, ``press_comparisons`` and ``press_facet_values``."""
    env.filters["press_columns"] = columns
    env.filters["press_comparisons"] = comparisons
    env.filters["press_facet_values"] = facet_values
