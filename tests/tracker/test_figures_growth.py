"""Reading grows with the text and no faster, whatever the text is: counted, not timed (benchmarks.growth times it)."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from benchmarks.growth import PIECES, prose, texts
from scrapers.document import Block, Document
from tracker.own_words import load_kinds
from tracker.reading import (
    claims,
    clauses,
    dates,
    english,
    figure_masks,
    footnotes,
    grammar,
    needles,
    replacing,
    source_papers,
    source_people,
    source_records,
    weighing,
)
from tracker.reading.figure_calendar import ABSOLUTE, FEASTS
from tracker.reading.figure_tokens import tokenize
from tracker.reading.figures import read_figures
from tracker.reading.values import Figure

TEXTS = dict(texts())


def calls(work: Callable[[], object]) -> int:
    """The calls that some work makes, of Python functions and of C's: the same on every machine."""
    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_ends_and_its_figures_stand_where_they_say(name: str) -> None:
    text = TEXTS[name](20_000)
    end = 0
    for figure in read_figures(text):
        assert text[figure.start : figure.end] == figure.text
        assert end <= figure.start < figure.end
        end = figure.end


@pytest.mark.parametrize("name", TEXTS)
def test_figures_take_twice_the_steps_for_twice_the_text(name: str) -> None:
    make = TEXTS[name]
    once, twice = (calls(lambda size=size: read_figures(make(size))) for size in (800, 1_600))
    assert twice <= 2.2 * once + 200


SENTENCES = (
    "prices", "percentages", "semicolons", "commas and words", "dashes and words", "lists", "halves", "said",
    "names", "quoted", "opened", "closed", "blank lines", "ages", "because", "according", "prose without stops",
)  # fmt: skip


@pytest.mark.parametrize("name", SENTENCES)
def test_claims_take_twice_the_steps_for_twice_the_sentence(name: str) -> None:
    kinds = load_kinds()

    def work(size: int) -> Callable[[], object]:
        text = TEXTS[name](size)
        document = Document("article", text, published="2020-07-02", blocks=(Block(0, len(text), "p"),))
        return lambda: claims.read(document, kinds)

    work(100)()  # loads the tables
    once, twice = calls(work(1_200)), calls(work(2_400))
    assert twice <= 2.2 * once + 1_000


def test_ten_thousand_digits_and_a_million_signs_are_no_number() -> None:
    assert read_figures("7" * 10_000) == read_figures("7" * 1_000_000) == read_figures("£" * 1_000_000) == ()


def test_what_runs_on_without_a_blank_is_data_and_what_stands_beside_it_is_read() -> None:
    data = "1%" * 200
    text = f"They paid £5m {data} and 12 per cent."
    assert [figure.text for figure in read_figures(text)] == ["£5m", "12 per cent"]
    # A long compound or a row of figures with strokes is still text.
    assert [figure.text for figure in read_figures("They paid £5m/£6m/£7m.")][:1] == ["£5m"]


@dataclass
class Seen:
    """A span that counts how often it is looked at."""

    first: int
    last: int
    looks: int = 0

    @property
    def start(self) -> int:
        self.looks += 1
        return self.first

    @property
    def end(self) -> int:
        self.looks += 1
        return self.last


def test_each_figure_is_looked_at_in_its_own_sentences_only() -> None:
    spans = [Seen(10 * n, 10 * n + 4) for n in range(500)]
    near = claims._Near(spans)
    for n in range(500):
        assert near.near(10 * n, 10 * n + 10) == (spans[n],)
    assert max(span.looks for span in spans) <= 6


def test_spans_near_come_in_the_order_given() -> None:
    late, early, long = Seen(7, 9), Seen(0, 3), Seen(1, 30)
    near = claims._Near([late, early, long])
    assert near.near(0, 10) == (late, early, long)
    assert near.near(10, 20) == (long,)
    assert near.near(30, 40) == ()


