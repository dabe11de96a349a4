"""The inverted index: in which documents each stem stands, and how much it counts there, by Okapi BM25.

SQLite's FTS5 reckons the same figures at each search, for every document that holds a word. They hang on the
documents alone, so they are reckoned here once, and a search has only to add them up.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# How much a word counts in each field; tuned on tests/search/queries.yaml.
WEIGHTS = (10.0, 8.0, 4.0, 3.0, 1.0)
# The first fields are names; those and the opening tell what a document is about.
NAMES, FOREMOST = 2, 3
# A word that stands ten times counts little more than one that stands five times; long texts count for less.
_SATURATION, _LENGTH = 1.2, 0.75
# A word that stands in more than half of all documents tells next to nothing.
_LEAST_RARITY = 1e-6


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a stem stands.

    Attributes:
        numbers: the documents, in ascending order.
        scores: how much it counts in each of them.
        named: the documents of which a title or a name holds it, in ascending order.
        name_scores: how much it counts in each of those, by their titles and names alone.
        foremost: in how many documents it stands in the title, the names or the opening.
    """

    numbers: array[int]
    scores: array[float]
    named: array[int]
    name_scores: array[float]
    foremost: int

    @classmethod
    def of_row(
        cls, numbers: bytes, scores: bytes, named: bytes, name_scores: bytes, foremost: int
    ) -> Postings:
        """Read what `PostingsMaker.rows` gave."""
        return cls(
            array("I", numbers), array("f", scores), array("I", named), array("f", name_scores), foremost
        )

    def among(self, documents: Iterable[int]) -> Iterator[int]:
        """Yield those documents that hold the stem."""
        numbers, end = self.numbers, len(self.numbers)
        for document in documents:
            place = bisect_left(numbers, document)
            if place < end and numbers[place] == document:
                yield document


class PostingsMaker:
    """Counts the stems of documents, and makes the postings of them all."""

    def __init__(self) -> None:
        self._counts: defaultdict[str, tuple[array[int], array[float]]] = defaultdict(_empty)
        self._names: defaultdict[str, tuple[array[int], array[float]]] = defaultdict(_empty)
        self._foremost: Counter[str] = Counter()
        self._lengths = array("I")

    def add(self, fields: Sequence[Sequence[str]]) -> None:
        """Count the next document, whose stems are given field by field."""
        number = len(self._lengths)
        self._lengths.append(sum(map(len, fields)))
        counts: defaultdict[str, float] = defaultdict(float)
        for stems, weight in zip(fields, WEIGHTS, strict=True):
            for stem in stems:
                counts[stem] += weight
        _append(self._counts, number, counts)
        _append(self._names, number, Counter(chain.from_iterable(fields[:NAMES])))
        self._foremost.update(set(chain.from_iterable(fields[:FOREMOST])))

    def rows(self) -> Iterator[tuple[str, bytes, bytes, bytes, bytes, int]]:
        """Yield each stem with the parts of its postings."""
        mean = sum(self._lengths) / max(len(self._lengths), 1)
        norms = [_SATURATION * (1 - _LENGTH + _LENGTH * length / mean) for length in self._lengths]
        for stem, (numbers, counts) in self._counts.items():
            named, in_names = self._names.get(stem, _empty())
            yield (
                stem,
                numbers.tobytes(),
                _scores(numbers, counts, norms).tobytes(),
                named.tobytes(),
                _scores(named, in_names, norms).tobytes(),
                self._foremost[stem],
            )


def _empty() -> tuple[array[int], array[float]]:
    return array("I"), array("f")


def _append(
    kept: defaultdict[str, tuple[array[int], array[float]]],
    number: int,
    counts: dict[str, float] | Counter[str],
) -> None:
    for stem, count in counts.items():
        numbers, of_each = kept[stem]
        numbers.append(number)
        of_each.append(count)


def _scores(numbers: array[int], counts: array[float], norms: Sequence[float]) -> array[float]:
    rarity = math.log((len(norms) - len(numbers) + 0.5) / (len(numbers) + 0.5))
    most = max(rarity, _LEAST_RARITY) * (_SATURATION + 1)
    return array(
        "f", (most * count / (count + norms[number]) for number, count in zip(numbers, counts, strict=True))
    )
