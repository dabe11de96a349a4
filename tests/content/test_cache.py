"""A cache may save work, and may do nothing else: whatever is wrong with it, what is read stays the same."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from app.content import cache as caching
from app.content import page_files
from app.content.cache import MOST_FILES, SUFFIX, Cache, is_ours
from app.content.collection import content_names, read_library, read_vocabulary
from app.content.page_files import read_page_files
from app.content.reader import parse_page
from tests.content.folder import DRAWINGS, Folder

if TYPE_CHECKING:
    from pathlib import Path

    from app.content.library import Library
    from app.content.problems import Problem

KEY, OTHER = b"key", b"other"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A cache folder that is not there yet."""
    return tmp_path / "cache" / "nervewise"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that are parsed, in their order."""
    paths: list[str] = []

    def noting(raw: bytes, path: str, page_type: type) -> object:
        paths.append(path.rpartition("/")[2])
        return parse_page(raw, path, page_type)

    monkeypatch.setattr(page_files, "parse_page", noting)
    return paths


def read(folder: Folder, kept: Path | None) -> tuple[Library | None, list[Problem]]:
    """Read a folder as the site does."""
    with Cache(kept, folder.root) as cache:
        vocabulary, problems = read_vocabulary(folder.root, cache)
        library, found = read_library(folder.root, vocabulary, DRAWINGS, cache)
    return library, problems + found


def the_file(kept: Path) -> Path:
    """Give the one file of a cache."""
    (file,) = kept.glob(f"*{SUFFIX}")
    return file


def test_what_was_read_is_not_parsed_again_and_is_the_same(
    folder: Folder, kept: Path, parsed: list[str]
) -> None:
    first = read(folder, kept)
    assert parsed
    parsed.clear()
    assert read(folder, kept) == first
    assert parsed == []


def test_what_several_pages_claim_is_held_once(folder: Folder, kept: Path) -> None:
    read(folder, kept)
    pages = [name for name in content_names(folder.root) if name.endswith(".md")]
    with Cache(kept, folder.root) as cache:
        files, _ = read_page_files(folder.root, pages, cache)
    claims = [claim for one in files for claim in one.claims or ()]
    assert len({id(claim) for claim in claims}) == len(set(claims)) < len(claims)


def test_one_changed_page_alone_is_parsed_anew_and_the_old_entry_goes(
    folder: Folder, kept: Path, parsed: list[str]
) -> None:
    read(folder, kept)
    with closing(sqlite3.connect(the_file(kept))) as database:
        (before,) = database.execute("SELECT COUNT(*) FROM entry").fetchone()
    parsed.clear()
    folder.write_faq("does-it-heal", "Other words.")
    library, _ = read(folder, kept)
    assert library == folder.library()
    assert parsed[:1] == ["does-it-heal.md"]
    with closing(sqlite3.connect(the_file(kept))) as database:
        assert database.execute("SELECT COUNT(*) FROM entry").fetchone() == (before,)


def test_other_code_parses_all_anew(
    folder: Folder, kept: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read(folder, kept)
    count = len(parsed)
    monkeypatch.setattr(page_files, "code_digest", lambda _folder: b"other code")
    read(folder, kept)
    assert len(parsed) == 2 * count


def change_term(folder: Folder) -> None:
    """Take a term out of the glossary."""
    folder.change("glossary.yaml", "nerve:", "other:")


def withdraw(folder: Folder) -> None:
    """Withdraw a page that others name."""
    folder.withdraw("faq/does-it-heal.md")


def rename_group(folder: Folder) -> None:
    """Name a group of questions otherwise."""
    folder.change("site.yaml", "Basics", "Others")


def remove_page(folder: Folder) -> None:
    """Remove a page that others name."""
    next((folder.root / "symptoms").glob("*.md")).unlink()


def break_page(folder: Folder) -> None:
    """Leave a page unread that others name."""
    next((folder.root / "symptoms").glob("*.md")).write_text("no front matter", "utf-8")


def same_title(folder: Folder) -> None:
    """Give a page the title of another."""
    title = folder.library().faq[0].title
    folder.copy("faq/does-it-heal.md", "twin", title=title)


@pytest.mark.parametrize("change", [change_term, withdraw, rename_group, remove_page, break_page, same_title])
def test_what_no_longer_holds_is_told_as_without_a_cache(folder: Folder, kept: Path, change: object) -> None:
    read(folder, kept)
    assert callable(change)
    change(folder)
    problems = read(folder, None)[1]
    assert problems
    assert read(folder, kept)[1] == problems
    assert read(folder, kept)[1] == problems


def test_content_without_options_is_no_library_with_a_cache_either(folder: Folder, kept: Path) -> None:
    folder.write("questionnaire/options.yaml", "groups: []")
    assert read(folder, kept)[0] is None
    assert read(folder, kept)[1] == read(folder, None)[1]


@pytest.mark.parametrize("left", [0, 10, 5000])
def test_a_file_that_is_garbage_or_cut_off_is_made_anew(
    folder: Folder, kept: Path, parsed: list[str], left: int
) -> None:
    library = read(folder, kept)
    file = the_file(kept)
    file.write_bytes((file.read_bytes() if left > 10 else b"garbage " * 1000)[:left])
    assert read(folder, kept) == library
    parsed.clear()
    assert read(folder, kept) == library
    assert parsed == []


def test_a_value_that_was_changed_or_is_no_page_is_not_believed(folder: Folder, kept: Path) -> None:
    library = read(folder, kept)
    for value, digest in ((b"\x00", b""), ("text", b""), (b"\x00", caching.digest_of(b"\x00"))):
        with closing(sqlite3.connect(the_file(kept))) as database, database:
            database.execute("UPDATE entry SET value = ?, digest = ?", (value, digest))
        assert read(folder, kept) == library


def test_a_folder_that_cannot_be_made_costs_only_time(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert read(folder, tmp_path / "file" / "cache") == read(folder, None)


def test_a_database_that_cannot_be_written_costs_only_time(
    folder: Folder, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(folder, kept)
    folder.write_faq("does-it-heal", "Other words.")

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(caching, "_write", full)
    assert read(folder, kept) == read(folder, None)


@pytest.mark.parametrize("of", ["the folder", "the file"])
def test_what_others_may_write_to_is_neither_read_nor_written(
    folder: Folder, kept: Path, parsed: list[str], of: str
) -> None:
    read(folder, kept)
    place = kept if of == "the folder" else the_file(kept)
    count = len(parsed)
    place.chmod(0o777)
    assert not is_ours(place)
    read(folder, kept)
    assert len(parsed) == 2 * count


def test_what_others_own_is_not_ours(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.mkdir(parents=True)
    assert is_ours(kept)
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert not is_ours(kept)


def test_a_database_that_breaks_while_it_is_read_gives_nothing(folder: Folder, kept: Path) -> None:
    with Cache(kept, folder.root) as cache:
        cache.keep(KEY, b"value")
        cache.keep(OTHER, b"value")
    cache = Cache(kept, folder.root)
    assert cache.get(KEY) == b"value"
    with closing(sqlite3.connect(the_file(kept))) as database, database:
        database.execute("DROP TABLE entry")
    assert cache.get(OTHER) is None
    assert cache.get(KEY) is None
    cache.__exit__(ValueError, None, None)
    assert Cache(kept, folder.root).get(KEY) is None


def test_only_the_newest_files_are_kept(kept: Path, tmp_path: Path) -> None:
    for number in range(MOST_FILES + 2):
        with Cache(kept, tmp_path / str(number)) as cache:
            cache.keep(KEY, b"value")
        os.utime(kept, (number, number))
    assert len(list(kept.glob(f"*{SUFFIX}"))) == MOST_FILES
    assert Cache(kept, tmp_path / "0").get(KEY) is None
