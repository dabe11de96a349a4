"""The command that writes the site into files: what it refuses. What it writes: test_exporting.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from app.cli import main
from app.content.problems import ContentError, Problem, Rule

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def run(*arguments: str | Path, address: str | None = "https://example.org") -> Result:
    """Run the command within this process."""
    runner = CliRunner(env={"NERVEWISE_ADDRESS": address})
    return runner.invoke(main, ["export", *(str(argument) for argument in arguments)])


def test_without_a_place_it_asks_for_one() -> None:
    result = run()
    assert result.exit_code == 2
    assert "name a FOLDER, or a file with --zip" in result.output


def test_without_the_address_of_the_live_site_it_writes_nothing(tmp_path: Path) -> None:
    result = run(tmp_path / "site", address=None)
    assert result.exit_code == 1
    assert "NERVEWISE_ADDRESS is not set" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_setting_that_is_wrong_is_named(tmp_path: Path) -> None:
    result = run(tmp_path / "site", address="example.org")
    assert result.exit_code == 1
    assert "NERVEWISE_ADDRESS is 'example.org'" in result.output


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "no earlier export" in result.output


def test_broken_content_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        raise ContentError((Problem("content/causes/sciatica.md", 3, Rule.UNKNOWN_KEY, "No such key."),))

    monkeypatch.setattr("app.export_command.read_checker", read)
    result = run(tmp_path / "site")
    assert result.exit_code == 1
    assert "content/causes/sciatica.md:3: C005" in result.output
    assert list(tmp_path.iterdir()) == []
