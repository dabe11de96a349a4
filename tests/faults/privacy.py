"""What visitors type and answer is sent through a running server, and then looked for in all that stays."""

from __future__ import annotations

import http.client
import random
import tempfile
from pathlib import Path
from urllib.parse import quote

from app.settings import Settings
from tests.faults.fuzzing import site_of
from tests.faults.inside import maker_of
from tests.faults.journeys import FORM
from tests.faults.judging import inputs_in
from tests.faults.servers import workers_of
from tests.running import free_port, read, running

MARK = "xyzzymarked"
JOURNEYS = 5
LONGEST = 20


def trace() -> list[str]:
    """Look for what was typed and answered in the log, the figures, files, command lines and environments."""
    app, checker = site_of(Settings.read({}))
    maker = maker_of(app, checker, random.Random(1))  # noqa: S311 - no secret hangs on it
    figures = free_port()
    with tempfile.TemporaryDirectory() as folder:
        options = {
            "NERVEWISE_LOG": "on",
            "NERVEWISE_LIMITS": "off",
            "NERVEWISE_WORKERS": "2",
            "NERVEWISE_METRICS": str(figures),
        }
        with running(TMPDIR=folder, **options) as server:
            sent = 0
            secrets = {MARK}
            for address in maker.addresses:
                marked = {"User-Agent": MARK, "Referer": MARK, "X-Forwarded-For": MARK}
                _ask(server.port, "GET", f"{address}?q={MARK}&{MARK}={MARK}", marked)
                _ask(server.port, "POST", address, {"Content-Type": FORM}, f"q={MARK}")
                _ask(server.port, MARK.upper(), f"{address}{MARK}", {"Cookie": f"nervewise={MARK}"})
                sent += 3
            for _ in range(JOURNEYS):
                secrets |= _journey(server.port, maker.random)
            places = {"figures": read(figures, "/metrics")}
            for process in (server.process, *workers_of(server.process)):
                for name in ("cmdline", "environ"):
                    text = Path(f"/proc/{process}/{name}").read_bytes().decode("utf-8", "replace")
                    places[f"{name} of {process}"] = text
            for file in Path(folder).rglob("*"):
                places[f"file {file.name}"] = file.name + (
                    file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
                )
        places["log"] = server.printed
    traces = [
        f"{place} holds {secret!r}"
        for place, text in places.items()
        for secret in sorted(secrets)
        if secret.casefold() in text.casefold()
    ]
    lines = places["log"].count("\n")
    return [
        f"{sent} marked requests and {JOURNEYS} visitors of the checker.",
        f"{len(secrets)} texts were looked for in {len(places)} places; the log held {lines} lines.",
        f"Faults: {len(traces)}.",
        *(f"- {one}" for one in traces),
    ]


def _journey(port: int, chance: random.Random) -> set[str]:
    """Answer the questions of the checker; give what was answered, and the cookies that held it."""
    secrets: set[str] = set()
    response, body = _ask(port, "GET", "/check/begin/", {})
    cookie = response.headers["Set-Cookie"].partition(";")[0]
    address = response.headers["Location"]
    for _ in range(LONGEST):
        secrets.add(cookie.partition("=")[2])
        response, body = _ask(port, "GET", address, {"Cookie": cookie})
        fields = inputs_in(body)
        hidden = [(one["name"], one["value"]) for one in fields if one.get("type") == "hidden"]
        choices = [one["value"] for one in fields if one.get("name") == "chosen"]
        if not choices:
            return secrets
        chosen = chance.choice(choices)
        secrets |= {chosen} if "." in chosen else set()
        form = "&".join(f"{name}={quote(value)}" for name, value in (*hidden, ("chosen", chosen)))
        response, _ = _ask(port, "POST", address, {"Cookie": cookie, "Content-Type": FORM}, form)
        cookie = response.headers.get("Set-Cookie", cookie).partition(";")[0]
        address = response.headers.get("Location", "/check/answers/")
    return secrets


def _ask(
    port: int, method: str, address: str, headers: dict[str, str], body: str | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, address, body, headers)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()
