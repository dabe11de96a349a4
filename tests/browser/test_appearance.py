"""Every kind of page as it is seen: accessible, readable, and never wider than its window."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.addresses import FILES, LIST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flask import Flask
    from playwright.sync_api import Browser, Page, StorageState

    Scheme = Literal["light", "dark"]

pytestmark = pytest.mark.browser


class View(NamedTuple):
    """A page in one of its states."""

    address: str
    visitor: str | None = None
    press: str | None = None

    def __str__(self) -> str:
        return " ".join(part for part in self if part)


NO_PAGE = "/there-is-no-such-page/"
VIEWS = (
    View("/"),
    View("/get-help-now/"),
    View("/glossary/"),
    View("/a-z/"),
    View("/api/"),
    View("/symptoms/"),
    View("/symptoms/twitching/"),
    View("/causes/"),
    View("/causes/cervical-radiculopathy/"),
    View("/treatments/"),
    View("/treatments/nsaid/"),
    View("/treatments/compare/?t=nsaid&t=heat"),
    View("/exercises/"),
    View("/exercises/plank/"),
    View("/exercises/sheet/?e=plank"),
    View("/emergencies/"),
    View("/emergencies/cauda-equina-syndrome/"),
    View("/guides/"),
    View("/guides/the-neuromuscular-junction/"),
    View("/faq/"),
    View("/faq/do-i-need-a-scan/"),
    View("/about/"),
    View("/about/intended-use/"),
    View("/about/changes/"),
    View("/about/how-the-checker-works/"),
    View("/about/how-the-checker-works/sciatica/"),
    View("/about/checker-scores/"),
    View("/offline/"),
    View("/offline/not-kept/"),
    View("/_components/"),
    View("/search/"),
    View("/search/?q=carpel tunnel"),
    View("/search/?q=cant pee back pain"),
    View("/search/?q=qqqqqqqq"),
    View(NO_PAGE),
    View("/check/"),
    View("/check/danger-now/", "soon"),
    View("/check/age/", "soon"),
    View("/check/begin/", press="Continue"),
    View("/check/answers/", "soon"),
    View("/check/result/", "self-care"),
    View("/check/result/", "soon"),
    View("/check/result/", "urgent"),
    View("/check/result/", "emergency"),
    View("/check/summary/", "soon"),
    View("/check/clear/", "soon"),
    View("/check/clear/", "soon", press="Yes, clear them"),
    View("/check/result/"),
)

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LOOKS: tuple[tuple[Scheme, int], ...] = (("light", 320), ("dark", 1280), ("dark", 320), ("light", 1280))
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

# Pages that share their template with a view are looked at once in turn; with --every-look, in all looks.
EVERY_PAGE = [address for address in LIST.read_text("utf-8").split() if View(address) not in VIEWS]

# What ends right of the window, where the page as a whole can be scrolled there.
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const over = [...document.body.querySelectorAll('*')]
        .filter(element => element.getBoundingClientRect().right > width + 0.5);
    return ['the page', ...over.map(element => element.outerHTML.slice(0, 120))];
}"""

# Every text that is seen, with its colour and that of the first ground behind it that is painted.
COLOURS = """() => {
    const seen = [...document.body.querySelectorAll('*')].filter(element => element.checkVisibility()
        && [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
    const ground = element => {
        const colour = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
        return colour === 'rgba(0, 0, 0, 0)' ? ground(element.parentElement) : colour;
    };
    return seen.map(element => [element.innerText, getComputedStyle(element).color, ground(element)]);
}"""


@pytest.fixture(scope="module")
def window(browser: Browser, server: str) -> Iterator[Page]:
    """The one window in which all views are shown, with axe at hand."""
    with browser.new_context(base_url=server) as context:
        context.add_init_script(Axe().axe_script)
        yield context.new_page()


@pytest.fixture(scope="module", params=VIEWS, ids=str)
def shown(request: pytest.FixtureRequest, window: Page, visitors: Mapping[str, StorageState]) -> Page:
    """A view in the window. The tests of a view share it, so each sets the width and the scheme it needs."""
    view: View = request.param
    window.context.clear_cookies()
    if view.visitor:
        window.context.set_storage_state(visitors[view.visitor])
    window.goto(view.address)
    if view.press:
        with window.expect_navigation():
            window.get_by_role("button", name=view.press).click()
    return window


