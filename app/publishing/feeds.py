"""What feed readers and search engines are given: an Atom feed of the pages, and a map of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from app.content.pages import Article

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable

    from app.content.library import Library
    from app.content.pages import Page

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
TITLE = "Nervewise: new and changed pages"


def last_modified(page: Page) -> datetime.date:
    """Give the day on which a page was last changed or held against its sources, whichever is later."""
    return max([page.sources_checked, *(change.date for change in page.changes)])


def atom_feed(library: Library, address_of: Callable[[Page], str], home: str, feed: str) -> bytes:
    """Give every page that tells its changes, the one that changed last first, as an Atom feed (RFC 4287).

    A page has one entry, named by its address, which rises when the page changes. A withdrawn page stays in
    it, since whoever has read the page should hear of that.

    Args:
        library: every page.
        address_of: gives the whole address of a page.
        home: the whole address of the home page.
        feed: the whole address of the feed itself.
    """
    changed = [page for page in library.pages.values() if page.changes]
    changed.sort(key=lambda page: page.title.casefold())
    changed.sort(key=lambda page: page.changes[0].date, reverse=True)
    # A feed must say when it changed; before the first change that is when its pages were written.
    updated = changed[0].changes[0].date if changed else max(map(last_modified, library.pages.values()))
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _add(root, "title", TITLE)
    _add(root, "id", feed)
    _add(root, "updated", _midnight(updated))
    SubElement(root, "link", rel="self", type="application/atom+xml", href=feed)
    SubElement(root, "link", rel="alternate", type="text/html", href=home)
    _add(SubElement(root, "author"), "name", "Nervewise")
    for page in changed:
        root.append(_entry(page, address_of(page)))
    return _written(root)


def sitemap(places: Iterable[tuple[str, datetime.date | None]]) -> bytes:
    """Give a map of a site's addresses by the protocol of sitemaps.org.

    Args:
        places: whole addresses, each with the day of its last change where one is known.
    """
    root = Element("urlset", xmlns=SITEMAP)
    for address, modified in places:
        place = SubElement(root, "url")
        _add(place, "loc", address)
        if modified is not None:
            _add(place, "lastmod", modified.isoformat())
    return _written(root)


def _entry(page: Page, address: str) -> Element:
    entry = Element("entry")
    _add(entry, "title", page.title if page.withdrawn is None else f"Withdrawn: {page.title}")
    _add(entry, "id", address)
    _add(entry, "published", _midnight(page.changes[-1].date))
    _add(entry, "updated", _midnight(page.changes[0].date))
    SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    about = page.description if isinstance(page, Article) and page.withdrawn is None else page.withdrawn or ""
    _add(entry, "summary", f"{page.changes[0].text} {about}".strip())
    return entry


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _midnight(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _written(root: Element) -> bytes:
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
