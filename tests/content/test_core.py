"""The core works where there is no web framework."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.content.folder import GOOD

if TYPE_CHECKING:
    from pathlib import Path

ALONE = """\
import importlib, pkgutil, sys

WEB = {"flask", "flask_wtf", "wtforms", "werkzeug", "click"}

class Refusal:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in WEB:
            raise ImportError(f"the core imports {name}")

sys.meta_path.insert(0, Refusal())
try:
    import flask
except ImportError:
    pass
else:
    raise AssertionError("flask was not refused")

import app.content, app.checker, app.search, app.publishing

for package in (app.content, app.checker, app.search, app.publishing):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
"""
READ = """
from pathlib import Path
from app.checker.knowledge import read_checker

checker, warnings = read_checker(Path(sys.argv[1]), ["nerve"])
print(len(checker.library.pages), len(warnings), sorted(WEB & sys.modules.keys()))
"""


def run(program: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a new Python, with warnings as errors."""
    command = [sys.executable, "-W", "error", "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)  # noqa: S603 - our own text


def test_the_core_reads_the_content_without_any_web_framework(tmp_path: Path) -> None:
    done = run(ALONE + READ, str(GOOD), folder=tmp_path)
    assert done.stderr == ""
    assert done.stdout == "8 0 []\n"


@pytest.mark.parametrize("module", ["app.web.rendering", "app.cli"])
def test_the_refusal_would_be_seen(tmp_path: Path, module: str) -> None:
    done = run(f"{ALONE}\nimport {module}\n", folder=tmp_path)
    assert "ImportError: the core imports" in done.stderr
