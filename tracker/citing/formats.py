"""What a citation format is, and all that there are.

A new one is a file in this package with ``FORMATS``, a tuple of ``Format``; nothing else need be edited.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.citing.citations import Citation


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write citations down.

    ``name`` is its name on the command line, ``extension`` that of its files and addresses (without
    the first dot), ``content_type`` what a web server says of it; ``saved`` tells that a browser
    should save it under a name rather than show it. ``write`` takes the citations and a remark on
    all of them (such as that they are not all), which is empty where there is none.
    """

    name: str
    extension: str
    content_type: str
    write: Callable[[Sequence[Citation], str], str]
    saved: bool = False

    def render(self, citations: Sequence[Citation], remark: str = "") -> str:
        """The citations as one output, without a line feed at its end; the remark stands in front."""
        return self.write(citations, remark)


def paragraphs(one: Callable[[Citation], str], remark_as: Callable[[str], str] = str) -> Callable[..., str]:
    """A ``write`` for a format whose citations stand one after another, with a blank line between."""

    def write(citations: Sequence[Citation], remark: str = "") -> str:
        return "\n\n".join([*([remark_as(remark)] if remark else []), *(one(citation) for citation in citations)])

    return write


@cache
def formats() -> dict[str, Format]:
    """Every format by its name on the command line, in the order of the names."""
    import tracker.citing

    names = [module.name for module in pkgutil.iter_modules(tracker.citing.__path__)]
    modules = [import_module(f"tracker.citing.{name}") for name in names]
    found: list[Format] = [form for module in modules for form in getattr(module, "FORMATS", ())]
    return {form.name: form for form in sorted(found, key=lambda form: form.name)}
