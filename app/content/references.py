"""Whether what the content points at is there: pages, sources, options, terms, places, anchors, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.content import tables
from app.content.blocks import DrawnTable, Figure
from app.content.guard import PLACES, Reference
from app.content.keys import Key, OptionId, Slug, SourceId
from app.content.leaves import leaves
from app.content.markdown import Inline
from app.content.pages import Exercise, FaqEntry, Page, Symptom
from app.content.problems import Problem, Rule
from app.content.reader import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from app.content.frontmatter import Lines, Location
    from app.content.library import Library
    from app.content.pages import Source


@dataclass(frozen=True, slots=True)
class Placed:
    """A model, the file it is from, and the lines of its parts."""

    model: object
    path: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Known:
    """What can be pointed at."""

    library: Library
    unread: frozenset[str]
    drawings: Collection[str]


def check_references(
    library: Library,
    files: Collection[Placed],
    sources: Placed,
    drawings: Collection[str],
    unread: Collection[str],
    cited_elsewhere: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield a problem for everything that points at nothing, and for every source that is not used.

    Args:
        library: what can be pointed at.
        files: every model that is to be checked, with its file.
        sources: that of them which holds the sources.
        drawings: the names of the drawings that figures may show.
        unread: slugs of pages that are there and could not be read; what hangs on them is left unsaid.
        cited_elsewhere: the sources that are cited by pages which need no check.
    """
    used = set(cited_elsewhere)
    known = Known(library, frozenset(unread), drawings)
    for file in files:
        cited: set[str] = set()
        page = file.model if isinstance(file.model, Page) else None
        for location, leaf in leaves(file.model):
            line = file.lines.at(location)
            if location[0] != "sources" or not isinstance(leaf, SourceId) or page is None:
                cited.update(_sources_in(leaf))
                yield from _check_leaf(leaf, page, known, file.path, line)
            else:
                yield from _check_source(leaf, library, file.path, line)
        if page is not None:
            cited.update(
                placed.reference.key for placed in page.body.references if placed.reference.kind == "source"
            )
            yield from _check_page(page, cited, known, file)
        used |= cited
    if not unread:
        yield from _check_unused(library.sources, used, sources)
    yield from _check_same_source(library.sources, sources)


def _sources_in(leaf: Key | Inline) -> Iterator[str]:
    if isinstance(leaf, SourceId):
        yield leaf
    elif isinstance(leaf, Inline):
        yield from (reference.key for reference in leaf.references if reference.kind == "source")


def _check_leaf(
    leaf: Key | Inline, page: Page | None, known: Known, path: str, line: int
) -> Iterator[Problem]:
    if isinstance(leaf, SourceId):
        yield from _check_cited(leaf, page, known.library, path, line)
    elif isinstance(leaf, OptionId):
        options = known.library.vocabulary.options
        if leaf not in options:
            how = f"there is no option '{leaf}'{did_you_mean(leaf, options)}"
            yield Problem(path, line, Rule.UNKNOWN_OPTION, how)
    elif isinstance(leaf, Slug):
        yield from _check_slug(leaf, known, path, line)
    else:
        for reference in leaf.references if isinstance(leaf, Inline) else ():
            yield from _check(reference, page, known, path, line)


def _check_page(page: Page, cited: Collection[str], known: Known, file: Placed) -> Iterator[Problem]:
    for placed in page.body.references:
        yield from _check(placed.reference, page, known, file.path, placed.line)
    yield from _check_parts(page, known)
    yield from _check_pictures(page, known, file)
    yield from _check_faq(page, known.library, file)
    for index, source in enumerate(page.sources):
        if source not in cited:
            how = f"the source '{source}' is listed and not cited on this page; cite it or take it out"
            yield Problem(file.path, file.lines.at(("sources", index)), Rule.SOURCE_NOT_USED, how)


def _check_unused(sources: Collection[str], used: Collection[str], file: Placed) -> Iterator[Problem]:
    for source in sources:
        if source not in used:
            how = f"no page cites the source '{source}'; cite it or take it out"
            yield Problem(file.path, file.lines.at((source,)), Rule.SOURCE_NOT_USED, how)


