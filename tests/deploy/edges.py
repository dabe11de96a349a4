"""Two replicas of the real site behind nginx and Varnish, by the files of deploy/, on this machine."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from app.settings import PROJECT
from tests.running import free_port, start_into, wait_for
from tests.web.pages import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

DEPLOY = PROJECT / "deploy"
HOST = "example.org"
SITE = f"https://{HOST}"
# Linux answers on the whole of 127.0.0.0/8: so a visitor can have an address that nobody else here has.
VISITOR = "127.98.76.54"
STRANGER = "203.0.113.77"
PATIENCE = 20.0


@dataclass(frozen=True)
class Reply:
    """What came back to a visitor."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Give the body of an answer that was not compressed."""
        return self.body.decode()

    @cached_property
    def page(self) -> Page:
        """Give the page."""
        return Page(self.text)


@dataclass
class Edge:
    """Where visitors reach the site: over TLS, or as what ends TLS hands their requests on."""

    name: str
    port: int
    tls: ssl.SSLContext | None = None

    def connect(self, server_name: str = HOST) -> socket.socket:
        """Open a connection from the visitor's address."""
        opened = socket.create_connection(("127.0.0.1", self.port), PATIENCE, (VISITOR, 0))
        return self.tls.wrap_socket(opened, server_hostname=server_name) if self.tls else opened

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        form: Mapping[str, str | Sequence[str]] | None = None,
        host: str = HOST,
        **headers: str,
    ) -> Reply:
        """Ask as a browser does; the names of headers stand with _ for -."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent.setdefault("Host", host)
        if self.tls is None:
            # As nginx.conf sets them.
            sent.update({"X-Forwarded-Proto": "https", "X-Forwarded-For": VISITOR})
        body = None
        if form is not None:
            body = urlencode(form, doseq=True)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.sock = self.connect()
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Reply(answer.status, _Headers(answer.getheaders()), answer.read())
        finally:
            connection.close()


class _Headers(dict[str, str]):
    """Headers by their names in small letters; one that is sent twice is joined."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        for name, value in pairs:
            key = name.lower()
            self[key] = f"{self[key]}, {value}" if key in self else value


@dataclass
class Replica:
    """One process of the site, which can be killed and started again at the same port."""

    folder: Path
    name: str
    settings: Mapping[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and return when it answers."""
        temporary = self.folder / "tmp" / self.name
        temporary.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{self.name}.printed").open("ab") as output:
            # What it writes to temporary files is looked through, too; start_into hands the environment on.
            os.environ["TMPDIR"] = str(temporary)
            self.process = start_into(output, PORT=str(self.port), **self.settings)
            del os.environ["TMPDIR"]
        wait_for(self.is_ready)

    def is_ready(self) -> bool:
        """Tell whether it answers that it is ready."""
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / f"{self.name}.printed").read_text("utf-8")
        with suppress(OSError, HTTPException):
            return Edge(self.name, self.port).ask("/readyz").status == 200
        return False

    def kill(self) -> None:
        """End it and its workers at once, as a machine that fails would."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Tell it to stop, and wait until it has."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)


@dataclass(frozen=True)
class Deployment:
    """The site with all that stands in front of it."""

    folder: Path
    replicas: tuple[Replica, Replica]
    edges: Mapping[str, Edge]
    counts_port: int

    def traces(self, *marks: str) -> list[str]:
        """Give the files in which a mark was left: logs, caches, temporary files, and logs in memory."""
        files = [file for file in sorted(self.folder.rglob("*")) if file.is_file()]
        found = []
        for file in files:
            held = file.read_bytes()
            found += [f"{file.relative_to(self.folder)}: {mark}" for mark in marks if mark.encode() in held]
        return found

    def start_all(self) -> None:
        """Start the replicas that do not run, and return when every edge has noticed."""
        for replica in self.replicas:
            if replica.process is None or replica.process.poll() is not None:
                replica.start()
        wait_for(lambda: "sick" not in _run("varnishadm", "-n", str(self.folder / "varnish"), "backend.list"))


@contextmanager
def deployed(folder: Path) -> Iterator[Deployment]:
    """Run the whole in a folder that is empty, and end it."""
    counts_port = free_port()
    settings = {
        "NERVEWISE_ENV": "production",
        "SECRET_KEY": "only for this try, and for both replicas",
        "NERVEWISE_ADDRESS": SITE,
        "NERVEWISE_PROXIES": "1",
        "NERVEWISE_LIMITS_STORAGE": f"redis://127.0.0.1:{counts_port}",
        "NERVEWISE_WORKERS": "1",
        "NERVEWISE_LOG": "on",
        "NERVEWISE_CACHE": "off",
    }
    first, second = Replica(folder, "first", settings), Replica(folder, "second", settings)
    with ExitStack() as stack:
        stack.enter_context(_counts(folder / "counts", counts_port))
        for replica in (first, second):
            stack.callback(replica.stop)
            replica.start()
        tls = _make_certificate(folder)
        ports = (first.port, second.port)
        nginx = stack.enter_context(_nginx(folder / "nginx", ports, tls))
        varnish = stack.enter_context(_varnish(folder / "varnish", ports))
        behind = stack.enter_context(
            _nginx(folder / "nginx-before-varnish", (varnish.port, varnish.port), tls)
        )
        edges = {"nginx": nginx, "varnish": varnish, "nginx before varnish": behind}
        deployment = Deployment(folder, (first, second), edges, counts_port)
        deployment.start_all()
        yield deployment


