"""What is measured of the export, against other programs that build pages of the same text."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.benchmarks.generated import write_content
from tests.benchmarks.plain_text import write_plain
from tests.benchmarks.rows import Row, middle, ratio
from tests.benchmarks.serving_rows import COMPARED

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 1000
# The quickest settings of each: no search, no menu of all pages, no feeds, no lists.
_MKDOCS = "site_name: Pages\nplugins: []\nnav: [index.md]\n"
_PELICAN = """SITENAME = "Pages"
PATH = "content"
THEME = "simple"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DIRECT_TEMPLATES = []
PAGE_URL = PAGE_SAVE_AS = "{slug}.html"
DISPLAY_PAGES_ON_MENU = False
"""
_HUGO = 'title = "Pages"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n'
_LAYOUT = (
    "<!DOCTYPE html><html><head><title>{{ .Title }}</title></head>"
    "<body><h1>{{ .Title }}</h1>{{ .Content }}</body></html>"
)


def build_rows(folder: Path, rounds: int) -> dict[str, Row]:
    """Measure the export of many pages, from nothing to the last file."""
    content = folder / "content"
    write_content(PAGES, content)
    commands = _prepare(content, folder)
    environ = {**os.environ, "NERVEWISE_CONTENT": str(content), "NERVEWISE_ADDRESS": "https://example.org"}
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(  # noqa: S603 - the commands are made below
                [*command, str(folder / f"{name}-out-{number}")],
                check=True,
                cwd=folder / name,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environ,
            )
            taken[name].append(time.perf_counter() - begun)
    told = f"site {middle(taken['export'])} s"
    return {
        f"export {name}": Row(
            f"Export of {PAGES:,} generated pages and the real ones: times as fast as {name.capitalize()}",
            1 / ratio(taken["export"], taken[name]),
            None if name == "hugo" else ("at least", 2),
            f"{told}, {name} {middle(taken[name])} s",
        )
        for name in ("mkdocs", "pelican", "hugo")
    }


def _prepare(content: Path, folder: Path) -> dict[str, list[str]]:
    """Write the text for each program; give the commands, which lack the folder to write to."""
    for name in ("export", "mkdocs", "pelican", "hugo"):
        (folder / name).mkdir()
    write_plain(content, folder / "mkdocs" / "docs", '---\ntitle: "{}"\n---')
    (folder / "mkdocs" / "docs" / "index.md").write_text("# Pages\n", "utf-8")
    (folder / "mkdocs" / "mkdocs.yml").write_text(_MKDOCS, "utf-8")
    write_plain(content, folder / "pelican" / "content" / "pages", "Title: {}")
    (folder / "pelican" / "pelicanconf.py").write_text(_PELICAN, "utf-8")
    write_plain(content, folder / "hugo" / "content", '---\ntitle: "{}"\n---')
    (folder / "hugo" / "config.toml").write_text(_HUGO, "utf-8")
    layouts = folder / "hugo" / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for kind in ("single", "list"):
        (layouts / f"{kind}.html").write_text(_LAYOUT, "utf-8")
    programs = COMPARED.parent
    return {
        "export": [sys.executable, "-c", "from app.cli import main; main()", "export"],
        "mkdocs": [str(programs / "mkdocs"), "-q", "build", "-d"],
        "pelican": [str(programs / "pelican"), "-q", "content", "-s", "pelicanconf.py", "-o"],
        "hugo": ["hugo", "--quiet", "-d"],
    }
