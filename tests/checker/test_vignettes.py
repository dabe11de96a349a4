"""Cases from published sources: how they are read, and which are set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.checker.vignettes import Vignette, read_vignettes
from app.content.problems import Rule
from tests.checker.sayings import said

if TYPE_CHECKING:
    from pathlib import Path

    from app.checker.outcome import Checker

CASE = """\
- id: {id}
  told: My wrist tingles at night.
  source: {{organisation: A journal, title: A wrist, url: https://example.org/1, kind: case-report}}
  kind: ordinary
  chosen: [main.tingling, site.wrist]
  denied: [red.weak]
  unknown: [red.numb]
  pages: [wrist-nerve]
  level: soon
  accepted: [soon, self-care]
  why: It is the nerve at the wrist.
"""


def folder_with(tmp_path: Path, **files: str) -> Path:
    """Make a folder of cases."""
    folder = tmp_path / "cases"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_cases_are_read_by_file_and_place(tmp_path: Path, tiny: Checker) -> None:
    folder = folder_with(
        tmp_path, b=CASE.format(id="third"), a=CASE.format(id="first") + CASE.format(id="second")
    )
    cases, problems = read_vignettes(folder, tiny.library)
    assert problems == []
    assert [case.id for case in cases] == ["first", "second", "third"]
    assert cases[0].answers == said("main.tingling", "site.wrist", denied=["red.weak"], unknown=["red.numb"])


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("site.wrist", "site.wirst", Rule.UNKNOWN_OPTION, 5),
        ("red.weak", "red.week", Rule.UNKNOWN_OPTION, 6),
        ("[red.numb]", "[red.nub]", Rule.UNKNOWN_OPTION, 7),
        ("wrist-nerve", "wrist-nerves", Rule.UNKNOWN_PAGE, 8),
        ("[soon, self-care]", "[self-care]", Rule.BAD_VALUE, 1),
        ("level: soon", "level: later", Rule.BAD_VALUE, 9),
        ("kind: ordinary", "kind: odd", Rule.BAD_VALUE, 4),
        ("told:", "said:", Rule.UNKNOWN_KEY, 2),
        ("https://example.org/1", "a book", Rule.BAD_VALUE, 3),
    ],
)
def test_a_case_that_does_not_fit_is_told_with_its_line(
    tmp_path: Path, tiny: Checker, old: str, new: str, rule: Rule, line: int
) -> None:
    folder = folder_with(tmp_path, a=CASE.format(id="first").replace(old, new))
    _, problems = read_vignettes(folder, tiny.library)
    assert (rule, line) in [(problem.rule, problem.line) for problem in problems]
    assert all(problem.path == "cases/a.yaml" for problem in problems)


def test_two_cases_with_one_id_and_a_folder_without_cases_are_told(tmp_path: Path, tiny: Checker) -> None:
    folder = folder_with(tmp_path, a=CASE.format(id="first"), b=CASE.format(id="first"))
    _, (problem,) = read_vignettes(folder, tiny.library)
    assert (problem.path, problem.line, problem.rule) == ("cases/b.yaml", 1, Rule.DUPLICATE_KEY)
    empty = tmp_path / "empty"
    empty.mkdir()
    cases, (problem,) = read_vignettes(empty, tiny.library)
    assert (cases, problem.rule) == ((), Rule.MISSING_FILE)


def case_of(tmp_path: Path, tiny: Checker, **changes: object) -> Vignette:
    """Give a case with some of its parts changed."""
    (case,), _ = read_vignettes(folder_with(tmp_path, a=CASE.format(id="first")), tiny.library)
    return case.model_copy(update=changes)


def test_a_third_is_set_aside_by_its_id_alone(tmp_path: Path, tiny: Checker) -> None:
    case = case_of(tmp_path, tiny)
    ids = [f"case-{number}" for number in range(3000)]
    aside = {name for name in ids if case.model_copy(update={"id": name}).set_aside}
    assert 900 < len(aside) < 1100
    assert {
        name for name in ids if case.model_copy(update={"id": name, "level": "urgent"}).set_aside
    } == aside


@pytest.mark.parametrize(
    ("accepted", "harmless"),
    [
        (("self-care",), True),
        (("self-care", "soon"), True),
        (("soon", "urgent"), False),
        (("emergency",), False),
    ],
)
def test_a_case_is_harmless_when_nobody_would_send_it_to_a_doctor_today(
    tmp_path: Path, tiny: Checker, accepted: tuple[str, ...], harmless: bool
) -> None:
    assert case_of(tmp_path, tiny, accepted=accepted).harmless is harmless
