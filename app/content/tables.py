"""The structured tables, drawn from the pages that own the facts and never typed twice."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, get_args

from app.content.keys import SymptomSlug
from app.content.markdown import Inline
from app.content.pages import Answer, Cause, Commonness, Exercise, Page, Symptom, Treatment
from app.content.words import AREAS, COSTS, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.content.library import Library

T = TypeVar("T", bound=Page)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page, by its title."""

    page: Page


# The families of causes that are, or that explain, pressure on a nerve.
PINCHED = ("compression", "reason")
LEVELS = get_args(Commonness)
# In a table of all treatments; the rest stands on the treatment's page and in the comparison.
MOST_IN_A_LIST = 2
NO_CAUSE = "No cause page on this site names it."

Cell = Inline | PageLink | str | tuple["Cell", ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of each row names the row; a cell that is a tuple is a list."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str


def draw(name: str, arguments: tuple[str, ...], page: Page, library: Library) -> Table:
    """Draw a table.

    Args:
        name: one of TABLES.
        arguments: slugs, for the tables that take them.
        page: the page on which the table stands.
        library: where the facts are.

    Raises:
        ValueError: no such table, or not on this page, or not with these arguments; says what would do.
    """
    if name not in TABLES:
        raise ValueError(f"there is no table '{name}'; the tables are {', '.join(TABLES)}")
    if arguments and name != "conditions-and-symptoms":
        raise ValueError(f"the table '{name}' takes no further words")
    return TABLES[name](arguments, page, library)


def _treatments_of_cause(_arguments: tuple[str, ...], page: Page, library: Library) -> Table:
    cause = _only_on(page, Cause)
    rows = tuple(
        (
            PageLink(treatment),
            treatment.what,
            treatment.benefits[0],
            treatment.downsides[0],
            WORDS[treatment.certainty.grade],
        )
        for treatment in library.treatments_of(cause)
    )
    columns = ("Treatment", "What it is", "A benefit", "A downside", "How sure it is")
    return Table(f"Treatments for {cause.title}", columns, rows, "No treatment page on this site fits here.")


def _exercises_of_cause(_arguments: tuple[str, ...], page: Page, library: Library) -> Table:
    cause = _only_on(page, Cause)
    rows = tuple(
        (PageLink(exercise), exercise.what, exercise.dose, exercise.stop_if)
        for exercise in library.exercises_of(cause)
    )
    columns = ("Exercise", "What it is", "How much", "Stop if")
    return Table(f"Exercises for {cause.title}", columns, rows, "No exercise page on this site fits here.")


def _causes_helped(_arguments: tuple[str, ...], page: Page, library: Library) -> Table:
    if not isinstance(page, Treatment | Exercise):
        raise ValueError("this table stands on treatment and exercise pages only")  # noqa: TRY004 - bad content, not a bad call
    rows = tuple(
        (PageLink(cause), cause.description, cause.lasts) for cause in library.causes_helped_by(page)
    )
    columns = ("Cause", "What it is", "How long it lasts")
    return Table(f"Causes for which {page.title} is used", columns, rows, NO_CAUSE)


def _causes_of_symptom(_arguments: tuple[str, ...], page: Page, library: Library) -> Table:
    symptom = _only_on(page, Symptom)
    rows = tuple(
        (
            PageLink(cause),
            cause.symptoms[SymptomSlug(symptom.slug)],
            WORDS[cause.how_common.level],
            cause.lasts,
        )
        for cause in common_first(library.causes_with(symptom))
    )
    columns = ("Cause", "How it shows", "How common", "How long it lasts")
    return Table(f"What can cause: {symptom.title}", columns, rows, NO_CAUSE)


def _treatments_of_symptom(_arguments: tuple[str, ...], page: Page, library: Library) -> Table:
    symptom = _only_on(page, Symptom)
    rows = tuple(
        (
            PageLink(treatment),
            treatment.for_symptoms[SymptomSlug(symptom.slug)],
            WORDS[treatment.certainty.grade],
        )
        for treatment in library.treatments_for(symptom)
    )
    columns = ("Treatment", "What it may do", "How sure it is")
    return Table(
        f"What can help: {symptom.title}", columns, rows, "No treatment is known to act on it alone."
    )


def _treatments_compared(_arguments: tuple[str, ...], _page: Page | None, library: Library) -> Table:
    return treatments_compared(library.treatments)


def treatments_compared(treatments: tuple[Treatment, ...]) -> Table:
    """Draw treatments beside each other: what each is, its first pros and cons, and how well it is proved."""
    rows = tuple(
        (
            PageLink(treatment),
            treatment.what,
            treatment.benefits[:MOST_IN_A_LIST],
            treatment.downsides[:MOST_IN_A_LIST],
            treatment.time_to_effect,
            WORDS[treatment.certainty.grade],
            WORDS[treatment.setting],
        )
        for treatment in treatments
    )
    columns = (
        "Treatment",
        "What it is",
        "Benefits",
        "Downsides",
        "Time until it works",
        "How sure it is",
        "Who does it",
    )
    return Table("Treatments compared", columns, rows, "There is no treatment to compare.")


def side_by_side(treatments: tuple[Treatment, ...]) -> Table:
    """Draw treatments in columns, aspect by aspect."""
    aspects: Mapping[str, Callable[[Treatment], Cell]] = {
        "The page": PageLink,
        "What it is": lambda one: one.what,
        "Benefits": lambda one: one.benefits,
        "Downsides": lambda one: one.downsides,
        "Not for you, or ask first, if": lambda one: tuple(caution.text for caution in one.avoid_if),
        "Time until it works": lambda one: one.time_to_effect,
        "How sure it is": lambda one: (WORDS[one.certainty.grade], one.certainty.text),
        "Who does it": lambda one: WORDS[one.setting],
        "Cost": lambda one: COSTS[one.cost],
    }
    rows = tuple((name, *(aspect(one) for one in treatments)) for name, aspect in aspects.items())
    columns = ("What to compare", *(one.title for one in treatments))
    return Table("Treatments side by side", columns, rows if treatments else (), "Nothing is picked yet.")


def _signs_and_treatments(_arguments: tuple[str, ...], _page: Page, library: Library) -> Table:
    rows = tuple(
        (
            PageLink(symptom),
            tuple(
                (PageLink(treatment), treatment.for_symptoms[SymptomSlug(symptom.slug)])
                for treatment in library.treatments_for(symptom)
            ),
        )
        for symptom in library.symptoms
        if library.treatments_for(symptom)
    )
    return Table("Signs and what can help", ("Sign", "Treatments and what each may do"), rows, "")


def _conditions_and_symptoms(arguments: tuple[str, ...], _page: Page, library: Library) -> Table:
    if not arguments:
        raise ValueError("name the causes: /// table | conditions-and-symptoms als cerebral-palsy")
    by_slug = {cause.slug: cause for cause in library.causes}
    unknown = [slug for slug in arguments if slug not in by_slug]
    if unknown:
        raise ValueError(f"'{unknown[0]}' is no cause page; name causes by their slugs")
    rows = tuple(
        (
            PageLink(cause),
            tuple(
                (PageLink(symptom), cause.symptoms[SymptomSlug(symptom.slug)])
                for symptom in library.symptoms
                if symptom.slug in cause.symptoms
            ),
        )
        for cause in (by_slug[slug] for slug in arguments)
    )
    return Table("Conditions and their symptoms", ("Condition", "Symptoms"), rows, "")


def _twitching_by_cause(_arguments: tuple[str, ...], _page: Page, library: Library) -> Table:
    causes = common_first(library.causes)
    rows = tuple(
        (WORDS[answer], tuple(PageLink(cause) for cause in causes if cause.twitching.answer == answer))
        for answer in get_args(Answer)
        if any(cause.twitching.answer == answer for cause in causes)
    )
    columns = ("Does it make muscles twitch?", "Causes, the most common first")
    return Table("Causes, and whether they make muscles twitch", columns, rows, "There is no cause to show.")


def _areas_and_causes(_arguments: tuple[str, ...], _page: Page, library: Library) -> Table:
    return areas_and_causes(library.causes)


def areas_and_causes(causes: tuple[Cause, ...]) -> Table:
    """Draw the map of the body in words: where one feels it, and what it can be, the commonest first."""
    rows = tuple(
        (
            words,
            tuple(PageLink(cause) for cause in here if cause.family in PINCHED),
            tuple(PageLink(cause) for cause in here if cause.family not in PINCHED),
        )
        for words, here in (
            (words, [cause for cause in common_first(causes) if area in cause.areas])
            for area, words in used_areas(causes).items()
        )
    )
    columns = ("Where", "Pinched nerves, and why", "Other causes")
    return Table("Causes by place on the body", columns, rows, "There is no cause to show.")


def common_first(causes: Iterable[Cause]) -> list[Cause]:
    """Give causes with the most common first, and equally common ones by title."""
    return sorted(causes, key=lambda cause: (LEVELS.index(cause.how_common.level), cause.title.casefold()))


def _only_on(page: Page, page_type: type[T]) -> T:
    if not isinstance(page, page_type):
        raise ValueError(f"this table stands on {page_type.kind} pages only")  # noqa: TRY004 - bad content, not a bad call
    return page


def used_areas(causes: tuple[Cause, ...]) -> Mapping[str, str]:
    """Give the body areas in which causes are felt, with their words, from head to foot."""
    used = {area for cause in causes for area in cause.areas}
    return {area: words for area, words in AREAS.items() if area in used}


TABLES: Mapping[str, Callable[[tuple[str, ...], Page, Library], Table]] = MappingProxyType(
    {
        "treatments-of-cause": _treatments_of_cause,
        "exercises-of-cause": _exercises_of_cause,
        "causes-of-symptom": _causes_of_symptom,
        "treatments-of-symptom": _treatments_of_symptom,
        "causes-helped": _causes_helped,
        "treatments-compared": _treatments_compared,
        "signs-and-treatments": _signs_and_treatments,
        "conditions-and-symptoms": _conditions_and_symptoms,
        "twitching-by-cause": _twitching_by_cause,
        "areas-and-causes": _areas_and_causes,
    }
)
