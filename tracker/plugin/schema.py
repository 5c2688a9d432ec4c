"""What Datasette asks again and again, answered once for as long as it stays the same.

For one page of a table it asks some forty times which columns, keys and tables there are, each time in a
thread that others wait for too. And it counts all
claims for each facet of names; these counts are kept as ``db.counting`` keeps its own.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from copy import copy
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

from datasette.database import Database

from db.counting import Rest

if TYPE_CHECKING:
    from datasette.app import Datasette

#: The query of a facet, as Datasette's ``ColumnFacet`` writes it.
_FACET = re.compile(r"\s*select \S+ as value, count\(\*\) as count from \(")
_COUNTS_KEPT = 100


@dataclass(slots=True)
class _Counted:
    """What a facet counted, and at which version of the data."""

    version: int | None = None
    results: Any = None
    rest: Rest = field(default_factory=Rest)


def _remembered(name: str) -> Callable[..., Coroutine[Any, Any, Any]]:
    """Datasette's method of this name, asked once for the same arguments."""
    inherited: Callable[..., Coroutine[Any, Any, Any]] = getattr(Database, name)

    @wraps(inherited)
    async def method(self: SteadyDatabase, *given: str) -> Any:
        return await self.answer((name, *given), lambda: inherited(self, *given))

    return method


class SteadyDatabase(Database):
    """Datasette's database file, which remembers its schema until the schema's version changes."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)  # type: ignore[no-untyped-call]
        self._watch: sqlite3.Connection | None = None
        self._version: int | None = None
        self._answers: dict[tuple[str, ...], Any] = {}
        self._counts: OrderedDict[str, _Counted] = OrderedDict()

    table_exists = _remembered("table_exists")
    view_exists = _remembered("view_exists")
    table_columns = _remembered("table_columns")
    table_column_details = _remembered("table_column_details")
    primary_keys = _remembered("primary_keys")
    fts_table = _remembered("fts_table")
    label_column_for_table = _remembered("label_column_for_table")
    foreign_keys_for_table = _remembered("foreign_keys_for_table")
    derived_table_dependencies = _remembered("derived_table_dependencies")
    get_table_definition = _remembered("get_table_definition")

    async def answer(self, question: tuple[str, ...], ask: Callable[[], Awaitable[Any]]) -> Any:
        """The answer that is kept for this version of the schema, or else what ``ask`` gives."""
        version = self._pragma("schema_version")
        if version is None:
            return await ask()
        if version != self._version:
            # Another dictionary: an answer that is still on its way must not reach the new one.
            self._version, self._answers = version, {}
        answers = self._answers
        if question not in answers:
            answers[question] = await ask()
        # A copy, for the callers may change the lists that they are given.
        return copy(answers[question])

    async def execute(self, sql: str, params: Any = None, *given: Any, **named: Any) -> Any:
        """Runs a query; what a facet counts is kept until the data change, and a little longer if they do so often.

        Raises what Datasette's own method raises.
        """
        if not _FACET.match(sql):
            return await self._run(sql, params, *given, **named)
        version = self._pragma("data_version")
        question = repr((sql, params, given, sorted(named.items())))
        counted = self._counts.pop(question, None) or _Counted()
        if version is None or (version != counted.version and counted.rest.is_over()):
            began = time.monotonic()
            counted.results = await self._run(sql, params, *given, **named)
            counted.version = version
            counted.rest.counted(began)
        # The last of the dictionary is the one that was asked for last.
        self._counts[question] = counted
        if len(self._counts) > _COUNTS_KEPT:
            self._counts.popitem(last=False)
        return counted.results

    async def _run(self, sql: str, *given: Any, **named: Any) -> Any:
        return await super().execute(sql, *given, **named)  # type: ignore[no-untyped-call]

    def _pragma(self, name: str) -> int | None:
        """Read on the spot, which takes microseconds; None where it cannot be read just now."""
        try:
            if self._watch is None:
                self._watch = self.connect()  # type: ignore[no-untyped-call]
                self._watch.execute("PRAGMA busy_timeout=0")
            return int(self._watch.execute(f"PRAGMA {name}").fetchone()[0])
        except sqlite3.Error:
            return None


def keep_schema(datasette: Datasette) -> None:
    """Puts a ``SteadyDatabase`` in the place of each database file that is served."""
    for name, served in list(datasette.databases.items()):
        if served.path and type(served) is Database:
            datasette.remove_database(name)  # type: ignore[no-untyped-call]
            steady = SteadyDatabase(datasette, path=served.path, is_mutable=served.is_mutable, mode=served.mode)
            datasette.add_database(steady, name=name, route=served.route)  # type: ignore[no-untyped-call]
