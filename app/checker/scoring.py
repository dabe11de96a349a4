"""How good the checker is on cases from published sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.checker.cases import report
from app.checker.matching import weigh
from app.checker.scores import PartScores, Scores, Tally
from app.checker.urgency import Urgency
from app.content.pages import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.checker.outcome import Checker
    from app.checker.vignettes import Vignette

_NEAR_THE_TOP = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker made of a case: its report, as programs get it."""

    case: Vignette
    report: dict[str, Any]

    @property
    def pages(self) -> tuple[str, ...]:
        """Give the pages that were offered, best first."""
        return tuple(one["page"] for one in self.report["matches"])

    @property
    def urgency(self) -> Urgency:
        """Give the urgency that was told."""
        return Urgency.of(self.report["urgency"])

    @property
    def right_first(self) -> bool:
        """Tell whether an accepted page stands first."""
        return bool(set(self.pages[:1]) & set(self.case.pages))

    @property
    def right_in_three(self) -> bool:
        """Tell whether an accepted page is among the first three."""
        return bool(set(self.pages[:_NEAR_THE_TOP]) & set(self.case.pages))

    @property
    def right_urgency(self) -> bool:
        """Tell whether the urgency is one that is accepted."""
        return self.report["urgency"] in self.case.accepted

    @property
    def missed_emergency(self) -> bool:
        """Tell whether an emergency is rated below urgent."""
        return self.case.level == "emergency" and self.urgency < Urgency.URGENT

    @property
    def missed_urgent(self) -> bool:
        """Tell whether an urgent case is sent to self-care."""
        return self.case.level == "urgent" and self.urgency is Urgency.SELF_CARE

    @property
    def over_triaged(self) -> bool:
        """Tell whether a harmless case is sent to urgent care or an ambulance."""
        return self.case.harmless and self.urgency >= Urgency.URGENT


def judge(cases: Iterable[Vignette], checker: Checker) -> tuple[Verdict, ...]:
    """Assess cases as a program would."""
    return tuple(Verdict(case, report(checker.assess(case.answers))) for case in cases)


def score(verdicts: Iterable[Verdict]) -> Scores:
    """Count what was right, apart for the cases that rules are tuned on and those set aside."""
    verdicts = tuple(verdicts)
    return Scores(
        tuned=_part([one for one in verdicts if not one.case.set_aside]),
        set_aside=_part([one for one in verdicts if one.case.set_aside]),
    )


def _part(verdicts: list[Verdict]) -> PartScores:
    emergencies = [one for one in verdicts if one.case.level == "emergency"]
    urgent = [one for one in verdicts if one.case.level == "urgent"]
    harmless = [one for one in verdicts if one.case.harmless]
    return PartScores(
        right_first=_tally(one.right_first for one in verdicts),
        right_in_three=_tally(one.right_in_three for one in verdicts),
        right_urgency=_tally(one.right_urgency for one in verdicts),
        missed_emergencies=_tally(one.missed_emergency for one in emergencies),
        missed_urgent=_tally(one.missed_urgent for one in urgent),
        over_triaged=_tally(one.over_triaged for one in harmless),
    )


def _tally(hits: Iterable[bool]) -> Tally:
    counted = list(hits)
    return Tally(hits=sum(counted), of=len(counted))


def explain(verdict: Verdict, checker: Checker) -> Iterator[str]:
    """Say, line by line, what is wrong with a verdict and why; nothing where all is right."""
    case, told = verdict.case, verdict.report
    if not verdict.right_first:
        place = "in the first three" if verdict.right_in_three else "not in the first three"
        yield f"page: {' or '.join(case.pages)} is {place}; offered: {', '.join(_offered(told)) or 'nothing'}"
        yield from _wanted(verdict, checker)
    if not verdict.right_urgency:
        because = "; ".join(
            f"{one['page']} ({one['level']}: {', '.join(one['options'])})" for one in told["because"][:3]
        )
        accepted = " or ".join(case.accepted)
        yield f"urgency: {told['urgency']}, accepted {accepted}; {because or 'no rule is met'}"


def _offered(told: dict[str, Any]) -> list[str]:
    return [
        f"{one['page']} {'danger' if one['score'] is None else one['score']}"
        for one in told["matches"][:_NEAR_THE_TOP]
    ]


def _wanted(verdict: Verdict, checker: Checker) -> Iterator[str]:
    """Say how the wanted pages came out."""
    answers = checker.assess(verdict.case.answers).answers
    for slug in verdict.case.pages:
        page = checker.library.pages[slug]
        if isinstance(page, Cause):
            unmet = [need for need in page.needs if answers.chosen.isdisjoint(need)]
            score, counted = weigh(page, answers)
            parts = ", ".join(f"{option} {weight:+.1f}" for option, weight in sorted(counted.items()))
            lacks = "; needs one of " + " and of ".join("/".join(need) for need in unmet) if unmet else ""
            yield f"  {slug} {score:.1f} ({parts or 'nothing speaks'}){lacks}"
