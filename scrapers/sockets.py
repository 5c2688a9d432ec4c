"""Sockets that a watchdog can shut: what bounds a fetch as a whole, over ssrfguard's safe session."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPResponse
from typing import Any

import requests
from requests.adapters import DEFAULT_POOLBLOCK
from ssrfguard import Policy, Resolver
from ssrfguard.requests import SafeAdapter, Session

#: Seconds that a look-up of a name may take.
LONGEST_LOOKUP = 5.0


class Watchdog:
    """Shuts every socket given to it when its time is up.

    Shutting wakes a thread that is blocked in a read, which closing does not. The watchdog keeps
    duplicates, as TLS takes a socket over and leaves the original empty. A connection that is kept
    for the next request stays in its hands: ``opened`` counts those that were ever made.
    """

    def __init__(self) -> None:
        self.barked = False
        self.opened = 0
        self._held: dict[Any, socket.socket] = {}
        self._answers: list[HTTPResponse] = []
        self._on = False
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def set_for(self, seconds: float) -> Iterator[None]:
        """Watch the block for at most ``seconds``; ``barked`` tells afterwards if that was too short."""
        self.barked, self._on = False, True
        try:
            with _timer(seconds, self.bark):
                yield
        finally:
            self._release()

    @contextlib.contextmanager
    def glance(self, seconds: float) -> Iterator[None]:
        """Within a watch, shut the sockets after ``seconds``: for what may end early and harm nobody."""
        with _timer(seconds, self._shut):
            yield

    def hold(self, connection: Any, opened: socket.socket) -> None:
        """Take charge of a socket that has just been connected for ``connection``."""
        with self._lock:
            if self.barked:
                opened.close()
                raise TimeoutError("the deadline passed while connecting")
            self.opened += 1
            before = self._held.pop(connection, None)
            self._held[connection] = opened.dup()
        if before is not None:
            before.close()

    @property
    def holds(self) -> bool:
        """Whether a connection is kept."""
        return bool(self._held)

    def let_go(self, connection: Any) -> None:
        """Forget a connection that was closed; within a watch only at its end.

        An answer may be read on after its connection object has been closed.
        """
        with self._lock:
            held = None if self._on else self._held.pop(connection, None)
        if held is not None:
            held.close()

    def answer(self, *args: Any, **kwargs: Any) -> HTTPResponse:
        """Make the response object of a connection, and close it when the watch ends.

        urllib3 leaves it open where it does not like the headers (two lengths that differ).
        """
        response = HTTPResponse(*args, **kwargs)
        with self._lock:
            self._answers.append(response)
        return response

    def bark(self) -> None:
        """Shut the sockets: the time is up, or nobody wants the answer any more."""
        with self._lock:
            self.barked = True
        self._shut()

    def close(self) -> None:
        """Close every connection that was kept."""
        for connection in list(self._held):
            connection.close()
            self.let_go(connection)

    def _release(self) -> None:
        with self._lock:
            for answer in self._answers:
                answer.close()
            self._answers.clear()
            self._on = False
            over = [connection for connection in self._held if connection.sock is None]
        for connection in over:
            self.let_go(connection)

    def _shut(self) -> None:
        with self._lock:
            for held in self._held.values():
                with contextlib.suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def _timer(seconds: float, action: Callable[[], None]) -> Iterator[None]:
    timer = threading.Timer(seconds, action)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


class _WatchedAdapter(SafeAdapter):
    """ssrfguard's adapter, whose sockets go to a watchdog as soon as they are connected."""

    def __init__(self, policy: Policy, watchdog: Watchdog, resolver: Resolver | None) -> None:
        self._watchdog = watchdog
        # One pool of one connection: a host is never asked twice at a time.
        super().__init__(policy=policy, resolver=resolver, pool_connections=1, pool_maxsize=1)

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
            watchdog.hold(connection, opened)
            return opened

        def close(connection: Any) -> None:
            guarded.close(connection)
            watchdog.let_go(connection)

        members = {"_new_conn": new_socket, "close": close, "response_class": staticmethod(watchdog.answer)}
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
        #: How long a look-up of a name may take, in seconds.
        self.longest_lookup = LONGEST_LOOKUP
        adapter = _WatchedAdapter(policy, watchdog, resolver or self._lookup)
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def _lookup(self, *args: Any) -> Any:
        return _lookup(self.longest_lookup, *args)

    def resolve_redirects(self, *args: Any, **kwargs: Any) -> Iterator[requests.Response]:  # type: ignore[override]
        # To prepare the next request, requests reads the redirect's whole body, however long it is.
        return iter(())


def _lookup(seconds: float, *args: Any) -> Any:
    """Look a name up, without waiting longer than ``seconds``, as the system's look-up may."""
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
