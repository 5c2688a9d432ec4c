"""The order of the queue: what counts for how much, said in words, and who is watched."""

from __future__ import annotations

import pytest

from tracker.judging.importance import IN_WORDS, Importance, importance, is_watched

FINED = "The harbour trust was fined £19m in 2019."
THANKS = "We would like to thank all of our volunteers."


def weigh(
    quote: str = FINED, kind: float = 0.5, figure: bool = True, stance: str = "asserted", watched: bool = False
) -> int:
    return importance(quote, kind, has_figure=figure, stance=stance, watched=watched).weight


@pytest.mark.parametrize(
    ("more", "less", "why"),
    [
        (weigh(), weigh(THANKS), "words that are worth checking"),
        (weigh(), weigh(figure=False), "a figure can be wrong"),
        (weigh(watched=True), weigh(), "a subject that is watched"),
        (weigh(kind=1.0), weigh(kind=0.2), "a fine before a schedule"),
        (weigh(), weigh(stance="hypothetical"), "asserted outright"),
        (weigh(stance="reported"), weigh(stance="denied"), "told as said is asserted, too"),
        (weigh(watched=True, kind=0.5), weigh(kind=1.0), "whom people watch comes before what kinds weigh"),
        (weigh(kind=1.0), weigh(THANKS, kind=1.0, watched=True), "but no watch list lifts thanks over a fine"),
        (weigh(kind=1.0, stance="denied"), weigh(kind=0.2), "a denied fine before a schedule"),
    ],
)
def test_what_comes_first(more: int, less: int, why: str) -> None:
    assert more > less, why


def test_the_whole_scale_is_kept() -> None:
    assert weigh(THANKS, kind=0, figure=False, stance="denied") <= 2
    assert 90 <= weigh(kind=7.0, watched=True) <= 100, "a user's kind may weigh anything"
    assert weigh(kind=-3.0) == weigh(kind=0.0)
    shares = [int(word) for word in IN_WORDS.replace(",", " ").replace(".", " ").split() if word.isdigit()]
    assert shares[0] == sum(shares[1:]) == 100, "the words on the page add up"


def test_the_reason_in_words() -> None:
    found = importance(FINED, 0.9, has_figure=True, stance="denied", watched=True)
    assert isinstance(found, Importance)
    assert found.reason.startswith("worth checking .")
    assert found.reason.endswith(", has a figure, denied, a kind of weight .90, watched")
    assert "hardly worth checking .0" in importance(THANKS, 0, has_figure=False, stance="asserted").reason
    assert "watched" not in importance(THANKS, 0, has_figure=False, stance="asserted").reason
    assert "weight 1.00" in importance(THANKS, 1, has_figure=False, stance="asserted").reason


@pytest.mark.parametrize(
    ("names", "watch", "expected", "why"),
    [
        (["Harbour Trust"], ["HARBOUR trust"], True, "whatever the case"),
        (["The Harbour Trust"], ["Harbour  Trust"], True, "article and spaces"),
        (["Harbour Trust", "HT"], ["ht"], True, "another of its names"),
        (["Orrin\u2019s Bakery"], ["Orrin's Bakery"], True, "either apostrophe"),
        (["Harbour Trust"], ["Harbour"], False, "a part of a name is another name"),
        (["Harbour"], ["Harbour Trust"], False, "and the other way round"),
        (["Harbour Trust"], [], False, "nobody is watched"),
        ([""], ["", " "], False, "no name is nobody"),
        (["Straße AG"], ["STRASSE AG"], True, "case as Unicode folds it"),
    ],
)
def test_who_is_watched(names: list[str], watch: list[str], expected: bool, why: str) -> None:
    assert is_watched(names, watch) is expected, why


@pytest.mark.parametrize(
    ("stance", "said"), [("asserted", "asserted outright"), ("reported", "reported"), ("denied", "denied")]
)
def test_only_what_is_asserted_is_told_as_asserted_outright(stance: str, said: str) -> None:
    assert importance("They were fined \u00a319m.", 0.9, has_figure=True, stance=stance).reason.split(", ")[2] == said
