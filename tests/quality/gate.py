"""The quality gate: no measured score may fall below its floor in ``floors.json``.

    python tests/quality/gate.py [--data FOLDER] [--lower NAME.MEASURE]

FOLDER (default: PRESS_DATA, else ``../shared``) holds the benchmarks; where one is missing, its gate is
skipped, and says so. A floor is lowered only by ``--lower``, which writes the value measured into
the file; the change needs a line with its reason in CHANGELOG.md. Exit status 1 where a floor is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")


def measured(name: str, data: Path) -> dict[str, float]:
    """Every measure of a benchmark, by running it: the F1 where it has one, else the number itself (a share)."""
    command = [sys.executable, "-m", f"benchmarks.{name}", "--data", str(data), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)  # noqa: S603
    return scores(json.loads(run.stdout))


def scores(printed: dict[str, object]) -> dict[str, float]:
    """The one number of each measure in a benchmark's JSON object; what has neither F1 nor number is left out."""
    numbers = {key: value.get("f1") if isinstance(value, dict) else value for key, value in printed.items()}
    return {key: float(value) for key, value in numbers.items() if isinstance(value, int | float)}


def main() -> int:
    """Run every benchmark that has floors, print each measure beside its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("PRESS_DATA", "../shared")))
    parser.add_argument("--lower", action="append", default=[], metavar="NAME.MEASURE")
    args = parser.parse_args()
    table = json.loads(FLOORS.read_text(encoding="utf-8"))
    broken = 0
    for name, gate in table.items():
        data = args.data / gate["data"]
        if not data.exists():
            print(f"SKIPPED {name}: no data at {data}")
            continue
        found = measured(name, data)
        for measure, floor in gate["floors"].items():
            if measure not in found:
                print(f"BROKEN {name}.{measure}: not measured")
                broken += 1
                continue
            holds = found[measure] >= floor
            print(f"{'ok    ' if holds else 'BROKEN'} {name}.{measure}: {found[measure]:.4f}, floor {floor:.4f}")
            if not holds and f"{name}.{measure}" in args.lower:
                gate["floors"][measure] = round(found[measure], 4)
                print(f"       lowered to {gate['floors'][measure]:.4f}: give the reason in CHANGELOG.md")
            elif not holds:
                broken += 1
    if args.lower:
        FLOORS.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
