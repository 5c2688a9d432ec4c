"""Several hosts at once, each with one request at a time; read ahead no further than needed; stopped cleanly."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bad_server import Site, kept, page, redirect, serve

from scrapers.document import Capture
from scrapers.errors import HttpStatus, NotModified, NotYet, RefusedAddress
from scrapers.fetch import Fetcher, Wanted

Build = Callable[..., Fetcher]
HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")


class Busy:
    """Counts what is asked at a time, of each host and of all."""

    def __init__(self) -> None:
        self.now: dict[str, int] = {}
        self.most_of_one = self.most_of_all = 0
        self.lock = threading.Lock()

    def route(self, host: str, seconds: float) -> Callable[[socket.socket, str], bool]:
        def answer(connection: socket.socket, path: str) -> bool:
            with self.lock:
                self.now[host] = self.now.get(host, 0) + 1
                self.most_of_one = max(self.most_of_one, self.now[host])
                self.most_of_all = max(self.most_of_all, sum(self.now.values()))
            time.sleep(seconds)
            with self.lock:
                self.now[host] -= 1
            connection.sendall(kept(path.encode()))
            return True

        return answer


@contextlib.contextmanager
def several() -> Iterator[list[Site]]:
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(serve({}, host)) for host in HOSTS]


def urls_of(sites: list[Site], pages: int) -> list[str]:
    return [site.url(f"/{n}", host) for n in range(pages) for site, host in zip(sites, HOSTS, strict=True)]


def test_hosts_overlap_and_one_host_never_does(fetcher: Build) -> None:
    busy = Busy()
    with several() as sites:
        for site, host in zip(sites, HOSTS, strict=True):
            site.routes |= {f"/{n}": busy.route(host, 0.05) for n in range(4)}
        urls = urls_of(sites, 4)
        with fetcher(allowed_ports=frozenset(site.port for site in sites)) as fetching:
            results = dict(fetching.fetch_all(urls))
    assert set(results) == set(urls)
    assert all(isinstance(one, Capture) and url.endswith(one.body.decode()) for url, one in results.items())
    assert (busy.most_of_one, busy.most_of_all) == (1, 3)
    # One for robots.txt, whose answer ends it, and one for the pages.
    assert [site.connections for site in sites] == [2, 2, 2]


def test_no_more_hosts_at_once_than_told(fetcher: Build) -> None:
    busy = Busy()
    with several() as sites:
        for site, host in zip(sites, HOSTS, strict=True):
            site.routes |= {f"/{n}": busy.route(host, 0.03) for n in range(3)}
        ports = frozenset(site.port for site in sites)
        with fetcher(allowed_ports=ports, hosts_at_once=2) as fetching:
            assert len(list(fetching.fetch_all(urls_of(sites, 3)))) == 9
    assert (busy.most_of_one, busy.most_of_all) == (1, 2)


def test_redirects_to_one_host_from_several_wait_for_each_other(fetcher: Build) -> None:
    busy = Busy()
    with several() as sites:
        end = sites[0].url("/end", HOSTS[0])
        for site in sites:
            site.routes["/0"] = redirect(end)
        sites[0].routes["/end"] = busy.route(HOSTS[0], 0.05)
        with fetcher(allowed_ports=frozenset(site.port for site in sites)) as fetching:
            results = [outcome for _, outcome in fetching.fetch_all(urls_of(sites, 1))]
    assert [one.final_url for one in results if isinstance(one, Capture)] == [end] * 3
    assert busy.most_of_one == 1


def test_the_interval_holds_for_each_host(fetcher: Build) -> None:
    with several() as sites:
        for site in sites:
            site.routes |= {f"/{n}": kept(b"x") for n in range(3)}
        began = time.monotonic()
        with fetcher(allowed_ports=frozenset(site.port for site in sites), min_interval=0.15) as fetching:
            list(fetching.fetch_all(urls_of(sites, 3)))
        took = time.monotonic() - began
        gaps = [b - a for site in sites for a, b in zip(site.times, site.times[1:], strict=False)]
    assert len(gaps) == 9
    assert min(gaps) >= 0.15
    # Three hosts at once take as long as one: robots.txt and three pages, with three pauses.
    assert took < 3 * 0.45


def test_a_slow_host_holds_no_other_up(fetcher: Build) -> None:
    with several() as sites:
        sites[0].routes["/0"] = lambda connection, _: sites[0].closing.wait(0.5) and None
        for site in sites[1:]:
            site.routes["/0"] = kept(b"quick")
        with fetcher(allowed_ports=frozenset(site.port for site in sites), max_retries=0) as fetching:
            order = [url for url, _ in fetching.fetch_all(urls_of(sites, 1))]
        assert order[-1] == sites[0].url("/0", HOSTS[0])


def test_failures_are_outcomes_like_any_other(site: Site, fetcher: Build) -> None:
    site.routes |= {"/a": kept(b"a"), "/same": kept(b"", status="304 Not Modified")}
    asked: list[str | Wanted] = [
        "http://10.0.0.1/",
        "http://[::1",
        "not an address",
        site.url("/none"),
        site.url("/a"),
        Wanted(site.url("/same"), etag='"1"'),
    ]
    with fetcher() as fetching:
        found = dict(fetching.fetch_all(asked))
    kinds = [type(found[one.url if isinstance(one, Wanted) else one]) for one in asked]
    assert kinds == [RefusedAddress, RefusedAddress, RefusedAddress, HttpStatus, Capture, NotModified]


def test_host_that_wants_to_be_left_alone_is_told_and_not_waited_for(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": page(b"User-agent: *\nCrawl-delay: 900\n"), "/a": page(b"a")}
    began = time.monotonic()
    with fetcher(longest_pause=1.0) as fetching:
        kinds = [type(outcome) for _, outcome in fetching.fetch_all([site.url("/a")] * 4)]
    assert kinds == [Capture, NotYet, NotYet, NotYet]
    assert time.monotonic() - began < 1


def test_addresses_are_read_as_they_are_needed(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = kept(b"a")
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield site.url("/a")

    with fetcher(look_ahead=20) as fetching:
        for count, _ in enumerate(fetching.fetch_all(endless()), 1):
            assert read <= count + 21
            if count == 30:
                break


def test_whoever_stops_ends_what_is_under_way(fetcher: Build) -> None:
    with several() as sites:
        for site in sites[1:]:
            # Pages that would take ten seconds.
            site.routes["/0"] = lambda connection, _: sites[1].closing.wait(10) and None
        sites[0].routes["/0"] = kept(b"quick")
        with fetcher(allowed_ports=frozenset(site.port for site in sites), total_deadline=10.0) as fetching:
            results = fetching.fetch_all(urls_of(sites, 1))
            next(results)
            began = time.monotonic()
            results.close()  # type: ignore[attr-defined]
            assert time.monotonic() - began < 0.5
        assert [thread.name for thread in threading.enumerate() if "_work" in thread.name] == []


def test_a_pause_is_ended_too(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = page(b"a")
    with fetcher(min_interval=9.0) as fetching:
        results = fetching.fetch_all([site.url("/a"), "http://10.0.0.1/"])
        assert next(results)[0] == "http://10.0.0.1/"
        while not site.asked_for("/robots.txt"):
            time.sleep(0.01)
        time.sleep(0.05)
        began = time.monotonic()
        results.close()  # type: ignore[attr-defined]
        assert time.monotonic() - began < 0.5
    assert site.asked_for("/a") == 0


def test_an_error_in_the_list_of_addresses_is_the_callers(site: Site, fetcher: Build) -> None:
    def broken() -> Iterator[str]:
        yield site.url("/a")
        raise OSError("the list cannot be read")

    site.routes["/a"] = page(b"a")
    with fetcher() as fetching, pytest.raises(OSError, match="the list"):
        list(fetching.fetch_all(broken()))


def test_ctrl_c_ends_the_run_at_once(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from scrapers.fetch import Fetcher, FetchSettings\n"
        "port = int(sys.argv[1])\n"
        "settings = FetchSettings(allowed_ports=frozenset({port}), allow_loopback=True, min_interval=0.0)\n"
        "try:\n"
        "    with Fetcher(settings) as fetcher:\n"
        "        for _ in fetcher.fetch_all(f'http://127.0.0.1:{port}/{n}' for n in range(10**9)):\n"
        "            pass\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(130)\n"
    )
    with serve({}) as site:
        site.routes["/0"] = kept(b"quick")
        site.routes["/1"] = lambda connection, _: site.closing.wait(20) and None
        root = Path(__file__).parents[2]
        running = subprocess.Popen(
            [sys.executable, "-c", program, str(site.port)], env={**os.environ, "PYTHONPATH": str(root)}
        )
        try:
            end = time.monotonic() + 20
            while not site.asked_for("/1") and time.monotonic() < end:
                time.sleep(0.02)
            running.send_signal(signal.SIGINT)
            began = time.monotonic()
            assert running.wait(10) == 130
            assert time.monotonic() - began < 2.5
        finally:
            running.kill()
            running.wait()
