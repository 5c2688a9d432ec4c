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
    assert gate.scores({"ours": {"text_f1": 0.95, "date": None}}) == {"ours.text_f1": 0.95}


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
    monkeypatch.setattr(gate, "measured", lambda name, data, more: gate.scores(printed))
    monkeypatch.setattr(sys, "argv", ["gate.py", "--data", str(tmp_path)])
    assert gate.main() == status
    assert said in capsys.readouterr().out


def test_a_floor_falls_only_where_it_is_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "floors.json").write_text(json.dumps({"b": {"data": ".", "floors": {"one": 0.99, "two": 0.5}}}))
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "measured", lambda name, data, more: {"one": 0.9, "two": 0.6})
    monkeypatch.setattr(sys, "argv", ["gate.py", "--data", str(tmp_path), "--lower", "b.one"])
    assert gate.main() == 0
    floors = json.loads((tmp_path / "floors.json").read_text())["b"]["floors"]
    assert floors == {"one": 0.9, "two": 0.5}


FLOORS = {"b": {"data": ".", "floors": {"one": 0.9, "two": 0.5}}}


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of floors, in a layout that no program writes."""
    path = tmp_path / "floors.json"
    path.write_text(json.dumps(FLOORS))
    monkeypatch.setattr(gate, "FLOORS", path)
    monkeypatch.setattr(gate, "measured", lambda name, data, more: {"one": 0.95, "two": 0.6})
    return path


@pytest.mark.parametrize("name", ["b.three", "c.one", "one", "b", ""])
def test_a_floor_that_is_none_cannot_be_lowered(
    name: str, floors: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["gate.py", "--data", str(floors.parent), "--lower", name])
    assert gate.main() == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "b.one, b.two" in said.err


def test_floors_that_hold_are_not_written_again(floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gate.py", "--data", str(floors.parent), "--lower", "b.one"])
    assert gate.main() == 0
    assert floors.read_text() == json.dumps(FLOORS)


def test_a_lowered_floor_holds(floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """0.89999 rounded up would be a floor that the same run breaks."""
    monkeypatch.setattr(gate, "measured", lambda name, data, more: {"one": 0.89999, "two": 0.6})
    monkeypatch.setattr(sys, "argv", ["gate.py", "--data", str(floors.parent), "--lower", "b.one"])
    assert gate.main() == 0
    assert json.loads(floors.read_text())["b"]["floors"]["one"] == 0.8999
    assert gate.main() == 0


def test_the_floors_are_kept_in_the_layout_that_lowering_writes() -> None:
    text = Path(gate.__file__).with_name("floors.json").read_text(encoding="utf-8")
    assert json.dumps(json.loads(text), indent=2) + "\n" == text


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("raise SystemExit('b: cannot read it')", "BROKEN b: b: cannot read it"),
        ("raise SystemExit(3)", "BROKEN b: exit status 3"),
        ("1 / 0", "BROKEN b: ZeroDivisionError: division by zero"),
        ("print('well')", "BROKEN b: printed no JSON"),
        ("print('[0.9]')", "BROKEN b: printed no JSON object"),
        ("import time; time.sleep(60)", "timed out after"),
    ],
)
def test_a_benchmark_that_fails_is_broken(
    program: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "benchmarks"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "b.py").write_text(program)
    (package / "c.py").write_text("print('{\"one\": 1}')")
    both = FLOORS | {"c": {"data": ".", "floors": {"one": 0.9}}}
    (tmp_path / "floors.json").write_text(json.dumps(both))
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "LIMIT", 1 if "sleep" in program else 60)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["gate.py", "--data", str(tmp_path)])
    assert gate.main() == 1
    out = capsys.readouterr().out
    assert said in out
    assert "ok     c.one" in out, "the others are measured still"
    assert out.count("\n") == 2