def _make_certificate(folder: Path) -> ssl.SSLContext:
    """Make a certificate for this run, and give what trusts it and nothing else."""
    _run(
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
        "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem"),
    )  # fmt: skip
    return ssl.create_default_context(cafile=str(folder / "certificate.pem"))


@contextmanager
def _nginx(folder: Path, ports: tuple[int, int], tls: ssl.SSLContext) -> Iterator[Edge]:
    """Run nginx by deploy/nginx.conf, with other ports and places and nothing else changed."""
    for name in ("", "cache", "temporary"):
        (folder / name).mkdir()
    open_port, tls_port = free_port(), free_port()
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    for old, new in (
        ("user www-data;", f"user {pwd.getpwuid(os.getuid()).pw_name};"),
        ("worker_processes auto;", "worker_processes 1;"),
        ("pid /run/nginx.pid;", f"pid {folder}/nginx.pid;"),
        ("http {\n", "http {\n" + "".join(f"{kind}_temp_path {folder}/temporary;\n" for kind in _TEMPORARY)),
        ("/var/log/nginx/access.log", f"{folder}/access.log"),
        ("/var/cache/nginx/nervewise", f"{folder}/cache"),
        ("/etc/nginx/tls/", f"{folder.parent}/"),
        ("listen 80", f"listen 127.0.0.1:{open_port}"),
        ("listen 443", f"listen 127.0.0.1:{tls_port}"),
        ("server nervewise-1:8000", f"server 127.0.0.1:{ports[0]}"),
        ("server nervewise-2:8000", f"server 127.0.0.1:{ports[1]}"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    (folder / "nginx.conf").write_text(text, "utf-8")
    command = ("nginx", "-e", "stderr", "-p", str(folder), "-c", "nginx.conf", "-g", "daemon off;")
    with _process(folder / "printed", *command):
        wait_for(lambda: _listens(tls_port))
        yield Edge("nginx", tls_port, tls)


_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def _varnish(folder: Path, ports: tuple[int, int]) -> Iterator[Edge]:
    """Run Varnish by the files of deploy/, with other ports and nothing else changed."""
    folder.mkdir()
    text = (DEPLOY / "varnish.vcl").read_text("utf-8")
    for name, port in zip(("nervewise-1", "nervewise-2"), ports, strict=True):
        old = f'.host = "{name}";\n    .port = "8000";'
        assert old in text, old
        text = text.replace(old, f'.host = "127.0.0.1";\n    .port = "{port}";')
    vcl = folder.parent / "varnish.vcl"
    vcl.write_text(text, "utf-8")
    port = free_port()
    command = (
        "varnishd", "-j", "none", "-F", "-n", str(folder), "-a", f"127.0.0.1:{port}", "-f", str(vcl),
        "-s", "malloc,64m", "-I", str(DEPLOY / "varnish.cli"),
    )  # fmt: skip
    log = (
        "varnishncsa", "-n", str(folder), "-f", str(DEPLOY / "varnishncsa.format"),
        "-w", str(folder.parent / "varnishncsa.log"),
    )  # fmt: skip
    with _process(folder.parent / "varnishd.printed", *command):
        wait_for(lambda: _listens(port))
        with _process(folder.parent / "varnishncsa.printed", *log):
            yield Edge("varnish", port)


@contextmanager
def _counts(folder: Path, port: int) -> Iterator[None]:
    """Run where the limits are counted, in memory alone, as deploy/compose.yaml does."""
    folder.mkdir()
    command = (
        "redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", "",
        "--appendonly", "no",
    )  # fmt: skip
    with _process(folder / "printed", *command):
        wait_for(lambda: _listens(port))
        yield


@contextmanager
def _process(printed: Path, *command: str) -> Iterator[None]:
    with printed.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - what stands above
            [_found(command[0]), *command[1:]], stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _listens(port: int) -> bool:
    with suppress(ConnectionError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _run(name: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - what stands above
        [_found(name), *arguments], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _found(name: str) -> str:
    """Give the place of a program; Debian's packages put some where a user does not look."""
    place = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    assert place is not None, f"{name} is not installed: apt-get install nginx varnish redis-server openssl"
    return place
