"""The headers that every answer carries: nothing from elsewhere, nothing inline, nothing leaked."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, ParamSpec

from flask import make_response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask, Response
    from flask.typing import ResponseReturnValue

P = ParamSpec("P")

# Nothing is allowed that is not named, and what is named comes from the site itself; nothing stands inline.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    # Suggestions while one types, and the pages that a reader keeps.
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# What the site never asks a browser for. Only names that browsers know: they complain of others.
_NEVER_ASKED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
    # Not no-referrer, since Flask-WTF refuses forms that are posted over https without one.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _NEVER_ASKED),
}
# What is open to the pages of other sites, too, so that programs there can read it.
OPEN_HEADERS = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_SHARING = "Cross-Origin-Resource-Policy"
# Two years. Not `preload`: to stand in the list that browsers ship is for the owner of the name to choose.
HSTS = "max-age=63072000; includeSubDomains"


class WithHeaders:
    """A WSGI application before another one: it sets the headers on every answer.

    Werkzeug, for `after_request`, checks and copies each of them for each answer: a twentieth of a short
    one's time.

    Args:
        application: the site.
        tls: whether visitors reach it over https.
    """

    def __init__(self, application: WSGIApplication, *, tls: bool) -> None:
        self._application = application
        self._headers = [*HEADERS.items(), *([("Strict-Transport-Security", HSTS)] if tls else [])]
        self._of_open = [pair for pair in self._headers if pair[0] != _SHARING]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let the application answer, and add the headers to its own."""

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            del exc_info
            is_open = any(name == _SHARING for name, _ in headers)
            return start_response(status, headers + (self._of_open if is_open else self._headers))

        return self._application(environ, start)


def register(app: Flask) -> None:
    """Set the headers on every answer."""
    tls = app.config["SESSION_COOKIE_SECURE"]
    app.wsgi_app = WithHeaders(app.wsgi_app, tls=tls)  # type: ignore[method-assign]  # as Flask says to


def opened(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Let the pages of other sites read the view's answer: it is the same for everyone."""

    @functools.wraps(view)
    def open_to_all(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = make_response(view(*args, **kwargs))
        response.headers.update(OPEN_HEADERS)
        return response

    return open_to_all
