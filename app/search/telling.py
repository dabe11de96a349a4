"""What a query tells of a visitor by the words of the checker's options, and the pages it speaks for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from app.search.query import DENIALS
from app.search.wording import stems_of

if TYPE_CHECKING:
    from collections.abc import Iterator
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
        # By stem, the wordings that it stands in: each its option, its number, and how many stems it has.
        self._wordings: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for number, (option, wording) in enumerate(_wordings(library)):
            for stem in wording:
                self._wordings[stem].append((option, number, len(wording)))
        self._evidence: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for cause in library.causes:
            for option, evidence in cause.evidence.items():
                if evidence.weight > 0:
                    self._evidence[option][cause.slug] = evidence.weight
        self._rules = [(page.slug, rule.clauses) for page in library.emergencies for rule in page.rules]
        self._rules_of: defaultdict[str, set[int]] = defaultdict(set)
        for number, (_, clauses) in enumerate(self._rules):
            for option in chain.from_iterable(clauses):
                self._rules_of[option].add(number)

    def weigh(self, stems: AbstractSet[str], among: AbstractSet[str]) -> dict[str, float]:
        """Tell for which pages some words speak.

        Args:
            stems: those of the words.
            among: the slugs of the pages in question, which alone are weighed, against each other.

        Returns:
            How strongly they speak for a page, from 0 to 1, by its slug.
        """
        there = Counter(wording for stem in stems for wording in self._wordings.get(stem, ()))
        told: dict[str, float] = {}
        for (option, _, size), held in there.items():
            if held / size >= max(TOLD, told.get(option, 0.0)):
                told[option] = held / size
        groups = {option.partition(".")[0] for option in told}
        if len(groups) < FEWEST_GROUPS:
            return {}
        sums: defaultdict[str, float] = defaultdict(float)
        for option, share in sorted(told.items()):
            weights = self._evidence.get(option, {})
            for slug in among & weights.keys():
                sums[slug] += weights[slug] * share
        most = max(sums.values(), default=1.0) / min(1.0, (len(groups) - 1) / ENOUGH)
        weighed = {slug: total / most for slug, total in sums.items()}
        for number in {number for option in told for number in self._rules_of.get(option, ())}:
            slug, clauses = self._rules[number]
            met = sum(not clause.isdisjoint(told) for clause in clauses) / len(clauses)
            weighed[slug] = max(weighed.get(slug, 0.0), met)
        return weighed


def _wordings(library: Library) -> Iterator[tuple[str, set[str]]]:
    """Yield each wording of each option, as its stems."""
    for option, words in library.vocabulary.options.items():
        for text in (words.label, words.plainer):
            for part in re.split(r",| or ", _ASIDE.sub("", text or "")):
                if stems := set(stems_of(part)) - DENIALS:
                    yield option, stems
