"""The quality gate: no measured score may fall below its floor in ``floors.json``.

    python tests/quality/gate.py [--data FOLDER] [--lower NAME.MEASURE]

FOLDER (default: PRESS_DATA, else ``../shared``) holds the benchmarks; where one is missing, its gate is
skipped, and says so. ``benchmark`` in the floors names one that several gates share, ``more`` its further
arguments. A floor is lowered only by ``--lower``, which writes the value measured into the file; the change
needs a line with its reason in CHANGELOG.md. Exit status 1 where a floor is broken or a benchmark fails, 2
where ``--lower`` names no floor.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")
#: Seconds that one benchmark may take.
LIMIT = 600


class Failed(Exception):
    """A benchmark that gave no measures; the message is what it said last."""


def measured(name: str, data: Path, more: Sequence[str] = ()) -> dict[str, float]:
    """Every measure of a benchmark, by running it: the F1 where it has one, else the number itself (a share).

    Raises Failed where it stops, takes longer than ``LIMIT`` or prints no JSON object.
    """
    command = [sys.executable, "-m", f"benchmarks.{name}", "--data", str(data), "--json", *more]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)  # noqa: S603
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Failed(str(error)) from error
    if run.returncode:
        said = run.stderr.strip().splitlines()
        raise Failed(said[-1] if said else f"exit status {run.returncode}")
    try:
        printed = json.loads(run.stdout)
    except ValueError as error:
        raise Failed("printed no JSON") from error
    if not isinstance(printed, dict):
        raise Failed("printed no JSON object")
    return scores(printed)


def scores(printed: dict[str, object]) -> dict[str, float]:
    """The one number of each measure in a benchmark's JSON object; what has neither F1 nor number is left out.

    Of an object without an F1 of its own, each number counts, as ``object.number``.
    """
    numbers: dict[str, object] = {}
    for key, value in printed.items():
        if not isinstance(value, dict):
            numbers[key] = value
        elif "f1" in value:
            numbers[key] = value["f1"]
        else:
            numbers |= {f"{key}.{name}": number for name, number in value.items()}
    return {key: float(value) for key, value in numbers.items() if isinstance(value, int | float)}


def _broken(name: str, floors: dict[str, float], found: dict[str, float]) -> Iterator[str]:
    """The measures that are missing or below their floor; every one is printed beside it."""
    for measure, floor in floors.items():
        if measure not in found:
            print(f"BROKEN {name}.{measure}: not measured")
            yield measure
            continue
        holds = found[measure] >= floor
        print(f"{'ok    ' if holds else 'BROKEN'} {name}.{measure}: {found[measure]:.4f}, floor {floor:.4f}")
        if not holds:
            yield measure


def main() -> int:
    """Run every benchmark that has floors, print each measure beside its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("PRESS_DATA", "../shared")))
    parser.add_argument("--lower", action="append", default=[], metavar="NAME.MEASURE")
    args = parser.parse_args()
    table = json.loads(FLOORS.read_text(encoding="utf-8"))
    known = {f"{name}.{measure}" for name, gate in table.items() for measure in gate["floors"]}
    if unknown := [name for name in args.lower if name not in known]:
        print(f"gate: no floor is named {unknown[0]}; there are {', '.join(sorted(known))}", file=sys.stderr)
        return 2
    broken, lowered = 0, False
    for name, gate in table.items():
        data = args.data / gate["data"]
        if not data.exists():
            print(f"SKIPPED {name}: no data at {data}")
            continue
        try:
            found = measured(gate.get("benchmark", name), data, gate.get("more", ()))
        except Failed as error:
            print(f"BROKEN {name}: {error}")
            broken += 1
            continue
        for measure in _broken(name, gate["floors"], found):
            if measure in found and f"{name}.{measure}" in args.lower:
                # Rounded down: a floor above what was measured would be broken at once.
                gate["floors"][measure] = math.floor(found[measure] * 10_000 + 1e-6) / 10_000
                print(f"       lowered to {gate['floors'][measure]:.4f}: give the reason in CHANGELOG.md")
                lowered = True
            else:
                broken += 1
    if lowered:
        FLOORS.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
