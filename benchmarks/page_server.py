"""The real server process, and a client that opens its pages one after the other and takes the time."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

#: What a shell would run as ``tracker``, whatever is installed.
COMMAND = (sys.executable, "-m", "tracker")
_ROOT = Path(__file__).parents[1]
_PATIENCE = 60.0
_LOCKED = re.compile(r"database (?:table )?is locked|in use by another process", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, the path of its tables, and the file with what it printed."""

    port: int
    database: str
    log: Path

    @property
    def address(self) -> str:
        """Its address, without a stroke at the end."""
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One page: its status, its bytes, and the milliseconds until the last of them was here."""

    status: int
    body: bytes
    ms: float


class Client:
    """One connection that is kept open, as a browser does."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)

    def get(self, path: str) -> Answer:
        """Opens a page; a connection that the server closed meanwhile is opened again, at its own cost."""
        began = time.perf_counter()
        try:
            answer, body = self._once(path)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._connection.close()
            answer, body = self._once(path)
        return Answer(answer.status, body, (time.perf_counter() - began) * 1000)

    def _once(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        return answer, answer.read()

    def close(self) -> None:
        """Hangs up."""
        self._connection.close()


def environment() -> dict[str, str]:
    """The environment without the settings of whoever runs this."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}


def lock_errors(text: str) -> int:
    """How often the text tells of a lock that was not free."""
    return len(_LOCKED.findall(text))


@contextmanager
def serving(db: Path, *options: str) -> Iterator[Server]:
    """Runs ``tracker serve`` on the database, on a free port of this machine, until the block ends.

    Everybody may read (``--open``), unless options are given. Raises RuntimeError if it does not come up.
    """
    given = options or _open_to_all()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        with log.open("wb") as output:
            command = [*COMMAND, "serve", "--db", str(db.absolute()), "--port", "0", *given]
            process = subprocess.Popen(  # noqa: S603 - our own command
                command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        try:
            yield Server(_answering(process, log), db.stem, log)
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _open_to_all() -> tuple[str, ...]:
    """``--open``, if this version of the program knows it."""
    shown = subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, "serve", "--help"], env=environment(), capture_output=True, text=True, check=True
    )
    return ("--open",) if re.search(r"--open(?![\w-])", shown.stdout) else ()


def _answering(process: subprocess.Popen[bytes], log: Path) -> int:
    """The port, once the server answers on it."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text(encoding="utf-8", errors="replace"))
        if found:
            port = int(found.group(1))
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)) as connection:
                try:
                    connection.request("GET", "/robots.txt")
                    connection.getresponse().read()
                except OSError:
                    pass
                else:
                    return port
        time.sleep(0.05)
    process.kill()
    raise RuntimeError(f"the server did not come up: {log.read_text(encoding='utf-8', errors='replace').strip()}")
