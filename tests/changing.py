"""Changing what a running site is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.pages import Page

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import Client as Browser

PAGE = "causes/sciatica.md"
ADDRESS = "/causes/sciatica/"


def swap(file: Path, old: str, new: str) -> None:
    """Change the words of a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def heading(browser: Browser, address: str) -> str:
    """Give the main heading of a page."""
    return Page(browser.get(address).text).heading
