"""Danger rules that are met."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from app.checker.urgency import Urgency, highest, met_flags
from app.content.evidence import Level
from tests.checker.sayings import said

if TYPE_CHECKING:
    from app.checker.answers import Answers
    from app.checker.outcome import Checker


def met(tiny: Checker, answers: Answers) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Give the rules that answers meet, in short."""
    return [
        (one.flag.rule.id, one.urgency.id, one.options, one.unsure) for one in met_flags(tiny.flags, answers)
    ]


def test_every_level_of_a_rule_is_an_urgency_of_the_same_name() -> None:
    levels = [*get_args(Level), "self-care"]
    assert [Urgency.of(level).id for level in levels] == levels
    assert sorted(Urgency.of(level) for level in levels) == sorted(Urgency)


def test_the_rules_of_all_kinds_of_pages_count_and_those_of_withdrawn_pages_do_not(tiny: Checker) -> None:
    assert {(flag.page.slug, flag.rule.id) for flag in tiny.flags} == {
        ("squeezed-cord", "numb"),
        ("squeezed-cord", "weak-and-old"),
        ("squeezed-cord", "weak-elbow-or-wrist"),
        ("wrist-nerve", "pain-at-night"),
        ("tingling", "tingling-in-age"),
    }


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (said(), []),
        (said(denied=["red.numb", "red.weak"]), []),
        (said("red.numb"), [("numb", "emergency", ("red.numb",), False)]),
        (said(unknown=["red.numb"]), [("numb", "urgent", ("red.numb",), True)]),
        (said("red.weak", denied=["age.old"]), []),
        (said("red.weak", "age.old"), [("weak-and-old", "urgent", ("age.old", "red.weak"), False)]),
        (
            said("red.weak", unknown=["age.old"]),
            [("weak-and-old", "soon", ("age.old", "red.weak"), True)],
        ),
        (
            said(unknown=["age.old", "red.weak"]),
            [("weak-and-old", "soon", ("age.old", "red.weak"), True)],
        ),
        (
            said("red.weak", "site.elbow", "trig.cold", unknown=["site.wrist"]),
            [("weak-elbow-or-wrist", "urgent", ("red.weak", "site.elbow", "trig.cold"), False)],
        ),
        (said("red.weak", "site.elbow", unknown=["trig.cold"]), []),
        (said("red.weak", "site.elbow", "site.wrist"), []),
        (said(unknown=["main.tingling", "age.old"]), []),
    ],
)
def test_a_rule_is_met_when_each_clause_holds_a_chosen_option(
    tiny: Checker, answers: Answers, expected: list[tuple[str, str, tuple[str, ...], bool]]
) -> None:
    assert met(tiny, answers) == expected


def test_the_most_urgent_rule_comes_first_and_the_sure_one_before_the_unsure(tiny: Checker) -> None:
    answers = said("red.weak", "age.old", "main.pain", "main.tingling", unknown=["red.numb", "trig.night"])
    assert [rule for rule, *_ in met(tiny, answers)] == [
        "weak-and-old",
        "numb",
        "tingling-in-age",
        "pain-at-night",
    ]


@pytest.mark.parametrize(
    ("answers", "urgency"),
    [
        (said("trig.typing"), Urgency.SELF_CARE),
        (said("main.pain", "trig.night"), Urgency.SOON),
        (said("main.pain", "trig.night", unknown=["red.numb"]), Urgency.URGENT),
        (said("main.pain", "trig.night", "red.numb"), Urgency.EMERGENCY),
    ],
)
def test_the_highest_level_counts_and_none_means_self_care(
    tiny: Checker, answers: Answers, urgency: Urgency
) -> None:
    assert highest(met_flags(tiny.flags, answers)) is urgency
