"""What visitors type and how the pages say it: the words that help the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from app.content.keys import EmergencySlug
from app.content.vocabulary import Model, Text

if TYPE_CHECKING:
    from collections.abc import Iterator


class Saying(Model):
    """Everyday wordings, and the words of the pages for the same thing."""

    says: Annotated[tuple[Text, ...], Field(min_length=1)]
    means: Text


class SearchDanger(Model):
    """What is typed by someone who may be in danger: a wording of each list, together, in any order.

    The emergency's card then stands above all that is found.
    """

    page: EmergencySlug
    all_of: Annotated[tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...], Field(min_length=1)]


class SearchWords(Model):
    """Everything of that kind."""

    sayings: tuple[Saying, ...]
    dangers: tuple[SearchDanger, ...]


def wordings_of(words: SearchWords) -> Iterator[str]:
    """Yield every everyday wording."""
    for saying in words.sayings:
        yield from saying.says
    for danger in words.dangers:
        for wordings in danger.all_of:
            yield from wordings
