"""A crowd before the running site."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING

from app.serving import WAITING
from tests.faults.servers import workers_of
from tests.running import PATIENCE, Running, ask, running, wait_for

if TYPE_CHECKING:
    from collections.abc import Sequence


def ask_in_a_crowd(server: Running, queries: Sequence[str]) -> list[bytes]:
    """Search for many things at once, all in the line before the first is answered; gives the answers."""
    with ExitStack() as crowd:
        asked = []
        (worker,) = workers_of(server.process)
        os.kill(worker, signal.SIGSTOP)
        for query in queries:
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
            asked.append(crowd.enter_context(connection))
            head = f"GET /search/?q={query} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            connection.sendall(head.encode())
        os.kill(worker, signal.SIGCONT)
        return [connection.makefile("rb").read() for connection in asked]


def test_a_crowd_is_told_to_wait_and_who_speaks_of_danger_is_not() -> None:
    danger, other = "cannot+feel+between+my+legs", "numb+hand+at+night+from+typing+too+much"
    queries = [other if number % 20 else danger for number in range(WAITING - 10)]
    answers: list[bytes] = []

    def is_refused() -> bool:
        answers[:] = ask_in_a_crowd(server, queries)
        return any(answer[9:12] == b"503" for answer in answers)

    with running(NERVEWISE_WORKERS="1", NERVEWISE_LIMITS="off") as server:
        # A worker that has begun a moment ago has not heard of itself yet.
        wait_for(is_refused)
        assert {answer[9:12] for answer in answers} == {b"200", b"503"}
        in_danger = {answer[9:12] for answer, query in zip(answers, queries, strict=True) if query == danger}
        assert in_danger == {b"200"}
        assert all(b"\r\nretry-after: 10\r\n" in answer for answer in answers if answer[9:12] == b"503")
        wait_for(lambda: ask(server.port, "/search/?q=numb+hand").status == 200)
