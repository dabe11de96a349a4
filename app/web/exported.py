"""The site as files: what needs a server gives way to a note, and links lead from file to file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import g, render_template, request, url_for

from app.web.rendering import address, public

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses to write.

    Attributes:
        library: the pages.
        linked: where the pages lead that were asked for.
    """

    library: Library
    linked: set[str] = field(default_factory=set)

    def first(self) -> Iterator[str]:
        """Yield those that are known beforehand, within the site's own context."""
        yield url_for("site.home")
        # A page that was withdrawn keeps its address, though no link may lead there.
        yield from (address(page) for page in self.library.pages.values())


def register(app: Flask, library: Library) -> Addresses:
    """Turn a site into one that is written into files.

    Args:
        app: the site.
        library: its pages.
    """
    app.config["EXPORTING"] = True
    # A checker that the operator has switched off says so itself, and has no other view.
    notes = {name: words for name, words in NEEDS_SERVER.items() if _is_served(app, name)}
    addresses = Addresses(library)

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
            response.set_data(_led_to_files(response.get_data(as_text=True), addresses.linked))
        return response

    return addresses


def _is_served(app: Flask, endpoint: str) -> bool:
    return endpoint != "checker.start" or "checker.begin" in app.view_functions


def _led_to_files(page: str, linked: set[str]) -> str:
    """Let the links of the page that is asked for lead to files, and take note of where they led."""
    here = request.path.split("/")[1:-1]
    files: dict[str, str] = {}

    def lead(link: re.Match[str]) -> str:
        path = link[2]
        if path not in files:
            files[path] = _file(path, here)
        return link[1] + files[path]

    led = _LINK.sub(lead, page)
    linked.update(files)
    return led


def _file(path: str, here: Sequence[str]) -> str:
    """Give the way from a folder to the file of another address."""
    there = (f"{path}index.html" if path.endswith("/") else path).split("/")[1:]
    shared = 0
    # The last part of where it leads is a file, which is no folder on the way.
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])
