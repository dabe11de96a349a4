"""What a page takes for granted of the rest of the content.

Whether a page is right hangs on its own file and on these claims alone. So a page in which nothing was wrong
is right as long as its claims hold, and is neither parsed nor checked anew until then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.content.blocks import DrawnTable, Figure
from app.content.guard import PLACES
from app.content.keys import OptionId, Slug, SourceId
from app.content.leaves import leaves
from app.content.pages import Exercise, FaqEntry, Page, Symptom

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from app.content.guard import Reference
    from app.content.library import Library

# What is claimed, of what kind it must be (of a page), its name, and the heading on it.
Claim = tuple[str, str, str, str]


def claims_of(page: Page) -> tuple[Claim, ...]:
    """Give what a page takes for granted, each thing once."""
    return tuple(dict.fromkeys(_claims_of(page)))


def sources_claimed(claims: Iterable[Claim]) -> set[str]:
    """Give the sources among some claims."""
    return {name for what, _, name, _ in claims if what == "source"}


def claims_that_fail(
    claims: Collection[Claim], library: Library, drawings: Collection[str], unread: Collection[str]
) -> set[Claim]:
    """Give those of some claims that do not hold.

    Args:
        claims: what pages take for granted.
        library: the content.
        drawings: the names of the drawings.
        unread: slugs of pages that are there and could not be read; what hangs on them is left unsaid.
    """
    there: dict[str, Collection[str]] = {
        "source": library.sources,
        "option": library.vocabulary.options,
        "term": library.terms,
        "site": PLACES,
        "drawing": drawings,
        "group": library.site.faq_groups,
    }
    return {
        claim
        for claim in claims
        if not (
            (claim[2] in unread or _page_is_there(claim, library))
            if claim[0] == "page"
            else claim[2] in there[claim[0]]
        )
    }


def _page_is_there(claim: Claim, library: Library) -> bool:
    _, kind, slug, fragment = claim
    page = library.pages.get(slug)
    return (
        page is not None
        and page.withdrawn is None
        and kind in ("", page.kind)
        and (not fragment or fragment in page.body.anchors)
    )


def _claims_of(page: Page) -> Iterator[Claim]:
    for _, leaf in leaves(page):
        if isinstance(leaf, SourceId):
            yield "source", "", str(leaf), ""
        elif isinstance(leaf, OptionId):
            yield "option", "", str(leaf), ""
        elif isinstance(leaf, Slug):
            yield "page", leaf.kind or "", str(leaf), ""
        else:
            yield from _claims_of_references(getattr(leaf, "references", ()))
    yield from _claims_of_references(placed.reference for placed in page.body.references)
    yield from _claims_on_drawings(page)
    for part in page.body.parts:
        if isinstance(part, DrawnTable):
            yield from (("page", "cause", slug, "") for slug in part.arguments)
    if isinstance(page, FaqEntry):
        yield "group", "", page.group, ""


def _claims_on_drawings(page: Page) -> Iterator[Claim]:
    drawings = [part.drawing for part in page.body.parts if isinstance(part, Figure)]
    if isinstance(page, Exercise) and page.picture:
        drawings.append(page.picture.drawing)
    if isinstance(page, Symptom) and page.icon:
        drawings.append(page.icon)
    yield from (("drawing", "", drawing, "") for drawing in drawings)


def _claims_of_references(references: Iterable[Reference]) -> Iterator[Claim]:
    """An anchor on the page itself is no claim, since the page's own file tells whether it is there."""
    for reference in references:
        if reference.kind != "anchor":
            fragment = reference.fragment if reference.kind == "page" else ""
            yield reference.kind, "", reference.key, fragment
