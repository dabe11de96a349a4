"""Every page is reached by links, every address is written down, and none vanishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.web.sections import BY_KIND
from tests.web.addresses import COMMAND, LIST, crawl, public
from tests.web.client import Client

if TYPE_CHECKING:
    from flask import Flask

    from app.content.library import Library
    from app.content.pages import Page
    from tests.web.client import Answer, Links

LISTED = LIST.read_text("utf-8").split()


@pytest.fixture(scope="module")
def found(app: Flask, links: Links) -> dict[str, Answer]:
    """Every page that links lead to from the home page; the client checks each."""
    return crawl(Client(app, links))


def address_of(page: Page) -> str:
    """Give the address of a page as its contract says: the section, then the slug."""
    return f"/{BY_KIND[page.kind].name}/{page.slug}/"


def test_links_from_the_home_page_reach_every_page(found: dict[str, Answer], library: Library) -> None:
    pages = {address_of(page) for page in library.pages.values() if page.withdrawn is None}
    assert pages - found.keys() == set()
    assert len(public(found)) >= 90


def test_no_page_has_a_second_address_for_print(found: dict[str, Answer]) -> None:
    assert [address for address in found if "print" in address] == []


def test_every_page_has_a_title_and_a_description_of_its_own(found: dict[str, Answer]) -> None:
    pages = {address: answer.page for address, answer in found.items() if "?" not in address}
    titles = [page.one("title").text for page in pages.values()]
    assert len(set(titles)) == len(pages)
    descriptions = [page.one("meta", name="description").get("content") for page in pages.values()]
    assert len(set(descriptions)) == len(pages)


def test_no_public_address_is_missing_from_the_list(found: dict[str, Answer]) -> None:
    new = sorted(set(public(found)) - set(LISTED))
    assert not new, f"new addresses; write the list anew with {COMMAND}: {new}"


@pytest.mark.parametrize("address", LISTED)
def test_no_public_address_has_vanished(app: Flask, address: str) -> None:
    status = app.test_client().get(address).status_code
    assert status in (200, 410), (
        f"{address} answers {status}; readers have saved it: withdraw the page instead of deleting it, "
        f"or, if nobody can know the address yet, write the list anew with {COMMAND}"
    )


def test_the_list_is_sorted_and_names_each_address_once() -> None:
    assert sorted(set(LISTED)) == LISTED


@pytest.mark.parametrize(
    "address", [address for address in LISTED if address.count("/") == 2] + ["/causes/sciatica/"]
)
def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client: Client, address: str) -> None:
    answer = client.get(address.rstrip("/"), status=308)
    assert answer.location == f"http://localhost{address}"
