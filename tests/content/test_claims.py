"""What a page takes for granted, and whether it holds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app.content.claims import claims_of, claims_that_fail, sources_claimed
from app.content.collection import content_names
from app.content.pages import Picture
from tests.content.folder import DRAWINGS

if TYPE_CHECKING:
    from app.content.library import Library
    from tests.content.folder import Folder


def test_all_that_the_good_content_claims_holds(tiny: Library) -> None:
    claims = {claim for page in tiny.pages.values() for claim in claims_of(page)}
    assert {what for what, *_ in claims} >= {"source", "option", "page", "group"}
    assert sources_claimed(claims) == {"nhs_nerve"}
    assert claims_that_fail(claims, tiny, DRAWINGS, ()) == set()


def test_drawings_are_claimed(tiny: Library) -> None:
    picture = Picture(drawing="missing", alternative="What it shows.")
    exercise = tiny.exercises[0].model_copy(update={"picture": picture})
    symptom = tiny.symptoms[0].model_copy(update={"icon": "missing"})
    for page in (exercise, symptom):
        claims = claims_of(page)
        assert claims_that_fail(claims, tiny, DRAWINGS, ()) == {("drawing", "", "missing", "")}
        assert claims_that_fail(claims, tiny, ["missing", *DRAWINGS], ()) == set()


def test_what_is_no_file_is_no_content(folder: Folder) -> None:
    os.mkfifo(folder.root / "faq" / "pipe.md")
    assert "faq/pipe.md" not in content_names(folder.root)
