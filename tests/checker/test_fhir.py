"""The questions of tiny/ as FHIR: how they are written, and what is made of an answer that does not fit."""

from __future__ import annotations

import copy
import datetime
from typing import TYPE_CHECKING, Any

import pytest

from app.checker.answers import Reply, Rest
from app.checker.cases import report
from app.checker.codings import ResponseError
from app.checker.fhir import answers_of, questionnaire_of, read_response, response_of
from tests.checker.sayings import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.checker.outcome import Checker

    Resource = dict[str, Any]

ADDRESS = "https://example.org/questions"
NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
NONE = Reply()
UNSURE = Reply(rest="unknown")
REST = ("rest.denied", "rest.unknown")
# A visitor who has pain, knows where and when, and is old.
REPLIES = {
    "danger": NONE,
    "main": Reply(frozenset(["main.pain"])),
    "where": Reply(frozenset(["site.elbow"]), "unknown"),
    "when": NONE,
    "age": Reply(frozenset(["age.old"])),
    "medicines": Reply(frozenset(["med.new"])),
}
CODES = {
    "danger.rest": ["rest.denied"],
    "main.1": ["main.pain"],
    "main.rest": ["rest.denied"],
    "where.1": ["site.elbow"],
    "where.rest": ["rest.unknown"],
    "when.rest": ["rest.denied"],
    "age.1": ["age.old"],
    "medicines.1": ["med.new"],
    "medicines.rest": ["rest.denied"],
}


@pytest.fixture(scope="module")
def groups(tiny: Checker) -> dict[str, Resource]:
    """The items of the Questionnaire by linkId, those inside of groups too."""
    resource = questionnaire_of(tiny.questionnaire, tiny.library.vocabulary, "1", ADDRESS)
    return {item["linkId"]: item for group in resource["item"] for item in (group, *group["item"])}


def response(codes: Mapping[str, list[str]]) -> Resource:
    """Make a response as a client may: a flat list of items, each with its codes."""
    items = [{"linkId": link, "answer": [answer(code) for code in some]} for link, some in codes.items()]
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items}


def answer(code: str, system: str = "urn:nervewise:options") -> Resource:
    """Make an answer."""
    return {"valueCoding": {"system": system, "code": code}}


def written(tiny: Checker, replies: Mapping[str, Reply]) -> Resource:
    """Write replies as the site does."""
    vocabulary = tiny.library.vocabulary
    return response_of(tiny.flow(replies), tiny.questionnaire, vocabulary, "1", ADDRESS, NOON)


def replies_in(tiny: Checker, codes: Mapping[str, list[str]]) -> dict[str, Reply]:
    """Read the replies from a client's response."""
    return read_response(response(codes), tiny.questionnaire, tiny.library.vocabulary)


def codes_of(resource: Resource) -> dict[str, list[str]]:
    """Give the codes of a response as the site writes it."""
    return {
        item["linkId"]: [one["valueCoding"]["code"] for one in item["answer"]]
        for group in resource["item"]
        for item in group["item"]
    }


def when(item: Resource) -> tuple[str | None, list[tuple[str, str]]]:
    """Give the condition of an item: any or all, and the items and codes that it looks at."""
    whens = [(one["question"], one["answerCoding"]["code"]) for one in item.get("enableWhen", [])]
    return item.get("enableBehavior"), whens


def test_the_questionnaire_says_what_it_is(tiny: Checker) -> None:
    resource = questionnaire_of(tiny.questionnaire, tiny.library.vocabulary, "1", ADDRESS)
    assert {key: value for key, value in resource.items() if key not in ("item", "copyright")} == {
        "resourceType": "Questionnaire",
        "language": "en",
        "url": ADDRESS,
        "version": "1",
        "name": "NervewiseSymptomChecker",
        "title": "Nervewise symptom checker",
        "status": "active",
        "subjectType": ["Patient"],
        "description": resource["description"],
    }
    assert resource["description"].endswith("No clinician has reviewed these rules.")
    dated = questionnaire_of(tiny.questionnaire, tiny.library.vocabulary, "1", ADDRESS, "2026-11-30")
    assert dated == {**resource, "date": "2026-11-30"}


def test_a_question_is_a_group_with_its_reason_its_choices_and_its_rest(groups: dict[str, Resource]) -> None:
    group = groups["when"]
    assert (group["type"], group["text"]) == ("group", "When?")
    links = [(item["linkId"], item["type"], item["text"]) for item in group["item"]]
    assert links == [
        ("when.why", "display", "A time is a clue."),
        ("when.1", "choice", "When?"),
        ("when.2", "choice", "Hand work"),
        ("when.3", "choice", "Sleep"),
        ("when.4", "choice", "Weather"),
        ("when.rest", "choice", "What about those that you did not tick?"),
    ]
    assert [option["valueCoding"] for option in groups["when.2"]["answerOption"]] == [
        {"system": "urn:nervewise:options", "code": "trig.typing", "display": "Typing"},
        {"system": "urn:nervewise:options", "code": "trig.night", "display": "Night"},
    ]
    assert [option["valueCoding"]["code"] for option in groups["when.rest"]["answerOption"]] == list(REST)


