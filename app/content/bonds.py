"""What pages can have in common: signs, care, dangers, places, links, words and sources."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.content.pages import About, Cause, Emergency, FaqEntry
from app.content.words import AREAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.content.library import Library
    from app.content.pages import Page

# The unlike share these: many troubles last long and come at the same age.
_WHO_AND_HOW_LONG = frozenset({"age", "sex", "dur", "side"})
# A danger rule lists every place where the danger can show.
_PLACES = frozenset({"site", "region"})
_EXPLAINED = re.compile(r" \([^()]*\)$")
Feature = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bond:
    """A way of being akin: its share of the score, and the words before what is shared.

    A bond without words counts and is not told as a reason. Of a `single` one, a page has one thing at most.
    """

    share: float
    words: str = ""
    single: bool = False


BONDS: Mapping[str, Bond] = MappingProxyType(
    {
        "evidence": Bond(2.0, "In common"),
        "signs": Bond(1.0, "Danger signs in common"),
        "care": Bond(1.0, "Helped by the same"),
        "helped": Bond(1.5, "Both can help with"),
        "trained": Bond(1.5, "Both can help with"),
        "brought": Bond(0.5, "Both can come with"),
        "guarded": Bond(1.0, "Both can look like"),
        "dangers": Bond(0.5),
        "places": Bond(0.5, "The same part of the body"),
        "owner": Bond(0.5, "Both are answered from", single=True),
        "group": Bond(0.15, "Also asked about", single=True),
        "links": Bond(1.0, "Both mention"),
        "terms": Bond(0.4),
        "sources": Bond(0.6),
    }
)


def borne(library: Library) -> Iterator[tuple[str, Feature, float]]:
    """Yield what each page that is not withdrawn has of each bond, and how much it matters to it."""
    for page in library.pages.values():
        if page.withdrawn is None:
            for feature, strength in _borne_by(page):
                yield page.slug, feature, strength
    for cause in library.causes:
        for bond, slugs in (
            ("helped", cause.treatments),
            ("trained", cause.exercises),
            ("brought", cause.symptoms),
            ("guarded", cause.emergencies),
        ):
            for slug in slugs:
                if slug in library.pages and library.pages[slug].withdrawn is None:
                    yield slug, (bond, cause.slug), 1


def words_for(feature: Feature, library: Library) -> str:
    """Give what a visitor calls a thing that pages share."""
    bond, key = feature
    if bond in ("evidence", "signs"):
        words = library.vocabulary.options[key].label
    elif bond == "group":
        words = key
    else:
        words = AREAS[key] if bond == "places" else library.pages[key].title
    return _EXPLAINED.sub("", words)


def pages_named(page: Page) -> frozenset[str]:
    """Give the slugs of the pages that a page links to in its words, repeats facts of, or warns of.

    Pages about the site share no medicine: they name theirs.
    """
    listed: tuple[str, ...] = ()
    if isinstance(page, Cause):
        listed = page.emergencies
    elif isinstance(page, About):
        listed = page.related
    return frozenset((*_spoken_of(page), *listed))


def _spoken_of(page: Page) -> tuple[str, ...]:
    return (*page.mentions.pages, page.owner) if isinstance(page, FaqEntry) else page.mentions.pages


def _borne_by(page: Page) -> Iterator[tuple[Feature, float]]:
    if isinstance(page, Cause):
        for option, evidence in page.evidence.items():
            if evidence.weight > 0 and _prefix(option) not in _WHO_AND_HOW_LONG:
                yield ("evidence", option), evidence.weight
        for bond, keys in (
            ("care", (*page.treatments, *page.exercises)),
            ("dangers", page.emergencies),
            ("places", page.areas),
        ):
            yield from (((bond, key), 1) for key in keys)
    if isinstance(page, FaqEntry):
        yield ("owner", page.owner), 1
        yield ("group", page.group), 1
    if isinstance(page, Emergency):
        yield from _signs_of(page)
    yield from ((("links", slug), 1) for slug in _spoken_of(page))
    yield from ((("sources", source), 1) for source in page.sources)
    yield from ((("terms", term), 1) for term in page.mentions.terms)


def _signs_of(emergency: Emergency) -> Iterator[tuple[Feature, float]]:
    """Yield the options of the danger rules; one that many of the rules name counts more."""
    rules = Counter(
        option
        for rule in emergency.rules
        for option in frozenset[str]().union(*rule.clauses)
        if _prefix(option) not in _WHO_AND_HOW_LONG | _PLACES
    )
    for option, number in rules.items():
        yield ("signs", option), number / len(emergency.rules)


def _prefix(option: str) -> str:
    return option.partition(".")[0]
