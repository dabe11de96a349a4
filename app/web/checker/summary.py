"""What a visitor can show to a doctor: the answers in order, without any interpretation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.checker.flow import Flow
    from app.content.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A question with what was said to it; `unsure_of_all` when that was all, and no danger is in it."""

    title: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unsure: tuple[str, ...]
    unsure_of_all: bool = False


def summary_of(flow: Flow, vocabulary: Vocabulary) -> tuple[SummaryLine, ...]:
    """Give the answers as a doctor would want them: what was said, last which danger signs were denied."""
    lines: list[SummaryLine] = []
    last: list[SummaryLine] = []
    for group in vocabulary.groups:
        asked = [option for option in group.options if option in flow.answers.asked]
        if not asked:
            continue

        def words(said: frozenset[str], options: list[str] = asked) -> tuple[str, ...]:
            found = (vocabulary.options[option] for option in options if option in said)
            return tuple(option.report or option.label for option in found)

        answers = flow.answers
        is_danger = group.prefix == "red"
        unsure_of_all = not is_danger and answers.unknown.issuperset(asked)
        line = SummaryLine(group.means, words(answers.chosen), (), words(answers.unknown), unsure_of_all)
        if line.yes or line.unsure:
            lines.append(line)
        if is_danger and (denied := words(answers.denied)):
            last.append(SummaryLine(group.means, (), denied, ()))
    return (*lines, *last)
