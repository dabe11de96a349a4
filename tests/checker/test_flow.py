"""The way through the questions of tiny/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.checker.answers import Answers, Reply, Rest
from app.checker.flow import Flow, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.checker.outcome import Checker

NONE = Reply()


def ticked(*chosen: str, rest: Rest = "denied") -> Reply:
    """Give a reply with some options ticked."""
    return Reply(frozenset(chosen), rest)


def walk(tiny: Checker, replies: Mapping[str, Reply]) -> Flow:
    """Replay replies where nothing stops the way."""
    return resolve(tiny.questionnaire, replies, lambda _: False)


def asked(flow: Flow) -> list[tuple[str, tuple[str, ...]]]:
    """Give each step with what it offers, the next one last."""
    steps = [*flow.steps, flow.next] if flow.next else flow.steps
    return [(step.question.id, step.offered) for step in steps]


ALL_DENIED = {"danger": NONE, "main": NONE, "when": NONE, "age": NONE}


def test_the_first_question_is_asked_when_nothing_was_answered(tiny: Checker) -> None:
    flow = walk(tiny, {})
    assert asked(flow) == [("danger", ("red.numb", "red.weak"))]
    assert (flow.steps, flow.answers, flow.stopped) == ((), Answers(), False)
    assert flow.next is not None
    assert flow.next.reply is None


def test_questions_whose_condition_is_not_met_are_passed_over(tiny: Checker) -> None:
    flow = walk(tiny, ALL_DENIED)
    assert [question for question, _ in asked(flow)] == ["danger", "main", "when", "age"]
    assert (flow.next, flow.stopped) == (None, False)
    assert flow.answers.chosen == frozenset()
    assert flow.answers.unknown == frozenset()


@pytest.mark.parametrize(
    ("replies", "offered"),
    [
        ({"main": ticked("main.pain"), "where": NONE}, ("trig.night",)),
        ({"main": ticked("main.tingling"), "where": ticked("site.elbow")}, ("trig.night", "trig.cold")),
        ({"main": ticked("main.tingling"), "where": ticked("site.wrist")}, ("trig.night", "trig.typing")),
        (
            {"main": ticked("main.tingling"), "where": ticked("site.wrist", "site.elbow")},
            ("trig.night", "trig.typing", "trig.cold"),
        ),
    ],
)
def test_a_section_is_offered_when_its_condition_is_met_and_an_option_only_once(
    tiny: Checker, replies: dict[str, Reply], offered: tuple[str, ...]
) -> None:
    flow = walk(tiny, {"danger": NONE, **replies})
    assert asked(flow)[-1] == ("when", offered)


@pytest.mark.parametrize(
    ("chosen", "is_asked"),
    [({"main.pain", "age.old"}, True), ({"main.pain"}, False), ({"age.old"}, False)],
)
def test_a_question_that_needs_all_of_several_answers_waits_for_each(
    tiny: Checker, chosen: set[str], is_asked: bool
) -> None:
    reply = ticked(*chosen)
    flow = walk(tiny, {**ALL_DENIED, "main": reply, "where": NONE, "age": reply})
    assert (flow.step("medicines") is not None) == is_asked


def test_an_option_that_was_answered_is_not_offered_by_a_later_question(tiny: Checker) -> None:
    replies = {**ALL_DENIED, "main": ticked("main.pain"), "where": NONE, "age": ticked("age.old")}
    assert "trig.night" in tiny.questionnaire.by_id["medicines"].options
    assert asked(walk(tiny, replies))[-1] == ("medicines", ("med.thinner", "med.new"))


def test_what_the_visitor_was_not_sure_about_is_asked_again_and_that_answer_counts(tiny: Checker) -> None:
    unsure = {"danger": ticked("red.weak", rest="unknown")}
    flow = walk(tiny, unsure)
    assert asked(flow)[-1] == ("plainer", ("red.numb",))
    assert flow.answers.unknown == {"red.numb"}
    assert walk(tiny, {**unsure, "plainer": NONE}).answers.denied == {"red.numb"}
    assert walk(tiny, {**unsure, "plainer": ticked("red.numb")}).answers.chosen == {"red.numb", "red.weak"}
    still = walk(tiny, {**unsure, "plainer": ticked(rest="unknown")})
    assert still.answers.unknown == {"red.numb"}
    assert still.next is not None
    assert still.next.question.id == "main"


def test_a_plainer_question_may_ask_again_for_some_signs_only(tiny: Checker) -> None:
    unsure = {**ALL_DENIED, "main": ticked(rest="unknown")}
    assert asked(walk(tiny, unsure))[-1] == ("plainer-pain", ("main.pain",))
    answers = walk(tiny, {**unsure, "plainer-pain": NONE}).answers
    assert answers.unknown == {"main.tingling"}
    assert "main.pain" in answers.denied
    sure = {**ALL_DENIED, "main": ticked("main.pain", rest="unknown"), "where": NONE}
    assert walk(tiny, sure).step("plainer-pain") is None


@pytest.mark.parametrize(
    ("seen", "is_asked_again"),
    [(None, False), ({"trig.night"}, True), ({"trig.night", "trig.cold", "trig.typing"}, False)],
)
def test_a_question_is_asked_again_when_it_offers_what_the_visitor_has_not_seen(
    tiny: Checker, seen: set[str] | None, is_asked_again: bool
) -> None:
    reply = Reply(frozenset({"trig.night"}), offered=None if seen is None else frozenset(seen))
    replies = {"danger": NONE, "main": ticked("main.tingling"), "where": ticked("site.elbow"), "when": reply}
    flow = walk(tiny, replies)
    assert flow.next is not None
    assert (flow.next.question.id == "when") is is_asked_again
    step = flow.step("when")
    assert step is not None
    assert step.reply == reply
    assert ("trig.cold" in flow.answers.asked) is not is_asked_again


def test_the_way_ends_at_once_when_the_answers_call_for_help(tiny: Checker) -> None:
    flow = tiny.flow({**ALL_DENIED, "danger": ticked("red.numb")})
    assert (flow.stopped, flow.next, flow.expected) == (True, None, 1)
    assert [step.question.id for step in flow.steps] == ["danger"]
    assert flow.answers.chosen == {"red.numb"}


@pytest.mark.parametrize("reply", [ticked("red.weak"), ticked(rest="unknown")])
def test_less_than_an_emergency_does_not_end_the_way(tiny: Checker, reply: Reply) -> None:
    flow = tiny.flow({"danger": reply})
    assert not flow.stopped
    assert flow.next is not None


def test_a_reply_to_a_question_that_is_no_longer_asked_does_not_count_and_the_others_stay(
    tiny: Checker,
) -> None:
    replies = {
        **ALL_DENIED,
        "plainer": ticked("red.weak"),
        "main": ticked("main.pain"),
        "where": ticked("site.elbow"),
        "age": ticked("age.old"),
        "medicines": ticked("med.new"),
    }
    assert walk(tiny, replies).answers.chosen == {"main.pain", "site.elbow", "age.old", "med.new"}
    changed = walk(tiny, {**replies, "main": NONE})
    assert changed.answers.chosen == {"age.old"}
    assert changed.step("where") is None
    assert {step.question.id: step.reply for step in changed.steps} == {
        "danger": NONE,
        "main": NONE,
        "when": NONE,
        "age": ticked("age.old"),
    }
    assert walk(tiny, replies | {"main": ticked("main.pain")}) == walk(tiny, replies)


def test_a_question_that_became_due_is_asked_next_and_later_replies_wait(tiny: Checker) -> None:
    flow = walk(tiny, {**ALL_DENIED, "main": ticked("main.pain"), "age": ticked("age.old")})
    assert asked(flow)[-1] == ("where", ("site.wrist", "site.elbow"))
    assert flow.answers.chosen == {"main.pain"}


def test_steps_are_found_by_their_question(tiny: Checker) -> None:
    flow = walk(tiny, {"danger": NONE})
    first, following = flow.step("danger"), flow.step("main")
    assert first is not None
    assert following is not None
    assert (first.reply, following.reply, flow.step("age")) == (NONE, None, None)
    ended = walk(tiny, ALL_DENIED)
    assert ended.step("age") == ended.steps[-1]


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("danger", []),
        ("main", ["danger"]),
        ("when", ["danger", "main"]),
        ("", ["danger", "main", "when"]),
    ],
)
def test_the_steps_before_a_question_are_those_asked_before_it(
    tiny: Checker, question: str, before: list[str]
) -> None:
    flow = walk(tiny, {"danger": NONE, "main": NONE, "when": NONE})
    assert [step.question.id for step in flow.before(question)] == before


@pytest.mark.parametrize("changed", ["danger", "main", "when"])
@pytest.mark.parametrize("rest", ["denied", "unknown"])
def test_a_way_that_goes_on_from_steps_that_stand_is_the_way_from_the_start(
    tiny: Checker, changed: str, rest: Rest
) -> None:
    replies = {"danger": NONE, "main": ticked("main.pain"), "when": NONE}
    kept = walk(tiny, replies).before(changed)
    replies[changed] = ticked(rest=rest)
    assert resolve(tiny.questionnaire, replies, lambda _: False, kept) == walk(tiny, replies)


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        ({}, 4),
        ({"danger": NONE}, 4),
        ({"danger": NONE, "main": ticked("main.pain")}, 5),
        ({**ALL_DENIED, "main": ticked("main.pain"), "where": NONE, "age": ticked("age.old")}, 6),
        (ALL_DENIED, 4),
        ({"danger": ticked(rest="unknown")}, 5),
        ({"danger": ticked(rest="unknown"), "plainer": NONE}, 5),
    ],
)
def test_the_number_of_questions_to_expect_follows_the_answers(
    tiny: Checker, replies: dict[str, Reply], expected: int
) -> None:
    assert walk(tiny, replies).expected == expected
