"""What programs find at set addresses: the feed, the sitemap, and the files for robots and reporters."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from app.content.record import Reviewer
from app.publishing.feeds import ATOM, SITEMAP
from app.web.sections import BY_KIND, SECTIONS
from tests.web.addresses import LIST
from tests.web.client import Client
from tests.web.pages import skim

if TYPE_CHECKING:
    from flask import Flask

    from app.content.library import Library
    from tests.web.conftest import MakeApp

HERE = Path(__file__).parent
SITE = "https://nerves.example.org"
LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")


@pytest.fixture(scope="module")
def published(make_app: MakeApp) -> Client:
    """The site as an operator serves it."""
    return Client(make_app(address=SITE, contact="safety@example.org"))


def read(client: Client, address: str, grammar: str) -> etree._Element:
    """Give the XML at an address, which must fit a grammar."""
    root = etree.fromstring(client.get(address).response.data)
    schema = etree.RelaxNG(etree.parse(HERE / grammar))
    assert schema.validate(root), schema.error_log
    return root


def links_of(element: etree._Element) -> dict[str | None, str | None]:
    """Give the links of the feed or of an entry, by what each is."""
    return {one.get("rel"): one.get("href") for one in element.iterfind(f"{{{ATOM}}}link")}


def texts(root: etree._Element, path: str) -> list[str]:
    """Give the texts at a path, whose names are of the root's own namespace."""
    return [str(text) for text in root.xpath(path, namespaces={"x": root.nsmap[None]})]


def places(client: Client) -> list[str]:
    """Give the paths that the sitemap names."""
    return [
        address.removeprefix(SITE)
        for address in texts(read(client, "/sitemap.xml", "sitemap.rng"), "//x:loc/text()")
    ]


def test_the_feed_is_atom_and_names_every_page_once(published: Client, library: Library) -> None:
    feed = read(published, "/changes.atom", "atom.rng")
    assert feed.tag == f"{{{ATOM}}}feed"
    ids = texts(feed, "//x:entry/x:id/text()")
    assert sorted(ids) == sorted(
        f"{SITE}/{BY_KIND[page.kind].name}/{page.slug}/" for page in library.pages.values()
    )
    for entry, address in zip(feed.iterfind(f"{{{ATOM}}}entry"), ids, strict=True):
        assert links_of(entry) == {"alternate": address}
    assert links_of(feed) == {"self": f"{SITE}/changes.atom", "alternate": f"{SITE}/"}
    days = texts(feed, "//x:entry/x:updated/text()")
    assert days == sorted(days, reverse=True)
    assert texts(feed, "/x:feed/x:updated/text()") == days[:1]
    assert texts(feed, "/x:feed/x:id/text()") == [f"{SITE}/changes.atom"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("updated>", "altered>"),
        ("T00:00:00Z<", "T00:00:00<"),
        ('rel="alternate"', 'rel="other"'),
        ("<summary>First", "<summary>\nFirst"),
        (f"<id>{SITE}", "<id>"),
    ],
)
def test_a_mistake_in_the_feed_would_be_seen(published: Client, right: str, wrong: str) -> None:
    text = published.get("/changes.atom").text
    assert right in text
    schema = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    assert not schema.validate(etree.fromstring(text.replace(right, wrong).encode()))


def test_every_page_names_the_feed(client: Client) -> None:
    for address in ("/", "/causes/als/", "/check/"):
        link = client.get(address).page.one("link", rel="alternate", type="application/atom+xml")
        assert link.get("href") == "/changes.atom"


