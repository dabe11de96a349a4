"""The search page: what it shows, what it keeps, and that no text breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.pages import words_of

if TYPE_CHECKING:
    from app.content.library import Library
    from tests.web.client import Client
    from tests.web.pages import Page

FOUND = "results"


def found(page: Page) -> list[str]:
    """Give the addresses of the pages that were found, in their order."""
    return [one.attrib["href"] for one in page.all("a", within=FOUND)]


def test_what_was_typed_stands_in_the_field_and_leads_to_pages(client: Client) -> None:
    answer = client.get("/search/?q=carpal+tunnle")
    page = answer.page
    assert page.heading == "Search: carpal tunnle"
    assert page.one("input", id="site-search").get("value") == "carpal tunnle"
    assert found(page)[0] == "/causes/carpal-tunnel-syndrome/"
    assert "We looked for carpal tunnel" in page.words
    assert {words_of(mark).casefold() for mark in page.all("mark")} >= {"carpal", "tunnel"}
    assert [words_of(term) for term in page.all("dt", within="found-terms")] == ["Carpal tunnel"]


def test_nothing_of_a_query_is_kept_or_indexed(client: Client) -> None:
    for address in ("/search/?q=sciatica", "/search/suggest/?q=sciatica"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in headers


def test_a_danger_stands_before_all_that_was_found(client: Client) -> None:
    page = client.get("/search/?q=cant+pee+back+pain").page
    card = page.one("section", class_="card--emergency")
    assert "Call an ambulance" in words_of(card)
    links = [one.attrib["href"] for one in card.iter("a")]
    assert links == ["/emergencies/cauda-equina-syndrome/", "/get-help-now/"]
    ids = [one.get("class", "") for one in page.elements]
    assert ids.index("card card--emergency") < ids.index("page-list results")
    assert not client.get("/search/?q=my+back+hurts").page.all("section", class_="card")


def test_one_kind_can_be_seen_alone(client: Client, library: Library) -> None:
    page = client.get("/search/?q=sciatica&kind=treatment").page
    assert found(page)
    assert all(address.startswith("/treatments/") for address in found(page))
    current = [words_of(one) for one in page.all("a", within="chips") if one.get("aria-current")]
    assert current[0].startswith("Treatments (")
    assert found(client.get("/search/?q=sciatica&kind=nothing").page) == found(
        client.get("/search/?q=sciatica").page
    )
    assert library.pages["sciatica"].title in client.get("/search/?q=sciatica").page.words


def test_more_results_stand_on_further_pages(client: Client) -> None:
    first, second = (client.get(f"/search/?q=pain&page={number}").page for number in (1, 2))
    assert len(found(first)) == len(found(second)) == 10
    assert not set(found(first)) & set(found(second))
    assert "/search/?q=pain&page=2" in [one.get("href") for one in first.all("a", within="more")]
    assert "/search/?q=pain&page=1" in [one.get("href") for one in second.all("a", within="more")]
    for number in ("0", "999", "9999", "-1", "x", "²"):
        assert found(client.get(f"/search/?q=pain&page={quote(number)}").page) == found(first)


@pytest.mark.parametrize("query", ["", "%20", "qqqqqqqqqq", "%00"])
def test_where_nothing_is_found_other_ways_are_shown(client: Client, query: str) -> None:
    page = client.get(f"/search/?q={query}").page
    assert not found(page)
    assert "What you can try" in page.words
    links = [one.get("href") for one in page.all("a", within="search")]
    assert {"/symptoms/", "/check/", "/a-z/", "/glossary/"} <= set(links)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.one_of(
        st.text(max_size=500),
        st.sampled_from(
            ['"', "'", "<script>", "a AND", "NEAR(", "{title}:", "*", "\x00", "😀" * 200, "\u202e"]
        ),
    )
)
def test_any_text_gives_a_page(client: Client, text: str) -> None:
    query = quote(text.encode("utf-8", "surrogatepass"))
    client.get(f"/search/?q={query}")
    client.get(f"/search/suggest/?q={query}")


def test_suggestions_are_titles_with_their_addresses(client: Client) -> None:
    suggested = client.get("/search/suggest/?q=carp").response.get_json()
    assert suggested[0] == {
        "title": "Carpal tunnel syndrome",
        "address": "/causes/carpal-tunnel-syndrome/",
    }
    assert len(suggested) <= 7
    assert client.get("/search/suggest/?q=").response.get_json() == []


def test_browsers_are_told_how_to_search(client: Client) -> None:
    link = client.get("/").page.one("link", rel="search")
    answer = client.get(link.attrib["href"])
    assert answer.response.mimetype == "application/opensearchdescription+xml"
    root = ET.fromstring(answer.text)  # noqa: S314 - our own
    url = root.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    assert url.attrib["template"] == "http://127.0.0.1:8000/search/?q={searchTerms}"
