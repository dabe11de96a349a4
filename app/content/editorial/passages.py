"""The words of a page as a reader meets them: passages with their lines, and the sentences in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from app.content.blocks import ADVICE, CARD_LEVELS
from app.content.frontmatter import Lines, parse_front_matter
from app.content.leaves import leaves
from app.content.markdown import Inline
from app.content.reader import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.content.library import Library
    from app.content.pages import Page

Kind = Literal["paragraph", "item", "advice", "card", "row", "field"]

_BULLET = re.compile(r"\s*(?:[-*]|\d+\.)\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])['\")]*\s+(?=[A-Z0-9'\"(])")
_MARKUP = (
    (re.compile(r"^\*\*[^*]+:\*\*\s*"), ""),  # the label of a line of the summary
    (re.compile(r"\[\^[^\]]+\]:?"), ""),
    (re.compile(r"\s*\[@\w+\]"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"[*_`]+"), ""),
    (re.compile(r"^:\s+"), ""),
    (re.compile(r"\s+"), " "),
)


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item of a list, a row of a typed table, or a text of the front matter.

    `place` names the block that an item stands in, or the key of a text of the front matter.
    """

    kind: Kind
    markdown: str
    line: int
    place: str = ""

    @cached_property
    def text(self) -> str:
        """Give the words without marks, links and citations."""
        text = self.markdown
        for pattern, replacement in _MARKUP:
            text = pattern.sub(replacement, text)
        return text.strip()

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Give its sentences; an item without a full stop is one."""
        return tuple(sentence for sentence in _SENTENCE_END.split(self.text) if sentence)


@dataclass(frozen=True)
class Wording:
    """A page with its words, for the rules to look at; `known` are words that need no explaining."""

    page: Page
    library: Library
    known: frozenset[str]
    lines: Lines
    first_line: int
    body: tuple[Passage, ...]

    @cached_property
    def fields(self) -> tuple[Passage, ...]:
        """Give the texts of the front matter."""
        return tuple(
            Passage("field", leaf.markdown, self.lines.at(location), ".".join(map(str, location)))
            for location, leaf in leaves(self.page)
            if isinstance(leaf, Inline)
        )

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Give every passage, those of the front matter first."""
        return (*self.fields, *self.body)

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """Give the running text: the summary, an exercise's steps, and the body without tables."""
        fields = (field for field in self.fields if field.place.startswith(("summary.", "steps.")))
        return (*fields, *(passage for passage in self.body if passage.kind != "row"))


def read_wording(root: Path, page: Page, library: Library, known: frozenset[str]) -> Wording:
    """Read the words of a page that has been read before.

    Args:
        root: the content folder.
        page: a page of the library.
        library: everything the site knows.
        known: the words of the glossary and of the names of pages.

    Raises:
        OSError: the file has gone since.
    """
    text, _ = read_text(root.parent / page.path, page.path)
    front, _ = parse_front_matter(text or "", page.path)
    if front is None:
        raise FileNotFoundError(f"{page.path} has changed since it was read; run the check again")
    body = tuple(_passages(front.body, front.body_line))
    return Wording(page, library, known, front.lines, front.body_line, body)


def _passages(text: str, first_line: int) -> Iterator[Passage]:
    """Split a body at blank lines, bullets, fences and rows; headings and abbreviations are no passages."""
    block = ""
    held: list[str] = []
    begins = first_line
    for line, content in enumerate((*text.split("\n"), ""), first_line):
        fence = content.startswith("///")
        row = content.startswith("|")
        apart = not content.strip() or fence or row or content.startswith(("#", "*["))
        if held and (apart or _BULLET.match(content)):
            yield _passage(held, begins, block)
            held = []
        if fence:
            block = content.removeprefix("///").partition("|")[0].strip()
        elif row:
            yield Passage("row", content, line)
        elif not apart:
            if not held:
                begins = line
            held.append(content)


def _passage(held: list[str], line: int, block: str) -> Passage:
    text = " ".join(part.strip() for part in held)
    if not _BULLET.match(text):
        return Passage("paragraph", text, line, block)
    kind: Kind = "card" if block in CARD_LEVELS else "advice" if block in ADVICE else "item"
    return Passage(kind, _BULLET.sub("", text, count=1), line, block)
