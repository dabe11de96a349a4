"""An export is opened from a folder, without any server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.exporting import export

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from app.checker.outcome import Checker
    from app.settings import Settings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(settings: Settings, checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export."""
    made = tmp_path_factory.mktemp("export") / "site"
    export(settings, checker, made)
    return made


@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_read_from_the_folder_with_its_styles_and_scripts(page: Page, folder: Path, width: int) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(error.message))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="Find its causes by place on the body").click()
    page.get_by_role("link", name="Carpal tunnel syndrome").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Carpal tunnel syndrome")
    assert page.url.startswith("file://")
    page.get_by_label("Dark").check()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    word = page.locator("button.term").first
    word.click()
    expect(page.locator(".terms__card:popover-open")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("search").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The search needs the live site")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert said == []
