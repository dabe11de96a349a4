"""The cards: what a link to a page looks like where people share it. tools/draw_cards.py draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.web.assets import address_of_asset
from app.web.rendering import public
from app.web.sections import BY_KIND, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from app.content.library import Library
    from app.content.pages import Page
    from app.web.sections import Section

FOLDER = "cards"
# What each card was drawn of (tools/draw_cards.py).
INDEX = "index.json"
WIDTH, HEIGHT = 1200, 630


@dataclass(frozen=True, slots=True)
class Card:
    """A picture with words: the title of a page, and the section in which it stands.

    `name` is its file below static/cards/, without the ending.
    """

    name: str
    section: str
    title: str

    @property
    def file(self) -> str:
        """Give its file below static/."""
        return f"{FOLDER}/{self.name}.png"

    @property
    def words(self) -> str:
        """Give what stands on it, for those who cannot see it."""
        return ": ".join(part for part in ("Nervewise", self.section, self.title) if part)


SITE = Card("nervewise", "", "Pinched nerves and muscle twitching, explained")


def cards_of(library: Library) -> Iterator[Card]:
    """Yield the card of the site, of each section, and of each page that is not withdrawn."""
    yield SITE
    for section in SECTIONS:
        yield _card_of_section(section)
        for page in section.pages(library):
            yield _card_of_page(page)


def register(app: Flask) -> None:
    """Tell templates which card stands for what they show.

    A page that is newer than the drawn cards is shown by the card of its section: an editor can add one
    without drawing.
    """
    drawn = app.config["ASSET_DIGESTS"]

    def card_of(page: Page | None, section: Section | None) -> Card:
        if page is not None and (card := _card_of_page(page)).file in drawn:
            return card
        section = BY_KIND[page.kind] if page is not None else section
        return SITE if section is None else _card_of_section(section)

    app.jinja_env.globals.update(
        card_of=card_of,
        card_address=lambda card: public(address_of_asset(card.file)),
        card_size=(WIDTH, HEIGHT),
        public=public,
    )


def _card_of_section(section: Section) -> Card:
    return Card(section.name, "", section.title)


def _card_of_page(page: Page) -> Card:
    section = BY_KIND[page.kind]
    return Card(f"{section.name}/{page.slug}", section.title, page.title)
