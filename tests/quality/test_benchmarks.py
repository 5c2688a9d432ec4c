"""The benchmarks of figures: data that are none, and usage that is wrong, are one line and never a score."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import checkworthy, growth, hostile, newsquant, polnear, recognizers, train_checkworthy
from tracker.judging.checkworthy import Model

QUANTITY = {"value": "3.0", "change": "=", "normalized_unit": "dollar"}
SENTENCE = {"text": "It cost $3.", "quantities": [QUANTITY]}
PERCENT = {"Input": "It is 5%.", "Results": [{"Text": "5%", "Resolution": {"value": "5%"}, "Start": 6, "End": 7}]}
COST = {"Input": "$3", "Results": [{"Text": "$3", "Resolution": {"value": "3", "unit": "Dollar"}}]}


def says_one_line(stop: pytest.ExceptionInfo[SystemExit]) -> str:
    """What a benchmark that stopped with status 1 says."""
    assert isinstance(stop.value.code, str), "a message is status 1"
    assert "\n" not in stop.value.code
    return stop.value.code


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "no quantity to measure"),
        ([SENTENCE | {"quantities": []}], "no quantity to measure"),
        ({"text": "It cost $3."}, "no list of sentences"),
        ([1], "no list of sentences"),
        (None, "no list of sentences"),
        ([{"text": "It cost $3."}], "no list of sentences"),
        ([SENTENCE | {"text": 3}], "no list of sentences"),
        ([SENTENCE | {"quantities": [3]}], "no list of sentences"),
        ([SENTENCE | {"quantities": [QUANTITY | {"value": "three"}]}], "no list of sentences"),
        ([SENTENCE | {"quantities": [QUANTITY | {"normalized_unit": None}]}], "no list of sentences"),
    ],
)
def test_newsquant_without_sentences(data: object, said: str, tmp_path: Path) -> None:
    (tmp_path / "quantities.json").write_text(json.dumps(data))
    with pytest.raises(SystemExit) as stop:
        newsquant.main(["--data", str(tmp_path), "--json"])
    assert said in says_one_line(stop)


def test_newsquant_without_a_file_or_json(tmp_path: Path) -> None:
    for text in (None, "{", "[" * 100_000):
        if text is not None:
            (tmp_path / "quantities.json").write_text(text)
        with pytest.raises(SystemExit) as stop:
            newsquant.main(["--data", str(tmp_path)])
        assert "cannot read" in says_one_line(stop)


def test_newsquant_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "quantities.json").write_text(json.dumps([SENTENCE]))
    assert newsquant.main(["--data", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value_unit"]["f1"] == 1.0


@pytest.mark.parametrize(
    ("model", "data", "said"),
    [
        ("PercentModel", [], "no case to measure"),
        ("PercentModel", [PERCENT | {"Results": []}], "no case to measure"),
        ("PercentModel", {}, "no list of cases"),
        ("PercentModel", [3], "case 1"),
        ("PercentModel", [PERCENT, {"Input": "It is 5%."}], "case 2"),
        ("PercentModel", [PERCENT | {"Input": None}], "case 1"),
        ("PercentModel", [PERCENT | {"Results": {}}], "case 1"),
        ("PercentModel", [PERCENT | {"Results": [{"Text": "5%"}]}], "Resolution"),
        ("PercentModel", [PERCENT | {"Results": [PERCENT["Results"][0] | {"Start": "six"}]}], "case 1"),  # type: ignore[operator,index]
        ("CurrencyModel", [COST, PERCENT], "case 2"),
        ("NumberRangeModel", [{"Input": "5", "Results": [{"Text": "5", "Resolution": {}}]}], "(value)"),
        ("DateTimeModel", [PERCENT], "(values)"),
    ],
)
def test_recognizers_without_cases(model: str, data: object, said: str, tmp_path: Path) -> None:
    (file,) = (one.file for one in recognizers.MODELS if model in one.file)
    (tmp_path / f"{file}.json").write_text(json.dumps(data))
    with pytest.raises(SystemExit) as stop:
        recognizers.main(["--data", str(tmp_path), "--model", model, "--json"])
    assert said in says_one_line(stop)


def test_recognizers_with_a_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Number_PercentModel.json").write_text(json.dumps([PERCENT]))
    assert recognizers.main(["--data", str(tmp_path), "--model", "PercentModel", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"Number_PercentModel": 1.0}
    assert recognizers.Tally().share == 0.0, "nothing is not all of it"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no attribution to measure"),
        ("[1]", "no article"),
        ('{"text": 3, "quotes": []}', "no article"),
        ('{"text": "It is."}', "quotes"),
        ("nothing", "not a file of annotated articles"),
    ],
)
def test_polnear_without_articles(text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dev.jsonl").write_text(text)
    assert polnear.main(["--data", str(tmp_path / "dev.jsonl"), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert said in printed.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no sentence worth checking"),
        ('{"text": "It is.", "label": "No"}', "no sentence worth checking"),
        ("[1]", "line 1"),
        ('{"text": "It is.", "label": "Yes"}\n{"text": 3, "label": "Yes"}', "line 2"),
        ('{"text": "It is.", "label": "Maybe"}', "line 1"),
        ('{"text": "It is."}', "line 1"),
        ("nothing", "not a file of labelled sentences"),
        ("[" * 100_000, "not a file of labelled sentences"),
        (None, "not a file of labelled sentences"),
    ],
)
def test_checkworthy_without_sentences(
    text: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        (tmp_path / "dev.jsonl").write_text(text)
    assert checkworthy.main(["--data", str(tmp_path), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert said in printed.err


LABELLED = [
    {"text": "They spent £9m on 30 buses in 2019.", "label": "Yes"},
    {"text": "He voted against the bill in 2011.", "label": "Yes"},
    {"text": "Taxes rose every year under them.", "label": "Yes"},
    {"text": "Thank you, good evening!", "label": "No"},
]


def test_checkworthy_with_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dev.jsonl").write_text("\n".join(map(json.dumps, LABELLED)))
    assert checkworthy.main(["--data", str(tmp_path / "dev.jsonl"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["check_worthy"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert found["has_a_digit"] == {"precision": 1.0, "recall": 0.6667, "f1": 0.8}
    assert (found["average_precision"], found["sentences"]) == (1.0, 4)
    assert found["sentences_per_second"] > 1000
    assert checkworthy.main(["--data", str(tmp_path)]) == 0
    assert "has_a_digit" in capsys.readouterr().out


def test_the_measures_of_a_ranking() -> None:
    yes, no = True, False
    assert checkworthy.average_precision([0.9, 0.8, 0.1], [yes, no, yes]) == pytest.approx((1 + 2 / 3) / 2)
    assert checkworthy.average_precision([0.5, 0.5], [yes, no]) == 0.5, "ties are no merit"
    assert checkworthy.average_precision([], []) == 0.0
    assert checkworthy.best_threshold([0.2, 0.4, 0.6], [no, yes, yes]) == (0.21, 1.0)


def test_weights_are_learnt_without_names_and_each_time_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [
        ("Yes", "then they spent {} buses on Orrin and spent again"),
        ("No", "well then we hope that Orrin is kind {}"),
    ]
    rows = [{"text": words.format(number), "label": label} for number in range(40) for label, words in said]
    (tmp_path / "train.jsonl").write_text("\n".join(map(json.dumps, rows)))
    files = [tmp_path / "one.tsv", tmp_path / "two.tsv"]
    for file in files:
        assert (
            train_checkworthy.main(["--data", str(tmp_path / "train.jsonl"), "--out", str(file), "--folds", "2"]) == 0
        )
        assert json.loads(capsys.readouterr().out)["f1"] == 1.0
    assert files[0].read_bytes() == files[1].read_bytes()
    model = Model.parse(files[0].read_text())
    assert model.weights["spent"] > 0 > model.weights["hope"]
    assert "orrin" not in model.weights
    assert model.score("they spent it") > model.threshold > model.score("we hope that it is kind")


def test_nothing_is_learnt_from_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "train.jsonl").write_text("")
    command = ["--data", str(tmp_path / "train.jsonl"), "--out", str(tmp_path / "out.tsv")]
    assert train_checkworthy.main(command) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out.tsv").exists()


@pytest.mark.parametrize(
    ("benchmark", "arguments"),
    [
        (recognizers, ["--data", ".", "--model", "Unheard"]),
        (recognizers, ["--data", ".", "--model", "PercentModel", "--model", "Unheard"]),
        (newsquant, ["--data", ".", "--part", "3"]),
        (newsquant, ["--data", ".", "--part", "-1"]),
        (checkworthy, []),
        (train_checkworthy, ["--data", "x", "--out", "y", "--folds", "1"]),
        (growth, ["--only", "unheard of"]),
        (growth, ["--size", "1"]),
        (growth, ["--size", "-5"]),
        (growth, ["--repeats", "0"]),
    ],
)
def test_wrong_usage_is_status_2(benchmark: object, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        benchmark.main(arguments)  # type: ignore[attr-defined]
    assert stop.value.code == 2
    assert capsys.readouterr().out == ""


def test_growth_of_the_least_text(capsys: pytest.CaptureFixture[str]) -> None:
    growth.main(["--only", "one word", "--size", "2", "--repeats", "1", "--reader", "read_figures", "--json"])
    (found,) = json.loads(capsys.readouterr().out)
    assert found["size"] == 2


def test_hostile_without_its_corpora(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hostile.main(["--data", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert str(tmp_path) in printed.err


def test_hostile_case_that_ends_as_it_should_not_is_seen() -> None:
    # An address that is refused, where the case wants a time-out.
    case = hostile.Case("inwards", ("TimedOut",), url="http://10.0.0.1/")
    outcome = hostile.attempt(case, hostile.Connections(), measured=False)
    assert (outcome.error, outcome.right) == ("RefusedAddress", False)
