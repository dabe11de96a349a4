"""The operator's page against what it speaks of: the settings, and the files."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.factory import create_app
from app.settings import PROJECT, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.checker.outcome import Checker

TEXT = (PROJECT / "docs" / "operating.md").read_text("utf-8")
PRODUCTION = {
    "NERVEWISE_ENV": "production",
    "SECRET_KEY": "only for tests, and the same each time",
    "NERVEWISE_ADDRESS": "https://example.org",
}
# Not set for the site: where the user's own folders are.
OF_THE_USER = {"HOME", "XDG_CACHE_HOME"}
DEVELOPMENT = {"SECRET_KEY": PRODUCTION["SECRET_KEY"]}


class Watched(dict[str, str]):
    """An environment that knows which of its settings were asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(environ)
        self.asked: set[str] = set()

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """Give a setting."""
        self.asked.add(name)
        return super().get(name, default)


def settings_told() -> Iterator[tuple[str, str]]:
    """Give each setting that the page names, with what stands for its default."""
    table = TEXT.split("\n## Settings\n")[1].split("\n## ")[0]
    for names, default, _ in re.findall(r"^\| (`.+?) \| (.+?) \| (.+) \|$", table, re.MULTILINE):
        named = re.findall(r"`([A-Z_]+)`", names)
        parts = default.split(", ") if len(named) > 1 else [default]
        yield from zip(named, parts, strict=True)


def test_the_page_names_every_setting_and_no_other() -> None:
    watched = Watched(PRODUCTION)
    Settings.read(watched)
    named = [name for name, _ in settings_told()]
    assert sorted(named) == sorted(watched.asked - OF_THE_USER)


@pytest.mark.parametrize(("name", "default"), list(settings_told()))
def test_a_default_on_the_page_is_that_of_the_site(name: str, default: str) -> None:
    base = PRODUCTION if default.endswith(" in production") and "needed" not in default else DEVELOPMENT
    value = re.fullmatch(r"`([^`]+)`(?: in production)?", default)
    if value is None:
        # It is told in words; that the setting may be left out is what is told.
        Settings.read(DEVELOPMENT)
        return
    assert name not in base
    assert Settings.read({**base, name: value[1]}) == Settings.read(base)


def test_the_files_that_the_page_names_are_there() -> None:
    files = re.findall(r"`((?:app|content|deploy|docs|tests)/[\w./-]*)`", TEXT)
    assert files
    assert [file for file in files if not (PROJECT / file).exists()] == []


def test_the_logs_of_the_proxies_know_every_part_of_the_site(settings: Settings, checker: Checker) -> None:
    production = replace(settings, environment="production")
    rules = [rule.rule for rule in create_app(production, checker).url_map.iter_rules()]
    folders = {rule.split("/")[1] for rule in rules if rule.count("/") > 1} - {".well-known", ""}
    files = {rule[1:] for rule in rules if rule.count("/") == 1} - {""}
    for name in ("nginx.conf", "varnish.vcl"):
        text = (PROJECT / "deploy" / name).read_text("utf-8")
        told = [set(words.split("|")) for words in re.findall(r'"~?\^/\((?:\?<\w+>)?([^)\[]+)\)', text)]
        assert {frozenset(one) for one in told} == {
            frozenset(folders),
            frozenset(re.escape(file).replace(r"\-", "-") for file in files),
        }
