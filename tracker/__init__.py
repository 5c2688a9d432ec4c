"""A claim and source tracker for press material: read, judge, cite, check.

The public verbs of reading are pure: strings or a Document in, frozen values out. They are loaded
when first used, so that the web process, which imports ``tracker.plugin``, never loads the reader.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.reading.attribution import read_attributions
    from tracker.reading.claims import read
    from tracker.reading.figures import read_figures

__all__ = ["read", "read_attributions", "read_figures"]

_HOME = {
    "read": "tracker.reading.claims",
    "read_figures": "tracker.reading.figures",
    "read_attributions": "tracker.reading.attribution",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
