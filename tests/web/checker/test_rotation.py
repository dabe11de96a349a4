"""A new secret: whoever is in the middle of the checker goes on, and is signed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.checker.answers import Reply
from tests.web.checker.visitor import Visitor, form_on
from tests.web.client import Client

if TYPE_CHECKING:
    from flask import Flask

    from tests.web.client import Links
    from tests.web.conftest import MakeApp

OLD, NEW = "the old secret, only for tests", "the new secret, only for tests"


def begun(app: Flask, links: Links) -> Visitor:
    """Give someone who has answered the first question, and has the second one open."""
    visitor = Visitor(Client(app, links))
    visitor.client.get("/check/begin/", status=303)
    visitor.post(visitor.form_of("danger-now"), Reply())
    return visitor


def with_cookie(app: Flask, links: Links, cookie: str | None) -> Visitor:
    """Give the same browser at another site."""
    assert cookie is not None
    client = Client(app, links)
    client.raw.set_cookie("nervewise", cookie, path="/check")
    return Visitor(client)


@pytest.fixture(scope="module")
def old(make_app: MakeApp) -> Flask:
    """The site before the secret is changed."""
    return make_app(secret_key=OLD)


def test_a_form_that_was_open_while_the_secret_was_changed_is_taken(
    make_app: MakeApp, old: Flask, links: Links
) -> None:
    before = begun(old, links)
    address = before.client.get("/check/begin/", status=303).location
    form = form_on(before.client.get(address))
    between = make_app(secret_key=NEW, secret_fallbacks=(OLD,))
    after = with_cookie(between, links, before.client.cookie)
    onward = after.client.post(address, status=303, data=form.data(Reply()))
    assert onward.location != address
    # What was signed since then needs the old secret no more.
    at_end = with_cookie(make_app(secret_key=NEW), links, after.client.cookie)
    form = form_on(after.client.get(onward.location))
    at_end.client.post(onward.location, status=303, data=form.data(Reply()))


def test_a_secret_that_was_dropped_signs_nothing_more(make_app: MakeApp, old: Flask, links: Links) -> None:
    before = begun(old, links)
    address = before.client.get("/check/begin/", status=303).location
    data = form_on(before.client.get(address)).data(Reply())
    after = with_cookie(make_app(secret_key=NEW), links, before.client.cookie)
    after.client.get("/check/answers/", status=400)
    after.client.post(address, status=400, data=data)
