"""The site as it is put together: what the settings decide, and the limits that hold everywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from flask import render_template_string
from jinja2 import UndefinedError

from app.factory import LARGEST_FORM, MOST_FORM_PARTS, create_app
from tests.web.client import Client
from tests.web.pages import words_of

if TYPE_CHECKING:
    from app.checker.outcome import Checker
    from app.settings import Settings


@pytest.mark.parametrize(
    ("contact", "href", "words"),
    [
        ("someone@example.org", "mailto:someone@example.org", "Write to the operator of this site:"),
        ("https://example.org/report", "https://example.org/report", "Write to the operator of this site:"),
        (None, None, "has not given an address for reports yet"),
    ],
)
def test_the_operators_address_stands_where_errors_are_reported(
    settings: Settings, checker: Checker, contact: str | None, href: str | None, words: str
) -> None:
    client = Client(create_app(replace(settings, contact=contact), checker))
    section = client.get("/about/report-an-error/").page.one("section", class_="contact")
    assert words in words_of(section)
    assert [one.get("href") for one in section.iter("a")] == ([href] if href else [])


def test_a_name_that_a_template_misspells_is_a_fault_and_not_an_empty_place(
    settings: Settings, checker: Checker
) -> None:
    app = create_app(settings, checker)
    with app.test_request_context("/"), pytest.raises(UndefinedError):
        render_template_string("{{ misspelt }}")


def test_forms_are_limited_and_the_largest_question_fits(settings: Settings, checker: Checker) -> None:
    app = create_app(settings, checker)
    assert app.config["MAX_CONTENT_LENGTH"] == app.config["MAX_FORM_MEMORY_SIZE"] == LARGEST_FORM
    assert app.config["MAX_FORM_PARTS"] == MOST_FORM_PARTS
    for question in checker.questionnaire.questions:
        assert len(question.options) + 10 < MOST_FORM_PARTS
        assert sum(len(f"&chosen={option}") for option in question.options) + 1000 < LARGEST_FORM


def test_two_sites_in_one_process_do_not_share_what_they_were_told(
    settings: Settings, checker: Checker
) -> None:
    on = create_app(settings, checker)
    off = create_app(replace(settings, checker=False), checker)
    assert Client(on).get("/check/").page.heading == "Symptom checker"
    assert Client(off).get("/check/").page.heading == "The symptom checker is switched off"
    assert "checker.question" in on.view_functions
    assert "checker.question" not in off.view_functions
