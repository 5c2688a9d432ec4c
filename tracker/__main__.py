"""``python -m tracker``: the command line where the script is not on the path."""

from __future__ import annotations

from tracker.cli import main

if __name__ == "__main__":  # a process that it starts imports it, too
    main(prog_name="tracker")
