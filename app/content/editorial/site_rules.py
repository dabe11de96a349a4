"""The rules for the site as a whole."""

from __future__ import annotations

import datetime
import re
from statistics import median
from typing import TYPE_CHECKING

from app.content.editorial.prose_rules import begin
from app.content.pages import Emergency

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from app.content.editorial.passages import Wording
    from app.content.pages import Page

HIGHEST_GRADE = 8.0
HIGHEST_MEDIAN_GRADE = 6.0
SHORTEST_DUPLICATE = 8
REVIEW_NEAR = datetime.timedelta(days=90)


def check_grade(grade: float) -> Iterator[str]:
    """The Flesch-Kincaid grade of a page is at most 8, names of conditions and medicines left out."""
    if grade > HIGHEST_GRADE:
        yield f"the reading grade is {grade:.1f}, at most {HIGHEST_GRADE:.0f}; use shorter words"


def check_median_grade(grades: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """The median of the reading grades over the site is at most 6; told at the hardest page."""
    middle = median(grades.values()) if grades else 0.0
    if middle > HIGHEST_MEDIAN_GRADE:
        hardest = max(grades, key=lambda slug: grades[slug])
        how = (
            f"the median reading grade over the site is {middle:.1f}, at most {HIGHEST_MEDIAN_GRADE:.0f}; "
            f"write more plainly, this page first: its grade is {grades[hardest]:.1f}"
        )
        yield hardest, how


def check_duplicates(wordings: Collection[Wording]) -> Iterator[tuple[Page, int, str]]:
    """No sentence of 8 words or more stands word for word on two pages: a fact has one owner.

    An emergency, a card and a list of what to do are left out: the same act is told in the same words.
    """
    first: dict[str, Page] = {}
    for wording in wordings:
        for passage in () if isinstance(wording.page, Emergency) else wording.prose:
            if passage.kind in ("card", "advice"):
                continue
            for sentence in passage.sentences:
                words = re.findall(r"[a-z0-9']+", sentence.lower())
                if len(words) >= SHORTEST_DUPLICATE:
                    owner = first.setdefault(" ".join(words), wording.page)
                    if owner is not wording.page:
                        how = f"{owner.path} has this sentence too; say it in other words: {begin(sentence)}"
                        yield wording.page, passage.line, how


def check_review_dates(page: Page, today: datetime.date) -> Iterator[str]:
    """A review that is due within 90 days is told; `overdue_pages` tells one that has passed."""
    left = page.review_due - today
    if datetime.timedelta(0) <= left <= REVIEW_NEAR:
        how = f"the review is due on {page.review_due}, in {left.days} days"
        yield f"{how}; read the sources again and set the dates"
