"""Workers that die, a server that is stopped, and content that changes, while visitors ask."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

from app.settings import PROJECT
from tests.changing import swap
from tests.faults.load import CROSSED, CUT, FRESH, REFUSED, Load, Loss
from tests.faults.servers import connections_of, workers_of
from tests.running import content_at, running, wait_for

KILLS = 100
RELOADS = 20
# The server ends when a worker dies within 5.5 s of its start; so the eldest of two is killed, and slowly.
BETWEEN = 3.0
# An error is the kill's when it comes within so many seconds on a connection that the killed worker held.
BLAMED = 5.0
STOP_SECONDS = 15.0
PAGE = "causes/sciatica.md"
TITLES = ("title: Sciatica", "title: Sciatica, changed")


def kill_workers() -> list[str]:
    """Kill a worker again and again: only what it held is lost."""
    held: list[tuple[float, frozenset[int]]] = []
    with (
        running(NERVEWISE_WORKERS="2", NERVEWISE_LOG="on", NERVEWISE_LIMITS="off") as server,
        Load(server.port) as load,
    ):
        for _ in range(KILLS):
            wait_for(lambda: len(workers_of(server.process)) == 2)
            time.sleep(BETWEEN)
            if _has_ended(server.process):
                break
            victim = workers_of(server.process)[0]
            # Stopped first, so that it takes up nothing more while its connections are read.
            os.kill(victim, signal.SIGSTOP)
            time.sleep(0.02)
            held.append((time.monotonic(), connections_of(victim, server.port)))
            os.kill(victim, signal.SIGKILL)
        time.sleep(BLAMED)
        ended = _has_ended(server.process)
    excused = {loss for loss in load.losses if _is_of_a_kill(loss, held)}
    rest = load.counted(excused)
    connections = sum(len(ports) for _, ports in held)
    return [
        f"Faults: {sum(rest.values()) + ended}.",
        f"- Lost on connections that no killed worker held: {dict(rest)}.",
        f"- {len(held)} workers of 2 were killed while {load.visitors} visitors asked.",
        f"- {sum(load.answered.values()):,} requests were answered: {dict(load.answered)}.",
        f"- The killed held {connections} connections; {len(excused)} requests were lost on them.",
        *(f"- {line}" for line in server.printed.splitlines() if '"kind": "fault"' in line),
        *(["- The server ended."] * ended),
    ]


def _is_of_a_kill(loss: Loss, held: list[tuple[float, frozenset[int]]]) -> bool:
    return any(0 <= loss.at - at < BLAMED and loss.port in ports for at, ports in held)


def stop_under_load() -> list[str]:
    """Stop the server by SIGTERM: what it took is answered whole, and it ends in time."""
    told, faults = [], 0
    for workers in ("1", "2"):
        with (
            running(NERVEWISE_WORKERS=workers, NERVEWISE_LOG="on", NERVEWISE_LIMITS="off") as server,
            Load(server.port) as load,
        ):
            time.sleep(2)
            before = load.counted()
            begun = time.monotonic()
            os.kill(server.process, signal.SIGTERM)
            wait_for(lambda: _has_ended(server.process))
            took = time.monotonic() - begun
        after = load.counted()
        after.subtract(before)
        faults += after[CUT] + after[FRESH] + sum(before.values()) + (took > STOP_SECONDS)
        told.append(
            f"{workers} workers: ended {took:.1f} s after SIGTERM; {sum(load.answered.values()):,} requests "
            f"answered, {after[CUT]} cut, {after[FRESH]} ended before an answer on a new connection, "
            f"{after[CROSSED]} on a kept one, {after[REFUSED]} refused afterwards; "
            f"{sum(before.values())} lost before SIGTERM."
        )
    return [f"Faults: {faults}.", *told]


def _has_ended(process: int) -> bool:
    # Nobody waits for it yet, so it stays as a zombie.
    return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"


def reload_under_load() -> list[str]:
    """Change the content and let it be taken up, with broken content between; nothing is lost."""
    refused, faults = 0, []
    with tempfile.TemporaryDirectory() as folder:
        content = shutil.copytree(PROJECT / "content", Path(folder) / "content")
        options = {"NERVEWISE_WORKERS": "2", "NERVEWISE_CONTENT": str(content), "NERVEWISE_LIMITS": "off"}
        with running(**options) as server, Load(server.port) as load:
            for number in range(RELOADS):
                (before,) = _contents(server.port)
                if number % 5 == 4:
                    swap(content / PAGE, "title:", "colour:")
                    _reload(server.process)
                    refused += 1
                    swap(content / PAGE, "colour:", "title:")
                    faults += ["broken content was taken up"] * (_contents(server.port) != {before})
                swap(content / PAGE, TITLES[number % 2] + "\n", TITLES[1 - number % 2] + "\n")
                _reload(server.process)
                faults += ["the old content is still served"] * (before in _contents(server.port))
            faults += ["broken content was not told"] * (server.printed.count("served on") != refused)
    lost = load.counted()
    answered, median = sum(load.answered.values()), load.median * 1000
    return [
        f"Faults: {sum(lost.values()) + len(faults)}. Lost: {dict(lost)}. {' '.join(faults)}".strip(),
        f"- {RELOADS} times the content changed, and {refused} times it was broken.",
        f"- {load.visitors} visitors were answered {answered:,} requests meanwhile.",
        f"- The median took {median:.1f} ms, the slowest {max(load.seconds):.2f} s.",
    ]


def _reload(process: int) -> None:
    """Tell a server to take up new content, and wait until each worker has given way to another one."""
    old = set(workers_of(process))
    os.kill(process, signal.SIGHUP)
    wait_for(lambda: len(now := workers_of(process)) == len(old) and old.isdisjoint(now))


def _contents(port: int) -> set[str]:
    """Give the contents that are served: two while one worker has changed and the other has not."""
    return {content_at(port) for _ in range(12)}
