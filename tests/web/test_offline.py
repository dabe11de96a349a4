"""Reading without a network: the page that explains it, and the whole site as one file."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from app.packed import Packed
from tests.web.client import Client

if TYPE_CHECKING:
    from pathlib import Path

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
