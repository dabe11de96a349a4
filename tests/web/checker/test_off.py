"""The checker switched off: a plain page stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.client import Client

if TYPE_CHECKING:
    from flask import Flask

    from tests.web.conftest import MakeApp

PLACES = ("begin", "danger-now", "answers", "result", "summary", "clear", "a/b")


@pytest.fixture(scope="module")
def off(make_app: MakeApp) -> Flask:
    """The site without its checker."""
    return make_app(checker=False)


def test_a_page_says_that_the_checker_is_off_and_where_else_to_go(off: Flask) -> None:
    answer = Client(off).get("/check/")
    assert answer.page.heading == "The symptom checker is switched off"
    ways = {one.get("href") for one in answer.page.all("a", within="page")}
    assert {"/get-help-now/", "/symptoms/"} <= ways
    assert answer.page.one("meta", name="robots").get("content") == "noindex"


@pytest.mark.parametrize("place", PLACES)
def test_every_other_address_of_the_checker_leads_to_that_page(off: Flask, place: str) -> None:
    answer = Client(off).get(f"/check/{place}/", status=303)
    assert answer.location == "/check/"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("file", ["questionnaire.json", "response.json"])
def test_no_file_is_served_and_browsers_do_not_remember_it(off: Flask, file: str) -> None:
    answer = Client(off).get(f"/check/{file}", status=303)
    assert answer.location == "/check/"


@pytest.mark.parametrize("place", PLACES)
def test_nothing_takes_a_form(off: Flask, place: str) -> None:
    answer = Client(off).post(f"/check/{place}/", status=405)
    assert answer.page.heading == "This page does not take that"


def test_an_error_page_does_not_say_that_answers_are_kept(off: Flask) -> None:
    answer = Client(off).post("/check/main/", status=405)
    assert "Your answers so far are kept" not in answer.page.words
