"""How well the search does on queries whose right pages are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from app.content.keys import Slug
from app.content.problems import Problem, Rule
from app.content.reader import did_you_mean, read_yaml
from app.content.vocabulary import Model, Text

if TYPE_CHECKING:
    from pathlib import Path

    from app.content.library import Library
    from app.search.index import SearchIndex

AMONG = 3


class KnownQuery(Model):
    """What someone types.

    `expect` are the pages of which any is a right answer, the best first; `kind` is what it is about, and
    `seen` says where people word it so.
    """

    query: Text
    expect: Annotated[tuple[Slug, ...], Field(min_length=1)]
    kind: Text
    seen: Text


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the place of the first right page, None if it was not found, and the pages found first."""

    query: KnownQuery
    place: int | None
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchScore:
    """Shares of all queries, from 0 to 1.

    Attributes:
        of: how many queries there are.
        first: a right page stands first.
        among: a right page stands among the first three.
        reciprocal: the mean of one divided by the place of the first right page (mean reciprocal rank).
    """

    of: int
    first: float
    among: float
    reciprocal: float


def read_queries(file: Path, library: Library) -> tuple[tuple[KnownQuery, ...], list[Problem]]:
    """Read queries; a page that is not there is a problem with its line."""
    queries, lines, problems = read_yaml(file, file.name, tuple[KnownQuery, ...])
    for number, query in enumerate(queries or ()):
        for place, slug in enumerate(query.expect):
            if slug not in library.pages:
                how = f"there is no page '{slug}'{did_you_mean(slug, library.pages)}"
                line = lines.at((number, "expect", place))
                problems.append(Problem(file.name, line, Rule.UNKNOWN_PAGE, how))
    return queries or (), problems


def judge_queries(queries: tuple[KnownQuery, ...], index: SearchIndex) -> tuple[Judged, ...]:
    """Ask the search every query."""
    judged = []
    for query in queries:
        found = tuple(hit.document.slug for hit in index.search(query.query).hits)
        places = (place for place, slug in enumerate(found, 1) if slug in query.expect)
        judged.append(Judged(query, next(places, None), found[:AMONG]))
    return tuple(judged)


def score_queries(judged: tuple[Judged, ...]) -> SearchScore:
    """Count how often, and how early, a right page was found."""
    places = [one.place for one in judged if one.place is not None]
    return SearchScore(
        of=len(judged),
        first=sum(place == 1 for place in places) / len(judged),
        among=sum(place <= AMONG for place in places) / len(judged),
        reciprocal=sum(1 / place for place in places) / len(judged),
    )
