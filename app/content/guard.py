"""What passes in a Markdown text, and what a text holds: links and attributes by list, headings, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Literal
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from app.content.problems import Rule

if TYPE_CHECKING:
    from markdown import Markdown

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
        "offline",
    }
)
LOWEST_HEADING, HIGHEST_HEADING = 3, 2

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_CITATION = r"\[@([^\]\n]*)\]"
_SOURCE_ID = re.compile(r"[A-Za-z0-9_]+")
_BLOCK_MARK = re.compile("\ue000([0-9]+)\ue001")
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


def plain_text(html: str) -> str:
    """Give the words of a piece of HTML that the converter made, without marks and citations."""
    text = re.sub(r"\s*<cite-ref[^>]*></cite-ref>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


class _Citation(InlineProcessor):
    """`[@source_id]`: a mark that names a source."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name; its base returns strings
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        del data
        element = Element("cite-ref")
        element.set("source", m.group(1))
        return element, m.start(0), m.end(0)


class Guard(Treeprocessor):
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
        html = finish(self.md, self.md.serializer(holder)).strip()
        return html.removeprefix("<div>").removesuffix("</div>").strip()


def _mark(kind: str, number: int, instead_of: Element) -> Element:
    mark = Element(f"{kind}-mark", {"number": str(number)})
    mark.tail = instead_of.tail
    return mark


def _typed(address: str) -> str:
    """Give an address as it was typed: the converter hides the letters of e-mail addresses."""
    return unescape(address.replace(AMP_SUBSTITUTE, "&")) if AMP_SUBSTITUTE in address else address


class House(Extension):
    """What every Markdown text of the house shares."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Turn raw HTML off; add citations and the guard."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(_Citation(_CITATION, md), "citation", 175)
        guard = Guard(md)
        md.treeprocessors.register(guard, "guard", -1)
        md.registerExtension(guard)  # type: ignore[arg-type]  # only its reset() is called


def guard_of(engine: Markdown) -> Guard:
    """Give the guard of a converter, with what it noted of the last text."""
    guard = engine.treeprocessors["guard"]
    assert isinstance(guard, Guard)  # noqa: S101 - tells mypy what House registered
    return guard


def finish(engine: Markdown, html: str) -> str:
    """Put what the converter stashed away back into its HTML."""
    for processor in engine.postprocessors:
        html = processor.run(html)
    return html
