"""The headers that every answer carries: nothing from elsewhere, nothing inline, nothing leaked."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, ParamSpec

from flask import make_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Response
    from flask.typing import ResponseReturnValue

P = ParamSpec("P")

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
# same-origin, since no-referrer makes Flask-WTF refuse forms that are posted over https.
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
# What is open to the pages of other sites, too, so that programs there can read it.
OPEN_HEADERS = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
HSTS = "max-age=31536000; includeSubDomains"


def register(app: Flask) -> None:
    """Set the headers on every answer."""

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response


def opened(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Let the pages of other sites read the view's answer: it is the same for everyone."""

    @functools.wraps(view)
    def open_to_all(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = make_response(view(*args, **kwargs))
        response.headers.update(OPEN_HEADERS)
        return response

    return open_to_all
