"""Every file that the site offers to programs, with the words that explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, url_for

from app.publishing.openapi import File
from app.publishing.overviews import (
    FilesRecord,
    GlossaryRecord,
    HelpRecord,
    NamesRecord,
    SectionRecord,
    SiteRecord,
)
from app.publishing.recording import RECORD_OF_KIND
from app.web.sections import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.content.library import Library
    from app.web.sections import Section

FHIR = "application/fhir+json"
_ONE = {
    "symptom": "a symptom",
    "cause": "a cause",
    "treatment": "a treatment",
    "exercise": "an exercise",
    "emergency": "an emergency",
    "guide": "a guide",
    "faq": "a question",
    "about": "a page about the site",
}


def files_of(library: Library) -> tuple[File, ...]:
    """Give every file; those of the checker only where it is switched on and shows its rules."""
    return tuple(_files(library))


def _files(library: Library) -> Iterator[File]:
    yield File(
        url_for("openjson.site"),
        "The site",
        "Every part of the site with every page: its names, its description, and where its JSON is.",
        SiteRecord,
    )
    rules = url_for("workings.account") if "workings.account" in current_app.view_functions else None
    for section in SECTIONS:
        yield File(
            url_for("openjson.section", section_name=section.name),
            section.title,
            section.intro,
            SectionRecord,
        )
        yield _pages(section, library, rules)
    yield File(
        url_for("openjson.glossary"),
        "Glossary",
        "Every medical word in plain words, with its sources.",
        GlossaryRecord,
    )
    yield File(
        url_for("openjson.a_z"), "A to Z", "Every page by its name and by its other names.", NamesRecord
    )
    yield File(
        url_for("openjson.get_help_now"),
        "Get help now",
        "Emergency numbers and crisis lines by country, each with its source, and every danger.",
        HelpRecord,
    )
    if rules:
        yield File(
            rules,
            "The rules of the symptom checker",
            "Every question, danger rule and weight that runs, each with its source. "
            "No clinician has reviewed them.",
            None,
        )
    if "checker.questionnaire" in current_app.view_functions:
        yield File(
            url_for("checker.questionnaire"),
            "The questions of the symptom checker",
            "The questionnaire as an HL7 FHIR Questionnaire.",
            None,
            FHIR,
        )
    yield File(url_for("openjson.files"), "This list", "Every file, for programs.", FilesRecord)


def _pages(section: Section, library: Library, rules: str | None) -> File:
    """Give the file of each page of a section; at the address of one page stand the rules of the checker."""
    path = url_for("openjson.page", section_name=section.name, slug="SLUG").replace("SLUG", "{slug}")
    slugs = (page.slug for page in section.pages(library))
    return File(
        path,
        f"{_ONE[section.kind].capitalize()}",
        f"Everything that the page of {_ONE[section.kind]} holds, with its text as HTML and its sources.",
        RECORD_OF_KIND[section.kind],
        slugs=tuple(slug for slug in slugs if path.replace("{slug}", slug) != rules),
    )
