"""The index in a file finds what the index in memory finds, and a file that is no good is made anew."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING

import pytest

from app.search.index import SearchIndex
from app.search.store import MOST_FILES, SUFFIX, file_of
from tests.search.conftest import DOCUMENTS, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from app.content.library import Library
    from app.search.documents import Document
    from app.search.telling import Telling

QUERIES = ("numb fingers", "carpal tunnel", "oedema", "sciatica pain", "xyzzy", "the")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A place for an index, in a folder that is not there yet."""
    return tmp_path / "cache" / "few"


@pytest.fixture
def make(nothing_told: Telling, file: Path) -> Callable[[], SearchIndex]:
    """What makes the index over few documents by a file."""
    return lambda: SearchIndex(lambda: DOCUMENTS, WORDS, nothing_told, file)


def untouched() -> Iterable[Document]:
    """Fail: the documents are in a file and need no indexing."""
    pytest.fail("the documents were indexed again")


def same(one: SearchIndex, other: SearchIndex) -> bool:
    """Tell whether two indexes find the same."""
    return all(one.search(query) == other.search(query) for query in QUERIES)


def the_file(file: Path) -> Path:
    """Give the one file of an index."""
    (found,) = file.parent.glob(f"*{SUFFIX}")
    return found


def test_an_index_is_taken_up_from_its_file(
    few: SearchIndex, make: Callable[[], SearchIndex], nothing_told: Telling, file: Path
) -> None:
    assert same(make(), few)
    assert same(SearchIndex(untouched, WORDS, nothing_told, file), few)
    assert [one.suffix for one in file.parent.iterdir()] == [SUFFIX]


@pytest.mark.parametrize("left", [0, 100, 9000])
def test_a_file_that_is_cut_off_is_made_anew(
    few: SearchIndex, make: Callable[[], SearchIndex], file: Path, left: int
) -> None:
    make()
    found = the_file(file)
    found.write_bytes(found.read_bytes()[:left])
    assert same(make(), few)


def test_a_folder_that_others_may_write_to_is_not_used(
    few: SearchIndex, make: Callable[[], SearchIndex], file: Path
) -> None:
    file.parent.mkdir()
    file.parent.chmod(0o777)
    assert same(make(), few)


def test_a_folder_that_cannot_be_made_costs_only_time(
    few: SearchIndex, nothing_told: Telling, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    place = tmp_path / "file" / "few"
    assert same(SearchIndex(lambda: DOCUMENTS, WORDS, nothing_told, place), few)


def test_only_the_newest_files_are_kept(nothing_told: Telling, file: Path) -> None:
    for number in range(MOST_FILES + 2):
        SearchIndex(lambda: DOCUMENTS, WORDS, nothing_told, file.with_name(f"few{number}"))
        os.utime(next(file.parent.glob(f"few{number}-*")), (number, number))
    left = sorted(one.name[:4] for one in file.parent.iterdir())
    assert left == [f"few{number}" for number in range(2, MOST_FILES + 2)]


def test_each_content_has_a_file_of_its_own(library: Library, tmp_path: Path) -> None:
    assert file_of(library, None) is None
    assert file_of(dataclasses.replace(library, digest=""), tmp_path) is None
    other = dataclasses.replace(library, digest="other")
    assert file_of(library, tmp_path) == file_of(library, tmp_path) != file_of(other, tmp_path)


def test_words_that_stand_everywhere_are_not_looked_for_beside_rarer_ones(
    nothing_told: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.search.index.MOST_MATCHES", 1)
    index = SearchIndex(lambda: DOCUMENTS, WORDS, nothing_told)
    found = index.search("carpal tunnel")
    assert [term.slug for term in found.terms] == ["carpal-tunnel"]
