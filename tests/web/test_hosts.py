"""By which names the site is asked for, through which servers, and with how long an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import request

from app.web.hosts import LONGEST_ADDRESS
from tests.web.client import Client

if TYPE_CHECKING:
    from flask import Flask

    from tests.web.client import Links
    from tests.web.conftest import MakeApp


@pytest.fixture(scope="module")
def named(make_app: MakeApp) -> Flask:
    """A site with two names and a number, which says whom it takes a visitor for."""
    return showing(make_app(hosts=("example.org", "www.example.org", "[2001:db8::1]")))


def showing(app: Flask) -> Flask:
    """Let a site show what it knows of a request."""
    app.add_url_rule("/who/", "who", lambda: {"address": request.remote_addr, "scheme": request.scheme})
    return app


@pytest.mark.parametrize(
    "host",
    ["example.org", "example.org:8000", "WWW.Example.ORG", "[2001:db8::1]", "[2001:DB8::1]:443"],
)
def test_a_site_is_asked_for_by_its_names(named: Flask, links: Links, host: str) -> None:
    assert Client(named, links).get("/", headers={"Host": host}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "elsewhere.org",
        "example.org.elsewhere.org",
        "sub.example.org",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "2001:db8::1",
        "example.org:",
        "example.org:80:80",
        "a b",
        "<script>",
        "",
    ],
)
@pytest.mark.parametrize("address", ["/", "/nowhere/", "/causes", "/check/danger-now/"])
def test_a_request_for_another_site_is_told_so_in_the_dress_of_this_one(
    named: Flask, links: Links, host: str, address: str
) -> None:
    answer = Client(named, links).get(address, status=400, headers={"Host": host})
    assert answer.page.heading == "This site is not known by that name"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not host or host not in answer.text


def test_who_watches_over_a_site_may_ask_by_its_number(named: Flask) -> None:
    answer = named.test_client().get("/healthz", headers={"Host": "10.0.0.7:8000"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("proxies", "expected"),
    [
        (0, {"address": "127.0.0.1", "scheme": "http"}),
        (1, {"address": "192.0.2.2", "scheme": "https"}),
        (2, {"address": "192.0.2.1", "scheme": "https"}),
    ],
)
def test_only_as_many_servers_in_front_are_believed_as_the_operator_names(
    make_app: MakeApp, proxies: int, expected: dict[str, str]
) -> None:
    said = {
        "X-Forwarded-For": "192.0.2.1, 192.0.2.2",
        "X-Forwarded-Proto": "https, https",
        "X-Forwarded-Host": "elsewhere.org",
        "X-Forwarded-Prefix": "/elsewhere",
    }
    app = showing(make_app(proxies=proxies))
    assert app.test_client().get("/who/", headers=said).json == expected


@pytest.mark.parametrize("start", ["/search/?q=", "/"])
def test_an_address_is_refused_where_it_is_too_long(client: Client, start: str) -> None:
    query = "?" in start
    longest = start + "a" * (LONGEST_ADDRESS - len(start) + query)
    client.get(longest, status=200 if query else 404)
    answer = client.get(longest + "a", status=414)
    assert answer.page.heading == "That address is too long"


def test_an_export_is_made_whatever_the_names_are(make_app: MakeApp) -> None:
    app = make_app(hosts=("example.org",))
    app.config["EXPORTING"] = True
    assert app.test_client().get("/").status_code == 200
