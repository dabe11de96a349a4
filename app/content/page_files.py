"""The files of the pages -> pages. A file that was found right before, by this code, is not parsed anew.

A file's entry in the cache is found by a digest of its bytes, its path and the code that reads it, and holds
the page with its claims on the rest of the content (`app.content.claims`). Only pages in which nothing at all
was wrong are kept, so that no problem and no warning is ever left out.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.content.cache import code_digest, digest_of
from app.content.claims import claims_of
from app.content.frontmatter import Lines
from app.content.packing import PackingError, pack, unpack
from app.content.pages import PAGE_TYPES
from app.content.reader import parse_page, parse_whole, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.content.cache import Cache
    from app.content.claims import Claim
    from app.content.pages import Page
    from app.content.problems import Problem

T = TypeVar("T")

CODE = Path(__file__).parent


@dataclass(slots=True)
class PageFile:
    """A file of a page, as it was read.

    Attributes:
        file: the file.
        path: its path as problems name it.
        key: what its entry in the cache is found by.
        page: the page; None where it cannot be read.
        claims: what a page out of the cache takes for granted; None for a page that was parsed now.
        problems: what is wrong with the file by itself.
    """

    file: Path
    path: str
    key: bytes
    page: Page | None = None
    claims: tuple[Claim, ...] | None = None
    problems: list[Problem] = field(default_factory=list)
    _lines: Lines | None = None

    @property
    def lines(self) -> Lines:
        """Give the lines of its front matter, for which a file out of the cache is parsed anew."""
        if self._lines is None:
            self.parse(self.file.read_bytes())
        return self._lines or Lines({})

    def parse(self, raw: bytes) -> None:
        """Parse the bytes of the file."""
        self.page, self._lines, self.problems = parse_page(raw, self.path, PAGE_TYPES[self.file.parent.name])
        self.claims = None


def read_page_files(root: Path, names: Iterable[str], cache: Cache) -> tuple[list[PageFile], list[bytes]]:
    """Read the files of pages.

    Args:
        root: the content folder.
        names: the paths of the files below it.
        cache: what was read before.

    Returns:
        The files in their order, and a digest of each.
    """
    code = code_digest(CODE)
    files: list[PageFile] = []
    digests: list[bytes] = []
    claims: dict[Claim, Claim] = {}
    for name in names:
        file, path = root / name, f"{root.name}/{name}"
        raw, problems = read_bytes(file, path)
        digest = digest_of(raw or b"")
        one = PageFile(file, path, digest_of(code, path.encode(), digest), problems=problems)
        if raw is not None and not _taken_out(one, cache.get(one.key), claims):
            one.parse(raw)
        files.append(one)
        digests.append(digest)
    return files, digests


def read_yaml_once(
    file: Path, path: str, model: type[T], cache: Cache
) -> tuple[T | None, Lines, list[Problem]]:
    """Read a YAML file into a model, by the cache if it was read before without a problem.

    Returns:
        The model (None when the file does not fit it), the lines of its parts, and the problems.
    """
    raw, problems = read_bytes(file, path)
    if raw is None:
        return None, Lines({}), problems
    key = digest_of(code_digest(CODE), path.encode(), raw)
    kept = cache.get(key)
    if kept is not None:
        with suppress(PackingError):
            value, by_location = unpack(kept)
            return value, Lines(by_location), []
    value, lines, problems = parse_whole(raw, path, model)
    if not problems:
        cache.keep(key, pack((value, lines.by_location)))
    return value, lines, problems


def keep_page(page: Page, key: bytes, cache: Cache) -> None:
    """Keep a page in which nothing is wrong, under the key of its file."""
    cache.keep(key, pack((page, claims_of(page))))


def _taken_out(one: PageFile, kept: bytes | None, shared: dict[Claim, Claim]) -> bool:
    if kept is None:
        return False
    try:
        one.page, claims = unpack(kept)
    except PackingError:
        return False
    # Pages claim the same of the rest: what is equal is held once.
    one.claims = tuple(shared.setdefault(claim, claim) for claim in claims)
    return True
