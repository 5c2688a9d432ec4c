"""The published reader that the benchmark of figures runs beside ours; imported only when it is asked for."""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from collections.abc import Callable

#: The data set's names of units where the peer has others.
_UNITS = {
    "dimensionless": "-", "per cent": "percentage", "degree angle": "degree", "yen": "japanese yen",
    "degree celsius": "celsius", "degree fahrenheit": "fahrenheit",
}  # fmt: skip

Reader = Callable[[str], list[tuple[float, str]]]


def require(peer: str) -> None:
    """Raise SystemExit with what to do, where a peer is not installed; its memory is not taken yet."""
    if importlib.util.find_spec(peer) is None:
        raise SystemExit(f"newsquant: the peer {peer} is not installed; pip install {peer}")


def quantulum3() -> Reader:
    """The peer as a function of a sentence: value and unit of each quantity; a range comes as its mean.

    It tells neither comparator nor trend. Unless its own extra for classifying is installed, it takes the
    commonest of several units that share a name.
    """
    with warnings.catch_warnings():
        # It warns where that extra is missing.
        warnings.simplefilter("ignore")
        parse = importlib.import_module("quantulum3.parser").parse
        try:
            # Its classifier is loaded by the first unit that needs one, and breaks beside a newer scikit-learn.
            parse("Ten pounds of sugar.")
        except Exception as error:
            raise SystemExit(
                f"newsquant: the peer quantulum3 does not run here ({error}); install it alone, without scikit-learn"
            ) from error

    def read(text: str) -> list[tuple[float, str]]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = parse(text)
        return [(float(one.value), _UNITS.get(one.unit.name, one.unit.name).lower()) for one in found]

    return read


PEERS: dict[str, Callable[[], Reader]] = {"quantulum3": quantulum3}
