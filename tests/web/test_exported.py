"""The site as it is written into files, page by page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.factory import create_app
from app.web import exported
from tests.web.pages import CHECKS, Page

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from app.checker.outcome import Checker
    from app.content.library import Library
    from app.settings import Settings
    from tests.web.conftest import MakeApp


@pytest.fixture(scope="module")
def withdrawn(library: Library) -> Library:
    """The pages, one of them withdrawn."""
    page = library.pages["sciatica"].model_copy(update={"withdrawn": "Its source was taken back."})
    return replace(library, pages={**library.pages, page.slug: page})


@pytest.fixture(scope="module")
def app(settings: Settings, checker: Checker, withdrawn: Library) -> Flask:
    """A site of them."""
    return create_app(settings, replace(checker, library=withdrawn))


@pytest.fixture(scope="module")
def addresses(app: Flask, withdrawn: Library) -> exported.Addresses:
    """What gives every address of the site, which is written into files from now on."""
    return exported.register(app, withdrawn)


@pytest.fixture(scope="module")
def files(app: Flask, addresses: exported.Addresses) -> FlaskClient:
    """Who writes it."""
    del addresses
    return app.test_client()


def test_a_page_that_was_withdrawn_is_a_file_that_says_why(
    app: Flask, files: FlaskClient, addresses: exported.Addresses
) -> None:
    with app.test_request_context():
        assert "/causes/sciatica/" in addresses.first()
    answer = files.get("/causes/sciatica/")
    assert answer.status_code == 200
    assert "Its source was taken back." in answer.text


@pytest.mark.parametrize("address", ["/", "/causes/", "/treatments/", "/exercises/", "/check/", "/search/"])
def test_what_files_show_otherwise_keeps_the_promises_of_every_page(files: FlaskClient, address: str) -> None:
    page = Page(files.get(address).text)
    assert [fault for check in CHECKS for fault in check(page)] == []


def test_a_checker_that_is_switched_off_says_so_in_files_too(make_app: MakeApp, library: Library) -> None:
    app = make_app(checker=False)
    exported.register(app, library)
    assert "is switched off" in app.test_client().get("/check/").text
