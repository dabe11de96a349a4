"""A client that holds every HTML answer to what the site promises of all its pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.web.pages import CHECKS, Page, skim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.datastructures import Headers
    from werkzeug.test import TestResponse

SITE = "http://localhost"
CHECKER = "/check/"
PUBLIC_OF_CHECKER = (CHECKER, "/check/questionnaire.json")


@dataclass(frozen=True)
class Answer:
    """What the site answered to one request."""

    path: str
    response: TestResponse

    @property
    def status(self) -> int:
        """Give the status code."""
        return self.response.status_code

    @property
    def headers(self) -> Headers:
        """Give the headers."""
        return self.response.headers

    @property
    def text(self) -> str:
        """Give the body as it came."""
        return self.response.text

    @property
    def location(self) -> str:
        """Give the address that a redirect leads to."""
        return self.headers["Location"]

    @cached_property
    def page(self) -> Page:
        """Give the page."""
        return Page(self.text)


@dataclass
class Links:
    """Where links lead, asked once for each address."""

    app: Flask
    known: dict[str, tuple[int, frozenset[str]]] = field(default_factory=dict)

    def check(self, path: str, page: Page) -> Iterator[str]:
        """Yield the links of a page that lead nowhere."""
        for element in page.elements:
            for name in ("href", "src", "action"):
                if name in element.attrib:
                    target = element.attrib[name]
                    method = element.get("method", "get").upper()
                    why = self._fault(urljoin(SITE + path, target), path, page, method)
                    if why:
                        yield f"{name}='{target}' {why}"

    def _fault(self, target: str, path: str, page: Page, method: str) -> str | None:
        parts = urlsplit(target)
        if parts.scheme in ("tel", "mailto"):
            return None if parts.path else "names nobody"
        if not target.startswith(SITE + "/"):
            return None if parts.scheme in ("http", "https") and parts.netloc else "has an unknown scheme"
        address, fragment = urldefrag(target.removeprefix(SITE))
        if method == "POST":
            known = self.app.url_map.bind("localhost").test(address, "POST")
            return None if known else "takes no form"
        if address == path:
            return None if not fragment or fragment in page.ids else "has no such place on this page"
        status, ids = self._ask(address)
        # In the checker an address leads on, and it asks for answers that this visitor does not have.
        fine = (200, 303, 400) if address.startswith(CHECKER) else (200,)
        if status not in fine:
            return f"answers {status}"
        return None if not fragment or fragment in ids else "has no such place there"

    def _ask(self, address: str) -> tuple[int, frozenset[str]]:
        if address not in self.known:
            response = self.app.test_client(use_cookies=False).get(address)
            is_html = response.mimetype == "text/html"
            ids = frozenset(skim(response.text).xpath("//@id")) if is_html else frozenset[str]()
            self.known[address] = response.status_code, ids
            response.close()
        return self.known[address]


class Client:
    """Flask's test client; an HTML answer that breaks a promise fails the test."""

    def __init__(self, app: Flask, links: Links | None = None, *, cookies: bool = True) -> None:
        self.raw = app.test_client(use_cookies=cookies)
        self.links = links or Links(app)

    def get(self, path: str, *, status: int = 200, **options: Any) -> Answer:  # noqa: ANN401 - werkzeug's own
        """Ask for a page."""
        return self._send("GET", path, status, **options)

    def post(self, path: str, *, status: int, **options: Any) -> Answer:  # noqa: ANN401 - werkzeug's own
        """Post a form."""
        return self._send("POST", path, status, **options)

    @property
    def cookie(self) -> str | None:
        """Give the checker's cookie as the browser holds it."""
        found = self.raw.get_cookie("nervewise", path="/check")
        return found.value if found else None

    def _send(self, method: str, path: str, status: int, **options: Any) -> Answer:  # noqa: ANN401 - what the test client takes
        # The body is read here, so that no file of the answer stays open.
        response = self.raw.open(path, method=method, buffered=True, **options)
        answer = Answer(path, response)
        faults = list(self.faults(answer))
        if response.status_code != status:
            faults.insert(0, f"the status is {response.status_code}, not {status}: {response.text[:2000]}")
        if faults:
            raise AssertionError(f"{method} {path}:\n" + "\n".join(faults))
        return answer

    def faults(self, answer: Answer) -> Iterator[str]:
        """Yield what an answer breaks of the promises."""
        yield from check_headers(answer)
        if answer.response.mimetype == "text/html" and answer.text and "Location" not in answer.headers:
            for check in CHECKS:
                yield from check(answer.page)
            yield from self.links.check(answer.path, answer.page)


def check_headers(answer: Answer) -> Iterator[str]:
    """Nothing from elsewhere, nothing inline, nothing leaked; answers to questions are kept nowhere."""
    headers = answer.headers
    policy = headers.get("Content-Security-Policy", "")
    if not {"default-src 'none'", "frame-ancestors 'none'"} <= {rule.strip() for rule in policy.split(";")}:
        yield f"the content policy is {policy}"
    if "unsafe" in policy:
        yield "the content policy allows something unsafe"
    for name, value in (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin")):
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)}"
    at_checker = answer.path.startswith(CHECKER)
    if "Set-Cookie" in headers and not at_checker:
        yield "a cookie is set outside of the checker"
    if at_checker and answer.path not in PUBLIC_OF_CHECKER and "Location" not in headers:
        if headers.get("Cache-Control") != "no-store":
            yield f"Cache-Control is {headers.get('Cache-Control')}"
        if headers.get("X-Robots-Tag") != "noindex":
            yield "search engines may list it"
