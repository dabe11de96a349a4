"""Who asks for too much has to wait; who is in danger never has to."""

from __future__ import annotations

import datetime
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from limits.storage import MemoryStorage

from app.checker.answers import Reply
from app.web.limiting import CROWD_SECONDS, PER_MINUTE, Limits, network_of, register
from tests.web.checker.visitor import Visitor
from tests.web.client import Client

if TYPE_CHECKING:
    from flask import Flask

    from tests.web.client import Answer, Links
    from tests.web.conftest import MakeApp

SECRET = "a secret that is only for tests"  # noqa: S105 - for tests
DAY = datetime.date(2027, 1, 2)
ADDRESS = "192.0.2.1"
DANGER = "cannot feel between my legs when I wipe"
NOWHERE = "redis://127.0.0.1:1"


@pytest.fixture(scope="module")
def counting(make_app: MakeApp) -> Flask:
    """A site that counts."""
    return make_app(limits=True)


@pytest.fixture
def limited(counting: Flask) -> Flask:
    """A site on which everyone has asked too often."""
    register(counting, Limits(SECRET, "memory://", dict.fromkeys(PER_MINUTE, 0)), lambda: False)
    return counting


@pytest.fixture
def crowded(make_app: MakeApp) -> Flask:
    """A site to which more visitors come than it can answer, and on which nobody is counted."""
    app = make_app()
    register(app, None, lambda: True)
    return app


@pytest.fixture
def visitor(limited: Flask, links: Links) -> Visitor:
    """Someone who has begun with the checker of that site."""
    visitor = Visitor(Client(limited, links))
    visitor.client.get("/check/begin/", status=303)
    return visitor


def assert_refused(answer: Answer) -> None:
    """Check that a page says when to try again, and how to get help now."""
    page = answer.page
    seconds = int(answer.headers["Retry-After"])
    assert 1 <= seconds <= 120
    assert page.heading == "You have asked for a lot in a short time"
    assert f"Please wait {seconds} seconds" in page.words
    assert "/get-help-now/" in {one.get("href") for one in page.all("a", within="page")}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_visitor_who_searches_too_often_is_told_when_to_come_back(limited: Flask, links: Links) -> None:
    client = Client(limited, links)
    assert_refused(client.get("/search/?q=sciatica", status=429))


def test_a_search_that_speaks_of_danger_is_never_refused(limited: Flask, links: Links) -> None:
    client = Client(limited, links)
    for _ in range(3):
        shown = client.get("/search/", query_string={"q": DANGER}).page
        assert shown.one("section", class_="card--emergency") is not None
    client.get("/search/?q=sciatica", status=429)


def test_in_a_crowd_a_search_is_refused_unless_it_speaks_of_danger(crowded: Flask, links: Links) -> None:
    client = Client(crowded, links)
    answer = client.get("/search/?q=sciatica", status=503)
    assert int(answer.headers["Retry-After"]) == CROWD_SECONDS
    assert answer.page.heading == "Many people are asking at this moment"
    assert f"Please wait {CROWD_SECONDS} seconds" in answer.page.words
    assert "/get-help-now/" in {one.get("href") for one in answer.page.all("a", within="page")}
    shown = client.get("/search/", query_string={"q": DANGER}).page
    assert shown.one("section", class_="card--emergency") is not None
    assert client.get("/search/suggest/?q=scia", status=503).response.mimetype == "application/problem+json"


def test_in_a_crowd_a_step_waits_unless_it_calls_for_help(crowded: Flask, links: Links) -> None:
    visitor = Visitor(Client(crowded, links))
    visitor.client.get("/check/begin/", status=303)
    form = visitor.form_of("danger-now")
    answer = visitor.client.post("/check/danger-now/", status=503, data=form.data(Reply()))
    assert "Your answers so far are kept" in answer.page.words
    danger = form.data(Reply(frozenset(form.offered[:1])))
    assert visitor.client.post("/check/danger-now/", status=303, data=danger).location == "/check/result/"
    visitor.client.get("/check/result/")


def test_suggestions_are_refused_in_json(limited: Flask, links: Links) -> None:
    client = Client(limited, links)
    answer = client.get("/search/suggest/?q=scia", status=429)
    told = answer.response.json
    assert told is not None
    assert answer.response.mimetype == "application/problem+json"
    assert told["status"] == 429
    assert "/get-help-now/" in told["detail"]
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_step_too_many_is_refused_and_what_was_answered_is_kept(visitor: Visitor) -> None:
    form = visitor.form_of("danger-now")
    answer = visitor.client.post("/check/danger-now/", status=429, data=form.data(Reply()))
    assert_refused(answer)
    assert "Your answers so far are kept" in answer.page.words


