"""Scores: what counts as right, as unsafe and as too much, and how sure the shares are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.checker.scores import Tally
from app.checker.scoring import Verdict, explain, judge, score
from app.checker.vignettes import Vignette, VignetteSource
from app.content.keys import OptionId, Slug

if TYPE_CHECKING:
    from app.checker.outcome import Checker

WRIST = ("main.tingling", "site.wrist", "trig.night")


def case(*chosen: str, pages: tuple[str, ...] = ("wrist-nerve",), **parts: object) -> Vignette:
    """Give a case in which some options were ticked."""
    level = parts.pop("level", "self-care")
    return Vignette.model_validate(
        {
            "id": "one",
            "told": "It tingles.",
            "source": VignetteSource(
                organisation="A journal", title="A wrist", url="https://example.org/1", kind="case-report"
            ),
            "kind": "ordinary",
            "chosen": tuple(OptionId(option) for option in chosen),
            "pages": tuple(Slug(page) for page in pages),
            "level": level,
            "accepted": (level,),
            "why": "It is so.",
            **parts,
        }
    )


def verdict(one: Vignette, checker: Checker) -> Verdict:
    """Judge one case."""
    (judged,) = judge([one], checker)
    return judged


def test_a_right_page_counts_by_its_place(tiny: Checker) -> None:
    both = ("main.tingling", "site.wrist", "site.elbow", "trig.cold", "trig.night")
    first = verdict(case(*both), tiny)
    assert first.pages[:2] == ("elbow-nerve", "wrist-nerve")
    assert (first.right_first, first.right_in_three) == (False, True)
    assert verdict(case(*both, pages=("worry", "elbow-nerve")), tiny).right_first
    nowhere = verdict(case(*both, pages=("worry",)), tiny)
    assert (nowhere.right_first, nowhere.right_in_three) == (False, False)
    assert not verdict(case("main.pain"), tiny).right_in_three


def test_an_emergency_that_is_met_counts_as_the_first_page(tiny: Checker) -> None:
    assert verdict(case("red.numb", pages=("squeezed-cord",), level="emergency"), tiny).right_first


@pytest.mark.parametrize(
    ("chosen", "level", "found"),
    [
        (("red.numb",), "emergency", ()),
        (("red.weak", "age.old"), "emergency", ("urgency",)),
        (WRIST, "emergency", ("urgency", "missed emergency")),
        (WRIST, "urgent", ("urgency", "missed urgent")),
        (WRIST, "soon", ("urgency",)),
        (WRIST, "self-care", ()),
        (("main.pain", *WRIST), "urgent", ("urgency",)),
        (("red.weak", "age.old"), "soon", ("urgency", "over")),
        (("red.numb",), "self-care", ("urgency", "over")),
    ],
)
def test_what_is_wrong_with_an_urgency(
    tiny: Checker, chosen: tuple[str, ...], level: str, found: tuple[str, ...]
) -> None:
    one = verdict(case(*chosen, level=level), tiny)
    wrong = {
        "urgency": not one.right_urgency,
        "missed emergency": one.missed_emergency,
        "missed urgent": one.missed_urgent,
        "over": one.over_triaged,
    }
    assert tuple(name for name, is_so in wrong.items() if is_so) == found


def test_scores_are_counted_apart_for_the_cases_set_aside(tiny: Checker) -> None:
    ids = [f"case-{number}" for number in range(30)]
    cases = [case(*WRIST, id=name, level="self-care") for name in ids]
    cases += [case("main.pain", id=f"{name}-b", level="urgent") for name in ids]
    scores = score(judge(cases, tiny))
    aside = sum(one.set_aside for one in cases)
    assert 0 < aside < len(cases)
    assert scores.set_aside.right_first.of == aside
    assert scores.tuned.right_first.of == len(cases) - aside
    for part in (scores.tuned, scores.set_aside):
        assert part.right_first.hits + part.missed_urgent.hits == part.right_first.of
        assert part.over_triaged.of == part.right_first.hits
        assert part.missed_emergencies == Tally(hits=0, of=0)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (36, 40, 0.7695, 0.9604),
    ],
)
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert Tally(hits=hits, of=of).interval == pytest.approx((low, high), abs=1e-4)


def test_a_right_verdict_needs_no_words_and_a_wrong_one_says_why(tiny: Checker) -> None:
    assert list(explain(verdict(case(*WRIST), tiny), tiny)) == []
    lines = list(explain(verdict(case("red.weak", "age.old", "trig.night", level="soon"), tiny), tiny))
    assert lines == [
        "page: wrist-nerve is not in the first three; offered: squeezed-cord danger",
        "  wrist-nerve 1.5 (trig.night +1.2); needs one of main.tingling/main.pain and of site.wrist",
        "urgency: urgent, accepted soon; squeezed-cord (urgent: age.old, red.weak)",
    ]
    lines = list(explain(verdict(case("main.pain", "site.wrist", level="urgent"), tiny), tiny))
    assert lines == [
        "page: wrist-nerve is not in the first three; offered: worry 1.5",
        "  wrist-nerve 1.1 (site.wrist +0.8)",
        "urgency: self-care, accepted urgent; no rule is met",
    ]
    danger = list(explain(verdict(case("age.old", pages=("squeezed-cord",)), tiny), tiny))
    assert danger == ["page: squeezed-cord is not in the first three; offered: nothing"]
    second = ("main.tingling", "site.wrist", "site.elbow", "trig.cold", "trig.night")
    assert "wrist-nerve is in the first three" in next(iter(explain(verdict(case(*second), tiny), tiny)))
    unspoken = list(explain(verdict(case("age.old"), tiny), tiny))
    assert unspoken[1].startswith("  wrist-nerve 0.3 (nothing speaks)")
