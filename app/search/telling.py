"""What a query tells of a visitor by the words of the checker's options, and the pages it speaks for."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from app.search.query import DENIALS
from app.search.wording import stems_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from app.content.library import Library

# An option is told when at least this share of its words is there.
TOLD = 0.6
# One word says too little: options of at least two groups must be told, and those of three tell enough.
FEWEST_GROUPS = 2
ENOUGH = 2
_ASIDE = re.compile(r"\([^)]*\)")


class Telling:
    """Weighs causes by their evidence and dangers by their rules, on the few words of a query."""

    def __init__(self, library: Library) -> None:
        """Take the words of the options, the evidence of causes and the rules of emergencies."""
        self._wordings = {
            option: [
                frozenset(stems)
                for text in (words.label, words.plainer)
                for part in re.split(r",| or ", _ASIDE.sub("", text or ""))
                if (stems := set(stems_of(part)) - DENIALS)
            ]
            for option, words in library.vocabulary.options.items()
        }
        self._evidence: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for cause in library.causes:
            for option, evidence in cause.evidence.items():
                if evidence.weight > 0:
                    self._evidence[option].append((cause.slug, evidence.weight))
        self._rules = [(page.slug, rule.clauses) for page in library.emergencies for rule in page.rules]

    def weigh(self, stems: AbstractSet[str]) -> dict[str, float]:
        """Give the pages that some words speak for, each with how strongly, from 0 to 1, by slug."""
        shares = {
            option: max(len(stems & wording) / len(wording) for wording in wordings)
            for option, wordings in self._wordings.items()
            if any(not stems.isdisjoint(wording) for wording in wordings)
        }
        told = {option: share for option, share in shares.items() if share >= TOLD}
        groups = {option.partition(".")[0] for option in told}
        if len(groups) < FEWEST_GROUPS:
            return {}
        sums: defaultdict[str, float] = defaultdict(float)
        for option, share in told.items():
            for slug, weight in self._evidence.get(option, ()):
                sums[slug] += weight * share
        most = max(sums.values(), default=1.0) / min(1.0, (len(groups) - 1) / ENOUGH)
        weighed = {slug: total / most for slug, total in sums.items()}
        for slug, clauses in self._rules:
            met = sum(not clause.isdisjoint(told) for clause in clauses) / len(clauses)
            weighed[slug] = max(weighed.get(slug, 0.0), met)
        return weighed
