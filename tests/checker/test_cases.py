"""Cases as JSON Lines, over the pages in tiny/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from app.checker.cases import CaseError, assess_line, parse_case
from tests.checker.sayings import said

if TYPE_CHECKING:
    from app.checker.answers import Answers
    from app.checker.outcome import Checker

OPTIONS = ("main.pain", "main.tingling", "age.old")


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("{}", said()),
        ('{"chosen": [], "denied": [], "unknown": []}', said()),
        ('{"chosen": ["main.pain", "main.pain"]}', said("main.pain")),
        (
            ' {"unknown": ["age.old"], "denied": ["main.tingling"], "chosen": ["main.pain"], "id": 1}\n',
            said("main.pain", denied=["main.tingling"], unknown=["age.old"]),
        ),
        ('{"chosen": ["age.old"], "denied": ["age.old"]}', said("age.old", denied=["age.old"])),
    ],
)
def test_a_case_names_what_was_said_and_any_list_may_be_left_out(line: str, answers: Answers) -> None:
    assert parse_case(line, OPTIONS).answers == answers


@pytest.mark.parametrize("case_id", [None, "", "naïve ✓", 0, -7, 1.5, True, [1, {"a": None}], {"of": []}])
def test_an_id_may_be_any_json_and_comes_back_as_it_was(tiny: Checker, case_id: object) -> None:
    for line in ({"id": case_id}, {"id": case_id, "chosen": ["no"]}):
        answer, _ = assess_line(json.dumps(line), tiny)
        assert answer["id"] == case_id
        assert type(answer["id"]) is type(case_id)


@pytest.mark.parametrize(
    ("line", "error", "case_id"),
    [
        ("", "not JSON: Expecting value: line 1 column 1 (char 0)", None),
        ('{"id": "a",', "not JSON: ", None),
        ("{'id': 1}", "not JSON: ", None),
        ("[]", "not a JSON object", None),
        ('"main.pain"', "not a JSON object", None),
        ("null", "not a JSON object", None),
        ('{"id": "a", "choosen": []}', "unknown key 'choosen'; did you mean 'chosen'?", "a"),
        ('{"age": 40, "id": "a"}', "unknown key 'age'", "a"),
        ('{"id": "a", "chosen": "main.pain"}', "'chosen' must be a list of option ids", "a"),
        ('{"id": "a", "denied": null}', "'denied' must be a list of option ids", "a"),
        ('{"id": "a", "unknown": {"main.pain": true}}', "'unknown' must be a list of option ids", "a"),
        ('{"id": "a", "chosen": ["main.pain", 1]}', "'chosen' must be a list of option ids", "a"),
        ('{"id": "a", "chosen": [["main.pain"]]}', "'chosen' must be a list of option ids", "a"),
        (
            '{"id": "a", "chosen": ["main.pain"], "denied": ["main.pian"]}',
            "unknown option 'main.pian' in 'denied'; did you mean 'main.pain'?",
            "a",
        ),
        ('{"id": "a", "unknown": [""]}', "unknown option '' in 'unknown'", "a"),
        ('{"id": "a", "chosen": ["MAIN.PAIN"]}', "unknown option 'MAIN.PAIN' in 'chosen'", "a"),
    ],
)
def test_a_line_that_is_no_case_is_told_with_what_is_wrong(
    line: str, error: str, case_id: str | None
) -> None:
    with pytest.raises(CaseError) as raised:
        parse_case(line, OPTIONS)
    assert raised.value.id == case_id
    assert str(raised.value).startswith(error)


@pytest.mark.parametrize(
    "line",
    [
        '{"id": NaN}',
        '{"id": "deep", "chosen": ' + "[" * 100_000,
        '{"id": ' + "9" * 5000 + "}",
    ],
    ids=["not-a-number", "too-deep", "too-long-a-number"],
)
def test_what_no_other_program_could_read_back_is_an_error(tiny: Checker, line: str) -> None:
    answer, is_case = assess_line(line, tiny)
    assert not is_case
    assert answer["error"].startswith("not JSON")


def test_an_error_stands_in_place_of_an_answer(tiny: Checker) -> None:
    answer, is_case = assess_line('{"id": 7, "chosen": ["red.num"]}', tiny)
    assert not is_case
    assert answer == {
        "id": 7,
        "error": "unknown option 'red.num' in 'chosen'; did you mean 'red.numb'?",
    }


def test_an_answer_has_the_keys_of_the_contract(tiny: Checker) -> None:
    chosen = ["main.tingling", "site.wrist", "site.elbow", "trig.night", "trig.typing"]
    line = {"id": "x", "chosen": chosen, "denied": ["med.thinner", "med.new", "age.old"]}
    answer, is_case = assess_line(json.dumps(line), tiny)
    assert is_case
    assert answer == {
        "id": "x",
        "urgency": "self-care",
        "because": [],
        "matches": [
            {
                "page": "wrist-nerve",
                "fit": "well",
                "score": 3.2,
                "for": ["trig.night", "main.tingling", "site.wrist", "trig.typing"],
                "against": ["site.elbow"],
            },
            {
                "page": "elbow-nerve",
                "fit": "well",
                "score": 3.0,
                "for": ["site.elbow", "main.tingling"],
                "against": [],
            },
        ],
        "reasons": ["typing"],
        "treatments": ["splint", "tablets"],
        "exercises": ["wrist-bend"],
        "conflicts": [],
    }


def matches_of(answer: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Give the pages of an answer with their fit and what speaks for them."""
    return [(one["page"], one["fit"], one["for"]) for one in answer["matches"]]


