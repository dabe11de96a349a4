"""Serving for who writes: each change is shown at once; while the content has problems, these are shown."""

from __future__ import annotations

import gc
import os
import traceback
from typing import TYPE_CHECKING

import click
from flask import Flask, render_template
from jinja2 import BytecodeCache, StrictUndefined
from werkzeug.serving import is_running_from_reloader, run_simple
from werkzeug.wsgi import ClosingIterator

from app.checker.knowledge import read_checker
from app.content.collecting import seldom_collected
from app.content.problems import ContentError
from app.factory import create_app
from app.settings import drawing_names
from app.web import assets, headers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from jinja2.bccache import Bucket

    from app.content.problems import Problem
    from app.settings import Settings


def serve_development(settings: Settings) -> None:
    """Serve for writing: code, templates and content are read again when they change."""
    os.environ["SECRET_KEY"] = settings.secret_key
    if not is_running_from_reloader():
        click.echo(f"Nervewise for writing is at http://{settings.host}:{settings.port}")
    run_simple(settings.host, settings.port, LiveSite(settings), use_reloader=True, threaded=True)


class CompiledTemplates(BytecodeCache):
    """The templates as compiled, kept for the sites that are made anew; a changed one is compiled anew."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a template's bucket, if its source is as it was."""
        checksum, code = self.kept.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket was filled with."""
        self.kept[bucket.key] = bucket.checksum, bucket.bytecode_to_string()


class LiveSite:
    """A WSGI application that makes itself anew whenever a file of the site has changed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.seen: frozenset[tuple[str, int]] = frozenset()
        self.app: Flask | None = None
        self.compiled = CompiledTemplates()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request with the site as its files are now."""
        folders = (self.settings.content, self.settings.templates, self.settings.static)
        now = frozenset(_stamps(folders))
        if self.app is not None and now == self.seen:
            return self.app(environ, start_response)
        with seldom_collected():
            self.seen = now
            self.app = self._make()
            answer = self.app(environ, start_response)
        # The site as it was is cleared away when the writer has the page, not before.
        return ClosingIterator(answer, _clear_away)

    def _make(self) -> Flask:
        try:
            drawings = drawing_names(self.settings.static)
            checker, _ = read_checker(self.settings.content, drawings, self.settings.cache)
        except ContentError as error:
            return problems_app(self.settings, error.problems)
        app = create_app(self.settings, checker, tell_fault=traceback.print_exception)
        app.jinja_env.bytecode_cache = self.compiled
        return app


def _clear_away() -> None:
    gc.collect()


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
