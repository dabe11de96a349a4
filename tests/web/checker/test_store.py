"""The cookie: where it goes, how large it grows, how long it lasts, and what comes when it is gone."""

from __future__ import annotations

import datetime
import secrets
import time
from email.utils import parsedate_to_datetime
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

import pytest
from flask import Response, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import TimestampSigner

from app.checker.answers import Reply
from app.web.checker import store
from tests.web.checker.visitor import Visitor, form_on, notice_on
from tests.web.client import Client

if TYPE_CHECKING:
    from http.cookies import Morsel

    from flask import Flask

    from app.checker.outcome import Checker
    from app.checker.questionnaire import Question
    from tests.web.checker.conftest import Later
    from tests.web.client import Answer, Links
    from tests.web.conftest import MakeApp

WANTED = "main.pain region.low_back site.low_back dur.1_2_weeks age.40_59 sex.male"
LARGEST = 3800
NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


def cookie_of(answer: Answer) -> Morsel[str]:
    """Give the one cookie that an answer sets."""
    (header,) = answer.headers.get_all("Set-Cookie")
    (cookie,) = SimpleCookie(header).values()
    return cookie


def everything(question: Question, checker: Checker) -> Reply:
    """Give the reply that takes most room: every tick, and not sure about the rest."""
    options = question.options
    if question.clarifies:
        options = tuple(
            one for name in question.clarifies for one in checker.questionnaire.by_id[name].options
        )
    longest = max(options, key=len)
    return Reply(frozenset(options if question.choose == "any" else [longest]), "unknown")


@pytest.fixture
def cookieless(app: Flask, links: Links) -> Client:
    """A browser that keeps no cookies."""
    return Client(app, links, cookies=False)


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("shared", [False, True])
def test_the_cookie_stays_in_the_checker_and_is_read_by_nobody_else(
    make_app: MakeApp, *, tls: bool, shared: bool
) -> None:
    query = "?device=shared" * shared
    answer = Client(make_app(tls=tls)).get(f"/check/begin/{query}", status=303, base_url="https://localhost")
    cookie = cookie_of(answer)
    assert cookie.key == "nervewise"
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/check", "Lax", True)
    assert bool(cookie["secure"]) is tls
    assert cookie["domain"] == ""
    assert cookie["max-age"] == ""
    assert bool(cookie["expires"]) is shared


def test_on_a_shared_device_the_cookie_goes_after_half_an_hour(visitor: Visitor) -> None:
    for answer in (
        visitor.client.get("/check/begin/?device=shared", status=303),
        visitor.post(visitor.form_of("danger-now"), Reply()),
    ):
        left = parsedate_to_datetime(cookie_of(answer)["expires"]) - datetime.datetime.now(datetime.UTC)
        assert datetime.timedelta(minutes=29) < left <= datetime.timedelta(minutes=30)


def test_no_page_after_the_first_answers_sets_a_cookie_that_outlives_the_browser(visitor: Visitor) -> None:
    visitor.begin()
    answer = visitor.post(visitor.form_of("danger-now"), Reply())
    assert (cookie_of(answer)["expires"], cookie_of(answer)["max-age"]) == ("", "")


def test_with_everything_ticked_the_cookie_stays_small(app: Flask, checker: Checker) -> None:
    response = Response()
    with app.test_request_context("/check/main/"):
        store.begin(NOW, shared=True)
        for question in checker.questionnaire.questions:
            store.write(question.id, everything(question, checker), checker.questionnaire.by_id, NOW)
        generate_csrf()
        app.session_interface.save_session(app, session, response)
    (cookie,) = SimpleCookie(response.headers["Set-Cookie"]).values()
    assert len(f"{cookie.key}={cookie.coded_value}") <= LARGEST


def test_what_is_written_is_read_again(app: Flask) -> None:
    replies = {
        "main": Reply(
            frozenset(["main.pain", "main.tremor"]),
            "unknown",
            frozenset(["main.pain", "main.tremor", "main.weakness"]),
        ),
        "where": Reply(offered=frozenset(["region.arm_elbow"])),
        "spot": Reply(rest="unknown", offered=frozenset(["site.forearm"])),
    }
    with app.test_request_context("/check/"):
        store.begin(NOW, shared=False)
        for question, reply in replies.items():
            before = store.read(NOW)
            store.write(question, reply, replies, NOW)
            kept = store.read(NOW)
            assert before is not None
            assert kept is not None
            assert kept.revision != before.revision
            assert kept.replies == {**before.replies, question: reply}


def test_a_reply_to_a_question_that_was_taken_out_is_dropped_with_the_next_reply(app: Flask) -> None:
    with app.test_request_context("/check/"):
        store.begin(NOW, shared=False)
        reply = Reply(offered=frozenset(["main.pain"]))
        store.write("gone", reply, ["gone", "main"], NOW)
        store.write("main", reply, ["main"], NOW)
        kept = store.read(NOW)
    assert kept is not None
    assert kept.replies == {"main": reply}