@pytest.mark.parametrize(
    ("link", "repeats", "required", "control"),
    [
        ("main.1", True, False, "check-box"),
        ("main.rest", False, True, "radio-button"),
        ("age.1", False, False, "radio-button"),
        ("age.rest", False, False, "radio-button"),
    ],
)
def test_a_choice_says_how_many_answers_it_takes(
    groups: dict[str, Resource], link: str, repeats: bool, required: bool, control: str
) -> None:
    item = groups[link]
    assert (item.get("repeats", False), item.get("required", False)) == (repeats, required)
    assert item["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == control


@pytest.mark.parametrize(
    ("link", "behavior", "looks_at"),
    [
        ("main", None, []),
        ("main.1", None, []),
        ("where", "any", [("main.1", "main.tingling"), ("main.1", "main.pain")]),
        ("when.2", "all", [("main.1", "main.tingling"), ("where.1", "site.wrist")]),
        ("medicines", "all", [("main.1", "main.pain"), ("age.1", "age.old")]),
        ("plainer", "any", [("danger.rest", "rest.unknown")]),
        ("plainer.1", "any", [("danger.rest", "rest.unknown")]),
    ],
)
def test_the_condition_of_a_question_is_that_of_its_group_and_of_a_section_that_of_its_choice(
    groups: dict[str, Resource], link: str, behavior: str | None, looks_at: list[tuple[str, str]]
) -> None:
    assert when(groups[link]) == (behavior, looks_at)


def test_a_condition_on_an_option_looks_at_every_earlier_choice_that_offers_it(tiny: Checker) -> None:
    questions = list(tiny.questionnaire.questions)
    condition = questions[4].sections[3].asked_if
    assert condition is not None
    for place, option in ((5, "trig.night"), (2, "red.weak")):
        changed = condition.model_copy(update={"any_of": (option,)})
        questions[place] = questions[place].model_copy(update={"asked_if": changed})
    changed_questions = tiny.questionnaire.model_copy(update={"questions": tuple(questions)})
    resource = questionnaire_of(changed_questions, tiny.library.vocabulary, "1", ADDRESS)
    found = {group["linkId"]: when(group) for group in resource["item"]}
    assert found["age"] == ("any", [(f"when.{number}", "trig.night") for number in (1, 2, 3)])
    assert found["main"] == ("any", [("danger.1", "red.weak"), ("plainer.1", "red.weak")])


def test_what_is_asked_again_is_asked_in_plainer_words_and_no_more_than_is_named(
    groups: dict[str, Resource],
) -> None:
    words = [option["valueCoding"]["display"] for option in groups["plainer.1"]["answerOption"]]
    assert words == ["You feel nothing", "You cannot lift a cup"]
    options = [option["valueCoding"]["code"] for option in groups["plainer-pain.1"]["answerOption"]]
    assert options == ["main.pain"]


def test_a_response_says_what_was_asked_and_answered(tiny: Checker) -> None:
    resource = written(tiny, REPLIES)
    assert {key: value for key, value in resource.items() if key != "item"} == {
        "resourceType": "QuestionnaireResponse",
        "language": "en",
        "questionnaire": f"{ADDRESS}|1",
        "status": "completed",
        "authored": "2026-11-30T12:00:00+00:00",
    }
    assert codes_of(resource) == CODES
    assert [group["linkId"] for group in resource["item"]] == list(REPLIES)
    where = resource["item"][2]["item"][0]
    assert (where["text"], where["answer"][0]["valueCoding"]["display"]) == ("Where?", "Elbow")


@pytest.mark.parametrize(
    ("age", "codes"),
    [
        (Reply(frozenset(["age.old"])), {"age.1": ["age.old"]}),
        (UNSURE, {"age.rest": ["rest.unknown"]}),
        (NONE, {"age.rest": ["rest.denied"]}),
        (Reply(frozenset(["age.old"]), "unknown"), {"age.1": ["age.old"], "age.rest": ["rest.unknown"]}),
    ],
)
def test_one_answer_denies_the_others_and_only_none_or_not_sure_is_said_aloud(
    tiny: Checker, age: Reply, codes: dict[str, list[str]]
) -> None:
    replies = {**REPLIES, "main": NONE, "age": age}
    resource = written(tiny, replies)
    found = {link: some for link, some in codes_of(resource).items() if link.startswith("age.")}
    assert found == codes
    assert answers_of(resource, tiny) == tiny.flow(replies).answers


def test_an_option_of_several_sections_is_answered_in_the_first_that_is_shown(tiny: Checker) -> None:
    replies = {**REPLIES, "when": Reply(frozenset(["trig.night", "trig.cold"]))}
    codes = codes_of(written(tiny, replies))
    assert (codes["when.1"], codes["when.4"]) == (["trig.night"], ["trig.cold"])
    assert "when.3" not in codes


def test_what_was_asked_again_is_answered_there(tiny: Checker) -> None:
    replies: dict[str, Reply] = {**REPLIES, "danger": UNSURE, "plainer": Reply(frozenset(["red.weak"]))}
    resource = written(tiny, replies)
    assert codes_of(resource)["plainer.1"] == ["red.weak"]
    assert tiny.flow(read_response(resource, tiny.questionnaire, tiny.library.vocabulary)).answers == (
        tiny.flow(replies).answers
    )


def test_a_response_is_read_back_as_the_replies_it_was_written_from(tiny: Checker) -> None:
    assert replies_in(tiny, CODES) == REPLIES
    resource = written(tiny, REPLIES)
    assert read_response(resource, tiny.questionnaire, tiny.library.vocabulary) == REPLIES
    assert report(tiny.assess(answers_of(resource, tiny))) == report(tiny.assess(tiny.flow(REPLIES).answers))


def test_items_may_stand_within_answers_and_in_any_order_and_twice_and_empty(tiny: Checker) -> None:
    resource = response({**CODES, "when.1": [], "main": [], "main.why": []})
    inside = resource["item"].pop(0)
    resource["item"].reverse()
    resource["item"][-1]["answer"][0]["item"] = [inside, copy.deepcopy(inside)]
    assert read_response(resource, tiny.questionnaire, tiny.library.vocabulary) == REPLIES


@pytest.mark.parametrize(
    ("codes", "chosen"),
    [
        # In a section that is not shown, beside another that offers it.
        ({"when.2": ["trig.night"]}, "trig.night"),
        # In a later question, where the site asks nothing twice.
        ({"medicines.1": ["trig.night"]}, "trig.night"),
        # Asked again, though the visitor was sure that it is not so.
        ({"plainer.1": ["red.weak"], "plainer.rest": ["rest.denied"]}, "red.weak"),
        # In a section whose condition is not met.
        ({"when.2": ["trig.typing"]}, "trig.typing"),
    ],
)
def test_chosen_anywhere_counts_as_chosen(tiny: Checker, codes: dict[str, list[str]], chosen: str) -> None:
    answers = answers_of(response({**CODES, **codes}), tiny)
    assert chosen in answers.chosen
    assert chosen not in answers.denied


@pytest.mark.parametrize("rest", ["denied", "unknown"])
def test_an_option_that_is_not_ticked_again_in_plainer_words_stays_chosen(tiny: Checker, rest: Rest) -> None:
    codes = {
        **CODES,
        "danger.1": ["red.weak"],
        "danger.rest": ["rest.unknown"],
        "plainer.rest": [f"rest.{rest}"],
    }
    answers = answers_of(response(codes), tiny)
    assert "red.weak" in answers.chosen
    assert "red.numb" in getattr(answers, rest)


@pytest.mark.parametrize(
    "codes",
    [
        {"danger.1": ["red.numb"], "danger.rest": ["rest.denied"]},
        {"danger.1": ["red.numb"]},
        {"danger.rest": ["rest.unknown"], "plainer.1": ["red.numb"]},
    ],
)
def test_an_emergency_needs_no_more_answers(tiny: Checker, codes: dict[str, list[str]]) -> None:
    answers = answers_of(response(codes), tiny)
    assert "red.numb" in answers.chosen
    assert report(tiny.assess(answers))["urgency"] == "emergency"


@pytest.mark.parametrize(
    ("without", "asked"),
    [
        ({"medicines.rest"}, "medicines"),
        ({"medicines.1", "medicines.rest"}, "medicines"),
        ({"where.1", "where.rest"}, "where"),
        ({"age.1"}, "age"),
        (set(CODES), "danger"),
    ],
)
def test_a_question_that_is_asked_must_be_answered(tiny: Checker, without: set[str], asked: str) -> None:
    codes = {link: some for link, some in CODES.items() if link not in without}
    with pytest.raises(ResponseError, match=rf"^{asked}: .*'{asked}\.rest'"):
        answers_of(response(codes), tiny)


def test_a_question_that_is_not_asked_needs_no_answer(tiny: Checker) -> None:
    codes = {"danger.rest": ["rest.denied"], "main.rest": ["rest.denied"], "when.rest": ["rest.denied"]}
    answers = answers_of(response({**codes, "age.1": ["age.adult"]}), tiny)
    assert answers == said(
        "age.adult",
        denied=["age.old", "main.pain", "main.tingling", "red.numb", "red.weak", "trig.night"],
    )


def at(resource: Resource, *path: str | int) -> Any:  # noqa: ANN401 - whatever stands there
    """Find a part of a resource."""
    node: Any = resource
    for step in path:
        node = node[step]
    return node


CODING = ("item", 1, "answer", 0, "valueCoding")


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (["resourceType"], "Bundle", "resourceType: hand in an object"),
        (["item"], {}, r"QuestionnaireResponse\.item: must be a list"),
        (["item"], None, r"QuestionnaireResponse\.item: must be a list"),
        (["item", 1], "x", r"QuestionnaireResponse\.item\[1\]: must be an object"),
        (["item", 1, "linkId"], None, r"item\[1\]\.linkId: must be a text"),
        (["item", 1, "linkId"], "mian.1", r"item\[1\]\.linkId: .*'mian\.1'; did you mean 'main\.1'\?"),
        (["item", 1, "linkId"], "main", r"item\[1\]\.answer\[0\]: 'main' is no choice"),
        (["item", 1, "linkId"], "main.why", r"item\[1\]\.answer\[0\]: 'main\.why' is no choice"),
        (["item", 1, "answer"], "x", r"item\[1\]\.answer: must be a list"),
        (["item", 1, "answer", 0], ["x"], r"item\[1\]\.answer\[0\]: must be an object"),
        (["item", 1, "answer", 0], {"valueString": "x"}, r"answer\[0\]: must hold a valueCoding"),
        ([*CODING], "main.pain", r"answer\[0\]: must hold a valueCoding"),
        ([*CODING, "system"], "http://loinc.org", r"valueCoding\.system: must be 'urn:nervewise:options'"),
        ([*CODING, "system"], None, r"valueCoding\.system: must be 'urn:nervewise:options'"),
        ([*CODING, "code"], ["main.pain"], r"valueCoding\.code: must be a text"),
        ([*CODING, "code"], "main.pian", r"valueCoding\.code: .*'main\.pian'; did you mean 'main\.pain'\?"),
        ([*CODING, "code"], "site.wrist", r"valueCoding\.code: 'site\.wrist' is no answer to 'main\.1'"),
        ([*CODING, "code"], "rest.denied", r"valueCoding\.code: 'rest\.denied' is no answer to 'main\.1'"),
    ],
)
def test_what_is_no_answer_is_told_with_its_place(
    tiny: Checker, path: list[str | int], value: object, told: str
) -> None:
    resource = response(CODES)
    at(resource, *path[:-1])[path[-1]] = value
    with pytest.raises(ResponseError, match=told):
        read_response(resource, tiny.questionnaire, tiny.library.vocabulary)


