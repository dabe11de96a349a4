"""What every page says of itself to search engines, held against the vocabulary of schema.org."""

from __future__ import annotations

import datetime
import gzip
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from app.content.guard import plain_text
from app.content.pages import Article, Cause
from app.content.record import Reviewer
from app.publishing.feeds import last_modified
from app.web.structured import as_block
from tests.web.addresses import LIST
from tests.web.checker.visitor import Visitor
from tests.web.client import Client
from tests.web.pages import Page, words_of
from tests.web.schemaorg import CONTEXT, TYPES, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flask import Flask

    from app.content.library import Library
    from tests.web.client import Links
    from tests.web.conftest import MakeApp

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
BREADCRUMB = re.compile(r'<nav class="breadcrumb".*?</nav>', re.DOTALL)
SITE = "https://nervewise.example"
SILENT = ("/_components/", "/check/", "/search/")
MOST_BYTES = 2500
KINDS = {
    "/": "WebSite",
    "/a-z/": "WebPage",
    "/causes/": "CollectionPage",
    "/faq/": "FAQPage",
    "/causes/sciatica/": "MedicalWebPage",
    "/treatments/heat/": "MedicalWebPage",
    "/exercises/plank/": "MedicalWebPage",
    "/emergencies/stroke-or-tia/": "MedicalWebPage",
    "/symptoms/pain/": "MedicalWebPage",
    "/guides/tests-explained/": "MedicalWebPage",
    "/faq/do-i-need-a-scan/": "FAQPage",
    "/about/privacy/": "AboutPage",
}
ENTITIES = {
    "/causes/sciatica/": "MedicalCondition",
    "/treatments/heat/": "MedicalTherapy",
    "/exercises/plank/": "ExercisePlan",
    "/emergencies/stroke-or-tia/": "MedicalCondition",
    "/symptoms/pain/": "MedicalSignOrSymptom",
}


@pytest.fixture(scope="module")
def vocabulary(project: Path) -> Vocabulary:
    """What schema.org knows."""
    assert (project / TYPES).is_file(), f"there is no {TYPES}; make test puts it there"
    return Vocabulary.read(project / TYPES)


@pytest.fixture(scope="module")
def site(make_app: MakeApp) -> Flask:
    """The site as an operator runs it, at an address of its own."""
    return make_app(address=SITE)


@pytest.fixture(scope="module")
def pages(site: Flask) -> Mapping[str, str]:
    """The HTML of every public page, by its address."""
    client = site.test_client()
    return {
        address: client.get(address).text
        for address in LIST.read_text("utf-8").split()
        if not address.startswith(SILENT)
    }


def described(text: str) -> list[dict[str, Any]]:
    """Give the nodes of a page's only block of data; html5lib would take half a minute for all pages."""
    (block,) = BLOCK.findall(text)
    data = json.loads(block)
    assert data.keys() == {"@context", "@graph"}
    assert data["@context"] == CONTEXT
    nodes: list[dict[str, Any]] = data["@graph"]
    return nodes


def shown(text: str, element: str) -> str:
    """Give the words of the only element of some name in a page."""
    (found,) = re.findall(rf"<{element}\b[^>]*>(.*?)</{element}>", text, re.DOTALL)
    return plain_text(found.replace("&#8288;", ""))


