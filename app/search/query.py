"""What was typed -> what is looked for: spelling mended, everyday wordings added."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from app.search.wording import fold, stem, stems_of, words_in
from app.search.wordings import Wordings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.content.searchwords import SearchWords
    from app.search.spelling import Speller
    from app.search.wording import Word

LONGEST = 300
MOST_WORDS = 24
# They count as parts of wordings, such as 'cannot feel'; alone they tell no page from another.
DENIALS = frozenset(stem(fold(word)) for word in ("can't", "cannot", "not", "no", "non", "never", "without"))


@dataclass(slots=True)
class Slot:
    """A word that was typed, and the words of the pages for each everyday wording that it is part of."""

    stem: str
    meanings: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is understood.

    Attributes:
        slots: what is looked for, in its order; none if no word says something.
        corrected: the words with their spelling mended; None where nothing was mended.
        danger: the slug of the emergency that it speaks of.
    """

    slots: tuple[Slot, ...]
    corrected: str | None
    danger: str | None

    @property
    def typed(self) -> tuple[str, ...]:
        """Give the stems that were typed."""
        return tuple(dict.fromkeys(slot.stem for slot in self.slots))

    @property
    def added(self) -> tuple[str, ...]:
        """Give the stems that everyday wordings add."""
        every = chain.from_iterable(meaning for slot in self.slots for meaning in slot.meanings)
        return tuple(stem for stem in dict.fromkeys(every) if stem not in self.typed)


class Understanding:
    """Understands queries by the words that editors gave."""

    def __init__(self, words: SearchWords, speller: Speller) -> None:
        """Take the words of content/search.yaml, and who mends the spelling."""
        self._speller = speller
        meanings = [(saying, stems_of(saying.means)) for saying in words.sayings]
        sayings = [(text, means) for saying, means in meanings for text in saying.says]
        self._sayings = Wordings(text for text, _ in sayings)
        self._meanings = [means for _, means in sayings]
        listed = [
            (text, (danger, place))
            for danger, page in enumerate(words.dangers)
            for place, texts in enumerate(page.all_of)
            for text in texts
        ]
        self._signs = Wordings(text for text, _ in listed)
        self._lists_of_signs = [lists for _, lists in listed]
        self._dangers = [(danger.page, len(danger.all_of)) for danger in words.dangers]

    def read(self, text: str) -> Query:
        """Understand what was typed; of a longer text, the beginning."""
        meant, corrected = self._spell(text[:LONGEST])
        words = words_in(" ".join(meant))
        slots = {
            place: Slot(word.stem)
            for place, word in enumerate(words)
            if word.says_something and word.stem not in DENIALS
        }
        for start, end, means in self._said(words):
            for place in range(start, end):
                if place in slots:
                    slots[place].meanings.append(means)
        return Query(tuple(slots.values()), corrected, self._danger(words))

    def _spell(self, text: str) -> tuple[list[str], str | None]:
        """Give the folded words that were meant, and the text as mended if it was."""
        meant: list[str] = []
        shown: list[str] = []
        mended = False
        words = words_in(text)[:MOST_WORDS]
        for place, word in enumerate(words):
            better: tuple[str, ...] = ()
            if not self._speller.knows(word.folded):
                before = meant[-1] if meant else ""
                after = words[place + 1].folded if place + 1 < len(words) else ""
                better = self._speller.correct(word.folded, before, after)
            mended = mended or bool(better)
            meant += better or (word.folded,)
            shown += better or (text[word.start : word.end],)
        return meant, " ".join(shown) if mended else None

    def _said(self, words: Sequence[Word]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield the everyday wordings in a query, with their places; a part of a longer one is none."""
        found = [(start, end, self._meanings[one]) for one, start, end in self._sayings.places(words)]
        for start, end, means in found:
            around = [(other, last) for other, last, _ in found if other <= start and end <= last]
            if all(last - other <= end - start for other, last in around):
                yield start, end, means

    def _danger(self, words: Sequence[Word]) -> str | None:
        """Give the first emergency of which a wording of each list stands in a query."""
        met = {self._lists_of_signs[one] for one, _, _ in self._signs.places(words)}
        lists = Counter(danger for danger, _ in met)
        return next(
            (page for number, (page, all_of) in enumerate(self._dangers) if lists[number] == all_of), None
        )
