"""What is kept ready: the same bytes as the site would make, in every encoding, and never a private page."""

from __future__ import annotations

import datetime
import gzip
from typing import TYPE_CHECKING

import brotli
import pytest
import zstandard
from flask import Flask, Response, request
from werkzeug.test import Client

from app.web import caching, ready
from app.web.observing import NO_ROUTE, ROUTE
from app.web.ready import OVERHEAD, SAME_DAY_SECONDS, ReadyPages, encoding_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from flask.typing import ResponseReturnValue
    from werkzeug.test import TestResponse

    View = Callable[..., ResponseReturnValue]

DAY = datetime.date(2026, 12, 1)
WORDS = "A pinched nerve tingles. " * 200
DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    "gzip": gzip.decompress,
}


class Counted:
    """A small site that counts how often each of its views is asked."""

    def __init__(self, most: int = 1_000_000) -> None:
        self.asked: list[str] = []
        self.day = DAY
        self.app = Flask(__name__)
        self._add("/page/<name>/", caching.public, lambda name: f"{name} {self.day} {WORDS}")
        self._add("/filtered/", caching.public_by_query, lambda: f"{request.args.get('area')} {WORDS}")
        self._add(
            "/file/", caching.for_ever, lambda: Response(b"\x89PNG" + b"\0" * 500, mimetype="image/png")
        )
        self._add("/short/", caching.public, lambda: "short")
        self._add("/search/", caching.fresh, lambda: f"{request.args.get('q')} {WORDS}")
        self._add("/private/", lambda view: view, lambda: f"token {WORDS}")
        self._add("/cookie/", caching.public, self._with_cookie)
        self._add("/reads-query/", caching.public, lambda: f"{request.args.get('q')} {WORDS}")
        self.ready = ReadyPages(self._routed, most, lambda: self.day)
        self.client = Client(self.ready)

    def _routed(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[ROUTE] = "/a/<route>/"
        return self.app(environ, start_response)

    def _add(self, rule: str, policy: Callable[..., View], view: View) -> None:
        def answer(**names: str) -> ResponseReturnValue:
            self.asked.append(request.path)
            return view(**names)

        self.app.add_url_rule(rule, rule, policy(answer))

    @staticmethod
    def _with_cookie() -> Response:
        response = Response(WORDS)
        response.set_cookie("nervewise", "answers")
        return response


@pytest.fixture
def site() -> Counted:
    """The small site behind the store."""
    return Counted()


def get(site: Counted, address: str, encoding: str = "", **headers: str) -> TestResponse:
    """Ask for an address."""
    return site.client.get(address, headers={"Accept-Encoding": encoding, **headers})


@pytest.mark.parametrize("encoding", ["", "gzip", "br", "zstd"])
def test_a_page_is_made_once_and_is_the_same_in_every_encoding(site: Counted, encoding: str) -> None:
    plain = site.app.test_client().get("/page/a/").data
    site.asked.clear()
    answers = [get(site, "/page/a/", encoding) for _ in range(3)]
    assert site.asked == ["/page/a/"]
    for answer in answers:
        assert DECODERS.get(encoding, bytes)(answer.data) == plain
        assert answer.headers.get("Content-Encoding", "") == encoding
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Content-Length"] == str(len(answer.data))
        assert answer.headers["Cache-Control"] == "public, max-age=600"
    assert len({answer.headers["ETag"] for answer in answers}) == 1


def test_encodings_have_tags_of_their_own(site: Counted) -> None:
    tags = [get(site, "/page/a/", encoding).headers["ETag"] for encoding in ("", "gzip", "br", "zstd")]
    assert len(set(tags)) == 4
    assert not any(tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize("known", ['"x", {tag}', "W/{tag}", "{tag}", "*"])
@pytest.mark.parametrize("address", ["/page/a/", "/filtered/?area=leg"])
def test_who_has_the_page_is_told_that_it_is_the_same(site: Counted, address: str, known: str) -> None:
    tag = get(site, address, "br").headers["ETag"]
    answer = get(site, address, "br", **{"If-None-Match": known.format(tag=tag)})
    assert answer.status_code == 304
    assert answer.data == b""
    assert answer.headers["ETag"] == tag
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    assert not {"Content-Type", "Content-Length", "Content-Encoding"} & set(answer.headers.keys())


def test_who_has_another_page_or_encoding_gets_this_one(site: Counted) -> None:
    other = get(site, "/page/b/", "br").headers["ETag"]
    plain = get(site, "/page/a/").headers["ETag"]
    for known in (other, plain, '"', ""):
        assert get(site, "/page/a/", "br", **{"If-None-Match": known}).status_code == 200


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("address", ["/page/a/", "/private/", "/search/?q=x"])
def test_the_head_is_that_of_the_whole(site: Counted, address: str, *, first: bool) -> None:
    if not first:
        get(site, address, "br")
    head = site.client.head(address, headers={"Accept-Encoding": "br"})
    whole = get(site, address, "br")
    assert head.data == b""
    assert dict(head.headers) == dict(whole.headers)


def test_a_query_that_the_view_does_not_read_makes_no_other_page(site: Counted) -> None:
    plain = get(site, "/page/a/")
    assert get(site, "/page/a/?utm_source=x").data == plain.data
    assert site.asked == ["/page/a/"]


def test_a_view_that_reads_the_query_against_its_policy_never_sees_it(site: Counted) -> None:
    assert get(site, "/reads-query/?q=mine").data.startswith(b"None ")
    assert get(site, "/reads-query/?q=yours").data.startswith(b"None ")


def test_a_page_that_hangs_on_the_query_is_kept_without_one_alone(site: Counted) -> None:
    for _ in range(2):
        assert get(site, "/filtered/").data.startswith(b"None ")
        assert gzip.decompress(get(site, "/filtered/?area=leg", "gzip").data).startswith(b"leg ")
    assert site.asked == ["/filtered/"] * 3


def test_what_was_typed_is_kept_nowhere_and_is_compressed(site: Counted) -> None:
    for typed in ("mine", "yours"):
        answer = get(site, f"/search/?q={typed}", "br")
        assert brotli.decompress(answer.data).startswith(typed.encode())
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
    assert len(site.asked) == 2


@pytest.mark.parametrize("address", ["/private/", "/cookie/"])
def test_what_is_private_is_neither_kept_nor_compressed(site: Counted, address: str) -> None:
    for _ in range(2):
        answer = get(site, address, "br")
        assert "Content-Encoding" not in answer.headers
        assert WORDS.encode() in answer.data
    assert site.asked == [address] * 2


def test_other_methods_pass(site: Counted) -> None:
    get(site, "/page/a/")
    assert site.client.post("/page/a/").status_code == 405


def test_an_error_is_not_kept(site: Counted) -> None:
    assert [get(site, "/nowhere/").status_code for _ in range(2)] == [404, 404]


@pytest.mark.parametrize("address", ["/file/", "/short/"])
def test_what_does_not_become_smaller_is_sent_as_it_is(site: Counted, address: str) -> None:
    for _ in range(2):
        answer = get(site, address, "br")
        assert "Content-Encoding" not in answer.headers
        assert answer.headers["ETag"].endswith('-identity"')
    assert site.asked == [address]


def test_pages_are_made_anew_on_another_day(site: Counted) -> None:
    assert str(DAY) in get(site, "/page/a/").text
    get(site, "/page/b/")
    site.day = DAY + datetime.timedelta(days=1)
    assert str(site.day) in get(site, "/page/a/").text
    assert str(site.day) in get(site, "/page/b/").text
    # A clock that is set back is another day, too.
    site.day = DAY
    assert str(DAY) in get(site, "/page/a/").text
    assert site.asked == ["/page/a/", "/page/b/", "/page/a/", "/page/b/", "/page/a/"]


def test_the_day_is_asked_for_once_a_second(site: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(ready, "monotonic", lambda: now)
    for _ in range(2):
        get(site, "/page/a/")
    site.day = DAY + datetime.timedelta(days=1)
    now += SAME_DAY_SECONDS / 2
    assert str(DAY) in get(site, "/page/a/").text
    now += SAME_DAY_SECONDS / 2
    assert str(site.day) in get(site, "/page/a/").text


def test_the_memory_is_bounded_and_what_is_asked_for_stays() -> None:
    site = Counted(most=3 * (OVERHEAD + 400))
    for name in ("a", "b", "a", "c", "d", "a", "e", "a"):
        get(site, f"/page/{name}/", "gzip")
    assert site.asked.count("/page/a/") == 1
    site.asked.clear()
    get(site, "/page/b/", "gzip")
    assert site.asked == ["/page/b/"]


@pytest.mark.parametrize("most", [0, 100])
def test_a_store_without_room_answers_all_the_same(most: int) -> None:
    site = Counted(most=most)
    for encoding in ("", "br", "gzip"):
        answer = get(site, "/page/a/", encoding)
        assert DECODERS.get(encoding, bytes)(answer.data).endswith(WORDS.encode())
    assert len(site.asked) == 3


def test_a_page_goes_when_its_encodings_take_too_much() -> None:
    size = len(get(Counted(), "/page/a/", "gzip").data)
    site = Counted(most=OVERHEAD + size)
    for encoding in ("gzip", "br", "gzip"):
        assert DECODERS[encoding](get(site, "/page/a/", encoding).data).endswith(WORDS.encode())
    assert len(site.asked) == 2


def test_the_route_of_a_kept_page_is_told(site: Counted) -> None:
    told: list[str] = []

    def told_route(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = site.ready(environ, start_response)
        told.append(environ.get(ROUTE, NO_ROUTE))
        return answer

    client = Client(told_route)
    client.get("/page/a/")
    client.get("/page/a/")
    assert told == ["/a/<route>/"] * 2


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", "identity"),
        ("identity", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("gzip;q=0.2, identity;q=0.9", "identity"),
        ("deflate", "identity"),
        ("br;q=high, ,;", "identity"),
    ],
)
def test_a_browser_is_answered_as_it_asks(accepted: str, encoding: str) -> None:
    assert encoding_for(accepted) == encoding
