"""The pages that stand by themselves."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from tests.web.client import Client
from tests.web.pages import words_of

if TYPE_CHECKING:
    from app.content.library import Library
    from tests.web.conftest import MakeApp


def test_the_home_page_leads_to_symptoms_guides_places_and_questions(
    client: Client, library: Library
) -> None:
    page = client.get("/").page
    ways = {one.get("href") for one in page.all("a", within="page")}
    assert {f"/symptoms/{symptom.slug}/" for symptom in library.symptoms} <= ways
    assert {f"/guides/{guide.slug}/" for guide in library.guides} <= ways
    assert {f"/faq/{slug}/" for slug in library.site.most_asked} <= ways
    areas = {area for cause in library.causes for area in cause.areas}
    assert {f"/causes/?area={area}" for area in areas} <= ways
    assert {"/check/", "/get-help-now/"} <= ways


def test_help_is_one_step_away_from_every_page(client: Client) -> None:
    for address in ("/", "/causes/als/", "/check/", "/a-z/"):
        way = client.get(address).page.one("a", class_="site-header__help")
        assert way.get("href") == "/get-help-now/"


def test_the_help_page_parts_dangers_by_level_and_gives_numbers_to_dial(
    client: Client, library: Library
) -> None:
    page = client.get("/get-help-now/").page
    in_card = [one.get("href") for one in page.all("a", within="card--emergency")]
    assert in_card == [f"/emergencies/{slug}/" for slug in library.site.first_dangers]
    others = [one for level in ("emergency", "urgent") for one in library.emergencies if one.level == level]
    below = [one.get("href") for one in page.all("a", within="page-list")]
    assert below == [
        f"/emergencies/{one.slug}/" for one in others if one.slug not in library.site.first_dangers
    ]
    dialled = {one.attrib["href"] for one in page.all("a") if one.attrib["href"].startswith("tel:")}
    numbers = [one.ambulance for one in library.site.emergency_numbers]
    numbers += [line.number for one in library.site.emergency_numbers for line in one.crisis]
    assert dialled == {f"tel:{number.replace(' ', '')}" for number in numbers}


def test_the_glossary_gives_every_term_a_place_in_alphabetical_order(
    client: Client, library: Library
) -> None:
    page = client.get("/glossary/").page
    assert library.terms.keys() <= set(page.ids)
    entries = [one.get("id") for one in page.all("div", within="glossary")]
    assert entries == sorted(library.terms, key=lambda slug: library.terms[slug].term.casefold())


def test_the_a_to_z_has_every_article_by_each_of_its_names(client: Client, library: Library) -> None:
    page = client.get("/a-z/").page
    links = [(words_of(one), one.attrib["href"].split("/")[-2]) for one in page.all("a", within="a-z")]
    listed = {(name, slug) for words, slug in links for name in words.split(", ")}
    articles = [one for one in library.pages.values() if one.kind not in ("faq", "about")]
    names = {(" ".join(name.split()), one.slug) for one in articles for name in (one.title, *one.names)}
    assert listed == {(part, slug) for name, slug in names for part in name.split(", ")}


def test_the_a_to_z_links_to_the_letters_that_have_entries(client: Client) -> None:
    page = client.get("/a-z/").page
    letters = page.all("a", "span", within="letters")
    assert [words_of(one) for one in letters] == list(string.ascii_uppercase)
    linked = [words_of(one) for one in letters if one.tag == "a"]
    assert linked == [words_of(one) for one in page.all("h2")]


def test_another_name_in_the_a_to_z_says_which_page_it_leads_to(client: Client) -> None:
    words = [words_of(one) for one in client.get("/a-z/").page.all("li", within="a-z")]
    assert "CTS see Carpal tunnel syndrome" in words
    assert "Carpal tunnel syndrome" in words


def test_other_names_of_a_page_that_follow_each_other_are_one_link(client: Client) -> None:
    words = [words_of(one) for one in client.get("/a-z/").page.all("li", within="a-z")]
    assert "B12 deficiency, B12 neuropathy see Vitamin B12 deficiency" in words


def test_each_letter_leads_on_to_the_next_one_and_back_to_all(client: Client) -> None:
    page = client.get("/a-z/").page
    letters = [words_of(one) for one in page.all("h2")]
    ways = [one.attrib["href"] for one in page.all("a", within="letters__on")]
    onwards = [way for letter in letters[1:] for way in (f"#letter-{letter.lower()}", "#site-letters")]
    assert ways == [*onwards, "#site-letters"]


def test_a_name_without_a_letter_stands_under_none(make_app: MakeApp, library: Library) -> None:
    page = library.pages["als"].model_copy(update={"names": ("1234", "7 up")})
    words = [words_of(one) for one in Client(make_app(page)).get("/a-z/").page.all("li", within="a-z")]
    assert [one for one in words if page.title in one] == [page.title, f"7 up see {page.title}"]
