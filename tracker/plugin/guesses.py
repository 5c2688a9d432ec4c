"""Slows down whoever guesses passwords: after five failed tries, some minutes of rest.

Tries are counted for the address that they came from, and, much more of them, for the name that was
typed, whether or not there is such a person: few from one address must not lock somebody else out.
They are counted before the password is looked at, so that a hundred tries at once are not a hundred
free ones.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

#: So many failed tries from one address within ``WINDOW`` seconds are enough.
TRIES = 5
#: So many for one name, from whatever addresses.
TRIES_FOR_NAME = 50
WINDOW = 300.0
#: So many names and addresses are remembered. Each try costs a third of a second of hashing, two at
#: once: within the window nobody can fill the memory to have an early try forgotten.
REMEMBERED = 10_000
_NAMED = "as "


class Guesses:
    """The failed tries of the last minutes, by name and by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: OrderedDict[str, list[float]] = OrderedDict()

    def begin(self, *keys: str) -> float:
        """Count a try for these keys; or the seconds to wait where one of them has had enough (else 0)."""
        now = self._clock()
        for key in keys:
            recent = [at for at in self._tries.get(key, ()) if now - at < WINDOW]
            if len(recent) >= (TRIES_FOR_NAME if key.startswith(_NAMED) else TRIES):
                return WINDOW - (now - recent[0])
        for key in keys:
            recent = [at for at in self._tries.pop(key, ()) if now - at < WINDOW]
            self._tries[key] = [*recent, now]
        while len(self._tries) > REMEMBERED:
            self._tries.popitem(last=False)
        return 0.0

    def forgive(self, *keys: str) -> None:
        """Take back the last try: it was none. The failures before it stay counted.

        Otherwise whoever has a password of their own could guess another's without end.
        """
        for key in keys:
            if self._tries.get(key):
                self._tries[key].pop()
            if not self._tries.get(key):
                self._tries.pop(key, None)

    def __len__(self) -> int:
        return len(self._tries)


def address_key(host: str) -> str:
    """An address as it is counted: one household has a whole /64 of IPv6 addresses."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"from {host[:64]}"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return f"from {address.ipv4_mapped}"
        return f"from {ipaddress.ip_network((address, 64), strict=False)}"
    return f"from {address}"


def name_key(name: str) -> str:
    """A typed name, already folded, as it is counted."""
    return f"{_NAMED}{name[:64]}"
