"""Figures of the running site for Prometheus, on a port of their own; off unless the operator asks for them.

The workers write to files in a folder of this start, which the process that answers Prometheus reads.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app.web.observing import method_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.web.observing import Exchange

# The library looks for it when it is first imported, so that is done in the functions below.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# In seconds: from a page that is ready to one that is in trouble.
BUCKETS = (0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)


def prepare(folder: str) -> None:
    """Say where the workers write; to be called before any of them starts.

    Args:
        folder: an empty folder that only this user can write to.
    """
    os.environ[FOLDER] = folder


def counting() -> Callable[[Exchange], None]:
    """Make what counts requests in one worker; `prepare` was called before."""
    from prometheus_client import Counter, Histogram  # noqa: PLC0415 - see FOLDER

    requests = Counter(
        "nervewise_requests_total", "Requests by route and status.", ("method", "route", "status")
    )
    seconds = Histogram(
        "nervewise_request_seconds", "Time until an answer was ready, by route.", ("route",), buckets=BUCKETS
    )

    def count(exchange: Exchange) -> None:
        requests.labels(method_of(exchange), exchange.route, exchange.status[:3]).inc()
        seconds.labels(exchange.route).observe(exchange.seconds)

    return count


def serve(host: str, port: int) -> None:
    """Answer Prometheus until the process ends; `prepare` was called before.

    Raises:
        OSError: the port is taken.
    """
    from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415 - see FOLDER
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 - see FOLDER

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library ships it so
    _, thread = start_http_server(port, host, registry)
    thread.join()
