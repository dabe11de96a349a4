"""Which pages are akin: ranked by what they share, so that nobody has to name them by hand.

What pages can share is of several bonds (`BONDS`): signs, care, places, sources and so on. What a page has of
a bond is a vector. Each thing counts by how much it matters to the page (for evidence: its weight) times how
rare it is: the natural logarithm of the number of pages that have anything of the bond, over the number that
have this. The score of two pages is the sum, over the bonds, of the bond's share times the cosine of their
vectors, and `TIE` for each of the two that names the other. A vector is taken to be longer by one thing that
nobody else has, so that pages with one thing each are not twins. What more than `MOST_BEARERS` pages have is
left out, so that the work for a page does not grow with their number.

Pages of different kinds stand together only where one of them names the other. An emergency or a very rare
disease stands beside a calmer page only where each names the other: something in common must not send a
worried reader to a frightening page.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from heapq import heapify, heappop
from typing import TYPE_CHECKING, get_args

from app.content.bonds import BONDS, Feature, borne, pages_named, words_for
from app.content.pages import About, Cause, Commonness, Emergency, Exercise, FaqEntry, Symptom, Treatment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.content.library import Library
    from app.content.pages import Page

MOST_KIN = 8
LEAST_SCORE = 0.2
TIE = 0.3
MOST_BEARERS = 200
MOST_TOLD = 2
FINENESS = 1_000_000_000
COMMONNESS = get_args(Commonness)
_Features = defaultdict[str, list[Feature]]
_Bearers = dict[Feature, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Kin:
    """A page that is akin to another, how strongly, and why, in few plain words."""

    page: Page
    score: float
    because: str


class Kinship:
    """What every page that is not withdrawn shares with the others."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._pages = {slug: page for slug, page in library.pages.items() if page.withdrawn is None}
        self._features, self._bearers = _weighed(borne(library))
        self._namers: defaultdict[str, set[str]] = defaultdict(set)
        for slug, page in self._pages.items():
            for other in pages_named(page):
                self._namers[other].add(slug)

    def of(self, page: Page) -> tuple[Kin, ...]:
        """Give the pages that are akin to a page, the nearest first.

        What the page shows elsewhere, as its treatments, is left out. A page that is withdrawn has none.
        """
        if page.slug not in self._pages:
            return ()
        shown = self._shown_on(page) | {page.slug}
        # Equal but for the last bits of their sums, scores are the same. By whole numbers, for it is quicker.
        ranked = [
            (-int(score * FINENESS), slug)
            for slug, score in self._scores(page).items()
            if score >= LEAST_SCORE
        ]
        # Of many that are akin only the nearest are looked at, and put in order.
        heapify(ranked)
        kin: list[Kin] = []
        while ranked and len(kin) < MOST_KIN:
            score, slug = heappop(ranked)
            other = self._pages[slug]
            if slug not in shown and self._may_stand_beside(page, other):
                kin.append(Kin(other, -score / FINENESS, self._because(page, other)))
        return tuple(kin)

    def _scores(self, page: Page) -> Mapping[str, float]:
        scores: defaultdict[str, float] = defaultdict(float)
        for feature in self._features[page.slug]:
            bearers = self._bearers[feature]
            value = bearers[page.slug]
            for other, theirs in bearers.items():
                scores[other] += value * theirs
        for others in (pages_named(page), self._namers[page.slug]):
            for other in others & self._pages.keys():
                scores[other] += TIE
        return scores

    def _shown_on(self, page: Page) -> set[str]:
        """Give the pages that stand elsewhere on a page, in its tables and lists."""
        library = self._library
        shown: Iterable[str] = ()
        if isinstance(page, Cause):
            shown = (*page.treatments, *page.exercises, *page.emergencies)
        elif isinstance(page, Treatment | Exercise):
            shown = (cause.slug for cause in library.causes_helped_by(page))
        elif isinstance(page, Symptom):
            others = (*library.causes_with(page), *library.treatments_for(page))
            shown = (other.slug for other in others)
        elif isinstance(page, FaqEntry):
            shown = (page.owner,)
        return set(shown)

    def _may_stand_beside(self, page: Page, other: Page) -> bool:
        names, is_named = page.slug in self._namers[other.slug], other.slug in self._namers[page.slug]
        if _worrying(other) and not _worrying(page):
            return names and is_named
        return page.kind == other.kind or names or is_named

    def _because(self, page: Page, other: Page) -> str:
        """Say what two pages share, by the bond that counts most: the strongest things that both have."""
        bonds: defaultdict[str, dict[Feature, float]] = defaultdict(dict)
        for feature in self._features[page.slug]:
            bearers = self._bearers[feature]
            if other.slug in bearers and self._may_be_told(feature):
                bonds[feature[0]][feature] = bearers[page.slug] * bearers[other.slug]
        if bonds:
            bond = max(bonds, key=lambda name: sum(bonds[name].values()))
            things = sorted(
                bonds[bond], key=lambda thing: (self._rareness(thing), -bonds[bond][thing], thing)
            )
            told = [words_for(thing, self._library) for thing in things[:MOST_TOLD]]
            return f"{BONDS[bond].words}: {'; '.join(told)}"
        if isinstance(page, About) and isinstance(other, About):
            return "Also about this site"
        if page.slug in self._namers[other.slug]:
            return "Mentioned on this page"
        return "Mentions this page" if other.slug in self._namers[page.slug] else "Stands on the same sources"

    def _may_be_told(self, feature: Feature) -> bool:
        """Tell whether a shared thing is a reason that helps a reader, and does not frighten."""
        bond, key = feature
        shared = self._library.pages.get(key)
        if shared is not None and (shared.withdrawn is not None or _worrying(shared)):
            return False
        return BONDS[bond].words != ""

    def _rareness(self, feature: Feature) -> int:
        """Give how rare a shared cause is: the commoner one is told first, since more readers know it."""
        shared = self._library.pages.get(feature[1])
        return COMMONNESS.index(shared.how_common.level) if isinstance(shared, Cause) else 0


