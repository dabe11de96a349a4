"""What is told of requests: the route, never the address; no query, no answer, and nobody's address.

A line of JSON a request goes to the standard output, where the operator's own tools take it up; and one for
each fault of the site, which names the place in the code and not what was in it.
"""

from __future__ import annotations

import datetime
import json
import os
import threading
import time
import traceback
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from flask import request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask

ROUTE = "nervewise.route"
"""Where the WSGI environment holds the route's template, such as /causes/<slug>/."""
NO_ROUTE = "-"
"""Stands for an address that no route takes."""
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
OTHER_METHOD = "OTHER"
STANDARD_OUTPUT = 1
WRITTEN_EACH_SECONDS = 0.25
# A pipe takes 4,096 bytes in one piece (PIPE_BUF on Linux): so the lines of several workers do not mix.
LINES_AT_ONCE = 16


class Exchange(NamedTuple):
    """A request and how it was answered: all that is ever told of it."""

    ended: float
    """Seconds since 1970."""
    seconds: float
    method: str
    route: str
    status: str


class Observed:
    """A WSGI application before another one: it tells of each request when its answer is ready to be sent.

    Args:
        application: the site.
        observers: who is told; they should be quick, since everyone waits for them.
    """

    def __init__(self, application: WSGIApplication, observers: Iterable[Callable[[Exchange], None]]) -> None:
        self._application = application
        self._observers = tuple(observers)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let the application answer, and tell of it."""
        begun = time.perf_counter()
        status = ""

        def start(
            said: str, headers: list[tuple[str, str]], exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            nonlocal status
            del exc_info
            status = said
            return start_response(said, headers)

        body = self._application(environ, start)
        exchange = Exchange(
            time.time(),
            time.perf_counter() - begun,
            environ["REQUEST_METHOD"],
            environ.get(ROUTE, NO_ROUTE),
            status,
        )
        for tell in self._observers:
            tell(exchange)
        return body


class RequestLog:
    """Writes a line of JSON a request, many at a time: to write each one alone takes a third of the speed.

    What is not written yet when a worker is killed is lost with it; one that is told to stop writes it.
    """

    def __init__(self) -> None:
        self._waiting: deque[Exchange] = deque()
        # How it tells of an exchange: quick, since everyone waits for it.
        self.write = self._waiting.append
        threading.Thread(target=self._write_until_the_end, name="request-log").start()

    def _write_until_the_end(self) -> None:
        main = threading.main_thread()
        while main.is_alive():
            main.join(WRITTEN_EACH_SECONDS)
            while self._waiting:
                several = [self._waiting.popleft() for _ in range(min(len(self._waiting), LINES_AT_ONCE))]
                _write("".join(map(_line, several)))


def _line(exchange: Exchange) -> str:
    # Put together by hand, since it is done for each request: nothing in it comes from a visitor.
    return (
        f'{{"time":"{_spelt(exchange.ended)}","kind":"request","method":"{method_of(exchange)}",'
        f'"route":"{exchange.route}","status":{exchange.status[:3]},"ms":{exchange.seconds * 1000:.2f}}}\n'
    )


def method_of(exchange: Exchange) -> str:
    """Give the method of a request; one that is made up by a visitor is not told."""
    return exchange.method if exchange.method in METHODS else OTHER_METHOD


def write_fault(error: BaseException) -> None:
    """Write a fault of the site down, as a line of JSON: its class and where it arose.

    What the error says is left out, since it may quote what a visitor typed; so are the values of variables.
    """
    frames = traceback.extract_tb(error.__traceback__)
    told = {
        "time": _spelt(time.time()),
        "kind": "fault",
        "route": request.environ.get(ROUTE, NO_ROUTE),
        "fault": type(error).__name__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    _write(json.dumps(told) + "\n")


def register(app: Flask) -> None:
    """Let each request say which route it took."""

    @app.before_request
    def say_route() -> None:
        request.environ[ROUTE] = request.url_rule.rule if request.url_rule else NO_ROUTE


def _spelt(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat(timespec="milliseconds")


def _write(line: str) -> None:
    """Write one line or several at once."""
    try:
        os.write(STANDARD_OUTPUT, line.encode())
    except OSError:
        # A log that takes no more, such as a full disk, must not keep anyone from reading a page.
        return
