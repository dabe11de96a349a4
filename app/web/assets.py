"""The files of static/ that pages lead to, each at an address that names its content, to be kept for ever.

The style sheets are joined into one, and so are the scripts that can wait.
"""

from __future__ import annotations

import hashlib
import mimetypes
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, url_for

from app.web.caching import for_ever

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from flask import Flask

assets = Blueprint("assets", __name__, url_prefix="/assets")

# The order of the layers; components follow by name.
_FIRST = ("tokens.css", "base.css", "layout.css")
# Runs before a page is painted; every other script of a page waits until the page is read.
_EARLY = "early.js"
# No part of a page: it runs for readers who keep pages, and has an address of its own (app/web/offline.py).
_WORKER = "offline-worker.js"
# Drawings (img/drawings/) stand in the pages themselves.
_PICTURES = ("img/*.svg", "cards/**/*.png")


def read_assets(static: Path) -> Mapping[str, bytes]:
    """Join the style sheets, in the order of their layers, and the scripts that can wait; read the pictures.

    Args:
        static: the folder with `css/`, `js/`, `img/` and `cards/`.

    Returns:
        What is served, by the name that stands last in its address.
    """
    css, js = static / "css", static / "js"
    styles = (
        [css / name for name in _FIRST] + sorted((css / "components").glob("*.css")) + [css / "print.css"]
    )
    alone = (_EARLY, _WORKER)
    later = sorted(file for file in js.glob("*.js") if file.name not in alone)
    pictures = sorted(file for pattern in _PICTURES for file in static.glob(pattern))
    return {
        "site.css": _join(styles),
        "site.js": _join(later),
        **{name: _join([js / name]) for name in alone},
        **{file.relative_to(static).as_posix(): file.read_bytes() for file in pictures},
    }


def _join(files: Iterable[Path]) -> bytes:
    return b"\n".join(file.read_bytes().strip() for file in files) + b"\n"


@assets.get("/<digest>/<path:name>")
@for_ever
def asset(digest: str, name: str) -> Response:
    """Serve a file; one of another day is not there."""
    if current_app.config["ASSET_DIGESTS"].get(name) != digest:
        abort(404)
    return Response(current_app.config["ASSETS"][name], mimetype=mimetypes.guess_type(name)[0])


def register(app: Flask) -> None:
    """Read the files and tell templates their addresses."""
    served = read_assets(app.config["STATIC"])
    digests = {name: hashlib.sha256(content).hexdigest()[:16] for name, content in served.items()}
    app.config.update(ASSETS=served, ASSET_DIGESTS=digests)
    app.register_blueprint(assets)
    app.jinja_env.globals["asset"] = address_of_asset


def address_of_asset(name: str) -> str:
    """Give the address of a file.

    Args:
        name: such as `site.css`, or its place below static/.
    """
    return url_for("assets.asset", digest=current_app.config["ASSET_DIGESTS"][name], name=name)
