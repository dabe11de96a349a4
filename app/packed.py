"""The site packed into one file, to take along: `nervewise export` makes it, the site offers it."""

from __future__ import annotations

import datetime
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MARKER = "nervewise-export.json"
"""The file by which an export is known, with the day of its content."""
TOP = "nervewise"
"""The folder in the packed file."""


class PackedError(Exception):
    """A file is no packed export."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A packed export.

    Attributes:
        file: where it is.
        size: its bytes.
        day: the day of its content.
    """

    file: Path
    size: int
    day: datetime.date


def read_packed(file: Path) -> Packed:
    """Tell what a packed export holds.

    Args:
        file: what `nervewise export --zip` has made.

    Raises:
        PackedError: it is no such file, or cannot be read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            told = json.loads(archive.read(f"{TOP}/{MARKER}"))
        day = datetime.date.fromisoformat(told["content"])
        return Packed(file.resolve(), file.stat().st_size, day)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise PackedError(f"{file} is no packed export") from error
