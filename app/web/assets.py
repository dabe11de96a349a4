"""The style sheet and the scripts: files of static/ joined, each named by its content and kept for ever."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, url_for

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
_TYPES = {".css": "text/css", ".js": "text/javascript"}


def read_assets(static: Path) -> Mapping[str, bytes]:
    """Join the style sheets, in the order of their layers, and the scripts that can wait.

    Args:
        static: the folder with `css/` and `js/`.

    Returns:
        What is served, by the name that stands last in its address.
    """
    css, js = static / "css", static / "js"
    styles = (
        [css / name for name in _FIRST] + sorted((css / "components").glob("*.css")) + [css / "print.css"]
    )
    alone = (_EARLY, _WORKER)
    later = sorted(file for file in js.glob("*.js") if file.name not in alone)
    return {
        "site.css": _join(styles),
        "site.js": _join(later),
        **{name: _join([js / name]) for name in alone},
    }


def _join(files: Iterable[Path]) -> bytes:
    return b"\n".join(file.read_bytes().strip() for file in files) + b"\n"


@assets.get("/<digest>/<name>")
def asset(digest: str, name: str) -> Response:
    """Serve the style sheet or a script; one of another day is not there."""
    if current_app.config["ASSET_DIGESTS"].get(name) != digest:
        abort(404)
    response = Response(current_app.config["ASSETS"][name], mimetype=_TYPES["." + name.rpartition(".")[2]])
    response.cache_control.public = True
    response.cache_control.max_age = 365 * 24 * 3600
    response.cache_control.immutable = True
    return response


def register(app: Flask) -> None:
    """Read the files and tell templates their addresses."""
    served = read_assets(app.config["STATIC"])
    digests = {name: hashlib.sha256(content).hexdigest()[:16] for name, content in served.items()}
    app.config.update(ASSETS=served, ASSET_DIGESTS=digests)
    app.register_blueprint(assets)
    app.jinja_env.globals["asset"] = lambda name: url_for("assets.asset", digest=digests[name], name=name)
