"""The questions: which options each offers, why it is asked, and when. Read from content/questionnaire/."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from app.content.keys import OptionId
from app.content.problems import Problem, Rule
from app.content.reader import did_you_mean, read_yaml
from app.content.vocabulary import Model, Text, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from app.content.frontmatter import Lines

NAME = "questionnaire/questions.yaml"
QuestionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Condition(Model):
    """When something is asked: when one of `any_of` was ticked, or all of `all_of`; never both kinds."""

    any_of: tuple[OptionId, ...] = ()
    all_of: tuple[OptionId, ...] = ()

    @model_validator(mode="after")
    def _is_flat(self) -> Self:
        if bool(self.any_of) == bool(self.all_of):
            raise ValueError("give either any_of or all_of")
        return self

    def met(self, chosen: frozenset[str]) -> bool:
        """Tell whether the condition is met by the options that were ticked."""
        if self.any_of:
            return not chosen.isdisjoint(self.any_of)
        return chosen.issuperset(self.all_of)

    @property
    def options(self) -> tuple[OptionId, ...]:
        """Give the options it looks at."""
        return self.any_of or self.all_of


class Section(Model):
    """Options under a small heading; offered only when its condition is met.

    An option may stand in several sections: a visitor meets it once.
    """

    title: Text | None = None
    options: Annotated[tuple[OptionId, ...], Field(min_length=1)]
    asked_if: Condition | None = None


class Question(Model):
    """One page of the questionnaire.

    A question that `clarifies` earlier ones has no options of its own: it asks again, in plainer words,
    what the visitor was not sure about there; where `only` names options, those alone. `shows` is what is
    drawn above the boxes.
    """

    id: QuestionId
    title: Text
    why: Text
    choose: Literal["one", "any"] = "any"
    sections: tuple[Section, ...] = ()
    clarifies: tuple[QuestionId, ...] = ()
    only: tuple[OptionId, ...] = ()
    asked_if: Condition | None = None
    shows: Literal["body-map"] | None = None

    @property
    def options(self) -> tuple[OptionId, ...]:
        """Give every option it may offer."""
        return tuple(option for section in self.sections for option in section.options)

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if bool(self.sections) == bool(self.clarifies):
            raise ValueError("a question has either sections of options or 'clarifies'")
        if self.only and not self.clarifies:
            raise ValueError("'only' goes with 'clarifies'")
        return self


class Questionnaire(Model):
    """All questions in the order in which they are asked."""

    questions: Annotated[tuple[Question, ...], Field(min_length=1)]

    @property
    def by_id(self) -> Mapping[str, Question]:
        """Give the questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Give the place of each question by id, counted from 0."""
        return {question.id: place for place, question in enumerate(self.questions)}


def read_questionnaire(
    root: Path, vocabulary: Vocabulary | None
) -> tuple[Questionnaire | None, list[Problem]]:
    """Read the questions from the content folder.

    Args:
        root: the content folder.
        vocabulary: the options that questions offer; None when they could not be read, and go unchecked.

    Returns:
        The questionnaire (None when its file does not fit) and the problems.
    """
    path = f"{root.name}/{NAME}"
    questionnaire, lines, problems = read_yaml(root / NAME, path, Questionnaire)
    if questionnaire is not None and vocabulary is not None:
        problems += _check(questionnaire, vocabulary, path, lines)
    return questionnaire, problems


def _check(
    questionnaire: Questionnaire, vocabulary: Vocabulary, path: str, lines: Lines
) -> Iterator[Problem]:
    answerable: Counter[str] = Counter()
    ids: set[str] = set()
    for number, question in enumerate(questionnaire.questions):
        place = ("questions", number)
        line = lines.at((*place, "id"))
        if question.id in ids:
            how = f"two questions have the id '{question.id}'; rename one"
            yield Problem(path, line, Rule.SAME_QUESTION, how)
        asked_before = {
            option
            for earlier in questionnaire.questions[:number]
            if earlier.id in question.clarifies
            for option in earlier.options
        }
        for index, option in enumerate(question.only):
            if option not in asked_before:
                how = f"'{option}' is not asked before this question{did_you_mean(option, asked_before)}"
                yield Problem(path, lines.at((*place, "only", index)), Rule.UNKNOWN_OPTION, how)
        for index, earlier in enumerate(question.clarifies):
            where = lines.at((*place, "clarifies", index))
            if earlier not in ids:
                how = f"'{earlier}' is no earlier question{did_you_mean(earlier, ids)}"
                yield Problem(path, where, Rule.UNKNOWN_QUESTION, how)
            else:
                asked = questionnaire.by_id[earlier].options
                again = [option for option in asked if not question.only or option in question.only]
                answerable.update(again)
                yield from _check_plainer(again, vocabulary, path, where)
        yield from _check_condition(question.asked_if, answerable, path, lines.at((*place, "asked_if")))
        for index, section in enumerate(question.sections):
            at = (*place, "sections", index)
            yield from _check_condition(section.asked_if, answerable, path, lines.at((*at, "asked_if")))
            for position, option in enumerate(section.options):
                twice = option in section.options[:position]
                where = lines.at((*at, "options", position))
                yield from _check_option(option, question, vocabulary, path, where, twice=twice)
        ids.add(question.id)
        answerable.update(question.options)
    for unasked in vocabulary.options.keys() - answerable:
        yield Problem(path, 1, Rule.OPTION_NOT_ASKED, f"no question offers '{unasked}'; add it to one")


def _check_option(
    option: str, question: Question, vocabulary: Vocabulary, path: str, line: int, *, twice: bool
) -> Iterator[Problem]:
    if option not in vocabulary.options:
        how = f"there is no option '{option}'{did_you_mean(option, vocabulary.options)}"
        yield Problem(path, line, Rule.UNKNOWN_OPTION, how)
        return
    if twice:
        how = f"the option '{option}' stands twice in a section of '{question.id}'; keep one"
        yield Problem(path, line, Rule.OPTION_ASKED_TWICE, how)
    group = vocabulary.group_of(option)
    if group.choose != question.choose:
        how = (
            f"'{option}' is of a group of which visitors choose {group.choose}; "
            f"this question takes {question.choose}"
        )
        yield Problem(path, line, Rule.OPTION_IN_WRONG_QUESTION, how)


def _check_condition(
    condition: Condition | None, answerable: Counter[str], path: str, line: int
) -> Iterator[Problem]:
    for option in condition.options if condition else ():
        if option not in answerable:
            how = f"the condition looks at '{option}', which no earlier question offers"
            yield Problem(path, line, Rule.CONDITION_NOT_ANSWERED, how)
        if condition and option in condition.all_of and answerable[option] > 1:
            how = f"'{option}' is offered in several places, and FHIR cannot say all_of with it; use any_of"
            yield Problem(path, line, Rule.ALL_OF_SEVERAL_PLACES, how)


def _check_plainer(options: Iterable[str], vocabulary: Vocabulary, path: str, line: int) -> Iterator[Problem]:
    for option in options:
        words = vocabulary.options.get(option)
        if words is not None and words.plainer is None:
            how = f"'{option}' is asked again here, and options.yaml has no 'plainer' words for it; add them"
            yield Problem(path, line, Rule.NO_PLAINER_WORDS, how)
