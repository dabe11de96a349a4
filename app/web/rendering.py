"""What templates call: addresses of pages, and texts with their links and citations put in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import current_app, g, get_template_attribute, render_template, request, url_for
from markupsafe import Markup, escape

from app.content import tables, words
from app.content.keys import SourceId
from app.content.markdown import Inline
from app.settings import drawing_files
from app.web import bodymap
from app.web.sections import BY_KIND, PLACE_ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from flask import Flask

    from app.content.blocks import DrawnTable
    from app.content.library import Library
    from app.content.pages import Page, Term

# Where a site holds the addresses that were made.
_ADDRESSES = "nervewise.addresses"
_LOCAL_LINK = re.compile(r'(<a\b[^>]*? href=")((?:/|#)[^"]*)"')
_HREF = re.compile(r'href="(page|term|site):([a-z0-9-]*)(#[^"]*)?"')
_TERM_LINK = re.compile(r'<a href="term:([a-z0-9-]+)">(.*?)</a>', re.DOTALL)
_CITATION = re.compile(r'<cite-ref source="([^"]+)"></cite-ref>')
_CITATIONS = re.compile(rf"(?:\s*{_CITATION.pattern})+")


def address(page: Page) -> str:
    """Give the address of a page."""
    return _address_once(f"{BY_KIND[page.kind].name}.page", slug=page.slug)


def json_address(page: Page) -> str:
    """Give the address of a page's JSON."""
    return _address_once("openjson.page", section_name=BY_KIND[page.kind].name, slug=page.slug)


def term_address(slug: str) -> str:
    """Give the address of a medical word in the glossary."""
    return _address_once("site.glossary", _anchor=slug)


def question_address(question_id: str) -> str:
    """Give the address of a question of the checker."""
    return _address_once("checker.question", question_id=question_id)


def _address_once(endpoint: str, **values: str) -> str:
    # Werkzeug is slow to make an address, and a page may have hundreds: so each is made once for a site.
    known: dict[tuple[str, ...], str] = current_app.extensions[_ADDRESSES]
    key = (request.root_path, endpoint, *values.values())
    if key not in known:
        known[key] = url_for(endpoint, **values)  # type: ignore[arg-type]  # Flask's own keys are among them
    return known[key]


def public(path: str) -> str:
    """Give an address whole, with the host by which the operator says that the site is reached."""
    return f"{current_app.config['PUBLIC_ADDRESS']}{path}"


def whole_links(html: str, page: Page | None = None) -> str:
    """Make the links of a piece of HTML whole, for programs that show it elsewhere.

    Args:
        html: a piece of a page.
        page: the page, for links that lead to a place on it.
    """
    here = address(page) if page else ""
    return _LOCAL_LINK.sub(
        lambda match: f'{match[1]}{public(f"{here}{match[2]}" if match[2].startswith("#") else match[2])}"',
        html,
    )


def body_for_programs(page: Page) -> str:
    """Give the body of a page as HTML with whole links; medical words are links to the glossary."""
    g.explained = None
    body = get_template_attribute("components/body.html", "body")
    return whole_links(str(body(page)).strip(), page)


def show(
    text: Inline | str, library: Library, page: Page | None = None, explained: dict[str, Term] | None = None
) -> Markup:
    """Make converted text ready to stand in a template.

    Args:
        text: a text from a front matter, or HTML made from Markdown; a plain string is not accepted here.
        library: where the pages are that it links to.
        page: the page on which it stands, whose sources its citations number; without one they are left out.
        explained: takes the medical words that become buttons, each of which opens its explanation
            (components/terms.html) on the page; without it they are links to the glossary.
    """
    html = text.html if isinstance(text, Inline) else text
    # Most texts have no link and no citation; to look for one by `in` costs next to nothing.
    if 'href="' in html:
        if explained is not None:
            html = _TERM_LINK.sub(lambda match: _explain(match, library, explained), html)
        html = _HREF.sub(lambda match: _href(match, library), html)
    if "<cite-ref " in html:
        numbers = {source: number for number, source in enumerate(page.sources, 1)} if page else {}
        html = _CITATIONS.sub(lambda match: _citations(match.group(), numbers, library), html)
    return Markup(html)  # noqa: S704 - made by app.content.markdown, which escapes raw HTML


