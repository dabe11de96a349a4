"""How long an answer may be kept; the policy stands on the view."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, ParamSpec

from flask import make_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from flask.typing import ResponseReturnValue

P = ParamSpec("P")

PUBLIC_SECONDS = 600


def public(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Let browsers and caches keep the view's page: it is the same for everyone."""

    @functools.wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = make_response(view(*args, **kwargs))
        response.cache_control.public = True
        response.cache_control.max_age = PUBLIC_SECONDS
        return response

    return kept


def never(response: Response) -> Response:
    """Keep a page with answers out of every cache and search index."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
