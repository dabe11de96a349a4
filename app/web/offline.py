"""Reading without a network: the whole site to take along as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, send_file

from app.web.caching import PUBLIC_SECONDS, public

if TYPE_CHECKING:
    from flask import Response

    from app.packed import Packed

DOWNLOAD = "nervewise.zip"


def offline_blueprint(packed: Packed | None) -> Blueprint:
    """Make the blueprint of what is read without a network.

    Args:
        packed: the site to take along; None where the operator offers none.
    """
    blueprint = Blueprint("offline", __name__)

    @blueprint.get("/offline/")
    @public
    def index() -> str:
        return render_template("offline/index.html", packed=packed)

    @blueprint.get(f"/offline/{DOWNLOAD}")
    def download() -> Response:
        if packed is None:
            abort(404)
        return send_file(packed.file, as_attachment=True, download_name=DOWNLOAD, max_age=PUBLIC_SECONDS)

    return blueprint
