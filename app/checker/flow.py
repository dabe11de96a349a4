"""Which question comes next: found by replaying the replies, so that no position is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.checker.answers import Answers, Reply
from app.checker.questionnaire import Question, Questionnaire, Section
from app.content.keys import OptionId

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Step:
    """A question as it is asked of this visitor, with the reply that was given, if there is one."""

    question: Question
    sections: tuple[Section, ...]
    reply: Reply | None = None

    @property
    def offered(self) -> tuple[str, ...]:
        """Give the options that stand on the page."""
        return tuple(option for section in self.sections for option in section.options)


@dataclass(frozen=True, slots=True)
class Flow:
    """A visitor's way through the questionnaire.

    `next` is the step to ask now; it is None when nothing is left to ask, or when what was answered
    calls for help at once (`stopped`).
    """

    steps: tuple[Step, ...]
    next: Step | None
    answers: Answers
    stopped: bool
    expected: int

    def step(self, question_id: str) -> Step | None:
        """Give the step of a question that this visitor has met, the next one included."""
        known = (*self.steps, self.next) if self.next else self.steps
        return next((step for step in known if step.question.id == question_id), None)

    def before(self, question_id: str) -> Step | None:
        """Give the step before a question, if there is one."""
        ids = [step.question.id for step in self.steps]
        place = ids.index(question_id) if question_id in ids else len(ids)
        return self.steps[place - 1] if place else None


def resolve(
    questionnaire: Questionnaire, replies: Mapping[str, Reply], stops: Callable[[Answers], bool]
) -> Flow:
    """Replay replies over the questionnaire.

    Args:
        questionnaire: the questions in order.
        replies: the replies by question id; one to a question that is no longer asked does not count.
        stops: tells of answers whether they call for help at once.

    Returns:
        The way so far and the question to ask next.
    """
    steps: list[Step] = []
    answers = Answers()
    for place, question in enumerate(questionnaire.questions):
        sections = _offered(question, steps, answers)
        if not sections:
            continue
        step = Step(question, sections, replies.get(question.id))
        reply = step.reply
        # After a change further up, options may stand here that the visitor has not seen: ask again.
        if reply is None or not reply.covers(step.offered):
            expected = len(steps) + _count_asked(questionnaire.questions[place:], steps, answers)
            return Flow(tuple(steps), step, answers, stopped=False, expected=expected)
        steps.append(step)
        answers = answers.with_reply(reply, step.offered)
        if stops(answers):
            return Flow(tuple(steps), None, answers, stopped=True, expected=len(steps))
    return Flow(tuple(steps), None, answers, stopped=False, expected=len(steps))


def _offered(question: Question, steps: list[Step], answers: Answers) -> tuple[Section, ...]:
    """Give what a question offers now: nothing that was answered, nothing whose condition is not met."""
    if question.asked_if is not None and not question.asked_if.met(answers.chosen):
        return ()
    if question.clarifies:
        offered = [
            option for step in steps if step.question.id in question.clarifies for option in step.offered
        ]
        unsure = tuple(
            OptionId(option)
            for option in offered
            if option in answers.unknown and (not question.only or option in question.only)
        )
        return (Section(options=unsure),) if unsure else ()
    sections: list[Section] = []
    known = set(answers.asked)
    for section in question.sections:
        if section.asked_if is None or section.asked_if.met(answers.chosen):
            left = tuple(option for option in section.options if option not in known)
            known.update(left)
            if left:
                whole = left == section.options
                sections.append(section if whole else section.model_copy(update={"options": left}))
    return tuple(sections)


def _count_asked(questions: tuple[Question, ...], steps: list[Step], answers: Answers) -> int:
    """Count the questions that would be asked if nothing more were ticked."""
    return sum(1 for question in questions if _offered(question, steps, answers))
