"""A worker whose successors come lets its visitors go with an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.test import Client

from app.web.succession import Succession

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment


def other(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Stand for the site, whose headers are kept for the next answer."""
    start_response("200 OK", HEADERS)
    return [environ["PATH_INFO"].encode()]


HEADERS = [("Content-Type", "text/plain")]


def test_only_workers_whose_successors_come_close_their_connections() -> None:
    succession = Succession()
    first = Client(succession.answering(other))
    assert list(first.get("/kept").headers) == HEADERS
    succession.begin_next()
    second = Client(succession.answering(other))
    for _ in range(2):
        told = first.get("/closed")
        assert told.text == "/closed"
        assert list(told.headers) == [*HEADERS, ("Connection", "close")]
    assert list(second.get("/kept").headers) == HEADERS
