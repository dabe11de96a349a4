"""Offline reading: not before the reader asks, never answers, nothing once it is switched off."""

from __future__ import annotations

import datetime
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.factory import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from contextlib import AbstractContextManager

    from flask import Flask
    from playwright.sync_api import Browser, Page

    from app.checker.outcome import Checker
    from app.settings import Settings

pytestmark = pytest.mark.browser

ALWAYS = {"/", "/get-help-now/", "/offline/", "/offline/not-kept/", "/check/"}
CAUSE = "/causes/sciatica/"
PATIENCE = 30.0
GROUND = "getComputedStyle(document.body).backgroundColor"

KEPT = """async () => {
    const kept = {};
    for (const name of await caches.keys()) {
        const requests = await (await caches.open(name)).keys();
        kept[name] = requests.map(request => request.url.replace(location.origin, ''));
    }
    return kept;
}"""
WORKERS = "() => navigator.serviceWorker.getRegistrations().then(found => found.length)"
FILL = """async (count) => {
    const cache = await caches.open('nervewise-pages');
    for (let number = 0; number < count; number++) {
        const day = new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString();
        await cache.put(`/old/${number}/`, new Response('<title>Old</title>', {headers: {'X-Kept-On': day}}));
    }
}"""


@dataclass
class Reader:
    """A reader with a browser, and a network that can be cut."""

    page: Page
    network: ExitStack

    def switch(self, *, on: bool) -> None:
        """Turn the switch, and wait until it is done."""
        self.page.goto("/offline/")
        self.page.get_by_role("switch").set_checked(on)
        told = "It is on." if on else "It is off."
        expect(self.page.locator(".offline").get_by_role("status")).to_contain_text(told)

    def read(self, *addresses: str) -> None:
        """Read pages until each is kept."""
        for address in addresses:
            self.page.goto(address, wait_until="networkidle")
        self.wait_until(lambda: self.pages.issuperset(addresses))

    def wait_until(self, done: Callable[[], bool]) -> None:
        """Return when something is so; fail when it takes too long."""
        end = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < end, self.kept
            self.page.wait_for_timeout(20)

    def cut(self) -> None:
        """Take the network away: nobody answers any more."""
        self.network.close()

    @property
    def kept(self) -> dict[str, list[str]]:
        """Give what the browser keeps, cache by cache."""
        found: dict[str, list[str]] = self.page.evaluate(KEPT)
        return found

    @property
    def pages(self) -> set[str]:
        """Give the addresses of the pages that are kept."""
        return set(self.kept.get("nervewise-pages", ()))

    @property
    def workers(self) -> int:
        """Give how many workers the browser has for the site."""
        return int(self.page.evaluate(WORKERS))


@pytest.fixture
def site(settings: Settings, checker: Checker) -> Flask:
    """A site that a test may change."""
    return create_app(settings, checker)


@pytest.fixture
def reader(
    browser: Browser, site: Flask, served: Callable[[Flask], AbstractContextManager[str]]
) -> Iterator[Reader]:
    """A reader who comes for the first time."""
    with ExitStack() as network:
        address = network.enter_context(served(site))
        with browser.new_context(base_url=address) as context:
            yield Reader(context.new_page(), network)


def test_before_it_is_switched_on_there_is_no_worker_and_nothing_is_kept(reader: Reader) -> None:
    for address in ("/", CAUSE, "/offline/"):
        reader.page.goto(address, wait_until="networkidle")
    expect(reader.page.get_by_role("switch")).not_to_be_checked()
    assert reader.workers == 0
    assert reader.kept == {}


def test_a_page_that_was_read_opens_offline_in_its_dress_and_says_its_day(reader: Reader) -> None:
    reader.switch(on=True)
    reader.read(CAUSE)
    expect(reader.page.get_by_text("You are offline")).to_have_count(0)
    ground = reader.page.evaluate(GROUND)
    reader.cut()
    reader.page.goto(CAUSE)
    now = datetime.datetime.now().astimezone()
    notice = reader.page.get_by_text(f"This page was kept on {now.day} {now:%B %Y}.")
    expect(notice).to_be_visible()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Sciatica")
    assert reader.page.evaluate(GROUND) == ground
    reader.page.get_by_label("Dark").check()


def test_the_numbers_the_home_page_and_the_start_of_the_checker_are_there_unread(reader: Reader) -> None:
    reader.switch(on=True)
    reader.cut()
    reader.page.goto("/get-help-now/")
    expect(reader.page.locator("[href='tel:999']").first).to_be_visible()
    for address in ("/", "/check/"):
        reader.page.goto(address)
        expect(reader.page.get_by_text("This page was kept on")).to_be_visible()


