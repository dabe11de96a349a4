"""What machines that run the site ask: whether it lives, and which content it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify

from app import __version__
from app.web.caching import never

if TYPE_CHECKING:
    from app.checker.outcome import Checker


def health_blueprint(checker: Checker) -> Blueprint:
    """Make the blueprint of the two answers.

    Args:
        checker: the knowledge that is served.
    """
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def live() -> Response:
        return never(Response("live\n", mimetype="text/plain"))

    @blueprint.get("/readyz")
    def ready() -> Response:
        # A worker that answers has read the content whole: it does not start otherwise.
        told = {
            "status": "ready",
            "version": __version__,
            "content": checker.digest,
            "pages": len(checker.library.pages),
        }
        return never(jsonify(told))

    return blueprint
