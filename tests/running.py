"""Starting the site as an operator does, and asking it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMAND = str(Path(sys.executable).with_name("nervewise"))
OUR_SETTINGS = ("SECRET_KEY", "HOST", "PORT")
PATIENCE = 30.0


def free_port() -> int:
    """Give a port that nobody uses now."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        return int(holder.getsockname()[1])


def environ_with(**settings: str) -> dict[str, str]:
    """Give the environment with these settings of the site and no others."""
    ours = {name for name in os.environ if name.startswith("NERVEWISE_")} | set(OUR_SETTINGS)
    ours.discard("NERVEWISE_CACHE")
    return {**{name: value for name, value in os.environ.items() if name not in ours}, **settings}


def start(*options: str, **settings: str) -> subprocess.Popen[str]:
    """Start the server as an operator does; what it prints is kept to be read at its end."""
    return start_into(subprocess.PIPE, *options, **settings)


def start_into(output: IO[bytes] | int, *options: str, **settings: str) -> subprocess.Popen[str]:
    """Start the server; what it prints goes into a file."""
    return subprocess.Popen(  # noqa: S603 - the project's own command
        [COMMAND, "serve", *options],
        env=environ_with(**settings),
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def printed_by(server: subprocess.Popen[str]) -> str:
    """Wait for a server to end, and give what it printed; one that does not is killed, and the test fails."""
    try:
        return server.communicate(timeout=PATIENCE)[0]
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.communicate()
        raise AssertionError("the server did not end") from None


def ask(port: int, path: str, cookie: str = "") -> HTTPResponse:
    """Ask a running server over a connection of its own."""
    return _ask(port, path, cookie)[0]


def read(port: int, path: str) -> str:
    """Give the body of what a running server answers."""
    return _ask(port, path, "")[1].decode()


def _ask(port: int, path: str, cookie: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def content_at(port: int) -> str:
    """Give the content that a running server serves."""
    return str(json.loads(read(port, "/readyz"))["content"])


def wait_until_ready(server: subprocess.Popen[str], port: int) -> None:
    """Return when the server answers; fail when it ends or takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, server.stdout and server.stdout.read()
        try:
            ask(port, "/")
        except (ConnectionError, TimeoutError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not answer")


@dataclass
class Running:
    """A running server, or one that ran."""

    port: int
    process: int
    file: IO[bytes]
    kept: str = ""

    @property
    def printed(self) -> str:
        """Give what it printed so far."""
        return self.kept or os.pread(self.file.fileno(), os.fstat(self.file.fileno()).st_size, 0).decode()


@contextmanager
def running(*options: str, **settings: str) -> Iterator[Running]:
    """Run the server; what it printed can be read after the block, too."""
    port = free_port()
    with (
        tempfile.TemporaryFile() as output,
        start_into(output, *options, PORT=str(port), **settings) as process,
    ):
        server = Running(port, process.pid, output)
        try:
            wait_until_ready(process, port)
            yield server
        finally:
            process.terminate()
            printed_by(process)
            server.kept = server.printed


def wait_for(condition: Callable[[], bool]) -> None:
    """Return when it holds; fail when that takes too long."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
