"""The danger rules as bit sets: a second way to find the urgency, fast enough to walk all triples of options.

Each clause of each rule has a bit; above the bits of a rule stands one more, its mark. The bits of the
clauses that some options meet are joined by 'or'. Adding one to each rule's lowest bit then carries into the
mark exactly where all clauses of the rule are met.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from app.checker.urgency import Urgency

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.checker.answers import Answers
    from app.checker.outcome import Checker

_FALLING = (Urgency.EMERGENCY, Urgency.URGENT, Urgency.SOON)


class RuleBits:
    """All danger rules of a checker as numbers."""

    def __init__(self, checker: Checker) -> None:
        self._choose_one = checker.choose_one
        self._met_by: dict[str, int] = {}
        self._ones = 0
        self._marks = 0
        self._if_chosen = dict.fromkeys(_FALLING, 0)
        self._if_unsure = dict.fromkeys(_FALLING, 0)
        place = 0
        for flag in checker.flags:
            self._ones |= 1 << place
            for clause in flag.clauses:
                for option in clause:
                    self._met_by[option] = self._met_by.get(option, 0) | 1 << place
                place += 1
            self._marks |= 1 << place
            self._if_chosen[Urgency.of(flag.rule.level)] |= 1 << place
            if flag.rule.if_unsure is not None:
                self._if_unsure[Urgency.of(flag.rule.if_unsure)] |= 1 << place
            place += 1

    def urgency(self, answers: Answers) -> Urgency:
        """Give the urgency of answers; of options that exclude each other, the more urgent one counts."""
        chosen = answers.chosen
        rivals = [sorted(group & chosen) for group in self._choose_one if group & chosen]
        free = chosen.difference(*rivals)
        return max(self._level(free.union(kept), answers.unknown - chosen) for kept in product(*rivals))

    def _level(self, chosen: Iterable[str], unknown: Iterable[str]) -> Urgency:
        by_chosen = self._join(chosen)
        by_unsure = by_chosen | self._join(unknown)
        return max(self._heights(by_chosen)[0], self._heights(by_unsure)[1])

    def _join(self, options: Iterable[str]) -> int:
        joined = 0
        for option in options:
            joined |= self._met_by.get(option, 0)
        return joined

    def walk_triples(self, options: Sequence[str]) -> tuple[int, list[tuple[str, str, str]]]:
        """Hold the urgency of every triple of options against the urgency of its pairs.

        Where some options are chosen and others unsure, the urgency is the higher of that of the chosen ones
        and of what all of them give when unsure. So nothing can lower it if neither of these two ever falls
        from a pair to a triple. Of options that exclude each other one is chosen, so a triple that holds
        two of them is as urgent as the more urgent of its pairs.

        Returns:
            How many triples there are, and those that are less urgent than one of their pairs.
        """
        joins = [self._met_by.get(option, 0) for option in options]
        places = range(len(options))
        pairs = {(i, j): self._heights(joins[i] | joins[j]) for i, j in combinations(places, 2)}
        walked = 0
        falls = []
        for (i, j), (chosen, unsure) in pairs.items():
            joined = joins[i] | joins[j]
            for k in range(j + 1, len(options)):
                walked += 1
                now_chosen, now_unsure = self._heights(joined | joins[k])
                (chosen_i, unsure_i), (chosen_j, unsure_j) = pairs[i, k], pairs[j, k]
                if now_chosen < max(chosen, chosen_i, chosen_j) or now_unsure < max(
                    unsure, unsure_i, unsure_j
                ):
                    falls.append((options[i], options[j], options[k]))
        return walked, falls

    def _heights(self, joined: int) -> tuple[Urgency, Urgency]:
        """Give the urgency when what is joined is chosen, and when all of it is unsure."""
        met = (joined + self._ones) & self._marks
        if not met:
            return Urgency.SELF_CARE, Urgency.SELF_CARE
        return _highest(met, self._if_chosen), _highest(met, self._if_unsure)


def _highest(met: int, levels: Mapping[Urgency, int]) -> Urgency:
    return next((level for level in _FALLING if met & levels[level]), Urgency.SELF_CARE)
