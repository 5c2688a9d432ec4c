"""One kept connection a host: reused while it lasts, watched all the time, closed when nobody needs it."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from bad_server import Site, kept, serve
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from scrapers.errors import CutOff, HttpStatus, TimedOut, Unreachable
from scrapers.fetch import Fetcher, FetchSettings

Build = Callable[..., Fetcher]
HTML = "<p>Fined £20 million</p>".encode()
NO_ROBOTS = kept(b"", status="404 Not Found")


def until(true: Callable[[], bool], seconds: float = 1.0) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def test_robots_txt_pages_redirects_and_refusals_share_one_connection(site: Site, fetcher: Build) -> None:
    site.routes |= {
        "/robots.txt": kept(b"<html>nothing here</html>" * 99, status="404 Not Found"),
        "/a": kept(HTML),
        "/old": kept(b"it is over there", "Location: /a", status="301 Moved Permanently"),
        "/gone": kept(b"it is gone", status="410 Gone"),
    }
    with fetcher() as fetching:
        assert fetching.fetch(site.url("/a")).body == HTML
        assert fetching.fetch(site.url("/old")).body == HTML
        with pytest.raises(HttpStatus):
            fetching.fetch(site.url("/gone"))
        assert fetching.fetch(site.url("/a")).body == HTML
        assert len(site.requests) == 6
        assert site.connections == 1
        assert all("Connection: keep-alive\r\n" in head for head in site.requests)
        assert site.closed == 0
    assert until(lambda: site.closed == 1)


def test_chunked_pages_share_a_connection_too(site: Site, fetcher: Build) -> None:
    def chunked(connection: socket.socket, _: str) -> bool:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npage\r\n0\r\n\r\n")
        return True

    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": chunked}
    with fetcher() as fetching:
        assert [fetching.fetch(site.url("/a")).body for _ in range(3)] == [b"page"] * 3
        assert site.connections == 1


@pytest.mark.parametrize("how", ["before the request", "instead of an answer", "with a reset"])
def test_connection_that_the_server_has_closed_is_opened_again(how: str, site: Site, fetcher: Build) -> None:
    gone = threading.Event()

    def once(connection: socket.socket, _: str) -> bool:
        connection.sendall(kept(HTML))
        if how == "before the request":
            return False
        connection.recv(65536)
        if how == "with a reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        gone.set()
        return False

    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": once, "/b": kept(b"the second page")}
    with fetcher(max_retries=0) as fetching:
        assert fetching.fetch(site.url("/a")).body == HTML
        if how == "before the request":
            assert until(lambda: site.closed == 1)
        assert fetching.fetch(site.url("/b")).body == b"the second page"
        assert site.connections == 2
        assert gone.is_set() == (how != "before the request")


def test_connection_is_opened_again_only_once(site: Site, fetcher: Build) -> None:
    asked: list[int] = []

    def hang_up(connection: socket.socket, _: str) -> None:
        asked.append(1)

    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML), "/b": hang_up}
    with fetcher(max_retries=0) as fetching:
        fetching.fetch(site.url("/a"))
        with pytest.raises(CutOff, match="cut off"):
            fetching.fetch(site.url("/b"))
    assert len(asked) == 2


def test_server_that_has_gone_is_not_called_on_twice() -> None:
    connects: list[object] = []

    def resolver(host: str, port: int, *_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        connects.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    settings = FetchSettings(allow_loopback=True, min_interval=0.0, max_retries=0)

    def last(connection: socket.socket, _: str) -> None:
        connection.sendall(kept(HTML))

    with serve({"/robots.txt": NO_ROBOTS, "/a": last}) as other:
        fetching = Fetcher(replace(settings, allowed_ports=frozenset({other.port})), resolver=resolver)
        url = other.url("/a", "site.example")
        fetching.fetch(url)
    with fetching:
        assert until(lambda: other.closed == 1)
        with pytest.raises(Unreachable, match="no connection to the server"):
            fetching.fetch(url)
    assert len(connects) == 2


def test_what_is_left_of_an_answer_never_begins_the_next(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML) + kept(b"nobody asked for this"), "/b": kept(b"b")}
    with fetcher() as fetching:
        fetching.fetch(site.url("/a"))
        assert fetching.fetch(site.url("/b")).body == b"b"


def test_kept_connection_is_watched_again(site: Site, fetcher: Build) -> None:
    def drip(connection: socket.socket, _: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        site.drip(connection, b"x" * 1000, 0.05)

    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML), "/slow": drip}
    with fetcher(total_deadline=0.5) as fetching:
        for _ in range(2):
            assert fetching.fetch(site.url("/a")).body == HTML
            began = time.monotonic()
            with pytest.raises(TimedOut):
                fetching.fetch(site.url("/slow"))
            assert time.monotonic() - began < 1.0
        # The one that was shut is not used again.
        assert site.connections == 2
        assert fetching.fetch(site.url("/a")).body == HTML
        assert site.connections == 3


def test_idle_connection_is_closed(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML)}
    with fetcher(keep_alive=0.1) as fetching:
        fetching.fetch(site.url("/a"))
        assert until(lambda: site.closed == 1)
        assert fetching.fetch(site.url("/a")).body == HTML
        assert site.connections == 2


def test_one_host_has_one_connection_on_all_its_ports(site: Site, fetcher: Build) -> None:
    with serve({"/robots.txt": NO_ROBOTS, "/b": kept(b"b")}) as other:
        there = kept(b"", f"Location: {other.url('/b')}", status="302 Found")
        site.routes |= {"/robots.txt": NO_ROBOTS, "/a": there}
        with fetcher(allowed_ports=frozenset({site.port, other.port})) as fetching:
            assert fetching.fetch(site.url("/a")).body == b"b"
            assert until(lambda: site.closed == 1)
            assert (site.connections, other.connections, other.closed) == (1, 1, 0)


def test_cookies_do_not_stay_with_the_connection(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML, "Set-Cookie: seen=1; Path=/")}
    with fetcher() as fetching:
        fetching.fetch(site.url("/a"))
        fetching.fetch(site.url("/a"))
    assert site.connections == 1
    assert not any("Cookie:" in head for head in site.requests)


def test_fetcher_without_with_leaves_nothing_open(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML)}
    fetcher().fetch(site.url("/a"))
    assert until(lambda: site.closed == 1)


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody but the one who is told trusts, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests.example")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = builder.add_extension(alternative, critical=False).sign(key, hashes.SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "site.pem"
    path.write_bytes(private + signed.public_bytes(Encoding.PEM))
    return path


def test_secure_connection_is_kept_watched_and_closed(fetcher: Build, tmp_path: Path) -> None:
    pem = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    def drip(connection: socket.socket, _: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        site.drip(connection, b"x" * 1000, 0.05)

    with serve({"/robots.txt": NO_ROBOTS, "/a": kept(HTML), "/slow": drip}, tls=context) as site:
        url = f"https://127.0.0.1:{site.port}"
        ports = frozenset({site.port})
        with fetcher(allowed_ports=ports, ca_bundle=str(pem), total_deadline=0.6) as fetching:
            assert [fetching.fetch(f"{url}/a").body for _ in range(2)] == [HTML, HTML]
            began = time.monotonic()
            with pytest.raises(TimedOut):
                fetching.fetch(f"{url}/slow")
            assert time.monotonic() - began < 1.2
            assert (site.connections, len(site.requests)) == (1, 4)
            assert fetching.fetch(f"{url}/a").body == HTML
        assert until(lambda: site.closed == 2)
        with pytest.raises(Unreachable, match="TLS is not valid"):
            fetcher(allowed_ports=ports).fetch(f"{url}/a")
