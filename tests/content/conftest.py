"""What the tests of the content share: the smallest whole content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.content.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from app.content.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the smallest whole content."""
    return Folder(tmp_path / "content")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The smallest whole library."""
    return Folder(tmp_path_factory.mktemp("tiny") / "content").library()
