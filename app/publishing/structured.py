"""What pages say of themselves in the words of schema.org, as JSON-LD in plain values.

Addresses are handed in, whole, by whoever serves the pages. A page claims nothing here that it does not show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.content.pages import About, Article, FaqEntry
from app.publishing.entities import entity_of, node
from app.publishing.feeds import last_modified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.content.library import Library
    from app.content.pages import Page
    from app.publishing.entities import AddressOf, Node

CONTEXT = "https://schema.org"
LANGUAGE = "en-GB"
PUBLISHER = "Nervewise"


@dataclass(frozen=True, slots=True)
class Step:
    """A place on the way from the home page: its name and its whole address."""

    name: str
    url: str


def describe_page(page: Page, library: Library, address_of: AddressOf, way: Sequence[Step]) -> Node:
    """Describe a page and what it is about.

    Args:
        page: any page of the library.
        library: where the pages are that it names.
        address_of: gives the whole address of a page.
        way: from the home page to this page, both included.
    """
    reviewer = page.reviewed_by
    return _graph(
        node(
            _kind_of(page),
            **_about_itself(way, page.description if isinstance(page, Article) else None),
            dateModified=last_modified(page).isoformat(),
            lastReviewed=reviewer and reviewer.date.isoformat(),
            reviewedBy=reviewer and node("Person", name=reviewer.name, jobTitle=reviewer.role),
            audience=None if isinstance(page, About) else node("Patient"),
            citation=[
                node("CreativeWork", name=library.sources[source].title, url=library.sources[source].url)
                for source in page.sources
            ],
            mainEntity=entity_of(page, library, address_of),
        ),
        way,
    )


def describe_questions(
    description: str, entries: Iterable[FaqEntry], address_of: AddressOf, way: Sequence[Step]
) -> Node:
    """Describe a list of questions; an answer is told where it stands, since the list does not show it."""
    questions = [
        node("Question", name=entry.title, acceptedAnswer=node("Answer", url=address_of(entry)))
        for entry in entries
    ]
    return _graph(node("FAQPage", **_about_itself(way, description), mainEntity=questions), way)


def describe_list(description: str, way: Sequence[Step]) -> Node:
    """Describe a page that lists others."""
    return _graph(node("CollectionPage", **_about_itself(way, description)), way)


def describe_place(description: str, way: Sequence[Step]) -> Node:
    """Describe a page that stands by itself."""
    return _graph(node("WebPage", **_about_itself(way, description)), way)


def describe_site(description: str, home: Step, search: str) -> Node:
    """Describe the site as a whole, on its home page.

    Args:
        description: what the site is.
        home: the home page.
        search: the address of the search, up to what is looked for.
    """
    action = node(
        "SearchAction",
        target=node("EntryPoint", urlTemplate=f"{search}{{search_term_string}}"),
        **{"query-input": "required name=search_term_string"},
    )
    itself = _about_itself((home,), description) | {"name": PUBLISHER}
    return _graph(node("WebSite", **itself, potentialAction=action), (home,))


def _graph(page: Node, way: Sequence[Step]) -> Node:
    steps = [
        node("ListItem", position=position, name=step.name, item={"@id": step.url})
        for position, step in enumerate(way, 1)
    ]
    return {"@context": CONTEXT, "@graph": [page, node("BreadcrumbList", itemListElement=steps)]}


def _about_itself(way: Sequence[Step], description: str | None) -> Node:
    home, here = way[0], way[-1]
    return {
        "name": here.name,
        "description": description,
        "url": here.url,
        "inLanguage": LANGUAGE,
        "publisher": node("Organization", name=PUBLISHER, url=home.url),
    }


def _kind_of(page: Page) -> str:
    if isinstance(page, FaqEntry):
        return "FAQPage"
    return "AboutPage" if isinstance(page, About) else "MedicalWebPage"
