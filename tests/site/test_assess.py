"""The command `nervewise assess` over the real pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from app.cli import main

CASES = Path(__file__).parent / "cases.jsonl"


def lines_of_cases() -> list[str]:
    """Give the textbook cases as programs hand them in."""
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    keys = ("id", "chosen", "denied", "unknown")
    return [json.dumps({key: case[key] for key in keys if key in case}) for case in cases]


def test_each_line_gets_its_answer_in_the_same_order_and_an_error_in_its_place() -> None:
    lines = lines_of_cases()
    lines[3:3] = ['{"id": "wrong", "chosen": ["main.twitch"]}', "", "no case"]
    result = CliRunner().invoke(main, ["assess", "-"], input="\n".join(lines))
    answers: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    expected = [json.loads(line)["id"] for line in lines if line.startswith("{")]
    expected.insert(4, None)
    assert [answer["id"] for answer in answers] == expected
    assert [answer["id"] for answer in answers if "error" in answer] == ["wrong", None]
    assert "did you mean 'main.twitching'?" in answers[3]["error"]


def test_the_answers_are_the_same_in_another_process(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(lines_of_cases()), encoding="utf-8")
    outputs = [
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", "from app.cli import main; main()", "assess", str(file)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert len(outputs[0].splitlines()) == len(lines_of_cases())
