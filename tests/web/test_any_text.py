"""Any text in any parameter, and in any field of any form, gives a page and never a fault of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.making import MARK, ODD_TEXTS, PARAMETERS, SEARCH_SYNTAX
from tests.web.client import Client, Links

if TYPE_CHECKING:
    from flask import Flask

PAGES = (
    *("/search/", "/search/suggest/", "/causes/", "/treatments/", "/exercises/", "/symptoms/", "/faq/"),
    *("/treatments/compare/", "/exercises/sheet/", "/check/begin/", "/check/danger-now/", "/emergencies/"),
)
texts = st.text(max_size=200) | st.sampled_from((*SEARCH_SYNTAX, *ODD_TEXTS)) | st.just(MARK)
names = st.sampled_from(PARAMETERS) | texts


def quoted(text: str) -> str:
    """Write a text for an address; half a surrogate pair, too."""
    return quote(text.encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=150)
@given(page=st.sampled_from(PAGES), pairs=st.lists(st.tuples(names, texts), max_size=4))
def test_any_query_gives_a_page(app: Flask, links: Links, page: str, pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{quoted(name)}={quoted(text)}" for name, text in pairs)
    response = Client(app, links, cookies=False).raw.get(f"{page}?{query}")
    expected = {"/check/begin/": 303, "/check/danger-now/": 400}.get(page, 200)
    assert response.status_code == expected
    assert "<nw" not in response.text