def _worrying(page: Page) -> bool:
    return isinstance(page, Emergency) or (isinstance(page, Cause) and page.how_common.level == "very-rare")


def _weighed(borne: Iterable[tuple[str, Feature, float]]) -> tuple[_Features, _Bearers]:
    """Weigh what pages have by how rare it is, so that the product of two values is their part of a score.

    Returns:
        What each page has, and by what is had its value for each page; what one page alone or too many have
        is left out.
    """
    every: defaultdict[Feature, dict[str, float]] = defaultdict(dict)
    features: _Features = defaultdict(list)
    # Each feature is held once, and not anew by each page that has it.
    held: dict[Feature, Feature] = {}
    for slug, feature, strength in borne:
        features[slug].append(held.setdefault(feature, feature))
        every[feature][slug] = strength
    of_bond: defaultdict[str, set[str]] = defaultdict(set)
    for (bond, _), slugs in every.items():
        of_bond[bond].update(slugs)
    rarity = {
        feature: math.log(len(of_bond[feature[0]]) / len(slugs))
        for feature, slugs in every.items()
        if 1 < len(slugs) <= MOST_BEARERS and len(slugs) < len(of_bond[feature[0]])
    }
    bearers = {feature: every[feature] for feature in rarity}
    alone = {bond: 0 if BONDS[bond].single else math.log(len(slugs)) ** 2 for bond, slugs in of_bond.items()}
    for slug, had in features.items():
        had[:] = [feature for feature in dict.fromkeys(had) if feature in rarity]
        lengths = alone.copy()
        for feature in had:
            bearers[feature][slug] = value = bearers[feature][slug] * rarity[feature]
            lengths[feature[0]] += value * value
        for feature in had:
            bearers[feature][slug] *= math.sqrt(BONDS[feature[0]].share / lengths[feature[0]])
    return features, bearers
