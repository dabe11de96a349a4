"""The outcome of the checker: one function for the web form and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.checker.answers import Answers
from app.checker.flow import Flow, resolve
from app.checker.matching import Match, match
from app.checker.urgency import MetFlag, RedFlags, Urgency, highest, met_flags, red_flags
from app.content.pages import Emergency, Exercise, Treatment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.checker.answers import Reply
    from app.checker.flow import Step
    from app.checker.questionnaire import Questionnaire
    from app.checker.scores import Scores, Walked
    from app.content.evidence import Caution, Comfort
    from app.content.library import Library
    from app.content.pages import Cause, Page

MOST_MATCHES = 10
MOST_REASONS = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """A treatment or an exercise to read about, with the cautions that were not asked about."""

    page: Treatment | Exercise
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A treatment or an exercise that the answers make unsafe, and why."""

    page: Treatment | Exercise
    reason: Caution


@dataclass(frozen=True, slots=True)
class Solace:
    """Kind words that are true of the answers, and the page that owns them."""

    page: Cause
    comfort: Comfort


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that contradict each other."""

    options: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the answers lead.

    In an emergency `matches` still holds what else fits, for programs and for those who check the rules;
    a visitor is shown none of it then, so that nothing harmless stands beside the call for help.
    """

    answers: Answers
    urgency: Urgency
    because: tuple[MetFlag, ...]
    dangers: tuple[Emergency, ...]
    matches: tuple[Match, ...]
    reasons: tuple[Match, ...]
    treatments: tuple[Offer, ...]
    exercises: tuple[Offer, ...]
    left_out: tuple[LeftOut, ...]
    watch_for: tuple[Emergency, ...]
    solace: tuple[Solace, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def shown_matches(self) -> tuple[Match, ...]:
        """Give the matches that a visitor is shown: in an emergency none."""
        return () if self.urgency is Urgency.EMERGENCY else self.matches

    @property
    def leading(self) -> tuple[MetFlag, ...]:
        """Give what sets the urgency, for a card: at most five, and none that another one says already."""
        kept: list[MetFlag] = []
        for one in self.because:
            told = any(set(one.options) <= set(other.options) for other in kept)
            if one.urgency is self.urgency and not told:
                kept.append(one)
        return tuple(kept[:MOST_REASONS])

    @property
    def calling(self) -> tuple[Page, ...]:
        """Give the pages of no emergency kind whose own rules call for help now, each once.

        A cause page can call for an ambulance too, and in an emergency nothing else would lead to it.
        """
        pages = {
            one.flag.page.slug: one.flag.page
            for one in self.because
            if self.urgency is one.urgency is Urgency.EMERGENCY and not isinstance(one.flag.page, Emergency)
        }
        return tuple(pages.values())

    @property
    def unclear(self) -> bool:
        """Tell whether nothing that is known fits the answers."""
        return not self.matches and not self.dangers


@dataclass(frozen=True)
class Checker:
    """The questions and the knowledge that answers are weighed against; `digest` names their version.

    `scores` and `proofs` are what was measured of it and published with it, if anything was.
    """

    library: Library
    questionnaire: Questionnaire
    digest: str
    scores: Scores | None = None
    proofs: tuple[Walked, ...] = ()

    @cached_property
    def flags(self) -> RedFlags:
        """Give the danger rules of all pages."""
        return red_flags(self.library)

    @cached_property
    def choose_one(self) -> tuple[frozenset[str], ...]:
        """Give the groups of options of which only one can be true."""
        groups = self.library.vocabulary.groups
        return tuple(frozenset(group.options) for group in groups if group.choose == "one")

    def flow(self, replies: Mapping[str, Reply], kept: Sequence[Step] = ()) -> Flow:
        """Give the way that replies lead; it ends at once when they mean an emergency.

        Args:
            replies: the replies by question id.
            kept: the first steps of a way that was found before, if none of their replies changed since.
        """
        return resolve(self.questionnaire, replies, self._stops, kept)

    def _stops(self, answers: Answers) -> bool:
        return highest(met_flags(self.flags.acute, answers)) is Urgency.EMERGENCY

    def urgency(self, said: Answers) -> Urgency:
        """Give the urgency alone; it depends on nothing but the danger rules."""
        return highest(met_flags(self.flags, self._settle(said)[0]))

    def assess(self, said: Answers) -> Outcome:
        """Weigh answers.

        Args:
            said: what was chosen, denied and not sure; contradictions are allowed and are named.

        Returns:
            The outcome. The same answers always give the same one.
        """
        answers, conflicts = self._settle(said)
        met = met_flags(self.flags, answers)
        urgency = highest(met)
        dangers = tuple(dict.fromkeys(one.flag.page for one in met if isinstance(one.flag.page, Emergency)))
        fitting = match(self.library.causes, answers)
        room = max(MOST_MATCHES - len(dangers), 0)
        matches = tuple(one for one in fitting if one.cause.family != "reason")[:room]
        told = () if urgency is Urgency.EMERGENCY else matches
        pressed = any(one.cause.family == "compression" for one in told)
        reasons = tuple(one for one in fitting if one.cause.family == "reason" and pressed)
        shown = (*told, *reasons)
        treatments, unsafe = self._offers(shown, answers, Treatment)
        exercises, strained = self._offers(shown if urgency < Urgency.URGENT else (), answers, Exercise)
        watch_for = dict.fromkeys(
            emergency
            for one in shown
            for emergency in self.library.emergencies_of(one.cause)
            if emergency not in dangers
        )
        return Outcome(
            answers,
            urgency,
            met,
            dangers,
            matches,
            reasons,
            treatments,
            exercises,
            (*unsafe, *strained),
            tuple(watch_for),
            self._solace(answers) if urgency < Urgency.URGENT else (),
            conflicts,
        )

    def conflicts(self, said: Answers) -> tuple[Conflict, ...]:
        """Give the answers that contradict each other."""
        return self._settle(said)[1]

    def _solace(self, answers: Answers) -> tuple[Solace, ...]:
        return tuple(
            Solace(cause, comfort)
            for cause in self.library.causes
            for comfort in cause.comforts
            if answers.chosen.issuperset(comfort.all_of) and answers.chosen.isdisjoint(comfort.unless)
        )

    def _settle(self, said: Answers) -> tuple[Answers, tuple[Conflict, ...]]:
        """Resolve contradictions: what was chosen counts; of two that exclude each other, the more urgent."""
        both = said.chosen & (said.denied | said.unknown)
        conflicts = [Conflict((option,), "chosen-and-denied") for option in sorted(both)]
        unsettled = (said.denied & said.unknown) - said.chosen
        conflicts += [Conflict((option,), "denied-and-unsure") for option in sorted(unsettled)]
        chosen = said.chosen
        # Of 'no' and 'not sure', the careful one counts.
        unknown = said.unknown - said.chosen
        for group in self.choose_one:
            rivals = sorted(group & chosen)
            if len(rivals) > 1:
                conflicts.append(Conflict(tuple(rivals), "only-one"))
                others, unsure = chosen - group, unknown
                kept = max(rivals, key=lambda option: self._urgency_of(others | {option}, unsure))
                chosen = others | {kept}
        conflicts += [
            Conflict(pair, "do-not-fit")
            for pair in self.library.vocabulary.contradictions
            if chosen.issuperset(pair)
        ]
        return Answers(chosen, said.denied - said.chosen - unknown, unknown), tuple(conflicts)

    def _urgency_of(self, chosen: frozenset[str], unknown: frozenset[str]) -> Urgency:
        return highest(met_flags(self.flags, Answers(chosen, unknown=unknown)))

    def _offers(
        self, matches: Iterable[Match], answers: Answers, kind: type[Treatment | Exercise]
    ) -> tuple[tuple[Offer, ...], tuple[LeftOut, ...]]:
        """Part the treatments or exercises of causes into those to offer and those that are unsafe."""
        pages: dict[str, Treatment | Exercise] = {}
        for one in matches:
            found = (
                self.library.treatments_of(one.cause)
                if kind is Treatment
                else self.library.exercises_of(one.cause)
            )
            pages.update({page.slug: page for page in found})
        offers, left_out = [], []
        for page in pages.values():
            unsafe = next((one for one in page.avoid_if if not answers.chosen.isdisjoint(one.options)), None)
            if unsafe is not None:
                left_out.append(LeftOut(page, unsafe))
            else:
                open_cautions = tuple(
                    one for one in page.avoid_if if not answers.denied.issuperset(one.options)
                )
                always = tuple(one for one in page.avoid_if if not one.options)
                offers.append(Offer(page, (*open_cautions, *always)))
        return tuple(offers), tuple(left_out)
