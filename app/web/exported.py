"""The site as files: what needs a server gives way to a note, and links lead from file to file."""

from __future__ import annotations

import posixpath
import re
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import g, render_template, request, url_for

from app.web.rendering import address, public

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flask import Flask, Response

    from app.content.library import Library

NEEDS_SERVER: Mapping[str, str] = MappingProxyType(
    {
        "checker.start": "The symptom checker",
        "searching.search": "The search",
        "offline.index": "The page on offline reading",
    }
)
"""The views that only a server can answer, with the words for each."""

_LINK = re.compile(r'(\s(?:href|src)=")(/[^"#?]*)')


def register(app: Flask, library: Library) -> Callable[[], Iterator[str]]:
    """Turn a site into one that is written into files.

    Args:
        app: the site.
        library: its pages.

    Returns:
        What gives every address to write, within the site's own context. It goes where the pages lead that
        were asked for meanwhile.
    """
    app.config["EXPORTING"] = True
    # A checker that the operator has switched off says so itself, and has no other view.
    notes = {name: words for name, words in NEEDS_SERVER.items() if _is_served(app, name)}
    linked: list[str] = []

    @app.before_request
    def begin_anew() -> None:
        # All pages are asked for in one context; what one leaves there (medical words) is no other one's.
        for name in list(g):
            g.pop(name)

    @app.before_request
    def note() -> str | None:
        if request.endpoint not in notes:
            return None
        here = public(url_for(request.endpoint))
        return render_template("exported/note.html", what=notes[request.endpoint], live=here)

    @app.after_request
    def lead_to_files(response: Response) -> Response:
        # A file has no status: a page that was withdrawn says so in its words.
        if response.status_code == HTTPStatus.GONE:
            response.status_code = HTTPStatus.OK
        if response.mimetype == "text/html":
            page = response.get_data(as_text=True)
            linked.extend(link[2] for link in _LINK.finditer(page))
            response.set_data(_LINK.sub(lambda link: link[1] + _file(link[2]), page))
        return response

    def addresses() -> Iterator[str]:
        yield url_for("site.home")
        # A page that was withdrawn keeps its address, though no link may lead there.
        yield from (address(page) for page in library.pages.values())
        # It grows meanwhile, and ends when no page leads to another one.
        yield from linked

    return addresses


def _is_served(app: Flask, endpoint: str) -> bool:
    return endpoint != "checker.start" or "checker.begin" in app.view_functions


def _file(path: str) -> str:
    """Give the way from the page that is asked for to the file of another address."""
    return posixpath.relpath(f"{path}index.html" if path.endswith("/") else path, request.path)
