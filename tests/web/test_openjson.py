"""The open JSON: every page and list for programs, with whole links, readable from any site."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from app.content.leaves import leaves
from app.content.markdown import Inline
from app.content.pages import Cause
from app.content.record import Reviewer
from app.web.headers import OPEN_HEADERS
from app.web.sections import BY_KIND, SECTIONS
from tests.web.pages import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask
    from flask.testing import FlaskClient

    from app.content.library import Library
    from app.content.pages import Page
    from tests.web.client import Client
    from tests.web.conftest import MakeApp

SITE = "https://nervewise.example"
RULES = "/about/how-the-checker-works/index.json"
LISTS = (
    "/index.json",
    *(f"/{section.name}/index.json" for section in SECTIONS),
    "/glossary/index.json",
    "/a-z/index.json",
    "/get-help-now/index.json",
    "/api/index.json",
    "/api/openapi.json",
)
# A drawing may name its own parts, too; those are no links.
LINK = re.compile(r'<a\b[^>]*? href="([^"]*)"')


@pytest.fixture(scope="module")
def site(make_app: MakeApp) -> Flask:
    """The site as an operator runs it, at an address of its own."""
    return make_app(address=SITE)


@pytest.fixture(scope="module")
def program(site: Flask) -> FlaskClient:
    """A program that reads it."""
    return site.test_client()


def json_of(page: Page) -> str:
    """Give the address of a page's JSON as its contract says: the page's own, and a file name."""
    return f"/{BY_KIND[page.kind].name}/{page.slug}/index.json"


@pytest.fixture(scope="module")
def records(program: FlaskClient, library: Library) -> Mapping[str, dict[str, Any]]:
    """The JSON of every page, by its slug; at the address of one page stand the checker's rules instead."""
    pages = [page for page in library.pages.values() if json_of(page) != RULES]
    return {page.slug: program.get(json_of(page)).get_json() for page in pages}


