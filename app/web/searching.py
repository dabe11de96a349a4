"""The search: its page, suggestions while one types, and its description for browsers. No query is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from app.search.documents import TERM
from app.search.excerpts import excerpt_of
from app.search.query import LONGEST
from app.web import caching, limiting
from app.web.rendering import address, public
from app.web.sections import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.content.library import Library
    from app.content.pages import Page
    from app.search.excerpts import Piece
    from app.search.index import SearchIndex
    from app.search.results import Found

ON_A_PAGE = 10
MOST_SUGGESTED = 7


@dataclass(frozen=True, slots=True)
class Result:
    """A page that was found, and the part of it that fits best."""

    page: Page
    excerpt: tuple[Piece, ...]


def searching_blueprint(library: Library, index: Callable[[], SearchIndex]) -> Blueprint:
    """Make the blueprint of the search.

    Args:
        library: every page.
        index: gives the index; it is called at the first search.
    """
    blueprint = Blueprint("searching", __name__, url_prefix="/search")

    @blueprint.get("/")
    @caching.fresh
    def search() -> str:
        typed = _typed()
        refusal = limiting.refusal("search")
        if refusal is not None and not index().speaks_of_danger(typed):
            raise refusal
        found = index().search(typed)
        counts = Counter(hit.document.kind for hit in found.hits)
        kinds = {section.kind: section.title for section in SECTIONS if counts[section.kind]}
        kind = request.args.get("kind", "")
        kind = kind if kind in kinds else ""
        hits = [hit for hit in found.hits if not kind or hit.document.kind == kind]
        number = _page_number(len(hits))
        return render_template(
            "search/index.html",
            typed=typed,
            found=found,
            results=_results(library, found, [hit.document.slug for hit in hits], number),
            number=number,
            more=len(hits) > number * ON_A_PAGE,
            total=len(hits),
            kind=kind,
            kinds=kinds,
            counts=counts,
            danger=library.pages[found.danger.slug] if found.danger else None,
            terms=[(one.slug, library.terms[one.slug]) for one in found.terms],
        )

    def _results(library: Library, found: Found, slugs: Sequence[str], number: int) -> list[Result]:
        documents = {hit.document.slug: hit.document for hit in found.hits}
        shown = slugs[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        return [Result(library.pages[slug], excerpt_of(documents[slug], found.wanted)) for slug in shown]

    @blueprint.get("/suggest/")
    @caching.fresh
    def suggest() -> Response:
        refusal = limiting.refusal("suggest")
        if refusal is not None:
            raise refusal
        documents = index().suggest(_typed(), MOST_SUGGESTED)
        pages = [library.pages[one.slug] for one in documents if one.kind != TERM]
        return jsonify([{"title": page.title, "address": address(page)} for page in pages])

    @blueprint.get("/opensearch.xml")
    @caching.public
    def description() -> Response:
        text = render_template("search/opensearch.xml", search=public(url_for("searching.search")))
        return Response(text, mimetype="application/opensearchdescription+xml")

    return blueprint


def _typed() -> str:
    """Give what was typed, as far as it is read; what cannot be shown is a space."""
    typed = request.args.get("q", "")[:LONGEST]
    return "".join(letter if letter.isprintable() else " " for letter in typed).strip()


def _page_number(hits: int) -> int:
    """Give the number of the page of results that is asked for; the first if there is none of that number."""
    asked = request.args.get("page", "1")
    last = max(1, -(-hits // ON_A_PAGE))
    return int(asked) if asked.isdecimal() and len(asked) < len("1000") and 1 <= int(asked) <= last else 1
