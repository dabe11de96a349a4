"""How the site holds with many pages: its start, its memory, one edited page, searches and pages.

Each function measures one thing and gives the figures; `main` prints them all for a number of pages. Pin it
to one core, and let nothing else run:

    taskset -c 0 python -m tests.benchmarks.scale 10000
"""

from __future__ import annotations

import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from werkzeug.test import Client

from app.checker.knowledge import read_checker
from app.factory import create_app
from app.search.index import SearchIndex
from app.serving import LiveSite, Site
from app.settings import PROJECT, Settings, drawing_names
from tests.benchmarks.generated import write_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

QUERIES = PROJECT / "tests" / "search" / "queries.yaml"
_STATUS = Path("/proc/self/status")


def settings_for(content: Path, cache: Path) -> Settings:
    """Give the settings by which a content folder is served here."""
    settings = Settings(environment="production", secret_key=secrets.token_hex())
    return replace(settings, content=content, cache=cache)


def start(settings: Settings) -> dict[str, float]:
    """Measure a start to the first answer, in a process of its own, and the memory of that process.

    Returns:
        Seconds from the start of the process to its first answer, and megabytes at that moment.
    """
    code = "from tests.benchmarks.scale import first_answer; import sys; first_answer(*sys.argv[1:])"
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - this project's own code
        [sys.executable, "-c", code, str(settings.content), str(settings.cache)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        told = next(iter(process.stdout or ()))
        seconds = time.perf_counter() - began
    return {"seconds": seconds, "megabytes": float(told)}


def first_answer(content: str, cache: str) -> None:
    """Start the site as a server does, show its first page, and print the megabytes that are held then."""
    site = Site(settings_for(Path(content), Path(cache)))
    answer = Client(site.application()).get("/")
    if answer.status_code != 200:
        raise RuntimeError(answer.status)
    line = next(line for line in _STATUS.read_text("utf-8").splitlines() if line.startswith("VmRSS"))
    sys.stdout.write(f"{int(line.split()[1]) / 1024}\n")
    sys.stdout.flush()


def edit(settings: Settings) -> dict[str, float]:
    """Measure the seconds from one changed page to the new page, on the server for writing."""
    browser = Client(LiveSite(replace(settings, environment="development")))
    browser.get("/treatments/heat/")
    file = settings.content / "treatments" / "heat.md"
    file.write_text(f"{file.read_text('utf-8')}\nA new sentence stands here.\n", "utf-8")
    began = time.perf_counter()
    answer = browser.get("/treatments/heat/").get_data(as_text=True)
    seconds = time.perf_counter() - began
    if "A new sentence stands here." not in answer:
        raise RuntimeError("the page was served as it was before")
    return {"seconds": seconds}


def searches(settings: Settings) -> dict[str, float]:
    """Measure the searches of tests/search/queries.yaml, in milliseconds."""
    checker, _ = read_checker(settings.content, drawing_names(settings.static), settings.cache)
    index = SearchIndex.of(checker.library, settings.cache)
    queries = [one["query"] for one in yaml.safe_load(QUERIES.read_text("utf-8"))]
    return _percentiles(index.search, queries)


def pages(settings: Settings) -> dict[str, float]:
    """Measure how long the real causes, treatments and answers take to be made, in milliseconds."""
    checker, _ = read_checker(settings.content, drawing_names(settings.static), settings.cache)
    browser = Client(create_app(settings, checker))
    addresses = [
        f"/{kind}/{file.stem}/"
        for kind in ("causes", "treatments", "faq")
        for file in sorted((PROJECT / "content" / kind).glob("*.md"))
    ]
    browser.get(addresses[0])
    return _percentiles(browser.get, addresses)


def _percentiles(measured: Callable[[str], object], asked: Iterable[str]) -> dict[str, float]:
    taken = []
    for one in asked:
        began = time.perf_counter()
        measured(one)
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return {"p50": taken[len(taken) // 2], "p99": taken[len(taken) * 99 // 100]}


def main(number: int) -> None:
    """Print all figures for a number of generated pages beside the real ones."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder) / "content", Path(folder) / "cache")
        write_content(number, settings.content)
        for name, measure in (
            ("cold start", start),
            ("warm start", start),
            ("search", searches),
            ("page", pages),
            ("edit to served", edit),
        ):
            figures = ", ".join(f"{what} {figure:.2f}" for what, figure in measure(settings).items())
            sys.stdout.write(f"{number} pages, {name}: {figures}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
