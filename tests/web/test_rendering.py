"""What templates call: links and citations put into converted text, and drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.content.markdown import Inline
from app.web.rendering import address, json_address, show, term_address
from app.web.sections import PLACE_ENDPOINTS
from tests.web.pages import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from app.content.library import Library
    from app.content.pages import Term
    from tests.web.client import Client


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> Iterator[None]:
    """Addresses are made within a request."""
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("page:sciatica", "/causes/sciatica/"),
        ("page:sciatica#where-you-feel-it", "/causes/sciatica/#where-you-feel-it"),
        ("page:stroke-or-tia", "/emergencies/stroke-or-tia/"),
        ("term:nerve-root", "/glossary/#nerve-root"),
        ("site:home", "/"),
        ("site:get-help-now", "/get-help-now/"),
        ("site:causes", "/causes/"),
        ("site:get-help-now#numbers", "/get-help-now/#numbers"),
        ("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&amp;b=2"),
    ],
)
def test_a_link_of_a_text_becomes_an_address(library: Library, link: str, target: str) -> None:
    assert show(f'<a href="{link}">x</a>', library) == f'<a href="{target}">x</a>'


@pytest.mark.parametrize("place", PLACE_ENDPOINTS)
def test_every_place_has_an_address(library: Library, place: str) -> None:
    assert show(f'<a href="site:{place}">x</a>', library).startswith('<a href="/')


def test_a_citation_becomes_the_number_of_its_source_on_the_page(library: Library) -> None:
    page = library.pages["carpal-tunnel-syndrome"]
    text = f'It helps. <cite-ref source="{page.sources[1]}"></cite-ref>'
    organisation = library.sources[page.sources[1]].organisation
    assert show(text, library, page) == (
        'It helps.<sup class="citation"><a href="#source-2" '
        f'aria-label="Source 2: {organisation}">2</a></sup>'
    )


def test_a_citation_is_left_out_where_its_source_is_not_listed(library: Library) -> None:
    page = library.pages["carpal-tunnel-syndrome"]
    text = f'It helps. <cite-ref source="{page.sources[0]}"></cite-ref>'
    assert show(text, library) == "It helps."
    assert show(text, library, library.pages["privacy"]) == "It helps."


def test_a_text_of_a_front_matter_is_shown_by_its_html(library: Library) -> None:
    page = next(cause for cause in library.causes if cause.slug == "carpal-tunnel-syndrome")
    assert isinstance(page.summary[0], Inline)
    assert show(page.summary[0], library, page).startswith("<strong>What it is:</strong>")


def test_every_page_has_an_address_of_its_own(library: Library) -> None:
    pages = library.pages.values()
    assert len({address(page) for page in pages}) == len(pages)


def test_a_medical_word_is_a_button_that_opens_its_explanation(library: Library) -> None:
    explained: dict[str, Term] = {}
    text = show('<a href="term:nerve-root">a root</a>', library, explained=explained)
    button = '<button type="button" class="term" popovertarget="term-nerve-root">a root</button>'
    assert text == f"&#8288;{button}&#8288;"
    assert explained == {"nerve-root": library.terms["nerve-root"]}


def test_every_medical_word_of_a_page_is_explained_on_it(client: Client) -> None:
    page = client.get("/guides/can-a-pinched-nerve-cause-twitching/").page
    buttons = {one.attrib["popovertarget"] for one in page.all("button", class_="term")}
    cards = {one.attrib["id"]: one for one in page.all("div", class_="terms__card")}
    assert buttons == cards.keys() != set()
    assert "popover" in cards["term-magnesium"].attrib
    assert "Magnesium" in words_of(cards["term-magnesium"])


def test_the_glossary_opens_nothing_over_itself(client: Client) -> None:
    page = client.get("/glossary/").page
    assert page.all("button", class_="term") == page.all("div", class_="terms__card") == []


def test_an_address_begins_with_the_folder_below_which_the_site_is_reached(
    app: Flask, library: Library
) -> None:
    page = library.pages["sciatica"]
    for folder in ("/health", "", "/health"):
        with app.test_request_context(base_url=f"http://127.0.0.1{folder}/"):
            assert address(page) == f"{folder}/causes/sciatica/"
            assert json_address(page) == f"{folder}/causes/sciatica/index.json"
            assert term_address("nerve-root") == f"{folder}/glossary/#nerve-root"


def test_what_is_drawn_once_stands_in_line_with_the_page_around_it(client: Client) -> None:
    page = client.get("/").text
    assert '\n    <link rel="icon"' in page
    assert '\n    <link rel="stylesheet"' in page
