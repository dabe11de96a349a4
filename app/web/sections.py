"""The sections of the site: each kind of page has one, with its address and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.content.keys import Kind
    from app.content.library import Library
    from app.content.pages import Page


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the site that holds the pages of one kind.

    `name` is the blueprint's name, the first part of the address, and the folder of the templates.
    """

    name: str
    kind: Kind
    title: str
    intro: str

    def pages(self, library: Library) -> tuple[Page, ...]:
        """Give the pages that stand in its index, in order."""
        pages: tuple[Page, ...] = getattr(library, self.name)
        return pages


SECTIONS = (
    Section(
        "symptoms",
        "symptom",
        "Symptoms",
        "Begin with what you feel. Each page says what can cause it, what helps, and when to get help.",
    ),
    Section(
        "causes",
        "cause",
        "Causes",
        "What can press on a nerve or make a muscle twitch, and how each one shows.",
    ),
    Section(
        "treatments",
        "treatment",
        "Treatments",
        "What each treatment is, what speaks for it and against it, and how sure that is.",
    ),
    Section(
        "exercises",
        "exercise",
        "Exercises",
        "Gentle movements to do at home, with when to stop and who should not do them.",
    ),
    Section(
        "emergencies",
        "emergency",
        "Emergencies",
        "Dangers that can look like a pinched nerve: what you notice and what to do at once.",
    ),
    Section(
        "guides",
        "guide",
        "Guides",
        "Longer articles, to understand what is going on and what to do about it.",
    ),
    Section(
        "faq", "faq", "Questions and answers", "Short answers, each with a link to the page with the facts."
    ),
    Section(
        "about",
        "about",
        "About",
        "Who writes, how pages are sourced, what the checker is for, and how to reach us.",
    ),
)
BY_KIND: Mapping[str, Section] = {section.kind: section for section in SECTIONS}

# Where the places that texts may link to (`site:…`) are served, by endpoint.
PLACE_ENDPOINTS: Mapping[str, str] = {
    "home": "site.home",
    "get-help-now": "site.get_help_now",
    "glossary": "site.glossary",
    "a-z": "site.a_z",
    "check": "checker.start",
    "offline": "offline.index",
    **{section.name: f"{section.name}.index" for section in SECTIONS},
}
