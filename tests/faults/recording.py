"""What was measured, written down: each try has a part of results.md, which its next run replaces."""

from __future__ import annotations

import datetime
import os
import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

RESULTS = Path(__file__).with_name("results.md")
TITLE = """# What was tried, and what came of it

Written by `make faults FAULTS=--record`; each part by its last run.
"""


def record(name: str, told: Iterable[str], file: Path = RESULTS) -> None:
    """Write a try down, in place of its last run.

    Args:
        name: the try.
        told: the lines that tell of it.
        file: where they are written down.
    """
    text = file.read_text("utf-8") if file.exists() else TITLE
    parts = {part.partition("\n")[0]: part for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]}
    parts[name] = f"{name}\n\n{stamp()}\n\n" + "\n".join(told).strip() + "\n\n"
    file.write_text(
        TITLE + "\n" + "".join(f"## {parts[one]}" for one in sorted(parts)).strip() + "\n", "utf-8"
    )


def stamp() -> str:
    """Give the day, and the machine."""
    day = datetime.datetime.now(datetime.UTC).date()
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    return (
        f"{day}, {cpu[1] if cpu else platform.machine()}, {len(os.sched_getaffinity(0))} cores, "
        f"{memory:.0f} GB, Python {platform.python_version()}."
    )
