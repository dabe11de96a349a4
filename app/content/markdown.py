"""Markdown -> HTML: raw HTML comes out escaped; links and attributes pass by list.

Links to pages keep their own schemes (`page:slug`, `term:slug`, `site:place`) and citations come out as
`<cite-ref source="id">`: whoever serves the HTML knows the addresses and puts them in.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from pydantic_core import core_schema

from app.content.guard import (
    ATTRIBUTES,
    BlockMark,
    Fault,
    Heading,
    House,
    MarkdownTable,
    Reference,
    finish,
    guard_of,
    plain_text,
)
from app.content.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler

_MARK_IN_HTML = re.compile(r'<(block|table)-mark number="(\d+)"></\1-mark>')


@dataclass(frozen=True, slots=True)
class Prose:
    """A converted text: its parts in turn, its headings, what it points at, and what is wrong with it."""

    parts: tuple[str | MarkdownTable | BlockMark, ...]
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    references: tuple[Reference, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Inline:
    """One line of Markdown from a front matter, converted."""

    markdown: str
    html: str
    references: tuple[Reference, ...]

    def __str__(self) -> str:
        """Give the text without marks, for where no HTML can stand."""
        return plain_text(self.html)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: type[Inline], _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Accept a string and convert it once, when the file is read."""
        return core_schema.no_info_after_validator_function(
            parse_inline, core_schema.str_schema(strict=True, min_length=1, strip_whitespace=True)
        )


def parse_inline(text: str) -> Inline:
    """Convert one line of Markdown.

    Args:
        text: emphasis, links and citations; no paragraphs, lists or headings.

    Raises:
        ValueError: a link or an image that may not stand there; says which.
    """
    engine = _inline_engine()
    engine.reset()
    root = Element("div")
    line = SubElement(root, "p")
    line.text = " ".join(text.split())
    for processor in engine.treeprocessors:
        processor.run(root)
    guard = guard_of(engine)
    if guard.faults:
        raise ValueError("; ".join(fault.message for fault in guard.faults))
    line.tail = None
    html = finish(engine, engine.serializer(line)).strip().removeprefix("<p>").removesuffix("</p>")
    # Most lines have no marks: one text is held for both then.
    return Inline(text, text if html == text else html, tuple(guard.references))


def parse_prose(text: str) -> Prose:
    """Convert a Markdown text with headings, lists, tables, footnotes, abbreviations and definitions."""
    engine = _prose_engine()
    engine.reset()
    html = engine.convert(text)
    guard = guard_of(engine)
    cells = "".join(cell for table in guard.tables for row in (table.columns, *table.rows) for cell in row)
    return Prose(
        tuple(_parts(html, guard.tables)),
        tuple(guard.headings),
        frozenset(re.findall(r' id="([^"]+)"', html)),
        tuple(guard.references),
        (*guard.faults, *_faults_of_text(text, html + cells)),
    )


def _parts(html: str, tables: list[MarkdownTable]) -> Iterator[str | MarkdownTable | BlockMark]:
    end = 0
    for mark in _MARK_IN_HTML.finditer(html):
        if html[end : mark.start()].strip():
            yield html[end : mark.start()].strip()
        number = int(mark.group(2))
        yield tables[number] if mark.group(1) == "table" else BlockMark(number)
        end = mark.end()
    if html[end:].strip():
        yield html[end:].strip()


def _faults_of_text(text: str, html: str) -> Iterator[Fault]:
    """Find what the converter passes over in silence."""
    for mark in re.findall(r"\[\^([^\]]+)\]", html):
        how = f"the footnote '{mark}' has no text; add a line '[^{mark}]: …'"
        yield Fault(Rule.UNKNOWN_FOOTNOTE, how, (f"[^{mark}]",))
    for braces in re.findall(r"\{:?[ ]*[^{}\n]*[#.=][^{}\n]*\}", text):
        names = [
            *re.findall(r"([\w:-]+)\s*=", braces),
            *("class" for _ in re.findall(r"[{: ]\.[\w-]+", braces)),
        ]
        for name in names:
            if name not in ATTRIBUTES:
                how = (
                    f"the attribute '{name}' may not stand here; allowed are {', '.join(sorted(ATTRIBUTES))}"
                )
                yield Fault(Rule.BAD_ATTRIBUTE, how, (braces,))
    for tag in re.findall(
        r"</?[a-zA-Z][^>\n]*>", re.sub(r"`[^`]*`|<https://[^>]*>|<[^<>\s]+@[^<>\s]+>", "", text)
    ):
        how = f"raw HTML is shown as it is typed: {tag}; use Markdown or a block"
        yield Fault(Rule.RAW_HTML, how, (tag,))


@functools.cache
def _inline_engine() -> Markdown:
    return Markdown(extensions=[House()], output_format="html")


@functools.cache
def _prose_engine() -> Markdown:
    extensions = [
        AbbrExtension(),
        AttrListExtension(),
        DefListExtension(),
        FootnoteExtension(BACKLINK_TEXT="\u21a9\ufe0e", BACKLINK_TITLE="Back to the text of note {}"),
        SaneListExtension(),
        TableExtension(use_align_attribute=True),
        TocExtension(toc_depth="2-3"),
        House(),
    ]
    return Markdown(extensions=extensions, output_format="html")
