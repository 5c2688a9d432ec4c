"""A progress bar for inputs in bulk: how many of how many, how fast, and how many failed."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from tracker.inputs import Tally

#: Fewer plain files are over before a bar would have been read.
_FEW = 3


class _Rate(ProgressColumn):
    """Inputs a second since the beginning."""

    def render(self, task: Task) -> Text:
        elapsed = task.finished_time if task.finished else task.elapsed
        rate = task.completed / elapsed if elapsed else 0.0
        return Text(f"{rate:.1f}/s" if rate < 100 else f"{rate:,.0f}/s")


class Meter(Tally):
    """Shows how far a run is, on standard error; nothing where that is no terminal.

    A context manager. What else is printed on the terminal meanwhile stands above the bar.
    """

    def __init__(self, sources: int, *, as_json: bool = False, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        # Lines of JSON go past the bar's own printing, and would be cut by it.
        self._may_show = self._console.is_terminal and not (as_json and sys.stdout.isatty())
        self._total = sources
        self._failed = 0
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f}/{task.fields[whole]}"),
            _Rate(),
            TextColumn("{task.fields[failed]:,} failed"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            redirect_stdout=sys.stdout.isatty(),
            redirect_stderr=True,
        )
        self._task = self._progress.add_task("Adding", total=sources, failed=0, whole=f"{sources:,}")
        self._started = False

    def __enter__(self) -> Self:
        if self._total > _FEW:
            self._show()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._started:
            self._progress.stop()

    def more(self, number: int) -> None:
        """So many inputs more: the bar appears when there are more than a few."""
        self._total += number
        if self._total > _FEW:
            self._show()
        self._progress.update(self._task, total=self._total, whole=f"{self._total:,}")

    def part(self, done: int, whole: int) -> None:
        """How far the file at hand is read, in bytes; how many inputs are in it nobody knows."""
        if whole:
            self._progress.update(self._task, total=None, whole=f"? ({100 * done // whole} % of the file)")

    def done(self, *, failed: bool) -> None:
        """One input more is behind us."""
        self._failed += failed
        self._progress.update(self._task, advance=1, failed=self._failed)

    def _show(self) -> None:
        if self._may_show and not self._started:
            self._started = True
            self._progress.start()
