"""The site as it is written into files, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.web import exported
from tests.web.pages import CHECKS, Page

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from app.content.library import Library
    from tests.web.conftest import MakeApp


@pytest.fixture(scope="module")
def app(make_app: MakeApp, library: Library) -> Flask:
    """A site that is written into files; one of its pages is withdrawn."""
    app = make_app(library.pages["sciatica"].model_copy(update={"withdrawn": "Its source was taken back."}))
    exported.register(app)
    return app


@pytest.fixture(scope="module")
def files(app: Flask) -> FlaskClient:
    """Who writes it."""
    return app.test_client()


def test_a_page_that_was_withdrawn_is_a_file_that_says_why(
    app: Flask, files: FlaskClient, library: Library
) -> None:
    with app.test_request_context():
        assert "/causes/sciatica/" in exported.beginnings(app, library)
    answer = files.get("/causes/sciatica/")
    assert answer.status_code == 200
    assert "Its source was taken back." in answer.text


@pytest.mark.parametrize("address", ["/", "/causes/", "/treatments/", "/exercises/", "/check/", "/search/"])
def test_what_files_show_otherwise_keeps_the_promises_of_every_page(files: FlaskClient, address: str) -> None:
    page = Page(files.get(address).text)
    assert [fault for check in CHECKS for fault in check(page)] == []


def test_a_checker_that_is_switched_off_says_so_in_files_too(make_app: MakeApp, library: Library) -> None:
    app = make_app(checker=False)
    exported.register(app)
    assert "is switched off" in app.test_client().get("/check/").text
    with app.test_request_context():
        assert not [one for one in exported.beginnings(app, library) if one.startswith("/check/")]
