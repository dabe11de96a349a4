"""The settings of a running site, read from the environment."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.environment import (
    LOOPBACK_HOSTS,
    MEMORY,
    SHORTEST_SECRET,
    SettingsError,
    read_fallbacks,
    read_hosts,
    read_limits_storage,
)
from app.packed import Packed, PackedError, read_packed

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROJECT", "SHORTEST_SECRET", "Settings", "SettingsError", "drawing_names"]

PROJECT = Path(__file__).resolve().parent.parent
READY_MB = 192
LOOPBACK = "127.0.0.1"
PORTS = range(1, 65536)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator decides.

    Attributes:
        environment: `production` refuses to start without a secret.
        secret_key: signs the checker's cookie.
        secret_fallbacks: secrets that were in use before: what they signed is still read.
        secret_is_made_up: whether the secret was made for this start alone.
        checker: whether the symptom checker is switched on.
        tls: whether visitors reach the site over https, so that the cookie may ask for it.
        address: where visitors reach the site, such as https://example.org: for what other programs keep.
        hosts: the names by which the site may be asked for; a request for any other is refused.
        proxies: how many servers in front of the site are believed when they say who asks (X-Forwarded-For)
            and whether by https (X-Forwarded-Proto). With fewer than there are, all visitors seem to come
            from the one in front, and share what one visitor may ask for; with more, anyone can say to be
            someone else.
        limits: whether searches and steps of the checker are counted, and too many in a minute refused.
        limits_storage: where they are counted: memory:// counts in each worker by itself; the address of a
            Redis or Valkey server lets all workers and machines count together.
        contact: where readers report errors: an e-mail address or a web address.
        packed: the site packed by `nervewise export --zip`, for readers to take along.
        host: the address to listen on.
        port: the port to listen on.
        workers: how many worker processes serve.
        cache: the folder in which what was read is kept for the next start; None keeps nothing.
        log: whether a line is written of each request; never what was asked, answered, or by whom.
        metrics: the address and the port at which Prometheus finds the figures of the site; None for none.
        ready_mb: how much memory each worker may fill with ready pages, in megabytes.
        content: the folder of the content, which is read at start and when the site is told to read it anew.
    """

    environment: Literal["development", "production"]
    secret_key: str
    secret_fallbacks: tuple[str, ...] = ()
    secret_is_made_up: bool = False
    checker: bool = True
    tls: bool = False
    address: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = LOOPBACK_HOSTS
    proxies: int = 0
    limits: bool = True
    limits_storage: str = MEMORY
    contact: str | None = None
    packed: Packed | None = None
    host: str = LOOPBACK
    port: int = 8000
    workers: int = 1
    cache: Path | None = None
    log: bool = False
    metrics: tuple[str, int] | None = None
    ready_mb: int = READY_MB
    content: Path = PROJECT / "content"
    templates: Path = PROJECT / "templates"
    static: Path = PROJECT / "static"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings.

        Args:
            environ: NERVEWISE_ENV, SECRET_KEY, SECRET_KEY_FALLBACKS, NERVEWISE_CHECKER, NERVEWISE_TLS,
                NERVEWISE_ADDRESS, NERVEWISE_HOSTS, NERVEWISE_PROXIES, NERVEWISE_LIMITS,
                NERVEWISE_LIMITS_STORAGE, NERVEWISE_CONTACT, NERVEWISE_OFFLINE_ZIP, HOST, PORT,
                NERVEWISE_WORKERS, NERVEWISE_LOG, NERVEWISE_METRICS, NERVEWISE_READY_MB,
                NERVEWISE_CONTENT and NERVEWISE_CACHE; each may be left out, save SECRET_KEY and
                NERVEWISE_ADDRESS in production.

        Raises:
            SettingsError: a value is missing or cannot be used; names the setting.
        """
        environment = environ.get("NERVEWISE_ENV", "development")
        if environment not in ("development", "production"):
            raise SettingsError(f"NERVEWISE_ENV is '{environment}'; use 'development' or 'production'")
        production = environment == "production"
        secret = environ.get("SECRET_KEY", "")
        if production and not secret:
            raise SettingsError(
                "SECRET_KEY is not set; production needs one that stays the same over restarts. "
                'Make one with: python3 -c "import secrets; print(secrets.token_hex())"'
            )
        if secret and len(secret) < SHORTEST_SECRET:
            raise SettingsError(f"SECRET_KEY is too short; use at least {SHORTEST_SECRET} characters")
        host, port = _host(environ), _number(environ, "PORT", 8000, PORTS)
        address = _address(
            environ, None if production else f"http://{f'[{host}]' if ':' in host else host}:{port}"
        )
        return cls(
            environment="production" if production else "development",
            secret_key=secret or secrets.token_hex(),
            secret_fallbacks=read_fallbacks(environ),
            secret_is_made_up=not secret,
            checker=_switch(environ, "NERVEWISE_CHECKER", on=True),
            tls=_switch(environ, "NERVEWISE_TLS", on=production),
            address=address,
            hosts=read_hosts(environ, address, production=production),
            proxies=_number(environ, "NERVEWISE_PROXIES", 0, range(11)),
            limits=_switch(environ, "NERVEWISE_LIMITS", on=True),
            limits_storage=read_limits_storage(environ),
            contact=_contact(environ),
            packed=_packed(environ),
            cache=cache_folder(environ),
            host=host,
            port=port,
            workers=_number(environ, "NERVEWISE_WORKERS", len(os.sched_getaffinity(0)), range(1, 257)),
            log=_switch(environ, "NERVEWISE_LOG", on=production),
            metrics=_metrics(environ),
            ready_mb=_number(environ, "NERVEWISE_READY_MB", READY_MB, range(100_001)),
            content=_content(environ),
        )


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Give the folder in which the site keeps what it read for the next start; None where that is off.

    Args:
        environ: NERVEWISE_CACHE, a folder or 'off'; without it, the folder is that of the user's caches.

    Raises:
        SettingsError: NERVEWISE_CACHE is no whole path.
    """
    value = environ.get("NERVEWISE_CACHE", "")
    if value.lower() == "off":
        return None
    if value and not Path(value).is_absolute():
        raise SettingsError(f"NERVEWISE_CACHE is '{value}'; use 'off' or a folder by its whole path")
    if value:
        return Path(value)
    caches, home = environ.get("XDG_CACHE_HOME", ""), environ.get("HOME", "")
    if Path(caches).is_absolute():
        return Path(caches) / "nervewise"
    return Path(home) / ".cache" / "nervewise" if Path(home).is_absolute() else None


