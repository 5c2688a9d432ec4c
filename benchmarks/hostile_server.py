"""Servers on loopback that mean harm, for ``benchmarks.hostile``: each route writes its own bytes."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator

Route = Callable[[socket.socket, threading.Event], None]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_NONE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"


def answering(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> Route:
    """A whole answer; ``length`` is what it lies to be long."""
    stated = len(body) if length is None else length
    head = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {stated}", *headers]
    data = "\r\n".join(head).encode() + b"\r\n\r\n" + body
    return lambda connection, _: connection.sendall(data)


def redirect(target: str) -> Route:
    """An answer that leads to ``target``, whatever that is."""
    head = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()
    return lambda connection, _: connection.sendall(head)


def drip(before: bytes, data: bytes) -> Route:
    """``before`` at once, then ``data`` over and over, a byte a second."""

    def route(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(before)
        while True:
            for byte in data:
                if over.wait(1):
                    return
                connection.sendall(bytes([byte]))

    return route


def endless(before: bytes, piece: bytes) -> Route:
    """``before``, then ``piece`` as fast as it goes, for ever."""

    def route(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(before)
        while not over.is_set():
            connection.sendall(piece)

    return route


@contextlib.contextmanager
def serving(routes: dict[str, Route]) -> Iterator[int]:
    """Run a server for the time of a block; gives its port on 127.0.0.1. What has no route is 404."""
    over = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                while self.answered():
                    pass

        def answered(self) -> bool:
            head = b""
            while b"\r\n\r\n" not in head:
                received = self.request.recv(65536)
                if not received:
                    return False
                head += received
            route = routes.get(head.split(b" ")[1].decode("latin-1"))
            if route is None:
                self.request.sendall(_NONE)
                return True
            route(self.request, over)
            return False

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 128

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            over.set()
            server.shutdown()
            thread.join()
