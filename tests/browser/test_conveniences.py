"""What makes the site easier: words explained in place, colours of choice, boxes that exclude each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WITH_WORDS = "/guides/can-a-pinched-nerve-cause-twitching/"
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 700), (1280, 700)])
def test_a_medical_word_is_explained_in_place_without_javascript(
    page_without_js: Page, width: int, height: int
) -> None:
    page = page_without_js
    page.set_viewport_size({"width": width, "height": height})
    page.goto(WITH_WORDS)
    word = page.get_by_role("button", name="magnesium")
    card = page.get_by_role("group", name="Magnesium")
    expect(card).to_be_hidden()
    word.focus()
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    expect(card).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    expect(card.get_by_role("link", name="Magnesium in the glossary")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(word).to_be_focused()
    word.click()
    card.get_by_role("button", name="Close").click()
    expect(card).to_be_hidden()
    assert page.url.endswith(WITH_WORDS)


def test_on_paper_the_words_are_a_list(page: Page) -> None:
    page.goto(WITH_WORDS)
    expect(page.get_by_text("Medical words on this page")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("Medical words on this page")).to_be_visible()
    expect(page.get_by_role("group", name="Magnesium")).to_be_visible()


def ground(page: Page) -> str:
    """Give the colour of the paper."""
    colour: str = page.evaluate(GROUND)
    return colour


def test_the_colours_that_were_chosen_hold_on_every_page_and_leave_no_cookie(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/")
    light = ground(page)
    page.get_by_label("Dark").check()
    dark = ground(page)
    assert dark != light
    page.goto("/causes/")
    assert ground(page) == dark
    expect(page.get_by_label("Dark")).to_be_checked()
    page.get_by_label("As on this device").check()
    assert ground(page) == light
    page.emulate_media(color_scheme="dark")
    assert ground(page) == dark
    page.get_by_label("Light", exact=True).check()
    assert ground(page) == light
    assert page.context.cookies() == []


def test_paper_is_light_whatever_was_chosen(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Dark").check()
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_without_javascript_no_switch_is_shown(page_without_js: Page) -> None:
    page_without_js.goto("/")
    expect(page_without_js.get_by_label("Dark")).to_be_hidden()


def test_none_of_these_and_the_other_boxes_exclude_each_other(page: Page) -> None:
    page.goto("/check/begin/")
    none, unsure = page.get_by_label("None of these"), page.get_by_label("Not sure about the rest")
    sign = page.locator("[name=chosen]").first
    sign.check()
    unsure.check()
    none.check()
    expect(sign).not_to_be_checked()
    expect(unsure).not_to_be_checked()
    sign.check()
    expect(none).not_to_be_checked()


def test_a_problem_takes_the_focus_and_leads_to_its_field(page_without_js: Page) -> None:
    page = page_without_js
    page.goto("/check/begin/")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=chosen]").first).to_be_focused()


def test_in_forced_colours_what_is_ticked_and_what_is_lit_can_be_told(browser: Browser, server: str) -> None:
    with browser.new_context(base_url=server, forced_colors="active") as context:
        page = context.new_page()
        page.goto("/causes/?area=neck")
        fill = "element => getComputedStyle(element).fill"
        lit = page.locator('.body-map [data-region="neck_shoulder"] path').first.evaluate(fill)
        assert lit != page.locator('.body-map [data-region="ankle_foot"] path').first.evaluate(fill)
        assert (
            page.locator(".card__level, .match, .button, .filters button").first.evaluate(
                "element => getComputedStyle(element).borderStyle"
            )
            != "none"
        )
