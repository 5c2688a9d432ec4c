"""Two checkers on one claim at the same moment: one move is made, the other is told, nothing is lost."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import desk_samples
import plugin_samples
import pytest
from browser import serving
from commands import query

from tracker import people

RACES = 100
RACERS = ("cleo", "cora")
_VERDICTS = ("supported", "misleading")
_FORM = "application/x-www-form-urlencoded"


class Checker:
    """Somebody with a browser of their own: one connection, one cookie."""

    def __init__(self, address: str, name: str) -> None:
        self.name = name
        self._address = address
        self._connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
        self._cookie = ""
        status, headers, _ = self.post("/-/login", username=name, password=desk_samples.PASSWORD)
        assert status == 303
        self._cookie = headers["set-cookie"].split(";")[0]

    def post(self, path: str, **form: str) -> tuple[int, http.client.HTTPMessage, str]:
        """Sends a form as a browser does."""
        return self._asked("POST", path, urlencode(form), {"origin": self._address, "content-type": _FORM})

    def seen(self, claim: int) -> str:
        """The last review that this person has seen, as the form on the claim's page has it."""
        status, _, page = self._asked("GET", f"/press/claims/{claim}", None, {})
        assert status == 200
        found = set(re.findall(r'name="seen" value="(\d+)"', page))
        assert len(found) == 1
        return found.pop()

    def _asked(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, http.client.HTTPMessage, str]:
        self._connection.request(method, path, body, {**headers, **({"cookie": self._cookie} if self._cookie else {})})
        answer = self._connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()

    def close(self) -> None:
        """Hangs up."""
        self._connection.close()


@pytest.fixture
def checkers(database: Path) -> Iterator[tuple[Checker, Checker]]:
    """Two of them, signed in on a real server that nobody else may read."""
    users = desk_samples.add_people(database)
    people.add_person(users, "cora", "checker", desk_samples.PASSWORD, desk_samples.ITERATIONS)
    with (
        serving(database) as address,
        closing(Checker(address, RACERS[0])) as cleo,
        closing(Checker(address, RACERS[1])) as cora,
    ):
        yield cleo, cora


def test_of_two_verdicts_at_the_same_moment_one_is_given(database: Path, checkers: tuple[Checker, Checker]) -> None:
    assert plugin_samples.FINE in query(database, "SELECT quote FROM claims WHERE id = 1")[0][0]
    together = threading.Barrier(2)
    winners = []
    for race in range(RACES):
        seen = {checker.seen(1) for checker in checkers}
        assert len(seen) == 1
        before = query(database, "SELECT count(*) FROM reviews")[0][0]
        answers = raced(checkers, together, f"race {race}", seen.pop())
        statuses = sorted(status for status, _ in answers.values())
        assert statuses == [303, 409], race
        assert query(database, "SELECT count(*) FROM reviews")[0][0] == before + 1
        ((name, verdict, note),) = query(
            database, "SELECT by_whom, to_verdict, note FROM reviews ORDER BY id DESC LIMIT 1"
        )
        (loser,) = (checker.name for checker in checkers if answers[checker.name][0] == 409)
        assert (name, note) == (next(one for one in RACERS if one != loser), f"race {race} by {name}")
        assert query(database, "SELECT verdict FROM claims WHERE id = 1") == [(verdict,)]
        # The other is told by whom, and has the typed words still.
        told = answers[loser][1]
        assert name in told
        assert f"race {race} by {loser}" in told
        winners.append(name)
    # A race that always the same one wins is none.
    assert set(winners) == set(RACERS)


def raced(
    checkers: tuple[Checker, Checker], together: threading.Barrier, note: str, seen: str
) -> dict[str, tuple[int, str]]:
    """Both send their verdict at once; each one's status and page."""
    answers: dict[str, tuple[int, str]] = {}

    def send(checker: Checker, verdict: str) -> None:
        together.wait(30)
        form = {"verdict": verdict, "note": f"{note} by {checker.name}", "seen": seen}
        status, _, page = checker.post("/-/claim/1/verdict", **form)
        answers[checker.name] = (status, page)

    pairs = zip(checkers, _VERDICTS, strict=True)
    threads = [threading.Thread(target=send, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(checkers)
    return answers
