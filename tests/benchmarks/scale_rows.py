"""What is measured of a site with many pages."""

from __future__ import annotations

import re
import sys
import time
import urllib.error
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.generated import write_content
from tests.benchmarks.rows import Row, middle, ratio
from tests.benchmarks.running import HOST, free_port, load, running
from tests.benchmarks.serving_rows import PAGE, fetch, site

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW, WRITING, MANY = 100, 1000, 10_000
SEARCHES = ("tingling", "pinched nerve in the neck", "numb fingers at night", "twiching eyelid", "calf cramp")
ASKED = 200
MEGABYTE = 1024
LONGEST_WAIT = 120
EDITED = "causes/carpal-tunnel-syndrome.md"


def scale_rows(folder: Path, rounds: int, seconds: int) -> dict[str, Row]:
    """Measure searches, pages, start and memory with many pages and with few."""
    for pages in (FEW, MANY):
        write_content(pages, folder / str(pages))
    # The first start may keep what it has read; the second is the warm one.
    with site(NERVEWISE_CONTENT=str(folder / str(MANY))) as (port, _):
        fetch(port, PAGE, "gzip")
    with ExitStack() as stack:
        begun = time.perf_counter()
        many, process = stack.enter_context(site(NERVEWISE_CONTENT=str(folder / str(MANY))))
        fetch(many, PAGE, "gzip")
        start = time.perf_counter() - begun
        few, _ = stack.enter_context(site(NERVEWISE_CONTENT=str(folder / str(FEW))))
        searches: dict[int, list[float]] = {many: [], few: []}
        loaded: dict[int, list[float]] = {many: [], few: []}
        for _ in range(rounds):
            for port in (many, few):
                searches[port].append(_search_p99(port))
                loaded[port].append(load(f"http://{HOST}:{port}{PAGE}", 1, seconds).p99)
        memory = _largest_memory(process)
    return {
        "search": Row(
            f"A search over {MANY:,} pages, 99 in 100, in ms",
            ratio(searches[many], [1]),
            ("at most", 20),
            middle(searches[many]),
        ),
        "search growth": Row(
            f"The same against {FEW} pages",
            ratio(searches[many], searches[few]),
            ("at most", 1.3),
            f"{middle(searches[few])} ms",
        ),
        "page growth": Row(
            f"A page, 99 in 100, one connection, with {MANY:,} pages against {FEW}",
            ratio(loaded[many], loaded[few]),
            ("at most", 1.3),
            f"{middle(loaded[many])} ms, {middle(loaded[few])} ms",
        ),
        "start": Row(
            f"Warm start with {MANY:,} pages to the first answer, in s", start, ("at most", 5), "once"
        ),
        "memory": Row(
            f"Memory of one worker with {MANY:,} pages, in MB", memory, ("at most", 400), "resident, once"
        ),
    }


def writing_rows(folder: Path, rounds: int) -> dict[str, Row]:
    """Measure how soon an edited page is shown while writing."""
    content = folder / "writing"
    write_content(WRITING, content)
    port = free_port()
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--dev"]
    taken = []
    with running(command, port, {"PORT": str(port), "NERVEWISE_CONTENT": str(content)}):
        _wait_for(port, "Carpal tunnel syndrome")
        text = (content / EDITED).read_text("utf-8")
        for number in range(rounds):
            title = f"Carpal tunnel syndrome {number}"
            begun = time.perf_counter()
            edited = re.sub("^title: .*$", f"title: {title}", text, flags=re.MULTILINE)
            (content / EDITED).write_text(edited, "utf-8")
            _wait_for(port, f"<title>{title}")
            taken.append(time.perf_counter() - begun)
    return {
        "writing": Row(
            f"From an edited page to its answer in 'serve --dev', {WRITING:,} pages, in s",
            ratio(taken, [1]),
            ("at most", 1),
            middle(taken),
        )
    }


def _search_p99(port: int) -> float:
    taken = []
    for number in range(ASKED):
        path = f"/search/?q={SEARCHES[number % len(SEARCHES)].replace(' ', '+')}"
        begun = time.perf_counter()
        fetch(port, path, "gzip")
        taken.append((time.perf_counter() - begun) * 1000)
    return _hundredth(taken)


def _hundredth(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.99) - 1]


def _wait_for(port: int, words: str) -> None:
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end:
        try:
            if words in fetch(port, PAGE, "identity").decode():
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise RuntimeError(f"'{words}' did not come within {LONGEST_WAIT} s")


def _largest_memory(process: int) -> float:
    """Give the resident memory of the largest process of a site, its worker, in megabytes."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()
    sizes = [
        int(found[1])
        for number in (str(process), *children)
        if (found := re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{number}/status").read_text("utf-8")))
    ]
    return max(sizes) / MEGABYTE
