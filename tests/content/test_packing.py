"""Packed models come out as they were; anything else is refused."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from app.content.packing import PackingError, pack, unpack

if TYPE_CHECKING:
    from app.content.library import Library


class Harm:
    """What runs when it is read by a pickle that is not narrowed."""

    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        """Ask for a function to be called."""
        return pytest.fail, ("it ran",)


def test_pages_come_out_as_they_were(tiny: Library) -> None:
    for page in tiny.pages.values():
        again = unpack(pack(page))
        assert again == page
        assert type(again) is type(page)
        assert again.body.parts == page.body.parts
        assert again.model_fields_set == set(type(page).model_fields)


def test_names_are_shared_among_pages(tiny: Library) -> None:
    one, other = (unpack(pack(tiny.faq[0])) for _ in range(2))
    assert one.owner is other.owner
    assert type(one.owner) is type(tiny.faq[0].owner)


@pytest.mark.parametrize(
    "harm",
    [
        pickle.dumps(Harm()),
        pickle.dumps(pickle.loads),
        b"\x80\x04\x8c\x12app.content.readerx\x8c\x07difflib\x93.",
        b"\x80\x04\x8c\x12app.content.reader\x8c\x07difflib\x93.",
        b"\x80\x04\x8c\x12app.content.reader\x8c\x10difflib.re.purge\x93.",
        b"\x80\x04\x8c\x12app.content.reader\x8c\x0aparse_page\x93.",
        b"\x80\x04\x8c\x12app.content.reader\x8c\x0dPurePosixPath\x93.",
        b"no pickle",
        b"",
        pack(("a", "b"))[:-3],
    ],
)
def test_what_is_no_part_of_the_content_is_refused(harm: bytes) -> None:
    with pytest.raises(PackingError):
        unpack(harm)
