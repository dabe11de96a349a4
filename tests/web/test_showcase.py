"""The page with every component: there for those who build the site, and for nobody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.web.client import Client

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import MakeApp

# Parts of other components, which are shown with them.
INNER = {
    "cell",
    "filter_select",
    "named_cell",
    "reasons_for",
    "shown_count",
    "table_frame",
    "telephone",
    "typed_table",
}


def test_the_components_are_shown_in_development_and_not_in_production(
    client: Client, make_app: MakeApp
) -> None:
    assert client.get("/_components/").headers["X-Robots-Tag"] == "noindex"
    Client(make_app(environment="production")).get("/_components/", status=404)


def test_every_component_is_shown_there(project: Path) -> None:
    page = (project / "templates" / "showcase" / "index.html").read_text("utf-8")
    macros = {
        name
        for file in (project / "templates" / "components").glob("*.html")
        for name in re.findall(r"{% macro (\w+)", file.read_text("utf-8"))
    }
    assert {name for name in macros if f"{name}(" not in page} == INNER
    assert len(macros) > len(INNER)
