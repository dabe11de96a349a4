"""Names by which content files refer to each other: strings that know what they point at."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

Kind = Literal["cause", "emergency", "treatment", "exercise", "symptom", "guide", "faq", "about"]


class Key(str):
    """A name of something that stands elsewhere in the content."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: type[Self], _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Accept a string and keep which kind of name it is."""
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema(strict=True))


class SourceId(Key):
    """The id of a source in sources.yaml."""

    __slots__ = ()


class OptionId(Key):
    """The id of an option of the symptom checker."""

    __slots__ = ()


class Slug(Key):
    """The slug of any page."""

    __slots__ = ()
    kind: ClassVar[Kind | None] = None


class EmergencySlug(Slug):
    """The slug of an emergency."""

    __slots__ = ()
    kind = "emergency"


class TreatmentSlug(Slug):
    """The slug of a treatment."""

    __slots__ = ()
    kind = "treatment"


class ExerciseSlug(Slug):
    """The slug of an exercise."""

    __slots__ = ()
    kind = "exercise"


class SymptomSlug(Slug):
    """The slug of a symptom."""

    __slots__ = ()
    kind = "symptom"


class FaqSlug(Slug):
    """The slug of a question with its answer."""

    __slots__ = ()
    kind = "faq"
