"""What programs look for at set addresses: the feed, the sitemap, and the files for robots and reporters."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, render_template, url_for

from app.publishing.feeds import atom_feed, last_modified, sitemap
from app.web import caching
from app.web.rendering import address, public
from app.web.sections import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.content.library import Library
    from app.content.pages import Page

# Pages that stand by themselves and that search engines may list. No day of a change is kept of them.
SINGLE = (
    "site.home",
    "site.get_help_now",
    "checker.start",
    "site.a_z",
    "site.glossary",
    "picking.compare",
    "picking.sheet",
    "openjson.explanation",
    "offline.index",
)
# RFC 9116 wants it to be less than a year.
CONTACT_HOLDS = datetime.timedelta(days=180)


def discovery_blueprint(
    library: Library, weighing: Callable[[Page], str | None], contact: str | None, *, checker: bool
) -> Blueprint:
    """Make the blueprint of what programs look for.

    Args:
        library: every page.
        weighing: gives, of a page, the address at which its rules and weights are shown; None without any.
        contact: where the operator is reached, if they say so.
        checker: whether the symptom checker is switched on.
    """
    blueprint = Blueprint("discovery", __name__)

    @blueprint.get("/changes.atom")
    @caching.public
    def feed() -> Response:
        def address_of(page: Page) -> str:
            return public(address(page))

        home, itself = public(url_for("site.home")), public(url_for("discovery.feed"))
        text = atom_feed(library, address_of, home, itself)
        return Response(text, mimetype="application/atom+xml")

    @blueprint.get("/sitemap.xml")
    @caching.public
    def places() -> Response:
        off = () if checker else (url_for("checker.start"),)
        found = [(public(path), day) for path, day in _places(library, weighing) if path not in off]
        return Response(sitemap(found), mimetype="application/xml")

    @blueprint.get("/robots.txt")
    @caching.public
    def robots() -> Response:
        return _text("robots.txt", sitemap=public(url_for("discovery.places")))

    @blueprint.get("/llms.txt")
    @caching.public
    def language_models() -> Response:
        there = [page for page in library.pages.values() if page.withdrawn is None]
        reviewed = sum(page.reviewed_by is not None for page in there)
        return _text("llms.txt", public=public, library=library, of=len(there), reviewed=reviewed)

    @blueprint.get("/.well-known/security.txt")
    @caching.public
    def security() -> Response:
        if contact is None:
            abort(404)
        return _text(
            "security.txt",
            reached=contact if contact.startswith("https://") else f"mailto:{contact}",
            expires=current_app.config["TODAY"]() + CONTACT_HOLDS,
            itself=public(url_for("discovery.security")),
        )

    return blueprint


def _places(
    library: Library, weighing: Callable[[Page], str | None]
) -> Iterator[tuple[str, datetime.date | None]]:
    """Yield the path of everything that search engines may list, with the day of its last change."""
    for endpoint in SINGLE:
        yield url_for(endpoint), None
    for section in SECTIONS:
        dated = [(page, last_modified(page)) for page in section.pages(library)]
        yield url_for(f"{section.name}.index"), max((day for _, day in dated), default=None)
        for page, day in dated:
            yield address(page), day
            weighed = weighing(page)
            if weighed is not None:
                yield weighed, day


def _text(name: str, **values: object) -> Response:
    return Response(render_template(f"discovery/{name}", **values), mimetype="text/plain")
