"""The site behind nginx and Varnish by the files of deploy/: `make try-proxies`, no part of `make test`."""

from __future__ import annotations

import functools
import gzip
import json
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import brotli
import pytest
import redis
import zstandard

from tests.deploy.edges import SITE, STRANGER, VISITOR, Deployment, Edge, Reply, deployed
from tests.running import wait_for
from tests.web.checker.visitor import form_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.web.checker.visitor import Form
    from tests.web.client import Answer

PAGE = "/causes/sciatica/"
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
    "gzip": gzip.decompress,
    "identity": bytes,
}
QUERY, BROWSER, LINK, ANSWER, METHOD = "xyzzyquery", "xyzzybrowser", "xyzzylink", "xyzzyanswer", "XYZZYMETHOD"
# By which each log tells of a step of the checker, and of a search.
ROUTES = {
    "nginx/access.log": {"/check/", "/search/"},
    "varnishncsa.log": {"/check/", "/search/"},
    "second.printed": {"/check/<question_id>/", "/search/"},
}


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """The whole, running."""
    with deployed(tmp_path_factory.mktemp("deployment")) as running:
        yield running


@pytest.fixture(params=["nginx", "varnish", "nginx before varnish"])
def edge(request: pytest.FixtureRequest, deployment: Deployment) -> Edge:
    """Each of the ways in, with both replicas well."""
    deployment.start_all()
    return deployment.edges[request.param]


class Visitor:
    """Someone who goes through the checker, with what a browser sends along."""

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        self.cookie = ""
        self.cookies: list[str] = []
        self.at = ""

    def go(self, path: str, form: Mapping[str, str | Sequence[str]] | None = None) -> Reply:
        """Ask for a page or send a form, and follow where it leads."""
        for _ in range(5):
            headers = {"User_Agent": BROWSER, "Referer": f"{SITE}/check/?{LINK}"}
            if self.cookie:
                headers["Cookie"] = self.cookie
            reply = self.edge.ask(path, method="POST" if form is not None else "GET", form=form, **headers)
            assert "x-cache" not in reply.headers or reply.headers["x-cache"] in {"PASS", "MISS", ""}, path
            assert int(reply.headers.get("age", "0")) == 0
            if "set-cookie" in reply.headers:
                assert "; Secure" in reply.headers["set-cookie"]
                self.cookie = reply.headers["set-cookie"].split(";")[0]
                self.cookies.append(self.cookie)
            self.at = path
            if reply.status != 303:
                return reply
            path, form = reply.headers["location"].removeprefix(SITE), None
        raise AssertionError("it leads round and round")

    def begin(self) -> Reply:
        """Go to the first question."""
        return self.go("/check/begin/")

    def answer(self, reply: Reply) -> Reply:
        """Answer a question as one whose hand tingles, and go on."""
        return self.go(self.at, self.sent(reply))

    def sent(self, reply: Reply) -> dict[str, str | list[str]]:
        """Give what is sent to answer a question; a mark is among it."""
        form: Form = form_on(cast("Answer", reply))
        chosen = form.reply_of({"main.numb_tingling", "region.wrist_hand"})
        return {**form.data(chosen), ANSWER: ANSWER}

    def finish(self, reply: Reply) -> Reply:
        """Answer whatever is asked, to the end."""
        for _ in range(30):
            if self.at == "/check/answers/":
                return self.go("/check/result/")
            assert reply.status == 200, (self.at, reply.text)
            reply = self.answer(reply)
        raise AssertionError("the questions have no end")


@pytest.mark.parametrize("encoding", UNPACK)
def test_a_page_comes_compressed_as_it_was_asked_for(edge: Edge, encoding: str) -> None:
    plain = edge.ask(PAGE).body
    for _ in range(2):
        reply = edge.ask(PAGE, Accept_Encoding=encoding)
        assert reply.status == 200
        assert reply.headers.get("content-encoding", "identity") == encoding
        assert reply.headers["vary"] == "Accept-Encoding"
        assert UNPACK[encoding](reply.body) == plain


def test_a_browser_that_takes_all_gets_the_smallest(edge: Edge) -> None:
    sizes = {name: len(edge.ask(PAGE, Accept_Encoding=name).body) for name in UNPACK}
    for accepted in ("gzip, deflate, br, zstd", "gzip, deflate, br;q=1.0", "br, gzip;q=0.5"):
        assert len(edge.ask(PAGE, Accept_Encoding=accepted).body) == min(sizes.values())
    assert edge.ask(PAGE, Accept_Encoding="br;q=0, gzip").headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("encoding", UNPACK)
