"""Where wordings stand in what was typed."""

from __future__ import annotations

import pytest

from app.search.wording import words_in
from app.search.wordings import Wordings

WORDINGS = Wordings(("pins and needles", "lift my foot", "needles", "!", "foot"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pins and needles", [(0, 0, 3), (2, 2, 3)]),
        ("needles and pins", [(2, 0, 1)]),
        ("pins and", []),
        ("lift my foot", [(1, 0, 3), (4, 2, 3)]),
        ("lift foot", [(4, 1, 2)]),
        ("lift my left foot", [(4, 3, 4)]),
        ("foot, foot", [(4, 0, 1), (4, 1, 2)]),
        ("pins and my needles", [(0, 0, 4), (2, 3, 4)]),
        ("", []),
        ("!", []),
    ],
)
def test_wordings_are_found_where_their_words_follow_one_another(
    text: str, found: list[tuple[int, int, int]]
) -> None:
    assert WORDINGS.places(words_in(text)) == found
