"""The cards: every page has the one that it should, and says so where links are shared."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from app.web.cards import HEIGHT, SITE, WIDTH, cards_of
from app.web.sections import BY_KIND
from tests.web.addresses import LIST
from tests.web.client import Client
from tests.web.pages import skim
from tools.draw_cards import SIZES, draw, set_title, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.content.library import Library
    from app.web.cards import Card
    from tests.web.client import Answer
    from tests.web.conftest import MakeApp

ADDRESS = "https://nerves.example.org"
COMMAND = "make cards"
# All cards together, in bytes: they are copied with every clone.
MOST = 4_000_000


@pytest.fixture(scope="module")
def cards(library: Library) -> Mapping[str, Card]:
    """The cards that there should be, by name."""
    return {card.name: card for card in cards_of(library)}


@pytest.fixture(scope="module")
def shared(make_app: MakeApp) -> Client:
    """The site at an address of its own."""
    return Client(make_app(address=ADDRESS))


def told(answer: Answer) -> dict[str, str]:
    """Give what a page tells those that show a link to it."""
    found = {
        one.get("property", one.get("name", "")): one.get("content", "") for one in answer.page.all("meta")
    }
    return {name: words for name, words in found.items() if name.startswith(("og:", "twitter:"))}


def test_every_page_has_its_card_and_none_is_stale(project: Path, cards: Mapping[str, Card]) -> None:
    drawn = json.loads((project / "static" / "cards" / "index.json").read_text("utf-8"))
    assert drawn == {name: stamp(card) for name, card in cards.items()}, f"draw them anew with {COMMAND}"
    files = {
        file.relative_to(project / "static").as_posix()
        for file in (project / "static").glob("cards/**/*.png")
    }
    assert files == {card.file for card in cards.values()}, f"draw them anew with {COMMAND}"


def test_the_cards_are_of_one_size_and_small(project: Path, cards: Mapping[str, Card]) -> None:
    together = 0
    for card in cards.values():
        file = project / "static" / card.file
        together += file.stat().st_size
        with Image.open(file) as picture:
            assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (WIDTH, HEIGHT)), card.name
    assert together <= MOST


def test_a_card_that_was_drawn_before_looks_as_it_would_now(project: Path, cards: Mapping[str, Card]) -> None:
    for name in ("nervewise", "emergencies", "causes/sciatica"):
        with Image.open(project / "static" / cards[name].file) as kept:
            thumbs = [
                picture.convert("L").resize((120, 63)).tobytes() for picture in (kept, draw(cards[name]))
            ]
        assert max(abs(one - other) for one, other in zip(*thumbs, strict=True)) < 40, name


def test_a_title_stands_in_the_largest_letters_that_it_fits_in() -> None:
    assert set_title("Als") == (SIZES[0], ["Als"])
    size, lines = set_title("What is the difference between sciatica and piriformis syndrome?")
    assert size < SIZES[0]
    assert " ".join(lines) == "What is the difference between sciatica and piriformis syndrome?"
    with pytest.raises(ValueError, match="too long for a card"):
        set_title("sciatica " * 60)


def file_of(card: str, project: Path) -> str:
    """Give the address of a card: it names the content of its file."""
    content = (project / "static" / "cards" / f"{card}.png").read_bytes()
    return f"/assets/{hashlib.sha256(content).hexdigest()[:16]}/cards/{card}.png"


def test_a_page_shows_its_own_card(shared: Client, library: Library, project: Path) -> None:
    page = library.pages["sciatica"]
    answer = shared.get("/causes/sciatica/")
    assert told(answer) == {
        "og:site_name": "Nervewise",
        "og:type": "article",
        "og:title": "Sciatica",
        "og:description": answer.page.one("meta", name="description").get("content"),
        "og:url": f"{ADDRESS}/causes/sciatica/",
        "og:image": f"{ADDRESS}{file_of('causes/sciatica', project)}",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": f"Nervewise: {BY_KIND[page.kind].title}: Sciatica",
        "twitter:card": "summary_large_image",
    }
    shared.get(file_of("causes/sciatica", project))


@pytest.mark.parametrize(
    ("address", "card"),
    [
        ("/", "nervewise"),
        ("/glossary/", "nervewise"),
        ("/check/", "nervewise"),
        ("/causes/", "causes"),
        ("/faq/", "faq"),
        ("/causes/?area=leg", "causes"),
        ("/about/how-the-checker-works/sciatica/", "causes/sciatica"),
    ],
)
def test_what_is_no_page_of_a_section_shows_the_card_that_is_nearest(
    shared: Client, project: Path, address: str, card: str
) -> None:
    found = told(shared.get(address))
    assert found["og:image"] == ADDRESS + file_of(card, project)
    assert found["og:url"] == ADDRESS + address.partition("?")[0]


def test_a_page_that_is_newer_than_the_cards_shows_that_of_its_section(
    make_app: MakeApp, library: Library, project: Path
) -> None:
    page = library.pages["sciatica"].model_copy(update={"slug": "a-new-page"})
    found = told(Client(make_app(page, address=ADDRESS)).get("/causes/a-new-page/"))
    assert found["og:image"] == ADDRESS + file_of("causes", project)
    assert found["og:image:alt"] == "Nervewise: Causes"


def test_pages_that_may_be_listed_are_shared_and_no_others(shared: Client) -> None:
    for address in LIST.read_text("utf-8").split():
        page = skim(shared.raw.get(address).text)
        names = page.xpath(
            "//meta/@property[starts-with(., 'og:')] | //meta/@name[starts-with(., 'twitter:')]"
        )
        assert bool(names) != bool(page.xpath("//meta[@name='robots']")), address


def test_what_is_not_for_sharing_has_no_card(make_app: MakeApp, library: Library) -> None:
    page = library.pages["sciatica"].model_copy(update={"withdrawn": "Its only source was taken back."})
    client = Client(make_app(page, checker=False))
    answers = (
        client.get("/causes/sciatica/", status=410),
        client.get("/nowhere/", status=404),
        client.get("/causes/nowhere/", status=404),
        client.get("/check/"),
    )
    assert [told(answer) for answer in answers] == [{}] * len(answers)


def test_the_site_has_a_card_of_its_own(cards: Mapping[str, Card]) -> None:
    assert cards["nervewise"] is SITE
    assert SITE.words == "Nervewise: Pinched nerves and muscle twitching, explained"
