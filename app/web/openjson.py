"""What the site offers to programs: the JSON of every page and list, and the page that explains it."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, url_for

from app.publishing import surveying
from app.publishing.openapi import JSON, describe_api
from app.publishing.overviews import FileEntry, FilesRecord
from app.publishing.recording import Recorder
from app.publishing.records import LICENCE, Link, WithdrawnRecord
from app.publishing.surveying import Part
from app.web import caching
from app.web.files import files_of
from app.web.headers import opened
from app.web.rendering import address, body_for_programs, json_address, public, show, whole_links
from app.web.sections import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.content.library import Library
    from app.content.markdown import Inline
    from app.content.pages import Page
    from app.publishing.records import Published
    from app.web.sections import Section

ABOUT = (
    "Every page of Nervewise as JSON: its facts, its sources and its text. No key is needed. "
    "Texts and tables are licensed under CC BY 4.0. Nervewise informs; it does not replace a doctor."
)
# Single pages with a JSON of their own, by endpoint.
_PLACES = {"glossary": "Glossary", "a_z": "A to Z", "get_help_now": "Get help now"}
_SECTIONS = {section.name: section for section in SECTIONS}


def openjson_blueprint(library: Library) -> Blueprint:
    """Make the blueprint of the open JSON; its answers are the same for everyone and open to all sites."""
    blueprint = Blueprint("openjson", __name__)
    drawn = Drawn(library)
    add = blueprint.add_url_rule
    add("/index.json", "site", _answering(drawn.site))
    # Not one rule with a converter: that of a section's pages, whose beginning is fixed, would come first.
    section, page = _answering(drawn.section), _answering(drawn.page)
    for name in _SECTIONS:
        add(f"/{name}/index.json", "section", section, defaults={"section_name": name})
        add(f"/{name}/<slug>/index.json", "page", page, defaults={"section_name": name})
    add("/glossary/index.json", "glossary", _answering(drawn.glossary))
    add("/a-z/index.json", "a_z", _answering(drawn.names))
    add("/get-help-now/index.json", "get_help_now", _answering(drawn.get_help_now))
    add("/api/index.json", "files", _answering(drawn.files))
    add("/api/openapi.json", "description", opened(caching.public(drawn.description)))

    @blueprint.get("/api/")
    @caching.public
    def explanation() -> str:
        return render_template("api/index.html", files=files_of(library), licence=LICENCE)

    return blueprint


def _answering(draw: Callable[..., Published]) -> Callable[..., Response]:
    """Make the view that answers with what is drawn."""

    @opened
    @caching.public
    def answer(**names: str) -> Response:
        record = draw(**names)
        status = 410 if isinstance(record, WithdrawnRecord) else 200
        return Response(record.model_dump_json(), status, mimetype=JSON)

    return answer


class Drawn:
    """What the answers are drawn from."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.recorder = Recorder(
            library,
            address_of=lambda page: public(address(page)),
            json_address_of=lambda page: public(json_address(page)),
            show=self._show,
            body_of=body_for_programs,
        )

    def site(self) -> Published:
        """Give every part of the site with its pages."""
        parts = [self._part(section) for section in SECTIONS]
        others = [
            Link(
                title=title,
                url=public(url_for(f"site.{name}")),
                json_url=public(url_for(f"openjson.{name}")),
            )
            for name, title in _PLACES.items()
        ]
        return surveying.survey_site(public(url_for("site.home")), parts, others, self.recorder)

    def section(self, section_name: str) -> Published:
        """Give a part of the site."""
        return surveying.survey_part(self._part(_SECTIONS[section_name]), self.recorder)

    def page(self, section_name: str, slug: str) -> Published:
        """Give a page of a part of the site."""
        found = self.library.pages.get(slug)
        if found is None or found.kind != _SECTIONS[section_name].kind:
            abort(404)
        return self.recorder.record(found)

    def glossary(self) -> Published:
        """Give the medical words."""
        url = public(url_for("site.glossary"))
        return surveying.survey_terms(url, lambda slug: f"{url}#{slug}", self.recorder)

    def names(self) -> Published:
        """Give the names of all pages."""
        return surveying.survey_names(public(url_for("site.a_z")), self.recorder)

    def get_help_now(self) -> Published:
        """Give the numbers to call and the dangers."""
        return surveying.survey_help(public(url_for("site.get_help_now")), self.recorder)

    def files(self) -> Published:
        """Give the list of files."""
        return FilesRecord(
            openapi_url=public(url_for("openjson.description")),
            files=tuple(
                FileEntry(
                    title=file.title,
                    url=public(file.path),
                    media_type=file.media_type,
                    description=file.description,
                )
                for file in files_of(self.library)
            ),
        )

    def description(self) -> Response:
        """Describe all answers by OpenAPI."""
        return Response(self._description, mimetype=JSON)

    @cached_property
    def _description(self) -> str:
        return json.dumps(describe_api(public(""), ABOUT, files_of(self.library)), ensure_ascii=False)

    def _show(self, text: Inline, page: Page | None) -> str:
        return whole_links(show(text, self.library, page), page)

    def _part(self, section: Section) -> Part:
        return Part(
            section.name,
            section.title,
            section.intro,
            public(url_for(f"{section.name}.index")),
            public(url_for("openjson.section", section_name=section.name)),
            section.pages(self.library),
        )
