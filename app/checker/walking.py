"""Walks through the questionnaire, as a visitor who ticks what is wanted and denies the rest."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from app.checker.answers import Reply, Rest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.checker.flow import Flow, Step
    from app.checker.outcome import Checker
    from app.checker.questionnaire import Condition

Replies = dict[str, Reply]
ENDLESS = 50


class DeadEndError(Exception):
    """A walk that comes to no end."""


def ticked(*chosen: str, rest: Rest = "denied") -> Reply:
    """Give a reply with some options ticked."""
    return Reply(frozenset(chosen), rest)


def walk(
    checker: Checker,
    replies: Mapping[str, Reply],
    wanted: frozenset[str] = frozenset(),
    rest: Rest = "denied",
) -> Flow:
    """Go on from some replies to the end.

    Args:
        checker: the questions and rules.
        replies: the replies that are given already, by question id.
        wanted: what is ticked wherever it is offered.
        rest: what is meant by all that is offered and not ticked.

    Raises:
        DeadEndError: there is still a question after more of them than any visitor would answer.
    """
    given = dict(replies)
    for _ in range(ENDLESS):
        flow = checker.flow(given)
        if flow.next is None:
            return flow
        given[flow.next.question.id] = ticked(*wanted.intersection(flow.next.offered), rest=rest)
    raise DeadEndError(f"no end after {ENDLESS} questions for {', '.join(sorted(wanted)) or 'no tick'}")


def replies_of(flow: Flow) -> Replies:
    """Give the replies of the questions that were asked."""
    return {step.question.id: step.reply for step in flow.steps if step.reply is not None}


def ways(checker: Checker) -> dict[str, tuple[Replies, Step]]:
    """Find, for each option, replies after which it is offered, and the step that offers it.

    What a condition looks at is ticked, and what has to be ticked for that to be offered at all.
    """
    found: dict[str, tuple[Replies, Step]] = {}
    ticks_for: dict[str, frozenset[str]] = {}
    for question in checker.questionnaire.questions:
        for section in question.sections:
            for one, other in product(_choices(question.asked_if), _choices(section.asked_if)):
                if not found.keys() >= set(section.options):
                    ticks = (one | other).union(*(ticks_for.get(option, ()) for option in one | other))
                    _note(walk(checker, {}, ticks), found)
                    ticks_for = {**dict.fromkeys(found, ticks), **ticks_for}
    return found


def _note(flow: Flow, found: dict[str, tuple[Replies, Step]]) -> None:
    replies = list(replies_of(flow).items())
    for place, step in enumerate(flow.steps):
        for option in step.offered:
            found.setdefault(option, (dict(replies[:place]), step))


def _choices(condition: Condition | None) -> list[frozenset[str]]:
    if condition is None:
        return [frozenset()]
    if condition.all_of:
        return [frozenset(condition.all_of)]
    return [frozenset([option]) for option in condition.any_of]
