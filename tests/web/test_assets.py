"""The style sheet and the scripts: named by what is in them, kept for ever."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from app.web.assets import read_assets
from tests.web.client import Client

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import MakeApp


def style_sheet(client: Client) -> str:
    """Give the address of the style sheet as the home page names it."""
    return client.get("/").page.one("link", rel="stylesheet").attrib["href"]


def scripts(client: Client) -> list[str]:
    """Give the addresses of the scripts as the home page names them."""
    return [script.attrib["src"] for script in client.get("/").page.all("script") if "src" in script.attrib]


def write_static(folder: Path, words: str) -> Path:
    """Write style sheets and scripts; give the folder of static files around them."""
    css = folder / "css"
    (css / "components").mkdir(parents=True)
    for name in ("tokens", "base", "layout", "print", "components/b", "components/a"):
        (css / f"{name}.css").write_text(f"/* {name} */\n{words}\n", "utf-8")
    (folder / "js").mkdir()
    for name in ("b", "early", "offline-worker", "a"):
        (folder / "js" / f"{name}.js").write_text(f"// {name}\n", "utf-8")
    return folder


def test_style_sheet_and_scripts_are_kept_for_ever(client: Client) -> None:
    for address in (style_sheet(client), *scripts(client)):
        answer = client.get(address)
        assert answer.response.mimetype == ("text/css" if address.endswith(".css") else "text/javascript")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_only_what_must_run_before_the_first_paint_is_waited_for(client: Client) -> None:
    early, later = (one for one in client.get("/").page.all("script") if "src" in one.attrib)
    assert early.attrib["src"].endswith("/early.js")
    assert "defer" not in early.attrib
    assert later.attrib["src"].endswith("/site.js")
    assert "defer" in later.attrib


@pytest.mark.parametrize("name", ["site.css", "site.js", "early.js", "other.css"])
def test_an_asset_of_another_day_is_not_there(client: Client, name: str) -> None:
    client.get(f"/assets/0123456789abcdef/{name}", status=404)


def test_files_are_joined_in_the_order_of_the_layers_and_components_by_name(tmp_path: Path) -> None:
    served = read_assets(write_static(tmp_path, ""))
    lines = served["site.css"].decode().split("\n")
    assert [line.strip("/* ") for line in lines if line] == [
        "tokens",
        "base",
        "layout",
        "components/a",
        "components/b",
        "print",
    ]
    assert served["site.js"] == b"// a\n// b\n"
    assert served["early.js"] == b"// early\n"
    assert served["offline-worker.js"] == b"// offline-worker\n"


def test_pictures_are_served_under_their_place_and_drawings_stand_in_the_pages(project: Path) -> None:
    served = read_assets(project / "static")
    assert served["img/mark.svg"] == (project / "static" / "img" / "mark.svg").read_bytes()
    assert "cards/causes/sciatica.png" in served
    assert not [name for name in served if "drawings" in name]


def test_other_styles_have_another_address(
    client: Client, make_app: MakeApp, project: Path, tmp_path: Path
) -> None:
    folder = write_static(tmp_path, "p { color: red }")
    shutil.copytree(project / "static" / "img", folder / "img")
    shutil.copytree(project / "static" / "cards", folder / "cards")
    other = Client(make_app(static=folder))
    assert style_sheet(other) != style_sheet(client)
    assert "color: red" in other.get(style_sheet(other)).text


def test_the_style_sheet_asks_for_nothing_from_elsewhere(client: Client) -> None:
    sheet = client.get(style_sheet(client)).text
    assert "@import" not in sheet
    assert "//" not in sheet.replace("/*", "").replace("*/", "")


COLOUR = r"--([a-z0-9-]+): (#[0-9a-f]+);"


def test_old_browsers_get_the_same_colours(project: Path) -> None:
    tokens = (project / "static" / "css" / "tokens.css").read_text("utf-8")
    new, _, old = tokens.partition("@supports not")
    pairs = re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\);", new)
    light, _, dark = old.partition("@media (prefers-color-scheme: dark)")
    assert re.findall(COLOUR, light) == [(name, one) for name, one, _ in pairs]
    assert re.findall(COLOUR, dark) == [(name, other) for name, _, other in pairs]


def test_styles_know_no_left_and_right(client: Client) -> None:
    sheet = client.get(style_sheet(client)).text
    physical = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|(?:^|[\s;{])(?:left|right|top|bottom|width|height):"
        r"|(?:float|clear|text-align): (?:left|right)",
        sheet,
    )
    assert physical == []
