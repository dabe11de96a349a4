"""Running the site: a production server, and one for writing that shows every change and every problem."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import click
from flask import Flask, render_template
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from jinja2 import StrictUndefined
from werkzeug.serving import is_running_from_reloader, run_simple

from app.checker.knowledge import read_checker
from app.content.problems import ContentError
from app.factory import create_app
from app.search.index import SearchIndex
from app.settings import Settings, SettingsError, drawing_names
from app.web import assets, headers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from app.content.problems import Problem

# Pages are made in memory: a few threads a worker keep a core busy.
THREADS = 4
# A worker that is still starting when the site is told to stop is not waited for longer than this.
STOP_SECONDS = 5


def serve_production(settings: Settings) -> None:
    """Serve until told to stop; every worker has the same secret.

    Raises:
        ContentError: the content has problems; nothing is served then.
        SettingsError: the port is taken.
    """
    read_checker(settings.content, drawing_names(settings.static))
    _check_port_is_free(settings)
    if settings.secret_is_made_up:
        click.echo("SECRET_KEY is not set: one was made up for this start; answers are lost when it ends.")
    # Workers import the application anew, so what was made up here reaches them by the environment.
    os.environ["SECRET_KEY"] = settings.secret_key
    click.echo(f"Nervewise is at http://{settings.host}:{settings.port}")
    Server(
        "app.serving:make_application",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()


def _check_port_is_free(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise SettingsError(
                f"PORT {settings.port} cannot be used: {error.strerror}; set PORT to another"
            ) from error


def make_application() -> Flask:
    """Make the application of one worker from the environment."""
    settings = Settings.read(os.environ)
    checker, _ = read_checker(settings.content, drawing_names(settings.static))
    return create_app(settings, checker, SearchIndex.of(checker.library))


def serve_development(settings: Settings) -> None:
    """Serve for writing: code, templates and content are read again when they change."""
    os.environ["SECRET_KEY"] = settings.secret_key
    if not is_running_from_reloader():
        click.echo(f"Nervewise for writing is at http://{settings.host}:{settings.port}")
    run_simple(settings.host, settings.port, LiveSite(settings), use_reloader=True, threaded=True)


class LiveSite:
    """A WSGI application that makes itself anew whenever a file of the site has changed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.seen: frozenset[tuple[str, int]] = frozenset()
        self.app: Flask | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request with the site as its files are now."""
        folders = (self.settings.content, self.settings.templates, self.settings.static)
        now = frozenset(_stamps(folders))
        if self.app is None or now != self.seen:
            self.seen = now
            self.app = self._make()
        return self.app(environ, start_response)

    def _make(self) -> Flask:
        try:
            checker, _ = read_checker(self.settings.content, drawing_names(self.settings.static))
        except ContentError as error:
            return problems_app(self.settings, error.problems)
        return create_app(self.settings, checker)


def problems_app(settings: Settings, problems: tuple[Problem, ...]) -> Flask:
    """Make an application whose every page lists what is wrong with the content."""
    app = Flask(__name__, static_folder=None, template_folder=str(settings.templates))
    app.config.update(STATIC=settings.static, SESSION_COOKIE_SECURE=False)
    app.jinja_env.undefined = StrictUndefined
    assets.register(app)
    headers.register(app)

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def show(path: str) -> tuple[str, int]:
        del path
        return render_template("errors/content_problems.html", problems=problems), 500

    return app


def _stamps(folders: Iterable[Path]) -> Iterable[tuple[str, int]]:
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file():
                yield str(file), file.stat().st_mtime_ns
