"""What is told of requests and of faults, and what never is."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client as Browser

from app.web import observing
from app.web.observing import NO_ROUTE, Exchange, Observed, RequestLog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from tests.web.conftest import MakeApp

MARK = "xyzzymarked"


def told_of(app: Flask, path: str, method: str = "GET") -> Exchange:
    """Ask for an address, and give what is told of it."""
    told: list[Exchange] = []
    Browser(Observed(app, [told.append])).open(path, method=method, headers={"User-Agent": MARK})
    assert len(told) == 1
    return told[0]


def written(capfd: pytest.CaptureFixture[str], lines: int) -> list[Mapping[str, object]]:
    """Wait for lines of the log."""
    text, end = "", time.monotonic() + 5
    while text.count("\n") < lines and time.monotonic() < end:
        time.sleep(0.02)
        text += capfd.readouterr().out
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("path", "method", "route", "status"),
    [
        (f"/causes/sciatica/?q={MARK}", "GET", "/causes/<slug>/", "200"),
        (f"/causes/{MARK}/", "GET", "/causes/<slug>/", "404"),
        (f"/search/?q={MARK}", "HEAD", "/search/", "200"),
        (f"/{MARK}/", "GET", NO_ROUTE, "404"),
        ("/faq/", "POST", NO_ROUTE, "405"),
        ("/causes", "GET", NO_ROUTE, "308"),
        (f"/check/danger-now/?x={MARK}", "POST", "/check/<question_id>/", "400"),
    ],
)
def test_a_request_is_told_by_its_route(app: Flask, path: str, method: str, route: str, status: str) -> None:
    exchange = told_of(app, path, method)
    assert (exchange.method, exchange.route, exchange.status[:3]) == (method, route, status)
    assert exchange.seconds > 0
    assert abs(exchange.ended - time.time()) < 60
    assert MARK not in str(exchange)


def test_a_request_is_one_line_of_json(capfd: pytest.CaptureFixture[str]) -> None:
    log = RequestLog()
    for number in range(40):
        log.write(Exchange(1764547200.5, number / 1000, "GET", "/causes/<slug>/", "200 OK"))
    log.write(Exchange(1764547200.5, 0.00123, f"GET{MARK}", NO_ROUTE, "405 METHOD NOT ALLOWED"))
    lines = written(capfd, 41)
    assert lines[3] == {
        "time": "2025-12-01T00:00:00.500+00:00",
        "kind": "request",
        "method": "GET",
        "route": "/causes/<slug>/",
        "status": 200,
        "ms": 3.0,
    }
    assert (lines[40]["method"], lines[40]["ms"]) == ("OTHER", 1.23)
    assert len(lines) == 41


def test_lines_of_several_workers_cannot_mix() -> None:
    longest = Exchange(
        1764547200.5, 12.3456, "OPTIONS", "/about/how-the-checker-works/<slug>/" + "x" * 60, "200 OK"
    )
    assert observing.LINES_AT_ONCE * len(observing._line(longest)) <= 4096  # noqa: SLF001 - what the constant is for


def test_a_full_disk_keeps_nobody_from_reading(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()

    @app.get("/raises/")
    def raises() -> str:
        raise LookupError

    with Path("/dev/full").open("wb", buffering=0) as full:
        monkeypatch.setattr(observing, "STANDARD_OUTPUT", full.fileno())
        with pytest.raises(OSError, match="No space"):
            full.write(b"x")
        assert app.test_client().get("/raises/").status_code == 500


def test_no_route_needs_escaping(app: Flask) -> None:
    assert not [rule.rule for rule in app.url_map.iter_rules() if re.search(r'["\\]', rule.rule)]
