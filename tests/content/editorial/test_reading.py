"""The reading grade, and the figures over the site."""

from __future__ import annotations

import datetime
import re

from app.content.editorial.checks import report
from app.content.editorial.passages import Passage
from app.content.editorial.reading import names_of, reading_grade
from tests.content.folder import Folder  # noqa: TC001 - pytest reads the annotation

NOTHING = re.compile("(?!)")


def graded(*texts: str, names: re.Pattern[str] = NOTHING) -> float:
    """Give the grade of some passages."""
    return reading_grade([Passage("paragraph", text, 1) for text in texts], names)


def test_the_grade_is_kincaids() -> None:
    # 12 words, 2 sentences, 15 syllables: 0.39 * 6 + 11.8 * 15/12 - 15.59
    assert round(graded("The happy cat sat on the mat. It was not very sad."), 1) == round(
        0.39 * 6 + 11.8 * 14 / 12 - 15.59, 1
    )


def test_nothing_has_no_grade() -> None:
    assert graded() == 0
    assert graded("[@nhs_nerve]") == 0


def test_an_item_without_a_full_stop_is_a_sentence() -> None:
    assert graded("one cat", "one dog") == graded("One cat. One dog.")


def test_marks_links_and_citations_are_not_read() -> None:
    marked = "**Label:** A [cat](page:cat) sat *down* here.[^1] [@nhs_nerve]"
    assert graded(marked) == graded("A cat sat down here.")


def test_names_of_conditions_are_left_out(folder: Folder) -> None:
    names = names_of(folder.library())
    assert graded("A pressed nerve hurts.", names=names) == graded("A this hurts.")


def test_the_report_gives_the_figures(folder: Folder) -> None:
    folder.change("guides/how-nerves-work.md", "order: 1", "order: 1\nwaive: {E003: A law.}")
    grades = {"how-nerves-work": 3.14, "stroke": 5.0, "pressed-nerve": 1.0}
    lines = list(report(folder.library(), grades, datetime.date(2099, 1, 2)))
    for line in (
        "   1 guide",
        "   1 cause, compression",
        "   1 term",
        "   1 source of tier A, whole text read",
        " 3.1 median reading grade",
        "   3 page with a review overdue",
        "   3 page not reviewed by a clinician",
        "   1 waiver",
    ):
        assert line in lines
    guide = next(line for line in lines if "how-nerves-work" in line)
    assert guide.startswith(" 3.1 grade,  0 sources, content/guides/")
    assert guide.endswith("; review overdue since 2099-01-01; waives E003: A law.")


def test_the_report_on_nothing_has_no_median(folder: Folder) -> None:
    assert not any("median" in line for line in report(folder.library(), {}, datetime.date(2026, 1, 1)))
