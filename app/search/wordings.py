"""Wordings of several words, and where they stand in what was typed: all of them looked for at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from app.search.wording import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.search.wording import Word


class Wordings:
    """Many wordings, by the stem that each begins with, so that only those are tried that may stand there."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the wordings; each is known by its place among them."""
        self._by_first: defaultdict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        for number, text in enumerate(texts):
            if stems := tuple(word.stem for word in words_in(text)):
                self._by_first[stems[0]].append((number, stems[1:]))

    def places(self, words: Sequence[Word]) -> list[tuple[int, int, int]]:
        """Find where wordings stand in a text; words such as 'my' may stand between theirs.

        Returns:
            The number of each wording that was found, the place of its first word and that after its last,
            in the order of the wordings.
        """
        return sorted(self._found(words))

    def _found(self, words: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
        for start, word in enumerate(words):
            for number, rest in self._by_first.get(word.stem, ()):
                end = _end(rest, words, start + 1)
                if end is not None:
                    yield number, start, end


def _end(stems: Sequence[str], words: Sequence[Word], place: int) -> int | None:
    """Give the place after the last of some stems, if they follow one another from a place on."""
    for stem in stems:
        while place < len(words) and words[place].stem != stem and not words[place].says_something:
            place += 1
        if place == len(words) or words[place].stem != stem:
            return None
        place += 1
    return place
