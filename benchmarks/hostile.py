"""Hostile servers and addresses against the fetcher with the settings that people have (a deadline of 30 s).

    python -m benchmarks.hostile --data FOLDER [--json]

FOLDER holds ``corpora/http-compressed`` and ``corpora/hostile-urls``. Of each case: how long it took, with which
error it ended, and for those that could fill the memory (run one after the other) the most that Python held
besides, by tracemalloc, the server's own share included. The others run side by side; of them all the growth of
the process's resident memory is told. A hook on ``socket.connect`` sees every connection of the process: all but
those to the benchmark's own servers count. Takes about a minute; ends with 1 where a bound does not hold.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.hostile_server import HEAD, Route, answering, drip, endless, redirect, serving
from scrapers.errors import ScrapeError
from scrapers.fetch import Fetcher, FetchSettings

MOST_SECONDS, MOST_MEMORY = 31.0, 64.0
_CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_PIECE = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
_CODINGS = {"gzip": "gzip", "deflate": "deflate", "br": "br", "zstd": "zstd"}


@dataclass(frozen=True)
class Case:
    """What a server does (None: an address asked for as it is), and the errors that would be right."""

    name: str
    expected: tuple[str, ...]
    route: Route | None = None
    url: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a case ended; ``memory`` in MB, None where it was not measured by itself."""

    name: str
    seconds: float
    error: str
    line: str
    right: bool
    memory: float | None


