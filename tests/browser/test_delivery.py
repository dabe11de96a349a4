"""What a visit loads: nothing from elsewhere, and little."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

pytestmark = pytest.mark.browser

MOST_BYTES = 30 * 1024
MOST_REQUESTS = 5


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/causes/",
        "/causes/cervical-radiculopathy/",
        "/treatments/nsaid/",
        "/emergencies/stroke-or-tia/",
        "/get-help-now/",
        "/glossary/",
        "/check/",
        "/check/begin/",
    ],
)
def test_nothing_comes_from_elsewhere_and_nothing_is_blocked_or_missing(
    page: Page, server: str, address: str
) -> None:
    requested: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(error.message))
    page.goto(address, wait_until="networkidle")
    assert requested
    assert [url for url in requested if not url.startswith(f"{server}/")] == []
    assert said == []
    if address != "/check/begin/":
        assert page.context.cookies() == []


@pytest.mark.parametrize("slug", ["carpal-tunnel-syndrome", "cervical-radiculopathy", "sciatica"])
def test_the_first_view_of_a_cause_is_light(page: Page, slug: str) -> None:
    received: dict[str, Response] = {}
    page.on("response", lambda response: received.update({response.url: response}))
    page.goto(f"/causes/{slug}/", wait_until="networkidle")
    bodies = {url: response.body() for url, response in received.items()}
    # The browser of the tests has no tabs that show an icon, and may not ask for it.
    icon = page.locator("link[rel=icon]").evaluate("link => link.href")
    bodies[icon] = page.request.get(icon).body()

    assert len(bodies) <= MOST_REQUESTS
    weight = {url: len(gzip.compress(body)) for url, body in bodies.items()}
    assert sum(weight.values()) <= MOST_BYTES, weight
