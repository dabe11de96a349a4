"""How hard a text is to read."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.content.editorial.passages import Passage
    from app.content.library import Library

_SHORTEST_NAME = 4
_START = 2


def reading_grade(passages: Iterable[Passage], names: re.Pattern[str]) -> float:
    """Give the Flesch-Kincaid grade of a text: about the years of school in the US that it asks for.

    Grade = 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid and others, 1975), as textstat
    reckons it. An item of a list counts as a sentence.

    Args:
        passages: the text; nothing gives 0.
        names: what no writer can make shorter; each counts as one word of one syllable.
    """
    texts = [passage.text.rstrip(".:;,") + "." for passage in passages if passage.text]
    if not texts:
        return 0.0
    return float(_flesch_kincaid()(names.sub("this", " ".join(texts))))


def names_of(library: Library) -> re.Pattern[str]:
    """Give a pattern for the names of conditions, dangers and treatments (medicines among them)."""
    pages = (*library.causes, *library.emergencies, *library.treatments)
    names = {name for page in pages for name in (page.title, *page.names) if len(name) >= _SHORTEST_NAME}
    # By their first letters, since a pattern of thousands of names one after the other takes seconds.
    starts: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted({name.lower() for name in names}, key=lambda name: (-len(name), name)):
        starts[name[:_START]].append(re.escape(name[_START:]))
    parts = (f"{re.escape(start)}(?:{'|'.join(rest)})" for start, rest in sorted(starts.items()))
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


@functools.cache
def _flesch_kincaid() -> Callable[[str], float]:
    import textstat  # noqa: PLC0415 - its dictionary is slow to load, and only the check needs it

    grade: Callable[[str], float] = textstat.flesch_kincaid_grade
    return grade
