"""The body map of the checker: it lights up with the boxes, and a tap on it ticks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LIT = "element => getComputedStyle(element).fill"


def open_map(page: Page) -> None:
    """Go to the question where it hurts."""
    page.goto("/check/begin/")
    for _ in range(2):
        page.get_by_label("None of these").check()
        page.get_by_role("button", name="Continue").click()
    page.locator('input[value="main.pain"]').check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where do you feel it?")


def fill_of(page: Page, region: str) -> str:
    """Give the colour of a region of the map."""
    shape = page.locator(f'.body-map [data-region="{region}"] path').first
    colour: str = shape.evaluate(LIT)
    return colour


def test_a_tap_on_the_map_ticks_the_box_and_another_one_clears_it(browser: Browser, server: str) -> None:
    with browser.new_context(base_url=server) as context:
        page = context.new_page()
        open_map(page)
        box = page.locator('input[value="region.low_back"]')
        region = page.locator('.body-map [data-region="low_back"] path').first
        region.click()
        expect(box).to_be_checked()
        region.click()
        expect(box).not_to_be_checked()


def test_the_map_lights_up_with_the_boxes_without_javascript(browser: Browser, server: str) -> None:
    with browser.new_context(base_url=server, java_script_enabled=False) as context:
        page = context.new_page()
        open_map(page)
        plain = fill_of(page, "ankle_foot")
        page.locator('input[value="region.ankle_foot"]').check()
        assert fill_of(page, "ankle_foot") != plain
        assert fill_of(page, "wrist_hand") == plain
        page.locator('input[value="region.many"]').check()
        assert fill_of(page, "wrist_hand") == fill_of(page, "ankle_foot") != plain
