"""The library: every page, cross-linked and unchangeable; the only way to look one up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from app.content.kinship import Kinship
from app.content.pages import (
    About,
    Cause,
    Emergency,
    Exercise,
    FaqEntry,
    Guide,
    Page,
    SiteFacts,
    Source,
    Symptom,
    Term,
    Treatment,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.content.kinship import Kin
    from app.content.searchwords import SearchWords
    from app.content.vocabulary import Vocabulary

P = TypeVar("P", bound=Page)


@dataclass(frozen=True)
class Library:
    """Everything the site knows.

    `pages` holds every page by its slug, withdrawn ones too; the lists by kind leave those out. `digest`
    names the content as it is: the same files have the same digest.
    """

    pages: Mapping[str, Page]
    sources: Mapping[str, Source]
    terms: Mapping[str, Term]
    vocabulary: Vocabulary
    site: SiteFacts
    search: SearchWords
    digest: str = ""

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """Give the causes by title."""
        return self._of(Cause)

    @cached_property
    def emergencies(self) -> tuple[Emergency, ...]:
        """Give the emergencies by title."""
        return self._of(Emergency)

    @cached_property
    def treatments(self) -> tuple[Treatment, ...]:
        """Give the treatments by title."""
        return self._of(Treatment)

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Give the exercises by title."""
        return self._of(Exercise)

    @cached_property
    def symptoms(self) -> tuple[Symptom, ...]:
        """Give the symptoms: those that the site puts first, then the others by title."""
        first: tuple[str, ...] = self.site.first_symptoms
        place = {slug: number for number, slug in enumerate(first)}
        return tuple(sorted(self._of(Symptom), key=lambda page: place.get(page.slug, len(first))))

    @cached_property
    def guides(self) -> tuple[Guide, ...]:
        """Give the guides in their own order."""
        return tuple(sorted(self._of(Guide), key=lambda page: page.order))

    @cached_property
    def faq(self) -> tuple[FaqEntry, ...]:
        """Give the questions, group by group in the site's order."""
        return tuple(sorted(self._of(FaqEntry), key=lambda page: self.site.faq_groups.index(page.group)))

    @cached_property
    def about(self) -> tuple[About, ...]:
        """Give the pages about the site in their own order."""
        return tuple(sorted(self._of(About), key=lambda page: page.order))

    @cached_property
    def names(self) -> tuple[tuple[str, Page], ...]:
        """Give every name of every page by the alphabet; questions and pages about the site have no part."""
        named = [
            (name, page)
            for page in self.pages.values()
            if page.withdrawn is None and page.kind not in ("faq", "about")
            for name in dict.fromkeys((page.title, *page.names))
        ]
        return tuple(sorted(named, key=lambda one: one[0].casefold()))

    @cached_property
    def kinship(self) -> Kinship:
        """Give what the pages share with each other."""
        return Kinship(self)

    def treatments_of(self, cause: Cause) -> tuple[Treatment, ...]:
        """Give the treatments that a cause names, in its order."""
        return self._named(cause.treatments, Treatment)

    def exercises_of(self, cause: Cause) -> tuple[Exercise, ...]:
        """Give the exercises that a cause names, in its order."""
        return self._named(cause.exercises, Exercise)

    def emergencies_of(self, cause: Cause) -> tuple[Emergency, ...]:
        """Give the dangers that a cause names, in its order."""
        return self._named(cause.emergencies, Emergency)

    def causes_helped_by(self, page: Page) -> tuple[Cause, ...]:
        """Give the causes that name a treatment or an exercise."""
        return self._causes_by_help.get(page.slug, ())

    def causes_with(self, symptom: Symptom) -> tuple[Cause, ...]:
        """Give the causes that can bring a symptom."""
        return tuple(cause for cause in self.causes if symptom.slug in cause.symptoms)

    def related(self, page: Page) -> tuple[Kin, ...]:
        """Give the pages to read next, the nearest first, each with the reason."""
        return self.kinship.of(page)

    @cached_property
    def _causes_by_help(self) -> Mapping[str, tuple[Cause, ...]]:
        """Give, by the slug of each treatment and exercise, the causes that name it."""
        helped: dict[str, list[Cause]] = {}
        for cause in self.causes:
            for slug in dict.fromkeys((*cause.treatments, *cause.exercises)):
                helped.setdefault(slug, []).append(cause)
        return {slug: tuple(causes) for slug, causes in helped.items()}

    def _of(self, page_type: type[P]) -> tuple[P, ...]:
        pages = (page for page in self.pages.values() if isinstance(page, page_type))
        return tuple(sorted((page for page in pages if page.withdrawn is None), key=_by_title))

    def _named(self, slugs: Iterable[str], page_type: type[P]) -> tuple[P, ...]:
        pages = (self.pages.get(slug) for slug in slugs)
        return tuple(page for page in pages if isinstance(page, page_type) and page.withdrawn is None)


def _by_title(page: Page) -> str:
    return page.title.casefold()
