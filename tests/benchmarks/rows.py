"""A row of the table: what was measured, beside what, and whether it reaches its goal."""

from __future__ import annotations

import operator
import statistics
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COMPARISONS = {"at least": operator.ge, "at most": operator.le}


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured.

    Attributes:
        what: what the figure is of.
        figure: the ratio, or the measured value, that the goal speaks of.
        goal: `at least` or `at most`, and a number; nothing for what is only recorded.
        told: the measured values, in words.
    """

    what: str
    figure: float
    goal: tuple[str, float] | None
    told: str

    @property
    def verdict(self) -> str:
        """Say whether the goal is reached."""
        if self.goal is None:
            return "for the record"
        how, bound = self.goal
        return "reached" if _COMPARISONS[how](self.figure, bound) else "**missed**"


def middle(values: Sequence[float]) -> str:
    """Give the median of several rounds, with the least and the most."""
    return f"{statistics.median(values):,.4g} ({min(values):,.4g} to {max(values):,.4g})"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Give the ratio of two medians."""
    return statistics.median(ours) / statistics.median(theirs)


def table_of(rows: Mapping[str, Mapping[str, Any]], machine: str) -> str:
    """Write the rows as Markdown.

    Args:
        rows: what `asdict` gives of each row, by its name.
        machine: what they were measured on.
    """
    lines = ["| what | figure | goal | | measured |", "| --- | --- | --- | --- | --- |"]
    for kept in rows.values():
        row = Row(**{**kept, "goal": tuple(kept["goal"]) if kept["goal"] else None})
        goal = f"{row.goal[0]} {row.goal[1]:g}" if row.goal else ""
        lines.append(f"| {row.what} | {row.figure:.3g} | {goal} | {row.verdict} | {row.told} |")
    text = "\n".join(lines)
    return (
        "# What `make bench` measured\n\n"
        f"{machine}\n\nMedians of interleaved rounds, with the least and the most in brackets.\n\n{text}\n"
    )


def kept(row: Row) -> dict[str, Any]:
    """Give a row as plain values."""
    return asdict(row)
