"""The main layouts as pictures: a change of what is seen is a change that somebody has looked at."""

from __future__ import annotations

import datetime
import io
import itertools
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest
from PIL import Image, ImageChops

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Browser, Page, StorageState

    Scheme = Literal["light", "dark"]

pytestmark = pytest.mark.browser

FOLDER = "tests/browser/screenshots"
NPM = "tests/browser/npm/node_modules"
FONTS = {
    "serif": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
    "sans": "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
    "signs": "@fontsource/noto-sans-symbols-2/files/noto-sans-symbols-2-symbols-400-normal.woff2",
}
# A channel may differ by this much, since a picture that is kept has few colours, and this share of the
# pixels by more, since the edges of letters hang on the version of Chromium.
MOST_OF_A_CHANNEL = 10
MOST_OF_THE_PIXELS = 0.001
COLOURS = 256
CHANGED = (255, 0, 160)
FADED = 0.75


class View(NamedTuple):
    """A page to take a picture of, in one of its states, or the section of it whose heading is `part`."""

    address: str
    visitor: str | None = None
    part: str | None = None


class Window(NamedTuple):
    """What it is seen in."""

    width: int
    height: int
    scheme: Scheme


VIEWS = {
    "home": View("/"),
    "article": View("/causes/carpal-tunnel-syndrome/"),
    "index": View("/causes/"),
    "comparison": View("/treatments/compare/?t=nsaid&t=heat"),
    "exercise": View("/exercises/plank/"),
    "question": View("/check/where/", "soon"),
    "result": View("/check/result/", "soon"),
    "get-help-now": View("/get-help-now/"),
    "no-page": View("/there-is-no-such-page/"),
    "buttons": View("/_components/", part="Buttons and chips"),
    "cards": View("/_components/", part="Cards and notices"),
    "lists": View("/_components/", part="Lists"),
    "forms": View("/_components/", part="Forms"),
    "matches": View("/_components/", part="Results of the checker"),
}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WINDOWS = tuple(
    Window(*size, scheme) for size, scheme in itertools.product(((375, 800), (1280, 900)), SCHEMES)
)
PICTURES = {
    f"{name}-{window.width}-{window.scheme}": (view, window)
    for name, view in VIEWS.items()
    for window in WINDOWS
}

# Letters of the same shape on every machine, and nothing that moves.
STYLE = """
@font-face { font-family: tests-serif; src: url("/fonts/serif"); font-weight: 200 900; }
@font-face { font-family: tests-sans; src: url("/fonts/sans"); font-weight: 200 900; }
@font-face { font-family: tests-signs; src: url("/fonts/signs"); }
:root { --serif: tests-serif, tests-signs; --sans: tests-sans, tests-signs; scrollbar-width: none; }
*, ::before, ::after { animation: none !important; transition: none !important; }
"""
# Fonts are ready, too, when no letter has asked for one yet.
READY = "() => Promise.all([...document.fonts].map(font => font.load())).then(() => document.fonts.ready)"


class Difference(NamedTuple):
    """What is otherwise than in a picture: the share of the pixels, and a picture that shows where."""

    share: float
    picture: Image.Image


def compare(kept: Image.Image, actual: Image.Image) -> Difference:
    """Tell how far what is seen differs from the picture that was kept; in another size, all of it does."""
    if kept.size != actual.size:
        return Difference(1.0, Image.new("RGB", actual.size, CHANGED))
    red, green, blue = ImageChops.difference(kept, actual).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    changed = most.point([255 * (value > MOST_OF_A_CHANNEL) for value in range(256)])
    faded = Image.blend(kept, Image.new("RGB", kept.size, "white"), FADED)
    faded.paste(CHANGED, mask=changed)
    return Difference(changed.histogram()[255] / (kept.width * kept.height), faded)


def keep(picture: Image.Image, file: Path) -> None:
    """Write a picture, small."""
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def font_file(project: Path, address: str) -> Path:
    """Give the file of a font that a page asks for."""
    file = project / NPM / FONTS[address.rpartition("/")[2]]
    assert file.is_file(), f"there is no {file}; make test puts it there"
    return file


@pytest.fixture(scope="module")
def window(app: Flask, browser: Browser, server: str, project: Path) -> Iterator[Page]:
    """The one window for all pictures: with fonts of its own, and without a page that is past its review."""
    with (
        pytest.MonkeyPatch.context() as patch,
        browser.new_context(base_url=server, bypass_csp=True) as context,
    ):
        patch.setitem(app.config, "TODAY", lambda: datetime.date.min)
        context.route("**/fonts/*", lambda route: route.fulfill(path=font_file(project, route.request.url)))
        yield context.new_page()


