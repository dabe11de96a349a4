"""Requests sent to a running server byte by byte, broken on the way."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.faults.judging import FAULT, faults_of_headers
from tests.faults.making import MARK

if TYPE_CHECKING:
    import random

    from tests.faults.judging import Judge
    from tests.faults.making import Made, Maker

AT_ONCE = 32
# A server may wait for the rest of a broken request as long as it likes; we do not.
WAITING = 0.3
PATIENCE = 10.0
PROBE_EACH = 500
# Behind what was broken stands one that is whole, which ends the connection where the server still follows.
LAST = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
HEAD = re.compile(rb"HTTP/1\.[01] (\d{3})[^\r\n]*\r\n(.*?)\r\n\r\n", re.DOTALL)
LINES = (
    *(
        b"Content-Length: 5",
        b"Content-Length: 0",
        b"Content-Length: -1",
        b"Content-Length: 99999999999999999999",
    ),
    *(
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: chunked, identity",
        b"Transfer-Encoding: \x0bchunked",
    ),
    *(
        b"Host: example.org",
        b"Connection: close",
        b"Connection: upgrade, keep-alive",
        b"Expect: 100-continue",
    ),
    *(
        b": nothing",
        b"Nothing",
        b"A b: c",
        b" folded",
        b"X: " + b"y" * 20_000,
        b"\x00: \x00",
        b"Te: trailers",
    ),
)
CHUNKS = (
    *(
        b"5\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhel",
        b"-1\r\n",
        b"fffffffffffffffff\r\nx",
        b"0\r\n\r\n",
        b"5;x=y\r\nhello\r\n",
    ),
    *(b"0\r\nX: y\r\n\r\n", b"\r\n", b"g\r\n", b"05\r\nhello\n0\n\n"),
)


def on_the_wire(made: Made) -> bytes:
    """Write a request down as a browser sends it."""
    names = {name for name, _ in made.headers}
    first = made.method.encode() + b" " + made.target + b" HTTP/1.1\r\n"
    lines = [] if "Host" in names else [b"Host: 127.0.0.1"]
    lines += [f"{name}: {value}".encode("latin-1", "replace") for name, value in made.headers]
    return first + b"\r\n".join(lines) + b"\r\n\r\n" + made.body


def broken(random: random.Random, sent: bytes, other: bytes) -> bytes:
    """Break what is sent: in one way, or in several.

    Args:
        random: what decides.
        sent: a request.
        other: another one, to be mixed in.
    """
    for _ in range(random.randrange(1, 4)):
        sent = _broken_once(random, sent, other)
    return sent


def _broken_once(random: random.Random, sent: bytes, other: bytes) -> bytes:
    at = random.randrange(len(sent) + 1)
    end = sent.find(b"\r\n") + 2
    flipped = bytes([byte ^ (1 << random.randrange(8)) for byte in sent[at : at + 1]])
    ends = (b"\n", b"\r", b"\r\n\r\n", b"\r\n\x00")
    return random.choice(
        (
            sent[:at] + flipped + sent[at + 1 :],
            sent[:at] + sent[at + random.randrange(1, 20) :],
            sent[:at],
            sent[:at] + random.randbytes(random.randrange(1, 20)) + sent[at:],
            sent[:end] + random.choice(LINES) + b"\r\n" + sent[end:],
            sent[:end] + b"Transfer-Encoding: chunked\r\n" + sent[end:] + random.choice(CHUNKS),
            sent + other,
            sent.replace(b"\r\n", random.choice(ends), 1),
            sent[:at] + other[: random.randrange(len(other) + 1)] + sent[at:],
        )
    )


@dataclass
class Wire:
    """Sends broken requests to a server on this machine.

    Attributes:
        ends: how the connections ended.
        statuses: how often each status came.
        bare: answers of the server itself, which never reached the site.
    """

    port: int
    maker: Maker
    judge: Judge
    ends: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    bare: int = 0

    def run(self, requests: int) -> None:
        """Send so many."""
        asyncio.run(self._run(requests))

    async def _run(self, requests: int) -> None:
        for begun in range(0, requests, PROBE_EACH):
            waiting = asyncio.Semaphore(AT_ONCE)
            several = min(PROBE_EACH, requests - begun)
            await asyncio.gather(*(self._send_one(waiting) for _ in range(several)))
            await self._probe()

    async def _send_one(self, waiting: asyncio.Semaphore) -> None:
        made = self.maker.request()
        sent = broken(self.maker.random, on_the_wire(made), on_the_wire(self.maker.request()))
        async with waiting:
            end, received = await exchange(self.port, sent + LAST, WAITING)
        self.ends[end] += 1
        self._judge(sent, received)

    def _judge(self, sent: bytes, received: bytes) -> None:
        for status, lines in HEAD.findall(received):
            self.statuses[int(status)] += 1
            pairs = (line.decode("latin-1").partition(": ") for line in lines.split(b"\r\n"))
            headers = {name.lower(): value for name, _, value in pairs}
            by_server = "content-security-policy" not in headers
            self.bare += by_server
            if int(status) >= FAULT or (by_server and int(status) not in (100, 400, 405, 413, 414, 431)):
                self.judge.tell(f"{sent[:600]!r}: {status.decode()} {headers}")
            elif not by_server:
                for fault in faults_of_headers(headers):
                    self.judge.tell(f"{sent[:600]!r}: {fault}")
        if MARK.encode() in received:
            self.judge.tell(f"{sent[:600]!r}: what was sent comes back unescaped")

    async def _probe(self) -> None:
        """Ask in good form; a server that hangs is found so."""
        end, received = await exchange(self.port, LAST, PATIENCE)
        if end != "closed" or b" 200 " not in received[:20]:
            self.judge.tell(f"a good request was not answered: {end}, {received[:200]!r}")


async def exchange(port: int, sent: bytes, patience: float) -> tuple[str, bytes]:
    """Send bytes over a connection of their own.

    Returns:
        How it ended ('closed' by the server, 'reset', or 'waits' where it still waits), and what came.
    """
    received = b""
    writer = None
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(sent)
        while True:
            # A server that is busy with a request that it took is given the time for it.
            async with asyncio.timeout(patience):
                piece = await reader.read(1 << 20)
            if not piece:
                return "closed", received
            received += piece
    except TimeoutError:
        return "waits", received
    except OSError:
        return "reset", received
    finally:
        if writer is not None:
            writer.transport.abort()
