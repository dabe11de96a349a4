"""A content folder of its own for a test that changes something."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from app.content.collection import read_library, read_vocabulary
from app.content.problems import Rule

if TYPE_CHECKING:
    from app.content.library import Library
    from app.content.problems import Problem

HERE = Path(__file__).parent
GOOD = HERE / "good"
BAD = HERE / "bad"
DRAWINGS = ("nerve",)
FAQ = """\
---
title: {title}
group: Basics
owner: pressed-nerve
sources_checked: 2026-01-01
review_due: 2099-01-01
---
{body}
"""
FAQ_BODY_LINE = 8


class Folder:
    """The smallest whole content, copied, with what a test lays over it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(GOOD, root)

    def write(self, name: str, text: str | bytes) -> None:
        """Write a file, by its path below the folder."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def write_faq(self, slug: str, body: str) -> None:
        """Write the simplest kind of page with a body, which begins on line FAQ_BODY_LINE."""
        self.write(f"faq/{slug}.md", FAQ.format(title=slug.replace("-", " "), body=body))

    def change(self, name: str, old: str, new: str) -> None:
        """Put other words in place of some words of a file."""
        text = (self.root / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def copy(self, name: str, slug: str, *changes: tuple[str, str], title: str = "") -> None:
        """Copy a page under another name and title, with changes."""
        copy = str(Path(name).with_stem(slug))
        text = (self.root / name).read_text("utf-8")
        self.write(copy, re.sub(r"(?m)^title: .*$", f"title: {title or slug}", text, count=1))
        for old, new in changes:
            self.change(copy, old, new)

    def withdraw(self, name: str) -> None:
        """Mark a page as withdrawn."""
        self.change(name, "review_due:", "withdrawn: It was wrong.\nreview_due:")

    def read(self) -> tuple[Library | None, list[Problem]]:
        """Read the folder as the site does."""
        vocabulary, problems = read_vocabulary(self.root)
        assert vocabulary is not None, problems
        library, found = read_library(self.root, vocabulary, DRAWINGS)
        return library, problems + found

    def library(self) -> Library:
        """Read the folder, which must have no problems save links to what is withdrawn."""
        library, problems = self.read()
        assert library is not None, problems
        assert {problem.rule for problem in problems} <= {Rule.LINK_TO_WITHDRAWN}, problems
        return library