class Connections:
    """Every address that this process connected to, seen by an audit hook, but for its own servers."""

    def __init__(self) -> None:
        self.own: set[tuple[str, int]] = set()
        self.to_own = 0
        self.others: list[str] = []

    def watch(self) -> None:
        """Look from now on; a hook lasts as long as the process."""
        sys.addaudithook(self._see)

    def _see(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            address = args[1]
            if isinstance(address, tuple) and tuple(address[:2]) in self.own:
                self.to_own += 1
            else:
                self.others.append(repr(address))


def zeros(megabytes: int, times: int, wbits: int) -> bytes:
    """Nothing but zeros, packed, and packed again."""
    packer, packed = zlib.compressobj(9, zlib.DEFLATED, wbits), b""
    for _ in range(megabytes):
        packed += packer.compress(bytes(1_000_000))
    packed += packer.flush()
    for _ in range(times - 1):
        again = zlib.compressobj(9, zlib.DEFLATED, wbits)
        packed = again.compress(packed) + again.flush()
    return packed


def heavy_cases(corpus: Path) -> Iterator[Case]:
    """What could fill the memory."""
    yield Case("endless chunks", ("TooLarge",), endless(_CHUNKED, _PIECE))
    yield Case("endless body without a length", ("TooLarge",), endless(HEAD + b"\r\n", b"x" * 65536))
    yield Case("endless header", ("Unreachable", "CutOff"), endless(HEAD, b"X-Long: " + b"x" * 60_000 + b"\r\n"))
    yield Case("endless line of a chunk", ("Unreachable", "CutOff"), endless(_CHUNKED, b"1" * 65536))
    yield Case("stated length of 5 GB", ("TooLarge",), answering(b"x", length=5_000_000_000))
    for path in sorted(corpus.glob("bomb-*")):
        coding = _CODINGS[path.stem.removeprefix("bomb-")]
        route = answering(path.read_bytes(), f"Content-Encoding: {coding}")
        yield Case(path.name, ("TooLarge",) if coding in ("gzip", "deflate") else ("NotADocument",), route)
    for times in (1, 2, 3):
        coding = ", ".join(["gzip"] * times)
        route = answering(zeros(100, times, 31), f"Content-Encoding: {coding}")
        yield Case(f"100 MB of zeros, {coding}", ("TooLarge",), route)
    yield Case(
        "100 MB of zeros, bare deflate", ("TooLarge",), answering(zeros(100, 1, -15), "Content-Encoding: deflate")
    )
    before = HEAD + b"Content-Encoding: gzip\r\n\r\n"
    yield Case("endless gzip members", ("TooLarge",), endless(before, zeros(1, 1, 31)))
    yield Case(
        "endless body of a redirect in a circle",
        ("TooManyRedirects",),
        endless(_CHUNKED.replace(b"200 OK", b"302 Found\r\nLocation: /"), _PIECE),
    )


def slow_cases(corpus: Path) -> Iterator[Case]:
    """What holds on to whoever asks, and what breaks off."""
    yield Case("silence", ("TimedOut",), drip(b"", b""))
    yield Case("drip: headers", ("TimedOut",), drip(HEAD, b"X-A: b\r\n"))
    yield Case("drip: body with a length", ("TimedOut",), drip(HEAD + b"Content-Length: 1000\r\n\r\n", b"x"))
    yield Case("drip: body without one", ("TimedOut",), drip(HEAD + b"\r\n", b"x"))
    yield Case("drip: chunks", ("TimedOut",), drip(_CHUNKED, b"1\r\nx\r\n"))
    yield Case("drip: status line", ("TimedOut",), drip(b"HTTP/1.1 200 ", b"O"))
    yield Case("drip: 100 Continue", ("TimedOut",), drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"))
    yield Case("drip: packed body", ("TimedOut",), drip(HEAD + b"Content-Encoding: gzip\r\n\r\n", b"\x1f"))
    yield Case(
        "drip: redirect in a circle", ("TooManyRedirects",), drip(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", b"x")
    )
    yield Case("redirect to itself", ("TooManyRedirects",), redirect("/"))
    yield Case("body cut off before its length", ("CutOff",), answering(b"only this", length=5000))
    yield Case("chunks cut off", ("CutOff",), lambda connection, _: connection.sendall(_CHUNKED + b"ff\r\nhello"))
    yield Case("nothing at all", ("CutOff",), lambda connection, _: None)
    for path in sorted([*corpus.glob("truncated-*.gz"), *corpus.glob("unexpected-eof.gz")]):
        route = answering(path.read_bytes(), "Content-Encoding: gzip")
        yield Case(path.name, ("CutOff", "NotADocument"), route)


def addresses(corpus: Path) -> Iterator[Case]:
    """Hostile addresses, asked for as they are and led to by a redirect."""
    urls = [line for line in (corpus / "urls.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    for url in urls:
        yield Case(f"asked for: {url}", ("RefusedAddress",), url=url)
        # A server that answers on loopback may be called on: an open port must open no other machine.
        for target in {url, _on_open_port(url)}:
            spelled = target.encode("utf-8").decode("latin-1")
            yield Case(f"led to: {target}", ("RefusedAddress",), url=target, route=redirect(spelled))


def _on_open_port(url: str) -> str:
    """An address of another machine with the port of the case's own server (``PORT``), else as it is."""
    try:
        inner = ip_address(urlsplit(url).hostname or "")
    except ValueError:
        return url
    host = f"[{inner}]" if inner.version == 6 else str(inner)
    return url if inner.is_loopback else f"http://{host}:PORT/"


def attempt(case: Case, connections: Connections, *, measured: bool) -> Outcome:
    """Run one case with a fetcher of its own."""
    if case.route is None:
        return _timed(case, Fetcher(), case.url, measured)
    routes = {"/": case.route}
    with serving(routes) as port:
        connections.own.add(("127.0.0.1", port))
        if "PORT" in case.url:
            routes["/"] = redirect(case.url.replace("PORT", str(port)))
        # Only the server's own port: what a redirect leads to elsewhere on this machine stays shut.
        settings = FetchSettings(allow_loopback=True, allowed_ports=frozenset({port}))
        return _timed(case, Fetcher(settings), f"http://127.0.0.1:{port}/", measured)


def _timed(case: Case, fetcher: Fetcher, url: str, measured: bool) -> Outcome:
    if measured:
        tracemalloc.start()
    began = time.monotonic()
    error, line = "none", "it was fetched"
    try:
        with fetcher:
            fetcher.fetch(url)
    except ScrapeError as failed:
        error, line = type(failed).__name__, str(failed)
    except Exception as failed:
        error, line = f"UNCAUGHT {type(failed).__name__}", str(failed)
    seconds = time.monotonic() - began
    memory = None
    if measured:
        memory = round(tracemalloc.get_traced_memory()[1] / 1e6, 1)
        tracemalloc.stop()
    right = error in case.expected and "\n" not in line
    return Outcome(case.name, round(seconds, 2), error, line, right, memory)


def measure(data: Path) -> dict[str, Any]:
    """Run all cases; the summary, with the outcomes under ``cases``."""
    compressed, hostile = data / "corpora" / "http-compressed", data / "corpora" / "hostile-urls"
    connections = Connections()
    connections.watch()
    heavy = list(heavy_cases(compressed))
    outcomes = [attempt(case, connections, measured=True) for case in heavy]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rest = [*slow_cases(compressed), *addresses(hostile)]
    with ThreadPoolExecutor(len(rest)) as pool:
        outcomes += pool.map(lambda case: attempt(case, connections, measured=False), rest)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    worst = max(outcome.memory or 0.0 for outcome in outcomes)
    return {
        "cases_ended": len(outcomes),
        "own_error": sum(outcome.right for outcome in outcomes),
        "worst_seconds": max(outcome.seconds for outcome in outcomes),
        "worst_memory_mb": worst,
        "memory_growth_of_all_slow_cases_at_once_mb": round(grown, 1),
        "connections_to_others": len(connections.others),
        "connections_to_own_servers": connections.to_own,
        "others": connections.others,
        "threads_left": threading.active_count() - 1,
        "cases": [asdict(outcome) for outcome in outcomes],
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 0: every bound holds, 1: one does not, 2: there is nothing to measure with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    corpora = args.data / "corpora"
    if not (corpora / "hostile-urls" / "urls.txt").is_file() or not any(corpora.glob("http-compressed/bomb-*")):
        print(
            f"no corpora/http-compressed and corpora/hostile-urls: {args.data}: name the folder that holds them",
            file=sys.stderr,
        )
        return 2
    result = measure(args.data)
    if args.json:
        print(json.dumps(result))
    else:
        for case in result["cases"]:
            memory = "" if case["memory"] is None else f"{case['memory']:.1f} MB"
            mark = " " if case["right"] else "!"
            print(f"{mark} {case['seconds']:>6.2f} s {memory:>8}  {case['error']:<17} {case['name']}")
        print(
            f"{result['own_error']} of {result['cases_ended']} ended with their own error; at most "
            f"{result['worst_seconds']} s; at most {result['worst_memory_mb']} MB besides; "
            f"{result['connections_to_others']} connections to other addresses "
            f"({result['connections_to_own_servers']} to the benchmark's own servers)"
        )
    bounds = (
        result["own_error"] == result["cases_ended"],
        result["worst_seconds"] <= MOST_SECONDS,
        result["worst_memory_mb"] <= MOST_MEMORY,
        not result["connections_to_others"],
    )
    return 0 if all(bounds) else 1


if __name__ == "__main__":
    sys.exit(main())
