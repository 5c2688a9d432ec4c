"""The values that a text file states of itself, with where each came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass
class Facts:
    """The metadata being gathered: value and origin by field; the first origin that speaks wins."""

    values: dict[str, str] = field(default_factory=dict)
    won_by: dict[str, str] = field(default_factory=dict)

    def offer(self, name: str, value: str | None, origin: str) -> None:
        """Take a value if the field has none yet; a publisher's name has letters ("(c) 2015-2025" has none)."""
        if name == "publisher" and value and not _LETTERS.search(value):
            return
        if value and name not in self.values:
            self.values[name] = value
            self.won_by[name] = origin
