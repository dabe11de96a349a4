"""What a page speaks of: the pages and the terms that its texts point at, found once, when it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.content.keys import Key
from app.content.leaves import leaves
from app.content.markdown import Inline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.content.guard import Reference
    from app.content.pages import Page


@dataclass(frozen=True, slots=True)
class Mentions:
    """The slugs of other pages and the ids of terms, each once, in the order of the page."""

    pages: tuple[Key, ...] = ()
    terms: tuple[Key, ...] = ()


def mentions_in(page: Page) -> Mentions:
    """Find what the front matter and the body of a page speak of."""
    found: dict[str, dict[Key, None]] = {"page": {}, "term": {}}
    for reference in _references_in(page):
        if reference.kind in found and (reference.kind, reference.key) != ("page", page.slug):
            found[reference.kind][Key(reference.key)] = None
    return Mentions(tuple(found["page"]), tuple(found["term"]))


def _references_in(page: Page) -> Iterator[Reference]:
    """Yield what the texts of a page point at, those of its front matter first."""
    for _, leaf in leaves(page):
        if isinstance(leaf, Inline):
            yield from leaf.references
    for placed in page.body.references:
        yield placed.reference
