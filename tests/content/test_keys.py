"""Names that know what they point at."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from app.content.keys import (
    EmergencySlug,
    ExerciseSlug,
    FaqSlug,
    Key,
    OptionId,
    Slug,
    SourceId,
    SymptomSlug,
    TreatmentSlug,
)
from app.content.pages import PAGE_TYPES

KEYS = (OptionId, SourceId, Slug, EmergencySlug, ExerciseSlug, FaqSlug, SymptomSlug, TreatmentSlug)


@pytest.mark.parametrize("key", KEYS)
def test_a_name_stays_a_text_and_knows_what_it_names(key: type[Key]) -> None:
    name = TypeAdapter(key).validate_python("rest")
    assert type(name) is key
    assert name == "rest"
    assert {"rest": 1}[name] == 1


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", [7, None, ("rest",), b"rest"])
def test_a_name_is_made_of_text_alone(key: type[Key], value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(key).validate_python(value)


def test_the_kind_of_a_slug_is_that_of_a_page() -> None:
    kinds = {key.kind for key in Slug.__subclasses__()}
    assert kinds < {page_type.kind for page_type in PAGE_TYPES.values()}
    assert len(kinds) == len(Slug.__subclasses__())
    assert Slug.kind is None
