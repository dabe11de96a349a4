"""The headers of every answer, files and faults too, and the grade that they would be given elsewhere."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

import pytest
from flask import abort

from app.web.headers import HEADERS
from tests.web.pages import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask
    from werkzeug.datastructures import Headers
    from werkzeug.test import TestResponse

    from tests.web.client import Client
    from tests.web.conftest import MakeApp

# How each kind of answer is asked for, and its status.
ANSWERS = {
    "a page": ("GET", "/", 200),
    "a page of the checker": ("GET", "/check/danger-now/", 200),
    "JSON": ("GET", "/search/suggest/?q=sci", 200),
    "an asset": ("GET", "the style sheet", 200),
    "a picture": ("GET", "the icon", 200),
    "the worker for offline reading": ("GET", "/offline-worker.js", 200),
    "a redirect": ("GET", "/causes", 308),
    "what has not changed": ("GET", "/unchanged/", 304),
    "an address without a page": ("GET", "/nowhere/", 404),
    "a method that is not taken": ("POST", "/causes/", 405),
    "too much": ("POST", "/check/danger-now/", 413),
    "too many": ("GET", "/too-many/", 429),
    "a fault": ("GET", "/raises/", 500),
}
KINDS = pytest.mark.parametrize("kind", ANSWERS)
TOO_MUCH = {"chosen": "x" * 70_000}


def with_odd_views(app: Flask) -> Flask:
    """Add views that answer as few do."""
    app.add_url_rule("/unchanged/", "unchanged", lambda: ("", 304))
    app.add_url_rule("/too-many/", "too_many", lambda: abort(429))
    app.add_url_rule("/raises/", "raises", lambda: str(1 // 0))
    return app


@pytest.fixture(scope="module")
def plain(make_app: MakeApp) -> Flask:
    """A site that is reached without TLS."""
    return with_odd_views(make_app())


@pytest.fixture(scope="module")
def secure(make_app: MakeApp) -> Flask:
    """A site behind TLS."""
    return with_odd_views(make_app(tls=True))


def ask(app: Flask, kind: str) -> TestResponse:
    """Ask for an answer of a kind, with answers to questions begun."""
    method, address, status = ANSWERS[kind]
    browser = app.test_client()
    home = Page(browser.get("/").text)
    named = {
        "the style sheet": home.one("link", rel="stylesheet").get("href", ""),
        "the icon": home.one("link", rel="icon").get("href", ""),
    }
    browser.get("/check/begin/", base_url="https://localhost")
    answer = browser.open(
        named.get(address, address),
        method=method,
        data=TOO_MUCH if method == "POST" else None,
        base_url="https://localhost",
        buffered=True,
    )
    assert answer.status_code == status
    return answer


@KINDS
def test_every_answer_carries_the_headers(plain: Flask, kind: str) -> None:
    headers = ask(plain, kind).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "Strict-Transport-Security" not in headers


@KINDS
def test_a_site_behind_tls_asks_browsers_to_stay_there_for_two_years(secure: Flask, kind: str) -> None:
    said = ask(secure, kind).headers["Strict-Transport-Security"]
    assert said == "max-age=63072000; includeSubDomains"


def test_what_is_for_other_sites_says_so_and_keeps_the_other_headers(client: Client) -> None:
    headers = client.get("/index.json").headers
    expected = {**HEADERS, "Cross-Origin-Resource-Policy": "cross-origin"}
    assert {name: headers.get(name) for name in HEADERS} == expected
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_the_policy_names_nothing_but_the_site_itself() -> None:
    policy = policy_of(HEADERS)
    assert policy["default-src"] == ["'none'"]
    assert {word for words in policy.values() for word in words} == {"'self'", "'none'"}


# The scores are those that Mozilla publishes for its HTTP Observatory: "Tests & Scoring",
# https://github.com/mdn/yari/blob/335f4a13d09929485aaf0080a75924a2788bfe28/copy/observatory/tests_and_scoring.md
# Only what can be seen in one answer is counted.
BASELINE = 100
BONUSES_FROM = 90


def policy_of(headers: Mapping[str, str] | Headers) -> dict[str, list[str]]:
    """Read a content policy: the sources by directive."""
    rules = headers.get("Content-Security-Policy", "").split(";")
    return {name: words for name, *words in (rule.split() for rule in rules if rule.strip())}


def modifiers(answer: TestResponse) -> Iterator[int]:
    """Yield what the Observatory takes away or adds."""
    headers, policy = answer.headers, policy_of(answer.headers)
    words = {word for sources in policy.values() for word in sources}
    safe = words <= {"'self'", "'none'"} and ("default-src" in policy)
    yield (10 if policy["default-src"] == ["'none'"] else 5) if safe else -25
    framed_by = policy.get("frame-ancestors")
    yield 5 if framed_by == ["'none'"] else (0 if headers.get("X-Frame-Options") == "DENY" else -20)
    private = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
    yield 5 if headers.get("Referrer-Policy") in private else -5
    yield 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5
    seconds = re.match("max-age=([0-9]+)", headers.get("Strict-Transport-Security", ""))
    yield 0 if seconds and int(seconds[1]) >= 15_768_000 else -20
    yield 0 if headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else -20
    yield 0 if "Access-Control-Allow-Origin" not in headers else -50
    scripts = [one.get("src", "") for one in Page(answer.text).all("script") if one.get("type") is None]
    yield 0 if all(src.startswith("/") and not src.startswith("//") for src in scripts) else -5
    cookies = [SimpleCookie(text) for text in headers.getlist("Set-Cookie")]
    morsels = [morsel for cookie in cookies for morsel in cookie.values()]
    if morsels:
        kept = all(
            one["secure"] and one["httponly"] and one["samesite"] in ("Lax", "Strict") for one in morsels
        )
        yield 5 if kept else -40


def grade(answer: TestResponse) -> int:
    """Give the score of an answer: penalties first, and bonuses where little was taken."""
    said = list(modifiers(answer))
    score = BASELINE + sum(one for one in said if one < 0)
    return score + sum(one for one in said if one > 0) if score >= BONUSES_FROM else max(score, 0)


@pytest.mark.parametrize(
    ("address", "score"),
    [("/", 120), ("/causes/sciatica/", 120), ("/check/", 120), ("/check/danger-now/", 125)],
)
def test_the_observatory_of_mozilla_would_give_the_best_grade(
    secure: Flask, address: str, score: int
) -> None:
    browser = secure.test_client()
    browser.get("/check/begin/", base_url="https://localhost")
    assert grade(browser.get(address, base_url="https://localhost")) == score


@pytest.mark.parametrize(
    ("name", "value", "score"),
    [
        ("Content-Security-Policy", "", 75 - 20),
        ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'", 115),
        ("Strict-Transport-Security", "max-age=60", 80),
        ("Cross-Origin-Resource-Policy", "cross-origin", 80),
        ("Referrer-Policy", "unsafe-url", 95 + 15),
    ],
)
def test_the_grade_falls_where_a_header_is_worse(secure: Flask, name: str, value: str, score: int) -> None:
    answer = secure.test_client().get("/", base_url="https://localhost")
    answer.headers[name] = value
    if not value:
        del answer.headers["X-Frame-Options"]
    assert grade(answer) == score
