"""The site as files: served by a plain web server they hold what the site holds, and no link is broken."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field, replace
from functools import partial
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from click.testing import CliRunner

from app.cli import main
from app.exporting import ExportError, content_day, export
from app.factory import create_app
from app.packed import MARKER, TOP, Packed, read_packed
from tests.web.addresses import LIST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.checker.outcome import Checker
    from app.settings import Settings

LIVE = "https://live.example"
NOTES = ("/check/", "/search/", "/offline/")
# What a visitor puts together by the address, which files cannot do.
PUT_TOGETHER = ("/treatments/compare/", "/exercises/sheet/")


class QuietFiles(SimpleHTTPRequestHandler):
    """Serves files without a line for each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
        """Say nothing."""


@dataclass
class Reading(HTMLParser):
    """A page: where it links to, what can be linked to, its forms, and the words of its main part.

    Words are left out where files cannot do what the site does: forms, what leads to pages that a visitor
    puts together, how many pages a filter let through, and the places on the home page.
    """

    html: str
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    forms: int = 0
    parts: list[str] = field(default_factory=list)
    open: list[tuple[str, bool, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        has = {name: value or "" for name, value in attrs}
        self.links += [has[name] for name in ("href", "src") if name in has]
        self.ids |= {value for name, value in has.items() if name == "id"}
        self.forms += tag == "form"
        if tag in ("meta", "link", "input", "br", "img", "hr", "col", "wbr"):
            return
        _, in_main, left_out = self.open[-1] if self.open else ("", False, False)
        left_out = (
            left_out
            or tag == "form"
            or not {"screen-only", "home__places"}.isdisjoint(has.get("class", "").split())
            or has.get("role") == "status"
            or has.get("href", "").partition("?")[0] in PUT_TOGETHER
        )
        self.open.append((tag, in_main or tag == "main", left_out))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take the words of the main part."""
        if self.open and self.open[-1][1:] == (True, False):
            self.parts.append(data)

    @property
    def words(self) -> str:
        """Give the words with single spaces."""
        return " ".join("".join(self.parts).split())


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@pytest.fixture(scope="module")
def live(settings: Settings) -> Settings:
    """Settings of a site that is reached at an address of its own."""
    return replace(settings, address=LIVE)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder around an export, `site`, and the packed one, `site.zip`, as the command writes them."""
    around = tmp_path_factory.mktemp("export")
    arguments = ["export", str(around / "site"), "--zip", str(around / "site.zip")]
    result = CliRunner(env={"NERVEWISE_ADDRESS": LIVE}).invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert [line.partition(":")[0] for line in result.output.splitlines()] == arguments[1::2]
    return around


@pytest.fixture(scope="module")
def pages(exported: Path) -> dict[str, Reading]:
    """Every page of the export by the address of its folder."""
    site = exported / "site"
    return {
        f"/{file.relative_to(site).as_posix().removesuffix('index.html')}": Reading(file.read_text("utf-8"))
        for file in site.rglob("*.html")
    }


@pytest.fixture(scope="module")
def port(exported: Path) -> Iterator[int]:
    """The port of a plain web server over the export."""
    handler = partial(QuietFiles, directory=str(exported / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def crawl(port: int) -> tuple[set[str], list[str]]:
    """Follow every link from the home page.

    Returns:
        The paths that were asked for, and the links that lead nowhere.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    base = f"http://127.0.0.1:{port}"
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str, str]] = []
    broken: list[str] = []
    waiting = {"/index.html"}
    while waiting:
        path = waiting.pop()
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            broken.append(f"{path} answers {response.status}")
        is_page = response.headers.get_content_type() == "text/html"
        reading = Reading(body.decode()) if is_page else Reading("")
        ids[path] = reading.ids
        for link in dict.fromkeys(reading.links):
            target, fragment = urldefrag(urljoin(base + path, link))
            if target.startswith(base):
                links.append((path, target.removeprefix(base), fragment))
                waiting |= {links[-1][1]} - ids.keys()
    connection.close()
    broken += [
        f"{path} links to {target}#{fragment}"
        for path, target, fragment in links
        if fragment and fragment not in ids[target]
    ]
    return set(ids), broken


def test_under_a_plain_web_server_no_link_is_broken_and_every_file_is_reached(
    port: int, exported: Path
) -> None:
    asked, broken = crawl(port)
    assert broken == []
    files = {f"/{name}" for name in contents(exported / "site")}
    assert files - asked == {f"/{MARKER}"}


def test_links_lead_from_file_to_file(pages: dict[str, Reading]) -> None:
    for address, page in pages.items():
        inside = [link for link in page.links if not urlsplit(link).scheme and not link.startswith("#")]
        wrong = [link for link in inside if link.startswith("/") or link.endswith("/") or "?" in link]
        assert wrong == [], address


def test_every_public_page_is_there(pages: dict[str, Reading]) -> None:
    assert set(LIST.read_text("utf-8").split()) - pages.keys() == set(PUT_TOGETHER)


def test_every_page_says_what_the_live_one_says(
    live: Settings, checker: Checker, pages: dict[str, Reading]
) -> None:
    client = create_app(live, checker).test_client()
    for address, page in pages.items():
        if address not in NOTES:
            assert page.words == Reading(client.get(address).text).words, address
            assert page.words, address


def test_no_form_is_left(pages: dict[str, Reading]) -> None:
    assert [address for address, page in pages.items() if page.forms] == []


@pytest.mark.parametrize("address", NOTES)
def test_what_needs_a_server_says_where_it_is(pages: dict[str, Reading], address: str) -> None:
    assert f"{LIVE}{address}" in pages[address].links
    assert "needs the live site" in pages[address].words


def test_a_later_export_replaces_an_earlier_one_with_the_same_bytes(
    exported: Path, live: Settings, checker: Checker
) -> None:
    site = exported / "site"
    before = contents(site)
    beside = set(exported.iterdir())
    (site / "left-over.html").touch()
    written = export(live, checker, site)
    assert contents(site) == before
    assert (written.files, written.size) == (len(before), sum(map(len, before.values())))
    assert set(exported.iterdir()) == beside


def test_the_packed_file_holds_the_same_in_order_and_dated_by_the_content(
    exported: Path, checker: Checker
) -> None:
    with zipfile.ZipFile(exported / "site.zip") as archive:
        entries = archive.infolist()
        packed = {one.filename: archive.read(one) for one in entries}
    assert packed == {f"{TOP}/{name}": content for name, content in contents(exported / "site").items()}
    assert list(packed) == sorted(packed)
    day = content_day(checker)
    assert {one.date_time for one in entries} == {(day.year, day.month, day.day, 0, 0, 0)}
    file = exported / "site.zip"
    assert read_packed(file) == Packed(file.resolve(), file.stat().st_size, day)


def test_a_folder_with_something_else_is_refused_and_left_as_it_is(
    live: Settings, checker: Checker, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    for place in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(ExportError, match="no earlier export"):
            export(live, checker, place)
    assert contents(tmp_path) == {"letter.txt": b"dear"}
