"""A file of what was worked out before: bytes by key. Without it everything is only slower.

Each content folder has an SQLite file of its own in the cache folder. An entry's key is a digest of all that
its value hangs on, so that an entry is never wrong, only of no more use; a value stands beside its own
digest. Whatever is wrong with the folder or the file, entries are not found and not kept, and that is all.
What others own or may write to is not read.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import sys
from contextlib import closing, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# Each content folder that was read has its file; beyond so many the oldest goes.
MOST_FILES = 8
SUFFIX = ".content"
_PARTS_OF_READING = ("markdown", "pydantic", "pydantic-core", "pyyaml")
_BUSY_SECONDS = 5.0
# Not WITHOUT ROWID: with the long values among the keys, a look-up takes three times as long.
_CREATE = "CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, digest BLOB, value BLOB)"


def digest_of(*parts: bytes) -> bytes:
    """Give a digest of some bytes, each part told from the next."""
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()


@cache
def code_digest(folder: Path) -> bytes:
    """Give a digest of the code in a folder and of what it leans on: other code may read otherwise."""
    code = [file.read_bytes() for file in sorted(folder.glob("*.py"))]
    leans_on = [version(name).encode() for name in _PARTS_OF_READING]
    return digest_of(sys.version.encode(), *leans_on, *code)


def is_ours(place: Path) -> bool:
    """Tell whether a file or a folder is there, is ours, and cannot be written by others."""
    try:
        found = place.stat()
    except OSError:
        return False
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def file_of(root: Path, folder: Path) -> Path:
    """Give the file in the cache folder that holds what was worked out of a content folder."""
    return folder / f"{digest_of(os.fsencode(root.resolve())).hex()[:16]}{SUFFIX}"


class Cache:
    """The entries of one content folder, while it is read. What was not asked for is dropped at the end."""

    def __init__(self, folder: Path | None, root: Path) -> None:
        """Open what is there.

        Args:
            folder: the cache folder, which need not be there; None keeps nothing.
            root: the content folder.
        """
        self._file = folder and file_of(root, folder)
        self._used: set[bytes] = set()
        self._new: dict[bytes, bytes] = {}
        self._there: set[bytes] = set()
        self._database = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        self._close()
        if failed is None:
            self._write()

    def get(self, key: bytes) -> bytes | None:
        """Give the value of an entry, None if there is none that is whole."""
        if self._database is None or key not in self._there:
            return None
        try:
            rows = self._database.execute("SELECT digest, value FROM entry WHERE key = ?", (key,))
            digest, value = rows.fetchone()
        except sqlite3.Error:
            self._close()
            return None
        if not isinstance(value, bytes) or digest != digest_of(value):
            return None
        self._used.add(key)
        return value

    def keep(self, key: bytes, value: bytes) -> None:
        """Keep a new entry."""
        if self._file is not None:
            self._new[key] = value

    def _open(self) -> sqlite3.Connection | None:
        if self._file is None or not is_ours(self._file.parent) or not is_ours(self._file):
            return None
        database = sqlite3.connect(f"{self._file.resolve().as_uri()}?mode=ro", uri=True)
        try:
            self._there = {key for (key,) in database.execute("SELECT key FROM entry")}
        except sqlite3.Error:
            database.close()
            return None
        return database

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _write(self) -> None:
        dropped = self._there - self._used
        if self._file is None or not (self._new or dropped):
            return
        with suppress(OSError, sqlite3.Error):
            _make_ours(self._file)
            try:
                _write(self._file, self._new, dropped)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                # It is no database any more: it is begun anew.
                self._file.unlink()
                _make_ours(self._file)
                _write(self._file, self._new, ())
            _drop_oldest(self._file)


def _write(file: Path, entries: Mapping[bytes, bytes], dropped: Collection[bytes]) -> None:
    with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as database, database:
        # A file that a crash left half written is found out by its digests.
        database.execute("PRAGMA synchronous = OFF")
        database.execute(_CREATE)
        database.executemany("DELETE FROM entry WHERE key = ?", ((key,) for key in dropped))
        rows = ((key, digest_of(value), value) for key, value in entries.items())
        database.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", rows)


NO_CACHE = Cache(None, Path())


def _make_ours(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_ours(file.parent):
        raise PermissionError(file.parent)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600))


def _drop_oldest(newest: Path) -> None:
    files = sorted(newest.parent.glob(f"*{newest.suffix}"), key=lambda file: file.stat().st_mtime_ns)
    for file in files[:-MOST_FILES]:
        file.unlink()
