"""One set of answers a browser: a form from an older tab is never merged silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.checker.answers import Reply
from tests.web.checker.visitor import form_on, notice_on

if TYPE_CHECKING:
    from tests.web.checker.visitor import Visitor

WANTED = "main.pain region.low_back site.low_back dur.1_2_weeks age.40_59 sex.male"
HERE = Reply(frozenset(["course.better"]))
THERE = Reply(frozenset(["course.worse", "course.spreading"]), "unknown")
THERE_IN_WORDS = "It is getting worse; It is spreading to new places; Not sure about the rest"


def test_a_form_from_an_older_tab_is_shown_again_with_both_answers(visitor: Visitor) -> None:
    visitor.walk(WANTED.split())
    older = visitor.form_of("course")
    visitor.post(visitor.form_of("course"), THERE)
    shown = visitor.post(older, HERE, 409)
    assert notice_on(shown) == (
        f"Your answers changed in another tab There, the answer to this question is: {THERE_IN_WORDS}. "
        "Below is what you ticked here. Make it right, then press 'Continue'."
    )
    assert form_on(shown).ticked == HERE.chosen
    assert not form_on(shown).unsure
    kept = visitor.form_of("course")
    assert (kept.ticked, kept.unsure) == (THERE.chosen, True)


def test_the_visitor_decides_which_of_the_two_answers_counts(visitor: Visitor) -> None:
    visitor.walk(WANTED.split())
    older = visitor.form_of("course")
    visitor.post(visitor.form_of("course"), THERE)
    shown = form_on(visitor.post(older, HERE, 409))
    assert visitor.post(shown, HERE).status == 303
    assert visitor.form_of("course").ticked == HERE.chosen


def test_a_change_of_another_answer_in_another_tab_is_told_too(visitor: Visitor) -> None:
    visitor.walk(WANTED.split())
    older = visitor.form_of("course")
    visitor.post(visitor.form_of("feel"), Reply(frozenset(["feel.ache"])))
    shown = visitor.post(older, HERE, 409)
    assert "There, the answer to this question is: None of these." in notice_on(shown)
    assert visitor.form_of("course").none
    assert visitor.form_of("feel").ticked == {"feel.ache"}


def test_an_open_question_of_an_older_tab_has_no_other_answer_to_show(visitor: Visitor) -> None:
    _, answer = visitor.walk(WANTED.split(), until="course")
    older = form_on(answer)
    visitor.post(visitor.form_of("danger-body"), Reply(frozenset(["red.fever"])))
    shown = visitor.post(older, HERE, 409)
    assert notice_on(shown) == (
        "Your answers changed in another tab "
        "Below is what you ticked here. Make it right, then press 'Continue'."
    )
    assert form_on(shown).ticked == HERE.chosen


@pytest.mark.parametrize("revision", ["", "forged", []])
def test_a_form_that_does_not_say_which_answers_it_was_made_from_counts_as_older(
    visitor: Visitor, revision: str | list[str]
) -> None:
    visitor.walk(WANTED.split())
    visitor.post(visitor.form_of("course"), HERE, 409, revision=revision)
    assert visitor.form_of("course").none


def test_the_same_answer_from_an_older_tab_goes_on(visitor: Visitor) -> None:
    visitor.walk(WANTED.split())
    older = visitor.form_of("course")
    visitor.post(visitor.form_of("course"), THERE)
    assert visitor.post(older, THERE).location == "/check/answers/"


def test_a_tab_from_before_the_answers_were_cleared_changes_nothing(visitor: Visitor) -> None:
    visitor.walk(WANTED.split())
    older = visitor.form_of("danger-now")
    visitor.client.post("/check/clear/", status=200, data=form_on(visitor.at("clear")).hidden)
    shown = visitor.post(older, Reply(frozenset(["red.breathless"])), 400)
    assert notice_on(shown).startswith("Please press 'Continue' once more")
    assert visitor.form_of("danger-now").ticked == frozenset()
