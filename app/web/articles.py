"""The sections with an index and a page each: one blueprint a section, made the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, render_template, request

from app.content.pages import About
from app.web.caching import public, public_by_query
from app.web.indexes import MORE_ON_INDEX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.content.library import Library
    from app.web.sections import Section


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

    filtered = MORE_ON_INDEX.get(section.name)

    @blueprint.get("/")
    @(public_by_query if filtered else public)
    def index() -> str:
        more = filtered(request.args, library) if filtered else {}
        return render_template(
            f"{section.name}/index.html", section=section, pages=section.pages(library), **more
        )

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
