"""What was measured of the checker: scores on published cases, and what was walked to prove its promises."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Field, PlainSerializer

from app.content.vocabulary import Model, Text

_Z = 1.959964  # the normal quantile for 95 in 100


class Tally(Model):
    """So many of so many."""

    hits: Annotated[int, Field(ge=0)]
    of: Annotated[int, Field(ge=0)]

    @property
    def share(self) -> float:
        """Give the share from 0 to 1; of nothing, 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Give the 95 % interval of the share by Wilson's score method (Wilson, 1927); of nothing, 0 to 1."""
        if not self.of:
            return 0.0, 1.0
        share, spread = self.share, _Z**2 / self.of
        middle = share + spread / 2
        half = _Z * math.sqrt((share * (1 - share) + spread / 4) / self.of)
        return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


class PartScores(Model):
    """The scores over some cases. Of the first three more is better; the others count failures."""

    right_first: Tally = Field(description="a right page first")
    right_in_three: Tally = Field(description="a right page in the first three")
    right_urgency: Tally = Field(description="an accepted urgency")
    missed_emergencies: Tally = Field(description="emergencies rated below urgent")
    missed_urgent: Tally = Field(description="urgent cases sent to self-care")
    over_triaged: Tally = Field(description="harmless cases sent to urgent or emergency")


class Scores(Model):
    """The scores over the cases that the rules were tuned on, and over those that were set aside."""

    tuned: PartScores
    set_aside: PartScores

    @staticmethod
    def measures() -> Iterator[tuple[str, str]]:
        """Give the name of each measure, and what it counts in words."""
        for name, field in PartScores.model_fields.items():
            yield name, str(field.description)


class Walked(Model):
    """A promise that was proved, and how much was walked for it."""

    promise: Text
    counts: Annotated[Mapping[str, int], AfterValidator(MappingProxyType), PlainSerializer(dict)]
