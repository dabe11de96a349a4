"""The public addresses of the site, found by following its links; `python -m` writes the list."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from app.checker.knowledge import read_checker
from app.factory import create_app
from app.settings import PROJECT, Settings, drawing_names
from tests.web.client import CHECKER, SITE, Client

if TYPE_CHECKING:
    from tests.web.client import Answer

LIST = Path(__file__).with_name("addresses.txt")
# What is served to programs and browsers, and is no page.
FILES = frozenset(
    {
        "assets.asset",
        "checker.questionnaire",
        "checker.response",
        "discovery.feed",
        "discovery.language_models",
        "discovery.places",
        "discovery.robots",
        "discovery.security",
        "health.live",
        "health.ready",
        "offline.download",
        "offline.worker",
        "openjson.a_z",
        "openjson.description",
        "openjson.files",
        "openjson.get_help_now",
        "openjson.glossary",
        "openjson.page",
        "openjson.section",
        "openjson.site",
        "searching.description",
        "searching.suggest",
        "workings.account",
    }
)
COMMAND = f"{PROJECT.name}$ .venv/bin/python -m tests.web.addresses"


def crawl(client: Client) -> dict[str, Answer]:
    """Follow every link from the home page; the checker's inner pages and files are left out.

    Returns:
        The pages by address, with the query where there is one.
    """
    found: dict[str, Answer] = {}
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found[address] = client.get(address)
        for link in found[address].page.all("a"):
            target, _ = urldefrag(urljoin(SITE + address, link.attrib["href"]))
            inside = target.removeprefix(SITE)
            if inside.endswith((".json", ".atom")):
                continue
            if inside != target and (inside == CHECKER or not inside.startswith(CHECKER)):
                waiting.append(inside)
    return found


def public(found: dict[str, Answer]) -> list[str]:
    """Give the addresses without their queries, sorted."""
    return sorted({urlsplit(address).path for address in found})


def main() -> None:
    """Write the list anew."""
    checker, _ = read_checker(PROJECT / "content", drawing_names(PROJECT / "static"))
    app = create_app(Settings(environment="development", secret_key=secrets.token_hex()), checker)
    LIST.write_text("\n".join(public(crawl(Client(app)))) + "\n", "utf-8")


if __name__ == "__main__":
    main()
