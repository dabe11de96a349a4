"""How the site holds with many pages: its start, its searches, its pages and its memory, and one edited page.

`worker` and `edit` measure; `tests.benchmarks.scale_rows` makes rows of it.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import yaml
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from app.live_site import LiveSite
from app.serving import Site
from app.settings import PROJECT, Settings
from tests.benchmarks.running import SERVER_CORE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from wsgiref.types import WSGIApplication, WSGIEnvironment

T = TypeVar("T")
QUERIES = PROJECT / "tests" / "search" / "queries.yaml"
TIMES_SERVED = 20
_STATUS = Path("/proc/self/status")
_READY = "ready\n"


def settings_for(content: Path, cache: Path) -> Settings:
    """Give the settings for a content folder, without limits, since one visitor asks for everything."""
    settings = Settings(environment="production", secret_key=secrets.token_hex())
    return replace(settings, content=content, cache=cache, limits=False)


def worker(settings: Settings) -> dict[str, float]:
    """Measure a worker in a process of its own, pinned to one core.

    Returns:
        `start`: the seconds from the start of the process to its first answer; `megabytes`: the memory that
        it held in the end. And the milliseconds that 99 in 100 answers took at most, by the clock and, as
        `…_cpu`, of the processor: `search`; `cause`: the first drawing of the page of a cause; `page`: that
        of any page; `served`: those pages when they are asked for again.
    """
    code = "from tests.benchmarks.scale import work; import sys; work(*sys.argv[1:])"
    began = time.perf_counter()
    command = [sys.executable, "-c", code, str(settings.content), str(settings.cache)]
    with subprocess.Popen(  # noqa: S603 - this project's own code
        ["taskset", "-c", str(SERVER_CORE), *command],  # noqa: S607 - as in running.py
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        if process.stdout is None or process.stdout.readline() != _READY:
            raise RuntimeError("the worker gave no answer")
        seconds = time.perf_counter() - began
        figures: dict[str, float] = json.loads(process.communicate()[0])
    return {"start": seconds, **figures}


def work(content: str, cache: str) -> None:
    """Start the site as a server does, say when its first page is shown, then answer searches and pages."""
    application = Site(settings_for(Path(content), Path(cache))).application()
    browser = Client(application)
    _get(browser, "/")
    sys.stdout.write(_READY)
    sys.stdout.flush()
    queries = [one["query"] for one in yaml.safe_load(QUERIES.read_text("utf-8"))]
    search = _taken(lambda query: _get(browser, "/search/", q=query), queries)
    causes, treatments, faq = (
        [f"/{kind}/{file.stem}/" for file in sorted((PROJECT / "content" / kind).glob("*.md"))]
        for kind in ("causes", "treatments", "faq")
    )
    _get(browser, causes.pop(0))
    cause = _taken(lambda address: _get(browser, address), causes)
    page = cause + _taken(lambda address: _get(browser, address), treatments + faq)
    requests = [
        EnvironBuilder(path=address, headers=[("Accept-Encoding", "gzip")]).get_environ()
        for address in causes + treatments + faq
    ]
    served = _taken(lambda request: _serve(application, request), requests * TIMES_SERVED)
    line = next(line for line in _STATUS.read_text("utf-8").splitlines() if line.startswith("VmRSS"))
    figures = {"megabytes": int(line.split()[1]) / 1024}
    for name, taken in (("search", search), ("cause", cause), ("page", page), ("served", served)):
        figures[name], figures[f"{name}_cpu"] = map(_hundredth, zip(*taken, strict=True))
    sys.stdout.write(json.dumps(figures))


def edit(settings: Settings, sentence: str) -> float:
    """Measure the seconds from a sentence that is added to a page to its answer, while writing."""
    browser = Client(LiveSite(replace(settings, environment="development")))
    _get(browser, "/treatments/heat/")
    file = settings.content / "treatments" / "heat.md"
    file.write_text(f"{file.read_text('utf-8')}\n{sentence}\n", "utf-8")
    began = time.perf_counter()
    answer = _get(browser, "/treatments/heat/")
    seconds = time.perf_counter() - began
    if sentence not in answer:
        raise RuntimeError("the page was served as it was before")
    return seconds


def _get(browser: Client, path: str, **query: str) -> str:
    answer = browser.get(path, query_string=query)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return answer.get_data(as_text=True)


def _serve(application: WSGIApplication, request: WSGIEnvironment) -> None:
    """Ask as a server does: without the test client, which takes longer than a page that is ready."""
    body, status, _ = run_wsgi_app(application, request)
    if not status.startswith("200 ") or not b"".join(body):
        raise RuntimeError(f"{request['PATH_INFO']}: {status}")


def _taken(measured: Callable[[T], object], asked: Iterable[T]) -> list[tuple[float, float]]:
    """Give the milliseconds that each took, by the clock and of the processor."""
    taken = []
    for one in asked:
        began, before = time.perf_counter(), time.thread_time()
        measured(one)
        worked = (time.thread_time() - before) * 1000
        taken.append(((time.perf_counter() - began) * 1000, worked))
    return taken


def _hundredth(values: Sequence[float]) -> float:
    return sorted(values)[len(values) * 99 // 100]
