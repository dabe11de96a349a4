"""The settings that protect a running site: what they take, and what is said of what they do not take."""

from __future__ import annotations

import pytest

from app.settings import Settings, SettingsError

PRODUCTION = {
    "NERVEWISE_ENV": "production",
    "SECRET_KEY": "a secret that is only for tests",
    "NERVEWISE_ADDRESS": "https://example.org:8443",
}


def test_nothing_needs_to_be_set() -> None:
    settings = Settings.read({"HOST": "::1"})
    assert settings.secret_fallbacks == ()
    assert settings.hosts == ("[::1]", "127.0.0.1", "localhost")
    assert settings.proxies == 0
    assert settings.limits
    assert settings.limits_storage == "memory://"


def test_production_is_asked_for_by_the_host_of_its_address_alone() -> None:
    assert Settings.read(PRODUCTION).hosts == ("example.org",)


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("SECRET_KEY_FALLBACKS", "", "secret_fallbacks", ()),
        ("SECRET_KEY_FALLBACKS", f"{'a' * 16}, {'b' * 32},", "secret_fallbacks", ("a" * 16, "b" * 32)),
        ("NERVEWISE_HOSTS", "WWW.example.org", "hosts", ("example.org", "www.example.org")),
        ("NERVEWISE_HOSTS", "example.org, [2001:db8::1]", "hosts", ("example.org", "[2001:db8::1]")),
        ("NERVEWISE_PROXIES", "0", "proxies", 0),
        ("NERVEWISE_PROXIES", "10", "proxies", 10),
        ("NERVEWISE_LIMITS", "off", "limits", False),
        ("NERVEWISE_LIMITS_STORAGE", "memory://", "limits_storage", "memory://"),
        (
            "NERVEWISE_LIMITS_STORAGE",
            "rediss://:p@store:6379/1",
            "limits_storage",
            "rediss://:p@store:6379/1",
        ),
        ("NERVEWISE_LIMITS_STORAGE", "valkey://store", "limits_storage", "redis://store"),
        ("NERVEWISE_LIMITS_STORAGE", "valkeys://store:1", "limits_storage", "rediss://store:1"),
    ],
)
def test_a_setting_is_read(name: str, value: str, field: str, expected: object) -> None:
    assert getattr(Settings.read({**PRODUCTION, name: value}), field) == expected


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("SECRET_KEY_FALLBACKS", ["short", f"{'a' * 16},short"]),
        ("NERVEWISE_HOSTS", ["example.org:80", "https://example.org", "a b", "-a", "*.example.org", "::1"]),
        ("NERVEWISE_PROXIES", ["", "-1", "11", "one"]),
        ("NERVEWISE_LIMITS", ["", "some"]),
        (
            "NERVEWISE_LIMITS_STORAGE",
            [
                "",
                "redis",
                "redis:",
                "redis://",
                "http://store",
                "redis://store:0",
                "redis://store:x",
                "redis://[",
            ],
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_the_name_of_its_setting(
    name: str, values: list[str]
) -> None:
    for value in values:
        with pytest.raises(SettingsError, match=name):
            Settings.read({name: value})


@pytest.mark.parametrize(
    "environ",
    [
        {"SECRET_KEY_FALLBACKS": "x!secret"},
        {"NERVEWISE_LIMITS_STORAGE": "redis://:x!secret@store:nowhere"},
    ],
)
def test_a_refusal_shows_no_secret(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.read(environ)
    assert "x!secret" not in str(refused.value)
