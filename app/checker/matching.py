"""Which causes fit: the answers weighed against the evidence that stands on the cause pages.

Each option adds the natural logarithm of a likelihood ratio to a start that says how common the cause is.
Options that answer the same kind of question are not independent (someone with a numb thumb often has a
numb index finger), so within a group the strongest counts in full, the next half, the next a quarter.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.checker.answers import Answers
    from app.content.evidence import Evidence, Pattern
    from app.content.keys import OptionId
    from app.content.pages import Cause

Fit = Literal["well", "partly"]

# Where a cause starts before any answer, in the same unit as the weights. The steps are the house's own
# judgement of natural logarithms between bands of prevalence, kept small so that answers outweigh them.
START: Mapping[str, float] = {
    "very-common": 0.6,
    "common": 0.3,
    "uncommon": 0.0,
    "rare": -0.5,
    "very-rare": -1.0,
}
FITS_WELL = 3.0
FITS_PARTLY = 1.5
NEXT_IN_GROUP = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """A cause that fits, how well, and what speaks for it and against it, strongest first."""

    cause: Cause
    score: float
    fit: Fit
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    pattern: Pattern | None


def match(causes: Iterable[Cause], answers: Answers) -> tuple[Match, ...]:
    """Weigh the answers against the evidence of each cause.

    Args:
        causes: the pages to weigh.
        answers: what was chosen, denied, and not sure.

    Returns:
        The causes that fit, best first; a cause whose needs are not met is not offered.
    """
    matches = []
    for cause in causes:
        if any(map(answers.chosen.isdisjoint, cause.needs)):
            continue
        score, counted = weigh(cause, answers)
        if score >= FITS_PARTLY:
            matches.append(_match(cause, score, counted, answers))
    return tuple(sorted(matches, key=lambda one: (-one.score, one.cause.slug)))


def weigh(cause: Cause, answers: Answers) -> tuple[float, Mapping[str, float]]:
    """Give the score of a cause and the weight of each option that counts, whether or not it is offered."""
    counted = _counted(cause.evidence, answers)
    return START[cause.how_common.level] + _sum(counted), counted


def _match(cause: Cause, score: float, counted: Mapping[str, float], answers: Answers) -> Match:
    strongest = sorted(counted, key=lambda option: (-abs(counted[option]), option))
    return Match(
        cause,
        round(score, 2),
        "well" if score >= FITS_WELL else "partly",
        tuple(option for option in strongest if counted[option] > 0),
        tuple(option for option in strongest if counted[option] < 0),
        _pattern(cause, answers),
    )


def _counted(evidence: Mapping[OptionId, Evidence], answers: Answers) -> dict[str, float]:
    """Give the weight of each option that says something here."""
    counted: dict[str, float] = {
        option: evidence[option].weight for option in evidence.keys() & answers.chosen
    }
    for option in evidence.keys() & answers.denied:
        denied = evidence[option].denied
        if denied is not None:
            counted[option] = denied
    return counted


def _sum(counted: Mapping[str, float]) -> float:
    groups: defaultdict[tuple[str, bool], list[float]] = defaultdict(list)
    for option, weight in counted.items():
        groups[option.partition(".")[0], weight > 0].append(weight)
    # Rounded once, so that the order of the answers cannot show in the last digit.
    return fsum(
        weight * NEXT_IN_GROUP**place
        for weights in groups.values()
        for place, weight in enumerate(sorted(weights, key=abs, reverse=True))
    )


def _pattern(cause: Cause, answers: Answers) -> Pattern | None:
    """Give the pattern inside a cause that stands out, if one does."""
    scores = sorted(
        (_sum(_counted(pattern.evidence, answers)), pattern.id, pattern) for pattern in cause.patterns
    )
    if not scores or scores[-1][0] <= 0:
        return None
    if len(scores) > 1 and scores[-1][0] == scores[-2][0]:
        return None
    return scores[-1][2]
