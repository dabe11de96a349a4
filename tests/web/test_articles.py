"""The pages of the sections: what each says of itself."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from app.content.pages import PAGE_TYPES, Page
from app.content.record import Change, Reviewer
from app.web.sections import BY_KIND, SECTIONS
from tests.web.client import Client
from tests.web.pages import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from app.content.library import Library
    from app.web.sections import Section
    from tests.web import pages
    from tests.web.client import Links
    from tests.web.conftest import MakeApp

ONE_OF_EACH = {
    "symptom": "twitching",
    "cause": "sciatica",
    "treatment": "heat",
    "exercise": "plank",
    "emergency": "stroke-or-tia",
    "guide": "seeing-a-doctor",
    "faq": "is-my-twitching-als",
    "about": "how-we-write",
}
OF_EACH_KIND = pytest.mark.parametrize(("kind", "slug"), ONE_OF_EACH.items())


def address_of(page: Page) -> str:
    """Give the address of a page."""
    return f"/{BY_KIND[page.kind].name}/{page.slug}/"


def changed(library: Library, slug: str, **values: object) -> Page:
    """Give a page of the library with other values."""
    return library.pages[slug].model_copy(update=values)


@pytest.fixture(scope="module")
def shown(app: Flask, links: Links, library: Library) -> Mapping[str, pages.Page]:
    """Every page that is not withdrawn, as visitors see it, by slug."""
    client = Client(app, links)
    there = [page for page in library.pages.values() if page.withdrawn is None]
    return {page.slug: client.get(address_of(page)).page for page in there}


def test_there_is_an_example_of_each_kind(library: Library) -> None:
    assert {page_type.kind for page_type in PAGE_TYPES.values()} == ONE_OF_EACH.keys()
    assert {kind: library.pages[slug].kind for kind, slug in ONE_OF_EACH.items()} == {
        kind: kind for kind in ONE_OF_EACH
    }


@pytest.mark.parametrize("kind", ["cause", "faq", "about"])
def test_a_withdrawn_page_says_why_and_is_listed_nowhere(
    make_app: MakeApp, library: Library, kind: str
) -> None:
    page = changed(library, ONE_OF_EACH[kind], withdrawn="Its only source was taken back.")
    client = Client(make_app(page))
    answer = client.get(address_of(page), status=410)
    assert answer.page.heading == f"Withdrawn: {page.title}"
    assert "The reason: Its only source was taken back." in answer.page.words
    assert answer.page.one("meta", name="robots").get("content") == "noindex"
    for index in (f"/{BY_KIND[kind].name}/", "/a-z/"):
        assert address_of(page) not in {one.get("href") for one in client.get(index).page.all("a")}


@OF_EACH_KIND
@pytest.mark.parametrize(("days", "is_overdue"), [(-1, False), (0, False), (1, True)])
def test_a_page_past_its_review_date_says_so_at_the_top(
    app: Flask,
    client: Client,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    slug: str,
    days: int,
    *,
    is_overdue: bool,
) -> None:
    del kind
    page = library.pages[slug]
    monkeypatch.setitem(app.config, "TODAY", lambda: page.review_due + datetime.timedelta(days=days))
    banners = client.get(address_of(page)).page.all("p", class_="banner")
    assert len(banners) == is_overdue
    for banner in banners:
        assert "This page is past its review date" in words_of(banner)
        assert page.review_due.isoformat() in [one.get("datetime") for one in banner.iter("time")]


@OF_EACH_KIND
def test_a_page_that_no_clinician_has_read_says_so(
    client: Client, library: Library, kind: str, slug: str
) -> None:
    del kind
    record = client.get(address_of(library.pages[slug])).page.one("section", class_="record")
    assert "No clinician has reviewed this page yet." in words_of(record)


def test_a_page_that_was_reviewed_names_who_read_it(make_app: MakeApp, library: Library) -> None:
    reviewer = Reviewer(name="A test", role="physiotherapist", date=datetime.date(2026, 1, 2))
    page = changed(library, "sciatica", reviewed_by=reviewer)
    record = words_of(Client(make_app(page)).get(address_of(page)).page.one("section", class_="record"))
    assert "Reviewed by A test, physiotherapist, on 2 January 2026." in record
    assert "No clinician" not in record


def test_a_page_tells_its_changes_the_newest_first(make_app: MakeApp, library: Library) -> None:
    changes = tuple(
        Change(date=datetime.date(2026, month, 1), text=f"A warning was added in month {month}.")
        for month in (11, 9)
    )
    page = changed(library, "sciatica", changes=changes)
    lines = Client(make_app(page)).get(address_of(page)).page.all("li", within="record__changes")
    assert [words_of(line) for line in lines] == [
        "1 November 2026: A warning was added in month 11.",
        "1 September 2026: A warning was added in month 9.",
    ]


def test_a_page_without_changes_says_nothing_of_them(make_app: MakeApp, library: Library) -> None:
    page = changed(library, "sciatica", changes=())
    assert Client(make_app(page)).get(address_of(page)).page.all("ul", class_="record__changes") == []


def test_the_log_of_changes_leads_to_every_page(client: Client, library: Library) -> None:
    page = client.get("/about/changes/").page
    ways = {one.get("href") for one in page.all("a", within="changes")}
    assert {address_of(one) for one in library.pages.values()} <= ways
    days = [one.get("datetime") for one in page.all("time", within="changes")]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]  # days, all of them


def test_the_log_of_changes_names_a_withdrawn_page_without_a_link(
    make_app: MakeApp, library: Library
) -> None:
    page = changed(library, "sciatica", withdrawn="Its only source was taken back.")
    log = Client(make_app(page)).get("/about/changes/").page
    assert "Sciatica (withdrawn)" in {words_of(one) for one in log.all("li", within="changes")}
    assert address_of(page) not in {one.get("href") for one in log.all("a", within="changes")}


def test_sources_are_numbered_and_every_citation_leads_to_its_source(
    library: Library, shown: Mapping[str, pages.Page]
) -> None:
    for slug, found in shown.items():
        page = library.pages[slug]
        numbered = [one.get("id") for one in found.all("li", within="sources")]
        assert numbered == [f"source-{number}" for number in range(1, len(page.sources) + 1)], page.path
        citations = [anchor for mark in found.all("sup", class_="citation") for anchor in mark.iter("a")]
        for citation in citations:
            number = int(words_of(citation))
            organisation = library.sources[page.sources[number - 1]].organisation
            assert citation.get("href") == f"#source-{number}"
            assert citation.get("aria-label") == f"Source {number}: {organisation}"


def test_a_page_with_sources_cites_them_in_its_text(
    library: Library, shown: Mapping[str, pages.Page]
) -> None:
    silent = [
        slug
        for slug, page in shown.items()
        if library.pages[slug].sources and not page.all("sup", class_="citation")
    ]
    assert silent == []


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_a_page_has_no_address_in_another_section(client: Client, library: Library, section: Section) -> None:
    other = next(page for page in library.pages.values() if BY_KIND[page.kind] is not section)
    client.get(f"/{section.name}/{other.slug}/", status=404)


@OF_EACH_KIND
def test_a_page_names_the_pages_akin_to_it_each_with_the_reason(
    shown: Mapping[str, pages.Page], library: Library, kind: str, slug: str
) -> None:
    akin = library.related(library.pages[slug])
    assert akin, kind
    links = [link.attrib["href"] for link in shown[slug].all("a", within="related")]
    assert links == [address_of(kin.page) for kin in akin]
    reasons = [words_of(reason) for reason in shown[slug].all("span", class_="related__because")]
    assert reasons == [kin.because for kin in akin]
