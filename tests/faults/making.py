"""Requests as nobody should send them: addresses, queries, headers and bodies, made from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_from_bytes

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

MARK = "<nw\"'>"
"""Goes with all that is typed; where it comes back as it is, something was not escaped."""
PARAMETERS = (
    *("q", "kind", "page", "device", "moved", "t", "e"),
    *("area", "family", "symptom", "setting", "certainty"),
)
FIELDS = ("chosen", "none", "unsure", "revision", "csrf_token")
METHODS = ("HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get")
SEARCH_SYNTAX = (
    *('"', "'", "*", "^", ":", "-", "(", ")", "NEAR(", "NEAR(a b, 5)", "a AND", "OR OR", "NOT x", "{title}:"),
    *("title:x", '"a" * "b"', "x*y", "--", ";--", "' OR 1=1", "a" * 400, "+a +b", "^a", "a NEAR b"),
)
ODD_TEXTS = (
    *("\x00", "\r\nSet-Cookie: a=b", "\ud800", "\udfff\ud800", "\u202e", "\ufeff", "\u2028", "e\u0301" * 60),
    *("-1", "1e309", "999999999999", "\u00b2", "\u0663", "NaN", "true", "null", "None", "{{7*7}}", "${7*7}"),
    *("../../etc/passwd", "..\\..\\x", "//example.org", "https://example.org/", "javascript:alert(1)"),
    *("%", "%zz", "%u0041", "%00", "\\", "`id`", "$(id)", "|", "\x1b[2J", "\U0001f600" * 80),
)
ODD_TARGETS = (
    b"",
    b"//",
    b"//example.org/",
    b"/./",
    b"/../",
    b"/%2e%2e/%2e%2e/etc/passwd",
    b"/%2f%2fexample.org/%2f..",
    b"/\\example.org",
    b"/%00",
    b"/%",
    b"/%c0%af",
    b"/%ed%a0%80",
    b"/\xff\xfe",
    b"/;x",
    b"/causes//sciatica/",
    b"*",
    b"http://example.org/",
    b"/?",
    b"/??",
    b"/?&&==&",
    b"/search/?q",
    b"/search/?=x",
)
KINDS_OF_BODY = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "x" * 300,
    "multipart/mixed; boundary=x",
    "application/json",
    "text/plain",
    "",
    "a/b/c;;;=",
)
ODD_HEADERS: Mapping[str, Sequence[str]] = {
    "Host": (
        *("", "localhost", "example.org", "example.org:99999", "a b", "[::1]", "[::1", "\xff", "x" * 300),
        *("127.0.0.1, example.org", "user@example.org", "../", MARK),
    ),
    "Accept-Encoding": (
        *("gzip", "br", "zstd", "gzip, deflate, br, zstd", "*", "*;q=0", "identity;q=0", "br;q=nan"),
        *("br;q=-1", "br;q=1e400", "," * 200, "gzip;q=0.5;q=0.9", "x-gzip", "\xff", MARK),
    ),
    "If-None-Match": ("*", '""', "W/", '"x', '"' * 300, 'W/"x", "y"', "\xff", MARK),
    "If-Modified-Since": ("Tue, 01 Dec 2099 00:00:00 GMT", "yesterday", "0", MARK),
    "Range": (
        "bytes=0-10",
        "bytes=-1",
        "bytes=9-1",
        "bytes=0-0,2-3",
        "bytes=" + "0-1," * 200,
        "lines=1",
        MARK,
    ),
    "Referer": ("https://example.org/", "http://localhost/check/", "x", MARK),
    "Origin": ("null", "https://example.org", MARK),
    "Accept": ("*/*", "application/json", "text/html;q=0", "x" * 500, MARK),
    "Accept-Language": ("de", "*", "x-" * 300, MARK),
    "X-Forwarded-For": ("127.0.0.1", MARK),
    "X-Forwarded-Host": ("example.org", MARK),
    "X-Forwarded-Proto": ("https", MARK),
    "X-HTTP-Method-Override": ("DELETE", MARK),
    "User-Agent": ("", "x" * 4000, "\xff", MARK),
    "Expect": ("100-continue", "x"),
    "Upgrade": ("websocket", "h2c", MARK),
    "Cookie": ("nervewise=", "nervewise=x.y.z", "nervewise", ";;;", "=", "nervewise=" + "A" * 5000, MARK),
}
LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Made:
    """A request, as it goes over the wire or into the application.

    Attributes:
        target: the path and the query, in the form in which a browser sends them.
    """

    method: str
    target: bytes
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def cookie(self) -> str:
        """Give the cookie that is sent."""
        return next((value for name, value in self.headers if name == "Cookie"), "")


class Maker:
    """Makes requests.

    Args:
        random: what decides; the same seed makes the same requests.
        addresses: paths that exist.
        rules: routes with names in `<>`.
        words: slugs and ids that the site knows.
    """

    def __init__(
        self, random: random.Random, addresses: Sequence[str], rules: Sequence[str], words: Sequence[str]
    ) -> None:
        self.random = random
        self.addresses = addresses
        self._addresses = [address.encode() for address in addresses]
        self._rules = rules
        self._words = words
        self._texts: tuple[Callable[[], str], ...] = (
            lambda: random.choice(SEARCH_SYNTAX),
            lambda: random.choice(ODD_TEXTS),
            lambda: random.choice(words),
            self._typing,
            self._any_letters,
            lambda: "x" * random.randrange(LONGEST),
        )
        self._bodies = (self._form, self._parts, self._json, self._rubbish)

    def request(self) -> Made:
        """Make a request."""
        chance = self.random.random()
        target = self._target()
        headers = self._headers() if chance < 0.5 else ()
        if self.random.random() < 0.8:
            return Made("GET", target, headers)
        method = self.random.choice(METHODS)
        if method in ("HEAD", "OPTIONS", "TRACE"):
            return Made(method, target, headers)
        kind, body = self.body()
        return Made(method, target, (*headers, *kind), body)

    def text(self) -> str:
        """Make a text, as nobody should type it."""
        text = self.random.choice(self._texts)()
        return text if self.random.random() < 0.2 else text + MARK

    def body(self) -> tuple[tuple[tuple[str, str], ...], bytes]:
        """Make the body of a form, or of what is none.

        Returns:
            The headers that speak of it, and the body.
        """
        body = self.random.choice(self._bodies)()
        kind = self.random.choice(KINDS_OF_BODY)
        length = str(len(body))
        if self.random.random() < 0.1:
            length = self.random.choice(
                ("0", "-1", "x", "", str(len(body) + 9), str(len(body) // 2), "9" * 30)
            )
        return (("Content-Type", kind), ("Content-Length", length)), body

    def query(self) -> bytes:
        """Make a query."""
        pairs = []
        for _ in range(self.random.randrange(4)):
            name = self.random.choice(PARAMETERS) if self.random.random() < 0.8 else self.text()
            value = self.random.choice(self._words) if self.random.random() < 0.3 else self.text()
            pairs.append(self.quoted(name) + b"=" + self.quoted(value))
        return self.random.choice((b"&", b"&", b"&", b";", b"&&")).join(pairs)

    def quoted(self, text: str) -> bytes:
        """Write a text for an address: mostly as a browser does, sometimes as it is."""
        raw = text.encode("utf-8", "surrogatepass")
        if self.random.random() < 0.9:
            return quote_from_bytes(raw).encode()
        return raw.replace(b" ", b"+").replace(b"\r", b"").replace(b"\n", b"").replace(b"#", b"")

    def _target(self) -> bytes:
        chance = self.random.random()
        if chance < 0.02:
            return self.random.choice(ODD_TARGETS)
        if chance < 0.55:
            path = self.random.choice(self._addresses)
        elif chance < 0.65:
            path = self._near(self.random.choice(self._addresses))
        elif chance < 0.75:
            path = self._filled(self.random.choice(self._rules))
        else:
            path = self.random.choice(
                (b"/search/", b"/search/suggest/", b"/causes/", b"/treatments/compare/")
            )
            return path + b"?" + self.query()
        return path + b"?" + self.query() if self.random.random() < 0.4 else path

    def _filled(self, rule: str) -> bytes:
        filled = b""
        for piece in rule.split("/")[1:]:
            filled += b"/" + (self.quoted(self.text()) if piece.startswith("<") else piece.encode())
        return filled

    def _near(self, path: bytes) -> bytes:
        at = self.random.randrange(1, len(path) + 1)
        new = self.random.choice(
            (b"", b"/", b"x", b"%20", b"%2F", b"%00", b"%FF", b"..", b"%", b"\xe9", b";")
        )
        return path[:at] + new + path[at + self.random.randrange(2) :]

    def _headers(self) -> tuple[tuple[str, str], ...]:
        names = self.random.sample(tuple(ODD_HEADERS), self.random.randrange(1, 4))
        return tuple((name, self.random.choice(ODD_HEADERS[name])) for name in names)

    def _typing(self) -> str:
        text = list(self.random.choice(self._words).replace("-", " "))
        for _ in range(self.random.randrange(1, 4)):
            text.insert(self.random.randrange(len(text) + 1), self.random.choice("aeiou \"*':-"))
        return "".join(text)

    def _any_letters(self) -> str:
        return "".join(chr(self.random.randrange(0x11000)) for _ in range(self.random.randrange(1, 40)))

    def _fields(self) -> list[tuple[str, str]]:
        known = [self.random.choice(FIELDS) for _ in range(self.random.randrange(5))]
        return [(name, self.text()) for name in (*known, *([self.text()] * self.random.randrange(2)))]

    def _form(self) -> bytes:
        return b"&".join(self.quoted(name) + b"=" + self.quoted(value) for name, value in self._fields())

    def _parts(self) -> bytes:
        parts = []
        for name, value in self._fields():
            file = '; filename="x"' if self.random.random() < 0.3 else ""
            head = (
                f'--x\r\nContent-Disposition: form-data; name="{quote(name, errors="replace")}"{file}\r\n\r\n'
            )
            parts.append(head.encode() + value.encode("utf-8", "surrogatepass") + b"\r\n")
        end = b"" if self.random.random() < 0.2 else b"--x--\r\n"
        return b"".join(parts) + end

    def _json(self) -> bytes:
        return self.random.choice((b"[1]", b"null", b'"x"', b"7", b'{"csrf_token": 7}', b"{", b"[" * 3000))

    def _rubbish(self) -> bytes:
        return self.random.randbytes(self.random.randrange(200))
