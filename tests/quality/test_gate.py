"""The quality gate: what it takes from a benchmark's output, and what breaks it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import gate
import pytest

F1 = {"value": {"precision": 0.9, "recall": 0.9, "f1": 0.9}, "sentences_per_second": 2500.0, "peer": {"name": "x"}}
SHARES = {"Number_PercentModel": 0.96}


def test_a_measure_is_its_f1_or_its_number() -> None:
    assert gate.scores(F1) == {"value": 0.9, "sentences_per_second": 2500.0}
    assert gate.scores(SHARES) == SHARES


@pytest.mark.parametrize(
    ("name", "printed", "floors", "status", "said"),
    [
        ("newsquant", F1, {"value": 0.9}, 0, "ok     newsquant.value: 0.9000, floor 0.9000"),
        ("newsquant", F1, {"value": 0.91}, 1, "BROKEN newsquant.value"),
        ("recognizers", SHARES, {"Number_PercentModel": 0.95}, 0, "ok     recognizers.Number_PercentModel"),
        ("recognizers", SHARES, {"Number_PercentModel": 0.97}, 1, "BROKEN recognizers.Number_PercentModel"),
        ("recognizers", SHARES, {"Number_AgeModel": 0.5}, 1, "BROKEN recognizers.Number_AgeModel: not measured"),
        ("absent", SHARES, {"Number_PercentModel": 0.95}, 0, "SKIPPED absent: no data"),
    ],
)
def test_a_floor_holds_or_breaks(
    name: str,
    printed: dict[str, object],
    floors: dict[str, float],
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "data").mkdir()
    data = "nowhere" if name == "absent" else "data"
    (tmp_path / "floors.json").write_text(json.dumps({name: {"data": data, "floors": floors}}))
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "measured", lambda name, data: gate.scores(printed))
    monkeypatch.setattr(sys, "argv", ["gate.py", "--data", str(tmp_path)])
    assert gate.main() == status
    assert said in capsys.readouterr().out


def test_a_floor_falls_only_where_it_is_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "floors.json").write_text(json.dumps({"b": {"data": ".", "floors": {"one": 0.99, "two": 0.5}}}))
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "measured", lambda name, data: {"one": 0.9, "two": 0.6})
    monkeypatch.setattr(sys, "argv", ["gate.py", "--data", str(tmp_path), "--lower", "b.one"])
    assert gate.main() == 0
    floors = json.loads((tmp_path / "floors.json").read_text())["b"]["floors"]
    assert floors == {"one": 0.9, "two": 0.5}
