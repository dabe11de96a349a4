"""Walks through the real questionnaire: at random, and straight to an option."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from app.checker.answers import Reply, Rest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn

    from app.checker.flow import Flow, Step
    from app.checker.outcome import Checker
    from app.checker.questionnaire import Condition

Replies = dict[str, Reply]
ENDLESS = 50


def ticked(*chosen: str, rest: Rest = "denied") -> Reply:
    """Give a reply with some options ticked."""
    return Reply(frozenset(chosen), rest)


def walk(checker: Checker, replies: Mapping[str, Reply], wanted: frozenset[str] = frozenset()) -> Flow:
    """Go on from some replies to the end; tick what is wanted and deny the rest."""
    given = dict(replies)
    for _ in range(ENDLESS):
        flow = checker.flow(given)
        if flow.next is None:
            return flow
        given[flow.next.question.id] = ticked(*wanted.intersection(flow.next.offered))
    raise AssertionError("the walk does not end")


def replies_of(flow: Flow) -> Replies:
    """Give the replies of the questions that were asked."""
    return {step.question.id: step.reply for step in flow.steps if step.reply is not None}


def ways(checker: Checker) -> dict[str, tuple[Replies, Step]]:
    """Find, for each option, replies after which it is offered, and the step that offers it."""
    found: dict[str, tuple[Replies, Step]] = {}
    for question in checker.questionnaire.questions:
        for section in question.sections:
            for one, other in product(_choices(question.asked_if), _choices(section.asked_if)):
                if not found.keys() >= set(section.options):
                    _note(walk(checker, {}, one | other), found)
    return found


def _note(flow: Flow, found: dict[str, tuple[Replies, Step]]) -> None:
    before: Replies = {}
    for step in flow.steps:
        for option in step.offered:
            found.setdefault(option, (dict(before), step))
        if step.reply is not None:
            before[step.question.id] = step.reply


def _choices(condition: Condition | None) -> list[frozenset[str]]:
    if condition is None:
        return [frozenset()]
    if condition.all_of:
        return [frozenset(condition.all_of)]
    return [frozenset([option]) for option in condition.any_of]


@st.composite
def walks(draw: DrawFn, checker: Checker, *, sure: bool = False) -> Flow:
    """A visitor who ticks a few options on each page; every second one ticks no danger sign."""
    calm = draw(st.booleans())
    replies: Replies = {}
    for _ in range(ENDLESS):
        flow = checker.flow(replies)
        if flow.next is None:
            return flow
        replies[flow.next.question.id] = draw(_reply(flow.next, calm=calm, sure=sure))
    raise AssertionError("the walk does not end")


@st.composite
def _reply(draw: DrawFn, step: Step, *, calm: bool, sure: bool) -> Reply:
    most = 1 if step.question.choose == "one" else 4
    tickable = [option for option in step.offered if not (calm and option.startswith("red."))]
    chosen = draw(st.frozensets(st.sampled_from(tickable), max_size=most)) if tickable else frozenset()
    unsure = not sure and draw(st.integers(0, 4)) == 0
    return Reply(chosen, "unknown" if unsure else "denied")