@pytest.mark.parametrize("address", ["/causes/als/", "/causes/?area=neck", "/check/begin/", "/search/?q=arm"])
def test_a_page_that_is_not_kept_gives_way_to_one_with_the_numbers_and_what_is_kept(
    reader: Reader, address: str
) -> None:
    reader.switch(on=True)
    reader.read(CAUSE, "/causes/")
    reader.cut()
    reader.page.goto(address)
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("You are offline")
    expect(reader.page.locator("[href='tel:999']")).to_be_visible()
    kept = reader.page.locator("[data-kept]")
    expect(kept.get_by_role("link", name="Get help now")).to_be_visible()
    kept.get_by_role("link", name="Sciatica").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Sciatica")


def test_answers_and_what_was_looked_for_are_never_kept(
    reader: Reader,
    carpal_tunnel: frozenset[str],
    go_through: Callable[[Page, Collection[str]], list[str]],
) -> None:
    reader.switch(on=True)
    asked = go_through(reader.page, carpal_tunnel)
    assert len(asked) > 5
    for address in ("/check/answers/", "/check/result/", "/check/summary/", f"/check/{asked[0]}/"):
        reader.page.goto(address, wait_until="networkidle")
    for address in ("/search/?q=arm", "/search/", "/causes/?area=neck", "/nowhere/"):
        reader.page.goto(address, wait_until="networkidle")
    reader.page.locator("#site-search").press_sequentially("sciat")
    expect(reader.page.get_by_role("option").first).to_be_visible()
    reader.read(CAUSE)
    assert reader.pages == ALWAYS | {CAUSE}
    files = {file for name, found in reader.kept.items() if name != "nervewise-pages" for file in found}
    assert {file.partition("/")[2].partition("/")[0] for file in files} == {"assets"}


def test_switched_off_it_leaves_nothing_though_another_tab_is_open(reader: Reader) -> None:
    reader.switch(on=True)
    reader.read(CAUSE)
    other = reader.page.context.new_page()
    other.goto("/causes/")
    assert reader.workers == 1
    assert len(reader.kept) == 2
    reader.switch(on=False)
    expect(reader.page.locator("[data-kept]")).to_be_hidden()
    other.reload(wait_until="networkidle")
    reader.page.goto(CAUSE, wait_until="networkidle")
    assert reader.workers == 0
    assert reader.kept == {}


def test_the_oldest_pages_make_room_for_new_ones(reader: Reader) -> None:
    reader.switch(on=True)
    reader.page.evaluate(FILL, 152)
    reader.read(CAUSE)
    left = ALWAYS | {CAUSE} | {f"/old/{number}/" for number in range(3, 152)}
    reader.wait_until(lambda: reader.pages == left)


def test_a_new_version_takes_over_and_what_was_kept_is_still_dressed(reader: Reader, site: Flask) -> None:
    reader.switch(on=True)
    reader.read(CAUSE)
    ground = reader.page.evaluate(GROUND)
    before = set(reader.kept)
    for digest, name in enumerate(("site.css", "site.js")):
        site.config["ASSET_DIGESTS"][name] = f"{digest:016x}"

    def is_new() -> bool:
        # As a browser does with each page that is read: an update that failed is tried again.
        reader.page.evaluate("navigator.serviceWorker.ready.then(registration => registration.update())")
        return before & reader.kept.keys() == {"nervewise-pages"}

    reader.wait_until(is_new)
    assert len(reader.kept) == 2
    reader.cut()
    # Past the browser's own cache, which still has the styles of that day.
    reader.page.context.new_cdp_session(reader.page).send("Network.clearBrowserCache")
    reader.page.goto(CAUSE)
    expect(reader.page.get_by_text("This page was kept on")).to_be_visible()
    assert reader.page.evaluate(GROUND) == ground


def test_where_there_is_no_network_it_cannot_be_switched_on_and_says_so(reader: Reader) -> None:
    reader.page.goto("/offline/")
    reader.cut()
    reader.page.get_by_role("switch").click()
    expect(reader.page.get_by_text("It could not be switched on.")).to_be_visible()
    expect(reader.page.get_by_role("switch")).not_to_be_checked()
    assert reader.kept == {}


def test_without_javascript_the_page_says_what_the_switch_needs(page_without_js: Page) -> None:
    page_without_js.goto("/offline/")
    expect(page_without_js.get_by_text("The switch needs JavaScript")).to_be_visible()
    expect(page_without_js.get_by_role("switch")).to_be_hidden()