def addresses_in(value: object) -> list[str]:
    """Give every address of the site that stands in a description."""
    if isinstance(value, dict):
        return [one for inner in value.values() for one in addresses_in(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in addresses_in(inner)]
    return [value] if isinstance(value, str) and value.startswith(SITE) else []


def test_every_page_says_only_what_the_vocabulary_knows(
    pages: Mapping[str, str], vocabulary: Vocabulary
) -> None:
    found = [
        f"{address}: {fault}"
        for address, page in pages.items()
        for node in described(page)
        for fault in vocabulary.check(node)
    ]
    assert not found, "\n".join(found)
    assert len(pages) > 300


def test_every_page_names_itself_as_its_heading_does_and_by_its_whole_address(
    pages: Mapping[str, str],
) -> None:
    for address, page in pages.items():
        node, way = described(page)
        assert node["url"] == SITE + address
        steps = way["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[-1]["item"]["@id"] == SITE + address
        above = re.findall(r'href="([^"]+)"', "".join(BREADCRUMB.findall(page)))
        assert [step["item"]["@id"] for step in steps[: len(above)]] == [f"{SITE}{href}" for href in above]
        if address != "/":
            assert node["name"] == steps[-1]["name"] == shown(page, "h1")


def test_every_address_that_is_named_is_there(pages: Mapping[str, str], site: Flask) -> None:
    named = {one for page in pages.values() for one in addresses_in(described(page))}
    paths = {urlsplit(one).path or "/" for one in named}
    client = site.test_client()
    assert {path for path in paths - pages.keys() if client.get(path).status_code != 200} == set()


@pytest.mark.parametrize(("address", "kind"), KINDS.items())
def test_each_kind_of_page_has_its_type(pages: Mapping[str, str], address: str, kind: str) -> None:
    node, way = described(pages[address])
    assert (node["@type"], way["@type"]) == (kind, "BreadcrumbList")


@pytest.mark.parametrize(("address", "kind"), ENTITIES.items())
def test_each_kind_of_article_is_about_something(pages: Mapping[str, str], address: str, kind: str) -> None:
    node, _ = described(pages[address])
    assert node["mainEntity"]["@type"] == kind


def test_a_page_claims_nothing_that_it_does_not_show(pages: Mapping[str, str], library: Library) -> None:
    for cause in library.causes:
        page = pages[f"/causes/{cause.slug}/"]
        entity = described(page)[0]["mainEntity"]
        named = [entity["name"], *entity.get("alternateName", [])]
        named += [one["name"] for one in entity.get("possibleTreatment", ())]
        named += [one["diagnosis"]["name"] for one in entity.get("differentialDiagnosis", ())]
        text = shown(page, "main").casefold()
        assert [name for name in named if name.casefold() not in text] == []


def test_an_article_cites_its_sources_and_is_dated_by_its_last_change(
    pages: Mapping[str, str], library: Library
) -> None:
    cause = library.pages["sciatica"]
    assert isinstance(cause, Article)
    node, _ = described(pages["/causes/sciatica/"])
    assert [one["url"] for one in node["citation"]] == [library.sources[one].url for one in cause.sources]
    assert node["dateModified"] == last_modified(cause).isoformat()
    assert node["description"] == cause.description


def test_a_question_has_its_answer_on_its_own_page_and_its_address_in_the_list(
    pages: Mapping[str, str], library: Library
) -> None:
    entry = library.faq[0]
    (question,) = described(pages[f"/faq/{entry.slug}/"])[0]["mainEntity"]
    assert question["name"] == entry.title
    first, *_ = question["acceptedAnswer"]["text"].split("\n")
    assert first[:40] in shown(pages[f"/faq/{entry.slug}/"], "main")
    listed = described(pages["/faq/"])[0]["mainEntity"]
    assert len(listed) == len(library.faq)
    assert listed[0]["acceptedAnswer"]["url"] == f"{SITE}/faq/{entry.slug}/"


def test_only_a_page_that_a_clinician_has_read_says_so(
    make_app: MakeApp, library: Library, vocabulary: Vocabulary, pages: Mapping[str, str]
) -> None:
    assert not [one for one in pages.values() if {"lastReviewed", "reviewedBy"} & described(one)[0].keys()]
    reviewer = Reviewer(name="(a name)", role="(a profession)", date=datetime.date(2026, 3, 1))
    read = library.pages["sciatica"].model_copy(update={"reviewed_by": reviewer})
    text = make_app(read).test_client().get("/causes/sciatica/").text
    node, _ = described(text)
    assert node["lastReviewed"] == "2026-03-01"
    assert node["reviewedBy"] == {"@type": "Person", "name": "(a name)", "jobTitle": "(a profession)"}
    assert not list(vocabulary.check(node))


def test_a_symptom_that_was_withdrawn_is_named_by_no_cause(make_app: MakeApp, library: Library) -> None:
    gone = library.pages["pain"].model_copy(update={"withdrawn": "Its source was taken back."})
    client = make_app(gone).test_client()
    node, _ = described(client.get("/causes/sciatica/").text)
    assert "Pain" not in [one["name"] for one in node["mainEntity"]["signOrSymptom"]]
    assert Page(client.get("/symptoms/pain/").text).data_blocks == []


def test_the_home_page_tells_where_the_site_is_searched(pages: Mapping[str, str]) -> None:
    node, _ = described(pages["/"])
    target = node["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{SITE}/search/?q={{search_term_string}}"


@pytest.mark.parametrize(
    "address",
    [
        "/causes/?area=leg&family=marker",
        "/causes/sciatica/?marker",
        "/treatments/compare/?t=marker&t=nsaid",
        "/exercises/sheet/?e=marker",
    ],
)
def test_nothing_of_a_query_stands_in_it(client: Client, address: str) -> None:
    (block,) = client.get(address).page.data_blocks
    assert "marker" not in block
    assert not any("?" in one for one in addresses_in(json.loads(block)))


def test_checker_search_and_error_pages_say_nothing(app: Flask, links: Links) -> None:
    client = Client(app, links)
    visitor = Visitor(client)
    seen = [visitor.begin(), client.get("/check/"), client.get("/search/?q=pain")]
    seen.append(client.get("/nowhere/", status=404))
    assert [one.page.data_blocks for one in seen] == [[]] * 4


def test_no_text_can_end_the_block_or_begin_a_comment() -> None:
    hostile = {"name": "</script><script>alert(1)</script><!-- <script"}
    block = as_block(hostile)
    page = Page(f"<!DOCTYPE html><title>x</title>{block}<p>after</p>")
    (text,) = page.data_blocks
    assert json.loads(text) == hostile
    assert len(page.all("script")) == 1
    assert words_of(page.one("p")) == "after"


def test_no_page_grows_by_much(pages: Mapping[str, str]) -> None:
    for address, text in pages.items():
        bare = BLOCK.sub("", text)
        grown = len(gzip.compress(text.encode())) - len(gzip.compress(bare.encode()))
        assert grown <= MOST_BYTES, f"{address} grows by {grown} bytes"


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "Illness"}, "Illness: there is no such type"),
        (
            {"@type": "MedicalCondition", "doze": "x"},
            "MedicalCondition.doze: there is no such property of it",
        ),
        (
            {"@type": "MedicalCondition", "dateModified": "2026-01-01"},
            "MedicalCondition.dateModified: there is no such property of it",
        ),
        ({"@type": "WebPage", "dateModified": "1 March"}, "WebPage.dateModified may not be '1 March'"),
        ({"@type": "WebPage", "url": "/causes/"}, "WebPage.url may not be '/causes/'"),
        ({"@type": "WebPage", "audience": {"@type": "Question"}}, "WebPage.audience may not be a Question"),
        ({"@type": "ListItem", "position": 1.5}, "ListItem.position may not be 1.5"),
        ({"@type": "WebPage", "citation": []}, "WebPage.citation is empty"),
        ({"@type": "SearchAction", "quest-input": "required"}, "SearchAction.quest-input: there is no such"),
        ({"@type": "WebPage", "citation": {"@type": "Book", "x": "y"}}, "WebPage.citation: Book.x: there is"),
    ],
)
def test_a_mistake_would_be_seen(vocabulary: Vocabulary, node: dict[str, Any], fault: str) -> None:
    assert [one for one in vocabulary.check(node) if one.startswith(fault)]


def test_what_is_inherited_is_known(vocabulary: Vocabulary) -> None:
    plan = {"@type": "ExercisePlan", "name": "x", "inLanguage": "en", "epidemiology": "y"}
    member = {"@type": "PhysicalActivity", "category": "https://schema.org/Balance"}
    assert not [*vocabulary.check(plan), *vocabulary.check(member)]


def test_a_cause_is_listed_with_its_code(pages: Mapping[str, str], library: Library) -> None:
    cause = library.pages["carpal-tunnel-syndrome"]
    assert isinstance(cause, Cause)
    codes = described(pages["/causes/carpal-tunnel-syndrome/"])[0]["mainEntity"]["code"]
    assert codes == [
        {"@type": "MedicalCode", "codeValue": code, "codingSystem": "ICD-10"} for code in cause.icd10
    ]
