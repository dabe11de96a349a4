"""The whole public site as files that need no server of their own: in a folder, or packed into one file."""

from __future__ import annotations

import json
import tempfile
import warnings
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask_frozen import Freezer, FrozenFlaskWarning

from app import __version__
from app.factory import create_app
from app.packed import MARKER, TOP
from app.publishing.feeds import last_modified
from app.web import exported

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from app.checker.outcome import Checker
    from app.settings import Settings


class ExportError(Exception):
    """The export cannot be written there; the message says why."""


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    files: int
    size: int


def export(settings: Settings, checker: Checker, folder: Path) -> Written:
    """Write the site into a folder.

    Everything is written beside it and takes its place at the end: whoever reads it never meets half of it.

    Args:
        settings: what the operator decided; the address is where the files say that the live site is.
        checker: the knowledge.
        folder: a folder that is not there yet, is empty, or holds an earlier export, which is replaced.

    Raises:
        ExportError: the folder holds something else; nothing is changed then.
    """
    folder = folder.resolve()
    if folder.exists() and not (folder / MARKER).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"{folder} is there and is no earlier export; name a folder that is new or empty")
    with _frozen(settings, checker, folder.parent) as fresh:
        sizes = [file.stat().st_size for file in _files(fresh)]
        if folder.exists():
            folder.rename(fresh.with_name("old"))
        fresh.rename(folder)
    return Written(len(sizes), sum(sizes))


def pack(settings: Settings, checker: Checker, file: Path) -> Written:
    """Pack the site into one zip file, which is the same for the same content.

    Args:
        settings: what the operator decided.
        checker: the knowledge.
        file: where it is written; what stands there is replaced at the end.
    """
    file = file.resolve()
    day = content_day(checker)
    with _frozen(settings, checker, file.parent) as fresh:
        packed = fresh.with_name("packed.zip")
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for one in _files(fresh):
                entry = zipfile.ZipInfo(
                    f"{TOP}/{one.relative_to(fresh).as_posix()}", (*day.timetuple()[:3], 0, 0, 0)
                )
                entry.compress_type = zipfile.ZIP_DEFLATED
                # What may be done with the file once it is unpacked: not what this machine says of it.
                entry.create_system, entry.external_attr = 3, 0o100644 << 16
                archive.writestr(entry, one.read_bytes())
            count = len(archive.namelist())
        packed.replace(file)
    return Written(count, file.stat().st_size)


def content_day(checker: Checker) -> datetime.date:
    """Give the day of the content: the last on which a page was changed, or its sources were checked."""
    return max(map(last_modified, checker.library.pages.values()))


@contextmanager
def _frozen(settings: Settings, checker: Checker, beside: Path) -> Iterator[Path]:
    """Write the site into a new folder, inside one that is removed after the block."""
    app = create_app(settings, checker)
    addresses = exported.register(app, checker.library)
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{TOP}-", dir=beside) as temporary:
        fresh = Path(temporary) / "new"
        app.config.update(
            FREEZER_DESTINATION=str(fresh),
            # What a file is called says enough to a web server: FHIR is JSON, too.
            FREEZER_IGNORE_MIMETYPE_WARNINGS=True,
        )
        # Templates make more addresses than pages lead to, some of them only to show how one is made.
        freezer = Freezer(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)
        freezer.register_generator(addresses)
        with warnings.catch_warnings():
            # That views are left out is meant.
            warnings.simplefilter("ignore", FrozenFlaskWarning)
            freezer.freeze()
        told = {"version": __version__, "content": content_day(checker).isoformat()}
        (fresh / MARKER).write_text(json.dumps(told) + "\n", "utf-8")
        yield fresh


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())
