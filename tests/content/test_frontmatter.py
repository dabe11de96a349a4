"""YAML with line numbers, and the two parts of a content file."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.content.frontmatter import Lines, parse_front_matter, parse_yaml
from app.content.problems import Rule

NESTED = """\
# A comment.
title: Nerve

names:
  - one
  - two
how_common:
  level: common
"""


def value_of(text: str) -> Any:  # noqa: ANN401 - whatever the YAML says
    """Parse a YAML text that must have no problems."""
    value, _, problems = parse_yaml(text, "a.yaml")
    assert problems == []
    return value


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "NO", "y", "n", "True", "FALSE"])
def test_a_word_that_yaml_takes_for_a_truth_value_stays_a_word(word: str) -> None:
    assert value_of(f"answer: {word}") == {"answer": word}


def test_true_and_false_are_truth_values() -> None:
    assert value_of("[true, false]") == (True, False)


def test_dates_numbers_and_nothing_are_read_as_such() -> None:
    found = value_of("{day: 2026-01-31, count: 3, weight: 0.5, none: null}")
    assert found == {"day": datetime.date(2026, 1, 31), "count": 3, "weight": 0.5, "none": None}


def test_lists_cannot_be_changed_after_reading() -> None:
    assert value_of("a: [[1], [2, {b: [3]}]]") == {"a": ((1,), (2, {"b": (3,)}))}


@pytest.mark.parametrize(
    ("location", "line"),
    [
        ((), 2),
        (("title",), 2),
        (("names",), 4),
        (("names", 1), 6),
        (("how_common", "level"), 8),
        (("how_common", "text"), 7),
        (("names", 9), 4),
        (("unknown", 0, "deeper"), 2),
    ],
)
@pytest.mark.parametrize("first_line", [1, 5])
def test_a_place_is_told_by_its_line_or_by_that_of_what_holds_it(
    location: tuple[str | int, ...], line: int, first_line: int
) -> None:
    _, lines, problems = parse_yaml(NESTED, "a.yaml", first_line)
    assert problems == []
    assert lines.at(location) == line + first_line - 1


def test_without_any_line_the_first_is_told() -> None:
    assert Lines({}).at(("title",)) == 1


@pytest.mark.parametrize("text", ["", "# Only a comment.\n"])
def test_an_empty_text_has_no_value_and_no_problem(text: str) -> None:
    value, lines, problems = parse_yaml(text, "a.yaml", 4)
    assert (value, lines.at(()), problems) == (None, 4, [])


def test_each_key_that_stands_twice_is_told_at_its_second_place() -> None:
    text = "a: 1\nb:\n  c: 1\n  c: 2\n  c: 3\na: 2\nd:\n  - {e: 1, e: 2}\n  - {e: 1}\n"
    _, _, problems = parse_yaml(text, "a.yaml", 11)
    assert [(problem.line, problem.rule) for problem in problems] == [
        (line, Rule.DUPLICATE_KEY) for line in (14, 15, 16, 18)
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a: b: c", 11, id="two colons"),
        pytest.param("a: 1\nb: @c", 12, id="a reserved mark"),
        pytest.param("a: 1\n\tb: 2", 12, id="a tab"),
        pytest.param("a: &a [*a]", 11, id="a list inside itself"),
        pytest.param("a: 1\nb: *nobody", 12, id="an unknown anchor"),
        pytest.param("a: 1\nb: !!python/name:os.system x", 12, id="an object of Python"),
        pytest.param("a: 1\nb: 2026-02-30", 12, id="a day that is not in the calendar"),
        pytest.param("a: [1]\nb: 2026-02-30", 12, id="such a day below a list"),
        pytest.param("a: 1\nb: !!bool perhaps", 12, id="a word for a truth value"),
        pytest.param("a: 1\nb: !!timestamp soon", 12, id="a word for a time"),
        pytest.param("b: &b [2026-02-30, *b]", 11, id="a bad day in a list inside itself"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int) -> None:
    value, lines, problems = parse_yaml(text, "a.yaml", 11)
    assert value is None
    assert [(problem.path, problem.line, problem.rule) for problem in problems] == [
        ("a.yaml", line, Rule.YAML_SYNTAX)
    ]
    assert lines.at(("b",)) == line
    assert problems[0].message.startswith("not valid YAML: ")
    assert problems[0].message.isprintable()


def test_a_character_that_yaml_does_not_take_is_told() -> None:
    value, _, (problem,) = parse_yaml("a: \x80", "a.yaml", 11)
    assert value is None
    assert (problem.line, problem.rule) == (11, Rule.YAML_SYNTAX)


YAML_WORDS = st.lists(
    st.sampled_from(
        ["a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "&a ", "*a", "? ", "'", '"', "#", "|", "1"]
    )
    | st.text(max_size=3)
).map("".join)


@given(YAML_WORDS)
@example("? [a]\n: b\n? {c: d}\n: e")
@example("1: a\nnull: b\n2026-01-01: c")
def test_any_text_is_a_value_or_a_problem_inside_it(text: str) -> None:
    value, _, problems = parse_yaml(text, "a.yaml", 3)
    assert value is None or not any(problem.rule is Rule.YAML_SYNTAX for problem in problems)
    last = 3 + len(text.splitlines())
    assert all(3 <= problem.line <= last for problem in problems)


def test_a_file_parts_into_front_matter_and_body_with_their_lines() -> None:
    text = "--- \ntitle: Nerve\nnames: [a]\n---\t\n\nWords.\n---\nMore.\n"
    front, problems = parse_front_matter(text, "a.md")
    assert problems == []
    assert front is not None
    assert front.fields == {"title": "Nerve", "names": ("a",)}
    assert front.body == "\nWords.\n---\nMore.\n"
    assert front.body_line == 5
    assert front.lines.at(("names",)) == 3


def test_a_duplicate_key_is_told_and_the_parts_are_still_given() -> None:
    front, problems = parse_front_matter("---\na: 1\na: 2\n---", "a.md")
    assert front is not None
    assert front.body == ""
    assert [(problem.line, problem.rule) for problem in problems] == [(3, Rule.DUPLICATE_KEY)]


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("", 1, Rule.NO_FRONT_MATTER),
        ("title: Nerve\n", 1, Rule.NO_FRONT_MATTER),
        ("\n---\ntitle: Nerve\n---\n", 1, Rule.NO_FRONT_MATTER),
        ("---", 1, Rule.UNCLOSED_FRONT_MATTER),
        ("---\ntitle: Nerve\n ---\nWords.\n", 1, Rule.UNCLOSED_FRONT_MATTER),
        ("---\n---\nWords.\n", 2, Rule.YAML_SYNTAX),
        ("---\nonly words\n---\n", 2, Rule.YAML_SYNTAX),
        ("---\n- a\n- b\n---\n", 2, Rule.YAML_SYNTAX),
        ("---\ntitle: Nerve\nnames: @a\n---\n", 3, Rule.YAML_SYNTAX),
    ],
)
def test_a_file_without_whole_front_matter_has_no_parts(text: str, line: int, rule: Rule) -> None:
    front, problems = parse_front_matter(text, "a.md")
    assert front is None
    assert [(problem.path, problem.line, problem.rule) for problem in problems] == [("a.md", line, rule)]
