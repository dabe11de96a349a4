"""What pages tell the checker: danger rules, evidence, patterns and cautions, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import core_schema

from app.content.keys import OptionId, SourceId
from app.content.markdown import Inline
from app.content.vocabulary import Model, Text

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

Level = Literal["emergency", "urgent", "soon"]
LEVELS: tuple[Level, ...] = ("soon", "urgent", "emergency")


class DangerRule(Model):
    """Options that, ticked together, call for help of a level.

    It is met when each item of `all_of` is ticked (of an item that is a list, one) and, where `any_of` is
    given, one of it. There is no negation, so that nothing that is ticked can lower the urgency.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    level: Level
    all_of: tuple[OptionId | tuple[OptionId, ...], ...] = ()
    any_of: tuple[OptionId, ...] = ()
    if_unsure: Level | None = None
    because: Inline
    source: SourceId

    @property
    def clauses(self) -> tuple[frozenset[str], ...]:
        """Give the rule as sets of options: it is met when one of each set is ticked."""
        parts = [frozenset([item] if isinstance(item, str) else item) for item in self.all_of]
        return (*parts, frozenset(self.any_of)) if self.any_of else tuple(parts)

    @model_validator(mode="after")
    def _is_a_rule(self) -> Self:
        if not self.clauses or not all(self.clauses):
            raise ValueError("a rule needs options in all_of or any_of")
        if self.if_unsure and LEVELS.index(self.if_unsure) > LEVELS.index(self.level):
            raise ValueError("if_unsure cannot be higher than level")
        return self


def _ids_differ(rules: tuple[DangerRule, ...]) -> tuple[DangerRule, ...]:
    ids = [rule.id for rule in rules]
    twice = next((name for place, name in enumerate(ids) if name in ids[:place]), None)
    if twice is not None:
        raise ValueError(f"two rules have the id '{twice}'; rename one")
    return rules


DangerRules = Annotated[tuple[DangerRule, ...], AfterValidator(_ids_differ)]


class _Written(Model):
    """Evidence as editors write it."""

    weight: Annotated[float, Field(ge=-4, le=4)]
    denied: Annotated[float, Field(ge=-4, lt=0)] | None = None
    source: SourceId

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.weight == 0:
            raise ValueError("a weight of 0 says nothing; leave the option out")
        if self.denied is not None and self.weight < 0:
            raise ValueError("an option that speaks against cannot also count when it is denied")
        return self


@dataclass(frozen=True, slots=True)
class Evidence:
    """How strongly an option speaks for a cause.

    `weight` is the natural logarithm of a likelihood ratio when the option is ticked (0.7 doubles the odds,
    a negative weight lowers them), `denied` the same when it was asked and denied.

    It is no model: there is more of it than of anything else, and a model takes four times the memory.
    """

    weight: float
    denied: float | None
    source: SourceId

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: type[Self], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Accept what editors write."""
        return core_schema.no_info_after_validator_function(cls._of, handler(_Written))

    @classmethod
    def _of(cls, written: _Written) -> Self:
        return cls(written.weight, written.denied, written.source)


EvidenceByOption = Annotated[Mapping[OptionId, Evidence], AfterValidator(MappingProxyType)]


class Pattern(Model):
    """A pattern inside a cause, such as the nerve root that is pressed."""

    id: Text
    title: Text
    text: Inline
    evidence: EvidenceByOption


class Caution(Model):
    """What makes a treatment or an exercise unsafe; the text completes 'Do not use it if'."""

    text: Inline
    options: tuple[OptionId, ...] = ()
    source: SourceId | None = None


class Comfort(Model):
    """Kind words with facts, told beside the result where they are true.

    They are told when each option of `all_of` is ticked and none of `unless` is, and never in an outcome
    that is urgent.
    """

    all_of: Annotated[tuple[OptionId, ...], Field(min_length=1)]
    unless: tuple[OptionId, ...] = ()
    text: Inline
