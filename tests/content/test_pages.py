"""The kinds of pages and the rules of their front matter."""

from __future__ import annotations

import datetime
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from app.content.body import Body
from app.content.evidence import LEVELS, DangerRule, Evidence, Level, Pattern
from app.content.keys import Kind
from app.content.pages import PAGE_TYPES, Cause, Emergency, EmergencyNumber, Exercise, FaqEntry, Source

DAY = datetime.date(2026, 1, 1)
RULE = {"id": "a-rule", "level": "urgent", "because": "It is known.", "source": "nhs_nerve"}
WHOLE_RULE = {**RULE, "any_of": ("a",)}
FAQ = {
    "slug": "a",
    "path": "a.md",
    "body": Body.of(),
    "title": "A",
    "group": "Basics",
    "owner": "b",
    "sources_checked": DAY,
    "review_due": DAY + datetime.timedelta(1),
}
SOURCE = {
    "organisation": "NHS",
    "title": "Nerves",
    "url": "https://example.org",
    "tier": "A",
    "read": "whole",
    "read_on": DAY,
}


def test_every_kind_of_page_has_its_folder() -> None:
    assert sorted(page_type.kind for page_type in PAGE_TYPES.values()) == sorted(get_args(Kind))
    assert set(LEVELS) == set(get_args(Level))


@pytest.mark.parametrize(
    ("parts", "clauses"),
    [
        ({"all_of": ("a", "b")}, ({"a"}, {"b"})),
        ({"all_of": ("a", ("b", "c"))}, ({"a"}, {"b", "c"})),
        ({"any_of": ("a", "b")}, ({"a", "b"},)),
        ({"all_of": (("a", "b"), "c"), "any_of": ("d", "e")}, ({"a", "b"}, {"c"}, {"d", "e"})),
    ],
)
def test_a_danger_rule_is_sets_of_which_each_needs_one(
    parts: dict[str, Any], clauses: tuple[set[str], ...]
) -> None:
    rule = DangerRule.model_validate({**RULE, **parts})
    assert rule.clauses == clauses


@pytest.mark.parametrize("unsure", [None, "soon", "urgent"])
def test_an_unsure_answer_may_mean_as_much_as_the_rule_or_less(unsure: str | None) -> None:
    rule = DangerRule.model_validate({**RULE, "any_of": ("a",), "if_unsure": unsure})
    assert rule.if_unsure == unsure


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "a rule needs options"),
        ({"all_of": ("a", ()), "any_of": ("b",)}, "a rule needs options"),
        ({"any_of": ("a",), "if_unsure": "emergency"}, "if_unsure cannot be higher than level"),
        ({"any_of": ("a",), "id": "A rule"}, "String should match pattern"),
        ({"any_of": ("a",), "none_of": ("b",)}, "Extra inputs are not permitted"),
    ],
)
def test_what_is_no_danger_rule_is_refused(parts: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        DangerRule.model_validate({**RULE, **parts})


@pytest.mark.parametrize(("weight", "denied"), [(4, None), (-4, None), (0.1, -4), (0.7, -0.1), (1, None)])
def test_evidence_speaks_for_or_against(weight: float, denied: float | None) -> None:
    evidence = TypeAdapter(Evidence).validate_python({"weight": weight, "denied": denied, "source": "a"})
    assert (evidence.weight, evidence.denied) == (weight, denied)


@pytest.mark.parametrize(
    ("weight", "denied", "words"),
    [
        (0, None, "a weight of 0 says nothing"),
        (-0.5, -0.5, "cannot also count when it is denied"),
        (0.5, 0, "less than 0"),
        (0.5, -4.1, "greater than or equal to -4"),
        (4.1, None, "less than or equal to 4"),
        (-4.1, None, "greater than or equal to -4"),
        (float("nan"), None, "less than or equal to 4"),
        ("1", None, "valid number"),
    ],
)
def test_what_is_no_evidence_is_refused(weight: object, denied: float | None, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        TypeAdapter(Evidence).validate_python({"weight": weight, "denied": denied, "source": "a"})


@pytest.mark.parametrize("days", [0, 1])
def test_a_review_no_later_than_the_check_of_the_sources_is_refused(days: int) -> None:
    due = DAY - datetime.timedelta(days)
    with pytest.raises(ValidationError, match="review_due must be later than sources_checked"):
        FaqEntry.model_validate({**FAQ, "review_due": due})


def test_a_page_is_overdue_after_its_day() -> None:
    page = FaqEntry.model_validate(FAQ)
    assert not page.overdue(page.review_due)
    assert page.overdue(page.review_due + datetime.timedelta(1))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "at least 1 character"),
        ({"review_due": "2099-01-01"}, "valid date"),
        ({"names": ["a"]}, "valid tuple"),
        ({"withdrawn": ""}, "at least 1 character"),
        ({"reviewed_by": {"name": "A", "role": "B"}}, "Field required"),
    ],
)
def test_every_page_is_read_strictly(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        FaqEntry.model_validate({**FAQ, **changes})


@pytest.mark.parametrize("url", ["http://example.org/a?b=c", "https://example.org"])
def test_a_source_has_an_address_of_the_web(url: str) -> None:
    assert Source.model_validate({**SOURCE, "url": url}).url == url


@pytest.mark.parametrize("url", ["example.org", "javascript:alert(1)", "https://a b", "https://", "ftp://a"])
def test_any_other_address_of_a_source_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="String should match pattern"):
        Source.model_validate({**SOURCE, "url": url})


@pytest.mark.parametrize(
    ("model", "field", "good", "bad"),
    [
        (Cause, "icd10", ("G56.0", "M54"), ("G5",)),
        (Cause, "areas", ("arm", "neck"), ()),
        (Cause, "needs", (("a.b",),), ((),)),
        (Emergency, "signs", ("a",) * 5, ("a",) * 6),
        (Emergency, "level", "urgent", "soon"),
        (Emergency, "rules", (WHOLE_RULE,), ()),
        (Emergency, "rules", (WHOLE_RULE, {**WHOLE_RULE, "id": "b-rule"}), (WHOLE_RULE, WHOLE_RULE)),
        (Exercise, "avoid_if", ({"text": "a"},), ()),
        (Exercise, "certainty", {"grade": "none", "text": "a"}, {"grade": "some", "text": "a"}),
        (EmergencyNumber, "code", "IE", "Ie"),
        (EmergencyNumber, "ambulance", "112", 112),
        (Pattern, "evidence", {"a.b": {"weight": 1, "source": "a"}}, {"a.b": {"weight": 1}}),
    ],
)
def test_a_field_takes_what_it_is_for_alone(model: Any, field: str, good: object, bad: object) -> None:  # noqa: ANN401 - any model
    info = model.model_fields[field]
    adapter = TypeAdapter[Any](info.rebuild_annotation())
    adapter.validate_python(good, strict=True)
    with pytest.raises(ValidationError):
        adapter.validate_python(bad, strict=True)