def drawing_names(static: Path) -> frozenset[str]:
    """Give the names of the drawings that figures may show."""
    return frozenset(drawing_files(static))


def drawing_files(static: Path) -> dict[str, list[Path]]:
    """Give the files of each drawing by its name: one, or `NAME-1.svg` and so on where it has frames."""
    files: dict[str, list[Path]] = {}
    for file in sorted((static / "img" / "drawings").glob("*.svg")):
        files.setdefault(re.sub(r"-\d$", "", file.stem), []).append(file)
    return files


def _switch(environ: Mapping[str, str], name: str, *, on: bool) -> bool:
    value = environ.get(name, "on" if on else "off").lower()
    if value not in ("on", "off"):
        raise SettingsError(f"{name} is '{value}'; use 'on' or 'off'")
    return value == "on"


def _host(environ: Mapping[str, str]) -> str:
    value = environ.get("HOST", LOOPBACK)
    if not _is_ip_address(value):
        raise SettingsError(f"HOST is '{value}'; use an IP address, such as 127.0.0.1 or 0.0.0.0")
    return value


def _is_ip_address(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


def _number(environ: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    value = environ.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,6}", value) or int(value) not in allowed:
        raise SettingsError(f"{name} is '{value}'; use a number from {allowed[0]} to {allowed[-1]}")
    return int(value)


def _content(environ: Mapping[str, str]) -> Path:
    value = environ.get("NERVEWISE_CONTENT", "")
    if value and not Path(value).is_dir():
        raise SettingsError(f"NERVEWISE_CONTENT is '{value}'; use a folder that holds the content")
    return Path(value) if value else PROJECT / "content"


def _metrics(environ: Mapping[str, str]) -> tuple[str, int] | None:
    value = environ.get("NERVEWISE_METRICS", "off")
    if value.lower() == "off":
        return None
    host, _, port = value.rpartition(":")
    host = host.strip("[]") or LOOPBACK
    if not (_is_ip_address(host) and re.fullmatch(r"[0-9]{1,5}", port) and int(port) in PORTS):
        raise SettingsError(
            f"NERVEWISE_METRICS is '{value}'; use 'off', a port, or an IP address and a port, "
            "such as 9100 or 0.0.0.0:9100"
        )
    return host, int(port)


def _address(environ: Mapping[str, str], default: str | None) -> str:
    value = environ.get("NERVEWISE_ADDRESS", "").strip().rstrip("/") or default
    if value is None:
        raise SettingsError(
            "NERVEWISE_ADDRESS is not set; production needs the address at which visitors reach the site, "
            "such as https://example.org"
        )
    if not re.fullmatch(
        r"https?://[a-zA-Z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-fA-F:]+\](:[0-9]{1,5})?", value
    ):
        raise SettingsError(
            f"NERVEWISE_ADDRESS is '{value}'; use http:// or https:// and a host, without a path, "
            "such as https://example.org"
        )
    return value


def _contact(environ: Mapping[str, str]) -> str | None:
    value = environ.get("NERVEWISE_CONTACT", "").strip()
    if value and not value.startswith("https://") and "@" not in value:
        raise SettingsError(
            f"NERVEWISE_CONTACT is '{value}'; use an e-mail address or an address that begins with https://"
        )
    return value or None


def _packed(environ: Mapping[str, str]) -> Packed | None:
    value = environ.get("NERVEWISE_OFFLINE_ZIP", "")
    if not value:
        return None
    try:
        return read_packed(Path(value))
    except PackedError as error:
        raise SettingsError(
            f"NERVEWISE_OFFLINE_ZIP is '{value}'; name a file that 'nervewise export --zip' has made"
        ) from error