def texts_in(value: object) -> Iterator[str]:
    """Yield every text of an answer."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value


def test_every_page_is_there_with_its_record(records: Mapping[str, dict[str, Any]], library: Library) -> None:
    assert len(records) == len(library.pages) - 1
    for slug, record in records.items():
        page = library.pages[slug]
        assert (record["version"], record["kind"], record["slug"]) == (1, page.kind, slug)
        assert record["url"] == f"{SITE}/{BY_KIND[page.kind].name}/{slug}/"
        assert record["title"] == page.title
        assert [one["id"] for one in record["sources"]] == list(page.sources)
        assert record["sources_checked"] == page.sources_checked.isoformat()
        assert [one["text"] for one in record["changes"]] == [one.text for one in page.changes]
        assert record["reviewed_by"] is None
        assert record["withdrawn"] is None
        assert record["body_html"]


def test_no_fact_of_a_front_matter_is_left_out(
    records: Mapping[str, dict[str, Any]], library: Library
) -> None:
    of_checker = ("evidence", "rules", "patterns", "comforts", "needs", "waive")
    for slug, record in records.items():
        told = set(texts_in(record))
        missing = [
            str(leaf)
            for place, leaf in leaves(library.pages[slug])
            if isinstance(leaf, Inline) and place[0] not in of_checker and str(leaf) not in told
        ]
        assert not missing, f"{slug}: {missing}"


def test_every_link_is_whole_and_no_word_is_a_button(
    records: Mapping[str, dict[str, Any]], program: FlaskClient
) -> None:
    lists = [program.get(address).get_json() for address in LISTS[:-1]]
    for answer in (*records.values(), *lists):
        for text in texts_in(answer):
            assert "<button" not in text
            if "<" in text and not text.startswith("http"):
                links = LINK.findall(text)
                assert not [one for one in links if not one.startswith(("http://", "https://", "tel:"))]


def test_every_address_of_the_site_that_is_named_is_there(
    records: Mapping[str, dict[str, Any]], program: FlaskClient
) -> None:
    lists = [program.get(address).get_json() for address in LISTS[:-1]]
    named = {
        urlsplit(found).path
        for answer in (*records.values(), *lists)
        for text in texts_in(answer)
        for found in ([text] if text.startswith(SITE) else LINK.findall(text))
        if found.startswith(SITE) and "{" not in found
    }
    assert len(named) > 400
    assert {path: status for path in named if (status := program.get(path).status_code) != 200} == {}


def test_a_cause_tells_its_facts(records: Mapping[str, dict[str, Any]], library: Library) -> None:
    cause = library.pages["carpal-tunnel-syndrome"]
    assert isinstance(cause, Cause)
    record = records[cause.slug]
    assert record["icd10"] == list(cause.icd10)
    assert record["areas"] == list(cause.areas)
    assert [one["title"] for one in record["treatments"]] == [
        one.title for one in library.treatments_of(cause)
    ]
    assert {one["words"]["text"] for one in record["symptoms"]} == set(map(str, cause.symptoms.values()))
    first = record["summary"][1]
    assert first["text"] == str(cause.summary[1])
    assert f'href="{SITE}/causes/carpal-tunnel-syndrome/#source-2"' in first["html"]


def test_the_pages_akin_to_a_page_are_told_with_the_reason(
    records: Mapping[str, dict[str, Any]], library: Library
) -> None:
    for slug, record in records.items():
        akin = library.related(library.pages[slug])
        assert [(one["title"], one["because"]) for one in record["related"]] == [
            (kin.page.title, kin.because) for kin in akin
        ]


def test_a_reviewer_is_named_where_there_is_one(make_app: MakeApp, library: Library) -> None:
    reviewer = Reviewer(name="A. Reader", role="Neurologist", date=datetime.date(2026, 3, 1))
    read = library.pages["sciatica"].model_copy(update={"reviewed_by": reviewer})
    record = make_app(read).test_client().get("/causes/sciatica/index.json").get_json()
    assert record["reviewed_by"] == {"name": "A. Reader", "role": "Neurologist", "date": "2026-03-01"}


def test_a_withdrawn_page_says_why_and_nothing_else(make_app: MakeApp, library: Library) -> None:
    gone = library.pages["sciatica"].model_copy(update={"withdrawn": "Its source was taken back."})
    client = make_app(gone).test_client()
    answer = client.get("/causes/sciatica/index.json")
    assert answer.status_code == 410
    assert answer.get_json()["withdrawn"] == "Its source was taken back."
    assert answer.get_json().keys() == {"version", "licence", "kind", "slug", "url", "title", "withdrawn"}
    listed = client.get("/causes/index.json").get_json()["pages"]
    assert "sciatica" not in [one["slug"] for one in listed]


def test_the_site_names_every_part_with_every_page(program: FlaskClient, library: Library) -> None:
    answer = program.get("/index.json").get_json()
    assert [one["name"] for one in answer["sections"]] == [section.name for section in SECTIONS]
    slugs = {page["slug"] for section in answer["sections"] for page in section["pages"]}
    assert slugs == {page.slug for page in library.pages.values() if page.withdrawn is None}
    causes = next(one for one in answer["sections"] if one["name"] == "causes")
    alone = program.get("/causes/index.json").get_json()
    assert {**alone} == {**causes, "version": 1, "licence": alone["licence"]}
    assert [one["title"] for one in answer["others"]] == ["Glossary", "A to Z", "Get help now"]


def test_the_lists_hold_every_term_name_and_number(program: FlaskClient, library: Library) -> None:
    terms = program.get("/glossary/index.json").get_json()["terms"]
    assert {one["slug"] for one in terms} == set(library.terms)
    names = program.get("/a-z/index.json").get_json()["names"]
    assert [one["name"] for one in names] == [name for name, _ in library.names]
    answer = program.get("/get-help-now/index.json").get_json()
    assert [(one["code"], one["ambulance"]) for one in answer["numbers"]] == [
        (one.code, one.ambulance) for one in library.site.emergency_numbers
    ]
    assert len(answer["dangers"]) == len(library.emergencies)


@pytest.mark.parametrize(
    "address", [*LISTS, "/causes/sciatica/index.json", RULES, "/check/questionnaire.json"]
)
def test_any_site_may_read_the_open_json_and_caches_may_keep_it(program: FlaskClient, address: str) -> None:
    headers = program.get(address).headers
    assert {name: headers[name] for name in OPEN_HEADERS} == OPEN_HEADERS
    assert headers["Cache-Control"] == "public, max-age=600"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("address", ["/", "/causes/sciatica/", "/api/", "/check/", "/search/suggest/?q=pain"])
def test_nothing_else_is_open_to_other_sites(program: FlaskClient, address: str) -> None:
    headers = program.get(address).headers
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "address",
    [
        "/causes/nowhere/index.json",
        "/causes/heat/index.json",
        "/nowhere/index.json",
        "/treatments/compare/index.json",
    ],
)
def test_a_program_is_told_in_json_that_there_is_nothing(client: Client, address: str) -> None:
    answer = client.get(address, status=404)
    assert answer.response.mimetype == "application/problem+json"
    assert answer.response.get_json()["status"] == 404
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_reading_is_allowed(client: Client) -> None:
    answer = client.post("/causes/index.json", status=405)
    assert {"GET", "HEAD", "OPTIONS"} == set(answer.response.allow)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/a-z/",
        "/glossary/",
        "/get-help-now/",
        "/causes/",
        "/causes/sciatica/",
        "/faq/do-i-need-a-scan/",
        "/api/",
    ],
)
def test_a_page_names_its_json_in_its_head(client: Client, address: str) -> None:
    link = client.get(address).page.one("link", rel="alternate", type="application/json")
    assert link.get("href") == f"{address}index.json"


def test_the_page_for_people_lists_what_the_list_for_programs_does(
    client: Client, program: FlaskClient
) -> None:
    page = client.get("/api/").page
    rows = [words_of(row) for row in page.all("th") if row.get("scope") == "row"]
    files = program.get("/api/index.json").get_json()
    assert rows == [one["title"] for one in files["files"]]
    paths = program.get("/api/openapi.json").get_json()["paths"]
    assert [one["url"].removeprefix(SITE) for one in files["files"]] == list(paths)
    assert files["openapi_url"] == f"{SITE}/api/openapi.json"


def test_without_the_checker_its_files_are_not_offered(make_app: MakeApp, library: Library) -> None:
    plain = library.pages["how-the-checker-works"].model_copy(update={"shows": None})
    client = make_app(plain, checker=False).test_client()
    paths = client.get("/api/openapi.json").get_json()["paths"]
    assert not [path for path in paths if path.startswith("/check/")]
    assert RULES not in paths
    assert client.get(RULES).get_json()["slug"] == "how-the-checker-works"
    slug = paths["/about/{slug}/index.json"]["get"]["parameters"][0]["schema"]
    assert "how-the-checker-works" in slug["enum"]


def test_no_part_of_an_answer_hangs_on_the_name_by_which_it_was_asked(program: FlaskClient) -> None:
    answer = program.get("/causes/sciatica/index.json", headers={"Host": "evil.example"})
    assert "evil.example" not in answer.text
