"""The forms of the questions: what is refused, what is said about it, and what stays ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from app.checker.answers import Reply
from tests.web.checker.visitor import NOT_SURE, errors_on, form_on, notice_on

if TYPE_CHECKING:
    from tests.web.checker.visitor import Visitor
    from tests.web.client import Answer

WANTED = "main.pain region.low_back site.low_back dur.1_2_weeks age.40_59 sex.male"
NONE_AND_TICK = "You ticked 'None of these' and something else. Untick one of them."
NONE_AND_UNSURE = "You ticked 'None of these' and 'Not sure'. Untick one of them."
EMPTY = "Tick what fits, or tick 'None of these' or 'Not sure about the rest'."
NOT_HERE = "Something was ticked that is not on this page. Check your ticks."
PICK = "Pick one answer, or 'Not sure'."
NOT_ONE = "That answer is not one of those on this page. Pick one of these."


class Wrong(NamedTuple):
    """What is sent that cannot be taken, what is said, and what stays ticked."""

    question: str
    sent: dict[str, str | list[str]]
    error: str
    ticked: set[str]


WRONG = {
    "none with a tick": Wrong(
        "main", {"chosen": ["main.pain"], "none": "y"}, NONE_AND_TICK, {"main.pain", "none"}
    ),
    "none with not sure": Wrong("main", {"none": "y", "unsure": "y"}, NONE_AND_UNSURE, {"none", NOT_SURE}),
    "nothing": Wrong("main", {}, EMPTY, set()),
    "an unknown option": Wrong("main", {"chosen": ["main.nonsense"]}, NOT_HERE, set()),
    "an unknown option beside a known one": Wrong(
        "main", {"chosen": ["main.nonsense", "main.pain"]}, NOT_HERE, {"main.pain"}
    ),
    "an option of another question": Wrong("main", {"chosen": ["red.fever"]}, NOT_HERE, set()),
    "an option whose condition is not met": Wrong("spot", {"chosen": ["site.eyelid"]}, NOT_HERE, set()),
    "no pick": Wrong("age", {}, PICK, set()),
    "an empty pick": Wrong("age", {"chosen": ""}, NOT_ONE, set()),
    "an unknown pick": Wrong("age", {"chosen": "age.nonsense"}, NOT_ONE, set()),
}


def ticked_on(answer: Answer) -> set[str]:
    """Give everything that is ticked on a page."""
    form = form_on(answer)
    return {*form.ticked, *(["none"] * form.none), *([NOT_SURE] * form.unsure)}


@pytest.mark.parametrize("name", WRONG)
def test_a_reply_that_cannot_be_taken_is_shown_again_with_its_ticks(visitor: Visitor, name: str) -> None:
    wrong = WRONG[name]
    _, answer = visitor.walk(WANTED.split(), until=wrong.question)
    form = form_on(answer)
    refused = visitor.client.post(f"/check/{wrong.question}/", status=400, data={**form.hidden, **wrong.sent})
    assert errors_on(refused) == [wrong.error]
    assert ticked_on(refused) == wrong.ticked
    assert notice_on(refused) == ""
    assert refused.page.one("title").text is not None
    assert str(refused.page.one("title").text).strip().startswith("Problem: ")
    assert ticked_on(visitor.at(wrong.question)) == set()


def test_a_form_that_was_refused_can_be_put_right_and_sent(visitor: Visitor) -> None:
    form = form_on(visitor.begin())
    refused = visitor.post(form, Reply(), 400, none=[])
    assert visitor.post(form_on(refused), Reply()).location == "/check/danger-body/"


@pytest.mark.parametrize("token", [[], "", "forged", "IjEyMzQi.aaaaaa.bbbb"])
@pytest.mark.parametrize("reply", [Reply(), Reply(frozenset(["red.fever"]), "unknown")])
def test_a_form_without_a_good_token_is_shown_again_with_its_ticks(
    visitor: Visitor, token: str | list[str], reply: Reply
) -> None:
    visitor.walk(WANTED.split(), until="main")
    refused = visitor.post(visitor.form_of("danger-body"), reply, 400, csrf_token=token)
    assert notice_on(refused).startswith("Please press 'Continue' once more")
    form = form_on(refused)
    assert (form.ticked, form.unsure) == (reply.chosen, reply.rest == "unknown")
    assert visitor.form_of("danger-body").none
    # Pressing the button once more is all that it takes.
    assert visitor.post(form, reply).status == 303


def test_the_token_of_another_visitor_is_not_taken(visitor: Visitor, stranger: Visitor) -> None:
    theirs = form_on(stranger.begin()).hidden["csrf_token"]
    refused = visitor.post(form_on(visitor.begin()), Reply(), 400, csrf_token=theirs)
    assert notice_on(refused).startswith("Please press 'Continue' once more")


def test_no_token_is_made_for_a_reply_that_is_taken(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_on(visitor.begin())
    monkeypatch.setattr("flask_wtf.csrf.generate_csrf", lambda **_: pytest.fail("a token was made"))
    assert visitor.post(form, Reply()).location == "/check/danger-body/"


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("main", Reply(frozenset(["main.pain", "main.tremor"]))),
        ("main", Reply(frozenset(["main.pain"]), "unknown")),
        ("main", Reply(rest="unknown")),
        ("main", Reply()),
        ("age", Reply(frozenset(["age.40_59"]))),
        ("age", Reply(rest="unknown")),
    ],
)
def test_a_reply_that_was_taken_stands_ticked_when_its_question_is_shown_again(
    visitor: Visitor, question: str, reply: Reply
) -> None:
    _, answer = visitor.walk(WANTED.split(), until=question)
    visitor.post(form_on(answer), reply)
    form = visitor.form_of(question)
    assert form.ticked == reply.chosen
    assert form.unsure is (reply.rest == "unknown")
    assert form.none is (reply == Reply())
