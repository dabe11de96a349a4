"""Words that stand nowhere on the site -> the words that were probably meant."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.search.english import is_english
from app.search.wording import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# By the length of a word, how many letters may be wrong, left out, doubled or swapped with the next one.
_SHORTEST, _ONE, _TWO = 4, 5, 9
_SHORTEST_PART = 3
_CANDIDATES = 20
# Endings by which a word is only another form of itself.
_FORMS = ("s", "es", "ed", "ing", "d", "er", "ly")


class Speller:
    """Corrects single words by the words of the site."""

    def __init__(self, weights: Mapping[str, float], beside: Callable[[str, str], bool]) -> None:
        """Take the folded words of the site.

        Args:
            weights: how much each is to be preferred among its like.
            beside: tells whether a word stands before another in a title or a name.
        """
        self._beside = beside
        self._weights = {word: weight for word, weight in weights.items() if word not in STOP_WORDS}
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(self._weights):
            by_length[len(word)].append(word)
        self._by_length = dict(by_length)

    def knows(self, folded: str) -> bool:
        """Tell whether a folded word, or a plain form of it, stands on the site."""
        return (
            folded in STOP_WORDS
            or folded in self._weights
            or any(self._is_form(folded, ending) for ending in _FORMS)
        )

    def _is_form(self, folded: str, ending: str) -> bool:
        """Tell whether a word is one of the site with an ending, as in 'stops', 'stopped' or 'used'."""
        root = folded.removesuffix(ending)
        if root == folded or len(root) < _SHORTEST_PART or (ending == "d" and root[-1] != "e"):
            return False
        single = root[:-1] if root[-1] == root[-2] else root
        return any(word in self._weights for word in (root, f"{root}e", single))

    def correct(self, folded: str, before: str, after: str) -> tuple[str, ...]:
        """Give the words that were probably meant by an unknown one; none if nothing is near.

        An English word, such as 'class', is mended only by its neighbours: 'hart' in 'hart attack'.

        Args:
            folded: the unknown word.
            before: the word before it, if any.
            after: the word after it, if any.
        """
        parts = self._parted(folded)
        if parts:
            return parts
        most = _most_slips(folded)
        near = self._near(folded, most) if most else []

        def beside(word: str) -> bool:
            return self._beside(before, word) or self._beside(word, after)

        def unlikely(word: str, slips: float) -> tuple[float, float, str]:
            return slips + (word[0] != folded[0]) - 2 * beside(word), -self._weights[word], word

        if is_english(folded):
            near = [one for one in near if beside(one[0])]
        meant = min(near, key=lambda one: unlikely(one[0], one[1]), default=None)
        return () if meant is None else (meant[0],)

    def _near(self, folded: str, most: int) -> list[tuple[str, int, int]]:
        """Give the words that are at most so many slips away, which no word of quite another length is."""
        lengths = range(len(folded) - most, len(folded) + most + 1)
        words = list(chain.from_iterable(self._by_length.get(length, ()) for length in lengths))
        return process.extract(folded, words, scorer=OSA.distance, score_cutoff=most, limit=_CANDIDATES)

    def _parted(self, folded: str) -> tuple[str, ...]:
        """Part two words that were written as one."""
        cuts = range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1)
        halves = [(folded[:cut], folded[cut:]) for cut in cuts]
        known = [pair for pair in halves if all(half in self._weights for half in pair)]
        return max(known, key=lambda pair: sum(self._weights[half] for half in pair), default=())


def _most_slips(word: str) -> int:
    if len(word) < _SHORTEST or word.isdigit():
        return 0
    return 1 if len(word) <= _ONE else 2 if len(word) <= _TWO else 3
