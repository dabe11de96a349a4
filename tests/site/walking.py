"""Walks through the real questionnaire at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from app.checker.answers import Reply
from app.checker.walking import ENDLESS, Replies

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from app.checker.flow import Flow, Step
    from app.checker.outcome import Checker


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
