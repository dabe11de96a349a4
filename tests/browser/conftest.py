"""What the browser tests share: the site, served as it is, and a real Chromium."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from app.factory import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Browser, Page, Playwright, StorageState

    from app.checker.outcome import Checker
    from app.settings import Settings

# The same names as in find-chromium.
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Letters of the same shape, whatever the machine says of them.
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MOST_QUESTIONS = 20
CARPAL_TUNNEL = frozenset(
    {
        *("main.numb_tingling", "region.wrist_hand", "site.thumb", "site.index", "site.middle"),
        *("feel.tingling", "feel.numb", "onset.gradual", "course.comes_goes", "dur.6w_6m"),
        *("trig.night", "trig.grip_phone_drive", "relief.shake", "assoc.drops_things"),
        *("age.40_59", "sex.female"),
    }
)
EYELID = frozenset(
    {
        *("main.twitching", "region.head_face", "site.eyelid", "feel.painless"),
        *("course.comes_goes", "dur.1_6_days", "trig.caffeine", "trig.short_sleep", "trig.stress"),
        *("age.16_39", "sex.male"),
    }
)
VISITORS = {
    "emergency": frozenset({"red.saddle_numb"}),
    "soon": CARPAL_TUNNEL,
    "self-care": EYELID,
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option by which `make screenshots` takes the pictures anew."""
    parser.addoption(
        "--accept-screenshots", action="store_true", help="make what is seen the pictures to compare with"
    )


class QuietHandler(WSGIRequestHandler):
    """Serves without a line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - named by werkzeug
        """Say nothing."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve a site on a free port of this machine; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session", name="served")
def served_fixture() -> Callable[[Flask], AbstractContextManager[str]]:
    """How a site is served on this machine."""
    return served


@pytest.fixture(scope="session")
def app(settings: Settings, checker: Checker) -> Flask:
    """The site over the real content."""
    return create_app(settings, checker)


@pytest.fixture(scope="session")
def server(app: Flask) -> Iterator[str]:
    """The address at which the site is served."""
    with served(app) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browser."""
    with sync_playwright() as running:
        yield running


@contextmanager
def must_start() -> Iterator[None]:
    """Fail, and say why, when the browser cannot start: these tests are never skipped."""
    try:
        yield
    except Error as error:
        raise pytest.fail.Exception(
            "Chromium does not start, so nothing in tests/browser can be tried. "
            "Run tests/browser/find-chromium: it installs Chromium or says what to do. "
            f"The one that was tried: {chromium() or 'that of playwright'}\n{error}",
            pytrace=False,
        ) from None


def chromium() -> str | None:
    """Give the path of the Chromium on this machine; None leaves it to playwright, which may have its own."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser(playwright: Playwright, server: str) -> Iterator[Browser]:
    """A real Chromium. It is closed before the server, so that no connection is left open."""
    del server
    with must_start():
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page of a visitor who comes for the first time."""
    with browser.new_context(base_url=server) as context:
        yield context.new_page()


@pytest.fixture
def page_without_js(browser: Browser, server: str) -> Iterator[Page]:
    """A page of a visitor whose browser runs no scripts."""
    with browser.new_context(base_url=server, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture
def page_without_cookies(playwright: Playwright, server: str, tmp_path: Path) -> Iterator[Page]:
    """A page of a visitor who has forbidden all cookies in the settings of the browser."""
    settings = tmp_path / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text('{"profile": {"default_content_setting_values": {"cookies": 2}}}', "utf-8")
    with must_start():
        context = playwright.chromium.launch_persistent_context(
            tmp_path, executable_path=chromium(), args=FLAGS, base_url=server
        )
    with context:
        yield context.pages[0]


def press(page: Page, name: str) -> None:
    """Press a button that sends a form, and wait for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def go_through(page: Page, chosen: Collection[str]) -> list[str]:
    """Begin, and answer every question that comes.

    Args:
        page: where it is done.
        chosen: the options to tick where they are offered; 'None of these' or 'Not sure' is ticked elsewhere.

    Returns:
        The ids of the questions, in the order in which they came.
    """
    asked: list[str] = []
    page.goto("/check/begin/")
    while page.get_by_role("button", name="Continue").count() and len(asked) < MOST_QUESTIONS:
        asked.append(page.url.rstrip("/").rpartition("/")[2])
        offered = page.locator("[name=chosen]").evaluate_all("boxes => boxes.map(box => box.value)")
        fitting = [f"[value='{option}']" for option in offered if option in chosen]
        for box in fitting or ["#none, #not-sure"]:
            page.locator(box).check()
        press(page, "Continue")
    return asked


@pytest.fixture(scope="session", name="go_through")
def go_through_fixture() -> Callable[[Page, Collection[str]], list[str]]:
    """How a visitor answers the questionnaire."""
    return go_through


@pytest.fixture(scope="session")
def carpal_tunnel() -> frozenset[str]:
    """What a visitor with the tingling of carpal tunnel syndrome ticks."""
    return CARPAL_TUNNEL


@pytest.fixture(scope="session")
def visitors(browser: Browser, server: str) -> Mapping[str, StorageState]:
    """What the browser keeps of visitors who have answered everything, by the level of their result."""
    kept = {}
    with browser.new_context(base_url=server) as context:
        page = context.new_page()
        for level, chosen in VISITORS.items():
            context.clear_cookies()
            go_through(page, chosen)
            kept[level] = context.storage_state()
        context.set_storage_state(kept["soon"])
        page.goto("/check/danger-body/")
        page.get_by_label("None of these").uncheck()
        page.locator("[value='red.bladder']").check()
        press(page, "Continue")
        kept["urgent"] = context.storage_state()
        for level, state in kept.items():
            context.set_storage_state(state)
            page.goto("/check/result/")
            expect(page.locator(f".card--{level}")).to_be_visible()
    return kept