def test_what_a_browser_has_is_not_sent_again(edge: Edge, encoding: str) -> None:
    first = edge.ask(PAGE, Accept_Encoding=encoding)
    again = edge.ask(PAGE, Accept_Encoding=encoding, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert edge.ask(PAGE, Accept_Encoding=encoding, If_None_Match='"another"').status == 200


def test_the_head_of_a_page_is_that_of_the_page(edge: Edge) -> None:
    whole = edge.ask(PAGE, Accept_Encoding="br")
    head = edge.ask(PAGE, method="HEAD", Accept_Encoding="br")
    assert (head.status, head.body) == (200, b"")
    for name in ("etag", "content-type", "content-encoding", "content-length", "vary", "cache-control"):
        assert head.headers[name] == whole.headers[name]


def test_public_pages_are_kept_and_say_so(edge: Edge) -> None:
    edge.ask("/causes/")
    assert edge.ask("/causes/").headers["x-cache"] == "HIT"
    # A cookie for the whole site neither reaches it nor keeps a page from being kept.
    assert edge.ask("/causes/", Cookie="other=1; nervewise=x").headers["x-cache"] == "HIT"


@pytest.mark.parametrize(
    "path", ["/check/begin/", "/check/danger-now/", "/search/", "/readyz", "/nowhere/", f"/causes/?q={QUERY}"]
)
def test_what_is_private_or_of_the_moment_is_never_kept(edge: Edge, path: str) -> None:
    for _ in range(3):
        reply = edge.ask(path)
        assert reply.headers.get("x-cache") != "HIT"
        assert reply.headers.get("age", "0") == "0"


def test_a_journey_through_the_checker_comes_to_its_end(edge: Edge) -> None:
    visitor = Visitor(edge)
    result = visitor.finish(visitor.begin())
    assert "/causes/" in result.text
    assert result.headers["cache-control"] == "no-store"
    assert "x-cache" not in result.headers or result.headers["x-cache"] != "HIT"
    assert (
        "content-encoding"
        not in edge.ask("/check/result/", Cookie=visitor.cookie, Accept_Encoding="br, gzip").headers
    )


def test_a_form_without_its_token_or_with_that_of_another_is_refused(edge: Edge) -> None:
    visitor, another = Visitor(edge), Visitor(edge)
    form = visitor.sent(visitor.begin())
    theirs = another.sent(another.begin())
    at = visitor.at
    for token in ("", "made up", theirs["csrf_token"]):
        assert visitor.go(at, {**form, "csrf_token": token}).status == 400
    assert visitor.go(at, form).status == 200
    assert visitor.at != at


def test_nobody_but_the_proxy_says_how_and_whence_a_visitor_came(deployment: Deployment) -> None:
    edge = deployment.edges["nginx"]
    claims: dict[str, Any] = {
        "X_Forwarded_For": STRANGER,
        "X_Forwarded_Proto": "http",
        "X_Forwarded_Host": "elsewhere.example",
    }
    begun = edge.ask("/check/begin/", **claims, Forwarded=f"for={STRANGER};host=elsewhere.example")
    assert begun.status == 303
    assert "; Secure" in begun.headers["set-cookie"]
    assert "elsewhere" not in begun.headers["location"]


def test_the_journey_goes_on_when_one_replica_fails(edge: Edge, deployment: Deployment) -> None:
    for failing in deployment.replicas:
        deployment.start_all()
        visitor = Visitor(edge)
        reply = visitor.answer(visitor.begin())
        failing.kill()
        # Varnish asks a replica for a form once only: it goes on when it has noticed, within four seconds.
        if edge is not deployment.edges["nginx"]:
            time.sleep(5)
        assert "/causes/" in visitor.finish(reply).text


def test_kept_pages_are_shown_when_no_replica_is_left(edge: Edge, deployment: Deployment) -> None:
    edge.ask("/guides/")
    for replica in deployment.replicas:
        replica.kill()
    assert edge.ask("/guides/").status == 200
    checker = edge.ask("/check/begin/")
    assert checker.status in {502, 503, 504}
    assert VISITOR not in checker.text


def test_another_name_is_refused(edge: Edge) -> None:
    if edge.tls is None:
        assert edge.ask("/", host="elsewhere.example").status in {400, 421}
        return
    with pytest.raises(ssl.SSLError):
        edge.connect("elsewhere.example")
    with suppress(ConnectionError), edge.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n")
        assert connection.recv(1) == b""


def test_machines_can_ask_whether_the_site_is_well(edge: Edge) -> None:
    assert edge.ask("/healthz").status == 200
    told = json.loads(edge.ask("/readyz").text)
    assert told["status"] == "ready"
    assert len({json.loads(edge.ask("/readyz").text)["content"] for _ in range(6)}) == 1


def test_slow_clients_are_cut_off(deployment: Deployment) -> None:
    edges = [deployment.edges["nginx"], deployment.edges["varnish"]]
    heads = (b"GET / HTTP/1.1\r\nHost: example.org\r\n", 1.0)
    bodies = (
        b"POST /check/danger-now/ HTTP/1.1\r\nHost: example.org\r\nContent-Length: 500\r\n\r\nchosen=",
        None,
    )
    slow = [(edge, *heads) for edge in edges] + [(edges[0], *bodies)]
    with ThreadPoolExecutor() as pool:
        for seconds in pool.map(lambda one: _seconds_held(*one), slow):
            assert seconds < 15


def _seconds_held(edge: Edge, begun: bytes, pause: float | None) -> float:
    """Give how long a connection stays open whose client sends a header each pause, or nothing more."""
    start = time.monotonic()
    with edge.connect() as connection:
        connection.sendall(begun)
        connection.settimeout(pause or 40)
        while time.monotonic() - start < 40:
            try:
                if not connection.recv(4096):
                    break
            except TimeoutError:
                with suppress(OSError):
                    connection.sendall(b"X-Slow: 1\r\n")
            except OSError:
                break
    return time.monotonic() - start


def test_what_is_too_large_is_refused_before_it_reaches_the_site(deployment: Deployment) -> None:
    edge = deployment.edges["nginx"]
    assert edge.ask("/check/danger-now/", method="POST", form={"chosen": "x" * 70_000}).status == 413
    assert edge.ask("/", Cookie="x" * 40_000).status == 400


def test_no_trace_is_left_of_what_was_asked_and_answered_and_by_whom(deployment: Deployment) -> None:
    deployment.start_all()
    cookies = []
    for edge in deployment.edges.values():
        visitor = Visitor(edge)
        visitor.finish(visitor.begin())
        cookies += visitor.cookies
        for path in (
            f"/search/?q={QUERY}",
            f"/search/suggest/?q={QUERY}",
            f"/causes/?q={QUERY}",
            f"/{QUERY}/",
        ):
            edge.ask(path, User_Agent=BROWSER, Referer=f"{SITE}/?{LINK}")
        edge.ask(f"/check/danger-now/?q={QUERY}", User_Agent=BROWSER, Cookie=f"nervewise={ANSWER}")
        edge.ask("/check/danger-now/", method="POST", form={ANSWER: "x" * 50_000}, User_Agent=BROWSER)
        edge.ask(f"/exercises/sheet/?e={QUERY}", method=METHOD)
    # A replica that fails while it is asked is what an error log would tell of.
    deployment.replicas[0].kill()
    for edge in deployment.edges.values():
        edge.ask(f"/search/?q={QUERY}", User_Agent=BROWSER, Referer=f"{SITE}/?{LINK}")
    deployment.start_all()
    assert len(cookies) > 30
    for name, routes in ROUTES.items():
        wait_for(functools.partial(_tells_of, deployment.folder / name, routes))
    marks = [QUERY, BROWSER, LINK, ANSWER, METHOD, VISITOR, STRANGER]
    marks += [max(cookie.removeprefix("nervewise=").split("."), key=len) for cookie in cookies]
    assert deployment.traces(*marks) == []
    # Which questions somebody was asked tells of the answers, too.
    assert [trace for trace in deployment.traces("/check/danger-body/") if "cache/" not in trace] == []


def test_where_requests_are_counted_nobody_is_named(deployment: Deployment) -> None:
    deployment.start_all()
    for edge in deployment.edges.values():
        edge.ask(f"/search/?q={QUERY}")
    with redis.Redis(port=deployment.counts_port) as counts:
        keys = list(counts.scan_iter())
        held = [counts.get(key) for key in keys]
    assert keys
    for mark in (VISITOR, QUERY):
        assert mark not in f"{keys}{held}"


def test_the_search_for_traces_finds_one(deployment: Deployment) -> None:
    (deployment.folder / "left").write_text(f"GET /search/?q={QUERY}", "utf-8")
    assert deployment.traces(QUERY) == [f"left: {QUERY}"]
    (deployment.folder / "left").unlink()


def _tells_of(log: Path, routes: set[str]) -> bool:
    """Tell whether every line of a log can be read, and the routes are among them."""
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.startswith("{")]
    return routes <= {line["route"] for line in lines}


def test_pages_come_over_http_2(deployment: Deployment) -> None:
    edge = deployment.edges["nginx"]
    assert edge.tls is not None
    edge.tls.set_alpn_protocols(["h2"])
    try:
        with edge.connect() as connection:
            assert isinstance(connection, ssl.SSLSocket)
            assert connection.selected_alpn_protocol() == "h2"
    finally:
        edge.tls.set_alpn_protocols(["http/1.1"])
