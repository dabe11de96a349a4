"""The style sheet: the files of static/css joined into one, named by its content and kept for ever."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, url_for

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

assets = Blueprint("assets", __name__, url_prefix="/assets")

# The order of the layers; components follow by name.
_FIRST = ("tokens.css", "base.css", "layout.css")


def read_style_sheet(folder: Path) -> bytes:
    """Join the style sheets of a folder in the order of their layers."""
    files = (
        [folder / name for name in _FIRST]
        + sorted((folder / "components").glob("*.css"))
        + [folder / "print.css"]
    )
    return b"\n".join(file.read_bytes().strip() for file in files) + b"\n"


@assets.get("/<digest>/site.css")
def style_sheet(digest: str) -> Response:
    """Serve the style sheet."""
    if digest != current_app.config["STYLE_DIGEST"]:
        abort(404)
    response = Response(current_app.config["STYLE_SHEET"], mimetype="text/css")
    response.cache_control.public = True
    response.cache_control.max_age = 365 * 24 * 3600
    response.cache_control.immutable = True
    return response


def register(app: Flask) -> None:
    """Read the style sheet and tell templates its address."""
    sheet = read_style_sheet(app.config["STATIC"] / "css")
    app.config["STYLE_SHEET"] = sheet
    app.config["STYLE_DIGEST"] = hashlib.sha256(sheet).hexdigest()[:16]
    app.register_blueprint(assets)
    app.jinja_env.globals["style_sheet"] = lambda: url_for(
        "assets.style_sheet", digest=app.config["STYLE_DIGEST"]
    )
