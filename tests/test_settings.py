"""Every setting: its default, what it takes, and what is said of what it does not take."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import SHORTEST_SECRET, Settings, SettingsError, drawing_files, drawing_names

SECRET = secrets.token_hex()
PRODUCTION = {
    "NERVEWISE_ENV": "production",
    "SECRET_KEY": SECRET,
    "NERVEWISE_ADDRESS": "https://example.org",
}
NAMES = (
    "NERVEWISE_ENV",
    "SECRET_KEY",
    "NERVEWISE_CHECKER",
    "NERVEWISE_TLS",
    "NERVEWISE_ADDRESS",
    "NERVEWISE_CONTACT",
    "NERVEWISE_OFFLINE_ZIP",
    "HOST",
    "PORT",
    "NERVEWISE_CACHE",
    "NERVEWISE_WORKERS",
    "NERVEWISE_LOG",
    "NERVEWISE_METRICS",
    "NERVEWISE_READY_MB",
    "NERVEWISE_CONTENT",
)


def test_nothing_needs_to_be_set_to_try_the_site() -> None:
    settings = Settings.read({})
    assert settings.environment == "development"
    assert settings.secret_is_made_up
    assert len(settings.secret_key) >= SHORTEST_SECRET
    assert settings.checker
    assert not settings.tls
    assert settings.contact is None
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.workers == len(os.sched_getaffinity(0))
    assert not settings.log
    assert settings.metrics is None


def test_a_secret_that_is_made_up_is_another_one_each_time() -> None:
    assert Settings.read({}).secret_key != Settings.read({}).secret_key


def test_production_has_tls_and_the_secret_that_it_was_given() -> None:
    settings = Settings.read(PRODUCTION)
    assert settings.environment == "production"
    assert settings.secret_key == SECRET
    assert not settings.secret_is_made_up
    assert settings.tls
    assert settings.log


def test_the_files_of_the_project_are_served() -> None:
    settings = Settings.read({})
    for folder in (settings.content, settings.templates, settings.static):
        assert folder.is_dir()


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("NERVEWISE_ENV", "development", "environment", "development"),
        ("SECRET_KEY", "x" * SHORTEST_SECRET, "secret_key", "x" * SHORTEST_SECRET),
        ("NERVEWISE_CHECKER", "off", "checker", False),
        ("NERVEWISE_CHECKER", "ON", "checker", True),
        ("NERVEWISE_TLS", "on", "tls", True),
        ("NERVEWISE_TLS", "Off", "tls", False),
        ("NERVEWISE_CONTACT", "someone@example.org", "contact", "someone@example.org"),
        ("NERVEWISE_CONTACT", " https://example.org/report ", "contact", "https://example.org/report"),
        ("NERVEWISE_CONTACT", "", "contact", None),
        ("NERVEWISE_OFFLINE_ZIP", "", "packed", None),
        ("NERVEWISE_ADDRESS", " https://example.org/ ", "address", "https://example.org"),
        ("NERVEWISE_ADDRESS", "http://[::1]:8080", "address", "http://[::1]:8080"),
        ("HOST", "::1", "address", "http://[::1]:8000"),
        ("PORT", "9000", "address", "http://127.0.0.1:9000"),
        ("HOST", "0.0.0.0", "host", "0.0.0.0"),  # noqa: S104 - a value to read, nothing listens
        ("HOST", "::1", "host", "::1"),
        ("PORT", "1", "port", 1),
        ("PORT", "65535", "port", 65535),
        ("NERVEWISE_WORKERS", "256", "workers", 256),
        ("NERVEWISE_CACHE", "OFF", "cache", None),
        ("NERVEWISE_CACHE", "/srv/kept", "cache", Path("/srv/kept")),
        ("XDG_CACHE_HOME", "/srv/caches", "cache", Path("/srv/caches/nervewise")),
        ("HOME", "/srv/home", "cache", Path("/srv/home/.cache/nervewise")),
        ("XDG_CACHE_HOME", "relative", "cache", None),
        ("NERVEWISE_LOG", "on", "log", True),
        ("NERVEWISE_METRICS", "off", "metrics", None),
        ("NERVEWISE_METRICS", "9100", "metrics", ("127.0.0.1", 9100)),
        ("NERVEWISE_METRICS", "10.0.0.1:9100", "metrics", ("10.0.0.1", 9100)),
        ("NERVEWISE_METRICS", "[::1]:9100", "metrics", ("::1", 9100)),
        ("NERVEWISE_READY_MB", "0", "ready_mb", 0),
        ("NERVEWISE_CONTENT", "/tmp", "content", Path("/tmp")),  # noqa: S108 - any folder that is there
    ],
)
def test_a_setting_is_read(name: str, value: str, field: str, expected: object) -> None:
    assert getattr(Settings.read({name: value}), field) == expected


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("NERVEWISE_ENV", ["", "prod", "Production"]),
        ("SECRET_KEY", ["x", "x" * (SHORTEST_SECRET - 1)]),
        ("NERVEWISE_CHECKER", ["", "1", "true", "no"]),
        ("NERVEWISE_TLS", ["", "0", "yes"]),
        (
            "NERVEWISE_ADDRESS",
            ["example.org", "https://example.org/path", "ftp://example.org", "https://a b"],
        ),
        ("NERVEWISE_CONTACT", ["nobody", "http://example.org", "javascript:x()"]),
        ("NERVEWISE_OFFLINE_ZIP", ["nowhere.zip", "/", __file__]),
        ("HOST", ["", "not a host", "300.1.1.1", "http://127.0.0.1"]),
        ("PORT", ["", "0", "65536", "-1", "8000.0", "eight", "٨", "9" * 5000]),
        ("NERVEWISE_CACHE", ["relative", "on", "~/kept"]),
        ("NERVEWISE_WORKERS", ["", "0", "257", "many", "+1"]),
        ("NERVEWISE_LOG", ["", "loud"]),
        ("NERVEWISE_METRICS", ["", "on", "0", "65536", "example.org:9100", "127.0.0.1:", "1.2.3:9100"]),
        ("NERVEWISE_READY_MB", ["", "-1", "100001", "all"]),
        ("NERVEWISE_CONTENT", ["/nowhere/at/all", __file__]),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_the_name_of_its_setting(
    name: str, values: list[str]
) -> None:
    for value in values:
        with pytest.raises(SettingsError, match=name):
            Settings.read({name: value})


@pytest.mark.parametrize("environ", [{"NERVEWISE_ENV": "production"}, {**PRODUCTION, "SECRET_KEY": ""}])
def test_production_without_a_secret_is_refused_with_the_way_to_make_one(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"SECRET_KEY is not set.*token_hex") as refused:
        Settings.read(environ)
    code = str(refused.value).split('"')[1]
    made = subprocess.check_output([sys.executable, "-c", code], text=True).strip()  # noqa: S603 - what the message tells to run
    assert Settings.read({**PRODUCTION, "SECRET_KEY": made}).secret_key == made


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=20)))
def test_any_environment_is_either_read_or_refused_by_name(environ: dict[str, str]) -> None:
    told = None
    try:
        Settings.read(environ)
    except SettingsError as error:
        told = str(error)
    assert told is None or any(name in told for name in NAMES)


def test_the_drawings_are_the_svg_files_in_their_folder(tmp_path: Path) -> None:
    folder = tmp_path / "img" / "drawings"
    folder.mkdir(parents=True)
    for name in ("spine.svg", "hand.svg", "notes.txt"):
        (folder / name).touch()
    assert drawing_names(tmp_path) == {"spine", "hand"}
    assert drawing_names(tmp_path / "nowhere") == frozenset()


def test_a_drawing_with_frames_has_one_name_and_its_files_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "img" / "drawings"
    folder.mkdir(parents=True)
    first, second = folder / "pose-plank-1.svg", folder / "pose-plank-2.svg"
    second.touch()
    first.touch()
    assert drawing_files(tmp_path) == {"pose-plank": [first, second]}


def test_production_without_its_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="NERVEWISE_ADDRESS is not set"):
        Settings.read({**PRODUCTION, "NERVEWISE_ADDRESS": ""})
