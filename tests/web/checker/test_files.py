"""The files for programs: the questions for everyone, and the answers for the visitor who gave them."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING

from app.checker.answers import Reply
from app.checker.cases import report
from app.checker.fhir import answers_of
from tests.web.checker.visitor import form_on

if TYPE_CHECKING:
    from app.checker.outcome import Checker
    from tests.web.checker.conftest import Later
    from tests.web.checker.visitor import Visitor
    from tests.web.client import Client

ADDRESS = "http://127.0.0.1:8000/check/questionnaire.json"
LEG = "main.pain region.low_back site.low_back dur.1_2_weeks age.40_59 sex.male"


def test_the_questions_may_be_kept_by_anyone_and_set_no_cookie(client: Client, checker: Checker) -> None:
    answer = client.get("/check/questionnaire.json")
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    assert not {"Set-Cookie", "Vary", "X-Robots-Tag", "Content-Disposition"} & set(answer.headers.keys())
    resource = json.loads(answer.text)
    assert (resource["resourceType"], resource["url"]) == ("Questionnaire", ADDRESS)
    assert resource["version"] == checker.digest


def test_the_questions_are_the_same_for_a_visitor_with_answers(visitor: Visitor, client: Client) -> None:
    before = client.get("/check/questionnaire.json").text
    visitor.walk(LEG.split())
    answer = visitor.client.get("/check/questionnaire.json")
    assert answer.text == before
    assert "Set-Cookie" not in answer.headers


def test_the_first_page_leads_to_the_questions_for_programs(client: Client) -> None:
    links = {one.get("href") for one in client.get("/check/").page.all("a")}
    assert "/check/questionnaire.json" in links


def test_the_answers_are_a_file_that_leads_to_the_same_result(
    visitor: Visitor, checker: Checker, later: Later
) -> None:
    replies, _ = visitor.walk(LEG.split(), unsure_at=["danger-body"])
    later(hours=1)
    links = {one.get("href") for one in visitor.at("summary").page.all("a")}
    assert "/check/response.json" in links
    answer = visitor.client.get("/check/response.json")
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert answer.headers["Content-Disposition"] == "attachment; filename=nervewise-answers.json"
    resource = json.loads(answer.text)
    assert resource["questionnaire"] == f"{ADDRESS}|{checker.digest}"
    ahead = datetime.datetime.fromisoformat(resource["authored"]) - datetime.datetime.now(datetime.UTC)
    assert 0 < ahead.total_seconds() <= 3600
    answers = checker.flow(replies).answers
    assert answers_of(resource, checker) == answers
    assert report(checker.assess(answers_of(resource, checker))) == report(checker.assess(answers))


def test_the_answers_of_an_emergency_are_a_file_too(visitor: Visitor, checker: Checker) -> None:
    visitor.walk(["red.face_droop"])
    resource = json.loads(visitor.client.get("/check/response.json").text)
    assert "red.face_droop" in answers_of(resource, checker).chosen


def test_without_answers_the_file_is_the_page_that_the_result_would_be(visitor: Visitor) -> None:
    lost = visitor.client.get("/check/response.json", status=400)
    assert lost.page.heading == "We have no answers from you"
    assert lost.text == visitor.client.get("/check/result/", status=400).text


def test_who_has_not_answered_everything_is_led_to_the_next_open_question(visitor: Visitor) -> None:
    visitor.post(form_on(visitor.begin()), Reply())
    answer = visitor.client.get("/check/response.json", status=303)
    assert answer.location == visitor.client.get("/check/result/", status=303).location
    assert answer.location == "/check/danger-body/?moved=1"
