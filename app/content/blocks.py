"""The blocks of a page between `///` fences: cards, advice, figures, and tables drawn from other pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from app.content.markdown import Inline, parse_inline
from app.content.problems import Problem, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

CARD_LEVELS = ("emergency", "urgent", "soon")
ADVICE = ("do", "dont")
BLOCKS = (*CARD_LEVELS, *ADVICE, "table", "figure")

_OPENING = re.compile(r"///\s*(\S.*)$")
_INDENTED = re.compile(r"[ \t>*+-]+///")


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table that is drawn from other pages, by its name."""

    kind: ClassVar[Literal["drawn-table"]] = "drawn-table"
    name: str
    arguments: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Card:
    """An urgency card; its heading is made by its level."""

    kind: ClassVar[Literal["card"]] = "card"
    level: str
    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """A list of what to do, or of what not to do."""

    kind: ClassVar[Literal["advice"]] = "advice"
    sense: str
    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the site's drawings, with what it shows in words."""

    kind: ClassVar[Literal["figure"]] = "figure"
    drawing: str
    alternative: str
    caption: Inline | None
    line: int


BlockPart = DrawnTable | Card | Advice | Figure


@dataclass(slots=True)
class Block:
    """What stands between two fences: its name, the words after it, and its lines."""

    name: str
    argument: str
    line: int
    lines: list[str] = field(default_factory=list)


def split_blocks(text: str, path: str, first_line: int) -> tuple[list[str], list[Block], list[Problem]]:
    """Take the blocks out of a text.

    Args:
        text: Markdown with blocks.
        path: its file, for the problems.
        first_line: the line of the file on which the text begins.

    Returns:
        The lines of the text, empty where a block stands; the blocks; and the problems of the fences.
    """
    prose: list[str] = []
    blocks: list[Block] = []
    problems: list[Problem] = []
    block: Block | None = None
    for line, content in enumerate(text.split("\n"), first_line):
        opening = _OPENING.match(content)
        kept = ""
        if content.rstrip() == "///":
            if block is None:
                how = "this '///' closes no block; take it out, or name the block that begins here"
                problems.append(Problem(path, line, Rule.STRAY_FENCE, how))
            block = None
        elif _INDENTED.match(content):
            how = "this '///' is indented; a block stands at the left edge, take it out of the list"
            problems.append(Problem(path, line, Rule.STRAY_FENCE, how))
        elif opening:
            if block is not None:
                problems.append(_unclosed(block, path))
            name, _, argument = (part.strip() for part in opening.group(1).partition("|"))
            block = Block(name, argument, line)
            blocks.append(block)
        elif block is not None:
            block.lines.append(content)
        else:
            kept = content
        prose.append(kept)
    if block is not None:
        problems.append(_unclosed(block, path))
    return prose, blocks, problems


def part_of(block: Block, path: str) -> tuple[BlockPart | None, list[Problem]]:
    """Give the part of the page that a block stands for, or what is wrong with the block."""
    if block.name not in BLOCKS:
        how = f"there is no block '{block.name}'; the blocks are {', '.join(BLOCKS)}"
        return None, [Problem(path, block.line, Rule.UNKNOWN_BLOCK, how)]
    try:
        return _read(block), []
    except ValueError as error:
        return None, [Problem(path, block.line, Rule.BAD_BLOCK, f"in the block '{block.name}': {error}")]


def _read(block: Block) -> BlockPart:
    text = "\n".join(block.lines).strip()
    if block.name == "table":
        name, *arguments = block.argument.split() or [""]
        if text:
            raise ValueError("a drawn table has no text of its own; leave only the two fences")
        return DrawnTable(name, tuple(arguments), block.line)
    if block.name == "figure":
        drawing, _, alternative = (part.strip() for part in block.argument.partition("|"))
        if not alternative:
            raise ValueError("say in words what it shows: /// figure | drawing | what it shows")
        return Figure(drawing, alternative, parse_inline(text) if text else None, block.line)
    if block.argument:
        raise ValueError(f"take out '{block.argument}'; its heading is made by the house")
    items = _items(text)
    if block.name in CARD_LEVELS:
        return Card(block.name, items)
    return Advice(block.name, items)


def _items(text: str) -> tuple[Inline, ...]:
    items: list[str] = []
    for line in text.split("\n"):
        if line.startswith("- "):
            items.append(line[2:].strip())
        elif items and line.startswith("  ") and line.strip():
            items[-1] += " " + line.strip()
        else:
            raise ValueError("it holds a list alone, each item beginning with '- '")
    if not all(items):
        raise ValueError("an item has no words; take it out")
    return tuple(parse_inline(item) for item in items)


def cards_twice(blocks: list[Block], path: str) -> Iterator[Problem]:
    """Tell every card of a level that stands on the page already."""
    seen: set[str] = set()
    for block in blocks:
        if block.name in CARD_LEVELS and block.name in seen:
            how = f"a page has one card of each level at most; join this '{block.name}' card with the first"
            yield Problem(path, block.line, Rule.CARD_TWICE, how)
        seen.add(block.name)


def _unclosed(block: Block, path: str) -> Problem:
    how = f"the block '{block.name}' that begins here is not closed; add a line '///' below it"
    return Problem(path, block.line, Rule.UNCLOSED_BLOCK, how)
