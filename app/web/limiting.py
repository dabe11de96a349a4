"""Who may ask for what is dear to make: nobody too often, and while there is a crowd those in danger alone.

An emergency is never refused: views see to it.

Who asked is not kept: visitors are counted under a name that cannot be led back to an address, that nobody
can make who has not the site's secret, and that is another one each day.
"""

from __future__ import annotations

import hmac
import ipaddress
import math
import time
from functools import cached_property
from typing import TYPE_CHECKING

from flask import current_app, request
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping

    from flask import Flask

# Generous for people, and for several behind one address; each counts alone.
PER_MINUTE: Mapping[str, int] = {"search": 60, "suggest": 240, "step": 120}
# A crowd that is told to come back at once does not go away.
CROWD_SECONDS = 10
# A storage that does not answer holds up nobody for longer than this, and is left alone for a while then.
LONGEST_WAIT_SECONDS = 0.25
LEFT_ALONE_SECONDS = 10
_LABEL = b"nervewise: the names of visitors in the limits"
_NAME_BYTES = 16
_IPV6_NETWORK = 64
_EXTENSION = "nervewise-limits"


class Limits:
    """Counts what visitors ask for.

    Args:
        secret: that of the site, so that all who have it count under the same names.
        storage: where to count, such as memory:// or redis://127.0.0.1:6379.
        per_minute: how often each kind of request may come from one visitor in a minute.
    """

    def __init__(self, secret: str, storage: str, per_minute: Mapping[str, int] = PER_MINUTE) -> None:
        self._key = hmac.digest(secret.encode(), _LABEL, "sha256")
        self._storage = storage
        self._items = {kind: RateLimitItemPerMinute(most) for kind, most in per_minute.items()}
        self._left_alone_until = 0.0

    @cached_property
    def _limiter(self) -> SlidingWindowCounterRateLimiter:
        # Made at the first request: neither its threads nor its connections outlive the fork of a worker.
        waits = {"socket_connect_timeout": LONGEST_WAIT_SECONDS, "socket_timeout": LONGEST_WAIT_SECONDS}
        options = {} if self._storage.startswith("memory:") else waits
        return SlidingWindowCounterRateLimiter(storage_from_string(self._storage, **options))

    def wait(self, kind: str, address: str | None, today: datetime.date) -> int | None:
        """Count a request.

        Args:
            kind: what is asked for, one of `PER_MINUTE`.
            address: the IP address of who asks.
            today: the day.

        Returns:
            In how many seconds to ask again; None when the request is within the limit, or when the storage
            does not answer.
        """
        if time.monotonic() < self._left_alone_until:
            return None
        item, name = self._items[kind], self._name(address, today)
        try:
            if self._limiter.hit(item, kind, name):
                return None
            reset = self._limiter.get_window_stats(item, kind, name).reset_time
        except Exception as error:  # noqa: BLE001 - whatever is wrong there, nobody is refused for it
            self._left_alone_until = time.monotonic() + LEFT_ALONE_SECONDS
            current_app.logger.warning(
                "The storage of the limits does not answer (%s); requests are let through.",
                type(error).__name__,
            )
            return None
        return max(1, math.ceil(reset - time.time()))

    def _name(self, address: str | None, today: datetime.date) -> str:
        said = f"{today.isoformat()} {network_of(address)}".encode()
        return hmac.digest(self._key, said, "sha256")[:_NAME_BYTES].hex()


def network_of(address: str | None) -> str:
    """Give what stands for one visitor: an IPv4 address, or the IPv6 network that a household has."""
    try:
        number = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(number, ipaddress.IPv4Address):
        return str(number)
    if number.ipv4_mapped is not None:
        return str(number.ipv4_mapped)
    return str(ipaddress.ip_network((number, _IPV6_NETWORK), strict=False))


def register(app: Flask, limits: Limits | None, is_crowded: Callable[[], bool]) -> None:
    """Let views ask whether a visitor has to wait.

    Args:
        app: the site.
        limits: counts what each visitor asks for; without it nobody is counted.
        is_crowded: tells whether more visitors come than can be answered.
    """
    app.extensions[_EXTENSION] = limits, is_crowded


def refusal(kind: str) -> ServiceUnavailable | TooManyRequests | None:
    """Count the request that is being answered, and tell whether to answer it.

    Args:
        kind: what is asked for, one of `PER_MINUTE`.

    Returns:
        What to raise, with the seconds to wait; None when the request may be answered.
    """
    limits: Limits | None
    limits, is_crowded = current_app.extensions[_EXTENSION]
    if is_crowded():
        return ServiceUnavailable(retry_after=CROWD_SECONDS)
    if limits is None:
        return None
    wait = limits.wait(kind, request.remote_addr, current_app.config["TODAY"]())
    return None if wait is None else TooManyRequests(retry_after=wait)
