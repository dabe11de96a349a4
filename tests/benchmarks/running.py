"""Programs that are measured, each pinned to one core, and the load on them, from another core."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SERVER_CORE = 0
LOAD_CORE = 1
START_SECONDS = 120
HOST = "127.0.0.1"
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did under load; latencies in milliseconds."""

    per_second: float
    p99: float


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str | Path], port: int, environ: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Run a server on the server's core for the length of the block.

    Args:
        command: the program with its arguments.
        port: the port that it listens on when it is ready.
        environ: what is set in its environment besides.

    Yields:
        The number of its process.

    Raises:
        RuntimeError: it ended, or did not listen in time.
    """
    process = subprocess.Popen(  # noqa: S603 - the commands are those of this folder
        ["taskset", "-c", str(SERVER_CORE), *map(str, command)],  # noqa: S607 - likewise
        env={**os.environ, **(environ or {})},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(process, port)
        yield process.pid
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        time.sleep(0.02)
    raise RuntimeError(f"{process.args!r} does not listen on {port}")


def load(
    url: str, connections: int, seconds: int, script: Path | None = None, encoding: str = "gzip"
) -> Load:
    """Ask for an address again and again with wrk.

    Args:
        url: what is asked for.
        connections: how many connections are kept open.
        seconds: for how long.
        script: a Lua script for wrk.
        encoding: what the header Accept-Encoding says.

    Raises:
        RuntimeError: wrk said nothing that is understood, or some requests failed.
    """
    command = [
        "taskset",
        "-c",
        str(LOAD_CORE),
        "wrk",
        "--latency",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
    ]
    command += ["-H", f"Accept-Encoding: {encoding}", *(["-s", str(script)] if script else []), url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - as above
    found = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None or rate is None:
        raise RuntimeError(f"wrk said: {said}")
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"not every request to {url} was answered well: {said}")
    return Load(float(rate[1]), float(found[1]) * _UNITS[found[2]])
