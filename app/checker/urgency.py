"""How urgently help is needed: danger rules that are met, never ranks or scores."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.checker.answers import Answers
    from app.content.evidence import DangerRule
    from app.content.library import Library
    from app.content.pages import Cause, Emergency, Symptom


class Urgency(IntEnum):
    """How soon help is needed, in rising order."""

    SELF_CARE = 0
    SOON = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def id(self) -> str:
        """Give the name that programs and templates use."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def of(cls, level: str) -> Urgency:
        """Give the urgency of a rule's level."""
        return cls[level.upper().replace("-", "_")]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A danger rule and the page that owns it."""

    page: Emergency | Cause | Symptom
    rule: DangerRule
    clauses: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class MetFlag:
    """A danger rule that the answers meet, with the options that meet it.

    `unsure` means that it is met only if what the visitor was not sure about is so.
    """

    flag: RedFlag
    urgency: Urgency
    options: tuple[str, ...]
    unsure: bool


@dataclass(frozen=True)
class RedFlags:
    """All danger rules."""

    flags: tuple[RedFlag, ...]

    def __len__(self) -> int:
        """Give how many rules there are."""
        return len(self.flags)

    def __iter__(self) -> Iterator[RedFlag]:
        """Go through the rules, page by page."""
        return iter(self.flags)

    @cached_property
    def acute(self) -> RedFlags:
        """Give the rules that can mean an emergency."""
        levels = ((flag, (flag.rule.level, flag.rule.if_unsure)) for flag in self.flags)
        return RedFlags(tuple(flag for flag, named in levels if Urgency.EMERGENCY.id in named))

    def near(self, options: Iterable[str]) -> Iterator[RedFlag]:
        """Give the rules whose shortest clause holds one of some options; no other one can be met by them."""
        places = {place for option in options for place in self._places.get(option, ())}
        return (self.flags[place] for place in sorted(places))

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, flag in enumerate(self.flags):
            for option in min(flag.clauses, key=len):
                places[option].append(place)
        return dict(places)


def red_flags(library: Library) -> RedFlags:
    """Gather the danger rules of all pages that are not withdrawn."""
    pages: tuple[Emergency | Cause | Symptom, ...] = (
        *library.emergencies,
        *library.causes,
        *library.symptoms,
    )
    return RedFlags(tuple(RedFlag(page, rule, rule.clauses) for page in pages for rule in page.rules))


def met_flags(flags: RedFlags, answers: Answers) -> tuple[MetFlag, ...]:
    """Find the rules that answers meet, the most urgent first, then the one that most options meet.

    A rule is met when each of its clauses holds a chosen option. Where one of them holds only options of
    which the visitor was not sure, the rule counts with the level of its `if_unsure`.
    """
    possible = answers.chosen | answers.unknown
    met = []
    for flag in flags.near(possible):
        if not any(map(answers.chosen.isdisjoint, flag.clauses)):
            urgency = Urgency.of(flag.rule.level)
            met.append(MetFlag(flag, urgency, _meeting(flag, answers.chosen), unsure=False))
        elif flag.rule.if_unsure and not any(map(possible.isdisjoint, flag.clauses)):
            urgency = Urgency.of(flag.rule.if_unsure)
            met.append(MetFlag(flag, urgency, _meeting(flag, possible), unsure=True))
    return tuple(sorted(met, key=_order))


def _order(one: MetFlag) -> tuple[int, bool, int, str, str]:
    return -one.urgency, one.unsure, -len(one.options), one.flag.page.slug, one.flag.rule.id


def highest(met: Iterable[MetFlag]) -> Urgency:
    """Give the highest urgency of rules that are met; self-care when there is none."""
    return max((one.urgency for one in met), default=Urgency.SELF_CARE)


def _meeting(flag: RedFlag, options: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*flag.clauses) & options))
