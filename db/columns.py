"""The few forms of column and constraint that the tables are built from.

Defaults stand on the server side too, so that a row written by plain SQL is as complete as ours.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field


def text_column(*, index: bool = False, unique: bool = False, default: str | None = None, nocase: bool = False) -> Any:
    """A stated text; ``nocase`` compares and sorts without regard to ASCII case."""
    kind = sa.Text(collation="NOCASE") if nocase else sa.Text()
    # Alembic compares an empty default rightly only when it is written as SQL.
    server = sa.text("''") if default == "" else default
    column = sa.Column(kind, nullable=False, index=index or None, unique=unique or None, server_default=server)
    return Field(sa_column=column) if default is None else Field(default=default, sa_column=column)


def optional(*, index: bool = False) -> Any:
    """A text that may be missing."""
    return Field(default=None, sa_column=sa.Column(sa.Text, nullable=True, index=index or None))


def integer(*, default: str | None = None) -> Any:
    """A whole number."""
    column = sa.Column(sa.Integer, nullable=False, server_default=default)
    return Field(sa_column=column) if default is None else Field(default=int(default), sa_column=column)


def optional_integer() -> Any:
    """A whole number that may be missing."""
    return Field(default=None, sa_column=sa.Column(sa.Integer, nullable=True))


def real(*, index: bool = False) -> Any:
    """A floating-point number that may be missing."""
    return Field(default=None, sa_column=sa.Column(sa.REAL, nullable=True, index=index or None))


def flag(default: bool) -> Any:
    """True or false, stored as 1 or 0."""
    column = sa.Column(sa.Boolean, nullable=False, server_default=sa.text("1" if default else "0"))
    return Field(default=default, sa_column=column)


def json_value(default: str) -> Any:
    """A JSON list or object, by its default ``[]`` or ``{}``."""
    column = sa.Column(sa.JSON(none_as_null=True), nullable=False, server_default=default)
    return Field(default_factory=list if default == "[]" else dict, sa_column=column)


def optional_json() -> Any:
    """A JSON object that may be missing."""
    return Field(default=None, sa_column=sa.Column(sa.JSON(none_as_null=True), nullable=True))


def to(target: str, *, index: bool = True) -> Any:
    """A foreign key that must be stated."""
    column = sa.Column(sa.Integer, sa.ForeignKey(f"{target}.id"), nullable=False, index=index or None)
    return Field(sa_column=column)


def maybe_to(target: str) -> Any:
    """A foreign key that may be missing."""
    column = sa.Column(sa.Integer, sa.ForeignKey(f"{target}.id"), nullable=True, index=True)
    return Field(default=None, sa_column=column)


def one_of(column: str, values: tuple[str, ...], *, name: str | None = None) -> sa.CheckConstraint:
    """A CHECK that the column holds one of a closed vocabulary."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f'"{column}" IN ({listed})', name=name or column)


def utc(*columns: str) -> tuple[sa.CheckConstraint, ...]:
    """CHECKs that the columns hold UTC times, ISO 8601 ending in ``Z``."""
    digits = "[0-9]" * 4 + "-" + "[0-9]" * 2 + "-" + "[0-9]" * 2
    return tuple(sa.CheckConstraint(f"{name} GLOB '{digits}T*Z'", name=f"{name}_utc") for name in columns)


def span(first: str = "start", last: str = "end") -> sa.CheckConstraint:
    """A CHECK that the two columns are a half-open span that is not empty."""
    return sa.CheckConstraint(f'"{first}" >= 0 AND "{last}" > "{first}"', name=f"{first}_{last}")
