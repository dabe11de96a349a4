"""The rules for words, sentences and paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.content.pages import About, Exercise, FaqEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.content.editorial.passages import Wording

LONGEST_SENTENCE = 20
LONGEST_PARAGRAPH = 3
FAQ_SENTENCES = (2, 4)
_WORDS_TOLD = 8

_TONE = re.compile(
    r"\b(you failed to|(?<!not )your (?:own )?fault|you should have|lazy|non-?complian(?:t|ce)"
    r"|complain(?:s|ed|ing)? of|suffer(?:s|ed)? from|sufferers?|victims?"
    r"|terrif(?:ying|ied)|horrif(?:ying|ied)|horrible|nightmares?|devastat(?:ing|ed)|silent killer|deadly)\b",
    re.IGNORECASE,
)
_DIAGNOSIS = re.compile(
    r"\b(?:you have|you've got) "
    r"(?!to\b|had\b|been\b|any\b|one of\b|new\b|numb|pain|trouble|weak|these\b|this\b)",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\]]*)\]\(\w+:[^)]*\)")
_SAYS_NOTHING = re.compile(
    r"(click |see |look |read )?(here|this|this page|more|read more|link|learn more|page)", re.IGNORECASE
)
_FIGURE = re.compile(
    r"\b\d[\d,.]*(?: ?%| (?:in|of|out of|per) (?:every )?\d| (?:times|percent|per cent|people)\b"
    r"|(?: to \d+| or \d+)? (?:days?|weeks?|months?|years?)\b)",
    re.IGNORECASE,
)
# What these hold is told to be done, or has its source in a key of its own.
_WITHOUT_CITATIONS = (
    "rules.",
    "steps.",
    "dose",
    "easier",
    "harder",
    "stop_if.",
    "avoid_if.",
    "act",
    "signs.",
)


def check_sentences(wording: Wording) -> Iterator[tuple[int, str]]:
    """A sentence has at most 20 words."""
    for passage in wording.passages:
        if passage.kind != "row":
            for sentence in passage.sentences:
                words = len(sentence.split())
                if words > LONGEST_SENTENCE:
                    yield (
                        passage.line,
                        f"{words} words, at most {LONGEST_SENTENCE}; split '{begin(sentence)}'",
                    )


def check_paragraphs(wording: Wording) -> Iterator[tuple[int, str]]:
    """A paragraph has at most 3 sentences; an answer of the FAQ is one paragraph of up to 4."""
    for passage in wording.body:
        most = FAQ_SENTENCES[1] if isinstance(wording.page, FaqEntry) else LONGEST_PARAGRAPH
        count = len(passage.sentences)
        if passage.kind == "paragraph" and count > most:
            yield passage.line, f"{count} sentences in one paragraph, at most {most}; split it"


def check_faq_length(wording: Wording) -> Iterator[tuple[int, str]]:
    """An answer of the FAQ has two to four sentences; the facts stand on the page that owns them."""
    if isinstance(wording.page, FaqEntry):
        count = sum(len(passage.sentences) for passage in wording.body)
        fewest, most = FAQ_SENTENCES
        if not fewest <= count <= most:
            yield wording.first_line, f"{count} sentences in the answer; write {fewest} to {most}"


def check_tone(wording: Wording) -> Iterator[tuple[int, str]]:
    """No word blames the reader or frightens."""
    for passage in wording.passages:
        word = _TONE.search(passage.text)
        if word:
            yield passage.line, f"'{word.group()}' blames or frightens; say it plainly"


def check_outcome_words(wording: Wording) -> Iterator[tuple[int, str]]:
    """What the checker shows never says that the visitor has an illness."""
    for passage in wording.fields:
        if passage.place.startswith("rules.") and _DIAGNOSIS.search(passage.text):
            yield (
                passage.line,
                f"'you have' reads as a diagnosis; say 'this can be a sign of': {begin(passage.text)}",
            )


def check_link_texts(wording: Wording) -> Iterator[tuple[int, str]]:
    """A link's text says where it leads."""
    for passage in wording.passages:
        for text in _LINK.findall(passage.markdown):
            if _SAYS_NOTHING.fullmatch(text.strip()):
                yield passage.line, f"the link text '{text}' says nothing; name what it leads to"


def check_figures(wording: Wording) -> Iterator[tuple[int, str]]:
    """A claim with a number has a source beside it; what is advised to be done needs none."""
    if isinstance(wording.page, About | Exercise):
        return
    for passage in wording.passages:
        if passage.kind in ("card", "advice") or passage.place.startswith(_WITHOUT_CITATIONS):
            continue
        figure = _FIGURE.search(passage.text)
        if figure and "[@" not in passage.markdown:
            yield (
                passage.line,
                f"'{figure.group()}' is a claim with a number and no source; cite one: {begin(passage.text)}",
            )


def begin(text: str) -> str:
    """Give the first words of a text, by which an editor finds it."""
    words = text.split()
    return " ".join(words[:_WORDS_TOLD]) + (" …" if len(words) > _WORDS_TOLD else "")
