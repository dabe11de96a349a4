"""Errors in the site's dress: what happened, and where to go from here; programs are told in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, render_template, request
from flask.globals import request_ctx
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    SecurityError,
    ServiceUnavailable,
    TooManyRequests,
)
from werkzeug.routing import RequestRedirect

from app.publishing.openapi import PROBLEM, ProblemRecord
from app.web.caching import never
from app.web.headers import OPEN_HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

WAIT = (
    "Please wait {seconds} seconds, then try again. If you need help now, do not wait: "
    "the page Get help now is always open."
)
# Both say in how many seconds to try again.
ASKED_TO_WAIT = (TooManyRequests, ServiceUnavailable)
# The page has a link; programs are told in words.
WHERE_HELP_IS = " Its address is /get-help-now/."
WORDS = {
    400: ("We could not read that request", "Something in the address or the form was broken on the way."),
    404: ("There is no page at this address", "It may be misspelt, or the link that led here is wrong."),
    405: ("This page does not take that", "The address is right, but it cannot be used in this way."),
    413: ("That was too much to send", "The form was larger than this site accepts. Nothing was kept."),
    414: (
        "That address is too long",
        "Links on this site are much shorter. It may have been copied with more.",
    ),
    429: ("You have asked for a lot in a short time", WAIT),
    500: ("Something went wrong on our side", "It is our fault, not yours. Please try again in a minute."),
    503: ("Many people are asking at this moment", WAIT),
}
WRONG_HOST = (
    "This site is not known by that name",
    "Your browser asked for a site of another name, or for none. Check the first part of the address.",
)
# Programs of the site's own pages ask there.
JSON_ADDRESSES = frozenset({"/search/suggest/"})


def register(app: Flask, tell: Callable[[Exception], None]) -> None:
    """Answer every error with a page.

    Args:
        app: the site.
        tell: is told of each fault of the site itself.
    """
    drawn: dict[tuple[str, str | None, str], str] = {}

    @app.before_request
    def mend_query() -> None:
        # Browsers write in ASCII; what anything else sends raw may be no UTF-8, on which the library trips.
        if not request.query_string.isascii():
            request.query_string = request.query_string.decode(errors="replace").encode()

    @app.errorhandler(HTTPException)
    def show_error(error: HTTPException) -> Response | HTTPException:
        if isinstance(error, RequestRedirect):
            return error
        if request_ctx.url_adapter is None:
            # The name of the host was refused; the page that says so has links all the same.
            request_ctx.url_adapter = app.url_map.bind("")
        code = error.code or 500
        title, words = _words_of(error, code)
        is_open = request.path.endswith(".json") and not request.path.startswith("/check/")
        if is_open or request.path in JSON_ADDRESSES:
            detail = words + WHERE_HELP_IS * isinstance(error, ASKED_TO_WAIT)
            problem = ProblemRecord(title=title, status=code, detail=detail)
            answer = Response(
                problem.model_dump_json(), code, OPEN_HEADERS if is_open else None, mimetype=PROBLEM
            )
        else:
            answer = app.make_response((_page_of(code, title, words, drawn), code))
        if isinstance(error, MethodNotAllowed):
            answer.allow.update(error.valid_methods or ())
        if isinstance(error, ASKED_TO_WAIT) and error.retry_after is not None:
            answer.headers["Retry-After"] = str(error.retry_after)
        return never(answer)

    @app.errorhandler(Exception)
    def show_fault(error: Exception) -> Response | HTTPException:
        tell(error)
        return show_error(InternalServerError())


def _words_of(error: HTTPException, code: int) -> tuple[str, str]:
    if isinstance(error, SecurityError):
        return WRONG_HOST
    title, words = WORDS.get(code, WORDS[400 if code < 500 else 500])  # noqa: PLR2004 - the two families
    wait = error.retry_after if isinstance(error, ASKED_TO_WAIT) else None
    return title, words.format(seconds=60 if wait is None else wait)


def _page_of(code: int, title: str, words: str, drawn: dict[tuple[str, str | None, str], str]) -> str:
    """Draw a page, or take it from those that are drawn.

    A crowd is refused by the hundred a second, and must not take the time of those who are answered.
    """
    key = request.root_path, request.endpoint, words
    if code == ServiceUnavailable.code and key in drawn:
        return drawn[key]
    at_checker = request.path.startswith("/check/")
    page = render_template("errors/error.html", code=code, title=title, words=words, at_checker=at_checker)
    if code == ServiceUnavailable.code:
        drawn[key] = page
    return page
