"""Visitors who walk through a form of several pages: they send each token and follow where it leads."""

from __future__ import annotations

import re
import socket
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.benchmarks.running import HOST

WANTED = frozenset(
    {"main.numb_tingling", "region.wrist_hand", "site.thumb", "site.index", "feel.tingling", "trig.night"}
)
"""What is ticked in the checker wherever it is offered: the picture of carpal tunnel syndrome."""

_FORM = re.compile(rb'<form method="post"\s+action="([^"]+)"')
_INPUT = re.compile(rb"<input [^>]*>")
_ATTRIBUTE = re.compile(rb'(name|value|type)="([^"]*)"')
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"set-cookie: ([^;]+)", re.IGNORECASE)
_LOCATION = re.compile(rb"location: (\S+)", re.IGNORECASE)


@dataclass(slots=True)
class Steps:
    """How many steps were taken, and how many options stood on their pages."""

    taken: int = 0
    offered: int = 0


class Visitor:
    """A browser with one connection and one cookie."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOST, port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._cookie = b""

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[bytes, bytes]:
        """Send a request; give the head and the body of the answer."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n".encode()
        if self._cookie:
            head += b"Cookie: " + self._cookie + b"\r\n"
        if body:
            head += b"Content-Type: application/x-www-form-urlencoded\r\n"
        self._socket.sendall(head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._receive()
        answer, _, page = got.partition(b"\r\n\r\n")
        length = _LENGTH.search(answer)
        while length is not None and len(page) < int(length[1]):
            page += self._receive()
        if cookie := _COOKIE.search(answer):
            self._cookie = cookie[1]
        return answer, page

    def _receive(self) -> bytes:
        chunk = self._socket.recv(65536)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        return chunk

    def walk(self, start: str, steps: Steps, end: float) -> None:
        """Walk from the start to a page without a form, or until the time is up.

        Raises:
            RuntimeError: a reply was not taken.
        """
        self._cookie = b""
        answer, _ = self.ask("GET", start)
        _, page = self.ask("GET", _where(answer))
        while (form := _FORM.search(page)) and time.perf_counter() < end:
            offered, body = _reply(page[form.start() :])
            answer, _ = self.ask("POST", form[1].decode(), body)
            if b" 303 " not in answer[:20]:
                raise RuntimeError(f"the reply was not taken: {answer.decode()}")
            _, page = self.ask("GET", _where(answer))
            steps.taken += 1
            steps.offered += offered


def _where(answer: bytes) -> str:
    found = _LOCATION.search(answer)
    if found is None:
        raise RuntimeError(f"no redirect: {answer.decode()}")
    return found[1].decode()


def _reply(form: bytes) -> tuple[int, bytes]:
    """Tick what is wanted; where that is nothing, the last dot, or 'none of these'."""
    inputs = [dict(_ATTRIBUTE.findall(one)) for one in _INPUT.findall(form)]
    pairs = [(one[b"name"], one[b"value"]) for one in inputs if one[b"type"] == b"hidden"]
    options = [one for one in inputs if one[b"name"] == b"chosen"]
    ticked = [(b"chosen", one[b"value"]) for one in options if one[b"value"].decode() in WANTED]
    if not ticked:
        last = options[-1]
        ticked = [(b"chosen", last[b"value"]) if last[b"type"] == b"radio" else (b"none", b"y")]
    return len(options), urlencode(pairs + ticked).encode()


def steps_per_second(port: int, start: str, visitors: int, seconds: float) -> tuple[float, float]:
    """Let visitors walk for a time.

    Args:
        port: where the form is.
        start: the path that begins a walk.
        visitors: how many walk at the same time.
        seconds: for how long.

    Returns:
        How many steps they took a second, and how many options a page offered on average.

    Raises:
        RuntimeError: a visitor could not go on.
    """
    taken = [Steps() for _ in range(visitors)]
    faults: list[Exception] = []
    begun = time.perf_counter()

    def go(steps: Steps) -> None:
        visitor = Visitor(port)
        try:
            while time.perf_counter() < begun + seconds:
                visitor.walk(start, steps, begun + seconds)
        except (OSError, RuntimeError) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=go, args=(one,)) for one in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"a visitor could not go on: {faults[0]}")
    steps = sum(one.taken for one in taken)
    return steps / (time.perf_counter() - begun), sum(one.offered for one in taken) / steps
