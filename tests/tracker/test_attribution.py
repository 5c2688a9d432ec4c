"""Who said it: each row is a text of our own, what must be read from it, and why the row exists."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import polnear, polnear_points
from tracker.reading.attribution import Attribution, read_attributions
from tracker.reading.attribution_points import POINTS
from tracker.reading.cues import CUES
from tracker.reading.quotations import read_quotations

PRESS_DATA = Path(os.environ.get("PRESS_DATA", Path(__file__).parents[3] / "shared"))
ROOT = Path(__file__).parents[2]


def only(text: str) -> Attribution:
    found = read_attributions(text)
    assert len(found) == 1, found
    return found[0]


def content(text: str, one: Attribution) -> str:
    return text[one.start : one.end]


# --- quotations -----------------------------------------------------------------------------------

QUOTATIONS = [
    ('He called it "a mess" twice.', ["a mess"]),
    ("She said \u201cno\u201d and \u201cnever\u201d.", ["no", "never"]),
    # Opened curly, closed straight: as word processors leave it.
    ('The rota is \u201cempty and late" again.', ["empty and late"]),
    # Opened with a single mark and closed with a double one.
    ("We at 'Ward Watch Now\" want nurses.", ["Ward Watch Now"]),
    ("British papers write 'no money' so.", ["no money"]),
    ("\u2018No money,\u2019 she said.", ["No money,"]),
    # Apostrophes, plurals and elisions quote nothing.
    ("The workers' union isn't the bosses' friend.", []),
    ("Rock 'n' roll of the '90s, it's said.", []),
    # An apostrophe inside a single quotation does not close it.
    ("He said 'it isn't ready' and left.", ["it isn't ready"]),
    # Within a quotation the other marks open one of their own.
    (
        "\u201cThey said \u2018wait\u2019 to us,\u201d she said.",
        ["They said \u2018wait\u2019 to us,", "wait"],
    ),
    # The rule of newspapers: every paragraph opens, only the last closes.
    ("\u201cFirst.\n\n\u201cSecond,\u201d he said.", ["First.\n\n\u201cSecond,"]),
    ('"First.\n\nSecond," he said.', ["First.\n\nSecond,"]),
    # Inches are no quotation; old wires write two single marks.
    ('A 5\'10" man said "fine".', ["fine"]),
    ("''We won,'' she said.", ["We won,"]),
    ("\u00abNon\u00bb, said the mayor.", ["Non"]),
]


@pytest.mark.parametrize(("text", "inner"), QUOTATIONS)
def test_quotations_are_found_in_every_style(text: str, inner: list[str]) -> None:
    found = read_quotations(text)
    assert [text[one.inner_start : one.inner_end] for one in found] == inner
    assert all(one.closed for one in found)


def test_an_unclosed_quotation_ends_with_its_paragraph_and_says_so() -> None:
    text = "She said \u201cwe were told nothing.\n\nThe council did not answer."
    (one,) = read_quotations(text)
    assert text[one.start : one.end] == "\u201cwe were told nothing."
    assert not one.closed


# --- direct speech --------------------------------------------------------------------------------

DIRECT = [
    ("\u201cWe lost 14 nurses,\u201d Amina Okafor said.", "We lost 14 nurses,", "Amina Okafor", "said"),
    ("\u201cWe lost 14 nurses,\u201d said Amina Okafor.", "We lost 14 nurses,", "Amina Okafor", "said"),
    ("\u201cIs it safe?\u201d asked Jane Lowe, of Ward Watch.", "Is it safe?", "Jane Lowe", "asked"),
    ("Jane Lowe told the inquiry: \u201cI saw nothing.\u201d", "I saw nothing.", "Jane Lowe", "told"),
    (
        "As Jane Lowe put it, \u201cthe rota is a fiction\u201d.",
        "the rota is a fiction",
        "Jane Lowe",
        "put it",
    ),
    ("'There is no money,' said Jane Lowe.", "There is no money,", "Jane Lowe", "said"),
    # A label, and a signature.
    ("Northbridge: \u201cWe have learnt lessons.\u201d", "We have learnt lessons.", "Northbridge", ":"),
    ("\u201cThe water is safe.\u201d \u2014 Jane Lowe", "The water is safe.", "Jane Lowe", "\u2014"),
    # A tag with a verb that no list knows.
    ("\u201cNobody came,\u201d Lowe mouthed to us.", "Nobody came,", "Lowe", "mouthed"),
    # The name stands behind the post.
    (
        '"We lost 14 nurses," the union\'s general secretary, Tom Reed, told reporters.',
        "We lost 14 nurses,",
        "Tom Reed",
        "told",
    ),
]


@pytest.mark.parametrize(("text", "inner", "source", "cue"), DIRECT)
def test_direct_speech(text: str, inner: str, source: str, cue: str) -> None:
    one = only(text)
    assert (content(text, one), one.source, one.cue, one.direct) == (inner, source, cue, True)


def test_a_quotation_goes_on_behind_its_tag() -> None:
    text = "\u201cNo one,\u201d said Amina Okafor, who leads Ward Watch, \u201cwas told.\u201d \u201cNobody came.\u201d"
    found = read_attributions(text)
    assert [content(text, one) for one in found] == ["No one,", "was told.", "Nobody came."]
    assert {one.source for one in found} == {"Amina Okafor"}
    assert {one.organisation for one in found} == {"Ward Watch"}
    # One cue, given once: what goes on under it has none of its own.
    assert [one.cue for one in found] == ["said", None, None]


def test_a_floating_quotation_belongs_to_the_person_of_the_sentence_before() -> None:
    text = "Tom Reed was furious. \u201cFourteen nurses left in a year.\u201d"
    one = only(text)
    assert (one.source, one.cue, one.direct) == ("Tom Reed", None, True)
    assert text[one.source_start : one.source_end] == "Tom Reed"


def test_a_quotation_over_two_paragraphs_has_one_speaker() -> None:
    text = "\u201cThe rota was empty.\n\n\u201cNobody was told,\u201d Jane Lowe said."
    one = only(text)
    assert one.source == "Jane Lowe"
    assert content(text, one) == "The rota was empty.\n\n\u201cNobody was told,"


# --- indirect speech ------------------------------------------------------------------------------

INDIRECT = [
    (
        "The council has said that 300 homes will be built.",
        "300 homes will be built",
        "The council",
        "has said",
    ),
    ("Campaigners warned of delays to 40 trains.", "delays to 40 trains", "Campaigners", "warned of"),
    ("Their trainers complained of having one week.", "having one week", "Their trainers", "complained of"),
    (
        "According to the National Audit Office, the scheme cost \u00a322 billion.",
        "the scheme cost \u00a322 billion",
        "National Audit Office",
        "According to",
    ),
    (
        "The scheme cost \u00a322 billion, according to the National Audit Office.",
        "The scheme cost \u00a322 billion",
        "National Audit Office",
        "according to",
    ),
    ("He accused the firm of falsifying 252 records.", "the firm of falsifying 252 records", None, "accused"),
    ("The judge ruled that the contract was void.", "the contract was void", "The judge", "ruled"),
    # The hearer is no part of what was said; nor is the day.
    (
        "Northbridge Ltd told the Gazette that it repaid \u00a34m.",
        "it repaid \u00a34m",
        "Northbridge Ltd",
        "told",
    ),
    ("The union said on Friday it had 300 members.", "it had 300 members", "The union", "said"),
    # Appositions, ages, brackets and asides between the name and its verb.
    ("Jane Lowe, 45, a nurse at Harbour Hospital, said she left.", "she left", "Jane Lowe", "said"),
    ("Jane Lowe (Ward Watch) said the rota was empty.", "the rota was empty", "Jane Lowe", "said"),
    ("In a statement, the Home Office said it had paid.", "it had paid", "Home Office", "said"),
    ("Police said a man, 34, had been arrested.", "a man, 34, had been arrested", "Police", "said"),
]


@pytest.mark.parametrize(("text", "inner", "source", "cue"), INDIRECT)
def test_indirect_speech(text: str, inner: str, source: str | None, cue: str) -> None:
    one = only(text)
    assert (content(text, one), one.source, one.cue, one.direct) == (inner, source, cue, False)


def test_a_coordinated_statement_of_somebody_else_ends_the_content() -> None:
    text = "Critics say the test is worthless, but the ministry insists it works."
    found = read_attributions(text)
    assert [(content(text, one), one.source) for one in found] == [
        ("the test is worthless", "Critics"),
        ("it works", "the ministry"),
    ]


def test_a_nested_statement_lies_within_the_content_of_the_outer() -> None:
    text = "The Harbour Gazette revealed that Northbridge\u2019s boss says he expects \u201cdeep cuts\u201d in May."
    outer, inner = (one for one in read_attributions(text) if one.manner == "speech")
    assert (outer.source, outer.source_kind) == ("The Harbour Gazette", "outlet")
    assert (inner.source, inner.source_kind, inner.organisation) == (
        "Northbridge\u2019s boss",
        "post",
        "Northbridge",
    )
    assert outer.start < inner.start < inner.end <= outer.end
    assert content(text, inner) == "he expects \u201cdeep cuts\u201d in May"


def test_what_is_told_within_a_quotation_has_its_own_teller() -> None:
    text = "\u201cThe council told us that 300 beds were ready,\u201d said Jane Lowe."
    outer, inner = read_attributions(text)
    assert (outer.source, outer.direct) == ("Jane Lowe", True)
    assert (inner.source, content(text, inner)) == ("The council", "300 beds were ready")


NOT_ATTRIBUTIONS = [
    "That said, the bridge is still shut.",
    "Needless to say, it failed.",
    "The so-called \u201csuper hub\u201d opened late.",
    "What do you think they said?",
    "Having said that, Jane Lowe left.",
    # Those who answer a poll are no tellers, however their share is written.
    "40% of people told the firm that they would rather not share.",
    "Two thirds of voters said they were worried.",
    "Half of those asked said they would not use it.",
    "Only fifteen percent of people said yes.",
    "One in five patients said they waited.",
]


@pytest.mark.parametrize("text", NOT_ATTRIBUTIONS)
def test_what_only_looks_like_an_attribution(text: str) -> None:
    assert read_attributions(text) == ()


# --- sources --------------------------------------------------------------------------------------

KINDS = [
    ("Staff say they have no idea what to do.", "group", None, False),
    ("Sources close to the deal said it would collapse.", "group", None, False),
    ("Staff at Northbridge said the rota was empty.", "group", "Northbridge", False),
    ("One trainer said she had one hour.", "person", None, False),
    ("The report found that one in five forms was lost.", "document", None, True),
    ("Figures show that deaths rose by 4%.", "document", None, True),
    ("The head of Northbridge has said that it is late.", "post", "Northbridge", True),
    ("A spokesman for Northbridge claimed it was safe.", "post", "Northbridge", True),
    ("Northbridge Ltd said it was safe.", "organisation", "Northbridge Ltd", True),
    ("Reuters reported that the firm had folded.", "outlet", "Reuters", True),
    ("Ms Okafor said the ward was shut.", "person", None, True),
    ("Ministers boasted that homes were built.", "group", None, False),
    ("Dr Sarah Lee, of Ward Watch, said the ward was shut.", "person", "Ward Watch", True),
    ("Campaigns Officer: Only Few Nurses Remain", "person", None, False),
    # A verb that is more often a noun still says something before "that".
    ("The union states that pay fell 3%.", "organisation", None, False),
]


@pytest.mark.parametrize(("text", "kind", "organisation", "identified"), KINDS)
def test_what_a_source_is(text: str, kind: str, organisation: str | None, identified: bool) -> None:
    one = only(text)
    assert (one.source_kind, one.organisation, one.identified) == (kind, organisation, identified)


def test_pronouns_are_resolved_to_the_last_suitable_party() -> None:
    text = "Jane Lowe, a nurse at Harbour Hospital, said she left. She added that no one came."
    first, second = read_attributions(text)
    assert (first.resolved, second.resolved) == (False, True)
    assert (second.source, second.organisation) == ("Jane Lowe", "Harbour Hospital")
    assert text[second.source_start : second.source_end] == "She"


def test_a_pronoun_does_not_resolve_to_the_other_gender() -> None:
    text = "Mr Reed said it was late. She said it was not."
    assert read_attributions(text)[1].source is None


def test_a_pronoun_without_anybody_keeps_its_words_and_no_name() -> None:
    one = only("She said it was late.")
    assert (one.source, one.source_start, one.source_end, one.identified) == (None, 0, 3, False)


def test_a_surname_is_the_person_named_before() -> None:
    text = "Jane Lowe, who leads Ward Watch, came first. Lowe said the rota was empty."
    assert (only(text).source, only(text).organisation) == ("Jane Lowe", "Ward Watch")


def test_a_definite_post_speaks_for_the_organisation_of_the_paragraph() -> None:
    text = "Northbridge is a private company. It works for the NHS. The CEO himself said that it pays."
    one = only(text)
    assert (one.source, one.source_kind, one.organisation, one.resolved) == (
        "The CEO",
        "post",
        "Northbridge",
        True,
    )


STANCES = [
    ("The company denied that anyone was harmed.", "denied"),
    ("The minister admitted that forms were lost.", "asserted"),
    ("The firm claimed that it was safe.", "hedged"),
    ("The firm said that it was safe.", "reported"),
]


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_the_cue_gives_the_stance(text: str, stance: str) -> None:
    assert only(text).stance == stance


def test_polls_are_findings_and_wishes_are_thoughts() -> None:
    assert only("A new survey found that few believe it.").manner == "finding"
    assert only("Jane Lowe wants a new rota.").manner == "thought"


def test_hard_wrapped_lines_are_one_paragraph_and_headings_are_not() -> None:
    text = "Rota row\nThe council said that 300 homes would be built by the\nend of the year.\n\nIt rained."
    one = only(text)
    assert content(text, one) == "300 homes would be built by the\nend of the year"


# --- any string -----------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aA .,:'\"\u201c\u201d\u2018\u2019\n()-%1said", max_size=200) | st.text(max_size=200))
def test_any_string_gives_spans_within_it(text: str) -> None:
    for one in read_attributions(text):
        assert 0 <= one.start <= one.end <= len(text)
        if one.cue is not None:
            assert text[one.cue_start : one.cue_end] == one.cue
        assert (one.source_start is None) == (one.source_end is None)


HOSTILE = {
    "straight marks": ' "a' * 40_000,
    "curly marks": "\u201c" * 120_000,
    "nested": "\u201ca " * 10_000 + "\u201d " * 10_000,
    "cues": "he said " * 15_000,
    "titles": "Mr Aa Bb said. " * 8_000,
    "councils": " ".join(f"The Ab{number} Council said. The CEO said no." for number in range(2_500)),
    "stops": "." * 120_000,
    "participles": "saying, " * 15_000,
    "sources": "according to " * 9_000,
    "brackets": "(" * 120_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_time_in_step_with_its_length(name: str) -> None:
    """Eight times the text may take at most about eight times as long; quadratic code takes 64 times."""
    text = HOSTILE[name]
    short = text[: len(text) // 8]
    started = time.process_time()
    read_attributions(short)
    middle = time.process_time()
    read_attributions(text)
    assert time.process_time() - middle < 24 * (middle - started) + 0.5


# --- the words and the measure --------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    ["says", "told", "agreed", "begged", "denies", "labelled", "labeled", "putting", "wrote", "sought"],
)
def test_every_form_of_a_cue_verb_is_known(form: str) -> None:
    assert form in CUES


def test_points_are_given_only_to_verbs_that_are_cues() -> None:
    lemmas = {cue.lemma for cues in CUES.values() for cue in cues} | {"according to", ":"}
    assert {name.removeprefix("verb=") for name in POINTS if name.startswith("verb=")} <= lemmas


ARTICLE = "\u201cThe rota was empty that week,\u201d said Jane Lowe. The council said it was full."


def _article() -> dict[str, object]:
    def span(words: str) -> list[dict[str, int]]:
        return [{"start": ARTICLE.index(words), "end": ARTICLE.index(words) + len(words)}]

    quotes = [
        {
            "cues": span("said"),
            "sources": span("Jane Lowe"),
            "contents": span("\u201cThe rota was empty that week,\u201d"),
        },
        {"cues": span("said it")[:1], "sources": span("The council"), "contents": span("it was full")},
        {"cues": span("full"), "sources": span("rota"), "contents": span("week")},
    ]
    return {"text": ARTICLE, "quotes": quotes}


def test_the_benchmark_counts_what_is_right_and_what_is_missed() -> None:
    scores = polnear.measure([_article()])
    assert scores.quotation.as_dict() == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert scores.quotation_speaker.as_dict()["f1"] == 1.0
    assert scores.attribution.as_dict() == {"precision": 1.0, "recall": 0.6667, "f1": 0.8}


def test_points_are_learnt_from_annotated_articles(tmp_path: Path) -> None:
    data, out = tmp_path / "data.jsonl", tmp_path / "points.toml"
    data.write_text((json.dumps(_article()) + "\n") * 5, encoding="utf-8")
    assert polnear_points.main(["--data", str(data), "--out", str(out)]) == 0
    points = tomllib.loads(out.read_text(encoding="utf-8"))
    # In these articles "said" attributes each time.
    assert points["verb"]["say"] > 0
    assert set(points) == {name.split("=")[0] for name in POINTS}


def test_the_benchmark_prints_json(tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text(json.dumps(_article()) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.polnear", "--data", str(data), "--json"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    result = json.loads(run.stdout)
    assert set(result) == {"quotation", "quotation_speaker", "attribution", "kchars_per_second"}


def test_the_benchmark_says_in_one_line_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("not json\n", encoding="utf-8")
    assert polnear.main(["--data", str(bad)]) == 2
    error = capsys.readouterr().err
    assert "bad.jsonl" in error
    assert error.count("\n") == 1


def test_annotated_news_is_read_as_well_as_it_was() -> None:
    data = PRESS_DATA / "bench" / "polnear" / "dev.jsonl"
    if not data.exists():
        pytest.skip(f"{data} is absent; set PRESS_DATA to the shared data folder")
    scores = polnear.measure(polnear.articles(data))
    assert scores.quotation.as_dict()["f1"] >= 0.95
    assert scores.quotation_speaker.as_dict()["f1"] >= 0.86
    assert scores.attribution.as_dict()["f1"] >= 0.68
