"""The options of the symptom checker, by id, with their words; pages name them in evidence and rules."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.content.keys import OptionId

if TYPE_CHECKING:
    from collections.abc import Mapping

Text = Annotated[str, StringConstraints(strict=True, min_length=1, strip_whitespace=True)]


class Model(BaseModel):
    """What every model of the content shares: strict, closed, and not to be changed after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Option(Model):
    """One thing that a visitor can say.

    `label` stands beside the box, `plainer` is asked when the visitor was not sure, and `report` is how
    a summary for a doctor names it (the label, if there is none). `contradicts` are options that can
    hardly be true beside it: both count, and the visitor is asked which is right.
    """

    label: Text
    plainer: Text | None = None
    report: Text | None = None
    contradicts: tuple[OptionId, ...] = ()


class OptionGroup(Model):
    """Options that answer the same kind of question; they share the first part of their ids."""

    prefix: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    means: Text
    choose: Literal["one", "any"]
    options: Annotated[dict[str, Option], Field(min_length=1), AfterValidator(MappingProxyType)]


class Vocabulary(Model):
    """Every option there is."""

    groups: Annotated[tuple[OptionGroup, ...], Field(min_length=1)]

    @cached_property
    def options(self) -> Mapping[str, Option]:
        """Give all options by id, in the order of the file."""
        return MappingProxyType(
            {option_id: option for group in self.groups for option_id, option in group.options.items()}
        )

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Give the words of all options by id."""
        return MappingProxyType({option_id: option.label for option_id, option in self.options.items()})

    @cached_property
    def contradictions(self) -> tuple[tuple[str, str], ...]:
        """Give the pairs of options that contradict each other, each once."""
        pairs = {
            (min(one, other), max(one, other))
            for one, option in self.options.items()
            for other in option.contradicts
        }
        return tuple(sorted(pairs))

    def group_of(self, option_id: str) -> OptionGroup:
        """Give the group of an option.

        Raises:
            KeyError: there is no such option.
        """
        prefix = option_id.partition(".")[0]
        for group in self.groups:
            if group.prefix == prefix and option_id in group.options:
                return group
        raise KeyError(option_id)
