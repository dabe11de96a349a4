"""The body map: it lights up with the boxes, and a tap on it ticks them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Position, expect

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


def test_on_the_index_of_causes_one_place_may_stand_for_two_boxes(browser: Browser, server: str) -> None:
    with browser.new_context(base_url=server) as context:
        page = context.new_page()
        page.goto("/causes/")
        plain = fill_of(page, "neck_shoulder")
        neck = page.locator('.body-map [data-region="neck_shoulder"] path').first
        top = Position(x=neck.evaluate("path => path.getBoundingClientRect().width / 2"), y=12)
        neck.click(position=top)
        expect(page.get_by_label("Neck")).to_be_checked()
        expect(page.get_by_label("Shoulder")).to_be_checked()
        assert fill_of(page, "neck_shoulder") != plain
        page.get_by_role("button", name="Show").click()
        expect(page).to_have_url(f"{server}/causes/?area=neck&area=shoulder&family=")
        neck.click(position=top)
        expect(page.get_by_label("Neck")).not_to_be_checked()
        page.get_by_label("Back").check()
        assert fill_of(page, "chest_back") == fill_of(page, "low_back") != plain
        page.get_by_label("Whole body").check()
        assert fill_of(page, "ankle_foot") == fill_of(page, "low_back")


def test_a_tap_on_the_home_page_leads_to_the_causes_there_without_javascript(page_without_js: Page) -> None:
    page = page_without_js
    page.goto("/")
    page.locator('.body-map [data-region="chest_back"] path').first.click()
    expect(page).to_have_url(re.compile(r"/causes/\?area=back$"))
    expect(page.get_by_label("Back", exact=True)).to_be_checked()