@pytest.mark.parametrize(
    ("shared", "minutes", "kept"),
    [
        (True, 29, True),
        (True, 31, False),
        (False, 31, True),
        (False, 24 * 60 - 1, True),
        (False, 24 * 60 + 1, False),
    ],
)
def test_answers_are_forgotten_when_their_time_is_up(
    visitor: Visitor, later: Later, minutes: int, *, shared: bool, kept: bool
) -> None:
    visitor.begin(shared=shared)
    visitor.post(visitor.form_of("danger-now"), Reply(frozenset(["red.breathless"])))
    later(minutes=minutes)
    if kept:
        assert visitor.form_of("danger-now").ticked == {"red.breathless"}
    else:
        answer = visitor.client.get("/check/danger-now/", status=400)
        assert answer.page.heading == "We have no answers from you"
        assert visitor.client.cookie is None


def test_on_a_shared_device_every_answer_gives_another_half_hour(visitor: Visitor, later: Later) -> None:
    form = form_on(visitor.begin(shared=True))
    later(minutes=20)
    onward = visitor.post(form, Reply())
    later(minutes=40)
    assert form_on(visitor.follow(onward)).question == "danger-body"


def test_elsewhere_an_answer_gives_no_more_than_a_day(visitor: Visitor, later: Later) -> None:
    form = form_on(visitor.begin())
    later(hours=23)
    visitor.post(form, Reply())
    later(hours=25)
    visitor.client.get("/check/danger-body/", status=400)


def test_a_form_that_comes_after_the_time_is_up_keeps_its_ticks(visitor: Visitor, later: Later) -> None:
    form = form_on(visitor.begin())
    later(hours=25)
    shown = visitor.post(form, Reply(frozenset(["red.breathless"])), 400)
    assert notice_on(shown).startswith("Please press 'Continue' once more")
    assert form_on(shown).ticked == {"red.breathless"}
    assert (
        visitor.post(form_on(shown), Reply(frozenset(["red.breathless"]))).location == "/check/danger-body/"
    )


def test_whether_the_device_is_shared_can_be_changed_on_the_way(visitor: Visitor, later: Later) -> None:
    visitor.begin()
    visitor.post(visitor.form_of("danger-now"), Reply(frozenset(["red.breathless"])))
    visitor.begin(shared=True)
    assert visitor.form_of("danger-now").ticked == {"red.breathless"}
    later(minutes=31)
    visitor.client.get("/check/danger-now/", status=400)


def test_without_cookies_the_ticks_of_the_first_question_stay_and_the_reason_is_told(
    visitor: Visitor, cookieless: Client
) -> None:
    form = form_on(visitor.begin())
    for _ in range(2):
        shown = Visitor(cookieless).post(form, Reply(frozenset(["red.breathless"]), "unknown"), 400)
        form = form_on(shown)
        assert (form.ticked, form.unsure) == (frozenset(["red.breathless"]), True)
        assert "cookies are off in your browser" in notice_on(shown)


def test_without_cookies_a_later_question_says_that_there_are_no_answers(
    visitor: Visitor, cookieless: Client
) -> None:
    _, answer = visitor.walk(WANTED.split(), until="main")
    shown = Visitor(cookieless).post(form_on(answer), Reply(frozenset(["main.pain"])), 400)
    assert shown.page.heading == "We have no answers from you"
    assert "Cookies are off" in shown.page.words


def test_without_cookies_the_first_step_says_that_they_may_be_off(cookieless: Client) -> None:
    onward = cookieless.get("/check/begin/", status=303)
    assert (
        "If this page comes again, cookies are off." in cookieless.get(onward.location, status=400).page.words
    )


@pytest.mark.parametrize(
    "value",
    ["", "forged", "e30.aaaaaa.bbbb", "x" * 100_000, ".eJ.aa.bb", "%00", '"', "\xff"],
    ids=["empty", "a word", "unsigned", "oversized", "compressed", "null", "quote", "not ASCII"],
)
def test_a_forged_cookie_counts_as_none(visitor: Visitor, cookieless: Client, value: str) -> None:
    forged = {"Cookie": f"nervewise={value}"}
    answer = cookieless.get("/check/main/", status=400, headers=forged)
    assert answer.page.heading == "We have no answers from you"
    data = form_on(visitor.begin()).data(Reply(frozenset(["red.breathless"])))
    shown = cookieless.post("/check/danger-now/", status=400, data=data, headers=forged)
    assert form_on(shown).ticked == {"red.breathless"}


def test_a_cookie_of_a_site_with_another_secret_counts_as_none(visitor: Visitor, make_app: MakeApp) -> None:
    other = Visitor(Client(make_app(secret_key=secrets.token_hex())))
    other.begin()
    assert other.client.cookie is not None
    visitor.client.raw.set_cookie("nervewise", other.client.cookie, path="/check")
    visitor.client.get("/check/danger-now/", status=400)


@pytest.mark.parametrize("seconds", [1, 3600])
def test_a_cookie_of_a_machine_whose_clock_is_ahead_is_good(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    with monkeypatch.context() as ahead:
        ahead.setattr(TimestampSigner, "get_timestamp", lambda _: int(time.time()) + seconds)
        visitor.walk(WANTED.split(), until="where")
    assert visitor.form_of("main").ticked == {"main.pain"}
