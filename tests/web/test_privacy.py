"""What visitors type and answer leaves no trace: not in the log, and not in what is told of a fault."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client as Browser

from app.web.observing import Observed, RequestLog
from app.web.ready import ReadyPages
from tests.faults.inside import maker_of
from tests.web.checker.visitor import Visitor
from tests.web.client import Client

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from flask import Flask

    from app.checker.outcome import Checker
    from tests.web.conftest import MakeApp

MARK = "xyzzymarked"
ANSWERS = "main.pain region.low_back site.low_back dur.1_2_weeks age.40_59 sex.male"
MARKED = {"User-Agent": MARK, "Referer": MARK, "X-Forwarded-For": MARK, "Cookie": f"nervewise={MARK}"}


def served(app: Flask) -> WSGIApplication:
    """Put a site together as it is served, with its log."""
    return Observed(ReadyPages(app.wsgi_app, 1_000_000, app.config["TODAY"]), [RequestLog().write])


def written(capfd: pytest.CaptureFixture[str], lines: int) -> str:
    """Wait for lines of the log, and give all that was printed."""
    text, end = "", time.monotonic() + 10
    while text.count("\n") < lines and time.monotonic() < end:
        time.sleep(0.05)
        text += "".join(capfd.readouterr())
    return text


def test_nothing_that_is_sent_to_any_route_is_written_down(
    app: Flask, checker: Checker, capfd: pytest.CaptureFixture[str]
) -> None:
    maker = maker_of(app, checker, random.Random(1))  # noqa: S311 - no secret hangs on it
    addresses = [*maker.addresses[::15], "/search/", "/search/suggest/", "/check/begin/", "/check/clear/"]
    browser = Browser(served(app), use_cookies=False)
    for address in addresses:
        browser.get(f"{address}?q={MARK}&{MARK}={MARK}", headers=MARKED)
        browser.post(address, data={"chosen": MARK, MARK: MARK}, headers=MARKED)
        browser.open(f"{address}{MARK}", method=MARK.upper(), headers=MARKED)
    text = written(capfd, 3 * len(addresses))
    assert text.count("\n") == 3 * len(addresses)
    assert MARK not in text.casefold()


def test_no_answer_of_the_checker_is_written_down(
    make_app: MakeApp, capfd: pytest.CaptureFixture[str]
) -> None:
    app = make_app()
    client = Client(app)
    app.wsgi_app = served(app)  # type: ignore[assignment,method-assign]  # as Flask tells to put one before it
    Visitor(client).walk(ANSWERS.split())
    for place in ("result", "summary"):
        client.raw.get(f"/check/{place}/")
    assert client.cookie is not None
    text = written(capfd, 10)
    assert text.count("/check/<question_id>/") > 5
    assert not [answer for answer in (*ANSWERS.split(), client.cookie) if answer in text]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_fault_tells_nothing_of_what_was_sent(
    make_app: MakeApp, capfd: pytest.CaptureFixture[str], method: str
) -> None:
    app = make_app()

    @app.route("/raises/<text>/", methods=["GET", "POST"])
    def raises(text: str) -> str:
        raise ValueError(text)

    answer = Browser(app).open(
        f"/raises/{MARK}/", method=method, query_string={"q": MARK}, data={"chosen": MARK}, headers=MARKED
    )
    assert answer.status_code == 500
    assert MARK not in answer.text
    assert MARK not in str(answer.headers)
    text = "".join(capfd.readouterr())
    assert '"fault": "ValueError"' in text
    assert MARK not in text
