"""What pages say of themselves to search engines: JSON-LD in a block of data, which no browser runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import url_for
from markupsafe import Markup

from app.publishing import structured
from app.publishing.structured import Step
from app.web.rendering import address, public
from app.web.sections import BY_KIND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask import Flask

    from app.content.library import Library
    from app.content.pages import Page
    from app.web.sections import Section


def as_block(described: Mapping[str, Any]) -> Markup:
    """Give a description as it stands in a page; nothing in it can end the block or begin a comment."""
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 - no '<' is left in it


def register(app: Flask, library: Library) -> None:
    """Give templates what they put into their block `structured`.

    Titles and descriptions are those of the page's own blocks, so that none is written twice.
    """

    def structured_page(page: Page) -> Markup:
        way = (*_way_to(BY_KIND[page.kind]), Step(page.title, _whole(page)))
        return as_block(structured.describe_page(page, library, _whole, way))

    def structured_index(section: Section) -> Markup:
        way = _way_to(section)
        if section.kind == "faq":
            return as_block(structured.describe_questions(section.intro, library.faq, _whole, way))
        return as_block(structured.describe_list(section.intro, way))

    def structured_place(
        title: Markup, description: Markup, path: str, above: Sequence[tuple[str, str]] = ()
    ) -> Markup:
        steps = [Step(name, public(target)) for name, target in above]
        way = (_home(), *steps, Step(title.unescape(), public(path)))
        return as_block(structured.describe_place(description.unescape(), way))

    def structured_home(description: Markup) -> Markup:
        search = public(url_for("searching.search", q=""))
        return as_block(structured.describe_site(description.unescape(), _home(), search))

    app.jinja_env.globals.update(
        structured_page=structured_page,
        structured_index=structured_index,
        structured_place=structured_place,
        structured_home=structured_home,
    )


def _home() -> Step:
    return Step("Home", public(url_for("site.home")))


def _way_to(section: Section) -> tuple[Step, ...]:
    return _home(), Step(section.title, public(url_for(f"{section.name}.index")))


def _whole(page: Page) -> str:
    return public(address(page))
