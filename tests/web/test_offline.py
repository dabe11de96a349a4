"""Reading without a network: what a browser is told to keep, and the whole site as one file."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from app.factory import create_app
from app.packed import Packed
from tests.web.client import Client

if TYPE_CHECKING:
    from pathlib import Path

    from app.checker.outcome import Checker
    from app.content.library import Library
    from app.settings import Settings
    from tests.web.conftest import MakeApp


@pytest.fixture
def offering(make_app: MakeApp, tmp_path: Path) -> Client:
    """A visitor of a site that offers a download."""
    file = tmp_path / "export.zip"
    file.write_bytes(b"the whole site")
    return Client(make_app(packed=Packed(file, 2_340_000, datetime.date(2026, 11, 30))))


def test_a_site_without_a_download_says_so(client: Client) -> None:
    page = client.get("/offline/").page
    assert "offers no download" in page.words
    assert not [one for one in page.all("a") if one.attrib["href"].endswith(".zip")]
    client.get("/offline/nervewise.zip", status=404)


def test_the_download_is_offered_with_its_size_and_day(offering: Client) -> None:
    page = offering.get("/offline/").page
    assert "2.3 MB" in page.words
    assert "30 November 2026" in page.words
    way = page.one("a", class_="button").attrib["href"]
    answer = offering.get(way)
    assert answer.response.data == b"the whole site"
    assert answer.response.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == "attachment; filename=nervewise.zip"


def test_the_way_to_it_stands_on_every_page(client: Client) -> None:
    assert client.get("/").page.one("a", within="site-footer", href="/offline/") is not None


def told(client: Client) -> dict[str, Any]:
    """Give what the worker is told of the site."""
    first, _, _ = client.get("/offline-worker.js").text.partition("\n")
    site: dict[str, Any] = json.loads(first.removeprefix("const SITE = ").removesuffix(";"))
    return site


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(client: Client) -> None:
    answer = client.get("/offline-worker.js")
    assert answer.response.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_what_is_always_kept_is_public_and_is_there(client: Client) -> None:
    site = told(client)
    assert {"/", "/get-help-now/", "/offline/", "/check/"} < set(site["pages"])
    assert site["notKept"] in site["pages"]
    for address in (*site["pages"], *site["files"]):
        answer = client.get(address)
        assert answer.headers.get("Cache-Control") != "no-store"
        answer.response.close()
    home = client.get("/").page
    needed = [one.attrib["src"] for one in home.all("script") if "src" in one.attrib]
    needed += [one.attrib["href"] for one in home.all("link") if one.get("rel") in ("icon", "stylesheet")]
    assert set(needed) == set(site["files"])


def test_of_the_checker_and_the_search_nothing_else_may_be_kept(client: Client) -> None:
    assert told(client)["never"] == ["/check/", "/search/"]


def test_the_worker_is_another_one_when_the_numbers_change(
    client: Client, settings: Settings, checker: Checker
) -> None:
    site = checker.library.site
    fewer = site.model_copy(update={"emergency_numbers": site.emergency_numbers[:1]})
    knowledge = replace(checker, library=replace(checker.library, site=fewer))
    other = Client(create_app(settings, knowledge))
    assert told(other)["version"] != told(client)["version"]


def test_where_there_is_no_network_the_numbers_are_at_hand(client: Client, library: Library) -> None:
    page = client.get("/offline/not-kept/").page
    assert page.heading == "You are offline"
    dialled = {one.attrib["href"] for one in page.all("a") if one.attrib["href"].startswith("tel:")}
    assert dialled == {f"tel:{one.ambulance.replace(' ', '')}" for one in library.site.emergency_numbers}
