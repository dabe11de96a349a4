"""What may be kept by browsers and caches: the public pages, for ten minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.client import Client


@pytest.mark.parametrize(
    "address",
    ["/", "/a-z/", "/glossary/", "/get-help-now/", "/causes/", "/causes/?area=leg", "/faq/", "/causes/als/"],
)
def test_a_public_page_may_be_kept_for_ten_minutes_by_anyone(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "public, max-age=600"
    assert "Vary" not in headers
