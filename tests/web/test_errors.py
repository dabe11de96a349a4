"""Every error is answered with a page in the site's dress."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from flask import abort

from tests.web.client import Client

if TYPE_CHECKING:
    from flask import Flask

    from tests.web.client import Answer
    from tests.web.conftest import MakeApp


@pytest.fixture
def faulty(make_app: MakeApp) -> Client:
    """A site with a view that raises, and with one that ends with any error."""
    app: Flask = make_app()

    @app.get("/raises/")
    def raises() -> str:
        raise LookupError("a secret of the inside")

    @app.get("/ends/<int:code>/")
    def ends(code: int) -> str:
        abort(code)

    return Client(app)


def assert_in_dress(answer: Answer, heading: str) -> None:
    """Check that an error page says what happened, leads on, and is kept by nobody."""
    page = answer.page
    assert page.heading == heading
    assert page.words.endswith(f"Error {answer.status}")
    assert page.one("a", class_="site-header__name").get("href") == "/"
    ways = {one.get("href") for one in page.all("a", within="page")}
    assert {"/get-help-now/", "/symptoms/", "/a-z/"} <= ways
    assert page.one("meta", name="robots").get("content") == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "address",
    ["/nowhere/", "/causes/nowhere/", "/causes/paracetamol/", "/nowhere.php", "/check/nowhere/", "/%00/"],
)
def test_an_address_without_a_page_is_told(client: Client, address: str) -> None:
    assert_in_dress(client.get(address, status=404), "There is no page at this address")


def test_a_method_that_a_page_does_not_take_is_told_with_those_that_it_takes(client: Client) -> None:
    answer = client.post("/causes/", status=405)
    assert_in_dress(answer, "This page does not take that")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_fault_of_ours_shows_a_page_without_the_inside(
    faulty: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = faulty.get("/raises/", status=500)
    assert_in_dress(answer, "Something went wrong on our side")
    assert "secret" not in answer.text
    written = json.loads(capfd.readouterr().out)
    assert (written["kind"], written["fault"], written["route"]) == ("fault", "LookupError", "/raises/")
    assert written["at"][-1].endswith(" raises")
    assert "secret" not in str(written)


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        (400, "We could not read that request"),
        (403, "We could not read that request"),
        (413, "That was too much to send"),
        (418, "We could not read that request"),
        (503, "Many people are asking at this moment"),
        (502, "Something went wrong on our side"),
    ],
)
def test_any_other_error_has_a_page_too(faulty: Client, code: int, heading: str) -> None:
    assert_in_dress(faulty.get(f"/ends/{code}/", status=code), heading)


@pytest.mark.parametrize(
    ("address", "leads_back"),
    [("/check/nowhere/", True), ("/nowhere/", False), ("/checkers/", False), ("/check-up/", False)],
)
def test_an_error_inside_the_checker_leads_back_to_it(
    client: Client, address: str, *, leads_back: bool
) -> None:
    ways = [one.get("href") for one in client.get(address, status=404).page.all("a", within="page")]
    assert ("/check/" in ways) is leads_back


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/check/begin/", "/search/?q=pain"])
@pytest.mark.parametrize("host", ["x" * 300, "a" * 64 + ".example"])
def test_a_host_that_no_machine_can_have_is_refused_with_a_page(
    client: Client, address: str, host: str
) -> None:
    answer = client.get(address, status=400, headers={"Host": host})
    assert_in_dress(answer, "This site is not known by that name")


@pytest.mark.parametrize("path", ["/", "/causes/", "/search/", "/search/suggest/", "/treatments/compare/"])
@pytest.mark.parametrize("query", ["q=\xff", "\xff", "area=\xed\xa0\x80&t=\xc0\xaf", "q=n\xc3\xa9"])
def test_a_query_that_is_no_text_is_read_as_far_as_it_goes(client: Client, path: str, query: str) -> None:
    client.get(path, environ_overrides={"QUERY_STRING": query})
