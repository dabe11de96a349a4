"""What a page speaks of is found when it is read, and no body is opened for it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.content import body
from app.content.mentions import Mentions
from app.content.packing import pack, unpack

if TYPE_CHECKING:
    import pytest

    from tests.content.folder import Folder

CAUSE = "causes/pressed-nerve.md"


def test_pages_and_terms_are_found_in_the_front_matter_and_in_the_body_each_once(folder: Folder) -> None:
    folder.change(CAUSE, "Some weeks.", "'See [rest](page:rest), [itself](page:pressed-nerve).'")
    folder.change(
        CAUSE, "/// table", "[Rest](page:rest), [tingling](page:tingling), [n](term:nerve).\n\n/// table"
    )
    page = folder.library().pages["pressed-nerve"]
    assert page.mentions.pages[0] == "rest"
    assert "tingling" in page.mentions.pages
    assert "pressed-nerve" not in page.mentions.pages
    assert "nerve" in page.mentions.terms
    for names in (page.mentions.pages, page.mentions.terms):
        assert len(names) == len(set(names))


def test_a_page_that_points_at_nothing_speaks_of_nothing(folder: Folder) -> None:
    folder.write_faq("a-question", "Words.")
    assert folder.library().pages["a-question"].mentions == Mentions()


def test_what_a_front_matter_says_of_mentions_is_refused(folder: Folder) -> None:
    folder.change(CAUSE, "areas:", "mentions: {pages: [rest]}\nareas:")
    (problem,) = folder.read()[1]
    assert problem.message == "'mentions' is known from the file itself; take it out"


def test_mentions_are_packed_with_the_page(folder: Folder) -> None:
    page = folder.library().pages["how-nerves-work"]
    assert page.mentions.pages
    assert unpack(pack(page)).mentions == page.mentions


def test_no_body_is_opened_for_the_related_pages(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    library = folder.library()
    monkeypatch.setattr(body, "_opened", None)
    assert library.related(library.pages["how-nerves-work"])
