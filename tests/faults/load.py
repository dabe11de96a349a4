"""Visitors who ask without a pause, and how each of their requests ended."""

from __future__ import annotations

import http.client
import math
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

ADDRESSES = (
    *("/", "/causes/sciatica/", "/causes/?area=leg", "/healthz"),
    *("/search/?q=numb+hand", "/check/", "/check/begin/"),
)
REQUESTS_A_CONNECTION = 20
PATIENCE = 20.0
# A request on a connection that is kept may cross its end on the way; browsers send it again by themselves.
CROSSED = "ended before an answer, on a kept connection"
FRESH = "ended before an answer, on a new connection"
CUT = "cut in the middle of an answer"
REFUSED = "refused"
SLOW = "not answered in time"
FAULT = "answered with a fault"


@dataclass(frozen=True, slots=True)
class Loss:
    """A request that was not answered as it should be."""

    at: float
    """By the monotonic clock."""
    port: int
    """The visitor's."""
    how: str


@dataclass
class Load:
    """Visitors, each with a connection of its own; they ask while the block lasts."""

    port: int
    visitors: int = 16
    addresses: Sequence[str] = ADDRESSES
    answered: Counter[int] = field(default_factory=Counter)
    losses: list[Loss] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    _end: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        """Begin."""
        self._threads = [
            threading.Thread(target=self._ask_on, args=(number,)) for number in range(self.visitors)
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Let each finish what it asked."""
        self._end.set()
        for thread in self._threads:
            thread.join()

    def counted(self, but: Collection[Loss] = ()) -> Counter[str]:
        """Count the losses, but for some."""
        return Counter(loss.how for loss in self.losses if loss not in but)

    @property
    def median(self) -> float:
        """Give the median of the seconds that an answer took; without any answer, for ever."""
        return sorted((*self.seconds, math.inf))[len(self.seconds) // 2]

    def _ask_on(self, number: int) -> None:
        while not self._end.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                connection.connect()
            except OSError:
                self.losses.append(Loss(time.monotonic(), 0, REFUSED))
                self._end.wait(0.05)
                continue
            port = int(connection.sock.getsockname()[1])
            for asked in range(REQUESTS_A_CONNECTION):
                number += 1
                how = self._ask(connection, self.addresses[number % len(self.addresses)], fresh=asked == 0)
                if how is not None:
                    self.losses.append(Loss(time.monotonic(), port, how))
                    break
                # Without a socket the server said that this was the last answer on the connection.
                if self._end.is_set() or connection.sock is None:
                    break
            connection.close()

    def _ask(self, connection: http.client.HTTPConnection, address: str, *, fresh: bool) -> str | None:
        begun = time.perf_counter()
        try:
            connection.request("GET", address)
            response = connection.getresponse()
        except TimeoutError:
            return SLOW
        except (http.client.HTTPException, OSError):
            return FRESH if fresh else CROSSED
        try:
            body = response.read()
        except (http.client.HTTPException, OSError):
            return CUT
        self.seconds.append(time.perf_counter() - begun)
        self.answered[response.status] += 1
        if response.status >= 500:
            return FAULT
        return CUT if len(body) != int(response.headers.get("Content-Length", -1)) else None
