"""Treatments side by side and a sheet of exercises: put together by the address alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.content.pages import Exercise, Treatment
from app.web.picking import MOST_COMPARED, MOST_EXERCISES
from app.web.picks import pick
from tests.web.pages import words_of

if TYPE_CHECKING:
    from app.content.library import Library
    from tests.web.client import Client

COMPARE, SHEET = "/treatments/compare/", "/exercises/sheet/"


def test_pages_are_picked_once_each_in_the_order_of_the_address(library: Library) -> None:
    picked = pick(["nsaid", "no-such", "", "heat", "nsaid"], library.treatments, library.pages, 3)
    assert [page.slug for page in picked.pages] == ["nsaid", "heat"]
    assert (picked.unknown, picked.garbled, picked.too_many) == (("no-such",), False, False)
    assert pick(["nsaid", "heat"], library.treatments, library.pages, 1).too_many


def test_a_withdrawn_page_is_not_called_unknown(library: Library) -> None:
    heat = library.pages["heat"]
    gone = heat.model_copy(update={"withdrawn": "It was doubled."})
    offered = tuple(page for page in library.treatments if page is not heat)
    picked = pick(["heat"], offered, {**library.pages, "heat": gone}, 3)
    assert (picked.pages, picked.withdrawn, picked.unknown, picked.garbled) == ((), (gone,), (), False)


@pytest.mark.parametrize("words", ["Stop%20your%20insulin", "%00", "a" * 61, "x&t=".join("abcdef")])
def test_an_address_cannot_put_its_words_on_the_page(client: Client, words: str) -> None:
    (notice,) = client.get(f"{COMPARE}?t={words}").page.all("section", class_="notice")
    assert "other words that are no page here" in words_of(notice)
    assert "insulin" not in words_of(notice)
    assert "\0" not in words_of(notice)


def test_empty_names_are_no_names(client: Client) -> None:
    assert client.get(f"{COMPARE}?t=&t=").page.all("section", class_="notice") == []


def test_treatments_stand_side_by_side_with_all_that_speaks_for_and_against_them(
    client: Client, library: Library
) -> None:
    page = client.get(f"{COMPARE}?t=wrist-night-splint&t=carpal-tunnel-release").page
    (table,) = page.all("table")
    picked = [library.pages[slug] for slug in ("wrist-night-splint", "carpal-tunnel-release")]
    assert [words_of(one) for one in table.iter("th") if one.get("scope") == "col"] == [
        "What to compare",
        *(one.title for one in picked),
    ]
    for one in picked:
        assert isinstance(one, Treatment)
        for text in (*one.benefits, *one.downsides, one.time_to_effect, one.certainty.text):
            assert str(text) in words_of(table)
        for caution in one.avoid_if:
            assert str(caution.text) in words_of(table)
    ticked = [one.attrib["value"] for one in page.all("input") if "checked" in one.attrib]
    assert sorted(ticked) == ["carpal-tunnel-release", "wrist-night-splint"]


@pytest.mark.parametrize(("address", "name"), [(COMPARE, "t"), (SHEET, "e")])
def test_without_a_pick_the_page_offers_every_page_to_pick(
    client: Client, library: Library, address: str, name: str
) -> None:
    page = client.get(address).page
    offered = library.treatments if address == COMPARE else library.exercises
    boxes = page.all("input", name=name)
    assert [one.attrib["value"] for one in boxes] == [one.slug for one in offered]
    assert page.all("table") == []
    assert page.all("section", class_="notice") == []


def test_too_many_and_unknown_names_are_told_and_the_rest_is_shown(client: Client, library: Library) -> None:
    slugs = [one.slug for one in library.treatments][: MOST_COMPARED + 1]
    page = client.get(f"{COMPARE}?{'&'.join(f't={slug}' for slug in slugs)}&t=no-such").page
    (notice,) = page.all("section", class_="notice")
    assert f"Only the first {MOST_COMPARED} treatments are shown" in words_of(notice)
    assert "There is no page for: no-such" in words_of(notice)
    (table,) = page.all("table")
    assert len([one for one in table.iter("th") if one.get("scope") == "col"]) == MOST_COMPARED + 1


def test_a_sheet_has_the_steps_the_dose_when_to_stop_and_who_must_not(
    client: Client, library: Library
) -> None:
    page = client.get(f"{SHEET}?e=chin-tuck&e=plank").page
    sections = page.all("section", class_="sheet__exercise")
    for section, slug in zip(sections, ("chin-tuck", "plank"), strict=True):
        exercise = library.pages[slug]
        assert isinstance(exercise, Exercise)
        for text in (*exercise.steps, exercise.dose, *exercise.stop_if):
            assert str(text) in words_of(section)
        assert exercise.avoid_if
        for caution in exercise.avoid_if:
            assert str(caution.text) in words_of(section)


def test_a_sheet_holds_no_more_than_it_can(client: Client, library: Library) -> None:
    slugs = [one.slug for one in library.exercises]
    page = client.get(f"{SHEET}?{'&'.join(f'e={slug}' for slug in slugs)}").page
    assert len(page.all("section", class_="sheet__exercise")) == MOST_EXERCISES
    assert "Take one away" in page.words


def test_a_cause_leads_to_its_treatments_side_by_side_and_to_its_sheet(client: Client) -> None:
    links = [one.attrib["href"] for one in client.get("/causes/carpal-tunnel-syndrome/").page.all("a")]
    assert any(link.startswith(f"{COMPARE}?t=") and link.count("t=") == 3 for link in links)
    assert any(link.startswith(f"{SHEET}?e=") for link in links)