def dress(page: Page, view: View, window: Window, visitors: Mapping[str, StorageState]) -> None:
    """Show a view with the fonts of the tests."""
    page.context.clear_cookies()
    if view.visitor:
        page.context.set_storage_state(visitors[view.visitor])
    page.set_viewport_size({"width": window.width, "height": window.height})
    page.emulate_media(color_scheme=window.scheme)
    page.goto(view.address)
    page.add_style_tag(content=STYLE)
    page.evaluate(READY)


def picture_of(page: Page, part: str | None = None) -> Image.Image:
    """Take a picture of what is seen in the window, or of a section that may be higher than it."""
    whole = page.locator("section", has=page.locator(f"> h2:text-is('{part}')")) if part else page
    return Image.open(io.BytesIO(whole.screenshot(animations="disabled"))).convert("RGB")


def look_at(name: str, page: Page, folder: Path, part: str | None = None, *, accept: bool = False) -> None:
    """Hold what is seen against the picture of this name, or make it the picture."""
    kept, failed = folder / f"{name}.png", folder / "failed"
    shown = {part: failed / f"{name}-{part}.png" for part in ("actual", "difference")}
    for file in shown.values():
        file.unlink(missing_ok=True)
    actual = picture_of(page, part)
    if accept:
        keep(actual, kept)
        return
    assert kept.is_file(), f"there is no picture {kept}; make screenshots takes it"
    with Image.open(kept) as picture:
        difference = compare(picture.convert("RGB"), actual)
    if difference.share <= MOST_OF_THE_PIXELS:
        return
    failed.mkdir(exist_ok=True)
    actual.save(shown["actual"])
    difference.picture.save(shown["difference"])
    pytest.fail(
        f"{difference.share:.2%} of the pixels are otherwise than in {kept}. Look at {shown['actual']} and "
        f"{shown['difference']}; if it is meant to be so, make screenshots accepts it.",
        pytrace=False,
    )


@pytest.mark.parametrize("name", PICTURES)
def test_a_page_looks_as_in_its_picture(
    name: str,
    window: Page,
    visitors: Mapping[str, StorageState],
    project: Path,
    pytestconfig: pytest.Config,
) -> None:
    view, size = PICTURES[name]
    dress(window, view, size, visitors)
    look_at(name, window, project / FOLDER, view.part, accept=pytestconfig.getoption("--accept-screenshots"))


@pytest.mark.parametrize("name", VIEWS)
def test_no_letter_of_a_picture_is_drawn_in_a_font_of_the_machine(
    name: str, window: Page, visitors: Mapping[str, StorageState]
) -> None:
    dress(window, VIEWS[name], WINDOWS[0], visitors)
    session = window.context.new_cdp_session(window)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})["nodeIds"]
    used = [
        font
        for node in nodes
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    ]
    session.detach()
    assert used
    assert {font["familyName"] for font in used if not font["isCustomFont"]} == set()


def test_a_button_of_another_colour_is_seen_and_shown(
    window: Page, visitors: Mapping[str, StorageState], tmp_path: Path
) -> None:
    dress(window, VIEWS["home"], WINDOWS[0], visitors)
    look_at("home", window, tmp_path, accept=True)
    look_at("home", window, tmp_path)
    assert not (tmp_path / "failed").exists()

    window.add_style_tag(content=".button { background: #b00020 !important }")
    with pytest.raises(pytest.fail.Exception, match=r"home-actual\.png and .*home-difference\.png"):
        look_at("home", window, tmp_path)
    with Image.open(tmp_path / "failed" / "home-actual.png") as actual:
        assert compare(actual.convert("RGB"), picture_of(window)).share == 0
    box = window.locator(".button").first.bounding_box()
    assert box
    with Image.open(tmp_path / "failed" / "home-difference.png") as difference:
        inside = (round(box["x"] + box["width"] / 2), round(box["y"]) + 4)
        assert difference.convert("RGB").getpixel(inside) == CHANGED
        assert difference.convert("RGB").getpixel((1, 1)) != CHANGED


def test_a_picture_of_another_size_differs_and_a_shade_does_not() -> None:
    size = (40, 30)
    paper = Image.new("RGB", size, (240, 240, 240))
    assert compare(paper, Image.new("RGB", (40, 31), (240, 240, 240))).share == 1
    assert compare(paper, Image.new("RGB", size, (240, 240, 240 - MOST_OF_A_CHANNEL))).share == 0
    assert compare(paper, Image.new("RGB", size, (240, 240, 239 - MOST_OF_A_CHANNEL))).share == 1


def test_every_picture_that_is_kept_is_one_that_is_taken(project: Path) -> None:
    kept = {file.stem for file in (project / FOLDER).glob("*.png")}
    assert kept - PICTURES.keys() == set(), "nothing is held against these; remove them"
