"""The cases from published sources: enough, spread, and with the scores that the site shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.checker.scoring import judge, score
from app.checker.vignettes import Vignette, read_vignettes

if TYPE_CHECKING:
    from pathlib import Path

    from app.checker.outcome import Checker

FEWEST = 120


@pytest.fixture(scope="module")
def cases(checker: Checker, project: Path) -> tuple[Vignette, ...]:
    """Every case of the project."""
    found, problems = read_vignettes(project / "tests" / "vignettes", checker.library)
    assert problems == []
    return found


def test_the_cases_are_many_and_spread_over_pages_and_levels(
    checker: Checker, cases: tuple[Vignette, ...]
) -> None:
    assert len(cases) >= FEWEST
    assert 1 / 4 < sum(case.set_aside for case in cases) / len(cases) < 5 / 12
    for level in ("self-care", "soon", "urgent", "emergency"):
        assert sum(case.level == level for case in cases) >= FEWEST / 10
    for kind in ("ordinary", "emergency-lookalike", "missing-answers", "contradictory", "health-worry"):
        assert any(case.kind == kind for case in cases)
    named = {page for case in cases for page in case.pages}
    assert {page.slug for page in checker.library.emergencies} <= named


def test_each_case_is_of_a_report_of_its_own(cases: tuple[Vignette, ...]) -> None:
    told = [case.told for case in cases]
    assert len(set(told)) == len(told)


def test_the_published_scores_are_those_of_the_running_rules(
    checker: Checker, cases: tuple[Vignette, ...]
) -> None:
    assert checker.scores == score(judge(cases, checker)), "run: nervewise score --publish"