@pytest.mark.parametrize(
    ("address", "mimetype"),
    [
        ("/changes.atom", "application/atom+xml"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain"),
        ("/llms.txt", "text/plain"),
        ("/.well-known/security.txt", "text/plain"),
    ],
)
def test_what_programs_read_is_utf_8_and_may_be_kept(published: Client, address: str, mimetype: str) -> None:
    response = published.get(address).response
    assert response.content_type == f"{mimetype}; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=600"


def test_the_sitemap_names_every_public_address_that_may_be_listed(published: Client) -> None:
    may_be_listed = []
    for address in LIST.read_text("utf-8").split():
        answer = published.raw.get(address)
        marked = skim(answer.text).xpath("//meta[@name='robots']") or "X-Robots-Tag" in answer.headers
        if not marked:
            may_be_listed.append(address)
    found = places(published)
    assert sorted(found) == may_be_listed
    assert read(published, "/sitemap.xml", "sitemap.rng").tag == f"{{{SITEMAP}}}urlset"


def test_the_sitemap_leaves_out_what_is_withdrawn_or_switched_off(
    make_app: MakeApp, library: Library
) -> None:
    page = library.pages["sciatica"].model_copy(update={"withdrawn": "Its only source was taken back."})
    found = places(Client(make_app(page, address=SITE, checker=False)))
    assert {"/causes/sciatica/", "/check/"}.isdisjoint(found)
    assert "/causes/als/" in found


def test_the_sitemap_says_of_an_index_when_its_newest_page_changed(
    make_app: MakeApp, library: Library
) -> None:
    page = library.pages["heat"].model_copy(update={"sources_checked": datetime.date(2028, 1, 2)})
    root = read(Client(make_app(page, address=SITE)), "/sitemap.xml", "sitemap.rng")
    for address in ("/treatments/", "/treatments/heat/"):
        days = texts(root, f"//x:url[x:loc='{SITE}{address}']/x:lastmod/text()")
        assert days == ["2028-01-02"]
    assert texts(root, f"//x:url[x:loc='{SITE}/']/x:lastmod/text()") == []


def test_robots_may_read_all_but_answers_and_searches(published: Client) -> None:
    rules = published.get("/robots.txt").text
    robots = RobotFileParser()
    robots.parse(rules.splitlines())
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    # The parser of the standard library takes the first rule that fits instead of the longest.
    by_length = sorted(
        re.findall(r"^(Allow|Disallow): (\S+)$", rules, re.MULTILINE), key=lambda rule: -len(rule[1])
    )

    def allows(path: str) -> bool:
        fits = (word for word, rule in by_length if re.match(re.escape(rule).replace(r"\$", "$"), path))
        word: str = next(fits)
        return word == "Allow"

    assert all(allows(path) for path in places(published))
    assert not any(allows(path) for path in ("/check/result/", "/check/age/", "/search/", "/search/?q=pain"))


def test_language_models_are_told_what_to_rely_on_and_where_to_look(
    published: Client, library: Library
) -> None:
    text = published.get("/llms.txt").text
    assert text.startswith("# Nervewise\n\n> ")
    assert f"No clinician has reviewed any of the {len(library.pages)} pages yet." in text
    links = [link.removeprefix(SITE) for link in LINK.findall(text)]
    assert {f"/{section.name}/" for section in SECTIONS} | {"/api/", "/get-help-now/"} <= set(links)
    for link in links:
        if link != "/api/":
            published.get(link)
    assert re.findall(r"\n{3,}|[^ -~\n]", text) == []


def test_language_models_are_told_how_many_pages_were_reviewed(make_app: MakeApp, library: Library) -> None:
    reviewer = Reviewer(name="A test", role="physiotherapist", date=datetime.date(2026, 1, 2))
    page = library.pages["sciatica"].model_copy(update={"reviewed_by": reviewer})
    text = Client(make_app(page, checker=False)).get("/llms.txt").text
    assert f"A clinician has reviewed 1 of {len(library.pages)} pages." in text
    assert "questionnaire.json" not in text


@pytest.mark.parametrize(
    ("contact", "reached"),
    [
        ("safety@example.org", "mailto:safety@example.org"),
        ("https://example.org/report", "https://example.org/report"),
    ],
)
def test_who_finds_a_hole_is_told_whom_to_write_to(make_app: MakeApp, contact: str, reached: str) -> None:
    app = make_app(address=SITE, contact=contact)
    app.config["TODAY"] = lambda: datetime.date(2026, 12, 1)
    lines = Client(app).get("/.well-known/security.txt").text.splitlines()
    assert lines == [
        f"Contact: {reached}",
        "Expires: 2027-05-30T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {SITE}/.well-known/security.txt",
    ]


def test_without_a_contact_there_is_none_to_tell(app: Flask) -> None:
    Client(app).get("/.well-known/security.txt", status=404)
