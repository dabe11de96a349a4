"""Disks that are full, folders that are missing, and content that cannot be read."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from app.settings import PROJECT
from tests.faults.servers import workers_of
from tests.running import ask, free_port, printed_by, read, running, start, start_into, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ASKED = 100
ADDRESSES = ("/", "/search/?q=arm", "/check/")
PAGE = "causes/sciatica.md"
MOUNT = Path("/bin/mount")


def full_disk() -> list[str]:
    """Let the log, and then the folder of the figures, be on a disk that is full."""
    statuses: Counter[str] = Counter()
    port = free_port()
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        start_into(
            full, PORT=str(port), NERVEWISE_WORKERS="1", NERVEWISE_LOG="on", NERVEWISE_LIMITS="off"
        ) as server,
    ):
        try:
            wait_until_ready(server, port)
            statuses.update(str(ask(port, "/faq/").status) for _ in range(ASKED))
        except (AssertionError, OSError) as error:
            statuses[f"does not start: {error!r}"[:80]] += 1
        server.terminate()
        server.wait(timeout=30)
    faults = ASKED - statuses["200"]
    told = [f"The log on a full device: {dict(statuses)}; the exit status was {server.returncode}."]
    lost, words = _figures_on_a_full_disk()
    return [f"Faults: {faults + lost}.", *told, words]


def _figures_on_a_full_disk() -> tuple[int, str]:
    with tempfile.TemporaryDirectory() as folder:
        mounted = subprocess.run(  # noqa: S603 - a fixed command
            [MOUNT, "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True
        )
        if mounted.returncode:
            return 0, "The figures on a full disk: not tried, since only root can mount one."
        try:
            return _ask_with_figures_in(Path(folder))
        finally:
            subprocess.run(["/bin/umount", "-l", folder], check=True)  # noqa: S603 - a fixed command


def _ask_with_figures_in(folder: Path) -> tuple[int, str]:
    statuses: Counter[str] = Counter()
    figures = str(free_port())
    options = {
        "TMPDIR": str(folder),
        "NERVEWISE_LIMITS": "off",
        "NERVEWISE_METRICS": figures,
        "NERVEWISE_WORKERS": "1",
    }
    with running(**options) as server:
        workers = workers_of(server.process)
        with (folder / "rest").open("wb", buffering=0) as rest:
            try:
                while rest.write(b"x" * 4096):
                    pass
            except OSError:
                statuses["full"] += 1
        for number in range(ASKED):
            try:
                statuses[str(ask(server.port, ("/faq/", "/causes/", "/a-z/")[number % 3]).status)] += 1
            except OSError as error:
                statuses[type(error).__name__] += 1
        ended = len(set(workers) - set(workers_of(server.process)))
    words = f"The figures on a full disk: {dict(statuses)}; {ended} processes ended."
    return ASKED - statuses["200"] + ended, words


def _in_place_of(file: Path, new: Callable[[Path], object]) -> None:
    file.unlink()
    new(file)


BREAKAGES: Mapping[str, Callable[[Path], object]] = {
    "a file that is no text": lambda file: file.write_bytes(b"\xff\xfe\x00---"),
    "an empty file": lambda file: file.write_bytes(b""),
    "a link that leads nowhere": lambda file: _in_place_of(file, lambda new: new.symlink_to("nowhere.md")),
    "a folder in place of a file": lambda file: _in_place_of(file, Path.mkdir),
    "a link to itself": lambda file: _in_place_of(file, lambda new: new.symlink_to(new.name)),
}


def broken_content() -> list[str]:
    """Start on content that cannot be read: the site says which file, and does not start."""
    told, faults = [], 0
    for name, spoil in BREAKAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            content = shutil.copytree(PROJECT / "content", Path(folder) / "content")
            spoil(content / PAGE)
            with start(PORT=str(free_port()), NERVEWISE_CONTENT=str(content)) as server:
                printed = printed_by(server)
        good = server.returncode == 1 and PAGE in printed and "Traceback" not in printed
        faults += not good
        told.append(f"- {name}: {'told' if good else f'{server.returncode}: {printed[-300:]}'}")
    return [f"Faults: {faults}.", *told]


def missing_folders() -> list[str]:
    """Serve with no home, no folder for temporary files and nothing that can be written to."""
    faults, told = 0, []
    for options in (
        {"HOME": "/proc/nowhere", "TMPDIR": "/proc/nowhere"},
        {"HOME": "/proc", "TMPDIR": "/proc"},
    ):
        with running(NERVEWISE_WORKERS="1", NERVEWISE_LOG="on", **options) as server:
            statuses = Counter(ask(server.port, address).status for address in ADDRESSES)
            ready = read(server.port, "/readyz")
        faults += statuses != {200: 3} or "ready" not in ready or "Traceback" in server.printed
        told.append(f"- {options}: {dict(statuses)}")
    return [f"Faults: {faults}.", *told]
