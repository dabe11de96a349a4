"""Pages that a visitor puts together: treatments side by side, and a sheet of exercises to print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from flask import Blueprint, render_template, request

from app.content import tables
from app.content.pages import Page
from app.web.caching import public

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.content.library import Library

P = TypeVar("P", bound=Page)

MOST_COMPARED = 3
MOST_EXERCISES = 8
# Only what looks like a name of a page is said again: an address must not put its own words on a page.
_NAME = re.compile(r"[a-z0-9-]{1,60}")


@dataclass(frozen=True, slots=True)
class Picked(Generic[P]):
    """What was picked by the address.

    `withdrawn` are pages that were offered once, `unknown` names that are no page here; `garbled` tells that
    the address holds more than that.
    """

    pages: tuple[P, ...]
    withdrawn: tuple[Page, ...]
    unknown: tuple[str, ...]
    garbled: bool
    too_many: bool


def pick(slugs: list[str], offered: tuple[P, ...], every: Mapping[str, Page], most: int) -> Picked[P]:
    """Find pages by their slugs.

    Args:
        slugs: what the address names, in its order; one named twice counts once.
        offered: the pages to pick from.
        every: every page by its slug, withdrawn ones too.
        most: how many are shown.
    """
    by_slug = {page.slug: page for page in offered}
    named = [slug for slug in dict.fromkeys(slugs) if slug]
    pages = [by_slug[slug] for slug in named if slug in by_slug]
    others = [slug for slug in named if slug not in by_slug]
    withdrawn = [every[slug] for slug in others if slug in every and every[slug].withdrawn is not None]
    gone = {page.slug for page in withdrawn}
    unknown = [slug for slug in others if slug not in gone and _NAME.fullmatch(slug)][:most]
    return Picked(
        pages=tuple(pages[:most]),
        withdrawn=tuple(withdrawn),
        unknown=tuple(unknown),
        garbled=len(gone) + len(unknown) < len(others),
        too_many=len(pages) > most,
    )


def picking_blueprint(library: Library) -> Blueprint:
    """Make the blueprint of the pages that are put together by their address."""
    blueprint = Blueprint("picking", __name__)

    @blueprint.get("/treatments/compare/")
    @public
    def compare() -> str:
        picked = pick(request.args.getlist("t"), library.treatments, library.pages, MOST_COMPARED)
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
        picked = pick(request.args.getlist("e"), library.exercises, library.pages, MOST_EXERCISES)
        return render_template(
            "exercises/sheet.html", picked=picked, most=MOST_EXERCISES, exercises=library.exercises
        )

    return blueprint
