"""Pages on paper: what a reader needs, and nothing that only works on a screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Page, StorageState, ViewportSize

pytestmark = pytest.mark.browser

# A4 at 96 dots an inch, less margins of 1 cm.
SHEET: ViewportSize = {"width": 718, "height": 1047}


def test_an_article_is_printed_without_navigation_and_with_the_addresses_of_its_sources(page: Page) -> None:
    page.goto("/causes/carpal-tunnel-syndrome/")
    page.emulate_media(media="print")
    for name in ("nav", ".skip", ".site-header__help"):
        assert page.locator(name).count()
        for part in page.locator(name).all():
            expect(part).to_be_hidden()
    for name in ("h1", ".summary", ".card", ".sources", ".record"):
        expect(page.locator(name).first).to_be_visible()
    printed = page.locator(".sources a").first.evaluate("link => getComputedStyle(link, '::after').content")
    assert "https://" in printed


@pytest.mark.parametrize("address", ["/causes/carpal-tunnel-syndrome/", "/treatments/"])
def test_no_table_is_cut_off_on_paper(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    page.goto(address)
    tables = page.locator(".table")
    assert tables.count()
    cut = tables.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).length")
    assert cut == 0


def test_the_summary_for_a_doctor_fits_one_sheet(
    browser: Browser, server: str, visitors: Mapping[str, StorageState]
) -> None:
    with browser.new_context(base_url=server, storage_state=visitors["soon"]) as context:
        page = context.new_page()
        page.goto("/check/summary/")
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
        assert len(sheets) == 1
        page.emulate_media(media="print")
        for name in ("Clear my answers", "Back to your result", "Get help now"):
            expect(page.get_by_role("link", name=name)).to_be_hidden()
