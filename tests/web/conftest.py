"""What the tests of the web share: the site, and a client that checks every page it meets."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

import pytest

from app.factory import create_app
from tests.web.client import Client, Links

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from app.checker.outcome import Checker
    from app.content.pages import Page
    from app.settings import Settings


NOTHING: Mapping[str, object] = MappingProxyType({})


class MakeApp(Protocol):
    """Makes a site of its own for a test that changes something."""

    def __call__(self, *pages: Page, parts: Mapping[str, object] = ..., **settings: object) -> Flask:
        """Make the site with some pages, parts of the checker and settings in place of the real ones."""


@pytest.fixture(scope="session")
def make_app(settings: Settings, checker: Checker) -> MakeApp:
    """Make a site with changes."""

    def make(*pages: Page, parts: Mapping[str, object] = NOTHING, **changes: object) -> Flask:
        library = replace(
            checker.library, pages={**checker.library.pages, **{page.slug: page for page in pages}}
        )
        return create_app(replace(settings, **changes), replace(checker, library=library, **parts))  # type: ignore[arg-type]  # named by the test

    return make


@pytest.fixture(scope="session")
def app(make_app: MakeApp) -> Flask:
    """The site as it is."""
    return make_app()


@pytest.fixture(scope="session")
def links(app: Flask) -> Links:
    """Where the links of the site lead, remembered over all tests."""
    return Links(app)


@pytest.fixture
def client(app: Flask, links: Links) -> Client:
    """A visitor with a fresh browser."""
    return Client(app, links)
