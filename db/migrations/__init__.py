"""The schema's versions (Alembic), run from within the program: no alembic.ini is needed.

To add a version: change ``db/models.py`` or ``db/models_documents.py``, then ``python -m db.migrations
"what it adds"`` writes a draft into ``versions/``; read it, complete it, and set ``HEAD`` to its number.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.config import Config

#: The newest version, stated here so that opening an up-to-date database need not load Alembic.
HEAD = "0004"


def config() -> Config:
    """Alembic's configuration, for the scripts beside this file."""
    from alembic.config import Config

    made = Config()
    # ConfigParser reads a single % as the start of an interpolation.
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def revisions() -> frozenset[str]:
    """The version numbers that this code knows."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions())


def upgrade(connection: Connection) -> None:
    """Brings the schema and its views to ``HEAD`` within the connection's transaction."""
    from alembic import command

    made = config()
    made.attributes["connection"] = connection
    command.upgrade(made, "head")


def include_object(_item: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Whether Alembic may compare the object: full-text tables and their shadows are not in the models."""
    return not (kind == "table" and name is not None and "_fts" in name)
