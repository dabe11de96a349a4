"""The log of changes: what pages tell of their own history, put together day by day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from app.content.library import Library
    from app.content.pages import Page


@dataclass(frozen=True, slots=True)
class Day:
    """What was changed on a day: each sentence with the pages that say it, in the order of their titles."""

    date: datetime.date
    changes: tuple[tuple[str, tuple[Page, ...]], ...]


def days_of(library: Library) -> tuple[Day, ...]:
    """Give the days on which something was changed, the newest first; withdrawn pages count too."""
    found: defaultdict[datetime.date, defaultdict[str, list[Page]]] = defaultdict(lambda: defaultdict(list))
    for page in sorted(library.pages.values(), key=lambda one: one.title.casefold()):
        for change in page.changes:
            found[change.date][change.text].append(page)
    return tuple(
        Day(date, tuple((text, tuple(pages)) for text, pages in sorted(found[date].items())))
        for date in sorted(found, reverse=True)
    )
