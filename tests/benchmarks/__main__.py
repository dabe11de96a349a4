"""Measure everything, print the table and keep it: `make bench`, or `python -m tests.benchmarks PART...`."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.building_rows import build_rows
from tests.benchmarks.rows import kept, table_of
from tests.benchmarks.scale_rows import scale_rows, writing_rows
from tests.benchmarks.serving_rows import COMPARED, checker_rows, page_rows

if TYPE_CHECKING:
    from tests.benchmarks.rows import Row

PARTS = ("page", "checker", "export", "writing", "scale")
RESULTS = Path(__file__).parent / "results.json"
TABLE = RESULTS.with_suffix(".md")
OURS = ("flask", "granian", "jinja2", "werkzeug")


def measure(part: str, folder: Path, rounds: int, seconds: int) -> dict[str, Row]:
    """Measure one part.

    Args:
        part: one of `PARTS`.
        folder: an empty folder to work in.
        rounds: how often each figure is taken; a build and an edit are taken three times at most.
        seconds: how long each load lasts.
    """
    few = min(rounds, 3)
    if part == "page":
        return page_rows(folder, rounds, seconds)
    if part == "checker":
        return checker_rows(rounds, seconds)
    if part == "export":
        return build_rows(folder, few)
    return writing_rows(folder, few) if part == "writing" else scale_rows(folder, few)


def machine() -> str:
    """Describe the machine and what was compared."""
    cpu = Path("/proc/cpuinfo").read_text("utf-8")
    named = (line for line in cpu.splitlines() if line.startswith("model name"))
    model = next((line.partition(":")[2].strip() for line in named), "")
    cores = cpu.count("processor\t")
    other = subprocess.run(  # noqa: S603 - our own environment
        [COMPARED, "-m", "pip", "freeze"], check=True, capture_output=True, text=True
    ).stdout.split()
    names = ("Flask-FlatPages", "Flask-WTF", "mkdocs", "pelican", "Markdown")
    compared = [line.replace("==", " ") for line in other if line.partition("==")[0] in names]
    ours = [f"{name} {version(name)}" for name in OURS]
    programs = (_said("nginx", "-v"), _said("wrk", "-v"), _said("hugo", "version"))
    return (
        f"{model}, {cores} cores, Linux {platform.release()}, Python {platform.python_version()}. "
        f"{', '.join([*ours, *compared, *programs])}."
    )


def _said(*command: str) -> str:
    run = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - named above
    return " ".join((run.stdout + run.stderr).split()[:3]).removeprefix("nginx version: ").strip()


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)}; all, if none is named"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    chosen = parser.parse_args()
    wrong = [part for part in chosen.parts if part not in PARTS]
    if wrong:
        parser.error(f"there is no part '{wrong[0]}'; use {', '.join(PARTS)}")
    rows = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() and chosen.parts else {}
    for part in chosen.parts or PARTS:
        sys.stderr.write(f"{part} ...\n")
        with tempfile.TemporaryDirectory() as folder:
            measured = measure(part, Path(folder), chosen.rounds, chosen.seconds)
        rows |= {name: kept(row) for name, row in measured.items()}
        RESULTS.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
        TABLE.write_text(table_of(rows, machine()), "utf-8")
    sys.stdout.write(TABLE.read_text("utf-8"))


if __name__ == "__main__":
    main()
