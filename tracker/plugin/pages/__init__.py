"""The pages: one module a page, found by itself.

A page module defines ``ROUTES``, pairs of a regular expression for the path and the function that
answers it. Our routes win over Datasette's own. Handlers take what they name of ``datasette``,
``request``, ``send``, ``receive`` and ``scope``, and ask for permission before they read anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

Route = tuple[str, Callable[..., Any]]


@cache
def all_routes() -> tuple[Route, ...]:
    """The routes of every page module, by the modules' names."""
    found: list[Route] = []
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        routes: tuple[Route, ...] = getattr(import_module(f"{__name__}.{module.name}"), "ROUTES", ())
        found.extend(routes)
    return tuple(found)
