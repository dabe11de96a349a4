"""The pages of a content folder as plain Markdown, which other programs build: `title` and the text alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("causes", "treatments", "exercises", "guides", "faq")
_TITLE = re.compile(r"^title: *(.+)$", re.MULTILINE)
_OURS = re.compile(r"^///.*$|\s*\[@[^\]]*\]", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((?:page|term|site):[^)]*\)")


def write_plain(content: Path, folder: Path, title: str, most: int | None = None) -> int:
    """Write the pages.

    Args:
        content: a content folder.
        folder: where the Markdown files go, in a folder a kind.
        title: the front matter, with `{}` for the title.
        most: how many pages; None takes all.

    Returns:
        How many pages were written.
    """
    files = [file for kind in KINDS for file in sorted((content / kind).glob("*.md"))][:most]
    for file in files:
        front, _, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        found = _TITLE.search(front)
        name = found[1].strip("\"'") if found else file.stem
        text = _LINK.sub(r"\1", _OURS.sub("", body))
        target = folder / file.parent.name / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{title.format(name.replace(':', ','))}\n\n{text}", "utf-8")
    return len(files)
