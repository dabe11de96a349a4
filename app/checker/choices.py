"""The questions as choices, for programs that show them all at once and hide what was not asked.

A question has a choice for each of its sections, and a last one, its rest, which says what is meant by the
options that were not ticked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from app.checker.answers import Reply, Rest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.checker.flow import Flow
    from app.checker.questionnaire import Condition, Question, Questionnaire
    from app.content.vocabulary import Vocabulary

DENIED, UNSURE = "rest.denied", "rest.unknown"
REST: Mapping[str, Rest] = {DENIED: "denied", UNSURE: "unknown"}
_REST_WORDS = {DENIED: "None of the others", UNSURE: "Not sure about the others"}
_REST_TITLES = {"any": "What about those that you did not tick?", "one": "Only if you picked no answer above"}


def why_id(question: Question) -> str:
    """Give the id of the text that says why a question is asked."""
    return f"{question.id}.why"


@dataclass(frozen=True, slots=True)
class Choice:
    """Options that are shown together, by code, with their words; `many` allows more than one tick.

    It is shown when its condition is met; one that `clarifies` a question, when the visitor was unsure there.
    """

    id: str
    title: str
    words: Mapping[str, str]
    many: bool
    asked_if: Condition | None = None
    clarifies: str | None = None

    def is_shown(self, flow: Flow) -> bool:
        """Tell whether it is shown beside the answers that were given."""
        if self.clarifies is None:
            return self.asked_if is None or self.asked_if.met(flow.answers.chosen)
        step = flow.step(self.clarifies)
        return step is not None and (step.reply or Reply()).rest == REST[UNSURE]


@dataclass(frozen=True)
class Choices:
    """The choices of every question."""

    questionnaire: Questionnaire
    vocabulary: Vocabulary

    @cached_property
    def by_question(self) -> Mapping[str, tuple[Choice, ...]]:
        """Give the choices of each question but for its rest."""
        return {one.id: tuple(self._of(one)) for one in self.questionnaire.questions}

    @cached_property
    def rests(self) -> Mapping[str, Choice]:
        """Give the rest of each question."""
        return {
            one.id: Choice(f"{one.id}.rest", _REST_TITLES[one.choose], _REST_WORDS, many=False)
            for one in self.questionnaire.questions
        }

    @cached_property
    def by_id(self) -> Mapping[str, Choice]:
        """Give all choices by id."""
        choices = (choice for of_one in self.by_question.values() for choice in of_one)
        return {choice.id: choice for choice in (*choices, *self.rests.values())}

    @cached_property
    def texts(self) -> frozenset[str]:
        """Give the ids of what is only shown: each question, and why it is asked."""
        return frozenset(text for one in self.questionnaire.questions for text in (one.id, why_id(one)))

    def before(self, question: Question) -> tuple[Choice, ...]:
        """Give the choices of all questions before one, but for the rests."""
        earlier = takewhile(lambda one: one is not question, self.questionnaire.questions)
        return tuple(choice for one in earlier for choice in self.by_question[one.id])

    def _of(self, question: Question) -> Iterator[Choice]:
        options, many = self.vocabulary.options, question.choose == "any"
        for number, section in enumerate(question.sections, start=1):
            words: Mapping[str, str] = {one: options[one].label for one in section.options}
            title = section.title or question.title
            yield Choice(f"{question.id}.{number}", title, words, many, asked_if=section.asked_if)
        for number, earlier_id in enumerate(question.clarifies, start=1):
            earlier = self.questionnaire.by_id[earlier_id]
            again = [one for one in earlier.options if not question.only or one in question.only]
            words = {one: options[one].plainer or options[one].label for one in again}
            yield Choice(f"{question.id}.{number}", earlier.title, words, many, clarifies=earlier_id)
