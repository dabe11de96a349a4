"""The sections with an index and a page each: one blueprint a section, made the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, render_template, request

from app.content import tables
from app.content.pages import About, Cause
from app.content.words import AREAS
from app.web.caching import public

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.content.library import Library
    from app.content.pages import Page
    from app.web.sections import Section

FAMILIES: Mapping[str, str] = {
    "compression": "A pressed nerve",
    "reason": "Why a nerve gets pressed",
    "twitching": "Twitching, cramps and shaking",
    "neuropathy": "Nerves that are ill",
    "lookalike": "Feels like a pinched nerve and is not",
}


def section_blueprint(
    section: Section, library: Library, drawn: Mapping[str, Mapping[str, object]]
) -> Blueprint:
    """Make the blueprint of a section: its index and its pages.

    Templates are looked for in the folder of the section's name.

    Args:
        section: the part of the site.
        library: every page.
        drawn: what pages about the site show below their text, by the name that they give it.
    """
    blueprint = Blueprint(section.name, __name__, url_prefix=f"/{section.name}")

    @blueprint.get("/")
    @public
    def index() -> str:
        pages = section.pages(library)
        more = MORE_ON_INDEX.get(section.name, _nothing)(pages, library)
        return render_template(f"{section.name}/index.html", section=section, pages=pages, **more)

    @blueprint.get("/<slug>/")
    @public
    def page(slug: str) -> str | tuple[str, int]:
        found = library.pages.get(slug)
        if found is None or found.kind != section.kind:
            abort(404)
        context = {
            "section": section,
            "page": found,
            "sources": [library.sources[source] for source in found.sources],
            "related": library.related(found),
            "overdue": found.overdue(current_app.config["TODAY"]()),
        }
        if isinstance(found, About) and found.shows:
            context |= drawn[found.shows]
        if found.withdrawn is not None:
            return render_template("layouts/withdrawn.html", **context), 410
        return render_template(f"{section.name}/page.html", **context, library=library)

    return blueprint


def _nothing(_pages: tuple[Page, ...], _library: Library) -> Mapping[str, object]:
    return {}


def _causes(pages: tuple[Page, ...], _library: Library) -> Mapping[str, object]:
    """Filter the causes by the area and the family that the visitor picked."""
    area, family = request.args.get("area", ""), request.args.get("family", "")
    area = area if area in AREAS else ""
    family = family if family in FAMILIES else ""
    causes = [page for page in pages if isinstance(page, Cause)]
    shown = [
        cause
        for cause in causes
        if (not area or area in cause.areas) and (not family or cause.family == family)
    ]
    groups = [
        (title, [cause for cause in shown if cause.family == name])
        for name, title in FAMILIES.items()
        if any(cause.family == name for cause in shown)
    ]
    return {
        "area": area,
        "family": family,
        "groups": groups,
        "shown": len(shown),
        "families": {
            name: title for name, title in FAMILIES.items() if any(c.family == name for c in causes)
        },
        "used_areas": tables.used_areas(tuple(causes)),
    }


def _symptoms(_pages: tuple[Page, ...], library: Library) -> Mapping[str, object]:
    return {"table": tables.areas_and_causes(library.causes)}


def _treatments(_pages: tuple[Page, ...], library: Library) -> Mapping[str, object]:
    return {"table": tables.treatments_compared(library.treatments)}


def _faq(_pages: tuple[Page, ...], library: Library) -> Mapping[str, object]:
    groups = [
        (group, [entry for entry in library.faq if entry.group == group]) for group in library.site.faq_groups
    ]
    return {"groups": [(group, entries) for group, entries in groups if entries]}


MORE_ON_INDEX: Mapping[str, Callable[[tuple[Page, ...], Library], Mapping[str, object]]] = {
    "symptoms": _symptoms,
    "causes": _causes,
    "treatments": _treatments,
    "faq": _faq,
}
