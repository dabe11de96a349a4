"""Walking the parts of a model: every name and every text in it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from app.content.keys import Key
from app.content.markdown import Inline
from app.content.vocabulary import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.content.frontmatter import Location


def leaves(value: object, location: Location = ()) -> Iterator[tuple[Location, Key | Inline]]:
    """Walk a model and yield every name and every text in it, with its place."""
    if isinstance(value, Key | Inline):
        yield location, value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name), (*location, name))
    elif is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), (*location, field.name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from leaves(item, (*location, index))
    elif hasattr(value, "items"):
        for key, item in value.items():
            yield from leaves(key, (*location, str(key)))
            yield from leaves(item, (*location, str(key)))
