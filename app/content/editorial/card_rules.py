"""The rules for urgency cards. One action in each heading needs no rule: the house makes the headings."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from app.content.blocks import CARD_LEVELS
from app.content.editorial.prose_rules import begin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.content.editorial.passages import Passage, Wording

MOST_BULLETS = 5

_VAGUE = re.compile(
    r"\b(severe(?:ly)?|bad(?:ly)?|serious(?:ly)?|significant(?:ly)?|considerabl[ey]|concerning"
    r"|unusual(?:ly)?|abnormal(?:ly)?|extreme(?:ly)?)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"\d|\bso (?:\w+ )?that\b|\bworst\b|\bcannot\b|\btoo \w+ to\b", re.IGNORECASE)


def check_card_length(wording: Wording) -> Iterator[tuple[int, str]]:
    """An urgency card has at most 5 bullets."""
    cards: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in wording.body:
        if passage.kind == "card":
            cards[passage.place].append(passage)
    for level, items in cards.items():
        if len(items) > MOST_BULLETS:
            how = f"the card '{level}' has {len(items)} bullets, at most {MOST_BULLETS}; keep the weightiest"
            yield items[MOST_BULLETS].line, how


def check_card_order(wording: Wording) -> Iterator[tuple[int, str]]:
    """Urgency cards stand with the most serious first."""
    last = 0
    for passage in wording.body:
        if passage.kind == "card":
            place = CARD_LEVELS.index(passage.place)
            if place < last:
                yield passage.line, f"the card '{passage.place}' stands below a milder one; put it first"
                return
            last = place


def check_card_words(wording: Wording) -> Iterator[tuple[int, str]]:
    """A bullet of an urgency card, and a sign of an emergency, has no vague word without a measure."""
    for passage in wording.passages:
        if passage.kind == "card" or passage.place.startswith("signs."):
            vague = _VAGUE.search(passage.text)
            if vague and not _MEASURE.search(passage.text):
                how = f"'{vague.group()}' is vague here; say how one would notice: {begin(passage.text)}"
                yield passage.line, how


def check_card_links(wording: Wording) -> Iterator[tuple[int, str]]:
    """A bullet of an urgency card, and a sign of an emergency, has no link: nothing leads away from it."""
    for passage in wording.passages:
        if (passage.kind == "card" or passage.place.startswith("signs.")) and "](" in passage.markdown:
            yield passage.line, f"a link stands in an urgency card; take it out: {begin(passage.text)}"
