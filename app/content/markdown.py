"""Markdown -> HTML: raw HTML comes out escaped; links and attributes pass by list.

Links to pages keep their own schemes (`page:slug`, `term:slug`, `site:place`) and citations come out as
`<cite-ref source="id">`: whoever serves the HTML knows the addresses and puts them in.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Literal
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE
from pydantic_core import core_schema

from app.content.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler

LINK_SCHEMES = frozenset({"page", "term", "site", "https", "tel"})
ATTRIBUTES = frozenset({"id", "lang", "dir"})
PLACES = frozenset(
    {
        "home",
        "check",
        "get-help-now",
        "symptoms",
        "causes",
        "treatments",
        "exercises",
        "emergencies",
        "guides",
        "faq",
        "glossary",
        "a-z",
        "about",
    }
)
LOWEST_HEADING, HIGHEST_HEADING = 3, 2

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_CITATION = r"\[@([^\]\n]*)\]"
_SOURCE_ID = re.compile(r"[A-Za-z0-9_]+")
_BLOCK_MARK = re.compile("\ue000([0-9]+)\ue001")
_MARK_IN_HTML = re.compile(r'<(block|table)-mark number="(\d+)"></\1-mark>')
_OWN_CLASSES = frozenset({"footnote", "footnote-ref", "footnote-backref"})
# What the extensions themselves write on their elements.
_OWN_ATTRIBUTES = {
    "a": {"href", "class", "title"},
    "sup": {"id"},
    "li": {"id"},
    "div": {"class"},
    "abbr": {"title"},
    "cite-ref": {"source"},
    "ol": {"start"},
}


@dataclass(frozen=True, slots=True)
class Reference:
    """Something a text points at: a page, a glossary term, a place of the site, an anchor or a source."""

    kind: Literal["page", "term", "site", "anchor", "source"]
    key: str
    fragment: str = ""

    @property
    def as_written(self) -> str:
        """Give the text by which an editor finds it in the file."""
        if self.kind == "source":
            return f"[@{self.key}]"
        fragment = f"#{self.fragment}" if self.fragment else ""
        return fragment if self.kind == "anchor" else f"{self.kind}:{self.key}{fragment}"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a text breaks, and words of it by which the line can be found, the surest first."""

    rule: Rule
    message: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkdownTable:
    """A table typed in Markdown; cells are HTML, the first cell of a row names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class BlockMark:
    """The place of a block that was taken out of the text."""

    number: int

    @property
    def text(self) -> str:
        """Give the mark that stands for the block; no file may hold such characters."""
        return f"\ue000{self.number}\ue001"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, for its table of contents."""

    level: int
    anchor: str
    text: str


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


