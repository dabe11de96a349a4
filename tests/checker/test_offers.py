"""Which treatments and exercises are offered: over the real pages, near every cause."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given, settings

from app.checker.answers import Answers
from app.checker.urgency import Urgency
from tests.checker.sayings import fitting, rivals, speaks_for, with_chosen, with_denied, with_unknown

if TYPE_CHECKING:
    from app.checker.outcome import Checker, Outcome
    from app.content.evidence import Caution
    from app.content.pages import Cause, Exercise, Treatment

THOROUGH = settings(max_examples=200, deadline=None)


def that_help(checker: Checker) -> list[Treatment | Exercise]:
    """Give every treatment and exercise that a cause names."""
    pages: list[Treatment | Exercise] = [*checker.library.treatments, *checker.library.exercises]
    return [page for page in pages if checker.library.causes_helped_by(page)]


def pages_of(checker: Checker, outcome: Outcome) -> set[str]:
    """Give the treatments of the causes that an outcome shows, and the exercises when it is not urgent."""
    shown = [one.cause for one in (*outcome.shown_matches, *outcome.reasons)]
    treatments = {page.slug for cause in shown for page in checker.library.treatments_of(cause)}
    exercises = {page.slug for cause in shown for page in checker.library.exercises_of(cause)}
    return treatments | exercises if outcome.urgency < Urgency.URGENT else treatments


def cautions_of(outcome: Outcome, page: Treatment | Exercise) -> tuple[Caution, ...] | None:
    """Give the cautions with which an outcome offers a page; None when it does not."""
    offers = (*outcome.treatments, *outcome.exercises)
    return next((offer.cautions for offer in offers if offer.page is page), None)


def answers_that_offer(checker: Checker, page: Treatment | Exercise) -> Answers:
    """Find answers with which a page is offered and none of its cautions was asked about."""
    cautions = frozenset().union(*(caution.options for caution in page.avoid_if))
    pressed = [cause for cause in checker.library.causes if cause.family == "compression"]
    for cause, beside in product(checker.library.causes_helped_by(page), pressed):
        answers = Answers()
        for option in (*most_telling(cause, cautions), *most_telling(beside, cautions)):
            if rivals(checker, option).isdisjoint(answers.chosen):
                answers = with_chosen(answers, option)
            if cautions_of(checker.assess(answers), page) is not None:
                return answers
    raise AssertionError(f"no answers were found with which {page.slug} is offered")


def most_telling(cause: Cause, but: frozenset[str]) -> list[str]:
    """Give an option for each need of a cause, then what speaks for it and is no danger, strongest first."""
    telling = [option for option in speaks_for(cause) if option not in but]
    needed = [next(option for option in (*telling, *need) if option in need) for need in cause.needs]
    return [*needed, *(option for option in telling if not option.startswith("red."))]


def test_an_emergency_shows_neither_match_nor_treatment_and_an_urgent_outcome_no_exercise(
    checker: Checker,
) -> None:
    @given(drawn=fitting(checker))
    @THOROUGH
    def holds(drawn: tuple[Cause, Answers]) -> None:
        outcome = checker.assess(drawn[1])
        if outcome.urgency is Urgency.EMERGENCY:
            assert (outcome.shown_matches, outcome.reasons) == ((), ())
            assert (outcome.treatments, outcome.left_out, outcome.watch_for) == ((), (), ())
        if outcome.urgency >= Urgency.URGENT:
            assert outcome.exercises == ()

    holds()


def test_what_helps_the_causes_shown_is_either_offered_or_left_out_with_its_reason(checker: Checker) -> None:
    @given(drawn=fitting(checker))
    @THOROUGH
    def holds(drawn: tuple[Cause, Answers]) -> None:
        outcome = checker.assess(drawn[1])
        offers = (*outcome.treatments, *outcome.exercises)
        pages = [*(offer.page.slug for offer in offers), *(one.page.slug for one in outcome.left_out)]
        assert sorted(pages) == sorted(pages_of(checker, outcome))
        for left_out in outcome.left_out:
            assert left_out.reason in left_out.page.avoid_if
            assert not outcome.answers.chosen.isdisjoint(left_out.reason.options)
        for offer in offers:
            for caution in offer.page.avoid_if:
                assert outcome.answers.chosen.isdisjoint(caution.options)
                denied = bool(caution.options) and outcome.answers.denied.issuperset(caution.options)
                assert (caution in offer.cautions) is not denied

    holds()


def test_every_option_that_makes_a_page_unsafe_leaves_it_out(checker: Checker) -> None:
    for page in that_help(checker):
        answers = answers_that_offer(checker, page)
        for caution in page.avoid_if:
            for option in caution.options:
                outcome = checker.assess(with_chosen(answers, option))
                assert cautions_of(outcome, page) is None, (page.slug, option)
                reasons = [one.reason for one in outcome.left_out if one.page is page]
                hidden = page.slug not in pages_of(checker, outcome)
                assert hidden or reasons == [caution], (page.slug, option)


def test_every_caution_is_shown_when_not_asked_or_unsure_and_not_when_denied(checker: Checker) -> None:
    for page in that_help(checker):
        answers = answers_that_offer(checker, page)
        assert cautions_of(checker.assess(answers), page) is not None
        for caution in page.avoid_if:
            denied = with_denied(answers, *caution.options)
            unsure = with_unknown(answers, *caution.options)
            shown = [cautions_of(checker.assess(one), page) for one in (answers, unsure, denied)]
            assert [caution in cautions for cautions in shown if cautions is not None] in (
                [True, True, not caution.options],
                [True, not caution.options],
            ), (page.slug, caution.options)
