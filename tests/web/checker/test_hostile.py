"""Whatever is sent to the checker, it is answered with a page, and never with a fault of ours."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checker.answers import Reply
from app.factory import LARGEST_FORM, MOST_FORM_PARTS
from tests.web.checker.visitor import Visitor, form_on
from tests.web.client import Client, Links

if TYPE_CHECKING:
    from flask import Flask

    from app.checker.outcome import Checker

WANTED = "main.pain region.low_back site.low_back dur.1_2_weeks age.40_59 sex.male"
OTHER_PLACES = ("clear", "begin", "answers", "result", "summary", "nonsense")
FIELDS = ("chosen", "none", "unsure", "revision", "csrf_token")


@pytest.fixture(scope="module")
def cookie(app: Flask, links: Links) -> str:
    """The cookie of a visitor who has answered everything."""
    client = Client(app, links)
    Visitor(client).walk(WANTED.split())
    assert client.cookie is not None
    return client.cookie


@pytest.fixture
def walked(visitor: Visitor, cookie: str) -> Visitor:
    """A visitor who has answered everything."""
    visitor.client.raw.set_cookie("nervewise", cookie, path="/check")
    return visitor


@pytest.fixture(scope="module")
def stormed(app: Flask, links: Links, cookie: str) -> Visitor:
    """A visitor on whom anything may be tried, again and again."""
    client = Client(app, links)
    client.raw.set_cookie("nervewise", cookie, path="/check")
    return Visitor(client)


def words() -> st.SearchStrategy[str]:
    """Give any text that a browser can send."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(deadline=None)
@given(data=st.data())
def test_no_form_whatever_is_in_it_is_our_fault(
    stormed: Visitor, checker: Checker, cookie: str, data: st.DataObject
) -> None:
    client = stormed.client.raw
    client.set_cookie("nervewise", cookie, path="/check")
    option = st.sampled_from(sorted(checker.library.vocabulary.options)) | words()
    fields = st.dictionaries(st.sampled_from(FIELDS) | words(), st.lists(option, max_size=5), max_size=6)
    place = data.draw(st.sampled_from([*checker.questionnaire.by_id, *OTHER_PLACES]))
    signed = data.draw(st.booleans()) and place in checker.questionnaire.by_id
    hidden = signed and client.get(f"/check/{place}/").status_code == 200
    carried = dict(stormed.form_of(place).hidden) if hidden else {}
    response = client.post(f"/check/{place}/", data={**data.draw(fields), **carried})
    assert response.status_code in (200, 303, 400, 404, 405, 409)
    assert response.status_code == 303 or "<h1" in response.text


@settings(deadline=None)
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(
        [
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=utf-16",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/json",
            "text/plain",
            "",
        ]
    ),
    place=st.sampled_from(["danger-now", "age", "clear"]),
)
def test_no_body_whatever_it_claims_to_be_is_our_fault(
    stormed: Visitor, cookie: str, body: bytes, kind: str, place: str
) -> None:
    stormed.client.raw.set_cookie("nervewise", cookie, path="/check")
    response = stormed.client.raw.post(f"/check/{place}/", data=body, content_type=kind)
    assert response.status_code in (200, 303, 400)
    assert "<h1" in response.text


@pytest.mark.parametrize("place", ["danger-now", "age", "clear"])
@pytest.mark.parametrize("body", ["[1]", "null", '"x"', "7", '{"csrf_token": 7}', '{"csrf_token": ["x"]}'])
def test_json_in_place_of_a_form_is_refused_with_a_page(walked: Visitor, place: str, body: str) -> None:
    response = walked.client.raw.post(f"/check/{place}/", data=body, content_type="application/json")
    assert response.status_code in (200, 400)
    assert "<h1" in response.text


@pytest.mark.parametrize("place", ["danger-now", "age", "clear"])
@pytest.mark.parametrize("name", FIELDS)
def test_a_file_in_place_of_a_field_is_refused_with_a_page(walked: Visitor, place: str, name: str) -> None:
    hidden = form_on(walked.at(place)).hidden if name != "csrf_token" else {}
    response = walked.client.raw.post(f"/check/{place}/", data={**hidden, name: (io.BytesIO(b"x"), "x.txt")})
    assert response.status_code in (200, 400)
    assert "<h1" in response.text


def test_a_form_that_is_too_large_is_told_and_the_answers_stay(visitor: Visitor) -> None:
    visitor.walk(WANTED.split(), until="where")
    answer = visitor.post(visitor.form_of("main"), Reply(), 413, chosen="x" * LARGEST_FORM)
    assert answer.page.heading == "That was too much to send"
    assert "Your answers so far are kept." in answer.page.words
    assert visitor.form_of("main").ticked == {"main.pain"}


def test_a_form_of_too_many_parts_is_told_and_the_answers_stay(visitor: Visitor) -> None:
    visitor.walk(WANTED.split(), until="where")
    parts = ["x"] * (MOST_FORM_PARTS + 1)
    answer = visitor.client.post(
        "/check/main/", status=413, data={"chosen": parts}, content_type="multipart/form-data"
    )
    assert answer.page.heading == "That was too much to send"
    assert visitor.form_of("main").ticked == {"main.pain"}


def test_every_option_of_the_site_can_be_ticked_in_one_form(visitor: Visitor, checker: Checker) -> None:
    form = form_on(visitor.begin())
    every = sorted(checker.library.vocabulary.options)
    assert len(every) < MOST_FORM_PARTS
    answer = visitor.post(form, Reply(), 400, chosen=every, none=[])
    assert form_on(answer).ticked == set(form.offered)


@pytest.mark.parametrize(
    "query", ["device=shared&device=x", "device=%ff", "moved=1&x=%00", "chosen=red.fever"]
)
def test_a_strange_query_changes_nothing(visitor: Visitor, query: str) -> None:
    visitor.begin()
    assert form_on(visitor.client.get(f"/check/danger-now/?{query}")).ticked == frozenset()
    assert visitor.client.get(f"/check/begin/?{query}", status=303).location == "/check/danger-now/"