def test_a_danger_that_is_met_stands_first_and_fits_well(tiny: Checker) -> None:
    line = {"id": 1, "chosen": ["red.numb", "main.pain"], "unknown": ["red.weak", "age.old"]}
    answer, _ = assess_line(json.dumps(line), tiny)
    assert answer["urgency"] == "emergency"
    assert matches_of(answer)[0] == ("squeezed-cord", "well", ["age.old", "red.numb", "red.weak"])
    assert answer["because"] == [
        {"page": "squeezed-cord", "level": "emergency", "options": ["red.numb"]},
        {"page": "squeezed-cord", "level": "soon", "options": ["age.old", "red.weak"]},
    ]
    assert (answer["treatments"], answer["exercises"]) == ([], [])


def test_a_danger_that_may_be_met_stands_first_and_fits_partly(tiny: Checker) -> None:
    line = {"id": 1, "chosen": ["site.elbow", "trig.cold"], "unknown": ["red.numb"]}
    answer, _ = assess_line(json.dumps(line), tiny)
    assert answer["urgency"] == "urgent"
    assert matches_of(answer) == [
        ("squeezed-cord", "partly", ["red.numb"]),
        ("elbow-nerve", "well", ["site.elbow", "trig.cold"]),
    ]


def test_rules_of_one_page_and_level_are_told_together_strongest_first(tiny: Checker) -> None:
    chosen = ["red.weak", "age.old", "site.wrist", "trig.cold", "main.tingling", "main.pain", "trig.night"]
    answer, _ = assess_line(json.dumps({"chosen": chosen}), tiny)
    assert answer["because"] == [
        {
            "page": "squeezed-cord",
            "level": "urgent",
            "options": ["age.old", "red.weak", "site.wrist", "trig.cold"],
        },
        {"page": "tingling", "level": "soon", "options": ["age.old", "main.tingling"]},
        {"page": "wrist-nerve", "level": "soon", "options": ["main.pain", "trig.night"]},
    ]


def test_contradictions_are_reported(tiny: Checker) -> None:
    line = {"chosen": ["age.adult", "age.old", "main.pain"], "denied": ["main.pain"]}
    answer, _ = assess_line(json.dumps(line), tiny)
    assert answer["conflicts"] == [
        {"options": ["main.pain"], "kind": "chosen-and-denied"},
        {"options": ["age.adult", "age.old"], "kind": "only-one"},
    ]
