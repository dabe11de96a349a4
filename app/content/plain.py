"""The words of a page's body, without marks: for the search, and for programs that take no HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.content.blocks import Advice, Card, Figure
from app.content.body import Html, TypedTable
from app.content.guard import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.content.body import Body

_PIECE_END = re.compile(r"</(?:h[1-6]|p|li|dt|dd)>")


def words_of_body(body: Body) -> Iterator[str]:
    """Give the words of a body, piece by piece; tables that other pages own are left to them."""
    for part in body.parts:
        if isinstance(part, Html):
            pieces = (plain_text(piece) for piece in _PIECE_END.split(part.html))
            yield from (piece for piece in pieces if piece)
        elif isinstance(part, TypedTable):
            yield from (plain_text(cell) for row in part.table.rows for cell in row)
        elif isinstance(part, Card | Advice):
            yield from map(str, part.items)
        elif isinstance(part, Figure) and part.caption:
            yield str(part.caption)
