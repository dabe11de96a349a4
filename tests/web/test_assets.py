"""The style sheet: one file, named by what is in it, kept for ever."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from app.web.assets import read_style_sheet
from tests.web.client import Client

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import MakeApp


def style_sheet(client: Client) -> str:
    """Give the address of the style sheet as the home page names it."""
    return client.get("/").page.one("link", rel="stylesheet").attrib["href"]


def write_styles(folder: Path, words: str) -> Path:
    """Write a folder of style sheets; give the folder of static files around it."""
    css = folder / "css"
    (css / "components").mkdir(parents=True)
    for name in ("tokens", "base", "layout", "print", "components/b", "components/a"):
        (css / f"{name}.css").write_text(f"/* {name} */\n{words}\n", "utf-8")
    return folder


def test_the_style_sheet_is_kept_for_ever(client: Client) -> None:
    answer = client.get(style_sheet(client))
    assert answer.response.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_style_sheet_of_another_day_is_not_there(client: Client) -> None:
    client.get("/assets/0123456789abcdef/site.css", status=404)


def test_files_are_joined_in_the_order_of_the_layers_and_components_by_name(tmp_path: Path) -> None:
    lines = read_style_sheet(write_styles(tmp_path, "") / "css").decode().split("\n")
    assert [line.strip("/* ") for line in lines if line] == [
        "tokens",
        "base",
        "layout",
        "components/a",
        "components/b",
        "print",
    ]


def test_other_styles_have_another_address(
    client: Client, make_app: MakeApp, project: Path, tmp_path: Path
) -> None:
    folder = write_styles(tmp_path, "p { color: red }")
    shutil.copytree(project / "static" / "img", folder / "img")
    other = Client(make_app(static=folder))
    assert style_sheet(other) != style_sheet(client)
    assert "color: red" in other.get(style_sheet(other)).text


def test_the_style_sheet_asks_for_nothing_from_elsewhere(client: Client) -> None:
    sheet = client.get(style_sheet(client)).text
    assert "@import" not in sheet
    assert "//" not in sheet.replace("/*", "").replace("*/", "")
