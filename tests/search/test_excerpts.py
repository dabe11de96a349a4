"""The part of a page that is shown with it."""

from __future__ import annotations

from app.search.documents import Document
from app.search.excerpts import WORDS, excerpt_of
from app.search.wording import stems_of


def excerpt(text: str, *, of: str) -> tuple[str, list[str]]:
    """Give the words of an excerpt, and those that are marked in it."""
    pieces = excerpt_of(Document("cause", "x", "X", (), "", "", text), frozenset(stems_of(of)))
    return "".join(piece.text for piece in pieces), [piece.text for piece in pieces if piece.marked]


def test_words_that_were_looked_for_are_marked_in_every_form() -> None:
    text, marked = excerpt("A nerve is pressed. Nerves can heal.", of="nerve pressing")
    assert text == "A nerve is pressed. Nerves can heal"
    assert marked == ["nerve", "pressed", "Nerves"]


def test_the_stretch_with_most_of_the_words_is_shown() -> None:
    filler = "other words that say little " * 30
    text, marked = excerpt(f"thumb {filler} the thumb tingles at night {filler}", of="thumb tingling night")
    assert marked == ["thumb", "tingles", "night"]
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text.split()) <= WORDS + 2


def test_where_nothing_stands_the_opening_is_shown() -> None:
    assert excerpt("A nerve is pressed.", of="thumb") == ("A nerve is pressed", [])
    assert excerpt("", of="thumb") == ("", [])
    assert excerpt("!!!", of="thumb") == ("", [])


def test_a_marked_word_may_stand_first_and_last() -> None:
    assert excerpt("Nerve and thumb", of="nerve thumb") == ("Nerve and thumb", ["Nerve", "thumb"])