def look(page: Page, width: int, scheme: Scheme = "light") -> None:
    """Give the window a width and the visitor a taste."""
    if page.viewport_size != {"width": width, "height": 800}:
        page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)


def too_wide(page: Page) -> list[str]:
    """Name what reaches over the right edge, where the page can be scrolled sideways."""
    found: list[str] = page.evaluate(TOO_WIDE)
    return found


def luminance(colour: str) -> float:
    """Reckon how bright a colour is, as WCAG 2 defines it."""
    match = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour)
    assert match, f"{colour} is not opaque"
    parts = [int(part) / 255 for part in match.groups()]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Reckon the contrast of two colours, from 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


# Lines that tell something, with the grounds on which they stand: WCAG 2.2, 1.4.11.
WASHES = ("emergency-wash", "urgent-wash", "soon-wash", "self-care-wash")
LINES = {
    "focus": ("paper", "raised", *WASHES),
    "nerve": ("paper", "raised", "skin", "bone", "muscle"),
}
TOKENS = """names => {
    const probe = document.body.appendChild(document.createElement('i'));
    return names.map(name => {
        probe.style.color = `var(--${name})`;
        return getComputedStyle(probe).color;
    });
}"""


def test_every_public_page_has_a_view(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    seen = {adapter.match(view.address.partition("?")[0])[0] for view in VIEWS if view.address != NO_PAGE}
    everything = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert everything - seen == FILES


def violations(page: Page, looks: Iterable[tuple[Scheme, int]]) -> list[str]:
    """Tell what axe finds on a page in some looks."""
    found = []
    for scheme, width in looks:
        look(page, width, scheme)
        rules = page.evaluate("options => axe.run(options).then(found => found.violations)", AXE_OPTIONS)
        found += [
            f"{scheme}, {width} px: {rule['id']}: {node['html']}: {node['failureSummary']}"
            for rule in rules
            for node in rule["nodes"]
        ]
    return found


def test_lines_that_must_be_seen_stand_out_three_to_one(window: Page, server: str) -> None:
    window.goto(server)
    faint = []
    for scheme, (line, grounds) in itertools.product(SCHEMES, LINES.items()):
        look(window, 1280, scheme)
        colour, *others = window.evaluate(TOKENS, (line, *grounds))
        found = zip(grounds, others, strict=True)
        faint += [f"{scheme}: {line} on {name}" for name, other in found if contrast(colour, other) < 3]
    assert not faint


def test_axe_finds_nothing_in_light_or_dark_narrow_or_wide(shown: Page) -> None:
    found = violations(shown, LOOKS)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("number", "address"), list(enumerate(EVERY_PAGE)), ids=EVERY_PAGE)
def test_axe_finds_nothing_on_any_page(
    window: Page, number: int, address: str, pytestconfig: pytest.Config
) -> None:
    looks = LOOKS if pytestconfig.getoption("every_look") else (LOOKS[number % len(LOOKS)],)
    window.goto(address)
    found = violations(window, looks)
    assert not found, "\n".join(found)


def test_nothing_reaches_over_the_edge_of_a_small_phone(shown: Page) -> None:
    look(shown, 320)
    assert not (wide := too_wide(shown)), "\n".join(wide)


def test_letters_of_twice_the_size_fit_the_window(shown: Page) -> None:
    look(shown, 1280)
    usual = shown.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    session = shown.context.new_cdp_session(shown)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 2 * usual}})
    try:
        assert shown.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 2 * usual
        assert not (wide := too_wide(shown)), "\n".join(wide)
    finally:
        session.send("Page.setFontSizes", {"fontSizes": {"standard": usual}})
        session.detach()


def test_every_text_stands_out_seven_to_one(shown: Page) -> None:
    faint = set()
    for width, scheme in itertools.product((1280, 320), SCHEMES):
        look(shown, width, scheme)
        texts = shown.evaluate(COLOURS)
        assert texts
        faint |= {
            f"{scheme}: {contrast(colour, ground):.2f}: {text}"
            for text, colour, ground in texts
            if contrast(colour, ground) < 7
        }
    assert not faint, "\n".join(sorted(faint))
