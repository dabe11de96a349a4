"""A crowd is known by how long the site itself has to wait for an answer."""

from __future__ import annotations

import errno
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from app.web import crowding
from app.web.crowding import Pulse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

PATIENCE = 10.0
LATE = 0.05


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds for visitors takes less here."""
    monkeypatch.setattr(crowding, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(crowding, "LATE_SECONDS", LATE)
    monkeypatch.setattr(crowding, "GIVEN_UP_SECONDS", 4 * LATE)


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A server to which one can connect, and that answers when the test does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        yield server


def answer_next(server: socket.socket) -> str:
    """Answer one request, and give its first line."""
    connection, _ = server.accept()
    with connection:
        line = connection.makefile().readline()
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
    return line


def becomes(pulse: Pulse, *, late: bool) -> bool:
    """Wait until the pulse is late, or no longer late."""
    end = time.monotonic() + PATIENCE
    while pulse.is_late() is not late and time.monotonic() < end:
        time.sleep(0.005)
    return pulse.is_late() is late


def those_who_ask() -> set[threading.Thread]:
    """Give the threads that ask, those of other tests among them."""
    return {thread for thread in threading.enumerate() if thread.name == "pulse"}


def other(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Stand for the site."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]


def test_who_does_not_ask_is_not_late() -> None:
    assert not Pulse("127.0.0.1", 1).is_late()


def test_an_answer_that_does_not_come_is_late_until_it_comes(listening: socket.socket) -> None:
    pulse = Pulse(*listening.getsockname())
    pulse.begin()
    answer_next(listening)
    assert becomes(pulse, late=True)
    # What was given up is asked anew, and the visitors still wait.
    time.sleep(8 * LATE)
    assert pulse.is_late()
    listening.settimeout(LATE)
    while pulse.is_late():
        answer_next(listening)
    listening.settimeout(PATIENCE)
    for _ in range(3):
        answer_next(listening)


def test_a_site_that_never_hears_itself_refuses_nobody(listening: socket.socket) -> None:
    pulse = Pulse(*listening.getsockname())
    pulse.begin()
    held = listening.accept()[0]
    time.sleep(3 * LATE)
    assert not pulse.is_late()
    # Nor when it has given up, and asks anew.
    again = listening.accept()[0]
    assert not pulse.is_late()
    held.close()
    again.close()
    answer_next(listening)


def test_a_site_that_does_not_listen_yet_is_asked_on() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(PATIENCE)
        pulse = Pulse(*server.getsockname())
        pulse.begin()
        time.sleep(3 * LATE)
        assert not pulse.is_late()
        server.listen()
        answer_next(server)
        assert becomes(pulse, late=True)
        answer_next(server)


def test_where_nobody_listens_any_more_the_asking_ends(listening: socket.socket) -> None:
    pulse = Pulse(*listening.getsockname())
    others = those_who_ask()
    pulse.begin()
    (asking,) = those_who_ask() - others
    answer_next(listening)
    listening.close()
    asking.join(PATIENCE)
    assert not asking.is_alive()
    assert not pulse.is_late()


def test_what_keeps_it_from_asking_is_no_crowd(
    listening: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def no_more_files(*arguments: object, **options: object) -> socket.socket:
        tried.append((arguments, options))
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as patched:
        patched.setattr(socket, "create_connection", no_more_files)
        pulse = Pulse(*listening.getsockname())
        pulse.begin()
        time.sleep(3 * LATE)
    assert len(tried) > 1
    assert not pulse.is_late()
    answer_next(listening)


def test_only_the_site_itself_is_answered_by_the_pulse(listening: socket.socket) -> None:
    pulse = Pulse(*listening.getsockname())
    pulse.begin()
    _, path, _ = answer_next(listening).split()
    visitor = Client(pulse.answering(other))
    asked = visitor.get(path)
    assert (asked.status_code, asked.data) == (204, b"")
    assert visitor.get("/causes/").data == b"/causes/"
    assert Pulse("127.0.0.1", 1).answering(other) is not None
    assert Client(Pulse("127.0.0.1", 1).answering(other)).get(path).data == path.encode()
