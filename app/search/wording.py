"""Text -> words to search by: lower case, one spelling for British and American, and the stem of each."""

from __future__ import annotations

import functools
import itertools
import re
import threading
import unicodedata
from dataclasses import dataclass

import snowballstemmer

WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")
_APOSTROPHE = re.compile(r"(['\N{RIGHT SINGLE QUOTATION MARK}]s?$)|['\N{RIGHT SINGLE QUOTATION MARK}]")
# Both spellings of a word come out the same; what is no such word is bent on both sides alike.
_SPELLINGS = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"ae", "e"),
        (r"^oe", "e"),
        (r"rhoea", "rhea"),
        (r"^coel", "cel"),
        (r"^foet", "fet"),
        (r"our(s|ed|ing|al)?$", r"or\1"),
        (r"(fib|cent|lit|met)re(s?)$", r"\1er\2"),
        (r"neurone(s?)$", r"neuron\1"),
        (r"is(e|ed|es|ing|ation)$", r"iz\1"),
        (r"ys(e|ed|es|ing)$", r"yz\1"),
        (r"^sulph", "sulf"),
        (r"ueing$", "uing"),
    )
)
# Words that say nothing of what is meant. 'Not', 'no', 'cannot' and the like stay: they tell of a loss.
_STOPS = """
    a about after again also am an and any are arent as at be because been being but by can could
    couldnt did didnt do does doesnt doing dont during each for from further get gets getting go
    goes going got had hadnt has hasnt have havent having he her here hers him his how i id if im in
    into is isnt it its itself ive just keep keeps like ll m may me might more most my myself of on
    once only or other our ours out own please really s same she should shouldnt so some such t than
    that thats the their them then there these they this those through to too u us very was wasnt we
    were werent what whats when where which while who whom why will with wont would wouldnt you your
    youre yours
"""
STOP_WORDS = frozenset(_STOPS.split())
# Of each word that is typed: more would be memory that made-up words fill.
MOST_REMEMBERED = 16384
_stemmer = snowballstemmer.stemmer("english")
_stemming = threading.Lock()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, how it is spelt here, and its stem."""

    start: int
    end: int
    folded: str
    stem: str

    @property
    def says_something(self) -> bool:
        """Tell whether it is more than a word such as 'the'."""
        return self.folded not in STOP_WORDS


def words_in(text: str) -> list[Word]:
    """Give the words of a text in their order."""
    return list(map(_word, WORD.finditer(text)))


def words_between(text: str, start: int, end: int) -> list[Word]:
    """Give the words of a text from one place among them to before another."""
    return list(map(_word, itertools.islice(WORD.finditer(text), start, end)))


def _word(match: re.Match[str]) -> Word:
    return Word(match.start(), match.end(), folded := fold(match.group()), stem(folded))


def stems_of(text: str) -> tuple[str, ...]:
    """Give the stems of the words that say something; of all words where none does."""
    words = words_in(text)
    return tuple(word.stem for word in words if word.says_something) or tuple(word.stem for word in words)


@functools.lru_cache(maxsize=MOST_REMEMBERED)
def fold(word: str) -> str:
    """Write a word in lower case, without accents and possessive s, in its American spelling."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word.casefold())
        if not unicodedata.combining(letter)
    )
    plain = _APOSTROPHE.sub("", plain)
    if plain in STOP_WORDS:
        return plain
    for pattern, american in _SPELLINGS:
        plain = pattern.sub(american, plain)
    return plain


@functools.lru_cache(maxsize=MOST_REMEMBERED)
def stem(folded: str) -> str:
    """Give the stem of a folded word, by Porter's second algorithm (Snowball's 'english')."""
    # The stemmer works on the word in itself, so that two threads would spoil each other's.
    with _stemming:
        found: str = _stemmer.stemWord(folded)
    return found
