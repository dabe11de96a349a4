"""The real questions and answers as FHIR: valid, whole, and the same after they are read back."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given, settings

from app.checker.cases import report
from app.checker.fhir import answers_of, questionnaire_of, read_response, response_of
from app.checker.walking import replies_of, ticked
from app.settings import PROJECT
from tests.site.walking import walks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.checker.flow import Flow
    from app.checker.outcome import Checker

    Resource = dict[str, Any]

THOROUGH = settings(max_examples=100, deadline=None)
ADDRESS = "https://example.org/check/questionnaire.json"
NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def resource(checker: Checker) -> Resource:
    """The real questions as a Questionnaire."""
    vocabulary = checker.library.vocabulary
    return questionnaire_of(checker.questionnaire, vocabulary, checker.digest, ADDRESS, "2026-11-30")


def answered(flow: Flow, checker: Checker) -> Resource:
    """Write the answers of a walk, and read them from their JSON text."""
    vocabulary = checker.library.vocabulary
    response = response_of(flow, checker.questionnaire, vocabulary, checker.digest, ADDRESS, NOON)
    found: Resource = json.loads(json.dumps(response))
    return found


def items(node: Resource) -> Iterator[Resource]:
    """Yield every item, in the order in which it is shown."""
    for item in node.get("item", ()):
        yield item
        yield from items(item)


def codes(response: Resource) -> dict[str, set[str]]:
    """Give the codes that were answered, by item."""
    return {
        item["linkId"]: {answer["valueCoding"]["code"] for answer in item.get("answer", ())}
        for item in items(response)
    }


def is_enabled(item: Resource, said: Mapping[str, set[str]]) -> bool:
    """Tell, as FHIR defines it, whether an item is enabled by what was answered."""
    met = [
        when["answerCoding"]["code"] in said.get(when["question"], ()) for when in item.get("enableWhen", ())
    ]
    return not met or (all(met) if item["enableBehavior"] == "all" else any(met))


def test_the_questionnaire_is_valid(resource: Resource) -> None:
    read = Questionnaire.model_validate_json(json.dumps(resource))
    assert read.url == ADDRESS
    assert read.date == datetime.date(2026, 11, 30)


def test_every_question_and_every_option_stands_in_the_questionnaire(
    resource: Resource, checker: Checker
) -> None:
    assert [group["linkId"] for group in resource["item"]] == list(checker.questionnaire.by_id)
    offered = {
        option["valueCoding"]["code"] for item in items(resource) for option in item.get("answerOption", ())
    }
    assert offered == {*checker.library.vocabulary.options, "rest.denied", "rest.unknown"}


def test_no_two_items_share_a_link_id(resource: Resource) -> None:
    links = [item["linkId"] for item in items(resource)]
    assert sorted(set(links)) == sorted(links)


def test_every_condition_looks_at_an_earlier_item_and_at_a_code_that_it_offers(resource: Resource) -> None:
    offered: dict[str, set[str]] = {}
    looked_at = 0
    for item in items(resource):
        for when in item.get("enableWhen", ()):
            assert when["operator"] == "="
            assert when["answerCoding"]["code"] in offered[when["question"]]
            looked_at += 1
        offered[item["linkId"]] = {one["valueCoding"]["code"] for one in item.get("answerOption", ())}
    assert looked_at > 100


def test_every_code_is_of_one_system_and_has_words(resource: Resource) -> None:
    codings = [option["valueCoding"] for item in items(resource) for option in item.get("answerOption", ())]
    assert {coding["system"] for coding in codings} == {"urn:nervewise:options"}
    assert all(coding["display"] for coding in codings)


def test_the_copyright_is_that_of_the_licence(resource: Resource, checker: Checker) -> None:
    del checker
    licence = " ".join((PROJECT / "LICENSE").read_text("utf-8").split())
    assert licence.endswith(resource["copyright"].removeprefix("The texts are "))


def test_answers_are_the_same_after_they_were_written_and_read(checker: Checker) -> None:
    @given(flow=walks(checker))
    @THOROUGH
    def holds(flow: Flow) -> None:
        response = answered(flow, checker)
        replies = read_response(response, checker.questionnaire, checker.library.vocabulary)
        again = checker.flow(replies)
        assert again.answers == flow.answers == answers_of(response, checker)
        assert (again.next, again.stopped) == (None, flow.stopped)
        assert [step.question.id for step in again.steps] == list(replies_of(flow))
        assert report(checker.assess(again.answers)) == report(checker.assess(flow.answers))

    holds()


def test_a_response_is_valid_and_answers_enabled_items_alone(checker: Checker, resource: Resource) -> None:
    @given(flow=walks(checker))
    @THOROUGH
    def holds(flow: Flow) -> None:
        response = answered(flow, checker)
        read = QuestionnaireResponse.model_validate_json(json.dumps(response))
        assert read.questionnaire == f"{ADDRESS}|{checker.digest}"
        said = codes(response)
        for group in resource["item"]:
            for item in group["item"]:
                if said.get(item["linkId"]):
                    assert is_enabled(group, said)
                    assert is_enabled(item, said)
                    assert len(said[item["linkId"]]) == 1 or item.get("repeats")
                    assert said[item["linkId"]] <= {
                        one["valueCoding"]["code"] for one in item["answerOption"]
                    }

    holds()


def test_what_the_questions_ask_is_what_the_items_enable(checker: Checker, resource: Resource) -> None:
    @given(flow=walks(checker))
    @THOROUGH
    def holds(flow: Flow) -> None:
        said = codes(answered(flow, checker))
        enabled = {group["linkId"] for group in resource["item"] if is_enabled(group, said)}
        assert {step.question.id for step in flow.steps} <= enabled
        if not flow.stopped:
            skipped = enabled - {step.question.id for step in flow.steps}
            assert all(checker.questionnaire.by_id[question].clarifies for question in skipped)

    holds()


def test_a_response_holds_no_outcome(checker: Checker) -> None:
    flow = checker.flow({"danger-now": ticked("red.face_droop")})
    text = json.dumps(answered(flow, checker))
    assert flow.stopped
    for word in ("emergency", "urgency", "stroke-or-tia", "http://"):
        assert word not in text
