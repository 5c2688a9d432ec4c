"""Keeps the record of runs and of the inputs that failed."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db import vocabulary as words
from db.engine import writing
from db.errors import RecordError
from db.models import table

_RUNS = table("runs")
_FAILURES = table("failures")


def start_run(bind: Engine | Connection, command: str, reader_version: str, now: str) -> int:
    """Notes that a command begins, and gives the run's id; ``now`` is UTC ending in ``Z``."""
    with writing(bind) as connection:
        row = sa.insert(_RUNS).values(command=command, reader_version=reader_version, started_at=now)
        return int(connection.execute(row.returning(_RUNS.c.id)).scalar_one())


def end_run(bind: Engine | Connection, run_id: int, counts: Mapping[str, int], now: str) -> None:
    """Notes that the run came to its end, and what it did; RecordError for an unknown run."""
    with writing(bind) as connection:
        row = sa.update(_RUNS).where(_RUNS.c.id == run_id).values(ended_at=now, counts=dict(counts))
        if connection.execute(row).rowcount != 1:
            raise RecordError(f"there is no run {run_id} to end")


def record_failure(
    bind: Engine | Connection,
    run_id: int | None,
    input: str,
    stage: str,
    reason: str,
    remedy: str | None,
    at: str,
) -> int:
    """Notes one input that failed, and gives the failure's id.

    ``stage`` is fetch, archive, extract, read, store or input.
    """
    if stage not in words.STAGES:
        raise RecordError(f'the stage "{stage}" is not known: use one of {", ".join(words.STAGES)}')
    # An argument with undecodable bytes holds lone surrogates, which SQLite refuses.
    safe = {
        name: value and value.encode("utf-8", "replace").decode("utf-8")
        for name, value in {"input": input, "reason": reason, "remedy": remedy}.items()
    }
    with writing(bind) as connection:
        row = sa.insert(_FAILURES).values(run_id=run_id, stage=stage, at=at, **safe)
        return int(connection.execute(row.returning(_FAILURES.c.id)).scalar_one())
