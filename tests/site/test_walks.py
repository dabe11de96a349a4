"""Walks through the real questionnaire: they end, they reach everything, and danger stops them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checker.answers import Answers
from app.checker.urgency import Urgency
from app.checker.walking import ENDLESS, replies_of, ticked, walk, ways
from tests.site.walking import walks

if TYPE_CHECKING:
    from pathlib import Path

    from app.checker.answers import Reply
    from app.checker.flow import Flow, Step
    from app.checker.outcome import Checker
    from app.checker.walking import Replies

    Ways = dict[str, tuple[Replies, Step]]

THOROUGH = settings(max_examples=50, deadline=None)
MOST_QUESTIONS, MOST_QUESTIONS_FOR_MOST = 20, 14


@pytest.fixture(scope="module")
def way_to(checker: Checker) -> Ways:
    """The way to each option."""
    return ways(checker)


def test_every_walk_ends_within_twenty_questions_and_asks_nothing_twice(checker: Checker) -> None:
    @given(flow=walks(checker))
    @THOROUGH
    def holds(flow: Flow) -> None:
        assert len(flow.steps) <= MOST_QUESTIONS
        asked = [option for step in flow.steps if not step.question.clarifies for option in step.offered]
        assert len(asked) == len(set(asked))
        assert all(step.offered for step in flow.steps)
        assert flow.answers.asked == set(asked)

    holds()


def test_a_walk_without_unsure_answers_takes_at_most_fourteen_questions(checker: Checker) -> None:
    @given(flow=walks(checker, sure=True))
    @THOROUGH
    def holds(flow: Flow) -> None:
        assert len(flow.steps) <= MOST_QUESTIONS_FOR_MOST

    holds()


def test_every_option_is_reachable(checker: Checker, way_to: Ways) -> None:
    assert way_to.keys() == checker.library.vocabulary.options.keys()


def test_every_question_is_reachable(checker: Checker, way_to: Ways) -> None:
    met = {step.question.id for _, step in way_to.values()}
    everything_unsure = {
        question.id: ticked(rest="unknown")
        for question in checker.questionnaire.questions
        if not question.clarifies
    }
    for question in checker.questionnaire.questions:
        if question.clarifies:
            flow = checker.flow(everything_unsure)
            assert flow.next is not None
            assert flow.next.question.id == question.id
            met.add(question.id)
            everything_unsure[question.id] = ticked(rest="unknown")
    assert met == {question.id for question in checker.questionnaire.questions}


def test_an_emergency_stops_at_once_and_nothing_less_does(checker: Checker) -> None:
    @given(flow=walks(checker))
    @THOROUGH
    def holds(flow: Flow) -> None:
        answers, emergencies = Answers(), []
        for step in flow.steps:
            assert step.reply is not None
            answers = answers.with_reply(step.reply, step.offered)
            emergencies.append(checker.assess(answers).urgency is Urgency.EMERGENCY)
        assert answers == flow.answers
        assert flow.next is None
        assert emergencies == [False] * (len(flow.steps) - 1) + [flow.stopped]

    holds()


def test_each_sign_that_is_an_emergency_alone_stops_where_it_is_ticked(
    checker: Checker, way_to: Ways
) -> None:
    stopped = []
    for option, (before, step) in way_to.items():
        flow = checker.flow({**before, step.question.id: ticked(option)})
        if flow.stopped:
            stopped.append(option)
            assert flow.steps[-1].question.id == step.question.id
    assert {"red.face_droop", "red.airway", "red.saddle_numb", "red.self_harm"} <= set(stopped)


@st.composite
def changed_walks(draw: st.DrawFn, checker: Checker) -> tuple[Flow, str, Reply]:
    """A walk, a question of it, and another reply to that question."""
    flow = draw(walks(checker))
    step: Step = draw(st.sampled_from(flow.steps))
    chosen = draw(st.frozensets(st.sampled_from(step.offered), max_size=2))
    return flow, step.question.id, ticked(*chosen)


def test_a_changed_answer_keeps_every_other_answer_that_is_still_asked_for(checker: Checker) -> None:
    @given(drawn=changed_walks(checker))
    @THOROUGH
    def holds(drawn: tuple[Flow, str, Reply]) -> None:
        flow, question, reply = drawn
        replies = {**replies_of(flow), question: reply}
        changed = checker.flow(replies)
        for step in changed.steps:
            assert step.reply == replies[step.question.id]
            if not step.question.clarifies:
                assert step.reply.chosen.intersection(step.offered) <= changed.answers.chosen
        offered = {option for step in changed.steps for option in step.offered}
        assert changed.answers.asked == offered
        assert checker.flow({**replies, question: replies_of(flow)[question]}) == flow

    holds()


def test_replies_to_questions_that_are_no_longer_asked_do_not_count(checker: Checker) -> None:
    hand = {"region.wrist_hand", "main.numb_tingling", "site.thumb", "trig.grip_phone_drive", "relief.shake"}
    flow = walk(checker, {}, frozenset({*hand, "sex.female", "age.16_39", "preg.yes"}))
    assert flow.answers.chosen == {*hand, "sex.female", "age.16_39", "preg.yes"}
    elsewhere = {**replies_of(flow), "where": ticked("region.ankle_foot"), "sex": ticked("sex.male")}
    changed = walk(checker, elsewhere)
    kept = {"region.ankle_foot", "main.numb_tingling", "sex.male", "age.16_39"}
    assert changed.answers.chosen == kept
    nowhere = checker.flow({**replies_of(flow), "where": ticked()})
    assert nowhere.step("spot") is None
    assert (
        walk(checker, {**elsewhere, "where": ticked("region.wrist_hand"), "sex": ticked("sex.female")})
        == flow
    )


def test_a_reply_to_a_question_that_does_not_exist_is_ignored(checker: Checker) -> None:
    flow = walk(checker, {})
    assert checker.flow({**replies_of(flow), "no-such-question": ticked("red.self_harm")}) == flow


@pytest.mark.parametrize("question", ["danger-now", "danger-body"])
def test_not_sure_asks_for_exactly_those_signs_again_before_the_main_trouble(
    checker: Checker, question: str
) -> None:
    sure = {"danger-now": ticked(), "danger-body": ticked()}
    flow = checker.flow({**sure, question: ticked(rest="unknown")})
    assert flow.next is not None
    assert flow.next.question.clarifies
    assert flow.next.offered == checker.questionnaire.by_id[question].options


def asked_again(checker: Checker, option: str, way_to: Ways) -> Step | None:
    """Be unsure about an option, then deny everything until it is offered again."""
    before, first = way_to[option]
    replies = {**before, first.question.id: ticked(rest="unknown")}
    for _ in range(ENDLESS):
        flow = checker.flow(replies)
        if flow.next is None or option in flow.next.offered:
            return flow.next
        replies[flow.next.question.id] = ticked()
    return None


def test_every_danger_sign_that_is_unsure_is_asked_again_in_plainer_words(
    checker: Checker, way_to: Ways
) -> None:
    signs = [option for option in checker.library.vocabulary.options if option.startswith("red.")]
    assert [option for option in signs if checker.library.vocabulary.options[option].plainer is None] == []
    assert [option for option in signs if asked_again(checker, option, way_to) is None] == []


def test_the_answer_to_the_plainer_question_counts(checker: Checker) -> None:
    unsure = {"danger-now": ticked(rest="unknown"), "danger-body": ticked()}
    for option in checker.questionnaire.by_id["danger-now"].options:
        yes = checker.flow({**unsure, "danger-plainer": ticked(option)})
        assert option in yes.answers.chosen
        assert yes.stopped is (checker.assess(yes.answers).urgency is Urgency.EMERGENCY)
        assert option in checker.flow({**unsure, "danger-plainer": ticked()}).answers.denied
        assert option in checker.flow({**unsure, "danger-plainer": ticked(rest="unknown")}).answers.unknown
    assert checker.assess(checker.flow(unsure).answers).urgency is Urgency.URGENT
    no = walk(checker, {**unsure, "danger-plainer": ticked()})
    assert checker.assess(no.answers).urgency is Urgency.SELF_CARE


def test_the_body_map_has_a_region_for_every_box_of_its_question(checker: Checker, project: Path) -> None:
    (question,) = [one for one in checker.questionnaire.questions if one.shows == "body-map"]
    boxes = {option.partition(".")[2] for option in question.options}
    drawings = [project / "static" / "img" / "drawings" / f"body-{side}.svg" for side in ("front", "back")]
    drawn = {name for one in drawings for name in re.findall(r'data-region="(\w+)"', one.read_text("utf-8"))}
    assert drawn <= boxes
    assert boxes - drawn == {"many"}
