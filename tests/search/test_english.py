"""Which words are English, and so hardly misspelt."""

from __future__ import annotations

import pytest

from app.search.english import is_english


@pytest.mark.parametrize("word", ["a", "class", "spin", "don't", "read", "zucchini"])
def test_english_words_are_known(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["strok", "nurve", "clas", "spin\nclass", "(1)", "", "numbnéss"])
def test_what_is_none_is_not(word: str) -> None:
    assert not is_english(word)
