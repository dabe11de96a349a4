"""What an index shows beside its pages: filters that are sent by the address, groups and tables."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from app.content import tables
from app.content.pages import Grade
from app.content.words import WORDS
from app.web.bodymap import regions_of_area

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.datastructures import MultiDict

    from app.content.library import Library

    Arguments = MultiDict[str, str]
    More = Mapping[str, object]

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "compression": "A pressed nerve",
        "reason": "Why a nerve gets pressed",
        "twitching": "Twitching, cramps and shaking",
        "neuropathy": "Nerves that are ill",
        "lookalike": "Feels like a pinched nerve and is not",
    }
)
SETTINGS: Mapping[str, str] = MappingProxyType(
    {"self-care": "I can do it myself", "professional": "A professional does or prescribes it"}
)


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice by which an index is narrowed.

    Attributes:
        name: its name in the address.
        label: the question that it asks.
        choices: the words of each value.
        picked: the values that the address holds; values that are no choice are left out.
        regions: the regions of the body map that light up for each value.
    """

    name: str
    label: str
    choices: Mapping[str, str]
    picked: frozenset[str]
    regions: Mapping[str, str]

    def lets_through(self, *values: str) -> bool:
        """Tell whether something with these values is shown: nothing is picked, or one of them is."""
        return not self.picked or not self.picked.isdisjoint(values)


def _filter(arguments: Arguments, name: str, label: str, choices: Mapping[str, str]) -> Filter:
    regions = {value: regions_of_area(value) for value in choices} if name == "area" else {}
    return Filter(name, label, choices, frozenset(arguments.getlist(name)) & choices.keys(), regions)


def _symptoms(_arguments: Arguments, library: Library) -> More:
    return {"table": tables.areas_and_causes(library.causes)}


def _causes(arguments: Arguments, library: Library) -> More:
    used = {cause.family for cause in library.causes}
    area = _filter(arguments, "area", "Where is it?", tables.used_areas(library.causes))
    family = _filter(
        arguments, "family", "What kind?", {name: words for name, words in FAMILIES.items() if name in used}
    )
    shown = [
        cause
        for cause in library.causes
        if area.lets_through(*cause.areas) and family.lets_through(cause.family)
    ]
    groups = [
        (words, [cause for cause in shown if cause.family == name]) for name, words in family.choices.items()
    ]
    return {
        "area": area,
        "family": family,
        "groups": [(words, causes) for words, causes in groups if causes],
        "shown": len(shown),
    }


def _treatments(arguments: Arguments, library: Library) -> More:
    used = {slug for treatment in library.treatments for slug in treatment.for_symptoms}
    troubles = {symptom.slug: symptom.title for symptom in library.symptoms if symptom.slug in used}
    symptom = _filter(arguments, "symptom", "What troubles you?", troubles)
    setting = _filter(arguments, "setting", "Who does it?", SETTINGS)
    grades = {treatment.certainty.grade for treatment in library.treatments}
    certainty = _filter(
        arguments,
        "certainty",
        "How sure it is",
        {grade: WORDS[grade] for grade in get_args(Grade) if grade in grades},
    )
    shown = tuple(
        treatment
        for treatment in library.treatments
        if symptom.lets_through(*treatment.for_symptoms)
        and setting.lets_through(*(SETTINGS if treatment.setting == "both" else (treatment.setting,)))
        and certainty.lets_through(treatment.certainty.grade)
    )
    return {
        "filters": (symptom, setting, certainty),
        "shown": len(shown),
        "table": tables.treatments_compared(shown),
    }


def _exercises(arguments: Arguments, library: Library) -> More:
    causes = {exercise.slug: library.causes_helped_by(exercise) for exercise in library.exercises}
    used = tables.used_areas(tuple(cause for helped in causes.values() for cause in helped))
    area = _filter(arguments, "area", "Where is it?", used)
    shown = [
        exercise
        for exercise in library.exercises
        if area.lets_through(*(place for cause in causes[exercise.slug] for place in cause.areas))
    ]
    return {"filters": (area,), "shown": shown}


def _emergencies(_arguments: Arguments, library: Library) -> More:
    first = [library.pages[slug] for slug in library.site.first_dangers]
    shown = [page for page in first if page.withdrawn is None]
    rest = [page for page in library.emergencies if page not in shown]
    return {
        "now": [*shown, *(page for page in rest if page.level == "emergency")],
        "today": [page for page in rest if page.level == "urgent"],
    }


def _faq(_arguments: Arguments, library: Library) -> More:
    groups = [
        (group, [entry for entry in library.faq if entry.group == group]) for group in library.site.faq_groups
    ]
    return {"groups": [(group, entries) for group, entries in groups if entries]}


MORE_ON_INDEX: Mapping[str, Callable[[Arguments, Library], More]] = MappingProxyType(
    {
        "symptoms": _symptoms,
        "causes": _causes,
        "treatments": _treatments,
        "exercises": _exercises,
        "emergencies": _emergencies,
        "faq": _faq,
    }
)
"""What each index shows, made from the address and the library, by the name of its section."""
