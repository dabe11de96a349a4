"""Reading without a network: pages that the reader's browser keeps, and the whole site as one file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, json, render_template, send_file, url_for

from app.web.assets import address_of_asset
from app.web.caching import PUBLIC_SECONDS, public

if TYPE_CHECKING:
    from app.content.library import Library
    from app.packed import Packed

DOWNLOAD = "nervewise.zip"
WORKER = "offline-worker.js"
# What a browser that keeps pages has from the beginning, read or not. Of the checker its public start alone.
ALWAYS = ("site.home", "site.get_help_now", "checker.start", "offline.index", "offline.not_kept")


def offline_blueprint(library: Library, packed: Packed | None) -> Blueprint:
    """Make the blueprint of what is read without a network.

    Args:
        library: whose emergency numbers are always kept.
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

    @blueprint.get("/offline/not-kept/")
    @public
    def not_kept() -> str:
        return render_template("offline/not_kept.html", numbers=library.site.emergency_numbers)

    @blueprint.get(f"/{WORKER}")
    def worker() -> Response:
        # At the root, since a worker serves what stands below it.
        script = current_app.config["ASSETS"][WORKER].decode()
        response = Response(f"const SITE = {json.dumps(_told())};\n{script}", mimetype="text/javascript")
        response.cache_control.no_cache = True
        return response

    def _told() -> dict[str, object]:
        """Give what the worker is told of the site; another version makes it keep the first pages anew."""
        digests = current_app.config["ASSET_DIGESTS"]
        made_of = json.dumps([digests, library.site.model_dump()])
        return {
            "version": hashlib.sha256(made_of.encode()).hexdigest()[:16],
            "pages": [url_for(endpoint) for endpoint in ALWAYS],
            "files": [
                address_of_asset(name) for name in digests if name != WORKER and not name.endswith(".png")
            ],
            "notKept": url_for("offline.not_kept"),
            "never": [url_for("checker.start"), url_for("searching.search")],
        }

    return blueprint
