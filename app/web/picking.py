"""Pages that a visitor puts together: treatments side by side, and a sheet of exercises to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from app.content import tables
from app.web.caching import public_by_query
from app.web.picks import pick

if TYPE_CHECKING:
    from app.content.library import Library

MOST_COMPARED = 3
MOST_EXERCISES = 8


def picking_blueprint(library: Library) -> Blueprint:
    """Make the blueprint of the pages that are put together by their address."""
    blueprint = Blueprint("picking", __name__)

    @blueprint.get("/treatments/compare/")
    @public_by_query
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
    @public_by_query
    def sheet() -> str:
        picked = pick(request.args.getlist("e"), library.exercises, library.pages, MOST_EXERCISES)
        return render_template(
            "exercises/sheet.html", picked=picked, most=MOST_EXERCISES, exercises=library.exercises
        )

    return blueprint