def plain_text(html: str) -> str:
    """Give the words of a piece of HTML that this module made, without marks and citations."""
    text = re.sub(r"\s*<cite-ref[^>]*></cite-ref>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


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
    guard = _guard(engine)
    if guard.faults:
        raise ValueError("; ".join(fault.message for fault in guard.faults))
    line.tail = None
    html = _finish(engine, engine.serializer(line)).strip()
    return Inline(text, html.removeprefix("<p>").removesuffix("</p>"), tuple(guard.references))


def parse_prose(text: str) -> Prose:
    """Convert a Markdown text with headings, lists, tables, footnotes, abbreviations and definitions."""
    engine = _prose_engine()
    engine.reset()
    html = engine.convert(text)
    guard = _guard(engine)
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


class _Citation(InlineProcessor):
    """`[@source_id]`: a mark that names a source."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name; its base returns strings
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        del data
        element = Element("cite-ref")
        element.set("source", m.group(1))
        return element, m.start(0), m.end(0)


class _Guard(Treeprocessor):
    """Lets attributes and links pass by list, takes tables out, and notes headings and references."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.reset()

    def reset(self) -> None:
        """Forget the last text."""
        self.references: list[Reference] = []
        self.faults: list[Fault] = []
        self.headings: list[Heading] = []
        self.tables: list[MarkdownTable] = []

    def run(self, root: Element) -> None:
        """Walk the finished tree once."""
        for element in root.iter():
            if element.tag == "img":
                how = "an image stands in a block: /// figure | drawing | what it shows"
                self.faults.append(Fault(Rule.IMAGE_OUTSIDE_FIGURE, how, (_typed(element.get("src", "")),)))
            self._attributes(element)
            if element.tag == "a":
                self._link(element)
            elif element.tag == "cite-ref":
                self._citation(element.get("source", ""))
            elif re.fullmatch(r"h[1-6]", str(element.tag)):
                self._heading(element)
        for place, child in enumerate(list(root)):
            block = _BLOCK_MARK.fullmatch((child.text or "").strip()) if child.tag == "p" else None
            if child.tag == "table":
                self.tables.append(self._table(child))
                root[place] = _mark("table", len(self.tables) - 1, child)
            elif block is not None:
                root[place] = _mark("block", int(block.group(1)), child)
            else:
                self._nested_table(child)

    def _attributes(self, element: Element) -> None:
        allowed = ATTRIBUTES | _OWN_ATTRIBUTES.get(str(element.tag), set())
        for name in list(element.attrib):
            if name not in allowed or (name == "class" and element.attrib[name] not in _OWN_CLASSES):
                del element.attrib[name]

    def _citation(self, source: str) -> None:
        self.references.append(Reference("source", source))
        if not _SOURCE_ID.fullmatch(source):
            how = f"'[@{source}]' names no source; write one id of sources.yaml, as in [@nhs_cts]"
            self.faults.append(Fault(Rule.UNKNOWN_SOURCE, how, (f"[@{source}]",)))

    def _link(self, element: Element) -> None:
        target = _typed(element.get("href", ""))
        if target.startswith("#"):
            if not target.startswith(("#fn:", "#fnref")):
                self.references.append(Reference("anchor", "", target[1:]))
            return
        match = _SCHEME.match(target)
        scheme = match.group(1).lower() if match else ""
        if scheme not in LINK_SCHEMES:
            allowed = ", ".join(f"{name}:" for name in sorted(LINK_SCHEMES))
            how = f"the link '{target}' may not stand here; a link begins with {allowed} or #"
            self.faults.append(Fault(Rule.UNSAFE_LINK, how, (target, target.removeprefix("mailto:"))))
            element.attrib.pop("href", None)
            return
        rest = target.partition(":")[2]
        element.set("href", f"{scheme}:{rest}")
        key, _, fragment = rest.partition("#")
        if scheme == "page":
            self.references.append(Reference("page", key, fragment))
        elif scheme == "term":
            self.references.append(Reference("term", key, fragment))
        elif scheme == "site":
            self.references.append(Reference("site", key, fragment))

    def _heading(self, element: Element) -> None:
        level = int(str(element.tag)[1])
        text = plain_text(self._inside(element))
        before = self.headings[-1].level if self.headings else HIGHEST_HEADING - 1
        if not HIGHEST_HEADING <= level <= LOWEST_HEADING or level > before + 1:
            how = f"the heading '{text}' must be '##', or '###' below a '##'; the title is the only '#'"
            hashes = "#" * level
            self.faults.append(Fault(Rule.HEADING_LEVEL, how, (f"{hashes} {text}", text, f"{hashes} ")))
        self.headings.append(Heading(level, element.get("id", ""), text))

    def _table(self, table: Element) -> MarkdownTable:
        columns = tuple(self._inside(cell) for cell in table.findall("./thead/tr/th"))
        rows = tuple(
            tuple(self._inside(cell) for cell in row.findall("./td")) for row in table.findall("./tbody/tr")
        )
        return MarkdownTable(columns, rows)

    def _nested_table(self, container: Element) -> None:
        for parent in list(container.iter()):
            for table in parent.findall("table"):
                first = table.find("./thead/tr/th")
                near = plain_text(self._inside(first)) if first is not None else ""
                how = (
                    "a table stands inside a list, a quotation or a definition; take it out, to the left edge"
                )
                self.faults.append(Fault(Rule.BAD_BLOCK, how, (near, "|")))
                parent.remove(table)

    def _inside(self, element: Element) -> str:
        holder = Element("div")
        holder.text = element.text
        holder.extend(list(element))
        html = _finish(self.md, self.md.serializer(holder)).strip()
        return html.removeprefix("<div>").removesuffix("</div>").strip()


def _mark(kind: str, number: int, instead_of: Element) -> Element:
    mark = Element(f"{kind}-mark", {"number": str(number)})
    mark.tail = instead_of.tail
    return mark


def _typed(address: str) -> str:
    """Give an address as it was typed: the converter hides the letters of e-mail addresses."""
    return unescape(address.replace(AMP_SUBSTITUTE, "&")) if AMP_SUBSTITUTE in address else address


class _House(Extension):
    """What every Markdown text of the house shares."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Turn raw HTML off; add citations and the guard."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(_Citation(_CITATION, md), "citation", 175)
        guard = _Guard(md)
        md.treeprocessors.register(guard, "guard", -1)
        md.registerExtension(guard)  # type: ignore[arg-type]  # only its reset() is called


def _guard(engine: Markdown) -> _Guard:
    guard = engine.treeprocessors["guard"]
    assert isinstance(guard, _Guard)  # noqa: S101 - tells mypy what _House registered
    return guard


def _finish(engine: Markdown, html: str) -> str:
    for processor in engine.postprocessors:
        html = processor.run(html)
    return html


@functools.cache
def _inline_engine() -> Markdown:
    return Markdown(extensions=[_House()], output_format="html")


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
        _House(),
    ]
    return Markdown(extensions=extensions, output_format="html")
