"""The log of changes, day by day."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from app.publishing.changes import days_of
from tests.content.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from app.content.library import Library

FIRST = "changes:\n  - {date: 2026-01-01, text: First published.}\nreview_due:"
MENDED = "changes:\n  - {date: 2026-02-01, text: A warning was added.}\n" + FIRST.removeprefix("changes:\n")


def library_in(folder: Path, **changes: str) -> Library:
    """Read the smallest whole content, in which some pages tell what has changed."""
    content = Folder(folder / "content")
    for name, words in changes.items():
        content.change(name.replace("__", "/").replace("_", "-") + ".md", "review_due:", words)
    return content.library()


def told(library: Library) -> list[tuple[datetime.date, list[tuple[str, list[str]]]]]:
    """Give the log with the slugs of its pages."""
    return [
        (day.date, [(text, [page.slug for page in pages]) for text, pages in day.changes])
        for day in days_of(library)
    ]


def test_the_newest_day_stands_first_and_the_same_words_are_said_once(tmp_path: Path) -> None:
    library = library_in(tmp_path, treatments__rest=FIRST, guides__how_nerves_work=MENDED)
    assert told(library) == [
        (datetime.date(2026, 2, 1), [("A warning was added.", ["how-nerves-work"])]),
        (datetime.date(2026, 1, 1), [("First published.", ["how-nerves-work", "rest"])]),
    ]


def test_a_site_whose_pages_tell_nothing_has_an_empty_log(tmp_path: Path) -> None:
    assert told(library_in(tmp_path)) == []


def test_a_withdrawn_page_stays_in_the_log(tmp_path: Path) -> None:
    library = library_in(tmp_path, treatments__rest="withdrawn: It was wrong.\n" + FIRST)
    assert told(library) == [(datetime.date(2026, 1, 1), [("First published.", ["rest"])])]


def test_every_page_of_the_site_says_when_it_was_first_published(library: Library) -> None:
    silent = [page.path for page in library.pages.values() if not page.changes]
    assert silent == []
    assert {page.changes[-1].text for page in library.pages.values()} == {"First published."}
