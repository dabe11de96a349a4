"""What the tests share: the real content, read as seldom as can be."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.checker.knowledge import read_checker
from app.content.cache import file_of
from app.settings import PROJECT, Settings, cache_folder, drawing_names

if TYPE_CHECKING:
    from pathlib import Path

    from app.checker.outcome import Checker
    from app.content.library import Library


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the browser tests look at more than `make test` has time for."""
    parser.addoption("--every-look", action="store_true", help="axe sees every page in all four looks")


def pytest_configure(config: pytest.Config) -> None:
    """Let no test read or write what the site keeps for its next start on this machine.

    What one process of the tests has read, the others take from a folder that lasts as long as the run.
    """
    if not hasattr(config, "workerinput"):
        folder = tempfile.TemporaryDirectory(prefix="nervewise-tests-")
        config.add_cleanup(folder.cleanup)
        os.environ["NERVEWISE_CACHE"] = folder.name


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def checker() -> Checker:
    """The checker over the real content."""
    return read_checker(PROJECT / "content", drawing_names(PROJECT / "static"), cache_folder(os.environ))[0]


@pytest.fixture
def changing(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the content, to change; what stands in it need not be read anew."""
    del checker
    content = shutil.copytree(PROJECT / "content", tmp_path / "content")
    kept, cache = cache_folder(os.environ), tmp_path / "cache"
    assert kept
    cache.mkdir(mode=0o700)
    shutil.copy(file_of(PROJECT / "content", kept), file_of(content, cache))
    monkeypatch.setenv("NERVEWISE_CACHE", str(cache))
    return content


@pytest.fixture(scope="session")
def library(checker: Checker) -> Library:
    """The real pages."""
    return checker.library


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings for tests, which ask more often than people do."""
    return Settings(
        environment="development",
        secret_key="a secret that is only for tests",  # noqa: S106 - for tests
        limits=False,
    )


@pytest.fixture
def writing(settings: Settings, changing: Path, tmp_path: Path) -> Settings:
    """Settings with copies of the content and the templates, to change."""
    templates = shutil.copytree(settings.templates, tmp_path / "templates")
    return replace(settings, content=changing, templates=templates, cache=cache_folder(os.environ))
