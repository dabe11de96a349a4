"""What holds for every answer, whatever was asked."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import brotli
import html5lib
import zstandard

from app.web.headers import HEADERS, OPEN_HEADERS
from tests.faults.making import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.faults.making import Made

FAULT = 500
# The mark as it is, and what is left of it where one sort of its signs alone was escaped.
UNESCAPED = (MARK.encode(), b"<nw", b"nw\"'", b"nw&#34;'", b'nw"&#39;')
MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    route: str
    headers: Mapping[str, str]
    """Their names in small letters."""
    body: bytes
    cookie: str | None = None
    """The cookie that is set, if one is."""


@dataclass
class Judge:
    """Holds answers against what is promised, and counts them.

    Attributes:
        parsed_each: one HTML page of so many is read as a browser does.
    """

    parsed_each: int = 2000
    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    parsed: int = 0
    pages: int = 0

    def judge(self, made: Made, answer: Answer) -> None:
        """Count an answer, and keep what is wrong with it."""
        self.counts[made.method, answer.route, answer.status] += 1
        for fault in self._faults(answer):
            self.tell(f"{made.method} {made.target[:300]!r} {answer.status}: {fault}")

    def tell(self, fault: str) -> None:
        """Keep a fault; of very many the first are kept, and the number of the rest."""
        self.counts["fault", "", 0] += 1
        if len(self.faults) < MOST_KEPT:
            self.faults.append(fault)

    def _faults(self, answer: Answer) -> Iterator[str]:
        if answer.status >= FAULT:
            yield "a fault of the site"
        yield from faults_of_headers(answer.headers)
        body = plain(answer.headers.get("content-encoding", ""), answer.body)
        is_html = answer.headers.get("content-type", "").startswith("text/html")
        if is_html:
            found = [one for one in UNESCAPED if one in body]
            if found:
                yield f"what was sent comes back unescaped, as {found[0]!r}"
            # A redirect is written by the library, and is no page of the site.
            if body and "location" not in answer.headers:
                self.pages += 1
                if self.pages % self.parsed_each == 0:
                    self.parsed += 1
                    yield from faults_of_html(body)


def faults_of_headers(headers: Mapping[str, str]) -> Iterator[str]:
    """Yield what the headers of an answer break of the promises."""
    for name, value in _PROMISED:
        if headers.get(name) not in (value, _OPENED.get(name, value)):
            yield f"{name} is {headers.get(name)}"
    for name, value in headers.items():
        if "\r" in value or "\n" in value:
            yield f"{name} holds a line break"
        if MARK in value:
            yield f"{name} holds what was sent"


_PROMISED = tuple((name.lower(), value) for name, value in HEADERS.items())
_OPENED = {name.lower(): value for name, value in OPEN_HEADERS.items()}


def faults_of_html(body: bytes) -> Iterator[str]:
    """Yield why a page is no well-formed HTML."""
    try:
        html5lib.HTMLParser(strict=True).parse(body.decode())
    except (html5lib.html5parser.ParseError, UnicodeDecodeError) as error:
        yield f"the page is not well formed: {error}"


def plain(encoding: str, body: bytes) -> bytes:
    """Undo the encoding in which a body was sent."""
    if not encoding or not body:
        return body
    if encoding == "br":
        unpacked: bytes = brotli.decompress(body)
        return unpacked
    if encoding == "gzip":
        return gzip.decompress(body)
    return zstandard.ZstdDecompressor().decompress(body)


def growth(samples: list[tuple[int, float]]) -> float:
    """Give how much grew in the second half of some samples, by a straight line through them.

    Args:
        samples: after how many requests, and how much.
    """
    half = samples[len(samples) // 2 :]
    if len(half) < 2:
        return 0.0
    mean_x = sum(x for x, _ in half) / len(half)
    mean_y = sum(y for _, y in half) / len(half)
    spread = sum((x - mean_x) ** 2 for x, _ in half)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in half) / spread
    return slope * (half[-1][0] - half[0][0])


def inputs_in(page: bytes) -> list[dict[str, str]]:
    """Give the attributes of the fields on a page of ours, quicker than by reading it as a browser does."""
    return [
        {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(tag)}
        for tag in _INPUT.findall(page)
    ]


_INPUT = re.compile(rb"<input\b([^>]*)>")
_ATTRIBUTE = re.compile(rb'([a-z-]+)="([^"]*)"')
