"""What is found, and in which order."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.documents import documents_of
from app.search.index import SearchIndex
from tests.search.conftest import DOCUMENTS, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.content.library import Library
    from app.search.telling import Telling

    Find = Callable[[str], list[str]]

# What a query language would take for commands, and what breaks readers of text.
AWKWARD = (
    '"',
    "'; DROP TABLE page",
    "NEAR(a b)",
    "a OR b AND NOT c*",
    "{title}: x",
    "\x00",
    "😀",
    "a" * 5000,
    "-",
    "^a",
)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("carpal tunnel", "wrist"),
        ("cts", "wrist"),
        ("carpel tunnle", "wrist"),
        ("tingling little fingers", "elbow"),
        ("cant lift my foot", "drop"),
        ("pins and needles in the thumb", "wrist"),
        ("oedema", "swelling"),
        ("tumor", "swelling"),
        ("numb between my legs", "cauda"),
    ],
)
def test_everyday_words_lead_to_their_page(find: Find, query: str, first: str) -> None:
    assert find(query)[0] == first


def test_a_part_of_a_longer_wording_is_no_wording(few: SearchIndex) -> None:
    assert few.search("needles").hits[0].document.slug == "needling"
    assert "acupunctur" not in few.search("pins and needles").wanted


def test_a_term_stands_beside_the_pages(few: SearchIndex) -> None:
    found = few.search("carpal tunnel")
    assert [term.slug for term in found.terms] == ["carpal-tunnel"]
    assert "carpal-tunnel" not in [hit.document.slug for hit in found.hits]
    assert few.search("tingling").terms == ()


@pytest.mark.parametrize(
    ("query", "danger"),
    [
        ("numb between legs", "cauda"),
        ("no feeling in my saddle", "cauda"),
        ("i want to hurt myself", "despair"),
        ("i cant go on", "despair"),
        ("my back hurts", None),
        ("cant lift it", None),
        ("numb legs", None),
        ("between my legs", None),
    ],
)
def test_a_danger_needs_a_wording_of_each_list_whole(
    few: SearchIndex, query: str, danger: str | None
) -> None:
    found = few.search(query)
    assert (found.danger.slug if found.danger else None) == danger
    assert few.speaks_of_danger(query) == (danger is not None)
    if danger:
        assert found.hits[0].document.slug == danger


def test_a_danger_whose_page_is_not_there_is_none(nothing_told: Telling) -> None:
    index = SearchIndex(lambda: DOCUMENTS[:4], WORDS, nothing_told)
    assert index.search("i cant go on").danger is None
    assert not index.speaks_of_danger("i cant go on")


def test_what_was_taken_for_another_word_is_told(few: SearchIndex) -> None:
    assert few.search("Carpel tunnel").corrected == "carpal tunnel"
    assert few.search("carpal tunnel").corrected is None


@pytest.mark.parametrize("query", ["spin class", "pottery class", "planet"])
def test_everyday_english_is_not_taken_for_medicine(index: SearchIndex, query: str) -> None:
    found = index.search(query)
    assert found.corrected is None
    assert found.hits == ()


@pytest.mark.parametrize("query", ["", "the", "qqqqqq", *AWKWARD])
def test_any_text_gives_an_answer(few: SearchIndex, query: str) -> None:
    few.search(query)
    few.suggest(query, 5)


@given(st.text(max_size=400))
def test_no_text_breaks_the_search(index: SearchIndex, query: str) -> None:
    found = index.search(query)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    assert len(index.suggest(query, 7)) <= 7


def test_suggestions_begin_as_what_was_typed_and_titles_come_first(few: SearchIndex) -> None:
    assert [one.slug for one in few.suggest("carp", 5)] == ["wrist"]
    assert [one.slug for one in few.suggest("tun", 1)] == [few.suggest("tun", 5)[0].slug]
    assert {one.slug for one in few.suggest("tunn", 5)} == {"wrist", "elbow"}
    assert few.suggest("ct", 5)[0].slug == "wrist"
    assert few.suggest("carpel", 5)[0].slug == "wrist"
    assert few.suggest(" ", 5) == ()


def test_every_page_is_found_by_its_title_and_by_each_of_its_names(
    index: SearchIndex, library: Library
) -> None:
    pages = [one for one in documents_of(library) if one.kind != "term"]
    lost = [
        (page.slug, name)
        for page in pages
        for name in (page.title, *page.names)
        if page.slug not in [hit.document.slug for hit in index.search(name).hits[:10]]
    ]
    assert lost == []


def test_every_term_is_found_by_its_name(index: SearchIndex, library: Library) -> None:
    lost = [
        slug
        for slug, term in library.terms.items()
        if slug not in [one.slug for one in index.search(term.term).terms]
    ]
    assert lost == []


def test_several_threads_may_search_at_once(index: SearchIndex) -> None:
    expected = index.search("sciatica").hits
    found = []
    threads = [threading.Thread(target=lambda: found.append(index.search("sciatica").hits)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_a_withdrawn_page_is_not_found(library: Library) -> None:
    gone = library.pages["sciatica"].model_copy(update={"withdrawn": "A reason."})
    other = replace(library, pages={**library.pages, "sciatica": gone})
    assert "sciatica" not in {one.slug for one in documents_of(other)}
