"""The rules for what a page of each kind must have."""

from __future__ import annotations

import datetime
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.content.blocks import Figure
from app.content.pages import Cause, Emergency, Exercise, Page, Symptom, Treatment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.content.editorial.passages import Wording

FEWEST_ORGANISATIONS = 2
LONGEST_ALTERNATIVE = 250
_YEAR = datetime.timedelta(days=366)
_SECTION = 2

SECTIONS: Mapping[type[Page], tuple[str, ...]] = MappingProxyType(
    {
        Cause: (
            "Where you feel it",
            "What it feels like",
            "Does it cause twitching?",
            "Why it happens",
            "What you can do now",
            "Treatments",
            "Exercises",
            "How it is found",
            "How long it lasts",
            "When to see a doctor",
        ),
        Emergency: (
            "What to do now",
            "What you notice",
            "Why it is dangerous",
            "Until help comes",
            "What not to do",
            "What it can be mistaken for",
        ),
        Treatment: (
            "What it is and how it works",
            "Who it helps",
            "Benefits",
            "Downsides and risks",
            "How long until it works",
            "What happens without it",
            "Alternatives",
            "Who should not use it",
            "What is not known",
        ),
        Exercise: ("Why it may help", "Helps with"),
        Symptom: ("What it feels like", "What can cause it", "What helps", "When to get help"),
    }
)

_SAYS_NOTHING = re.compile(
    r"(an? )?(image|picture|photo|drawing|figure|diagram|illustration)\b", re.IGNORECASE
)


def check_sections(wording: Wording) -> Iterator[tuple[int, str]]:
    """A page has the sections of its kind, in their order; others may stand between them."""
    needed = SECTIONS.get(type(wording.page), ())
    there = [heading.text for heading in wording.page.body.headings if heading.level == _SECTION]
    missing = [section for section in needed if section not in there]
    if missing:
        yield (
            wording.first_line,
            f"the section '## {missing[0]}' is missing; the order is {', '.join(needed)}",
        )
    elif tuple(section for section in there if section in needed) != needed:
        yield wording.first_line, f"the sections stand in another order; keep to {', '.join(needed)}"


def check_organisations(wording: Wording) -> Iterator[tuple[int, str]]:
    """A cause, a treatment and an emergency stand on sources of two organisations at least."""
    page = wording.page
    if isinstance(page, Cause | Treatment | Emergency):
        organisations = {wording.library.sources[source].organisation for source in page.sources}
        if len(organisations) < FEWEST_ORGANISATIONS:
            how = f"the sources are of {len(organisations)} organisation; add one of another"
            yield wording.lines.at(("sources",)), how


def check_review_interval(wording: Wording) -> Iterator[tuple[int, str]]:
    """The next review is at most 3 years after the last check of the sources, for an emergency at most 1."""
    page = wording.page
    years = 1 if isinstance(page, Emergency) else 3
    if page.review_due - page.sources_checked > years * _YEAR:
        how = f"the review is due more than {years} year{'s' * (years > 1)} after the check; keep to that"
        yield wording.lines.at(("review_due",)), how


def check_alternatives(wording: Wording) -> Iterator[tuple[int, str]]:
    """What is said in place of a drawing says what it shows, in at most 250 letters."""
    for part in wording.page.body.parts:
        if isinstance(part, Figure):
            text = part.alternative
            if _SAYS_NOTHING.match(text):
                yield part.line, f"'{text.split()[0]} …' tells a listener nothing; say what the drawing shows"
            elif len(text) > LONGEST_ALTERNATIVE:
                how = (
                    f"{len(text)} letters in place of a drawing, at most {LONGEST_ALTERNATIVE}; "
                    f"say the rest in the text"
                )
                yield part.line, how
