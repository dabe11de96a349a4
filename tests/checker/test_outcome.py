"""Answers weighed: danger, pages, treatments, contradictions. Reckoned by hand from the pages in tiny/."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.checker.outcome import MOST_MATCHES, MOST_REASONS, Checker, Conflict
from app.checker.urgency import Urgency
from tests.checker.sayings import said

if TYPE_CHECKING:
    from app.checker.answers import Answers
    from app.content.pages import Cause

AT_NIGHT = ("main.tingling", "site.wrist", "trig.night")


def offered(tiny: Checker, answers: Answers) -> dict[str, list[str]]:
    """Give the treatments that are offered, with the cautions they show."""
    return {
        offer.page.slug: [str(caution.text) for caution in offer.cautions]
        for offer in tiny.assess(answers).treatments
    }


def left_out(tiny: Checker, answers: Answers) -> list[tuple[str, str]]:
    """Give what is left out, with the reason."""
    return [(one.page.slug, str(one.reason.text)) for one in tiny.assess(answers).left_out]


def test_an_outcome_names_the_pages_that_fit_and_what_helps_there(tiny: Checker) -> None:
    outcome = tiny.assess(said(*AT_NIGHT))
    assert outcome.urgency is Urgency.SELF_CARE
    assert outcome.shown_matches == outcome.matches
    assert [one.cause.slug for one in outcome.matches] == ["wrist-nerve"]
    assert [offer.page.slug for offer in outcome.treatments] == ["splint", "tablets"]
    assert [offer.page.slug for offer in outcome.exercises] == ["wrist-bend"]
    assert [page.slug for page in outcome.watch_for] == ["squeezed-cord"]
    assert (outcome.because, outcome.dangers, outcome.left_out, outcome.conflicts) == ((), (), (), ())


def test_nothing_that_fits_is_told_as_unclear(tiny: Checker) -> None:
    outcome = tiny.assess(said("site.wrist"))
    assert outcome.unclear
    assert (outcome.matches, outcome.treatments, outcome.watch_for) == ((), (), ())


@pytest.mark.parametrize("answers", [said(*AT_NIGHT), said(unknown=["red.numb"]), said("red.numb")])
def test_a_match_or_a_danger_is_not_unclear(tiny: Checker, answers: Answers) -> None:
    assert not tiny.assess(answers).unclear


def test_an_emergency_shows_its_page_and_nothing_else(tiny: Checker) -> None:
    outcome = tiny.assess(said(*AT_NIGHT, "red.numb", "trig.typing"))
    assert outcome.urgency is Urgency.EMERGENCY
    assert [page.slug for page in outcome.dangers] == ["squeezed-cord"]
    assert (outcome.shown_matches, outcome.reasons) == ((), ())
    assert (outcome.treatments, outcome.exercises, outcome.left_out, outcome.watch_for) == ((), (), (), ())
    assert [one.cause.slug for one in outcome.matches] == ["wrist-nerve"]


def test_an_urgent_outcome_shows_treatments_but_no_exercises(tiny: Checker) -> None:
    outcome = tiny.assess(said(*AT_NIGHT, unknown=["red.numb"]))
    assert outcome.urgency is Urgency.URGENT
    assert [page.slug for page in outcome.dangers] == ["squeezed-cord"]
    assert outcome.shown_matches == outcome.matches
    assert [one.cause.slug for one in outcome.matches] == ["wrist-nerve"]
    assert [offer.page.slug for offer in outcome.treatments] == ["splint", "tablets"]
    assert outcome.exercises == ()
    assert outcome.watch_for == ()


@pytest.mark.parametrize(
    ("answers", "matches", "reasons"),
    [
        (said(*AT_NIGHT, "trig.typing"), ["wrist-nerve"], ["typing"]),
        (said("trig.typing"), [], []),
        (said("trig.typing", "main.pain"), ["worry"], []),
    ],
)
def test_a_reason_stands_beside_a_pressed_nerve_and_never_alone(
    tiny: Checker, answers: Answers, matches: list[str], reasons: list[str]
) -> None:
    outcome = tiny.assess(answers)
    assert [one.cause.slug for one in outcome.matches] == matches
    assert [one.cause.slug for one in outcome.reasons] == reasons


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            said(*AT_NIGHT),
            {
                "splint": ["you are weak all over", "your skin is broken"],
                "tablets": ["you take other medicines", "you are old"],
            },
        ),
        (
            said(*AT_NIGHT, denied=["red.weak", "med.thinner", "age.old"], unknown=["med.new"]),
            {"splint": ["your skin is broken"], "tablets": ["you take other medicines"]},
        ),
        (
            said(*AT_NIGHT, denied=["red.weak", "med.thinner", "med.new", "age.old"]),
            {"splint": ["your skin is broken"], "tablets": []},
        ),
        (
            said(*AT_NIGHT, "red.weak", "med.new"),
            {},
        ),
    ],
)
def test_a_caution_is_shown_unless_everything_it_names_was_denied(
    tiny: Checker, answers: Answers, expected: dict[str, list[str]]
) -> None:
    assert offered(tiny, answers) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (said(*AT_NIGHT, "med.new", "age.old", "red.weak"), ["splint", "tablets"]),
        (said(*AT_NIGHT, "med.thinner"), ["tablets"]),
        (said(*AT_NIGHT, "trig.cold"), ["wrist-bend"]),
        (said(*AT_NIGHT, unknown=["med.new", "age.old", "red.weak", "trig.cold"]), []),
    ],
)
def test_what_the_answers_make_unsafe_is_left_out(
    tiny: Checker, answers: Answers, expected: list[str]
) -> None:
    assert [page for page, _ in left_out(tiny, answers)] == expected


def test_the_first_reason_against_a_treatment_is_told(tiny: Checker) -> None:
    assert left_out(tiny, said(*AT_NIGHT, "age.old", "med.new")) == [("tablets", "you take other medicines")]


def test_a_treatment_of_two_causes_is_offered_once(tiny: Checker) -> None:
    outcome = tiny.assess(said(*AT_NIGHT, "site.elbow", "trig.cold", "trig.typing"))
    assert {one.cause.slug for one in outcome.matches} == {"wrist-nerve", "elbow-nerve"}
    assert sorted(offer.page.slug for offer in outcome.treatments) == ["splint", "tablets"]


@pytest.mark.parametrize(("unknown", "dangers"), [((), 0), (("red.numb",), 1)])
def test_dangers_and_matches_together_are_no_more_than_ten(
    tiny: Checker, wrist_nerve: Cause, unknown: tuple[str, ...], dangers: int
) -> None:
    twins = {f"twin-{n}": wrist_nerve.model_copy(update={"slug": f"twin-{n}"}) for n in range(12)}
    library = replace(tiny.library, pages={**tiny.library.pages, **twins})
    outcome = Checker(library, tiny.questionnaire, tiny.digest).assess(said(*AT_NIGHT, unknown=unknown))
    assert len(outcome.dangers) == dangers
    assert len(outcome.matches) == MOST_MATCHES - dangers


@pytest.mark.parametrize(
    ("answers", "settled", "conflicts"),
    [
        (
            said("red.weak", "main.pain", denied=["red.weak", "main.tingling"]),
            said("red.weak", "main.pain", denied=["main.tingling"]),
            [Conflict(("red.weak",), "chosen-and-denied")],
        ),
        (
            said("red.weak", unknown=["red.weak", "main.pain"]),
            said("red.weak", unknown=["main.pain"]),
            [Conflict(("red.weak",), "chosen-and-denied")],
        ),
        (
            said("age.adult", "age.old", "main.tingling"),
            said("age.old", "main.tingling"),
            [Conflict(("age.adult", "age.old"), "only-one")],
        ),
        (
            said("age.adult", "age.old", "red.weak", denied=["age.old", "red.weak"]),
            said("age.old", "red.weak"),
            [
                Conflict(("age.old",), "chosen-and-denied"),
                Conflict(("red.weak",), "chosen-and-denied"),
                Conflict(("age.adult", "age.old"), "only-one"),
            ],
        ),
        (
            said("age.adult", "main.pain", "main.tingling"),
            said("age.adult", "main.pain", "main.tingling"),
            [],
        ),
    ],
)
def test_a_contradiction_is_named_and_the_more_urgent_side_counts(
    tiny: Checker, answers: Answers, settled: Answers, conflicts: list[Conflict]
) -> None:
    outcome = tiny.assess(answers)
    assert outcome.answers == settled
    assert list(outcome.conflicts) == conflicts


def test_the_more_urgent_of_two_answers_counts_beside_an_unsure_sign_too(tiny: Checker) -> None:
    outcome = tiny.assess(said("age.adult", "age.old", unknown=["red.weak"]))
    assert outcome.answers.chosen == {"age.old"}
    assert outcome.urgency is Urgency.SOON


@pytest.mark.parametrize(
    ("answers", "texts"),
    [
        (said("main.pain"), ["It is mostly harmless."]),
        (said("main.tingling"), []),
        (said(unknown=["main.pain"]), []),
        (said("main.pain", "med.new"), []),
        (said("main.pain", denied=["med.new"], unknown=["red.weak"]), ["It is mostly harmless."]),
        (said("main.pain", unknown=["red.numb"]), []),
        (said("main.pain", "red.numb"), []),
    ],
)
def test_kind_words_are_told_where_they_are_true_and_never_beside_an_urgent_outcome(
    tiny: Checker, answers: Answers, texts: list[str]
) -> None:
    solace = tiny.assess(answers).solace
    assert [str(one.comfort.text) for one in solace] == texts
    assert all(one.page.slug == "worry" for one in solace)


def test_answers_that_can_hardly_both_be_true_are_named_and_both_count(tiny: Checker) -> None:
    both = said("trig.typing", "med.new")
    outcome = tiny.assess(both)
    assert outcome.conflicts == (Conflict(("med.new", "trig.typing"), "do-not-fit"),)
    assert outcome.answers == both
    assert tiny.conflicts(both) == outcome.conflicts
    assert tiny.assess(said("trig.typing", denied=["med.new"])).conflicts == ()


def test_the_card_tells_no_more_than_five_reasons_and_none_that_another_one_says_already(
    tiny: Checker,
) -> None:
    outcome = tiny.assess(said("red.weak", "age.old", "site.elbow", "trig.cold", "red.numb"))
    assert [one.flag.rule.id for one in outcome.leading] == ["numb"]
    urgent = tiny.assess(said("red.weak", "age.old", "site.elbow", "trig.cold"))
    assert [one.flag.rule.id for one in urgent.because] == ["weak-elbow-or-wrist", "weak-and-old"]
    assert urgent.leading == urgent.because
    twice = replace(urgent, because=(*urgent.because, *urgent.because))
    assert twice.leading == urgent.because
    many = [replace(urgent.because[0], options=(str(number),)) for number in range(MOST_REASONS + 2)]
    assert len(replace(urgent, because=tuple(many)).leading) == MOST_REASONS


def test_a_page_of_another_kind_that_calls_for_help_now_is_named_once(tiny: Checker) -> None:
    outcome = tiny.assess(said("main.pain", *AT_NIGHT, "red.numb"))
    (soon,) = (one for one in outcome.because if one.flag.page.slug == "wrist-nerve")
    assert (outcome.urgency, soon.urgency, outcome.calling) == (Urgency.EMERGENCY, Urgency.SOON, ())
    calls = replace(soon, urgency=Urgency.EMERGENCY)
    assert replace(outcome, because=(*outcome.because, calls, calls)).calling == (calls.flag.page,)
    assert replace(outcome, urgency=Urgency.SOON).calling == ()