def test_a_step_that_calls_for_help_is_never_refused(visitor: Visitor) -> None:
    form = visitor.form_of("danger-now")
    danger = Reply(frozenset(form.offered[:1]))
    for _ in range(3):
        answer = visitor.client.post("/check/danger-now/", status=303, data=form.data(danger))
        assert answer.location == "/check/result/"
        visitor.client.get("/check/result/")


@pytest.mark.parametrize(("ticked", "status"), [(1, 400), (0, 429)])
def test_without_a_cookie_danger_is_heard_too(
    limited: Flask, links: Links, visitor: Visitor, ticked: int, status: int
) -> None:
    form = visitor.form_of("danger-now")
    data = form.data(Reply(frozenset(form.offered[:ticked])))
    stranger = Client(limited, links, cookies=False)
    stranger.post("/check/danger-now/", status=status, data=data)


def test_a_question_that_this_visitor_has_not_met_is_no_danger(visitor: Visitor) -> None:
    visitor.client.post("/check/main/", status=429)


@pytest.mark.parametrize(
    "address", ["/get-help-now/", "/emergencies/cauda-equina-syndrome/", "/check/begin/"]
)
def test_where_help_is_found_nobody_is_counted(limited: Flask, links: Links, address: str) -> None:
    client = Client(limited, links)
    assert len({client.raw.get(address).status_code for _ in range(5)} - {200, 303}) == 0


def test_a_person_does_not_reach_the_limits(counting: Flask) -> None:
    register(counting, Limits(SECRET, "memory://"), lambda: False)
    client = counting.test_client()
    most = PER_MINUTE["suggest"]
    answers = [client.get("/search/suggest/?q=s").status_code for _ in range(most + 20)]
    assert set(answers[:most]) == {200}
    assert answers[-1] == 429


def test_without_limits_nobody_is_counted(make_app: MakeApp) -> None:
    client = make_app(limits=False).test_client()
    answers = {client.get("/search/suggest/?q=s").status_code for _ in range(PER_MINUTE["suggest"] + 1)}
    assert answers == {200}


def test_requests_are_let_through_where_the_storage_does_not_answer(
    make_app: MakeApp, caplog: pytest.LogCaptureFixture
) -> None:
    client = make_app(limits=True, limits_storage=NOWHERE).test_client()
    for _ in range(PER_MINUTE["suggest"] + 20):
        assert client.get("/search/suggest/?q=s").status_code == 200
    assert [record.message for record in caplog.records] == [
        "The storage of the limits does not answer (ConnectionError); requests are let through."
    ]


def asked_of(server: socket.socket) -> int:
    """Count the connections to a server that nobody took up so far."""
    found = 0
    server.setblocking(False)
    with suppress(BlockingIOError):
        while True:
            server.accept()[0].close()
            found += 1
    return found


def test_a_storage_that_is_silent_holds_up_one_request(app: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, app.test_request_context():
        limits = Limits(SECRET, f"redis://127.0.0.1:{silent.getsockname()[1]}")
        assert limits.wait("search", ADDRESS, DAY) is None
        assert asked_of(silent) > 0
        assert [limits.wait("search", ADDRESS, DAY) for _ in range(5)] == [None] * 5
        assert asked_of(silent) == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_what_counts_as_one_visitor(address: str | None, network: str) -> None:
    assert network_of(address) == network


def names(limits: Limits, *days: datetime.date) -> set[str]:
    """Count a request a day, and give what the storage holds of them."""
    for day in days:
        assert limits.wait("search", ADDRESS, day) is None
    storage = limits._limiter.storage  # noqa: SLF001 - what is kept is what is looked at
    assert isinstance(storage, MemoryStorage)
    return set(storage.storage)


def test_each_visitor_is_counted_alone() -> None:
    limits = Limits(SECRET, "memory://", {"step": 1})
    assert limits.wait("step", ADDRESS, DAY) is None
    assert limits.wait("step", "192.0.2.2", DAY) is None


def test_the_storage_holds_names_that_lead_back_to_nobody() -> None:
    (held,) = names(Limits(SECRET, "memory://"), DAY)
    assert ADDRESS not in held
    assert names(Limits(SECRET, "memory://"), DAY) == {held}
    assert names(Limits(SECRET[::-1], "memory://"), DAY) != {held}
    assert len(names(Limits(SECRET, "memory://"), DAY, DAY + datetime.timedelta(days=1))) == 2
