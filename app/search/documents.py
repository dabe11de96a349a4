"""Pages and terms -> documents: the fields that are searched, each as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.content.pages import Article, Cause, Emergency, Exercise, Page, Treatment
from app.content.plain import words_of_body

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.content.library import Library
    from app.content.pages import Term

TERM = "term"


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found.

    Attributes:
        kind: the kind of the page, or 'term'.
        slug: the page or the term.
        title: what it is called.
        names: what else it is called.
        opening: what it says of itself first.
        headings: the headings in it.
        text: all its other words.
    """

    kind: str
    slug: str
    title: str
    names: tuple[str, ...]
    opening: str
    headings: str
    text: str


def documents_of(library: Library) -> Iterator[Document]:
    """Give every page that is not withdrawn, and every term of the glossary."""
    for page in library.pages.values():
        if page.withdrawn is None:
            yield _document_of_page(page)
    for slug, term in library.terms.items():
        yield _document_of_term(slug, term)


def _document_of_page(page: Page) -> Document:
    names = (*page.names, page.headline) if isinstance(page, Emergency) else page.names
    opening = (page.description, *map(str, page.summary)) if isinstance(page, Article) else ()
    headings = (heading.text for heading in page.body.headings)
    return Document(
        page.kind,
        page.slug,
        page.title,
        names,
        _sentences(opening),
        _sentences(headings),
        _sentences(_text(page)),
    )


def _document_of_term(slug: str, term: Term) -> Document:
    return Document(TERM, slug, term.term, term.also, str(term.plain), "", "")


def _sentences(texts: Iterable[str]) -> str:
    """Join texts as sentences, since an excerpt may run from one into the next."""
    texts = (text.strip() for text in texts)
    return " ".join(text if text[-1] in ".!?:;" else f"{text}." for text in texts if text)


def _text(page: Page) -> Iterator[str]:
    """Give what a page owns besides its opening; tables that other pages own are left to them."""
    yield from _facts(page)
    yield from words_of_body(page.body)


def _facts(page: Page) -> Iterator[str]:
    if isinstance(page, Cause):
        yield from (str(page.lasts), *map(str, page.symptoms.values()))
        yield from (f"{pattern.title}. {pattern.text}" for pattern in page.patterns)
    elif isinstance(page, Emergency):
        yield from (str(page.act), *map(str, page.signs))
    elif isinstance(page, Treatment):
        yield from (str(page.what), *map(str, page.benefits), *map(str, page.downsides))
        yield from map(str, page.for_symptoms.values())
    elif isinstance(page, Exercise):
        yield from (str(page.what), *map(str, page.steps), str(page.dose))
