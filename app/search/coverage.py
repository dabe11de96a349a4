"""How much of a query a document, or a name of it, holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from collections.abc import Set as AbstractSet

    from app.search.query import Slot


class Coverage:
    """Tells which share of one query some stems hold, rare words counting for more."""

    def __init__(self, slots: Sequence[Slot], rarities: Sequence[float]) -> None:
        """Take what is looked for, at least one word, and how rare each word is."""
        self._slots = tuple(zip(slots, rarities, strict=True))
        self._whole = sum(rarities)
        # Many documents hold the same of a query.
        self._shares: dict[AbstractSet[str], float] = {}

    def of(self, held: frozenset[str]) -> float:
        """Give the share, from 0 to 1, that the stems of the query which are held make up."""
        share = self._shares.get(held)
        if share is None:
            share = self._shares[held] = self._covered(held) / self._whole
        return share

    def _covered(self, held: Collection[str]) -> float:
        return sum(
            rarity
            * (1.0 if slot.stem in held else max((_share(one, held) for one in slot.meanings), default=0.0))
            for slot, rarity in self._slots
        )


def _share(meaning: Sequence[str], held: Collection[str]) -> float:
    return sum(stem in held for stem in meaning) / len(meaning)
