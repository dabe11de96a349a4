"""Textbook cases over the real pages: what comes first, and how soon help is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.checker.cases import assess_line

if TYPE_CHECKING:
    from app.checker.outcome import Checker

LINES = (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in LINES]


def assessed(case: dict[str, Any], checker: Checker) -> dict[str, Any]:
    """Assess a case as a program would."""
    said = {key: case[key] for key in ("id", "chosen", "denied", "unknown") if key in case}
    answer, is_case = assess_line(json.dumps(said), checker)
    assert is_case, answer["error"]
    return answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_textbook_case_leads_to_its_page_with_an_accepted_urgency(
    checker: Checker, case: dict[str, Any]
) -> None:
    answer = assessed(case, checker)
    assert answer["urgency"] in case["urgency"]
    if "first" in case:
        assert [match["page"] for match in answer["matches"]][:1] == [case["first"]]
    if "reason" in case:
        assert case["reason"] in answer["reasons"]


def test_every_cause_and_every_emergency_has_a_textbook_case(checker: Checker) -> None:
    told = {case[key] for case in CASES for key in ("first", "reason") if key in case}
    pages = (*checker.library.causes, *checker.library.emergencies)
    assert {page.slug for page in pages} - told == set()


def test_the_urgency_of_a_case_is_set_by_the_pages_it_names(checker: Checker) -> None:
    for case in CASES:
        answer = assessed(case, checker)
        levels = [one["level"] for one in answer["because"]]
        assert answer["urgency"] == (levels[0] if levels else "self-care")
        said = {*case["chosen"], *case.get("unknown", [])}
        assert all(said.issuperset(one["options"]) for one in answer["because"])


def test_every_treatment_and_every_exercise_is_named_by_a_cause(checker: Checker) -> None:
    pages = (*checker.library.treatments, *checker.library.exercises)
    assert [page.slug for page in pages if not checker.library.causes_helped_by(page)] == []
