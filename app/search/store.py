"""Where the index lies: an SQLite database, in memory or in a file that all workers share.

The file is made whole, named by its own digest, and put in its place at once, so that one that is cut off, or
that was changed, is found out when it is opened and made anew. It is found again by a digest of the content
and of the code, and is never written to: what others made of the same content is the same.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.content.cache import code_digest, digest_of, is_ours
from app.search.postings import PostingsMaker
from app.search.wording import stems_of, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.content.library import Library
    from app.search.documents import Document

SUFFIX = ".search"
# So many files are kept, for the site may go back to what it was.
MOST_FILES = 3
# So much of a file is read as memory.
MAPPED = 1 << 30
_CREATE = """
    CREATE VIRTUAL TABLE name USING fts5(words, content='', prefix='1 2 3');
    CREATE TABLE owner (row INTEGER PRIMARY KEY, number INTEGER);
    CREATE TABLE document (
        number INTEGER PRIMARY KEY, kind TEXT, slug TEXT, title TEXT, names TEXT, opening TEXT, headings TEXT,
        text TEXT, stems_of_names TEXT
    );
    CREATE INDEX slugs ON document (slug);
    CREATE TABLE posting (
        stem TEXT PRIMARY KEY, numbers BLOB, scores BLOB, named BLOB, name_scores BLOB, foremost INTEGER
    );
    CREATE TABLE word (word TEXT PRIMARY KEY, number INTEGER, named INTEGER) WITHOUT ROWID;
    CREATE TABLE pair (before TEXT, after TEXT, PRIMARY KEY (before, after)) WITHOUT ROWID;
"""


def stored(documents: Callable[[], Iterable[Document]], file: Path | None) -> sqlite3.Connection:
    """Give the database of some documents, by a file if it can be.

    Args:
        documents: gives the documents, where they have to be indexed.
        file: the file without the digest in its name; None keeps the database in memory.
    """
    if file is not None:
        found = _opened(file)
        if found is None:
            with suppress(OSError, sqlite3.Error):
                _make(documents(), file)
                found = _opened(file)
        if found is not None:
            return found
    database = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(database, documents())
    return database


def file_of(library: Library, folder: Path | None) -> Path | None:
    """Give the file for the index of a library in the cache folder; None without a folder."""
    if folder is None or not library.digest:
        return None
    here = Path(__file__).parent
    codes = code_digest(here), code_digest(here.parent / "content")
    return folder / digest_of(library.digest.encode(), *codes).hex()[:16]


def fields_of(document: Document) -> tuple[str, ...]:
    """Give the texts of a document that are searched, field by field."""
    return (
        document.title,
        ". ".join(document.names),
        document.opening,
        document.headings,
        document.text,
    )


def _opened(file: Path) -> sqlite3.Connection | None:
    if not is_ours(file.parent):
        return None
    for found in file.parent.glob(f"{file.name}-*{SUFFIX}"):
        if is_ours(found) and _digest(found) == found.stem.rpartition("-")[2]:
            address = f"{found.resolve().as_uri()}?mode=ro&immutable=1"
            database = sqlite3.connect(address, uri=True, check_same_thread=False)
            database.execute(f"PRAGMA mmap_size = {MAPPED}")
            return database
    return None


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "blake2b").hexdigest()[:32]


def _make(documents: Iterable[Document], file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".new")
    os.close(handle)
    made = Path(name)
    try:
        with closing(sqlite3.connect(made)) as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            _fill(database, documents)
        made.replace(file.with_name(f"{file.name}-{_digest(made)}{SUFFIX}"))
    finally:
        made.unlink(missing_ok=True)
    files = sorted(file.parent.glob(f"*{SUFFIX}"), key=lambda one: one.stat().st_mtime_ns)
    for old in files[:-MOST_FILES]:
        old.unlink()


def _fill(database: sqlite3.Connection, documents: Iterable[Document]) -> None:
    counts, postings, owners = _Counts(), PostingsMaker(), itertools.count()
    with database:
        database.executescript(_CREATE)
        for number, document in enumerate(documents):
            counts.add(document)
            postings.add([stems_of(text) for text in fields_of(document)])
            of_names = [" ".join(stems_of(name)) for name in (document.title, *document.names)]
            row = (document.kind, document.slug, document.title, json.dumps(document.names))
            texts = (document.opening, document.headings, document.text)
            database.execute(
                "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, *row, *texts, "|".join(of_names)),
            )
            for name in (document.title, *document.names):
                owner = next(owners)
                words = " ".join(word.folded for word in words_in(name))
                database.execute("INSERT INTO name(rowid, words) VALUES (?, ?)", (owner, words))
                database.execute("INSERT INTO owner VALUES (?, ?)", (owner, number))
        database.executemany("INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?)", postings.rows())
        database.executemany(
            "INSERT INTO word VALUES (?, ?, ?)",
            ((word, number, word in counts.named) for word, number in counts.words.items()),
        )
        database.executemany("INSERT INTO pair VALUES (?, ?)", counts.pairs)


class _Counts:
    """How often words are there."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.named: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()

    def add(self, document: Document) -> None:
        """Count the words of a document."""
        for field in fields_of(document):
            self.words.update(word.folded for word in words_in(field))
        for name in (document.title, *document.names):
            folded = [word.folded for word in words_in(name)]
            self.named.update(folded)
            self.pairs.update(itertools.pairwise(folded))
