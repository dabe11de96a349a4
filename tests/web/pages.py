"""What holds for the HTML of every page: rules, each a generator of what breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

import html5lib
import lxml.html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SUFFIX = "\N{EN DASH} Nervewise"
# No browser runs it, so that the content policy lets it stand.
DATA_BLOCK = "application/ld+json"
REFERRING = ("for", "aria-labelledby", "aria-describedby")


class Page:
    """A page as a browser reads it."""

    def __init__(self, html: str, *, strict: bool = True) -> None:
        parser = html5lib.HTMLParser(strict=strict, namespaceHTMLElements=False)
        root: Element = parser.parse(html)
        self.elements = elements_in(root)

    def all(self, *names: str, within: str = "", **attributes: str) -> list[Element]:
        """Give the elements of some names in their order.

        Args:
            names: their names.
            within: a class that an element around them must have.
            attributes: what they must have besides; `class_` asks for one of the classes.
        """
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        inside = self._inside(within) if within else self.elements
        return [one for one in inside if one.tag in names and _has(one, wanted)]

    def one(self, *names: str, within: str = "", **attributes: str) -> Element:
        """Give the only element that fits."""
        (found,) = self.all(*names, within=within, **attributes)
        return found

    @property
    def ids(self) -> list[str]:
        """Give every id in its order."""
        return [one.attrib["id"] for one in self.elements if "id" in one.attrib]

    @property
    def heading(self) -> str:
        """Give the words of the main heading."""
        return words_of(self.one("h1"))

    @property
    def words(self) -> str:
        """Give the words of the main part."""
        return words_of(self.one("main"))

    def _inside(self, name: str) -> list[Element]:
        around = [one for one in self.elements if name in one.get("class", "").split()]
        return [inner for one in around for inner in elements_in(one)]

    @property
    def data_blocks(self) -> list[str]:
        """Give the texts of the blocks of data."""
        return ["".join(one.itertext()) for one in self.all("script", type=DATA_BLOCK)]


def skim(html: str) -> HtmlElement:
    """Read a page many times faster than a browser does, without a word on what is wrong in it."""
    return lxml.html.document_fromstring(html)


def elements_in(root: Element) -> list[Element]:
    """Give an element and those in it; comments are none, although they stand in the tree."""
    return [one for one in root.iter() if isinstance(cast("object", one.tag), str)]


def words_of(element: Element) -> str:
    """Give the words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


class Check(Protocol):
    """A rule: it tells what breaks it."""

    def __call__(self, page: Page) -> Iterator[str]:
        """Yield what is wrong."""


def check_main_heading(page: Page) -> Iterator[str]:
    """A page has one h1, with words in it."""
    headings = page.all("h1")
    if len(headings) != 1 or not words_of(headings[0]):
        yield f"{len(headings)} main headings: {[words_of(one) for one in headings]}"


def check_title(page: Page) -> Iterator[str]:
    """A page has one title, which names more than the site."""
    titles = [words_of(one) for one in page.all("title")]
    # A drawing in the page may have a title of its own; its name is another one.
    if len(titles) != 1 or not titles[0].removesuffix(SUFFIX).strip():
        yield f"the titles are {titles}"


def check_description(page: Page) -> Iterator[str]:
    """A page describes itself."""
    found = [one.get("content", "").strip() for one in page.all("meta", name="description")]
    if len(found) != 1 or not found[0]:
        yield f"the descriptions are {found}"


def check_ids(page: Page) -> Iterator[str]:
    """No id stands twice, and what refers to an id finds it."""
    ids = page.ids
    yield from (f"the id '{one}' stands twice" for one in sorted({one for one in ids if ids.count(one) > 1}))
    for element in page.elements:
        for name in REFERRING:
            for target in element.get(name, "").split():
                if target not in ids:
                    yield f"{name}='{target}' finds nothing"


def check_heading_levels(page: Page) -> Iterator[str]:
    """Headings go down one level at a time; a list of errors may stand above the main one."""
    last = 1
    for heading in page.all(*HEADINGS):
        level = int(heading.tag[1])
        if level > last + 1:
            yield f"h{level} '{words_of(heading)}' follows h{last}"
        last = level


def check_nothing_inline(page: Page) -> Iterator[str]:
    """No style and no script stands in the page itself."""
    for element in page.elements:
        is_data = element.get("type") == DATA_BLOCK
        if element.tag == "style" or (element.tag == "script" and not element.get("src") and not is_data):
            yield f"an inline {element.tag}"
        yield from (
            f"{element.tag} has {name}" for name in element.attrib if name == "style" or name.startswith("on")
        )


CHECKS: tuple[Check, ...] = (
    check_main_heading,
    check_title,
    check_description,
    check_ids,
    check_heading_levels,
    check_nothing_inline,
)


def _has(element: Element, wanted: dict[str, str]) -> bool:
    return all(
        value in element.get(name, "").split() if name == "class" else element.get(name) == value
        for name, value in wanted.items()
    )
