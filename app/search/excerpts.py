"""The part of a document that fits a query best, with the words that were looked for marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.search.wording import words_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from app.search.documents import Document
    from app.search.wording import Word

WORDS = 28
LEAD = 6
# Beyond this many words of a text nothing is looked for: excerpts must be quick.
MOST_WORDS = 3000


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; `marked` if it is what was looked for."""

    text: str
    marked: bool


def excerpt_of(document: Document, stems: Collection[str]) -> tuple[Piece, ...]:
    """Give the stretch of a document in which most of the stems stand, of its opening where none does."""
    text = f"{document.opening} {document.text}".strip()
    words = words_in(text[: MOST_WORDS * 8])[:MOST_WORDS]
    if not words:
        return ()
    start = _best_start(words, stems)
    end = min(start + WORDS, len(words))
    pieces = list(_pieces(text, words[start:end], stems))
    if start > 0:
        pieces.insert(0, Piece("\N{HORIZONTAL ELLIPSIS} ", marked=False))
    if end < len(words):
        pieces.append(Piece(" \N{HORIZONTAL ELLIPSIS}", marked=False))
    return tuple(pieces)


def _best_start(words: Sequence[Word], stems: Collection[str]) -> int:
    places = [place for place, word in enumerate(words) if word.stem in stems]
    best, most = 0, 0
    first = 0
    for last, place in enumerate(places):
        while place - places[first] >= WORDS - LEAD:
            first += 1
        held = len({words[one].stem for one in places[first : last + 1]})
        if held > most:
            best, most = places[first], held
    return max(0, best - LEAD)


def _pieces(text: str, words: Sequence[Word], stems: Collection[str]) -> Iterator[Piece]:
    end = words[0].start
    for word in words:
        if word.stem in stems and word.says_something:
            if end < word.start:
                yield Piece(text[end : word.start], marked=False)
            yield Piece(text[word.start : word.end], marked=True)
            end = word.end
    if end < words[-1].end:
        yield Piece(text[end : words[-1].end], marked=False)
