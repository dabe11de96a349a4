"""Serving to visitors: workers that share what was read once, and take up new content without a stop."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

import click
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketSpec  # type: ignore[attr-defined]  # named otherwise where it is made
from granian.server.mp import MPServer

from app.checker.knowledge import read_checker
from app.content.collecting import seldom_collected
from app.content.problems import ContentError
from app.factory import create_app
from app.search.index import SearchIndex
from app.settings import SettingsError, drawing_names
from app.web import metrics
from app.web.crowding import Pulse
from app.web.observing import Observed, RequestLog
from app.web.ready import ReadyPages
from app.web.succession import Succession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.types import WSGIApplication

    from app.checker.outcome import Checker
    from app.settings import Settings
    from app.web.observing import Exchange

# Two keep a core busy; more of them wait for each other, and a ready page is answered a fifth more slowly.
THREADS = 2
# How many visitors a worker takes up at a time, and how many wait to be taken up by any. In a longer line all
# would be answered when they have gone, and nobody in time. A connection that is idle is closed (see HTTP1).
CONNECTIONS = 256
WAITING = 256
# What a worker still answers when the site is told to stop, or to take up new content, has this long.
STOP_SECONDS = 10
# A browser sends its headers at once; 10 seconds are enough for the slowest line. Granian has no such limit
# for the body: who sends it slowly keeps a thread busy. A server in front that takes a form whole before it
# passes it on, as nginx does, is what guards against that.
HTTP1 = HTTP1Settings(header_read_timeout=10_000, max_buffer_size=64 * 1024)
MEGABYTE = 1024 * 1024
# A worker whose figures are on a disk that runs full is ended by the system: so they are kept in memory.
SHARED_MEMORY = "/dev/shm"  # noqa: S108 - a folder of its own is made in it, which nobody else can enter
# How long the old worker goes on beside the new one, so that at no moment nobody answers.
OVERLAP_SECONDS = 1.0


class Site:
    """The site that is served: made before the workers are forked, which share it and answer at once."""

    @seldom_collected()
    def __init__(self, settings: Settings) -> None:
        """Read the content, and make the site of it.

        Raises:
            ContentError: the content has problems.
        """
        self._settings = settings
        self._pulse = Pulse(settings.host, settings.port)
        self._succession = Succession()
        self._take_up(self._read())
        # What the collector never looks at again is never copied for a worker. It need not look even now: of
        # all that was read, nothing was dropped in a circle.
        gc.freeze()

    @seldom_collected()
    def read_anew(self) -> None:
        """Take up the content as its files are now; where they have problems, say so and keep the old.

        In either case the server lets new workers take the place of those that it has.
        """
        _say("The content is read anew.", err=True)
        try:
            checker = self._read()
            self._take_up(checker)
        except (ContentError, OSError) as error:
            _say(f"The content as it was is served on, for the new one has problems:\n{error}", err=True)
        else:
            # What was served before goes.
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            _say(f"The content is now {checker.digest}.", err=True)
        self._succession.begin_next()

    def application(self) -> WSGIApplication:
        """Make what one worker serves; to be called in the worker, since threads do not outlive a fork."""
        observers: list[Callable[[Exchange], None]] = []
        if self._settings.log:
            observers.append(RequestLog().write)
        if self._settings.metrics is not None:
            observers.append(metrics.counting())
        self._pulse.begin()
        answering = Observed(self._ready, observers) if observers else self._ready
        return self._succession.answering(self._pulse.answering(answering))

    def _read(self) -> Checker:
        settings = self._settings
        return read_checker(settings.content, drawing_names(settings.static), settings.cache)[0]

    def _take_up(self, checker: Checker) -> None:
        # What all pages share is reckoned here, once, and not by each worker at its first article.
        checker.library.kinship  # noqa: B018 - a cached property
        index = SearchIndex.of(checker.library, self._settings.cache)
        app = create_app(self._settings, checker, index, is_crowded=self._pulse.is_late)
        self._ready = ReadyPages(app, self._settings.ready_mb * MEGABYTE, app.config["TODAY"])


class OneSocketServer(MPServer):
    """A server whose workers take up connections from one socket.

    Granian gives each worker a socket of its own, as it does on Linux for TCP alone: what waits there is lost
    with a worker that dies.
    """

    def _init_shared_socket(self) -> None:
        listening = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._shd = listening  # type: ignore[assignment]  # what is None at first is untyped there
        self._sso = socket.socket(fileno=listening.get_fd())
        self._sso.set_inheritable(True)


def serve_production(settings: Settings) -> None:
    """Serve until told to stop (SIGTERM); on SIGHUP, take up new content.

    Raises:
        ContentError: the content has problems; nothing is served then.
        SettingsError: a port is taken.
    """
    # As the first process of a container, it would not be ended while it reads: a signal without a handler is
    # no signal there. The server puts its own in this one's place.
    signal.signal(signal.SIGTERM, _end)
    site = Site(settings)
    _check_port_is_free(settings.host, settings.port, "PORT")
    if settings.secret_is_made_up:
        _say("SECRET_KEY is not set: one was made up for this start; answers are lost when it ends.")
    # Workers that are forked share the content, and start at once when one of them has to be replaced.
    multiprocessing.set_start_method("fork", force=True)
    server = OneSocketServer(
        "app.serving",
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        blocking_threads=THREADS,
        backpressure=CONNECTIONS,
        backlog=WAITING,
        respawn_failed_workers=True,
        respawn_interval=OVERLAP_SECONDS,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        http1_settings=HTTP1,
        log_level=LogLevels.warning,
        log_access=False,
    )
    server.on_reload(site.read_anew)
    wake_in_turn()
    with _metrics(settings):
        _say(f"Nervewise is at http://{settings.host}:{settings.port}")
        server.serve(target_loader=site.application, wrap_loader=False)


@contextmanager
def _metrics(settings: Settings) -> Iterator[None]:
    """Answer Prometheus from a process of its own, where the operator asks for it."""
    if settings.metrics is None:
        yield
        return
    _check_port_is_free(*settings.metrics, "NERVEWISE_METRICS")
    memory = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="nervewise-metrics-", dir=memory) as folder:
        metrics.prepare(folder)
        process = multiprocessing.Process(target=metrics.serve, args=settings.metrics, daemon=True)
        process.start()
        yield
        process.terminate()
        process.join()


def wake_in_turn() -> None:
    """Let a thread that is woken wait until the one that runs pauses, here and in processes forked from here.

    The thread of a worker that reads and writes hands each request to one that answers it. Where the one that
    is woken takes the core at once, as is usual, a busy worker changes its thread twice a request; so it
    hands on together what has come together. Threads on cores of their own are untouched.
    (sched(7), SCHED_BATCH)
    """
    # A system may forbid it; the site is the same without.
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _end(*_: object) -> NoReturn:
    sys.exit(0)


def _say(words: str, *, err: bool = False) -> None:
    """Tell the operator; where a full disk takes no more words, the site is served all the same."""
    with suppress(OSError):
        click.echo(words, err=err)


def _check_port_is_free(host: str, port: int, setting: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"{setting} {port} cannot be used: {error.strerror}; set {setting} to another"
            ) from error
