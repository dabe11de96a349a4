"""The whole public site as files that need no server of their own: in a folder, or packed into one file."""

from __future__ import annotations

import concurrent.futures
import json
import multiprocessing
import os
import tempfile
import warnings
import zipfile
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
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
    from collections.abc import Iterator, Sequence

    from flask import Flask

    from app.checker.outcome import Checker
    from app.settings import Settings


# How many addresses a process is given to write at once.
_AT_ONCE = 16


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
            # What one process wrote is more than another one knows of.
            FREEZER_REMOVE_EXTRA_FILES=False,
            # What a file is called says enough to a web server: FHIR is JSON, too.
            FREEZER_IGNORE_MIMETYPE_WARNINGS=True,
        )
        # Reckoned once, before the processes that share it begin.
        _ = checker.library.kinship
        _write_all(app, addresses)
        told = {"version": __version__, "content": content_day(checker).isoformat()}
        (fresh / MARKER).write_text(json.dumps(told) + "\n", "utf-8")
        yield fresh


def _write_all(app: Flask, addresses: exported.Addresses) -> None:
    """Write every address to which the pages lead, with one process for each processor."""
    with app.test_request_context():
        waiting = list(dict.fromkeys(addresses.first()))
    known = set(waiting)
    processes = os.cpu_count() or 1
    with ProcessPoolExecutor(
        processes,
        # The pages are there already in a process that is forked, and need not be read anew.
        multiprocessing.get_context("fork"),
        lambda: _WRITER.set(_Writer(app, addresses)),
    ) as pool:
        running: set[Future[set[str]]] = set()
        while waiting or running:
            while waiting:
                running.add(pool.submit(_write, waiting[:_AT_ONCE]))
                del waiting[:_AT_ONCE]
            done, running = concurrent.futures.wait(running, return_when=FIRST_COMPLETED)
            waiting = sorted(set().union(*(one.result() for one in done)) - known)
            known.update(waiting)


class _Writer:
    """Writes addresses into files, in a process of its own."""

    def __init__(self, app: Flask, addresses: exported.Addresses) -> None:
        self._linked = addresses.linked
        self._to_write: Sequence[str] = ()
        # Templates make more addresses than pages lead to, some of them only to show how one is made.
        self._freezer = Freezer(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)
        self._freezer.register_generator(lambda: self._to_write)

    def write(self, addresses: Sequence[str]) -> set[str]:
        """Write addresses; give those to which they lead."""
        self._to_write = addresses
        self._linked.clear()
        with warnings.catch_warnings():
            # That views are left out is meant.
            warnings.simplefilter("ignore", FrozenFlaskWarning)
            self._freezer.freeze()
        return self._linked.copy()


# What a process writes with.
_WRITER: ContextVar[_Writer] = ContextVar("writer")


def _write(addresses: Sequence[str]) -> set[str]:
    return _WRITER.get().write(addresses)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())
