"""What machines ask of a running site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import __version__

if TYPE_CHECKING:
    from app.checker.outcome import Checker
    from tests.web.client import Client


def test_the_site_says_that_it_lives(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.text == "live\n"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_site_says_which_content_it_serves(client: Client, checker: Checker) -> None:
    answer = client.get("/readyz")
    assert answer.response.json == {
        "status": "ready",
        "version": __version__,
        "content": checker.digest,
        "pages": len(checker.library.pages),
    }
    assert answer.headers["Cache-Control"] == "no-store"
