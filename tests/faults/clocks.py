"""A clock that jumps: pages go on, and sessions end when their time is up."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.running import ask, running

LIBRARIES = "/usr/lib/*/faketime/libfaketime.so.1"
PATHS = ("/", "/causes/sciatica/", "/search/?q=arm", "/check/", "/readyz")
# By how much the clock differs, and what a visitor who began before the first jump is answered then.
JUMPS = {"+1h": 200, "+2d": 400, "-1d": 200, "+400d": 400, "-3650d": 200, "+0d": 200}


def jump() -> list[str]:
    """Set the clock of a running server forth and back."""
    libraries = sorted(Path("/").glob(LIBRARIES[1:]))
    if not libraries:
        return ["Faults: 0.", "Not tried: libfaketime is not installed."]
    told, faults = [], 0
    with tempfile.TemporaryDirectory() as folder:
        clock = Path(folder) / "clock"
        clock.write_text("+0d", "ascii")
        options = {
            "LD_PRELOAD": str(libraries[0]),
            "FAKETIME_TIMESTAMP_FILE": str(clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        with running(NERVEWISE_WORKERS="1", NERVEWISE_LOG="on", **options) as server:
            cookie = ask(server.port, "/check/begin/").headers["Set-Cookie"].partition(";")[0]
            for jumped, expected in JUMPS.items():
                clock.write_text(jumped, "ascii")
                pages = [ask(server.port, path) for path in PATHS]
                session = ask(server.port, "/check/danger-now/", cookie).status
                good = {page.status for page in pages} == {200} and session == expected
                faults += not good
                statuses = [page.status for page in pages]
                told.append(
                    f"- {jumped}: {pages[0].headers['Date']}, pages {statuses}, the visitor {session}"
                )
    faults += "Traceback" in server.printed
    return [f"Faults: {faults}.", *told]
