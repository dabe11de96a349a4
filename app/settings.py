"""The settings of a running site, read from the environment."""

from __future__ import annotations

import ipaddress
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.packed import Packed, PackedError, read_packed

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 16


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator decides.

    Attributes:
        environment: `production` refuses to start without a secret.
        secret_key: signs the checker's cookie.
        secret_is_made_up: whether the secret was made for this start alone.
        checker: whether the symptom checker is switched on.
        tls: whether visitors reach the site over https, so that the cookie may ask for it.
        address: where visitors reach the site, such as https://example.org: for what other programs keep.
        contact: where readers report errors: an e-mail address or a web address.
        packed: the site packed by `nervewise export --zip`, for readers to take along.
        host: the address to listen on.
        port: the port to listen on.
        workers: how many worker processes serve.
    """

    environment: Literal["development", "production"]
    secret_key: str
    secret_is_made_up: bool = False
    checker: bool = True
    tls: bool = False
    address: str = "http://127.0.0.1:8000"
    contact: str | None = None
    packed: Packed | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    content: Path = PROJECT / "content"
    templates: Path = PROJECT / "templates"
    static: Path = PROJECT / "static"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings.

        Args:
            environ: NERVEWISE_ENV, SECRET_KEY, NERVEWISE_CHECKER, NERVEWISE_TLS, NERVEWISE_ADDRESS,
                NERVEWISE_CONTACT, NERVEWISE_OFFLINE_ZIP, HOST, PORT and NERVEWISE_WORKERS; each may be left
                out, save SECRET_KEY and NERVEWISE_ADDRESS in production.

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
        host, port = _host(environ), _number(environ, "PORT", 8000, 65535)
        return cls(
            environment="production" if production else "development",
            secret_key=secret or secrets.token_hex(),
            secret_is_made_up=not secret,
            checker=_switch(environ, "NERVEWISE_CHECKER", on=True),
            tls=_switch(environ, "NERVEWISE_TLS", on=production),
            address=_address(
                environ, None if production else f"http://{f'[{host}]' if ':' in host else host}:{port}"
            ),
            contact=_contact(environ),
            packed=_packed(environ),
            host=host,
            port=port,
            workers=_number(environ, "NERVEWISE_WORKERS", 1, 256),
        )


def drawing_names(static: Path) -> frozenset[str]:
    """Give the names of the drawings that figures may show."""
    return frozenset(file.stem for file in (static / "img" / "drawings").glob("*.svg"))


def _switch(environ: Mapping[str, str], name: str, *, on: bool) -> bool:
    value = environ.get(name, "on" if on else "off").lower()
    if value not in ("on", "off"):
        raise SettingsError(f"{name} is '{value}'; use 'on' or 'off'")
    return value == "on"


def _host(environ: Mapping[str, str]) -> str:
    value = environ.get("HOST", "127.0.0.1")
    try:
        ipaddress.ip_address(value)
    except ValueError as error:
        raise SettingsError(f"HOST is '{value}'; use an IP address, such as 127.0.0.1 or 0.0.0.0") from error
    return value


def _number(environ: Mapping[str, str], name: str, default: int, most: int) -> int:
    value = environ.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,6}", value) or not 1 <= int(value) <= most:
        raise SettingsError(f"{name} is '{value}'; use a number from 1 to {most}")
    return int(value)


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
