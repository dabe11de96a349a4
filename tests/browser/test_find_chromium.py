"""The script that makes sure of a Chromium, on machines that are made up of a few programs."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = ("cat", "cp", "dirname", "env", "mktemp", "rm", "sed", "sh", "tail", "true")
APT_GET = """case "$*" in *chromium*) cp "$0" "$(dirname "$0")/chromium" ;; esac"""


@pytest.fixture
def machine(tmp_path: Path, project: Path) -> Path:
    """A folder with the script and a bin/ in which only the most needed programs stand."""
    (tmp_path / "bin").mkdir()
    for name in NEEDED:
        found = shutil.which(name)
        assert found
        (tmp_path / "bin" / name).symlink_to(found)
    (tmp_path / "tests" / "browser").mkdir(parents=True)
    shutil.copy(project / "tests" / "browser" / "find-chromium", tmp_path / "tests" / "browser")
    return tmp_path


def install(machine: Path, name: str, script: str) -> None:
    """Put a program on a machine."""
    program = machine / "bin" / name
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)


def find(machine: Path) -> subprocess.CompletedProcess[str]:
    """Run the script with nothing but the programs of a machine."""
    return subprocess.run(  # noqa: S603 - the project's own script
        [machine / "tests" / "browser" / "find-chromium"],
        env={"PATH": str(machine / "bin"), "TMPDIR": str(machine)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_a_chromium_on_the_path_is_enough(machine: Path, name: str) -> None:
    install(machine, name, "exit 1")
    found = find(machine)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_debian_gets_its_package_without_a_word(machine: Path) -> None:
    install(machine, "id", "echo 0")
    install(machine, "apt-get", f'echo "Reading package lists"\n{APT_GET}')
    found = find(machine)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    assert (machine / "bin" / "chromium").exists()


@pytest.mark.parametrize(
    ("user", "apt_get", "why"),
    [
        ("0", None, "there is no apt-get here"),
        ("1000", "exit 0", "this needs root, or sudo without a password"),
        ("0", "echo 'E: Unable to locate package' >&2; exit 100", "it failed"),
    ],
)
def test_when_nothing_helps_it_says_what_was_tried(
    machine: Path, user: str, apt_get: str | None, why: str
) -> None:
    install(machine, "id", f"echo {user}")
    if apt_get:
        install(machine, "apt-get", apt_get)
    found = find(machine)
    assert found.returncode == 1
    assert found.stdout == ""
    assert f"apt-get install chromium: {why}" in found.stderr
    assert ".venv/bin/playwright install chromium: it is not there" in found.stderr
    assert "To mend it: install Chromium" in found.stderr
    assert ("E: Unable to locate package" in found.stderr) == (apt_get is not None and "Unable" in apt_get)
    assert list(machine.glob("tmp.*")) == []


def test_playwright_is_the_last_resort(machine: Path) -> None:
    install(machine, "id", "echo 1000")
    (machine / ".venv" / "bin").mkdir(parents=True)
    install(machine, "playwright", '[ "$*" = "install chromium" ] && echo "downloading"')
    (machine / "bin" / "playwright").rename(machine / ".venv" / "bin" / "playwright")
    found = find(machine)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def put_driver(machine: Path, script: str) -> None:
    """Put Playwright's driver where the virtual environment has it."""
    folder = machine / ".venv" / "lib" / "python3.11" / "site-packages" / "playwright" / "driver"
    folder.mkdir(parents=True)
    (folder / "node").write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / "node").chmod(0o755)


def test_a_driver_that_lacks_a_library_gets_it_from_debian(machine: Path) -> None:
    install(machine, "chromium", "exit 0")
    install(machine, "id", "echo 0")
    put_driver(machine, f'[ -e "{machine}/libatomic" ]')
    install(machine, "apt-get", f'case "$*" in *libatomic1*) cp "$0" "{machine}/libatomic" ;; esac')
    found = find(machine)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_a_driver_that_cannot_run_is_told_with_what_it_lacks(machine: Path) -> None:
    install(machine, "chromium", "exit 0")
    install(machine, "id", "echo 1000")
    put_driver(machine, "echo 'libatomic.so.1: cannot open' >&2; exit 127")
    found = find(machine)
    assert found.returncode == 1
    assert "apt-get install libatomic1" in found.stderr
    assert "libatomic.so.1: cannot open" in found.stderr