def _explain(match: re.Match[str], library: Library, explained: dict[str, Term]) -> str:
    slug, words = match.groups()
    explained[slug] = library.terms[slug]
    # A button is a box to the browser: word joiners keep a bracket or a full stop on its line.
    return f'&#8288;<button type="button" class="term" popovertarget="term-{slug}">{words}</button>&#8288;'


def _href(match: re.Match[str], library: Library) -> str:
    scheme, key, fragment = match.group(1), match.group(2), match.group(3) or ""
    if scheme == "page":
        target = address(library.pages[key]) + fragment
    elif scheme == "term":
        target = term_address(key)
    else:
        target = url_for(PLACE_ENDPOINTS[key]) + fragment
    return f'href="{escape(target)}"'


def _citations(html: str, numbers: Mapping[SourceId, int], library: Library) -> str:
    """Citations that follow each other are one thing on the line, each with its link."""
    links = "".join(_citation(source, numbers, library) for source in _CITATION.findall(html))
    return f'<sup class="citation">{links}</sup>' if links else ""


def _citation(source: str, numbers: Mapping[SourceId, int], library: Library) -> str:
    number = numbers.get(SourceId(source))
    if number is None:
        return ""
    name = escape(library.sources[source].organisation)
    return f'<a href="#source-{number}" aria-label="Source {number}: {name}">{number}</a>'


class Drawings:
    """The site's drawings: SVG that stands in the page itself, so that it follows light and dark."""

    def __init__(self, files: Mapping[str, Sequence[Path]]) -> None:
        self._by_name = {
            name: "".join(file.read_text("utf-8").strip() for file in frames)
            for name, frames in files.items()
        }

    def draw(self, name: str) -> Markup:
        """Give a drawing by its name: all of its frames."""
        return Markup(self._by_name[name])  # noqa: S704 - the project's own files

    def draw_body(self) -> Markup:
        """Give the body from both sides; each place leads to its causes."""
        links = {
            region: (
                url_for("causes.index", area=areas),
                " and ".join(words.AREAS[area].lower() for area in areas).capitalize(),
            )
            for region, areas in bodymap.REGIONS.items()
        }
        sides = (bodymap.linked(self._by_name[name], links) for name in ("body-front", "body-back"))
        return Markup("").join(sides)


def register(app: Flask, library: Library) -> None:
    """Give templates what they call."""
    drawings = Drawings(drawing_files(app.config["STATIC"]))
    app.extensions[_ADDRESSES] = {}

    framed: dict[tuple[str, str, str | None], Markup] = {}

    def frame(template: str, indent: int = 0) -> Markup:
        # The frame of a page hangs on the view alone, so it is drawn once for each.
        key = (template, request.root_path, request.endpoint)
        if key not in framed:
            drawn = render_template(template).replace("\n", f"\n{' ' * indent}")
            framed[key] = Markup(drawn)  # noqa: S704 - Jinja has escaped it
        return framed[key]

    def show_here(text: Inline | str, page: Page | None = None) -> Markup:
        return show(text, library, page, explained_here())

    def show_linked(text: Inline) -> Markup:
        return show(text, library)

    def explained_here() -> dict[str, Term] | None:
        explained: dict[str, Term] | None = g.setdefault("explained", {})
        return explained

    def draw_table(part: DrawnTable, page: Page) -> tables.Table:
        return tables.draw(part.name, part.arguments, page, library)

    app.jinja_env.filters.update(show=show_here, show_linked=show_linked)
    app.jinja_env.tests["page_link"] = lambda cell: isinstance(cell, tables.PageLink)
    app.jinja_env.tests["inline"] = lambda cell: isinstance(cell, Inline)
    app.jinja_env.globals.update(
        address=address,
        json_address=json_address,
        term_address=term_address,
        question_address=question_address,
        draw_table=draw_table,
        explained_here=explained_here,
        frame=frame,
        drawing=drawings.draw,
        body_of_links=drawings.draw_body,
        regions_of_option=bodymap.regions_of_option,
        words=words.WORDS,
        costs=words.COSTS,
    )
