"""What is measured of pages and of the checker under load."""

from __future__ import annotations

import gzip
import re
import statistics
import sys
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.serving import THREADS
from tests.benchmarks.plain_text import write_plain
from tests.benchmarks.rows import Row, middle, ratio
from tests.benchmarks.running import HOST, free_port, load, running
from tests.benchmarks.walk import steps_per_second

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "/causes/carpal-tunnel-syndrome/"
CONNECTIONS = 16
VISITORS = 4
HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
COMPARED = HERE.parents[1] / ".venv-bench" / "bin" / "python"
KILOBYTE = 1024
_LINKED = re.compile(r'<(?:script|img)[^>]* src="([^"]+)"|<link rel="(?:stylesheet|icon)"\s+href="([^"]+)"')


@contextmanager
def site(**environ: str) -> Iterator[tuple[int, int]]:
    """Run the site with one worker; yields its port and the number of its process."""
    port = free_port()
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve"]
    # One address asks for more here than the limits grant to a visitor.
    settings = {"PORT": str(port), "NERVEWISE_WORKERS": "1", "NERVEWISE_LIMITS": "off", **environ}
    with running(command, port, settings) as process:
        yield port, process


@contextmanager
def application(module: str, **environ: str) -> Iterator[int]:
    """Run one of the applications of this folder."""
    port = free_port()
    command = [str(COMPARED), "-m", "tests.benchmarks.app_served", module, str(port), str(THREADS)]
    with running(command, port, environ):
        yield port


@contextmanager
def nginx(folder: Path, page: bytes) -> Iterator[int]:
    """Run nginx with one worker over one page, packed beforehand."""
    port = free_port()
    # Its worker may run as another user.
    folder.chmod(0o755)
    (folder / "index.html.gz").write_bytes(page)
    (folder / "index.html").write_bytes(gzip.decompress(page))
    (folder / "nginx.conf").write_text(
        f"""worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
        events {{ worker_connections 1024; }}
        http {{
          access_log off; keepalive_requests 1000000000; sendfile on; tcp_nopush on;
          types {{ text/html html; }}
          server {{ listen {HOST}:{port}; root {folder}; gzip_static on; }}
        }}""",
        "utf-8",
    )
    with running(["nginx", "-e", folder / "error.log", "-c", folder / "nginx.conf"], port):
        yield port


def fetch(port: int, path: str, encoding: str) -> bytes:
    """Get a page as its bytes go over the wire."""
    request = urllib.request.Request(f"http://{HOST}:{port}{path}", headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - the machine itself
        body: bytes = answer.read()
        return body


def page_rows(folder: Path, rounds: int, seconds: int) -> dict[str, Row]:
    """Measure a cause page against nginx, against making it for each request, and against Flask-FlatPages."""
    write_plain(CONTENT, folder / "pages", '---\ntitle: "{}"\n---')
    with ExitStack() as stack:
        ours, _ = stack.enter_context(site())
        drawn, _ = stack.enter_context(site(NERVEWISE_READY_MB="0"))
        flat = stack.enter_context(application("flatpages_app", FLATPAGES=str(folder / "pages")))
        static = stack.enter_context(nginx(folder, fetch(ours, PAGE, "gzip")))
        urls = {
            "ours": f"http://{HOST}:{ours}{PAGE}",
            "nginx": f"http://{HOST}:{static}/index.html",
            "drawn": f"http://{HOST}:{drawn}{PAGE}",
            "flat": f"http://{HOST}:{flat}{PAGE}",
        }
        rates: dict[str, list[float]] = {name: [] for name in urls}
        for _ in range(rounds):
            for name, url in urls.items():
                rates[name].append(load(url, CONNECTIONS, seconds).per_second)
        connections = _paced_connections(urls["ours"], statistics.median(rates["ours"]) / 2)
        slow: dict[str, list[float]] = {"ours": [], "nginx": []}
        for _ in range(rounds):
            for name, taken in slow.items():
                taken.append(load(urls[name], connections, seconds, HERE / "pace.lua").p99)
        first_view = _first_view(ours)
    told = {name: f"{middle(values)} a second" for name, values in rates.items()}
    return {
        "page": Row(
            "A cause page, gzip, 16 connections kept open, one worker: requests a second against nginx "
            "with a static file",
            ratio(rates["ours"], rates["nginx"]),
            ("at least", 0.7),
            f"site {told['ours']}, nginx {told['nginx']}",
        ),
        "drawn": Row(
            "The same against Flask drawing each answer",
            ratio(rates["ours"], rates["drawn"]),
            ("at least", 20),
            f"Flask {told['drawn']}",
        ),
        "flat": Row(
            "The same against Flask-FlatPages with the same text in a bare template",
            ratio(rates["ours"], rates["flat"]),
            None,
            f"Flask-FlatPages {told['flat']}",
        ),
        "p99": Row(
            f"Latency of a page, 99 in 100, near half of the top load ({connections} connections that pause "
            "a millisecond), against nginx at the same",
            ratio(slow["ours"], slow["nginx"]),
            ("at most", 3),
            f"site {middle(slow['ours'])} ms, nginx {middle(slow['nginx'])} ms",
        ),
        "first view": Row(
            "First view of a cause page, all requests, brotli, in KB",
            first_view / KILOBYTE,
            ("at most", 30),
            "bodies alone",
        ),
    }


def _paced_connections(url: str, wanted: float) -> int:
    """Find how many connections that pause a millisecond come near a rate."""
    connections = max(1, round(wanted / 1000))
    for _ in range(3):
        reached = load(url, connections, 1, HERE / "pace.lua").per_second
        connections = max(1, round(connections * wanted / reached))
    return connections


def _first_view(port: int) -> int:
    page = fetch(port, PAGE, "identity").decode()
    linked = {one or other for one, other in _LINKED.findall(page)}
    return sum(len(fetch(port, path, "br")) for path in (PAGE, *sorted(linked)))


def checker_rows(rounds: int, seconds: int) -> dict[str, Row]:
    """Measure a step of the checker against the smallest form with Flask-WTF."""
    steps: dict[str, list[float]] = {"ours": [], "form": []}
    options: dict[str, float] = {}
    with site() as (ours, _), application("form_app") as form:
        for _ in range(rounds):
            for name, port, start in (("ours", ours, "/check/begin/"), ("form", form, "/")):
                rate, offered = steps_per_second(port, start, VISITORS, seconds)
                steps[name].append(rate)
                options[name] = offered
    return {
        "checker": Row(
            "A step of the checker (form with token, redirect, next page) against the smallest form "
            "with Flask-WTF",
            ratio(steps["ours"], steps["form"]),
            ("at least", 0.5),
            f"checker {middle(steps['ours'])} a second with {options['ours']:.0f} options a page, "
            f"form {middle(steps['form'])} with {options['form']:.0f}",
        )
    }
