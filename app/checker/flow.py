"""Which question comes next: found by replaying the replies, so that no position is stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from app.checker.answers import Answers, Reply
from app.checker.questionnaire import Question, Questionnaire, Section
from app.content.keys import OptionId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet


@dataclass(frozen=True)
class Step:
    """A question as it is asked of this visitor, with the reply that was given, if there is one."""

    question: Question
    sections: tuple[Section, ...]
    reply: Reply | None = None

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """Give the options that stand on the page."""
        return tuple(option for section in self.sections for option in section.options)


@dataclass(frozen=True, slots=True)
class Flow:
    """A visitor's way through the questionnaire.

    `next` is the step to ask now; it is None when nothing is left to ask, or when what was answered
    calls for help at once (`stopped`). `coming` are the questions from the next one on; not
    all of them will be asked.
    """

    steps: tuple[Step, ...]
    next: Step | None
    answers: Answers
    stopped: bool
    coming: tuple[Question, ...] = ()

    @property
    def expected(self) -> int:
        """Count the questions of the whole way, if nothing more is ticked."""
        known = self.answers.asked
        asked = (any(_offered(one, self.steps, self.answers, known)) for one in self.coming)
        return len(self.steps) + sum(asked)

    def step(self, question_id: str) -> Step | None:
        """Give the step of a question that this visitor has met, the next one included."""
        known = (*self.steps, self.next) if self.next else self.steps
        return next((step for step in known if step.question.id == question_id), None)

    def before(self, question_id: str) -> tuple[Step, ...]:
        """Give the steps before a question."""
        return tuple(takewhile(lambda step: step.question.id != question_id, self.steps))


def resolve(
    questionnaire: Questionnaire,
    replies: Mapping[str, Reply],
    stops: Callable[[Answers], bool],
    kept: Sequence[Step] = (),
) -> Flow:
    """Replay replies over the questionnaire.

    Args:
        questionnaire: the questions in order.
        replies: the replies by question id; one to a question that is no longer asked does not count.
        stops: tells of answers whether they call for help at once.
        kept: the first steps of a way that was found before, if none of their replies changed since.

    Returns:
        The way so far and the question to ask next.
    """
    steps = list(kept)
    answers = Answers()
    for step in kept:
        answers = answers.with_reply(step.reply or Reply(), step.offered)
    known = set(answers.asked)
    begun = questionnaire.places[kept[-1].question.id] + 1 if kept else 0
    for place, question in enumerate(questionnaire.questions[begun:], begun):
        sections = tuple(_offered(question, steps, answers, known))
        if not sections:
            continue
        step = Step(question, sections, replies.get(question.id))
        reply = step.reply
        # After a change further up, options may stand here that the visitor has not seen: ask again.
        if reply is None or not reply.covers(step.offered):
            return Flow(tuple(steps), step, answers, stopped=False, coming=questionnaire.questions[place:])
        steps.append(step)
        answers = answers.with_reply(reply, step.offered)
        known.update(step.offered)
        if stops(answers):
            return Flow(tuple(steps), None, answers, stopped=True)
    return Flow(tuple(steps), None, answers, stopped=False)


def _offered(
    question: Question, steps: Iterable[Step], answers: Answers, known: AbstractSet[str]
) -> Iterator[Section]:
    """Yield what a question offers now: nothing that was answered, nothing whose condition is not met."""
    if question.asked_if is not None and not question.asked_if.met(answers.chosen):
        return
    if question.clarifies:
        if unsure := _unsure(question, steps, answers.unknown):
            yield Section(options=unsure)
        return
    above: set[str] = set()
    for section in question.sections:
        if section.asked_if is not None and not section.asked_if.met(answers.chosen):
            continue
        if known.isdisjoint(section.options) and above.isdisjoint(section.options):
            yield section
        elif left := tuple(one for one in section.options if one not in known and one not in above):
            yield section.model_copy(update={"options": left})
        above.update(section.options)


def _unsure(question: Question, steps: Iterable[Step], unknown: frozenset[str]) -> tuple[OptionId, ...]:
    """Give what a visitor was not sure about in the questions that one clarifies."""
    if not unknown:
        return ()
    offered = (option for step in steps if step.question.id in question.clarifies for option in step.offered)
    return tuple(
        OptionId(option)
        for option in offered
        if option in unknown and (not question.only or option in question.only)
    )
