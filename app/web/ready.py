"""Public pages, ready in memory: made once, compressed once, and then answered without the site's help.

What may be kept is said by the view (app/web/caching.py). All else passes through untouched; above all the
pages of the checker, which are neither kept nor compressed: they hold a secret beside what a visitor chose,
and the length of a compressed page tells of both (BREACH, CVE-2013-3587).
"""

from __future__ import annotations

import hashlib
import threading
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING

from werkzeug.http import parse_accept_header, parse_etags

from app.web.caching import KEEPING, Keeping
from app.web.compressing import ENCODINGS, GZIP, IDENTITY, compress, compress_once, is_compressible, unzip
from app.web.observing import ROUTE

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    Headers = list[tuple[str, str]]

# What an entry takes besides its bodies: headers, tags, and the objects that hold them.
OVERHEAD = 2048
# To ask for the day takes a tenth of the time of an answer; for so long it is not asked for again.
SAME_DAY_SECONDS = 1.0
NOT_MODIFIED = "304 NOT MODIFIED"
# They speak of a body, and an answer that says 'not modified' has none.
_OF_THE_BODY = frozenset({"content-type", "content-length", "content-encoding", "content-disposition"})


class Variant:
    """An answer in one encoding, with the headers of each form in which it goes out."""

    __slots__ = ("body", "headers", "not_modified", "tag")

    def __init__(self, headers: Headers, tag: str | None, encoding: str, body: bytes) -> None:
        own = [("Content-Length", str(len(body))), ("Vary", "Accept-Encoding")]
        if tag is not None:
            own.append(("ETag", tag))
        if encoding != IDENTITY:
            own.append(("Content-Encoding", encoding))
        self.tag = tag
        self.body = [body]
        self.headers = headers + own
        self.not_modified = [pair for pair in self.headers if pair[0].lower() not in _OF_THE_BODY]


class Ready:
    """A kept answer: in the encodings that were asked for so far, from which any other is made."""

    __slots__ = ("_headers", "compressible", "keeping", "route", "status", "used", "variants")

    def __init__(self, status: str, headers: Headers, body: bytes, route: str, keeping: Keeping) -> None:
        self.status = status
        self.route = route
        self.keeping = keeping
        self.used = False
        self.compressible = is_compressible(headers, body)
        self._headers = headers
        # The plain form of what can be compressed is asked for by few, and takes four times the memory.
        encoding = GZIP if self.compressible else IDENTITY
        self.variants = {encoding: Variant(headers, _tag(body, encoding), encoding, compress(encoding, body))}

    @property
    def size(self) -> int:
        """Give how much memory it takes, in bytes."""
        return OVERHEAD + sum(len(one.body[0]) for one in self.variants.values())

    def make(self, encoding: str) -> Variant:
        """Make an encoding, or the plain form, of what can be compressed."""
        body = unzip(self.variants[GZIP].body[0])
        return Variant(self._headers, _tag(body, encoding), encoding, compress(encoding, body))


