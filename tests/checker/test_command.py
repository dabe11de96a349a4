"""The command `nervewise assess`, over the pages in tiny/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main

TINY = Path(__file__).parent / "tiny"


def assess(lines: str | bytes, folder: Path = TINY) -> Result:
    """Hand lines to the command on standard input."""
    return CliRunner().invoke(main, ["assess", "--content", str(folder), "-"], input=lines)


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
