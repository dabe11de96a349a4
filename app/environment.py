"""The settings that protect a running site, as they stand in the environment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHORTEST_SECRET = 16
MEMORY = "memory://"
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
# Redis speaks to both; the library for it knows the schemes of its own name alone.
_SCHEMES = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and says what to do."""


def read_fallbacks(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Read SECRET_KEY_FALLBACKS: secrets that were in use before, separated by commas.

    Raises:
        SettingsError: one of them is too short. It is not shown.
    """
    secrets = tuple(_listed(environ, "SECRET_KEY_FALLBACKS"))
    if any(len(secret) < SHORTEST_SECRET for secret in secrets):
        raise SettingsError(
            "SECRET_KEY_FALLBACKS holds a secret that is too short; "
            f"each has at least {SHORTEST_SECRET} characters"
        )
    return secrets


def read_hosts(environ: Mapping[str, str], address: str, *, production: bool) -> tuple[str, ...]:
    """Read NERVEWISE_HOSTS: the names by which the site may be asked for, separated by commas.

    Args:
        environ: the environment.
        address: where visitors reach the site; its host is always among them, and stands first.
        production: whether the names of one's own machine are left out where nothing is set.

    Raises:
        SettingsError: one of them is not the name of a host.
    """
    parts = urlsplit(address)
    own = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    hosts = [host.lower() for host in _listed(environ, "NERVEWISE_HOSTS")]
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise SettingsError(
                f"NERVEWISE_HOSTS holds '{host}'; use names of hosts without a port, separated by commas, "
                "such as example.org, www.example.org"
            )
    others = hosts or ([] if production else LOOPBACK_HOSTS)
    return tuple(dict.fromkeys((own, *others)))


def read_limits_storage(environ: Mapping[str, str]) -> str:
    """Read NERVEWISE_LIMITS_STORAGE: where the requests of each visitor are counted.

    Raises:
        SettingsError: it is neither memory:// nor the address of a Redis or Valkey server.
    """
    value = environ.get("NERVEWISE_LIMITS_STORAGE", MEMORY)
    if value == MEMORY:
        return value
    scheme, separator, rest = value.partition("://")
    if scheme not in _SCHEMES or not separator or not _names_a_server(rest):
        # The value is not shown, since a password may stand in it.
        raise SettingsError(
            "NERVEWISE_LIMITS_STORAGE cannot be used; use memory://, or the address of a server, "
            "such as redis://127.0.0.1:6379 or valkey://127.0.0.1:6379"
        )
    return f"{_SCHEMES[scheme]}://{rest}"


def _names_a_server(rest: str) -> bool:
    try:
        parts = urlsplit(f"redis://{rest}")
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _listed(environ: Mapping[str, str], name: str) -> Iterator[str]:
    return (word.strip() for word in environ.get(name, "").split(",") if word.strip())
