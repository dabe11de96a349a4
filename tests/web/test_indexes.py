"""The indexes: how each is narrowed by its address, and how its pages are grouped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.content.words import AREAS
from app.web.bodymap import EVERY, REGIONS, regions_of_area, regions_of_option
from app.web.indexes import FAMILIES, SETTINGS
from tests.web.pages import words_of

if TYPE_CHECKING:
    from app.content.library import Library
    from tests.web.client import Client
    from tests.web.pages import Page

SVG = "{http://www.w3.org/2000/svg}"


def listed(page: Page) -> set[str]:
    """Give the slugs of the pages that an index lists."""
    links = page.all("a", within="page-list") + page.all("a", within="pictured")
    return {one.attrib["href"].split("/")[-2] for one in links}


def in_table(page: Page) -> set[str]:
    """Give the slugs of the pages that have a row."""
    rows = [one for one in page.all("th", within="table") if one.get("scope") == "row"]
    return {link.attrib["href"].split("/")[-2] for row in rows for link in row.iter("a")}


def picked(page: Page) -> set[str | None]:
    """Give the values that the form shows as picked."""
    boxes = {one.get("value") for one in page.all("input", within="filters") if "checked" in one.attrib}
    return boxes | {one.get("value") for one in page.all("option") if "selected" in one.attrib}


@pytest.mark.parametrize("areas", [(), *((area,) for area in AREAS), ("neck", "foot")])
@pytest.mark.parametrize("family", ["", *FAMILIES])
def test_the_causes_are_filtered_by_areas_and_by_family(
    client: Client, library: Library, areas: tuple[str, ...], family: str
) -> None:
    query = "&".join([*(f"area={area}" for area in areas), f"family={family}"])
    page = client.get(f"/causes/?{query}").page
    expected = {
        cause.slug
        for cause in library.causes
        if (not areas or not set(areas).isdisjoint(cause.areas)) and (not family or cause.family == family)
    }
    assert listed(page) == expected
    assert f"{len(expected)} of {len(library.causes)} causes shown." in page.words
    assert ("No cause fits these choices." in page.words) == (not expected)
    assert picked(page) == {*areas, family} - {""}


@pytest.mark.parametrize("query", ["area=moon", "family=moon", "area=moon&family=moon", "area=", "x=%ff"])
def test_a_filter_that_does_not_exist_shows_all(client: Client, library: Library, query: str) -> None:
    assert listed(client.get(f"/causes/?{query}").page) == {cause.slug for cause in library.causes}
    assert listed(client.get(f"/exercises/?{query}").page) == {one.slug for one in library.exercises}
    assert in_table(client.get(f"/treatments/?{query}").page) == {one.slug for one in library.treatments}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("certainty", ["", "low", "moderate"])
@pytest.mark.parametrize("symptom", ["", "cramps-and-spasms"])
def test_the_treatments_are_filtered_by_who_does_them_what_they_help_and_how_sure_it_is(
    client: Client, library: Library, setting: str, certainty: str, symptom: str
) -> None:
    page = client.get(f"/treatments/?setting={setting}&certainty={certainty}&symptom={symptom}").page
    expected = {
        one.slug
        for one in library.treatments
        if one.setting in (setting, "both")
        and (not certainty or one.certainty.grade == certainty)
        and (not symptom or symptom in one.for_symptoms)
    }
    assert in_table(page) == expected
    assert f"{len(expected)} of {len(library.treatments)} treatments shown." in page.words
    assert picked(page) == {setting, certainty, symptom} - {""}


@pytest.mark.parametrize("area", ["neck", "wrist-and-hand", "back"])
def test_the_exercises_are_filtered_by_where_the_causes_are_that_name_them(
    client: Client, library: Library, area: str
) -> None:
    page = client.get(f"/exercises/?area={area}").page
    expected = {slug for cause in library.causes if area in cause.areas for slug in cause.exercises}
    assert listed(page) == expected
    assert len(expected) < len(library.exercises)


def test_causes_stand_under_the_words_of_their_family(client: Client, library: Library) -> None:
    headings = [words_of(one) for one in client.get("/causes/").page.all("h2", within="page")]
    families = {cause.family for cause in library.causes}
    assert headings == [title for name, title in FAMILIES.items() if name in families]


def test_the_questions_stand_in_the_groups_of_the_site(client: Client, library: Library) -> None:
    headings = [words_of(one) for one in client.get("/faq/").page.all("h2", within="page")]
    used = {page.group for page in library.faq}
    assert headings == [group for group in library.site.faq_groups if group in used]


def test_the_treatments_are_compared_in_one_table(client: Client, library: Library) -> None:
    table = client.get("/treatments/").page.one("table")
    assert len(list(table.iter("tr"))) == len(library.treatments) + 1


def test_every_area_lights_up_and_every_region_has_its_areas() -> None:
    assert {area for areas in REGIONS.values() for area in areas} == AREAS.keys() - {"whole-body"}
    assert regions_of_area("whole-body") == regions_of_option("region.many") == EVERY
    assert regions_of_area("back") == "chest_back low_back"
    assert regions_of_option("region.low_back") == "low_back"
    assert regions_of_option("main.pain") == ""


def test_each_place_of_the_home_page_leads_to_its_causes(client: Client) -> None:
    page = client.get("/").page
    links = page.all(f"{SVG}a", within="body-map")
    places = [(one.attrib["href"], one.findtext(f"{SVG}title")) for one in links]
    assert ("/causes/?area=neck&area=shoulder", "Neck and shoulder") in places
    assert {address for address, _ in places} == {
        "/causes/?" + "&".join(f"area={area}" for area in areas) for areas in REGIONS.values()
    }
    # The same links stand beside it in words.
    assert {one.get("tabindex") for one in links} == {"-1"}
