"""The part of a document that fits a query best, with the words that were looked for marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.search.wording import WORD, fold, stem, words_between

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
    written = WORD.findall(text[: MOST_WORDS * 8])[:MOST_WORDS]
    if not written:
        return ()
    start = _best_start(written, stems)
    end = min(start + WORDS, len(written))
    pieces = list(_pieces(text, words_between(text, start, end), stems))
    if start > 0:
        pieces.insert(0, Piece("\N{HORIZONTAL ELLIPSIS} ", marked=False))
    if end < len(written):
        pieces.append(Piece(" \N{HORIZONTAL ELLIPSIS}", marked=False))
    return tuple(pieces)


def _best_start(written: Sequence[str], stems: Collection[str]) -> int:
    # Each word is stemmed once, however often it is written.
    wanted = {word: one for word in set(written) if (one := stem(fold(word))) in stems}
    places = [place for place, word in enumerate(written) if word in wanted]
    best, most = 0, 0
    first = 0
    for last, place in enumerate(places):
        while place - places[first] >= WORDS - LEAD:
            first += 1
        held = len({wanted[written[one]] for one in places[first : last + 1]})
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
