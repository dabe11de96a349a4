"""What the tests share: the real content, read once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from app.checker.knowledge import read_checker
from app.settings import PROJECT, Settings, drawing_names

if TYPE_CHECKING:
    from pathlib import Path

    from app.checker.outcome import Checker
    from app.content.library import Library


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the browser tests look at more than `make test` has time for."""
    parser.addoption("--every-look", action="store_true", help="axe sees every page in all four looks")


def pytest_configure() -> None:
    """Let no test read or write what the site keeps for its next start on this machine."""
    os.environ["NERVEWISE_CACHE"] = "off"


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def checker() -> Checker:
    """The checker over the real content."""
    return read_checker(PROJECT / "content", drawing_names(PROJECT / "static"))[0]


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
