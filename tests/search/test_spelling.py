"""Misspelt words -> the words that were meant."""

from __future__ import annotations

import pytest

from app.search.spelling import Speller

SPELLER = Speller(
    {
        "carpal": 60,
        "carpet": 2,
        "tunnel": 60,
        "heart": 50,
        "hard": 90,
        "attack": 50,
        "use": 5,
        "stop": 5,
        "the": 9,
    },
    lambda before, after: (before, after) in {("carpal", "tunnel"), ("heart", "attack")},
)


@pytest.mark.parametrize("word", ["carpal", "tunnels", "stopped", "used", "the"])
def test_words_of_the_site_and_their_forms_are_known(word: str) -> None:
    assert SPELLER.knows(word)


@pytest.mark.parametrize("word", ["carpel", "tunnle", "hs", "es", "hearty"])
def test_others_are_not(word: str) -> None:
    assert not SPELLER.knows(word)


@pytest.mark.parametrize(
    ("word", "before", "after", "meant"),
    [
        ("carpel", "", "", ("carpal",)),
        ("tunell", "", "", ("tunnel",)),
        ("hart", "", "", ()),
        ("harrd", "", "", ("hard",)),
        ("carp", "", "", ()),
        ("hart", "", "attack", ("heart",)),
        ("atack", "heart", "", ("attack",)),
        ("carpaltunnel", "", "", ("carpal", "tunnel")),
        ("tx", "", "", ()),
        ("1234567", "", "", ()),
        ("xylophone", "", "", ()),
    ],
)
def test_a_word_is_mended_by_the_nearest_and_by_its_neighbours(
    word: str, before: str, after: str, meant: tuple[str, ...]
) -> None:
    assert SPELLER.correct(word, before, after) == meant
