"""What a search gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.search.documents import Document


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found."""

    document: Document
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query.

    Attributes:
        hits: the pages that were found, the best first; the emergency that the query speaks of before all.
        terms: terms of the glossary whose names were asked for.
        corrected: the query as it was understood, if words were taken for others.
        danger: the emergency that the query speaks of.
        wanted: the stems that were looked for.
    """

    hits: tuple[Hit, ...] = ()
    terms: tuple[Document, ...] = ()
    corrected: str | None = None
    danger: Document | None = None
    wanted: frozenset[str] = frozenset()
