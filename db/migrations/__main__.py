"""Writes the draft of a new version from the difference between the models and the newest version."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from db.engine import open_database, writing
from db.migrations import config, revisions


def main() -> None:
    """``python -m db.migrations MESSAGE`` writes ``versions/NNNN_message.py``."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m db.migrations MESSAGE")
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(Path(folder) / "draft.db")
        number = f"{len(revisions()) + 1:04}"
        made = config()
        with writing(engine) as connection:
            made.attributes["connection"] = connection
            command.revision(made, message=sys.argv[1], rev_id=number, autogenerate=True)
        engine.dispose()


if __name__ == "__main__":
    main()
