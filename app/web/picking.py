"""Pages that a visitor puts together: treatments side by side, and a sheet of exercises to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from flask import Blueprint, render_template, request

from app.content import tables
from app.content.pages import Page
from app.web.caching import public

if TYPE_CHECKING:
    from app.content.library import Library

P = TypeVar("P", bound=Page)

MOST_COMPARED = 3
MOST_EXERCISES = 8


@dataclass(frozen=True, slots=True)
class Picked(Generic[P]):
    """What was picked by the address: the pages, the names that are no page, and whether it was too many."""

    pages: tuple[P, ...]
    unknown: tuple[str, ...]
    too_many: bool


def pick(slugs: list[str], offered: tuple[P, ...], most: int) -> Picked[P]:
    """Find pages by their slugs.

    Args:
        slugs: what the address names, in its order; one named twice counts once.
        offered: the pages to pick from.
        most: how many are shown.
    """
    by_slug = {page.slug: page for page in offered}
    named = list(dict.fromkeys(slugs))
    pages = [by_slug[slug] for slug in named if slug in by_slug]
    unknown = tuple(slug for slug in named if slug not in by_slug)
    return Picked(tuple(pages[:most]), unknown, len(pages) > most)


def picking_blueprint(library: Library) -> Blueprint:
    """Make the blueprint of the pages that are put together by their address."""
    blueprint = Blueprint("picking", __name__)

    @blueprint.get("/treatments/compare/")
    @public
    def compare() -> str:
        picked = pick(request.args.getlist("t"), library.treatments, MOST_COMPARED)
        return render_template(
            "treatments/compare.html",
            picked=picked,
            most=MOST_COMPARED,
            treatments=library.treatments,
            table=tables.side_by_side(picked.pages),
        )

    @blueprint.get("/exercises/sheet/")
    @public
    def sheet() -> str:
        picked = pick(request.args.getlist("e"), library.exercises, MOST_EXERCISES)
        return render_template(
            "exercises/sheet.html", picked=picked, most=MOST_EXERCISES, exercises=library.exercises
        )

    return blueprint
