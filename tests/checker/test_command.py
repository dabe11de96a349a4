"""The command `nervewise assess`, over the pages in tiny/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main

TINY = Path(__file__).parent / "tiny"


def assess(lines: str | bytes, folder: Path = TINY, *options: str) -> Result:
    """Hand lines to the command on standard input."""
    return CliRunner().invoke(main, ["assess", "--content", str(folder), *options, "-"], input=lines)


def no_constant(name: str) -> None:
    """Refuse what is no JSON: NaN and the infinities."""
    raise AssertionError(f"{name} is not JSON")


def answers(result: Result) -> list[dict[str, Any]]:
    """Read the answers as a strict program would."""
    return [json.loads(line, parse_constant=no_constant) for line in result.stdout.splitlines()]


def test_cases_are_answered_in_their_order(tmp_path: Path) -> None:
    lines = '{"id": "ä"}\n\n{"id": 2, "chosen": ["red.numb"]}\n'
    result = assess(lines)
    assert result.exit_code == 0
    assert [(answer["id"], answer["urgency"]) for answer in answers(result)] == [
        ("ä", "self-care"),
        (2, "emergency"),
    ]
    file = tmp_path / "cases.jsonl"
    file.write_text(lines, encoding="utf-8")
    again = CliRunner().invoke(main, ["assess", "--content", str(TINY), str(file)])
    assert (again.stdout, again.exit_code) == (result.stdout, 0)


def test_an_empty_input_gives_nothing() -> None:
    result = assess("")
    assert (result.stdout, result.exit_code) == ("", 0)


def test_an_error_stands_in_its_place_and_the_rest_goes_on() -> None:
    result = assess('{"id": 1}\n{"id": 2, "chosen": ["red.num"]}\nno\n{"id": 4}\n')
    assert result.exit_code == 1
    assert [(answer["id"], "error" in answer) for answer in answers(result)] == [
        (1, False),
        (2, True),
        (None, True),
        (4, False),
    ]
    assert set(answers(result)[1]) == {"id", "error"}


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "\xff"}',
        rb'{"id": "\ud800"}',
        rb'{"chosen": ["\udfff"]}',
        b'{"id": NaN}',
        b'{"id": -Infinity}',
        b"[" * 100_000,
        b'{"id": ' + b"9" * 5000 + b"}",
        b"\xef\xbb\xbf{}",
        b"\x00",
    ],
    ids=["not-utf-8", "half-an-id", "half-an-option", "nan", "infinity", "deep", "long", "mark", "zero"],
)
def test_no_line_however_broken_keeps_the_others_from_their_answers(line: bytes) -> None:
    result = assess(b'{"id": 1}\n' + line + b'\n{"id": 3}\n')
    assert result.exception is None or isinstance(result.exception, SystemExit)
    first, _, last = answers(result)
    assert (first["id"], first["urgency"]) == (1, "self-care")
    assert (last["id"], last["urgency"]) == (3, "self-care")


def test_content_with_problems_is_told_and_nothing_is_answered(tiny_folder: Path) -> None:
    (tiny_folder / "site.yaml").unlink()
    result = assess('{"id": 1}\n', tiny_folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "content/site.yaml:1: C023" in result.stderr


def response(**codes: str) -> dict[str, Any]:
    """Make a FHIR response that answers items, each with one code; '_' stands for '.' in their names."""
    items = [
        {
            "linkId": link.replace("_", "."),
            "answer": [{"valueCoding": {"system": "urn:nervewise:options", "code": code}}],
        }
        for link, code in codes.items()
    ]
    return {"resourceType": "QuestionnaireResponse", "id": "seven", "status": "completed", "item": items}


NO_DANGER = {"danger_rest": "rest.denied", "main_rest": "rest.denied", "when_rest": "rest.denied"}


def test_a_fhir_response_is_answered_like_a_case(tmp_path: Path) -> None:
    text = json.dumps(response(**NO_DANGER, age_1="age.old"), indent=2)
    denied = ["main.pain", "main.tingling", "red.numb", "red.weak", "trig.night", "age.adult"]
    case = assess(json.dumps({"id": "seven", "chosen": ["age.old"], "denied": denied}))
    result = assess(text, TINY, "--fhir")
    assert (result.stdout, result.exit_code) == (case.stdout, 0)
    file = tmp_path / "answers.json"
    file.write_text(text, encoding="utf-8")
    again = CliRunner().invoke(main, ["assess", "--content", str(TINY), "--fhir", str(file)])
    assert (again.stdout, again.exit_code) == (result.stdout, 0)


def test_a_fhir_response_without_an_id_is_answered_without_one() -> None:
    resource = {**response(danger_1="red.numb"), "id": None}
    (answer,) = answers(assess(json.dumps(resource), TINY, "--fhir"))
    assert (answer["id"], answer["urgency"]) == (None, "emergency")


@pytest.mark.parametrize(
    ("text", "case_id", "told"),
    [
        (json.dumps(response(**NO_DANGER)), "seven", "age: is asked"),
        (json.dumps(response(main_1="main.pian")), "seven", "did you mean 'main.pain'?"),
        ('{"resourceType": "Bundle", "id": "b"}', "b", "hand in an object whose resourceType is"),
        ('{"resourceType": "Bundle", "id": 1e999}', None, "hand in an object whose resourceType is"),
        ("[]", None, "not a JSON object"),
        ("", None, "not JSON"),
        ("[" * 100_000, None, "not JSON"),
        (b"\xff", None, "not JSON"),
    ],
)
def test_what_is_no_fhir_response_gets_an_error(text: str | bytes, case_id: str | None, told: str) -> None:
    result = assess(text, TINY, "--fhir")
    assert result.exit_code == 1
    (answer,) = answers(result)
    assert answer.keys() == {"id", "error"}
    assert answer["id"] == case_id
    assert told in answer["error"]
