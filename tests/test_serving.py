"""Running the site as an operator starts it."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import socket
import time
import weakref
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client as Browser

from app import serving
from app.content import library
from app.content.problems import ContentError
from app.factory import create_app
from app.serving import Site, serve_production
from tests.changing import ADDRESS, PAGE, heading, swap
from tests.faults.servers import workers_of
from tests.running import (
    PATIENCE,
    ask,
    content_at,
    free_port,
    printed_by,
    read,
    running,
    start,
    start_into,
    wait_for,
    wait_until_ready,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from app.checker.outcome import Checker
    from app.search.index import SearchIndex
    from app.settings import Settings


def test_production_does_not_start_on_broken_content(writing: Settings) -> None:
    swap(writing.content / PAGE, "title: Sciatica", "colour: red")
    with pytest.raises(ContentError, match=f"content/{PAGE}:2: C005"):
        serve_production(writing)


def test_a_server_that_is_told_to_stop_while_it_reads_ends(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_until_stopped(_: Settings) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)

    before = signal.getsignal(signal.SIGTERM)
    # As for the first process of a container, which the system does not end for want of a handler.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    monkeypatch.setattr("app.serving.Site", read_until_stopped)
    try:
        with pytest.raises(SystemExit) as ended:
            serve_production(settings)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert ended.value.code == 0


def test_what_pages_share_is_reckoned_before_the_workers_begin(
    writing: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    reckoned: list[object] = []
    monkeypatch.setattr(library, "Kinship", reckoned.append)
    Site(writing)
    assert len(reckoned) == 1


def test_the_collector_does_not_hold_up_a_start_and_leaves_what_was_read_alone(writing: Settings) -> None:
    rounds: list[int] = []

    def count(_phase: str, told: dict[str, int]) -> None:
        rounds.append(told["generation"])

    gc.unfreeze()
    gc.callbacks.append(count)
    Site(writing)
    gc.callbacks.remove(count)
    assert max(rounds, default=0) < 2
    assert gc.get_freeze_count() > 0


def test_what_was_served_before_goes(writing: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[weakref.ref[Flask]] = []

    def make(
        settings: Settings, checker: Checker, index: SearchIndex, *, is_crowded: Callable[[], bool]
    ) -> Flask:
        app = create_app(settings, checker, index, is_crowded=is_crowded)
        made.append(weakref.ref(app))
        return app

    monkeypatch.setattr(serving, "create_app", make)
    site = Site(writing)
    site.read_anew()
    assert [app() is None for app in made] == [True, False]


def test_a_worker_serves_what_was_read_before_it_began(writing: Settings) -> None:
    site = Site(replace(writing, checker=False, log=True))
    browser = Browser(site.application())
    assert heading(browser, "/check/") == "The symptom checker is switched off"
    swap(writing.content / PAGE, "title: Sciatica", "title: A changed title")
    assert heading(browser, ADDRESS) == "Sciatica"
    site.read_anew()
    assert heading(Browser(site.application()), ADDRESS) == "A changed title"


def test_the_threads_of_a_worker_wake_each_other_in_turn() -> None:
    with running(NERVEWISE_WORKERS="1") as server:
        (worker,) = workers_of(server.process)
        threads = [int(thread.name) for thread in Path(f"/proc/{worker}/task").iterdir()]
        assert len(threads) > serving.THREADS
        assert {os.sched_getscheduler(thread) for thread in threads} == {os.SCHED_BATCH}


def test_a_system_may_forbid_to_say_how_threads_wake(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        refused.append(None)
        raise PermissionError

    refused: list[None] = []
    monkeypatch.setattr(os, "sched_setscheduler", refuse)
    serving.wake_in_turn()
    assert refused == [None]


def test_new_content_with_problems_is_not_taken_up(
    writing: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    site = Site(writing)
    swap(writing.content / PAGE, "title: Sciatica", "colour: red")
    site.read_anew()
    assert f"content/{PAGE}:2: C005" in capsys.readouterr().err
    assert heading(Browser(site.application()), ADDRESS) == "Sciatica"
    shutil.rmtree(writing.content)
    site.read_anew()
    assert "served on" in capsys.readouterr().err


def test_an_operator_starts_the_site_with_nothing_set() -> None:
    with running() as server:
        response = ask(server.port, "/")
        assert response.status == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert ask(server.port, "/nowhere/").status == 404
    assert "SECRET_KEY is not set: one was made up" in server.printed
    assert f"Nervewise is at http://127.0.0.1:{server.port}" in server.printed
    assert "Traceback" not in server.printed


def test_a_full_disk_keeps_the_site_neither_from_starting_nor_from_answering() -> None:
    port = free_port()
    options = {"PORT": str(port), "NERVEWISE_WORKERS": "1", "NERVEWISE_LOG": "on"}
    with Path("/dev/full").open("wb", buffering=0) as full, start_into(full, **options) as server:
        try:
            wait_until_ready(server, port)
            assert ask(port, "/nowhere/").status == 404
        finally:
            server.terminate()


def test_every_worker_knows_the_secret_and_none_writes_down_who_asked() -> None:
    with running(NERVEWISE_WORKERS="2") as server:
        begun = ask(server.port, "/check/begin/")
        cookie = begun.headers["Set-Cookie"].split(";")[0]
        assert {ask(server.port, "/check/danger-now/", cookie).status for _ in range(20)} == {200}
    assert "/check" not in server.printed


def test_content_is_taken_up_without_a_stop_and_broken_content_is_not(writing: Settings) -> None:
    with running(NERVEWISE_WORKERS="1", NERVEWISE_CONTENT=str(writing.content)) as server:
        before = content_at(server.port)
        swap(writing.content / PAGE, "title: Sciatica", "colour: red")
        os.kill(server.process, signal.SIGHUP)
        wait_for(lambda: "served on" in server.printed)
        assert content_at(server.port) == before
        swap(writing.content / PAGE, "colour: red", "title: A changed title")
        os.kill(server.process, signal.SIGHUP)
        wait_for(lambda: content_at(server.port) != before)
    assert f"content/{PAGE}:2: C005" in server.printed
    assert "Traceback" not in server.printed


def test_a_worker_that_gives_way_lets_its_visitors_go_with_an_answer() -> None:
    with running(NERVEWISE_WORKERS="1") as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        end = time.monotonic() + PATIENCE
        os.kill(server.process, signal.SIGHUP)
        said = None
        while said is None and time.monotonic() < end:
            connection.request("GET", "/healthz")
            with connection.getresponse() as answer:
                assert answer.status == 200
                answer.read()
                said = answer.headers["Connection"]
        assert said == "close"
        assert content_at(server.port)


def test_a_request_is_written_down_by_its_route_and_a_worker_that_stops_writes_the_rest() -> None:
    with running(NERVEWISE_WORKERS="1", NERVEWISE_LOG="on") as server:
        ask(server.port, "/search/?q=xyzzymarked")
    lines = [json.loads(line) for line in server.printed.splitlines() if line.startswith("{")]
    assert [(line["route"], line["status"]) for line in lines] == [("/", 200), ("/search/", 200)]
    assert "xyzzymarked" not in server.printed


def test_prometheus_finds_the_figures_of_all_workers_on_a_port_of_their_own() -> None:
    port = free_port()
    with running(NERVEWISE_WORKERS="2", NERVEWISE_METRICS=str(port)) as server:
        for _ in range(10):
            ask(server.port, "/faq/?q=xyzzymarked")
        figures = read(port, "/metrics")
        assert 'nervewise_requests_total{method="GET",route="/faq/",status="200"} 10.0' in figures
        assert 'nervewise_request_seconds_count{route="/faq/"} 10.0' in figures
        assert "xyzzymarked" not in figures
        assert ask(server.port, "/metrics").status == 404
    with pytest.raises(ConnectionError):
        ask(port, "/metrics")
    assert "Traceback" not in server.printed


def test_a_server_that_is_stopped_while_its_workers_start_ends() -> None:
    with running(NERVEWISE_WORKERS="3") as server:
        assert ask(server.port, "/").status == 200
    assert "Traceback" not in server.printed


def test_production_runs_with_its_secret_and_refuses_headers_that_are_too_large_or_too_many() -> None:
    with running(
        NERVEWISE_ENV="production",
        SECRET_KEY="x" * 32,
        NERVEWISE_ADDRESS="https://example.org",
        NERVEWISE_HOSTS="127.0.0.1",
    ) as server:
        assert "Secure" in ask(server.port, "/check/begin/").headers["Set-Cookie"]
        for headers in ("X-Large: " + "a" * 70_000, "\r\n".join(f"X-{number}: a" for number in range(200))):
            with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
                connection.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n\r\n".encode())
                assert connection.recv(12) == b"HTTP/1.1 431"
    assert "made up" not in server.printed


@pytest.mark.parametrize(
    ("options", "settings", "told"),
    [
        ((), {"NERVEWISE_ENV": "production"}, "Error: SECRET_KEY is not set; production needs one"),
        ((), {"PORT": "taken"}, "Error: PORT is 'taken'"),
        ((), {"NERVEWISE_METRICS": "some"}, "Error: NERVEWISE_METRICS is 'some'"),
    ],
)
def test_a_start_that_cannot_work_ends_with_a_clear_message(
    options: tuple[str, ...], settings: dict[str, str], told: str
) -> None:
    with start(*options, **settings) as server:
        printed = printed_by(server)
    assert server.returncode == 1
    assert printed.startswith(told)
    assert "Traceback" not in printed


@pytest.mark.parametrize("options", [(), ("--dev",)])
def test_a_port_that_is_taken_is_told_by_its_number(options: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with start(*options, PORT=str(port)) as server:
            printed = printed_by(server)
    assert server.returncode == 1
    assert any(str(port) in line and "in use" in line for line in printed.splitlines())
    assert "Traceback" not in printed
    assert "panicked" not in printed
