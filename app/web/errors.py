"""Errors in the site's dress: what happened, and where to go from here; programs are told in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from app.publishing.openapi import PROBLEM, ProblemRecord
from app.web.caching import never
from app.web.headers import OPEN_HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

WORDS = {
    400: ("We could not read that request", "Something in the address or the form was broken on the way."),
    404: ("There is no page at this address", "It may be misspelt, or the link that led here is wrong."),
    405: ("This page does not take that", "The address is right, but it cannot be used in this way."),
    413: ("That was too much to send", "The form was larger than this site accepts. Nothing was kept."),
    500: ("Something went wrong on our side", "It is our fault, not yours. Please try again in a minute."),
}


def register(app: Flask, tell: Callable[[Exception], None]) -> None:
    """Answer every error with a page.

    Args:
        app: the site.
        tell: is told of each fault of the site itself.
    """

    @app.errorhandler(HTTPException)
    def show_error(error: HTTPException) -> Response | HTTPException:
        if isinstance(error, RequestRedirect):
            return error
        code = error.code or 500
        title, words = WORDS.get(code, WORDS[400 if code < 500 else 500])  # noqa: PLR2004 - the two families
        at_checker = request.path.startswith("/check/")
        if request.path.endswith(".json") and not at_checker:
            problem = ProblemRecord(title=title, status=code, detail=words)
            answer = Response(problem.model_dump_json(), code, OPEN_HEADERS, mimetype=PROBLEM)
        else:
            page = render_template(
                "errors/error.html", code=code, title=title, words=words, at_checker=at_checker
            )
            answer = app.make_response((page, code))
        if isinstance(error, MethodNotAllowed):
            answer.allow.update(error.valid_methods or ())
        return never(answer)

    @app.errorhandler(Exception)
    def show_fault(error: Exception) -> Response | HTTPException:
        tell(error)
        return show_error(InternalServerError())