@pytest.mark.parametrize("resource", [None, [], "x", 7, {}])
def test_what_is_no_resource_is_told(tiny: Checker, resource: object) -> None:
    with pytest.raises(ResponseError, match=r"^resourceType: hand in") as raised:
        read_response(resource, tiny.questionnaire, tiny.library.vocabulary)
    assert raised.value.where == "resourceType"


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ({"age.1": ["age.adult", "age.old"]}, "^age: takes one answer; keep one of age.adult, age.old"),
        ({"main.rest": [*REST]}, "^main.rest: takes one answer; keep one of rest.denied, rest.unknown"),
    ],
)
def test_two_answers_where_one_is_taken_are_told(
    tiny: Checker, codes: dict[str, list[str]], told: str
) -> None:
    with pytest.raises(ResponseError, match=told):
        replies_in(tiny, {**CODES, **codes})


def test_the_same_answer_twice_is_one(tiny: Checker) -> None:
    assert replies_in(tiny, {**CODES, "age.1": ["age.old", "age.old"]}) == REPLIES


def test_a_rest_that_is_not_answered_before_other_questions_is_told(tiny: Checker) -> None:
    codes = {link: some for link, some in CODES.items() if link != "main.rest"}
    with pytest.raises(ResponseError, match=r"^main\.rest: is not answered"):
        replies_in(tiny, codes)


def test_a_response_of_a_thousand_levels_is_read(tiny: Checker) -> None:
    resource = response(CODES)
    for _ in range(1_000):
        resource["item"] = [{"linkId": "main", "item": resource["item"]}]
    assert read_response(resource, tiny.questionnaire, tiny.library.vocabulary) == REPLIES
