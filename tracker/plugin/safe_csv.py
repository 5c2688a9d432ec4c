"""CSV that a spreadsheet shows and does not run: cells that it would take for formulas get an apostrophe.

Datasette writes one row a message, and streams them; so do we.
"""

from __future__ import annotations

import csv
import io
import re

from tracker.plugin.headers import App, Message, Receive, Scope, Send

# What a spreadsheet takes for the beginning of a formula; a tab or line end may stand before one.
_DANGEROUS = re.compile(r"[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?\Z")
_SUSPECT = re.compile(r'(?:\A|,|\n)"?[=+\-@\t\r\n]')


def defused(cell: str) -> str:
    """The cell, with an apostrophe before what would run; plain numbers stay, and a sign alone runs nothing."""
    return f"'{cell}" if len(cell) > 1 and _DANGEROUS.match(cell) and not _NUMBER.match(cell) else cell


def defused_rows(written: str) -> str:
    """Rows of CSV with every cell defused."""
    if not _SUSPECT.search(written):
        return written
    made = io.StringIO()
    writer = csv.writer(made)
    for row in csv.reader(io.StringIO(written, newline="")):
        writer.writerow(map(defused, row))
    return made.getvalue()


def defusing(app: App) -> App:
    """The application with its CSV defused."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith(".csv"):
            await app(scope, receive, send)
            return
        is_csv = False

        async def send_defused(message: Message) -> None:
            nonlocal is_csv
            if message["type"] == "http.response.start":
                kinds = [value for name, value in message.get("headers", []) if name.lower() == b"content-type"]
                # An error is a page; Datasette's CSV is plain text unless it is downloaded.
                plain = any(kind.startswith((b"text/csv", b"text/plain")) for kind in kinds)
                is_csv = message["status"] == 200 and plain
            elif is_csv and message.get("body"):
                message = {**message, "body": defused_rows(message["body"].decode()).encode()}
            await send(message)

        await app(scope, receive, send_defused)

    return answer
