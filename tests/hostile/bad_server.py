"""A real server on loopback that misbehaves as told: each route writes its own bytes to the socket."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

#: What writes an answer, and says with True that the connection stays open for the next request; or the answer.
Route = Callable[[socket.socket, str], bool | None] | bytes

OPEN = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def page(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """Give a whole answer; ``length`` is what it lies to be long."""
    stated = len(body) if length is None else length
    head = [f"HTTP/1.1 {status}", f"Content-Length: {stated}", "Connection: close", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def kept(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """Give a whole answer after which the connection stays open."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: keep-alive", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def redirect(target: str) -> bytes:
    return page(b"", f"Location: {target}", status="302 Found")


@dataclass
class Site:
    """A running server: ``routes`` may be changed at any time; ``requests`` are the heads received.

    ``connections`` counts those that were opened, ``closed`` those that have ended since; ``times`` holds
    of each request when it had come whole, by the monotonic clock.
    """

    port: int
    routes: dict[str, Route]
    requests: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    connections: int = 0
    closed: int = 0
    closing: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked_for(self, path: str) -> int:
        return sum(head.split(" ")[1] == path for head in self.requests)

    def drip(self, connection: socket.socket, data: bytes, every: float) -> None:
        """Send a byte at a time, until all is sent or the other side goes or the test ends."""
        for byte in data:
            connection.sendall(bytes([byte]))
            if self.closing.wait(every):
                return


@contextlib.contextmanager
def serve(routes: dict[str, Route], host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a site for the time of a block; with ``tls`` behind https."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            site.connections += 1
            with contextlib.suppress(OSError):
                while self.answer():
                    pass
            site.closed += 1

        def answer(self) -> bool | None:
            """Answer one request; True: the connection stays open for another."""
            head = b""
            while b"\r\n\r\n" not in head:
                received = self.request.recv(65536)
                if not received:
                    return False
                head += received
            site.times.append(time.monotonic())
            site.requests.append(head.decode("latin-1"))
            path = head.split(b" ")[1].decode("latin-1")
            route = site.routes.get(path.partition("?")[0], OPEN)
            if not isinstance(route, bytes):
                return route(self.request, path)
            self.request.sendall(route)
            return b"\r\nConnection: keep-alive\r\n" in route

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

    with Server((host, 0), Handler) as server:
        site = Site(server.server_address[1], routes)
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.closing.set()
            server.shutdown()
            thread.join()
