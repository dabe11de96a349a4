"""The names by which the site may be asked for, how long an address may be, and whom to believe who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import RequestURITooLarge, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask

LONGEST_ADDRESS = 8 * 1024
# Machines that watch over a site ask by its number.
OPEN_TO_ANY_HOST = frozenset({"/healthz", "/readyz"})
REFUSED = "nervewise.refused_host"
"""Where the WSGI environment says that another site was asked for."""


class TrustedHosts:
    """A WSGI application before another one: it marks requests for a host that is not this site.

    Flask's TRUSTED_HOSTS is not used: it leaves no way to make an address, and so no way to show a page that
    says what is wrong; it knows neither IPv6 addresses nor capital letters, and it has no exceptions.

    Args:
        application: the site.
        hosts: the names of the site; the first stands in for one that is refused.
    """

    def __init__(self, application: WSGIApplication, hosts: Sequence[str]) -> None:
        self._application = application
        self._hosts = hosts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on, with a host that is this site."""
        if _without_port(environ.get("HTTP_HOST", "")) not in self._hosts:
            environ[REFUSED] = environ["PATH_INFO"] not in OPEN_TO_ANY_HOST
            environ["HTTP_HOST"] = self._hosts[0]
        return self._application(environ, start_response)


def register(app: Flask, hosts: Sequence[str], proxies: int) -> None:
    """Refuse what is for another site, or has too long an address.

    Args:
        app: the site.
        hosts: the names by which it may be asked for; none refuses nobody.
        proxies: how many servers in front of it are believed.
    """
    app.wsgi_app = TrustedHosts(app.wsgi_app, hosts)  # type: ignore[method-assign]  # as Flask says to
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]

    @app.before_request
    def refuse() -> None:
        if request.environ.get(REFUSED) and not app.config["EXPORTING"]:
            raise SecurityError
        if len(request.environ["PATH_INFO"]) + len(request.environ["QUERY_STRING"]) > LONGEST_ADDRESS:
            raise RequestURITooLarge


def _without_port(host: str) -> str:
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() and not name.endswith(":") else host.lower()
