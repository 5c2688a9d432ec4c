"""The progress bar: how many, how fast, how many failed; nothing where nobody looks."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from tracker.cli.progress import Meter


def shown(sources: int, *, terminal: bool = True, more: int = 0, part: tuple[int, int] | None = None) -> str:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=160)
    with Meter(sources, console=console) as meter:
        meter.more(more)
        if part:
            meter.part(*part)
        meter.done(failed=False)
        meter.done(failed=True)
        meter._progress.refresh()
    return stream.getvalue()


def test_it_shows_how_many_of_how_many_how_fast_and_what_failed() -> None:
    said = shown(7)
    assert "2/7" in said
    assert "/s" in said
    assert "1 failed" in said


def test_of_a_stream_it_shows_how_far_the_file_is_read() -> None:
    assert "2/? (25 % of the file)" in shown(1, more=8, part=(250, 1000))


@pytest.mark.parametrize(("sources", "more", "appears"), [(3, 0, False), (1, 2, False), (1, 3, True), (4, 0, True)])
def test_it_appears_where_there_are_more_than_a_few(sources: int, more: int, appears: bool) -> None:
    assert bool(shown(sources, more=more)) is appears


def test_nothing_is_shown_where_there_is_no_terminal() -> None:
    assert shown(100, terminal=False) == ""
