"""Sockets that a watchdog can shut: what bounds a fetch as a whole, over ssrfguard's safe session."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import Any

import requests
from requests.adapters import DEFAULT_POOLBLOCK
from ssrfguard import Policy, Resolver
from ssrfguard.requests import SafeAdapter, Session


class Watchdog:
    """Shuts every socket given to it when its time is up.

    Shutting wakes a thread that is blocked in a read, which closing does not. The watchdog keeps
    duplicates, as TLS takes a socket over and leaves the original empty.
    """

    def __init__(self) -> None:
        self.barked = False
        self._held: list[socket.socket] = []
        self._answers: list[HTTPResponse] = []
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def set_for(self, seconds: float) -> Iterator[None]:
        """Watch the block for at most ``seconds``; ``barked`` tells afterwards if that was too short."""
        self.barked = False
        timer = threading.Timer(seconds, self._bark)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            self._release()

    def hold(self, opened: socket.socket) -> None:
        """Take charge of a socket that has just been connected."""
        with self._lock:
            if self.barked:
                opened.close()
                raise TimeoutError("the deadline passed while connecting")
            self._held.append(opened.dup())

    def answer(self, *args: Any, **kwargs: Any) -> HTTPResponse:
        """Make the response object of a connection, and close it when the watch ends.

        urllib3 leaves it open where it does not like the headers (two lengths that differ).
        """
        response = HTTPResponse(*args, **kwargs)
        with self._lock:
            self._answers.append(response)
        return response

    def _release(self) -> None:
        with self._lock:
            for held in self._held:
                held.close()
            for answer in self._answers:
                answer.close()
            self._held.clear()
            self._answers.clear()

    def _bark(self) -> None:
        with self._lock:
            self.barked = True
            for held in self._held:
                with contextlib.suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)


class _WatchedAdapter(SafeAdapter):
    """ssrfguard's adapter, whose sockets go to a watchdog as soon as they are connected."""

    def __init__(self, policy: Policy, watchdog: Watchdog, resolver: Resolver | None) -> None:
        self._watchdog = watchdog
        super().__init__(policy=policy, resolver=resolver)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = DEFAULT_POOLBLOCK, **pool_kwargs: object
    ) -> None:
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        manager: Any = self.poolmanager
        manager.pool_classes_by_scheme = {
            scheme: self._watched(pool) for scheme, pool in manager.pool_classes_by_scheme.items()
        }

    def _watched(self, pool: Any) -> Any:
        """Derive a pool class whose connections tell the watchdog of their sockets."""
        watchdog, guarded = self._watchdog, pool.ConnectionCls

        def new_socket(connection: Any) -> socket.socket:
            opened: socket.socket = guarded._new_conn(connection)
            watchdog.hold(opened)
            return opened

        members = {"_new_conn": new_socket, "response_class": staticmethod(watchdog.answer)}
        connection_class = type("WatchedConnection", (guarded,), members)
        return type("WatchedPool", (pool,), {"ConnectionCls": connection_class})


class WatchedSession(Session):
    """A session that reaches public addresses only, follows nothing by itself, and can be shut.

    It ignores the environment: a proxy there would resolve names past the guard, and a .netrc
    would send a person's passwords.
    """

    def __init__(self, policy: Policy, watchdog: Watchdog, resolver: Resolver | None) -> None:
        super().__init__(policy=policy)
        self.trust_env = False
        adapter = _WatchedAdapter(policy, watchdog, resolver or _bounded_lookup(5.0))
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def resolve_redirects(self, *args: Any, **kwargs: Any) -> Iterator[requests.Response]:  # type: ignore[override]
        # To prepare the next request, requests reads the redirect's whole body, however long it is.
        return iter(())


def _bounded_lookup(seconds: float) -> Resolver:
    """Give a look-up of names that does not wait longer than ``seconds``, as the system's may."""

    def lookup(*args: Any) -> Any:
        answer: list[Any] = []

        def ask() -> None:
            try:
                answer.append(socket.getaddrinfo(*args))
            except (OSError, UnicodeError) as failed:
                answer.append(failed)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(seconds)
        if not answer:
            raise TimeoutError("the name server did not answer in time")
        if isinstance(answer[0], UnicodeError):
            raise socket.gaierror(socket.EAI_NONAME, "not a name")
        if isinstance(answer[0], OSError):
            raise answer[0]
        return answer[0]

    return lookup
