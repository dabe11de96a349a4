"""Requests put into the application itself, as a server would, without a network between."""

from __future__ import annotations

import io
import signal
import sys
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from app.web.observing import NO_ROUTE, ROUTE
from tests.faults.journeys import journey
from tests.faults.judging import Answer
from tests.faults.making import Maker

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from types import FrameType
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask

    from app.checker.outcome import Checker
    from tests.faults.journeys import Journey
    from tests.faults.judging import Judge
    from tests.faults.making import Made

PATIENCE = 10.0
JOURNEYS = 20
SHARE_OF_JOURNEYS = 0.12


class HangError(Exception):
    """A request was not answered in time."""


def maker_of(app: Flask, checker: Checker, random: random.Random) -> Maker:
    """Make what makes requests for a site."""
    library = checker.library
    every = [rule.rule for rule in app.url_map.iter_rules()]
    rules = [rule for rule in every if "<" in rule]
    fixed = [rule for rule in every if "<" not in rule]
    with app.test_request_context():
        pages = [
            rule.replace("<slug>", page.slug)
            for rule in rules
            for page in library.pages.values()
            if "<digest>" not in rule and app.url_map.bind("").test(rule.replace("<slug>", page.slug), "GET")
        ]
    questions = [f"/check/{question}/" for question in checker.questionnaire.by_id]
    words = [*library.pages, *library.vocabulary.options, *library.terms, *checker.questionnaire.by_id]
    return Maker(random, [*fixed, *pages, *questions], rules, words)


class Inside:
    """Puts requests into a WSGI application.

    Attributes:
        slowest: the longest that each route took, in seconds.
    """

    def __init__(self, application: WSGIApplication, maker: Maker, judge: Judge) -> None:
        self.application = application
        self.maker = maker
        self.judge = judge
        self.slowest: Counter[str] = Counter()
        self._journeys: list[tuple[Journey, Made]] = []

    def run(self, requests: int) -> None:
        """Make so many requests, and judge their answers."""
        with alarmed():
            for _ in range(requests):
                if self.maker.random.random() < SHARE_OF_JOURNEYS:
                    self._go_on()
                else:
                    self.ask(self.maker.request())

    def ask(self, made: Made) -> Answer | None:
        """Put a request in; an error that comes out, or no answer in time, is a fault."""
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        begun = time.perf_counter()
        try:
            answer = answered(self.application, made)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            self.judge.tell(f"{made.method} {made.target[:300]!r} {made.headers}: {error!r}")
            return None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        took = time.perf_counter() - begun
        self.slowest[answer.route] = max(self.slowest[answer.route], took)  # type: ignore[assignment]  # seconds
        self.judge.judge(made, answer)
        return answer

    def _go_on(self) -> None:
        """Let one of the visitors of the checker make a step."""
        if len(self._journeys) < JOURNEYS:
            fresh = journey(self.maker)
            self._journeys.append((fresh, next(fresh)))
        at = self.maker.random.randrange(len(self._journeys))
        visitor, made = self._journeys.pop(at)
        answer = self.ask(made)
        if answer is not None:
            try:
                self._journeys.append((visitor, visitor.send(answer)))
            except StopIteration:
                return


def environ_of(made: Made) -> WSGIEnvironment:
    """Give a request as a server hands it to an application (PEP 3333)."""
    path, _, query = made.target.partition(b"?")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": made.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(made.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for name, value in made.headers:
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return environ


def answered(application: WSGIApplication, made: Made) -> Answer:
    """Put a request into an application, and give what comes out."""
    said: list[tuple[str, list[tuple[str, str]]]] = []
    written: list[bytes] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: object = None, /) -> object:
        del exc_info
        said.append((status, headers))
        return written.append

    environ = environ_of(made)
    start_response: StartResponse = start  # type: ignore[assignment]  # it has no other name for its arguments
    chunks = application(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    status, headers = said[-1]
    cookie = None
    for name, value in headers:
        if name == "Set-Cookie":
            cookie = value.partition(";")[0].partition("=")[2]
    return Answer(
        int(status[:3]),
        environ.get(ROUTE, NO_ROUTE),
        {name.lower(): value for name, value in headers},
        b"".join(written) + body,
        cookie,
    )


@contextmanager
def alarmed() -> Iterator[None]:
    """Let the alarm of the clock end a request that hangs."""

    def ring(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise HangError(f"no answer within {PATIENCE:.0f} s")

    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)
