"""What the tests of the checker's pages share: a visitor, and the clock."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Protocol

import pytest

from app.web.checker import views
from tests.web.checker.visitor import Visitor
from tests.web.client import Client

if TYPE_CHECKING:
    from flask import Flask

    from tests.web.client import Links


class Later(Protocol):
    """Moves the clock of the checker."""

    def __call__(self, **ahead: float) -> None:
        """Set the clock to now and some time more."""


@pytest.fixture
def visitor(client: Client) -> Visitor:
    """Someone with a fresh browser."""
    return Visitor(client)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Move the clock of the checker."""

    def move(**ahead: float) -> None:
        now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(**ahead)
        monkeypatch.setattr(views, "_now", lambda: now)

    return move


@pytest.fixture
def stranger(app: Flask, links: Links) -> Visitor:
    """Someone else, with another browser."""
    return Visitor(Client(app, links))
