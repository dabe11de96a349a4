"""What the checker promises, over the real pages: urgency that nothing lowers, and the same for the same."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checker.answers import Answers
from app.checker.cases import assess_line, report
from app.checker.knowledge import read_checker
from app.checker.matching import match
from app.checker.outcome import Checker
from app.content.pages import Cause
from app.settings import PROJECT, drawing_names
from tests.checker.sayings import (
    consistent,
    contradictory,
    fitting,
    options,
    rivals,
    speaks_for,
    with_chosen,
    with_denied,
    with_unknown,
    without,
)

if TYPE_CHECKING:
    from random import Random

    from app.checker.urgency import Urgency

THOROUGH = settings(max_examples=300, deadline=None)


@pytest.fixture(scope="module")
def silent(checker: Checker) -> Checker:
    """The real checker with pages that have danger rules and no evidence."""
    pages = {
        page.slug: page.model_copy(update={"evidence": {}, "patterns": ()})
        if isinstance(page, Cause)
        else page
        for page in checker.library.pages.values()
    }
    return Checker(replace(checker.library, pages=pages), checker.questionnaire, checker.digest)


@pytest.fixture(scope="module")
def again() -> Checker:
    """The real checker, read a second time."""
    return read_checker(PROJECT / "content", drawing_names(PROJECT / "static"))[0]


def told(checker: Checker, answers: Answers) -> list[tuple[str, str, Urgency, bool]]:
    """Give why the urgency is what it is, in a form that can be compared between checkers."""
    return [
        (one.flag.page.slug, one.flag.rule.id, one.urgency, one.unsure)
        for one in checker.assess(answers).because
    ]


def test_urgency_rises_from_denied_over_not_asked_and_unsure_to_chosen(checker: Checker) -> None:
    @given(answers=contradictory(checker), option=options(checker))
    @THOROUGH
    def holds(answers: Answers, option: str) -> None:
        others = without(answers, [option])
        said = (
            with_denied(others, option),
            others,
            with_unknown(others, option),
            with_chosen(others, option),
        )
        levels = [checker.assess(one).urgency for one in said]
        assert levels == sorted(levels)

    holds()


def test_one_more_tick_never_lowers_the_urgency(checker: Checker) -> None:
    @given(answers=contradictory(checker), option=options(checker))
    @THOROUGH
    def holds(answers: Answers, option: str) -> None:
        assert checker.assess(with_chosen(answers, option)).urgency >= checker.assess(answers).urgency

    holds()


def test_urgency_and_its_reasons_do_not_depend_on_matches(checker: Checker, silent: Checker) -> None:
    @given(answers=contradictory(checker))
    @THOROUGH
    def holds(answers: Answers) -> None:
        assert silent.assess(answers).matches == ()
        assert silent.assess(answers).urgency is checker.assess(answers).urgency
        assert told(silent, answers) == told(checker, answers)

    holds()


def written(answers: Answers, order: Random) -> str:
    """Write answers as a line of JSON whose keys and ids stand in any order, some ids twice."""
    said = [(name, sorted(getattr(answers, name))) for name in ("chosen", "denied", "unknown")]
    order.shuffle(said)
    return json.dumps(
        {name: order.choices(ids, k=len(ids)) + order.sample(ids, len(ids)) for name, ids in said}
    )


def test_the_order_of_answers_does_not_matter(checker: Checker) -> None:
    @given(answers=contradictory(checker), order=st.randoms(use_true_random=True))
    @THOROUGH
    def holds(answers: Answers, order: Random) -> None:
        assert assess_line(written(answers, order), checker) == assess_line(written(answers, order), checker)

    holds()


def test_the_same_answers_give_the_same_outcome(checker: Checker, again: Checker) -> None:
    assert again.digest == checker.digest

    @given(answers=contradictory(checker))
    @THOROUGH
    def holds(answers: Answers) -> None:
        assert checker.assess(answers) == checker.assess(answers)
        assert report(again.assess(answers)) == report(checker.assess(answers))

    holds()


def test_one_more_piece_of_evidence_for_a_cause_never_lowers_its_score(checker: Checker) -> None:
    @given(drawn=fitting(checker), place=st.integers(min_value=0, max_value=99))
    @THOROUGH
    def holds(drawn: tuple[Cause, Answers], place: int) -> None:
        cause, answers = drawn
        option = speaks_for(cause)[place % len(speaks_for(cause))]
        before = without(answers, [option, *rivals(checker, option)])
        scores = [
            next((one.score for one in match([cause], said)), float("-inf"))
            for said in (with_denied(before, option), before, with_chosen(before, option))
        ]
        assert scores == sorted(scores)

    holds()


def test_a_cause_is_never_offered_while_one_of_its_needs_is_not_met(checker: Checker) -> None:
    @given(drawn=fitting(checker))
    @THOROUGH
    def holds(drawn: tuple[Cause, Answers]) -> None:
        cause, answers = drawn
        for need in cause.needs:
            unmet = without(answers, need)
            for said in (unmet, with_denied(unmet, *need), with_unknown(unmet, *need)):
                outcome = checker.assess(said)
                assert cause not in [one.cause for one in (*outcome.matches, *outcome.reasons)]

    holds()


def test_chosen_counts_against_denied_and_the_conflict_is_named(checker: Checker) -> None:
    @given(answers=consistent(checker), option=options(checker))
    @THOROUGH
    def holds(answers: Answers, option: str) -> None:
        chosen = with_chosen(without(answers, [option, *rivals(checker, option)]), option)
        expected = report(checker.assess(chosen))
        conflicts = [{"options": [option], "kind": "chosen-and-denied"}, *expected["conflicts"]]
        assert report(checker.assess(with_denied(chosen, option))) == {**expected, "conflicts": conflicts}

    holds()


def test_of_two_answers_to_a_choose_one_question_the_more_urgent_counts(checker: Checker) -> None:
    pairs = [pair for group in checker.choose_one for pair in combinations(sorted(group), 2)]

    @given(answers=consistent(checker), pair=st.sampled_from(pairs))
    @THOROUGH
    def holds(answers: Answers, pair: tuple[str, str]) -> None:
        others = without(answers, [*pair, *rivals(checker, pair[0])])
        outcome = checker.assess(with_chosen(others, *pair))
        assert outcome.urgency is max(checker.assess(with_chosen(others, one)).urgency for one in pair)
        assert len(outcome.answers.chosen.intersection(pair)) == 1
        named = [one for one in report(outcome)["conflicts"] if one["kind"] != "do-not-fit"]
        assert named == [{"options": list(pair), "kind": "only-one"}]

    holds()


def test_the_more_urgent_of_two_answers_counts_beside_signs_that_are_unsure(checker: Checker) -> None:
    wrong = []
    for group in checker.choose_one:
        for flag in checker.flags:
            looked_at = frozenset().union(*flag.clauses)
            for option in sorted(looked_at & group):
                unsure = looked_at - group
                alone = checker.assess(Answers(frozenset([option]), unknown=unsure)).urgency
                if checker.assess(Answers(group, unknown=unsure)).urgency < alone:
                    wrong.append((flag.page.slug, flag.rule.id, option, alone.id))
    assert wrong == []
