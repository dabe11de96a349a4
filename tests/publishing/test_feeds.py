"""The feed and the sitemap, for the smallest whole content."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, fromstring

import pytest

from app.publishing.feeds import ATOM, SITEMAP, atom_feed, last_modified, sitemap
from tests.content.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from app.content.library import Library
    from app.content.pages import Page

FIRST = "  - {date: 2026-01-05, text: First published.}\n"
LATER = "  - {date: 2026-02-01, text: A warning was added.}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the smallest whole content."""
    return Folder(tmp_path / "content")


def tell(folder: Folder, name: str, changes: str) -> None:
    """Let a page tell its changes."""
    folder.change(name, "review_due:", f"changes:\n{changes}review_due:")


def address_of(page: Page) -> str:
    """Give an address."""
    return f"https://example.org/{page.slug}/"


def feed_of(library: Library) -> Element:
    """Give the feed."""
    text = atom_feed(library, address_of, "https://example.org/", "https://example.org/changes.atom")
    return fromstring(text)  # noqa: S314 - our own


def texts(feed: Element, name: str) -> list[str | None]:
    """Give the texts of all entries' children of some name."""
    return [one.text for one in feed.iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}{name}")]


def test_the_page_that_changed_last_stands_first(folder: Folder) -> None:
    tell(folder, "treatments/rest.md", LATER + FIRST)
    tell(folder, "symptoms/tingling.md", FIRST)
    tell(folder, "guides/how-nerves-work.md", FIRST)
    feed = feed_of(folder.library())
    assert texts(feed, "id") == [
        f"https://example.org/{slug}/" for slug in ("rest", "how-nerves-work", "tingling")
    ]
    assert texts(feed, "updated") == ["2026-02-01T00:00:00Z", *["2026-01-05T00:00:00Z"] * 2]
    assert texts(feed, "published") == ["2026-01-05T00:00:00Z"] * 3
    assert feed.findtext(f"{{{ATOM}}}updated") == "2026-02-01T00:00:00Z"


def test_an_entry_says_what_was_changed_and_what_the_page_is_about(folder: Folder) -> None:
    tell(folder, "treatments/rest.md", LATER + FIRST)
    tell(folder, "faq/does-it-heal.md", FIRST)
    library = folder.library()
    rest = library.treatments[0]
    assert texts(feed_of(library), "summary") == [
        f"A warning was added. {rest.description}",
        "First published.",
    ]


def test_a_withdrawn_page_says_so_and_why(folder: Folder) -> None:
    tell(folder, "treatments/rest.md", FIRST)
    folder.withdraw("treatments/rest.md")
    feed = feed_of(folder.library())
    assert texts(feed, "title") == ["Withdrawn: Rest"]
    assert texts(feed, "summary") == ["First published. It was wrong."]


def test_a_feed_without_a_change_is_as_old_as_its_newest_page(folder: Folder) -> None:
    folder.change("treatments/rest.md", "sources_checked: 2026-01-01", "sources_checked: 2026-03-01")
    feed = feed_of(folder.library())
    assert texts(feed, "id") == []
    assert feed.findtext(f"{{{ATOM}}}updated") == "2026-03-01T00:00:00Z"


@pytest.mark.parametrize(
    ("checked", "modified"), [("2026-01-31", "2026-02-01"), ("2026-02-02", "2026-02-02")]
)
def test_a_page_was_last_modified_when_it_changed_or_was_checked(
    folder: Folder, checked: str, modified: str
) -> None:
    tell(folder, "treatments/rest.md", LATER + FIRST)
    folder.change("treatments/rest.md", "sources_checked: 2026-01-01", f"sources_checked: {checked}")
    assert last_modified(folder.library().pages["rest"]) == datetime.date.fromisoformat(modified)


def test_a_sitemap_keeps_the_order_and_says_only_the_days_that_are_known() -> None:
    places = [("https://example.org/b/?a&b", datetime.date(2026, 1, 2)), ("https://example.org/a/", None)]
    root = fromstring(sitemap(places))  # noqa: S314 - our own
    found = [(one.findtext(f"{{{SITEMAP}}}loc"), one.findtext(f"{{{SITEMAP}}}lastmod")) for one in root]
    assert found == [("https://example.org/b/?a&b", "2026-01-02"), ("https://example.org/a/", None)]
