"""The pages that stand by themselves: home, get help now, glossary, A to Z."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from app.content import tables
from app.content.pages import FaqEntry
from app.web.caching import public
from app.web.rendering import address

if TYPE_CHECKING:
    from app.content.library import Library


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the A to Z: names and the page they lead to.

    Attributes:
        names: the page's title; or other names of it that follow each other in the alphabet, in one link.
        address: where the page is.
        title: the page's title, when the names are other ones.
    """

    names: tuple[str, ...]
    address: str
    title: str | None


def site_blueprint(library: Library) -> Blueprint:
    """Make the blueprint of the single pages."""
    blueprint = Blueprint("site", __name__)

    @blueprint.get("/")
    @public
    def home() -> str:
        asked = [
            page for slug in library.site.most_asked if isinstance(page := library.pages[slug], FaqEntry)
        ]
        return render_template(
            "site/home.html",
            symptoms=library.symptoms,
            guides=library.guides,
            used_areas=tables.used_areas(library.causes),
            asked=asked,
        )

    @blueprint.get("/get-help-now/")
    @public
    def get_help_now() -> str:
        emergencies = {page.slug: page for page in library.emergencies if page.level == "emergency"}
        first = [emergencies.pop(slug) for slug in library.site.first_dangers if slug in emergencies]
        return render_template(
            "site/get_help_now.html",
            first=first,
            emergencies=list(emergencies.values()),
            urgent=[page for page in library.emergencies if page.level == "urgent"],
            numbers=library.site.emergency_numbers,
            sources=library.sources,
        )

    @blueprint.get("/glossary/")
    @public
    def glossary() -> str:
        terms = sorted(library.terms.items(), key=lambda item: item[1].term.casefold())
        return render_template("site/glossary.html", terms=terms, sources=library.sources)

    @blueprint.get("/a-z/")
    @public
    def a_z() -> str:
        return render_template("site/a_z.html", letters=_letters(library))

    return blueprint


def _letters(library: Library) -> dict[str, list[Entry]]:
    """Give every page by its title and by its other names, letter by letter; letters may be empty."""
    letters: dict[str, list[Entry]] = {letter: [] for letter in string.ascii_uppercase}
    for name, page in library.names:
        first = next((character for character in name.upper() if character in letters), None)
        if first is None:
            continue
        names: tuple[str, ...] = (name,)
        title = None if name == page.title else page.title
        before = letters[first][-1] if letters[first] else None
        if title and before and (before.address, before.title) == (address(page), title):
            names = (*letters[first].pop().names, name)
        letters[first].append(Entry(names, address(page), title))
    return letters
