"""The client of these tests notices every fault that it is there to notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, Response
from html5lib.html5parser import ParseError

from app.web.headers import HEADERS
from tests.web.client import Client

HEAD = '<title>A page \N{EN DASH} Nervewise</title><meta name="description" content="x">'
GOOD = f'<!DOCTYPE html><html lang="en"><head>{HEAD}</head><body><h1>A page</h1>%s</body></html>'
FAULTS = {
    '<h1 id="b">More</h1>': "2 main headings: ['A page', 'More']",
    '<p id="a"></p><p id="a"></p>': "the id 'a' stands twice",
    '<p aria-labelledby="nobody"></p>': "aria-labelledby='nobody' finds nothing",
    "<h3>Too deep</h3>": "h3 'Too deep' follows h1",
    '<p style="color: red"></p>': "p has style",
    '<p onclick="x()"></p>': "p has onclick",
    "<style>p {}</style>": "an inline style",
    "<script>x()</script>": "an inline script",
    '<a href="/nowhere/">x</a>': "href='/nowhere/' answers 404",
    '<a href="#nowhere">x</a>': "href='#nowhere' has no such place on this page",
    '<a href="/other/#nowhere">x</a>': "href='/other/#nowhere' has no such place there",
    '<a href="javascript:x()">x</a>': "href='javascript:x()' has an unknown scheme",
    '<a href="tel:">x</a>': "href='tel:' names nobody",
    '<img src="/nowhere.png" alt="">': "src='/nowhere.png' answers 404",
    '<form method="post" action="/other/"></form>': "action='/other/' takes no form",
}


def site(html: str, **headers: str) -> Client:
    """Make a site of a page, and one other page."""
    app = Flask(__name__, static_folder=None, root_path=str(Path(__file__).parent))

    @app.get("/")
    def home() -> Response:
        return Response(html, headers={**HEADERS, **headers}, mimetype="text/html")

    app.add_url_rule("/other/", "other", lambda: GOOD % '<p id="there"></p>')
    return Client(app)


def test_a_page_that_keeps_every_promise_passes() -> None:
    fine = (
        '<h2>B</h2><a href="/other/#there">x</a><a href="https://example.org/">y</a><a href="tel:112">z</a>'
    )
    assert site(GOOD % fine).get("/").page.heading == "A page"


@pytest.mark.parametrize("html", FAULTS)
def test_a_fault_in_a_page_fails_and_is_named(html: str) -> None:
    with pytest.raises(AssertionError) as failed:
        site(GOOD % html).get("/")
    assert FAULTS[html] in str(failed.value)


@pytest.mark.parametrize("title", ["", "<title> \N{EN DASH} Nervewise</title>"])
def test_a_page_without_a_title_of_its_own_fails(title: str) -> None:
    with pytest.raises(AssertionError, match="the titles are"):
        site((GOOD % "").replace("<title>A page \N{EN DASH} Nervewise</title>", title)).get("/")


@pytest.mark.parametrize("html", ["<p><div></p>", "<b><i></b></i>", "<p></span>", "<ul><li></ul></li>"])
def test_html_that_is_not_valid_fails(html: str) -> None:
    with pytest.raises(ParseError):
        site(GOOD % html).get("/")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("X-Content-Type-Options", ""),
        ("Referrer-Policy", "no-referrer"),
        ("Set-Cookie", "a=b"),
    ],
)
def test_a_header_that_breaks_a_promise_fails(name: str, value: str) -> None:
    with pytest.raises(AssertionError):
        site(GOOD % "", **{name: value}).get("/")


def test_another_status_than_the_expected_one_fails() -> None:
    with pytest.raises(AssertionError, match="the status is 200, not 404"):
        site(GOOD % "").get("/", status=404)
