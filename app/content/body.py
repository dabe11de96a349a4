"""The body of a page: its prose and its blocks, as parts that a template renders in turn."""

from __future__ import annotations

import functools
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from app.content.blocks import Advice, Block, BlockPart, Card, Figure, cards_twice, part_of, split_blocks
from app.content.guard import BlockMark, Heading, MarkdownTable, Reference, plain_text
from app.content.markdown import parse_prose
from app.content.packing import pack, unpack
from app.content.problems import Problem, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.content.markdown import Inline

# So many bodies that were shown stay open.
MOST_OPEN = 256


@dataclass(frozen=True, slots=True)
class Html:
    """Prose, converted."""

    kind: ClassVar[Literal["html"]] = "html"
    html: str


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table that is typed in this page and owned by it; `label` is the heading above it."""

    kind: ClassVar[Literal["typed-table"]] = "typed-table"
    label: str
    table: MarkdownTable


Part = Html | TypedTable | BlockPart


@dataclass(frozen=True, slots=True)
class PlacedReference:
    """A reference and the line on which it stands."""

    reference: Reference
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """A page's body, converted once when its file is read.

    It is held packed and compressed, and opened when the page is shown: thousands of bodies fit in memory so.
    """

    packed: bytes

    @classmethod
    def of(
        cls,
        parts: tuple[Part, ...] = (),
        headings: tuple[Heading, ...] = (),
        anchors: frozenset[str] = frozenset(),
        references: tuple[PlacedReference, ...] = (),
    ) -> Body:
        """Make a body of its parts, its headings, the ids that links may name, and what it points at."""
        return cls(zlib.compress(pack((parts, headings, anchors, references)), 1))

    @property
    def parts(self) -> tuple[Part, ...]:
        """Give its parts in turn."""
        return _opened(self.packed)[0]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Give its headings in turn."""
        return _opened(self.packed)[1]

    @property
    def anchors(self) -> frozenset[str]:
        """Give the ids in it that links may name."""
        return _opened(self.packed)[2]

    @property
    def references(self) -> tuple[PlacedReference, ...]:
        """Give what it points at."""
        return _opened(self.packed)[3]


@functools.lru_cache(maxsize=MOST_OPEN)
def _opened(
    packed: bytes,
) -> tuple[tuple[Part, ...], tuple[Heading, ...], frozenset[str], tuple[PlacedReference, ...]]:
    parts, headings, anchors, references = unpack(zlib.decompress(packed))
    return parts, headings, anchors, references


def parse_body(text: str, path: str, first_line: int) -> tuple[Body, list[Problem]]:
    """Convert the body of a page.

    Args:
        text: Markdown with blocks.
        path: its file, for the problems.
        first_line: the line of the file on which the text begins.

    Returns:
        The body and the problems; a part that has a problem is left out of the body.
    """
    lines, blocks, problems = split_blocks(text, path, first_line)
    marks = {block.line - first_line: BlockMark(number).text for number, block in enumerate(blocks)}
    # Blank lines round a mark make it a paragraph of its own, whatever stands above it.
    prose = parse_prose(
        "\n".join(f"\n\n{marks[at]}\n\n" if at in marks else line for at, line in enumerate(lines))
    )
    places = _Places("\n".join(lines), first_line)
    for fault in prose.faults:
        warning = fault.rule is Rule.RAW_HTML
        problems.append(Problem(path, places.line(*fault.near), fault.rule, fault.message, warning))
    references = [
        PlacedReference(reference, places.line(reference.as_written)) for reference in prose.references
    ]
    parts: list[Part] = []
    label = ""
    for piece in prose.parts:
        if isinstance(piece, MarkdownTable):
            parts.append(TypedTable(label, piece))
        elif isinstance(piece, str):
            parts.append(Html(piece))
            label = _last_heading(piece) or label
        else:
            block = blocks[piece.number]
            part, found = part_of(block, path)
            problems += found
            if part is not None:
                parts.append(part)
                references += _references_of(part, block.line)
    problems += cards_twice(blocks, path)
    problems += _lost(blocks, prose.parts, path)
    return Body.of(tuple(parts), prose.headings, prose.anchors, tuple(references)), problems


class _Places:
    """Finds the lines of words in a text; words that are asked for again are found further down."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = re.sub(r"`[^`\n]*`", lambda code: " " * len(code.group()), text)
        self.first_line = first_line
        self.asked: Counter[str] = Counter()

    def line(self, *alternatives: str) -> int:
        """Give the line of the first of some words that is found, else the first line of the text."""
        for words in alternatives:
            before = r"(?<![\w:/.#-])" if words[:1].isalnum() else ""
            after = r"(?![\w#/-])" if words[-1:].isalnum() else ""
            found = [match.start() for match in re.finditer(before + re.escape(words) + after, self.text)]
            if found:
                start = found[min(self.asked[words], len(found) - 1)]
                self.asked[words] += 1
                return self.first_line + self.text.count("\n", 0, start)
        return self.first_line


def _lost(
    blocks: list[Block], parts: tuple[str | MarkdownTable | BlockMark, ...], path: str
) -> Iterator[Problem]:
    """Tell every block that did not come out at the place where it stands."""
    shown = {part.number for part in parts if isinstance(part, BlockMark)}
    for number, block in enumerate(blocks):
        if number not in shown:
            how = f"the block '{block.name}' stands inside something else; take it out"
            yield Problem(path, block.line, Rule.BAD_BLOCK, how)


def _references_of(part: Part, line: int) -> Iterator[PlacedReference]:
    texts: tuple[Inline, ...] = ()
    if isinstance(part, Card | Advice):
        texts = part.items
    elif isinstance(part, Figure) and part.caption:
        texts = (part.caption,)
    for text in texts:
        for reference in text.references:
            yield PlacedReference(reference, line)


def _last_heading(html: str) -> str:
    headings = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", html, re.DOTALL)
    return plain_text(headings[-1]) if headings else ""
