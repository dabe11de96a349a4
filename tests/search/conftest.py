"""What the tests of the search share: an index over few documents, and one over the real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.content.keys import EmergencySlug
from app.content.searchwords import Saying, SearchDanger, SearchWords
from app.search.documents import Document
from app.search.index import SearchIndex
from app.search.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.content.library import Library

WORDS = SearchWords(
    sayings=(
        Saying(says=("pins and needles", "prickling"), means="tingling"),
        Saying(says=("needles",), means="acupuncture"),
        Saying(says=("lift my foot",), means="foot drop"),
    ),
    dangers=(
        SearchDanger(
            page=EmergencySlug("cauda"),
            all_of=(("numb", "no feeling"), ("between legs", "saddle")),
        ),
        SearchDanger(page=EmergencySlug("despair"), all_of=(("hurt myself", "cant go on"),)),
    ),
)


def document(slug: str, title: str, *names: str, kind: str = "cause", text: str = "") -> Document:
    """Make a document."""
    return Document(kind, slug, title, names, f"{title} is told here.", "", text)


DOCUMENTS = (
    document(
        "wrist", "Carpal tunnel syndrome", "CTS", text="The thumb is tingling at night. A nerve is pressed."
    ),
    document("elbow", "Cubital tunnel syndrome", text="The little finger tingles. A nerve is pressed."),
    document("drop", "Foot drop", text="The foot hangs. A nerve is pressed."),
    document("needling", "Acupuncture", kind="treatment", text="Fine needles in the skin."),
    document("cauda", "Pressed nerves in the back", kind="emergency", text="Numb where one sits."),
    document("despair", "Despair", kind="emergency"),
    document("swelling", "Edema", text="Haemorrhage and tumour, in British spelling."),
    document("carpal-tunnel", "Carpal tunnel", kind="term"),
)


@pytest.fixture(scope="session")
def nothing_told(library: Library) -> Telling:
    """A telling that weighs the real pages: none of the few documents."""
    return Telling(library)


@pytest.fixture(scope="session")
def few(nothing_told: Telling) -> SearchIndex:
    """The index over few documents."""
    return SearchIndex(lambda: DOCUMENTS, WORDS, nothing_told)


@pytest.fixture(scope="session")
def index(library: Library) -> SearchIndex:
    """The index over the real pages."""
    return SearchIndex.of(library)


@pytest.fixture(scope="session")
def find(few: SearchIndex) -> Callable[[str], list[str]]:
    """Search the few documents; gives slugs."""
    return lambda text: [hit.document.slug for hit in few.search(text).hits]
