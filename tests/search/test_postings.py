"""The scores of the postings are those that SQLite's FTS5 reckons."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from app.search.postings import WEIGHTS, Postings, PostingsMaker
from app.search.store import fields_of
from app.search.wording import stems_of
from tests.search.conftest import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIELDS = [[stems_of(text) for text in fields_of(document)] for document in DOCUMENTS]
_BY_FTS5 = "SELECT rowid, -bm25(page, {}) FROM page WHERE page MATCH ? ORDER BY rowid"


@pytest.fixture(scope="module")
def postings() -> Mapping[str, Postings]:
    """The postings of the few documents."""
    maker = PostingsMaker()
    for fields in FIELDS:
        maker.add(fields)
    return {row[0]: Postings.of_row(*row[1:]) for row in maker.rows()}


@pytest.fixture(scope="module")
def page() -> Iterator[sqlite3.Connection]:
    """The same documents as FTS5 indexes them."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE page USING fts5(title, names, opening, headings, text)")
        for number, fields in enumerate(FIELDS):
            values = (number, *map(" ".join, fields))
            database.execute(
                "INSERT INTO page(rowid, title, names, opening, headings, text) VALUES (?, ?, ?, ?, ?, ?)",
                values,
            )
        yield database


@pytest.mark.parametrize("stem", ["carpal", "tunnel", "nerv", "tingl", "acupunctur", "told", "foot"])
def test_scores_are_those_of_fts5(
    postings: Mapping[str, Postings], page: sqlite3.Connection, stem: str
) -> None:
    held = postings[stem]
    expected = page.execute(_BY_FTS5.format(", ".join(map(str, WEIGHTS))), (stem,)).fetchall()
    assert list(held.numbers) == [number for number, _ in expected]
    assert list(held.scores) == pytest.approx([score for _, score in expected], rel=1e-5)
    by_names = page.execute(_BY_FTS5.format("1, 1"), (f"{{title names}} : {stem}",)).fetchall()
    assert list(held.named) == [number for number, _ in by_names]
    assert list(held.name_scores) == pytest.approx([score for _, score in by_names], rel=1e-5)


def test_a_stem_knows_which_of_some_documents_hold_it(postings: Mapping[str, Postings]) -> None:
    assert list(postings["tunnel"].among(range(len(DOCUMENTS) + 2))) == [0, 1, 7]
    assert postings["tunnel"].foremost == 3
    assert postings["finger"].foremost == 0


def test_no_documents_have_no_postings() -> None:
    assert list(PostingsMaker().rows()) == []