class Counted:
    """A pattern that counts the characters that it is given to search."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.characters = pattern, 0

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        self.characters += len(text)
        return self.pattern.finditer(text)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        self.characters += end - start
        return self.pattern.search(text, start, end)


def test_a_sentence_is_searched_for_its_verbs_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(grammar.FINITE)
    monkeypatch.setattr(grammar, "FINITE", counted)
    text = "They had lost; they paid and they left, " * 60
    assert len(clauses.split_clauses(text, 0, len(text))) > 50
    assert 0 < counted.characters <= len(text)


def test_the_words_of_a_kind_are_looked_for_once_in_a_clause(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0
    plain = weighing.matches_of

    def matches_of(*arguments: object) -> object:
        nonlocal count
        count += 1
        return plain(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(weighing, "matches_of", matches_of)
    kinds = load_kinds()
    text = "They were fined £5m and " * 40
    wording = weighing.Wording(text, (0, len(text)))
    ranked = [weighing.kinds_of(wording, figure, kinds) for figure in read_figures(text)]
    assert len(ranked) == 40
    assert all([kind.name for kind in one] == [kind.name for kind in ranked[0]] for one in ranked)
    assert 0 < count <= len(kinds)


GATED = [
    ("On 5 May 2019 they left.", "2019"), ("It opened 25/12/2020.", "2020"), ("By Easter they left.", "easter"),
    ("In Autumn 2021 it opens.", "autumn"),
    ("The fourth of July 1995.", "july"), ("Until September.", "september"), ("In 2018 they left.", "2018"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "needle"), GATED)
def test_a_gate_opens_for_every_match(text: str, needle: str) -> None:
    gate = needles.Gate(text)
    matched = [pattern for pattern in (*(row[1] for row in ABSOLUTE), FEASTS) if pattern.search(text)]
    assert matched
    assert all(gate.opens(needles.needles_of(pattern)) for pattern in matched)
    shut = needles.Gate(re.sub(re.escape(needle), "", text, flags=re.IGNORECASE))
    assert not all(shut.opens(needles.needles_of(pattern)) for pattern in matched)


@pytest.mark.parametrize(
    ("pattern", "groups", "reason"),
    [
        (r"\b(?:Jan(?:uary)?|Feb)\b", [{"jan", "feb"}], "the shorter stands in the longer"),
        (r"[Bb]y (?P<year>20[0-9]{2})", [{"by 20"}], "either case, up to what may be anything"),
        (r"(?:one|two|[0-9]+) days? ago", [{" day ago", " days ago"}], "what is always there"),
        (r"(?:yes)?no+pe", [{"pe"}], "nothing of what may be absent, and two letters are too few"),
        (r"(?=next)\w+", [], "a look ahead takes no place"),
        (r"a|[0-9]", [], "a branch without needles"),
    ],
)
def test_needles(pattern: str, groups: list[set[str]], reason: str) -> None:
    assert [set(group) for group in needles.needles_of(re.compile(pattern))] == [
        group for group in groups if min(map(len, group)) > 2
    ], reason


HIDDEN = [
    ("Write to A.B@C.org.", "an address with capitals"), ("See WWW.EXAMPLE.NET now.", "capitals"),
    ("See Www.example5.net now.", "one capital"), ("They met at 7 PM.", "capitals"),
    ("They met at 7\u00a0a.m.", "a hard blank"),
    ("They met at 7.30pm.", "glued"), ("They met at 5 o’clock.", "curly"), ("THEY MET AT 5 O'CLOCK.", "capitals"),
    ("Call 020\u00a07946 0018.", "a hard blank"), ("Call +44 20 7946 0018.", "a country"),
    ("It is in LS1 4AP.", "a postcode"), ("See [12].", "a note"), ("It was V2.1 then.", "a version"),
    ("Use 1.2.3 now.", "a version"), ("It was 02/07/2020.", "a date of two readings"),
    ("After 9/11 they left.", "a date for a name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), HIDDEN)
def test_every_mask_is_tried_where_it_may_match(text: str, reason: str) -> None:
    tried = figure_masks.masked(text)
    spans = [match.span() for _, pattern in figure_masks._MASKS for match in pattern.finditer(text)]
    assert spans, reason
    assert all(tried.hides(*span) for span in spans), reason


def test_a_quick_replacement_is_as_the_general_one() -> None:
    figure = read_figures("They paid over £5m.")[0]
    assert replacing.replace(figure, low=1.0, of="rent") == replace(figure, low=1.0, of="rent")
    assert figure.low == 5e6
    with pytest.raises(TypeError, match="no field 'size'"):
        replacing.replace(figure, size=1)


def test_the_first_token_stands_behind_a_break() -> None:
    for text in ("5 men", " 5 men", "\u200b5 men", "\n5 men"):
        assert [token.gap for token in tokenize(text)] == [3, 1]
    assert tokenize(" \u200b ") == []


def test_prose_is_prose() -> None:
    """The benchmark's own text has figures and dates, or it would measure nothing."""
    text = prose(3_000)
    assert len(read_figures(text)) > 20
    assert len(dates.read_dates(text)) > 5
    assert isinstance(read_figures(text)[0], Figure)
    assert len(PIECES) > 90


