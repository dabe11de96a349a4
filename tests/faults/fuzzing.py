"""Requests by the hundred thousand, from a seed, counted; a run that was stopped is taken up where it was."""

from __future__ import annotations

import json
import random
import resource
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.checker.knowledge import read_checker
from app.factory import create_app
from app.serving import Site
from app.settings import Settings, drawing_names
from app.web.compressing import ENCODINGS, IDENTITY
from tests.faults.inside import Inside, answered, maker_of
from tests.faults.judging import Judge, growth
from tests.faults.making import Made
from tests.faults.servers import memory_of, workers_of
from tests.faults.wire import Wire
from tests.running import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import WSGIApplication

    from flask import Flask

    from app.checker.outcome import Checker
    from tests.faults.making import Maker

ROUND = 10_000
WIRE_ROUND = 2_000
# A twentieth of a server's memory, and no less than what an allocator may hold back.
LEAST_GROWTH = 8.0
SHARE_OF_GROWTH = 0.05


@dataclass
class Progress:
    """What was done so far, kept in a file between rounds."""

    file: Path | None
    rounds: int = 0
    seconds: float = 0.0
    figures: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, file: Path | None) -> Progress:
        """Read what an earlier run did; nothing where there was none."""
        if file is None or not file.exists():
            return cls(file)
        kept = json.loads(file.read_text("utf-8"))
        return cls(file, kept["rounds"], kept["seconds"], Counter(kept["figures"]), kept["faults"])

    def add(self, figures: Counter[str], faults: list[str], seconds: float) -> None:
        """Add a round, and keep it."""
        self.rounds += 1
        self.seconds += seconds
        self.figures.update(figures)
        self.faults += faults
        if self.file is not None:
            kept = {name: getattr(self, name) for name in ("rounds", "seconds", "figures", "faults")}
            self.file.write_text(json.dumps(kept), "utf-8")


def fuzz_inside(seed: int, requests: int, state: Path | None) -> list[str]:
    """Put requests into the application.

    Returns:
        Lines that tell of it.
    """
    settings = Settings.read({"NERVEWISE_LIMITS": "off"})
    app, checker = site_of(settings)
    application = Site(settings).application()
    _fill(application, seeded(app, checker, seed, 0).addresses)
    progress = Progress.read(state)
    memory: list[tuple[int, float]] = []
    slowest: Counter[str] = Counter()
    while progress.rounds * ROUND < requests:
        judge = Judge()
        inside = Inside(application, seeded(app, checker, seed, progress.rounds), judge)
        inside.slowest = slowest
        seconds = timed(lambda inside=inside: inside.run(ROUND))  # type: ignore[misc]  # bound at once
        progress.add(_by_route(judge), judge.faults, seconds)
        memory.append((progress.rounds * ROUND, own_memory()))
        click.echo(f"{progress.rounds * ROUND} requests, {seconds:.0f} s, {memory[-1][1]:.0f} MB", err=True)
    route, longest = slowest.most_common(1)[0]
    return [
        *_told(progress, seed, progress.rounds * ROUND, memory),
        f"The slowest answer took {longest:.2f} s ({route}).",
        *_table(progress.figures),
    ]


def _fill(application: WSGIApplication, addresses: Iterable[str]) -> None:
    """Let the site keep each page in each encoding, as it may: what grows after that is another matter."""
    for address in addresses:
        for encoding in (IDENTITY, *ENCODINGS):
            answered(application, Made("GET", address.encode(), (("Accept-Encoding", encoding),)))


def fuzz_wire(seed: int, requests: int, state: Path | None) -> list[str]:
    """Send broken bytes to a server.

    Returns:
        Lines that tell of it.
    """
    app, checker = site_of(Settings.read({}))
    progress = Progress.read(state)
    memory: list[tuple[int, float]] = []
    with running(NERVEWISE_WORKERS="1", NERVEWISE_LOG="on", NERVEWISE_LIMITS="off") as server:
        (worker,) = workers_of(server.process)
        while progress.rounds * WIRE_ROUND < requests:
            judge = Judge()
            wire = Wire(server.port, seeded(app, checker, seed, progress.rounds), judge)
            seconds = timed(lambda wire=wire: wire.run(WIRE_ROUND))  # type: ignore[misc]  # bound at once
            figures = Counter({f"answers {status}": number for status, number in wire.statuses.items()})
            figures.update({f"connections: {end}": number for end, number in wire.ends.items()})
            figures["answers of the server itself"] = wire.bare
            progress.add(figures, judge.faults, seconds)
            memory.append((progress.rounds * WIRE_ROUND, memory_of(worker)))
            click.echo(
                f"{progress.rounds * WIRE_ROUND} sent, {seconds:.0f} s, {memory[-1][1]:.0f} MB", err=True
            )
        if workers_of(server.process) != [worker]:
            progress.faults.append("the worker ended on the way")
    if "Traceback" in server.printed or "panicked" in server.printed:
        progress.faults.append("the server printed a fault of its own")
    return [*_told(progress, seed, progress.rounds * WIRE_ROUND, memory), *_table(progress.figures)]


def site_of(settings: Settings) -> tuple[Flask, Checker]:
    """Make a site of the real content, to know its routes by."""
    checker = read_checker(settings.content, drawing_names(settings.static))[0]
    return create_app(settings, checker), checker


def seeded(app: Flask, checker: Checker, seed: int, number: int) -> Maker:
    """Make what makes the requests of a round: the same for the same seed and round."""
    return maker_of(app, checker, random.Random(f"{seed}:{number}"))  # noqa: S311 - no secret hangs on it


def timed(work: Callable[[], None]) -> float:
    """Do some work; give how many seconds it took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def own_memory() -> float:
    """Give the memory of this process, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _by_route(judge: Judge) -> Counter[str]:
    counts: Counter[str] = Counter()
    for (method, route, status), number in judge.counts.items():
        if route:
            counts[f"{route} {status}"] += number
            counts[f"all {method}"] += number
    counts["pages read as a browser does"] = judge.parsed
    return counts


def _told(progress: Progress, seed: int, requests: int, memory: list[tuple[int, float]]) -> list[str]:
    grown = growth(memory)
    if memory and grown > max(LEAST_GROWTH, SHARE_OF_GROWTH * memory[-1][1]):
        progress.faults.append(f"the memory grew by {grown:.1f} MB over the second half")
    lines = [
        f"Seed {seed}, {requests:,} requests in {progress.seconds:.0f} s.",
        f"Faults: {len(progress.faults)}.",
    ]
    if memory:
        lines.append(
            f"Memory {memory[0][1]:.0f} MB after the first round, {memory[-1][1]:.0f} MB at the end; "
            f"over the second half {grown:+.1f} MB by a straight line."
        )
    return [*lines, *(f"- {fault}" for fault in progress.faults)]


def _table(figures: Counter[str]) -> list[str]:
    rows = [f"| {name} | {figures[name]:,} |" for name in sorted(figures)]
    return ["", "| what | number |", "| --- | --- |", *rows]
