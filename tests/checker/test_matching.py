"""Answers weighed against evidence. The sums are reckoned by hand from the pages in tiny/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.checker.matching import Match, match
from tests.checker.sayings import said

if TYPE_CHECKING:
    from app.checker.answers import Answers
    from app.checker.outcome import Checker
    from app.content.pages import Cause


def match_of(cause: Cause, answers: Answers) -> Match | None:
    """Match one cause."""
    return next(iter(match([cause], answers)), None)


@pytest.mark.parametrize(
    ("answers", "score", "fit"),
    [
        # common starts at 0.3; tingling 1.0; wrist 0.8
        (said("main.tingling", "site.wrist"), 2.1, "partly"),
        # of trig.night 1.2 and trig.typing 0.8 the weaker counts half
        (said("main.tingling", "site.wrist", "trig.typing", "trig.night"), 3.7, "well"),
        # what speaks against is another group than what speaks for
        (said("main.tingling", "site.wrist", "site.elbow", "trig.night"), 2.8, "partly"),
        # a need may be met by an option that is no evidence, and denied evidence speaks against
        (said("main.pain", "site.wrist", "trig.night", "trig.typing", denied=["main.tingling"]), None, None),
        (said("main.pain", "site.wrist", "trig.night", "trig.typing"), 2.7, "partly"),
        # a denial that the page says nothing about weighs nothing, nor does an unsure answer
        (said("main.tingling", "site.wrist", denied=["trig.night"], unknown=["trig.typing"]), 2.1, "partly"),
        # needs that are not met, once each
        (said("main.tingling", "trig.night", "trig.typing"), None, None),
        (said("site.wrist", "trig.night", "trig.typing"), None, None),
        (said("trig.night", unknown=["main.tingling", "site.wrist"]), None, None),
        # under the score of a match
        (said("main.pain", "site.wrist"), None, None),
    ],
)
def test_the_score_is_the_start_and_the_discounted_weights(
    wrist_nerve: Cause, answers: Answers, score: float | None, fit: str | None
) -> None:
    found = match_of(wrist_nerve, answers)
    assert (found and found.score, found and found.fit) == (score, fit)


def test_what_speaks_for_and_against_is_told_strongest_first(wrist_nerve: Cause) -> None:
    found = match_of(wrist_nerve, said("site.wrist", "site.elbow", "trig.night", "main.tingling"))
    assert found is not None
    assert found.speaks_for == ("trig.night", "main.tingling", "site.wrist")
    assert found.speaks_against == ("site.elbow",)


@pytest.mark.parametrize(
    ("more", "pattern"),
    [
        ((), None),
        (("trig.night",), "at-night"),
        (("trig.typing",), "at-work"),
        (("trig.night", "trig.typing"), None),
        (("trig.night", "trig.typing", "site.elbow"), "at-night"),
        (("site.elbow",), None),
    ],
)
def test_a_pattern_is_named_when_it_stands_out_alone(
    wrist_nerve: Cause, more: tuple[str, ...], pattern: str | None
) -> None:
    found = match_of(wrist_nerve, said("main.tingling", "site.wrist", *more))
    assert found is not None
    assert (found.pattern and found.pattern.id) == pattern


def test_the_only_pattern_of_a_cause_can_stand_out(tiny: Checker) -> None:
    (found,) = match(tiny.library.causes, said("site.elbow", "trig.cold"))
    assert (found.cause.slug, found.score) == ("elbow-nerve", 4.0)
    assert found.pattern is not None
    assert found.pattern.id == "one"


def test_the_best_match_comes_first_and_equal_ones_come_by_name(tiny: Checker) -> None:
    pages = {cause.slug: cause for cause in tiny.library.causes}
    twin = pages["elbow-nerve"].model_copy(update={"slug": "another-elbow-nerve"})
    answers = said("site.elbow", "trig.cold", "trig.typing")
    found = match([pages["typing"], pages["elbow-nerve"], twin], answers)
    assert [(one.cause.slug, one.score) for one in found] == [
        ("another-elbow-nerve", 4.0),
        ("elbow-nerve", 4.0),
        ("typing", 2.6),
    ]


def test_a_cause_that_nothing_speaks_for_is_not_offered_however_common_it_is(wrist_nerve: Cause) -> None:
    silent = wrist_nerve.model_copy(update={"needs": (), "evidence": {}})
    assert match([silent], said("main.tingling", "site.wrist", "trig.night")) == ()
