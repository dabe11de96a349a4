"""Serve one of the applications of this folder by granian, as the site is served: `MODULE PORT THREADS`."""

from __future__ import annotations

import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

if __name__ == "__main__":
    module, port, threads = sys.argv[1:]
    Server(
        f"tests.benchmarks.{module}:make_application",
        factory=True,
        interface=Interfaces.WSGI,
        address="127.0.0.1",
        port=int(port),
        workers=1,
        blocking_threads=int(threads),
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()
