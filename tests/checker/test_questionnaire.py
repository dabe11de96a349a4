"""The questions, and what can be wrong with them.

Each file in broken/ carries its expectation: a comment names the codes that are found on its line.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.checker.questionnaire import NAME, Condition, read_questionnaire
from app.content.problems import Rule
from app.content.vocabulary import Option, OptionGroup, Vocabulary

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
CODE = re.compile(r"\b[A-Z]\d{3}\b")


def expectation(text: str) -> list[tuple[int, str]]:
    """Give the line and the code of each problem that a file says it has."""
    return sorted(
        (number, code)
        for number, line in enumerate(text.splitlines(), start=1)
        for code in CODE.findall(line.partition("#")[2])
    )


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Three options: one has plainer words, one is of a group of which only one can be chosen."""
    pain, tingling, old = (
        Option(label="Pain", plainer="It hurts"),
        Option(label="Tingling"),
        Option(label="Old"),
    )
    return Vocabulary(
        groups=(
            OptionGroup(
                prefix="main",
                means="Main trouble",
                choose="any",
                options={"main.pain": pain, "main.tingling": tingling},
            ),
            OptionGroup(prefix="age", means="Age", choose="one", options={"age.old": old}),
        )
    )


@pytest.mark.parametrize("example", BROKEN, ids=lambda example: example.stem)
def test_every_problem_is_told_with_its_line_and_code(
    example: Path, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    text = example.read_text(encoding="utf-8")
    file = tmp_path / NAME
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    _, problems = read_questionnaire(tmp_path, vocabulary)
    assert sorted((problem.line, problem.rule.value) for problem in problems) == expectation(text)
    assert {problem.path for problem in problems} == {f"{tmp_path.name}/{NAME}"}


def test_every_rule_of_the_questionnaire_has_a_broken_example() -> None:
    shown = {code for example in BROKEN for _, code in expectation(example.read_text(encoding="utf-8"))}
    assert {rule.value for rule in Rule if rule.value.startswith("Q")} <= shown


def test_an_unknown_option_and_an_unknown_question_come_with_what_may_be_meant(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    (tmp_path / NAME).parent.mkdir()
    words = "title: T, why: W"
    (tmp_path / NAME).write_text(
        "questions:\n"
        f"  - {{id: main, {words}, sections: [{{options: [main.pain, main.tinglign]}}]}}\n"
        f"  - {{id: plainer, {words}, clarifies: [mian]}}\n",
        encoding="utf-8",
    )
    _, problems = read_questionnaire(tmp_path, vocabulary)
    told = {problem.rule: problem.message for problem in problems}
    assert told[Rule.UNKNOWN_OPTION].endswith("did you mean 'main.tingling'?")
    assert told[Rule.UNKNOWN_QUESTION].endswith("did you mean 'main'?")


def test_a_missing_file_is_told(tmp_path: Path, vocabulary: Vocabulary) -> None:
    questionnaire, (problem,) = read_questionnaire(tmp_path, vocabulary)
    assert questionnaire is None
    assert (problem.path, problem.rule) == (f"{tmp_path.name}/{NAME}", Rule.MISSING_FILE)


@pytest.mark.parametrize(
    ("condition", "met_by", "not_met_by"),
    [
        ({"any_of": ("a", "b")}, ["a", "b", "ab", "ac"], ["", "c"]),
        ({"all_of": ("a", "b")}, ["ab", "abc"], ["", "a", "b", "ac"]),
    ],
)
def test_a_condition_is_met_by_any_or_by_all_of_its_options(
    condition: dict[str, tuple[str, ...]], met_by: list[str], not_met_by: list[str]
) -> None:
    read = Condition.model_validate(condition)
    assert read.options == ("a", "b")
    assert all(read.met(frozenset(chosen)) for chosen in met_by)
    assert not any(read.met(frozenset(chosen)) for chosen in not_met_by)
