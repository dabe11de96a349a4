"""The hazard log names tests: each must be there, and each hazard must have its number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def rows(project: Path) -> list[list[str]]:
    """Give the rows of the hazard log, cell by cell."""
    text = (project / "docs" / "hazards.md").read_text("utf-8")
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in re.findall(r"^\| H.*$", text, re.MULTILINE)
    ]


def test_every_hazard_has_a_control_a_test_that_is_there_and_what_remains(project: Path) -> None:
    hazards = [row for row in rows(project) if row[0] != "Hazard"]
    for hazard, cause, control, tested, remains in hazards:
        assert all((hazard, cause, control, remains))
        named = re.findall(r"`([^`]+)`", tested)
        assert named or tested == "read by people"
        assert [name for name in named if not (project / name).exists()] == []


def test_hazards_are_numbered_in_order(project: Path) -> None:
    numbers = [row[0].partition(":")[0] for row in rows(project) if row[0] != "Hazard"]
    assert numbers == [f"H{number:02}" for number in range(1, len(numbers) + 1)]
