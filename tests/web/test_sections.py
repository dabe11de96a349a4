"""Every section is a part of the site, and every place that texts may link to is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.content.guard import PLACES
from app.content.pages import PAGE_TYPES
from app.web.sections import BY_KIND, PLACE_ENDPOINTS, SECTIONS, Section

if TYPE_CHECKING:
    from flask import Flask

    from app.content.library import Library
    from tests.web.client import Client


def test_texts_may_link_to_the_places_that_are_served() -> None:
    assert PLACE_ENDPOINTS.keys() == PLACES


def test_every_place_is_a_view_of_the_site(app: Flask) -> None:
    assert set(PLACE_ENDPOINTS.values()) <= app.view_functions.keys()


def test_every_kind_of_page_has_its_section() -> None:
    assert BY_KIND.keys() == {page_type.kind for page_type in PAGE_TYPES.values()}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_an_index_links_to_every_page_of_its_section(
    client: Client, library: Library, section: Section
) -> None:
    page = client.get(f"/{section.name}/").page
    listed = [one.attrib["href"] for one in page.all("a", within="page")]
    expected = {f"/{section.name}/{one.slug}/" for one in section.pages(library)}
    assert expected <= set(listed)
    assert page.heading == section.title
