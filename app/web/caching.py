"""What may be kept of an answer; the policy stands on the view, and app/web/ready.py keeps to it."""

from __future__ import annotations

import functools
from enum import Enum, auto
from typing import TYPE_CHECKING, ParamSpec

from flask import make_response, request

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from flask.typing import ResponseReturnValue

    View = Callable[..., ResponseReturnValue]

P = ParamSpec("P")

PUBLIC_SECONDS = 600
FOR_EVER_SECONDS = 365 * 24 * 3600
KEEPING = "nervewise.keeping"
"""Where the WSGI environment says what may be kept; nothing may where it is silent."""


class Keeping(Enum):
    """What may be kept of an answer."""

    WHOLE = auto()
    """It is the same for everyone and whatever the query of the address says."""
    WITHOUT_QUERY = auto()
    """It is the same for everyone, and hangs on the query."""
    NOTHING = auto()
    """It is made anew each time, and holds no secret: it may be compressed."""


def public(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Let everyone keep the view's page: it is the same for everyone, and reads no query."""

    @functools.wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> Response:
        # A view that reads the query after all finds out the first time, not when another's page is shown.
        request.query_string = b""
        return _keep(make_response(view(*args, **kwargs)), Keeping.WHOLE)

    return kept


def public_by_query(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Let everyone keep the view's page: it is the same for everyone who asks with the same query."""

    @functools.wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> Response:
        return _keep(make_response(view(*args, **kwargs)), Keeping.WITHOUT_QUERY)

    return kept


def for_ever(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Let everyone keep the view's file for good: its address names its content."""

    @functools.wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = _keep(make_response(view(*args, **kwargs)), Keeping.WHOLE)
        response.cache_control.max_age = FOR_EVER_SECONDS
        response.cache_control.immutable = True
        return response

    return kept


def fresh(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Let nobody keep the view's page, which shows what was typed and nothing secret."""

    @functools.wraps(view)
    def made_anew(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = never(make_response(view(*args, **kwargs)))
        request.environ[KEEPING] = Keeping.NOTHING
        return response

    return made_anew


def never(response: Response) -> Response:
    """Keep a page with answers out of every cache and search index."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _keep(response: Response, keeping: Keeping) -> Response:
    response.cache_control.public = True
    response.cache_control.max_age = PUBLIC_SECONDS
    request.environ[KEEPING] = keeping
    return response
