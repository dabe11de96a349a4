"""Whole ways through the checker, as a visitor goes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from playwright.sync_api import Locator, Page

    GoThrough = Callable[[Page, Collection[str]], list[str]]

pytestmark = pytest.mark.browser

# The focused box, or the line that frames it: both count as its focus ring.
RING = """box => [box, box.closest('.choice')].some(one => {
    const style = one && getComputedStyle(one);
    return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
})"""
HAS_FOCUS = "element => element === document.activeElement"


def answers_shown(page: Page) -> dict[str, str]:
    """Read the check-your-answers page: what was said, by question."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    rows = page.locator("dl.answers > div")
    titles = rows.locator("dt").all_inner_texts()
    words = [text.rpartition("Change")[0].strip() for text in rows.locator("dd").all_inner_texts()]
    return dict(zip(titles, words, strict=True))


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until a target has the focus; each stop on the way must show that it has it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        assert page.locator(":focus").evaluate(RING), page.locator(":focus").inner_text()
        if target.evaluate(HAS_FOCUS):
            expect(target).to_be_in_viewport()
            return
    pytest.fail(f"80 times Tab do not lead to {target}")


def test_the_checker_leads_to_carpal_tunnel_without_javascript(
    page_without_js: Page, go_through: GoThrough, carpal_tunnel: frozenset[str]
) -> None:
    page = page_without_js
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))

    page.goto("/")
    page.get_by_role("link", name="Find the pages that fit you").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Symptom checker")
    assert page.context.cookies() == []

    asked = go_through(page, carpal_tunnel)
    assert asked[:2] == ["danger-now", "danger-body"]
    assert len(asked) <= 14
    before = answers_shown(page)
    assert len(before) == len(asked)

    page.get_by_role("link", name="How long have you had it?").click()
    expect(page.get_by_label("Between 6 weeks and 6 months")).to_be_checked()
    page.get_by_label("Longer than 6 months").check()
    page.get_by_role("button", name="Continue").click()
    after = answers_shown(page)
    assert {title for title in before if before[title] != after[title]} == {"How long have you had it?"}
    assert after["How long have you had it?"].startswith("Longer than 6 months")

    page.get_by_role("link", name="See the pages that fit").click()
    expect(page.locator(".card__level")).to_have_text("Soon")
    best = page.locator(".match").first
    expect(best.get_by_role("link")).to_have_text("Carpal tunnel syndrome")
    expect(best).to_contain_text("fits well")
    expect(best.locator("dt:text-is('For') + dd")).to_contain_text("shaking out the hand")
    expect(page.get_by_text("No clinician has reviewed these rules.")).to_be_visible()

    page.get_by_role("link", name="Open the summary to print or show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Summary for a doctor")
    expect(page.get_by_text("Numbness or paraesthesia")).to_be_visible()
    expect(page.get_by_text("Pages that fit these answers:").locator("..")).to_contain_text(
        "Carpal tunnel syndrome"
    )

    page.get_by_role("link", name="Clear my answers").click()
    page.get_by_role("button", name="Yes, clear them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are cleared")
    assert page.context.cookies() == []
    page.goto("/check/result/")
    expect(page.get_by_role("heading", level=1)).to_have_text("We have no answers from you")
    assert not [url for url in requested for option in carpal_tunnel if option in url]


def test_the_first_questions_are_answered_by_keyboard_alone(page_without_js: Page) -> None:
    page = page_without_js
    page.goto("/check/")
    tab_to(page, page.get_by_role("link", name="Skip to the main part"))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Start"))
    page.keyboard.press("Enter")

    for title, label in (
        ("Is any of this happening now, or did it come on suddenly?", "None of these"),
        ("And is any of this new?", "None of these"),
        ("What troubles you most?", "Muscles twitch or jump under the skin"),
    ):
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        tab_to(page, page.get_by_label(label))
        page.keyboard.press("Space")
        expect(page.get_by_label(label)).to_be_checked()
        tab_to(page, page.get_by_role("button", name="Continue"))
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where do you feel it?")


def test_the_signs_of_cauda_equina_show_the_emergency_at_once(
    page_without_js: Page, go_through: GoThrough
) -> None:
    page = page_without_js
    page.set_viewport_size({"width": 375, "height": 667})
    asked = go_through(page, {"red.saddle_numb"})

    assert asked == ["danger-now", "danger-body"]
    card = page.locator(".card--emergency")
    expect(card.get_by_role("heading")).to_contain_text("Call an ambulance or go to A&E")
    expect(card.get_by_role("heading")).to_be_in_viewport(ratio=1)
    expect(card).to_contain_text("numb around the genitals", ignore_case=True)
    expect(card.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    expect(page.get_by_role("link", name="Cauda equina syndrome")).to_be_visible()
    harmless = page.get_by_role("heading", name=re.compile("that fit your answers|to read about|Left out"))
    expect(harmless).to_have_count(0)
    assert page.url.endswith("/check/result/")

    page.get_by_role("link", name="Change an answer").click()
    assert len(answers_shown(page)) == 2


def test_a_browser_without_cookies_is_told_so(page_without_cookies: Page) -> None:
    page = page_without_cookies
    page.goto("/check/")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have no answers from you")
    expect(page.get_by_text("Cookies are off in your browser.")).to_be_visible()
    expect(page.get_by_role("link", name="begin with a symptom")).to_be_visible()
