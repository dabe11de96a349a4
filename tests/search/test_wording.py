"""Words to search by: one spelling, and the stem."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.search.wording import fold, stem, stems_of, words_in


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("haemorrhage", "hemorrhage"),
        ("oedema", "edema"),
        ("tumours", "tumors"),
        ("paraesthesia", "paresthesia"),
        ("anaesthetised", "anesthetized"),
        ("paralysed", "paralyzed"),
        ("fibres", "fibers"),
        ("centre", "center"),
        ("neurone", "neuron"),
        ("diarrhoea", "diarrhea"),
        ("Coeliac", "celiac"),
        ("foetus", "fetus"),
        ("sulphate", "sulfate"),
    ],
)
def test_british_and_american_words_are_folded_alike(british: str, american: str) -> None:
    assert fold(british) == fold(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("twitches", "twitching"),
        ("Parkinson's", "parkinson"),
        ("Ménière", "meniere"),
        ("can\N{RIGHT SINGLE QUOTATION MARK}t", "cant"),
        ("nerves", "nerve"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stems_of(one) == stems_of(other)


def test_words_that_say_nothing_are_left_out_unless_there_are_no_others() -> None:
    assert stems_of("what is the nerve") == ("nerv",)
    assert stems_of("who is it") == ("who", "is", "it")
    assert stems_of("") == stems_of("!? \x00 😀") == ()


def test_a_word_knows_its_place() -> None:
    text = "A nerve, pressed"
    assert [text[word.start : word.end] for word in words_in(text)] == ["A", "nerve", "pressed"]
    assert [word.says_something for word in words_in(text)] == [False, True, True]


def test_threads_do_not_spoil_each_others_stems() -> None:
    words = [
        f"{start}{end}" for start in ("twitch", "compress", "relat") for end in ("ing", "ed", "ional")
    ] * 300
    right = {word: stem(word) for word in words}
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            # Past the memory of words, whose entries are stemmed once.
            found = list(pool.map(stem.__wrapped__, words))
    finally:
        sys.setswitchinterval(interval)
    assert found == [right[word] for word in words]
