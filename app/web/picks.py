"""What a visitor picks by the address: pages by their slugs, and what could not be shown of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from app.content.pages import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

P = TypeVar("P", bound=Page)

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
