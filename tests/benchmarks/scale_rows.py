"""What is measured of a site with many pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.generated import write_content
from tests.benchmarks.rows import Row, middle, ratio
from tests.benchmarks.scale import edit, settings_for, worker

if TYPE_CHECKING:
    from pathlib import Path

FEW, WRITING, MANY = 100, 1000, 10_000


def scale_rows(folder: Path, rounds: int) -> dict[str, Row]:
    """Measure searches, pages, start and memory with many pages and with few."""
    both = {pages: settings_for(folder / str(pages), folder / "cache") for pages in (MANY, FEW)}
    for pages, settings in both.items():
        write_content(pages, settings.content)
    # The first start keeps what it has read; those after it are warm.
    cold = {pages: worker(settings) for pages, settings in both.items()}
    taken: dict[int, list[dict[str, float]]] = {pages: [] for pages in both}
    for _ in range(rounds):
        for pages, settings in both.items():
            taken[pages].append(worker(settings))
    many, few = ({name: [one[name] for one in taken[pages]] for name in cold[pages]} for pages in (MANY, FEW))
    return {
        "search": Row(
            f"A search over {MANY:,} pages, 99 in 100, in ms",
            ratio(many["search"], [1]),
            ("at most", 20),
            f"{middle(many['search'])}; of the processor {middle(many['search_cpu'])}",
        ),
        "search growth": _growth(f"The same against {FEW} pages", "search", many, few),
        "served growth": _growth(
            f"A page as it is served, from memory, 99 in 100, with {MANY:,} pages against {FEW}",
            "served",
            many,
            few,
        ),
        "page growth": _growth(
            f"First drawing of the page of a cause, 99 in 100, with {MANY:,} pages against {FEW}",
            "cause",
            many,
            few,
        ),
        "mixed growth": _growth(
            "The same with pages that list all pages that hang together with them, and grow with these",
            "page",
            many,
            few,
            goal=None,
        ),
        "cold start": Row(
            f"First start with {MANY:,} pages to the first answer, in s", cold[MANY]["start"], None, "once"
        ),
        "start": Row(
            f"Warm start with {MANY:,} pages to the first answer, in s",
            ratio(many["start"], [1]),
            ("at most", 5),
            middle(many["start"]),
        ),
        "memory": Row(
            f"Memory of one worker with {MANY:,} pages after these searches and pages, in MB",
            max(many["megabytes"]),
            ("at most", 400),
            f"resident, {middle(many['megabytes'])}",
        ),
    }


def _growth(
    what: str,
    name: str,
    many: dict[str, list[float]],
    few: dict[str, list[float]],
    goal: tuple[str, float] | None = ("at most", 1.3),
) -> Row:
    told = (f"{middle(one[name])} ms, of the processor {middle(one[f'{name}_cpu'])}" for one in (many, few))
    return Row(what, ratio(many[name], few[name]), goal, " against ".join(told))


def writing_rows(folder: Path, rounds: int) -> dict[str, Row]:
    """Measure how soon an edited page is shown while writing."""
    settings = settings_for(folder / "writing", folder / "cache")
    write_content(WRITING, settings.content)
    taken = [edit(settings, f"Sentence {number} was added.") for number in range(rounds)]
    return {
        "writing": Row(
            f"From an edited page to its answer while writing, {WRITING:,} pages, in s",
            ratio(taken, [1]),
            ("at most", 1),
            middle(taken),
        )
    }