@pytest.mark.parametrize("names", [("pronoun",), ("not_past",), ("irregular_past", "present"), ("imperative",)])
def test_a_class_of_words_finds_what_its_plain_list_finds_the_longest_first(names: tuple[str, ...]) -> None:
    words = sorted({word for name in names for word in english.words_of(name)}, key=lambda word: (-len(word), word))
    plain = re.compile("|".join(re.escape(word).replace("'", "['\u2019]") for word in words), re.IGNORECASE)
    text = " ".join(word + end for word in words for end in ("", "s", "ed", "\u2019s", "x")) + " IT i It THEM"
    assert [m.span() for m in re.finditer(english.any_of(*names), text, re.IGNORECASE)] == [
        m.span() for m in plain.finditer(text)
    ]


SOUGHT = [
    *source_people._SOUGHT, *source_records._SOUGHT,
    source_papers._PAPER_MADE_BY, source_papers._NAME_PAPER, source_papers._SAID_IN, source_papers._NAME_ASKED,
]  # fmt: skip


def test_a_gate_before_a_source_hides_none() -> None:
    texts = [
        "A source close to the board said so.", "Staff who asked not to be named said so.", "The inquest heard it.",
        "Emails seen by the Ledger show it.", "Leaked documents show it.", "According to court documents it fell.",
        "A survey conducted by Tarn Research found it.", "Tarn Trust said in a report that it fell.",
        "Tarn Trust surveyed 2,000 adults.", "The judgment says so.", "Ministry figures show it.", "A FOI request.",
    ]  # fmt: skip
    hit = 0
    for text in texts:
        for sought in SOUGHT:
            plain = [m.span() for m in sought.pattern.finditer(text)]
            hit += bool(plain)
            assert [m.span() for m in sought.finditer(needles.Gate(text), text, 0, len(text))] == plain
    assert hit >= 10


def test_a_note_that_says_ibid_is_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    plain = footnotes._is_ibid

    def is_ibid(*arguments: object) -> bool:
        nonlocal asked
        asked += 1
        return plain(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(footnotes, "_is_ibid", is_ibid)
    many = 400
    text = "\n".join([f"It paid. [{number}]" for number in range(1, many)])
    notes = "\n".join(["[1] ONS, Labour overview, May 2020", *(f"[{number}] Ibid." for number in range(2, many))])
    found = footnotes.Footnotes(f"{text}\n\n{notes}\n")
    meant = [found.meant(mark.note) for mark in found.carried(0, len(text))]
    assert len(meant) == many - 1
    assert {note.mark for note in meant if note is not None} == {"1"}
    assert asked <= many
