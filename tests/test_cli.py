"""The `nervewise` command: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from app import __version__
from app.checker.knowledge import read_checker
from app.checker.scores import Walked
from app.checker.verification import Proof, TextbookCase
from app.cli import main
from app.settings import PROJECT, drawing_names

if TYPE_CHECKING:
    from pathlib import Path

CASE = {"id": "one", "chosen": ["red.saddle_numb"], "denied": ["red.fever"], "unknown": []}


def run(*arguments: str | Path, text: str = "", **environ: str) -> Result:
    """Run the command within this process."""
    env: dict[str, str | None] = {**dict.fromkeys(("PORT", "HOST", "SECRET_KEY", "NERVEWISE_ENV")), **environ}
    return CliRunner(env=env).invoke(main, [str(argument) for argument in arguments], input=text)


def spoil(content: Path, name: str = "causes/sciatica.md") -> str:
    """Make a page name an unknown key; give the place that must be told."""
    file = content / name
    lines = file.read_text("utf-8").split("\n")
    lines.insert(2, "colour: red")
    file.write_text("\n".join(lines), "utf-8")
    return f"content/{name}:3: C005 "


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], []])
def test_help_names_every_command_and_how_to_begin(arguments: list[str]) -> None:
    result = run(*arguments)
    for name in main.commands:
        assert re.search(rf"^  {name} ", result.output, re.MULTILINE)
    assert "http://127.0.0.1:8000" in result.output


@pytest.mark.parametrize("name", main.commands)
def test_every_command_has_help(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: main {name}")


def test_the_version_is_told() -> None:
    assert run("--version").output == f"nervewise, version {__version__}\n"


def test_good_content_is_counted() -> None:
    result = run("check", "--today", "2026-11-25")
    assert result.exit_code == 0
    assert re.fullmatch(
        r"No problems, \d+ warnings\. \d+ pages \(\d+ about, [^)]*\), \d+ terms, \d+ sources, "
        r"\d+ options, \d+ danger rules\.",
        result.output.splitlines()[-1],
    )


def test_a_problem_is_told_with_its_place_and_ends_with_an_error(changing: Path) -> None:
    place = spoil(changing)
    result = run("check", "--content", changing)
    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if line.startswith(place)]
    assert result.stderr == "1 problem in 1 file\n"


def test_problems_of_several_files_are_told_together(changing: Path) -> None:
    places = [spoil(changing), spoil(changing, "faq/is-my-twitching-als.md")]
    result = run("check", "--content", changing)
    assert result.exit_code == 1
    assert [line.split("C005 ")[0] + "C005 " for line in result.stdout.splitlines()] == places
    assert result.stderr == "2 problems in 2 files\n"


def test_a_review_that_is_due_is_a_warning_and_no_error(changing: Path) -> None:
    result = run("check", "--content", changing, "--today", "2099-01-01")
    assert result.exit_code == 0
    assert re.search(r"^content/causes/sciatica\.md:1: C020 warning: ", result.output, re.MULTILINE)
    pages = len(list(changing.glob("*/*.md")))
    assert f"No problems, {pages} warnings." in result.output


def test_a_warning_is_an_error_when_strict(changing: Path) -> None:
    result = run("check", "--content", changing, "--today", "2099-01-01", "--strict")
    pages = len(list(changing.glob("*/*.md")))
    assert result.exit_code == 1
    assert result.stderr == f"0 problems and {pages} warnings in {pages} files\n"


def test_writing_that_breaks_a_house_rule_is_told_with_its_place(changing: Path) -> None:
    file = changing / "causes" / "sciatica.md"
    file.write_text(f"{file.read_text('utf-8')}\nThis is deadly.\n", "utf-8")
    line = len(file.read_text("utf-8").splitlines())
    result = run("check", "--content", changing, "--today", "2026-11-25")
    assert result.exit_code == 1
    assert f"content/causes/sciatica.md:{line}: E015 " in result.stdout
    assert result.stderr.startswith("1 problem ")


def test_the_report_names_every_page_with_its_grade(changing: Path) -> None:
    result = run("check", "--content", changing, "--today", "2026-11-25", "--report")
    assert result.exit_code == 0
    graded = re.findall(r"^ *\d+\.\d grade, .*, (\S+\.md)$", result.output, re.MULTILINE)
    assert sorted(graded) == sorted(
        f"content/{file.relative_to(changing)}" for file in changing.glob("*/*.md")
    )
    assert "median reading grade" in result.output


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["check", "--content", "/nowhere"], "--content"),
        (["check", "--today", "tomorrow"], "--today"),
        (["assess", "/nowhere"], "/nowhere"),
        (["nonsense"], "nonsense"),
    ],
)
def test_a_wrong_argument_is_named(arguments: list[str], word: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert word in result.stderr


def test_cases_are_assessed_line_by_line_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{json.dumps(CASE)}\n\n{json.dumps({**CASE, 'id': 'dwa ü'})}\n", "utf-8")
    result = run("assess", file)
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [answer["id"] for answer in answers] == ["one", "dwa ü"]
    assert {answer["urgency"] for answer in answers} == {"emergency"}


@pytest.mark.parametrize(
    "bad", ["{", "[]", '{"id": "bad", "chosen": ["main.pian"]}', '{"chosen": "main.pain"}']
)
def test_a_line_that_is_no_case_gets_an_error_and_the_rest_go_on(bad: str) -> None:
    result = run("assess", "-", text=f"{bad}\n{json.dumps(CASE)}\n")
    assert result.exit_code == 1
    first, second = (json.loads(line) for line in result.output.splitlines())
    assert first.keys() == {"id", "error"}
    assert second["id"] == "one"


def test_cases_are_not_assessed_by_broken_content(changing: Path) -> None:
    place = spoil(changing)
    result = run("assess", "--content", changing, "-", text=json.dumps(CASE))
    assert result.exit_code == 1
    assert "run 'nervewise check'" in result.stderr
    assert place in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("dev", [[], ["--dev"]])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("SECRET_KEY", "short"),
        ("NERVEWISE_ENV", "prod"),
        ("NERVEWISE_CHECKER", "no"),
        ("NERVEWISE_ENV", "production"),
    ],
)
def test_a_setting_that_cannot_be_used_keeps_the_site_from_starting(
    dev: list[str], name: str, value: str
) -> None:
    result = run("serve", *dev, **{name: value})
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert ("SECRET_KEY" if value == "production" else name) in result.stderr
    assert "Traceback" not in result.output


def test_the_site_does_not_start_on_broken_content(project: Path, changing: Path) -> None:
    place = spoil(changing)
    copy = changing.parent
    for folder in ("app", "templates", "static"):
        shutil.copytree(project / folder, copy / folder)
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve"]
    env = {**os.environ, "PYTHONPATH": str(copy), "PORT": "1"}
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 1
    assert done.stderr.startswith("Error: the content has problems, so the site does not start:\n")
    assert place in done.stderr


VIGNETTE = """\
- id: {id}
  told: My wrist tingles at night.
  source: {{organisation: A journal, title: A wrist, url: https://example.org/1, kind: case-report}}
  kind: ordinary
  chosen: [main.numb_tingling, site.thumb, site.index, trig.night, relief.shake]
  pages: [{page}]
  level: soon
  accepted: [soon, self-care]
  why: It is the nerve at the wrist.
"""


def test_score_counts_apart_and_names_only_the_missed_cases_that_rules_are_tuned_on(tmp_path: Path) -> None:
    ids = [f"case-{number}" for number in range(12)]
    text = "".join(VIGNETTE.format(id=name, page="sciatica") for name in ids)
    (tmp_path / "cases.yaml").write_text(text, "utf-8")
    result = run("score", tmp_path)
    assert result.exit_code == 0
    named = {name for name in ids if re.search(rf"^{name}$", result.output, re.MULTILINE)}
    assert 0 < len(named) < len(ids)
    assert f"tuned on: {len(named)} cases" in result.output
    assert f"set aside: {len(ids) - len(named)} cases" in result.output
    assert re.search(rf"a right page first +0 of +{len(named)} +0.0%", result.output)
    assert "page: sciatica is not in the first three; offered: carpal-tunnel-syndrome" in result.output


def test_score_publishes_what_it_counted(changing: Path, tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(VIGNETTE.format(id="one", page="carpal-tunnel-syndrome"), "utf-8")
    assert run("score", tmp_path, "--content", changing, "--publish").exit_code == 0
    published = read_checker(changing, drawing_names(PROJECT / "static"))[0].scores
    assert published is not None
    assert published.tuned.right_first.of + published.set_aside.right_first.of == 1
    assert published.tuned.right_first.hits + published.set_aside.right_first.hits == 1


def test_score_tells_cases_that_do_not_fit_and_broken_content(changing: Path, tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(VIGNETTE.format(id="one", page="no-such-page"), "utf-8")
    result = run("score", tmp_path, "--content", changing)
    assert result.exit_code == 1
    assert "cases.yaml:6: C011 there is no page 'no-such-page'" in result.output
    spoil(changing)
    result = run("score", tmp_path, "--content", changing)
    assert result.exit_code == 1
    assert "the content has problems" in result.output


def test_verify_tells_what_was_walked_what_is_broken_and_when_the_site_shows_other_counts(
    changing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked = Walked(promise="It holds", counts={"steps": 1200})
    monkeypatch.setattr("app.cli.prove", lambda *_: [Proof(walked, ())])
    result = run("verify", "--content", changing)
    assert result.exit_code == 1
    assert "It holds: 1,200 steps" in result.output
    assert "The site shows other counts; run 'nervewise verify --publish'." in result.output
    assert run("verify", "--content", changing, "--publish").exit_code == 0
    assert run("verify", "--content", changing).exit_code == 0
    assert read_checker(changing, drawing_names(PROJECT / "static"))[0].proofs == (walked,)
    falls = tuple(f"urgency falls at {number}" for number in range(12))
    monkeypatch.setattr("app.cli.prove", lambda *_: [Proof(walked, falls)])
    result = run("verify", "--content", changing, "--publish")
    assert result.exit_code == 1
    assert "  BROKEN: urgency falls at 9\n  and 2 more" in result.output


def test_the_textbook_cases_are_proved_on(changing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[TextbookCase] = []

    def prove(_checker: object, cases: list[TextbookCase]) -> tuple[Proof, ...]:
        given.extend(cases)
        return ()

    monkeypatch.setattr("app.cli.prove", prove)
    run("verify", "--content", changing)
    assert {case.first for case in given} > {"carpal-tunnel-syndrome", "cauda-equina-syndrome", None}
    assert all(case.answers.chosen or case.answers.unknown for case in given)


def test_a_cache_that_cannot_be_used_is_told_by_the_name_of_its_setting() -> None:
    result = run("check", NERVEWISE_CACHE="relative")
    assert result.exit_code == 1
    assert "NERVEWISE_CACHE is 'relative'" in result.output
