"""Everything read at start, or every problem at once."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.checker.knowledge import read_checker
from app.checker.scores import PartScores, Tally, Walked
from app.content.collection import PROOFS, SCORES
from app.content.problems import ContentError, Rule

if TYPE_CHECKING:
    from app.checker.outcome import Checker


def change(file: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def problems_of(folder: Path) -> list[tuple[str, Rule]]:
    """Give the file and the rule of every problem of a content folder that cannot be read."""
    with pytest.raises(ContentError) as raised:
        read_checker(folder, [])
    return [(problem.path, problem.rule) for problem in raised.value.problems]


def test_a_sound_folder_gives_a_checker_and_no_warning(tiny_folder: Path) -> None:
    checker, warnings = read_checker(tiny_folder, [])
    assert warnings == []
    assert set(checker.library.pages) >= {"wrist-nerve", "squeezed-cord", "splint"}
    assert [question.id for question in checker.questionnaire.questions][:2] == ["danger", "plainer"]


def test_a_warning_does_not_stand_in_the_way(tiny_folder: Path) -> None:
    change(tiny_folder / "causes/worry.md", "Text.", "See [that](page:withdrawn-danger).")
    checker, (warning,) = read_checker(tiny_folder, [])
    assert (warning.rule, warning.warning) == (Rule.LINK_TO_WITHDRAWN, True)
    assert "worry" in checker.library.pages


def test_problems_of_pages_and_of_questions_are_told_together_in_order(tiny_folder: Path) -> None:
    change(tiny_folder / "questionnaire/questions.yaml", "id: age", "id: main")
    change(tiny_folder / "causes/worry.md", "main.pain: {", "main.pian: {")
    change(tiny_folder / "treatments/splint.md", "cost: low", "cost: much")
    assert problems_of(tiny_folder) == [
        ("content/causes/worry.md", Rule.UNKNOWN_OPTION),
        ("content/questionnaire/questions.yaml", Rule.SAME_QUESTION),
        ("content/treatments/splint.md", Rule.BAD_VALUE),
    ]
    change(tiny_folder / "causes/worry.md", "main.pian: {", "main.pain: {")
    change(tiny_folder / "treatments/splint.md", "cost: much", "cost: low")
    assert problems_of(tiny_folder) == [("content/questionnaire/questions.yaml", Rule.SAME_QUESTION)]


def test_questions_that_do_not_fit_stop_sound_pages(tiny_folder: Path) -> None:
    (tiny_folder / "questionnaire/questions.yaml").unlink()
    assert problems_of(tiny_folder) == [("content/questionnaire/questions.yaml", Rule.MISSING_FILE)]


def test_options_that_cannot_be_read_stop_everything(tiny_folder: Path) -> None:
    change(tiny_folder / "questionnaire/options.yaml", "choose: one", "choose: two")
    assert problems_of(tiny_folder) == [("content/questionnaire/options.yaml", Rule.BAD_VALUE)]


def test_problems_elsewhere_are_told_beside_options_that_cannot_be_read(tiny_folder: Path) -> None:
    change(tiny_folder / "questionnaire/options.yaml", "choose: one", "choose: two")
    change(tiny_folder / "treatments/splint.md", "cost: low", "cost: much")
    assert problems_of(tiny_folder) == [
        ("content/questionnaire/options.yaml", Rule.BAD_VALUE),
        ("content/treatments/splint.md", Rule.BAD_VALUE),
    ]


def test_an_option_under_the_prefix_of_another_group_is_a_problem_with_its_file(tiny_folder: Path) -> None:
    change(tiny_folder / "questionnaire/options.yaml", "main.pain: {label", "maine.pain: {label")
    change(tiny_folder / "questionnaire/questions.yaml", "main.pain", "maine.pain")
    assert ("content/questionnaire/options.yaml", Rule.BAD_VALUE) in problems_of(tiny_folder)


def test_the_version_is_the_same_for_the_same_files_wherever_they_stand(
    tiny: Checker, tiny_folder: Path
) -> None:
    (tiny_folder / ".hidden").write_text("not content", encoding="utf-8")
    assert read_checker(tiny_folder, [])[0].digest == tiny.digest
    assert len(tiny.digest) == len("0123456789ab")


@pytest.mark.parametrize("name", ["causes/worry.md", "site.yaml", "questionnaire/questions.yaml"])
def test_the_version_changes_with_every_file(tiny: Checker, tiny_folder: Path, name: str) -> None:
    file = tiny_folder / name
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert read_checker(tiny_folder, [])[0].digest != tiny.digest


def test_the_version_stays_when_the_rules_are_only_measured_again(tiny: Checker, tiny_folder: Path) -> None:
    (tiny_folder / PROOFS).write_text("[]\n", encoding="utf-8")
    assert read_checker(tiny_folder, [])[0].digest == tiny.digest


def test_the_version_changes_when_a_file_is_renamed(tiny: Checker, tiny_folder: Path) -> None:
    (tiny_folder / "causes/worry.md").rename(tiny_folder / "causes/worries.md")
    assert read_checker(tiny_folder, [])[0].digest != tiny.digest


def test_published_proofs_are_read(tiny_folder: Path) -> None:
    (tiny_folder / "checker-proofs.yaml").write_text("- {promise: It holds, counts: {steps: 3}}\n", "utf-8")
    assert read_checker(tiny_folder, [])[0].proofs == (Walked(promise="It holds", counts={"steps": 3}),)


def test_published_scores_are_read_and_those_that_do_not_fit_are_a_problem(tiny_folder: Path) -> None:
    assert read_checker(tiny_folder, [])[0].scores is None
    part = "".join(f"  {name}: {{hits: 1, of: 2}}\n" for name in PartScores.model_fields)
    text = f"tuned:\n{part}set_aside:\n{part}"
    (tiny_folder / "checker-scores.yaml").write_text(text, encoding="utf-8")
    scores = read_checker(tiny_folder, [])[0].scores
    assert scores is not None
    assert scores.tuned.right_first == Tally(hits=1, of=2)
    change(tiny_folder / "checker-scores.yaml", "hits: 1", "hits: -1")
    assert set(problems_of(tiny_folder)) == {("content/checker-scores.yaml", Rule.BAD_VALUE)}


def test_figures_that_cannot_be_looked_at_are_a_problem(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exists = Path.exists

    def refusing(path: Path) -> bool:
        if path.name == SCORES:
            raise PermissionError(path)
        return exists(path)

    monkeypatch.setattr(Path, "exists", refusing)
    assert problems_of(tiny_folder) == [(f"content/{SCORES}", Rule.MISSING_FILE)]


def test_the_collector_is_left_as_it_was(tiny_folder: Path) -> None:
    before = gc.get_threshold()
    read_checker(tiny_folder, [])
    assert gc.get_threshold() == before


def test_a_cache_keeps_what_was_read(tiny_folder: Path, tmp_path: Path) -> None:
    first = read_checker(tiny_folder, [], tmp_path / "cache")
    again = read_checker(tiny_folder, [], tmp_path / "cache")
    assert (again[0].library, again[0].digest, again[1]) == (first[0].library, first[0].digest, first[1])
    assert list((tmp_path / "cache").iterdir())
