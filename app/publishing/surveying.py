"""The library -> the open JSON of what lists pages, terms and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.content.pages import Article
from app.publishing.overviews import (
    CrisisRecord,
    DangerEntry,
    GlossaryRecord,
    HelpRecord,
    NameEntry,
    NamesRecord,
    NumbersRecord,
    PageEntry,
    SectionEntry,
    SectionRecord,
    SiteRecord,
    TermRecord,
)
from app.publishing.structured import LANGUAGE, PUBLISHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.content.library import Library
    from app.content.pages import CrisisLine, EmergencyNumber, Page
    from app.publishing.recording import Recorder
    from app.publishing.records import Link


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the site: its name, its words, its addresses and its pages in order."""

    name: str
    title: str
    intro: str
    url: str
    json_url: str
    pages: tuple[Page, ...]


def survey_site(url: str, parts: Iterable[Part], others: Iterable[Link], recorder: Recorder) -> SiteRecord:
    """Give the whole site: its parts with their pages, and the lists besides."""
    return SiteRecord(
        name=PUBLISHER,
        url=url,
        language=LANGUAGE,
        sections=tuple(_entry(part, recorder) for part in parts),
        others=tuple(others),
    )


def survey_part(part: Part, recorder: Recorder) -> SectionRecord:
    """Give one part of the site."""
    return SectionRecord(**dict(_entry(part, recorder)))


def survey_terms(url: str, term_address: Callable[[str], str], recorder: Recorder) -> GlossaryRecord:
    """Give the glossary.

    Args:
        url: where it is read.
        term_address: gives the whole address of a term by its slug.
        recorder: draws the parts.
    """
    terms = sorted(recorder.library.terms.items(), key=lambda item: item[1].term.casefold())
    return GlossaryRecord(
        url=url,
        terms=tuple(
            TermRecord(
                slug=slug,
                url=term_address(slug),
                term=term.term,
                said=term.said,
                also=term.also,
                plain=recorder.words(term.plain),
                sources=tuple(recorder.source(key) for key in term.sources),
            )
            for slug, term in terms
        ),
    )


def survey_names(url: str, recorder: Recorder) -> NamesRecord:
    """Give every name of every page, by the alphabet."""
    names = (NameEntry(**recorder.linked(page), name=name) for name, page in recorder.library.names)
    return NamesRecord(url=url, names=tuple(names))


def survey_help(url: str, recorder: Recorder) -> HelpRecord:
    """Give the emergency numbers and the dangers."""
    library: Library = recorder.library
    return HelpRecord(
        url=url,
        numbers=tuple(_numbers(country, recorder) for country in library.site.emergency_numbers),
        dangers=tuple(
            DangerEntry(**recorder.linked(page), headline=page.headline, level=page.level)
            for page in library.emergencies
        ),
    )


def _entry(part: Part, recorder: Recorder) -> SectionEntry:
    pages = tuple(
        PageEntry(
            **recorder.linked(page),
            kind=page.kind,
            slug=page.slug,
            names=page.names,
            description=page.description if isinstance(page, Article) else None,
        )
        for page in part.pages
    )
    return SectionEntry(
        name=part.name,
        title=part.title,
        intro=part.intro,
        url=part.url,
        json_url=part.json_url,
        pages=pages,
    )


def _numbers(country: EmergencyNumber, recorder: Recorder) -> NumbersRecord:
    return NumbersRecord(
        country=country.country,
        code=country.code,
        ambulance=country.ambulance,
        note=country.note,
        crisis=tuple(_crisis(line, recorder) for line in country.crisis),
        source=recorder.source(country.source),
    )


def _crisis(line: CrisisLine, recorder: Recorder) -> CrisisRecord:
    return CrisisRecord(
        name=line.name, number=line.number, words=line.text, source=recorder.source(line.source)
    )