class ReadyPages:
    """A WSGI application before another one: it keeps what the other's views say may be kept.

    Args:
        application: the site.
        most: how much memory the kept answers may take, in bytes; 0 keeps nothing.
        today: gives the day; pages may say something else on another day, and are made anew then.
    """

    def __init__(self, application: WSGIApplication, most: int, today: Callable[[], datetime.date]) -> None:
        self._application = application
        self._most = most
        self._today = today
        self._day = today()
        self._same_day_until = 0.0
        self._kept: dict[str, Ready] = {}
        self._size = 0
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or let the site answer and keep it if it may be kept."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._application(environ, start_response)
        ready = self._kept.get(environ["PATH_INFO"])
        if ready is None or (monotonic() >= self._same_day_until and self._is_another_day()):
            return self._make(environ, start_response)
        if environ.get("QUERY_STRING") and ready.keeping is not Keeping.WHOLE:
            return self._make(environ, start_response)
        ready.used = True
        environ[ROUTE] = ready.route
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")) if ready.compressible else IDENTITY
        variant = ready.variants.get(encoding) or self._add(ready, encoding, environ["PATH_INFO"])
        return _send(ready.status, variant, environ, start_response)

    def _is_another_day(self) -> bool:
        if self._day != self._today():
            return True
        self._same_day_until = monotonic() + SAME_DAY_SECONDS
        return False

    def _make(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = _Answer(self._application, environ)
        keeping = answer.keeping
        if keeping is None:
            return answer.pass_on(environ, start_response)
        body = answer.read()
        wanted = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        encoding = wanted if is_compressible(answer.headers, body) else IDENTITY
        if keeping is Keeping.WHOLE or (keeping is Keeping.WITHOUT_QUERY and not environ.get("QUERY_STRING")):
            ready = Ready(answer.status, answer.headers, body, environ.get(ROUTE, ""), keeping)
            self._keep(environ["PATH_INFO"], ready)
            variant = ready.variants.get(encoding) or self._add(ready, encoding, environ["PATH_INFO"])
        else:
            tag = None if keeping is Keeping.NOTHING else _tag(body, encoding)
            variant = Variant(answer.headers, tag, encoding, compress_once(encoding, body))
        return _send(answer.status, variant, environ, start_response)

    def _add(self, ready: Ready, encoding: str, path: str) -> Variant:
        variant = ready.make(encoding)
        if encoding != IDENTITY:
            with self._lock:
                if encoding not in ready.variants:
                    ready.variants[encoding] = variant
                    if self._kept.get(path) is ready:
                        self._size += len(variant.body[0])
                        self._shrink()
        return variant

    def _keep(self, path: str, ready: Ready) -> None:
        today = self._today()
        with self._lock:
            if today != self._day:
                self._kept.clear()
                self._size, self._day = 0, today
            old = self._kept.pop(path, None)
            self._size += ready.size - (old.size if old else 0)
            self._kept[path] = ready
            self._shrink()

    def _shrink(self) -> None:
        """Drop the oldest until the rest fits; what was asked for meanwhile has a second chance."""
        while self._size > self._most:
            path = next(iter(self._kept))
            ready = self._kept.pop(path)
            if ready.used and ready.size <= self._most:
                ready.used = False
                self._kept[path] = ready
            else:
                self._size -= ready.size


@lru_cache(maxsize=256)
def encoding_for(accepted: str) -> str:
    """Give the encoding in which a browser is answered.

    Args:
        accepted: the header Accept-Encoding, which may be empty.

    Returns:
        One of `ENCODINGS`, of those that the browser takes most gladly; or the plain form. (RFC 9110, 12.5.3)
    """
    offered = dict(parse_accept_header(accepted))
    others = offered.get("*", 0)
    wanted = {encoding: offered.get(encoding, others) for encoding in ENCODINGS}
    best = max(ENCODINGS, key=lambda encoding: wanted[encoding])
    return best if wanted[best] > 0 and wanted[best] >= offered.get(IDENTITY, 0) else IDENTITY


def _tag(body: bytes, encoding: str) -> str:
    """Give a strong tag: the same for the same bytes on every worker and every machine."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}-{encoding}"'


def _send(
    status: str, variant: Variant, environ: WSGIEnvironment, start_response: StartResponse
) -> list[bytes]:
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None and variant.tag is not None and parse_etags(known).contains_weak(variant.tag[1:-1]):
        start_response(NOT_MODIFIED, variant.not_modified)
        return []
    start_response(status, variant.headers)
    return variant.body if environ["REQUEST_METHOD"] == "GET" else []


class _Answer:
    """What the application answers to a request; to one for the head, what it would to one for the whole."""

    def __init__(self, application: WSGIApplication, environ: WSGIEnvironment) -> None:
        self.status = ""
        self.headers: Headers = []
        self._written: list[bytes] = []
        method = environ["REQUEST_METHOD"]
        environ["REQUEST_METHOD"] = "GET"
        self._chunks = application(environ, self._start)
        environ["REQUEST_METHOD"] = method
        self._said = environ.get(KEEPING)

    def _start(self, status: str, headers: Headers, exc_info: object = None, /) -> Callable[[bytes], object]:
        del exc_info
        self.status, self.headers = status, headers
        return self._written.append

    @property
    def keeping(self) -> Keeping | None:
        """Give what may be kept; nothing that sets a cookie, whatever its view says."""
        private = any(name.lower() == "set-cookie" for name, _ in self.headers)
        return self._said if isinstance(self._said, Keeping) and not private else None

    def pass_on(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application did."""
        start_response(self.status, self.headers)
        if environ["REQUEST_METHOD"] == "GET":
            return self._chunks
        self.read()
        return []

    def read(self) -> bytes:
        """Give the body; the headers no longer tell its length, which hangs on the encoding."""
        try:
            body = b"".join((*self._written, *self._chunks))
        finally:
            close = getattr(self._chunks, "close", None)
            if close is not None:
                close()
        self.headers = [pair for pair in self.headers if pair[0].lower() != "content-length"]
        return body
