"""The packed site: what is known of it, and what is no such file. A real one: test_exporting.py."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from app.packed import MARKER, TOP, PackedError, read_packed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("told", [None, "", "[]", "{}", '{"content": 1}', '{"content": "some day"}', "\xff"])
def test_a_zip_file_that_no_export_made_is_refused(tmp_path: Path, told: str | None) -> None:
    file = tmp_path / "other.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "dear")
        if told is not None:
            archive.writestr(f"{TOP}/{MARKER}", told.encode("latin-1"))
    with pytest.raises(PackedError, match=r"other\.zip"):
        read_packed(file)
