"""A content folder small enough to reckon with by hand, and the checker that is read from it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.checker.knowledge import read_checker

if TYPE_CHECKING:
    from app.checker.outcome import Checker
    from app.content.pages import Cause

TINY = Path(__file__).parent / "tiny"


@pytest.fixture(scope="session")
def tiny() -> Checker:
    """The checker over the small content folder."""
    return read_checker(TINY, [])[0]


@pytest.fixture
def tiny_folder(tmp_path: Path) -> Path:
    """A copy of the small content folder, to be changed."""
    return Path(shutil.copytree(TINY, tmp_path / "content"))


@pytest.fixture(scope="session")
def wrist_nerve(tiny: Checker) -> Cause:
    """The cause that most of the small folder is about."""
    return next(cause for cause in tiny.library.causes if cause.slug == "wrist-nerve")