def _check(reference: Reference, page: Page | None, known: Known, path: str, line: int) -> Iterator[Problem]:
    key = reference.key
    library = known.library
    if reference.kind == "source":
        yield from _check_cited(key, page, library, path, line)
    elif reference.kind == "term":
        if key not in library.terms:
            how = f"there is no glossary term '{key}'{did_you_mean(key, library.terms)}"
            yield Problem(path, line, Rule.UNKNOWN_TERM, how)
    elif reference.kind == "site":
        if key not in PLACES:
            how = f"there is no place '{key}' on the site; the places are {', '.join(sorted(PLACES))}"
            yield Problem(path, line, Rule.UNKNOWN_PLACE, how)
    elif reference.kind == "anchor":
        if page is None or reference.fragment not in page.body.anchors:
            yield _no_anchor(reference.fragment, path, line)
    else:
        yield from _check_slug(Slug(key), known, path, line)
        target = library.pages.get(key)
        if target and reference.fragment and reference.fragment not in target.body.anchors:
            yield _no_anchor(reference.fragment, path, line)


def _check_same_source(sources: Mapping[str, Source], file: Placed) -> Iterator[Problem]:
    ids: dict[str, str] = {}
    for name, source in sources.items():
        first = ids.setdefault(source.url, name)
        if first != name:
            how = f"'{name}' has the address of '{first}', and would count as a second source; keep one"
            yield Problem(file.path, file.lines.at((name,)), Rule.SAME_SOURCE, how)


def _no_anchor(anchor: str, path: str, line: int) -> Problem:
    how = f"there is no heading with the anchor '#{anchor}' on that page; use one that is there"
    return Problem(path, line, Rule.UNKNOWN_ANCHOR, how)


def _check_slug(slug: Slug, known: Known, path: str, line: int) -> Iterator[Problem]:
    library = known.library
    page = library.pages.get(slug)
    if slug in known.unread:
        return
    if page is None:
        how = f"there is no page '{slug}'{did_you_mean(slug, library.pages)}"
        yield Problem(path, line, Rule.UNKNOWN_PAGE, how)
    elif slug.kind and page.kind != slug.kind:
        how = f"the page '{slug}' is of the kind {page.kind}; one of the kind {slug.kind} is needed here"
        yield Problem(path, line, Rule.UNKNOWN_PAGE, how)
    elif page.withdrawn is not None:
        how = f"the page '{slug}' is withdrawn: {page.withdrawn}; link elsewhere"
        yield Problem(path, line, Rule.LINK_TO_WITHDRAWN, how, warning=True)


def _check_cited(source: str, page: Page | None, library: Library, path: str, line: int) -> Iterator[Problem]:
    yield from _check_source(source, library, path, line)
    if page and source in library.sources and source not in page.sources:
        how = f"the source '{source}' is cited here and not listed; add it to 'sources'"
        yield Problem(path, line, Rule.SOURCE_NOT_LISTED, how)


def _check_source(source: str, library: Library, path: str, line: int) -> Iterator[Problem]:
    if source not in library.sources:
        how = f"there is no source '{source}' in sources.yaml{did_you_mean(source, library.sources)}"
        yield Problem(path, line, Rule.UNKNOWN_SOURCE, how)


def _check_pictures(page: Page, known: Known, file: Placed) -> Iterator[Problem]:
    named: list[tuple[Location, str]] = []
    if isinstance(page, Exercise) and page.picture:
        named.append((("picture", "drawing"), page.picture.drawing))
    if isinstance(page, Symptom) and page.icon:
        named.append((("icon",), page.icon))
    for place, drawing in named:
        if drawing not in known.drawings:
            how = f"there is no drawing '{drawing}'{did_you_mean(drawing, known.drawings)}"
            yield Problem(file.path, file.lines.at(place), Rule.UNKNOWN_DRAWING, how)


def _check_parts(page: Page, known: Known) -> Iterator[Problem]:
    for part in page.body.parts:
        if isinstance(part, DrawnTable) and known.unread.isdisjoint(part.arguments):
            try:
                tables.draw(part.name, part.arguments, page, known.library)
            except ValueError as error:
                yield Problem(page.path, part.line, Rule.UNKNOWN_TABLE, str(error))
        elif isinstance(part, Figure) and part.drawing not in known.drawings:
            how = f"there is no drawing '{part.drawing}'{did_you_mean(part.drawing, known.drawings)}"
            yield Problem(page.path, part.line, Rule.UNKNOWN_DRAWING, how)


def _check_faq(page: Page, library: Library, file: Placed) -> Iterator[Problem]:
    if isinstance(page, FaqEntry) and page.group not in library.site.faq_groups:
        how = f"there is no group '{page.group}'; the groups are {', '.join(library.site.faq_groups)}"
        yield Problem(file.path, file.lines.at(("group",)), Rule.BAD_VALUE, how)
