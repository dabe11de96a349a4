"""Every rule has a bad example that holds the finding it must give.

A file in bad/ is laid over the good content as a question with its answer, a folder is laid over the whole
content; a file that ends with `.gone` takes the file of that name away. Each line `# expect: LINE CODE`
names a problem that must be found in its own file, and no other may be found.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

import pytest

from app.content.collection import changes_to_come, overdue_pages
from app.content.problems import ContentError, Problem, Rule
from tests.content.folder import BAD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.content.folder import Folder

TODAY = datetime.date(2026, 12, 1)
CASES = sorted(BAD.iterdir())
WARNINGS = {Rule.REVIEW_OVERDUE, Rule.CHANGE_TO_COME, Rule.LINK_TO_WITHDRAWN, Rule.RAW_HTML}
TESTED_ELSEWHERE = ("E", "Q")
EXPECT = re.compile(rb"# expect: (\d+) (\w+)\n")
# What an editor is told to do, or what may stand there instead.
ADVICE = re.compile(
    r"(^|[;:,] )(add|change|cite|join|keep|leave|link|name|quote|read|rename|save|say|take|use)\b"
    r"|\b(must|should|needed|only|stands in|begins? with|each item beginning|takes no|did you mean)\b"
    r"|\b(allowed|anchors|blocks|causes|drawings|groups|keys|options|pages|places|sources|tables|terms) are\b"
)


def laid(case: Path) -> Iterator[tuple[str, bytes]]:
    """Give the files of a bad example, by where they are laid."""
    if case.is_file():
        yield f"faq/{case.name}", case.read_bytes()
        return
    for file in case.rglob("*"):
        if file.is_file():
            yield file.relative_to(case).as_posix(), file.read_bytes()


def expected(case: Path) -> Iterator[tuple[str, int, str]]:
    """Give the path, line and code of each finding that a bad example names."""
    for name, text in laid(case):
        for line, code in EXPECT.findall(text):
            yield f"content/{name.removesuffix('.gone')}", int(line), code.decode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_example_gives_its_finding_and_no_other(case: Path, folder: Folder) -> None:
    for name, text in laid(case):
        if name.endswith(".gone"):
            (folder.root / name.removesuffix(".gone")).unlink()
        else:
            folder.write(name, text)

    library, problems = folder.read()
    if library is not None:
        problems += [*overdue_pages(library, TODAY), *changes_to_come(library, TODAY)]

    found = sorted((problem.path, problem.line, problem.rule.value) for problem in problems)
    assert found == sorted(expected(case)), "\n".join(map(str, problems))
    assert all(problem.warning == (problem.rule in WARNINGS) for problem in problems)
    assert (library is None) == any(not problem.warning for problem in problems)
    assert problems
    for problem in problems:
        assert ADVICE.search(problem.message), f"no word on how to mend it: {problem}"
        assert problem.message.isprintable()


def test_every_rule_of_the_pages_has_a_bad_example() -> None:
    shown = {code for case in CASES for _, _, code in expected(case)}
    assert shown == {rule.value for rule in Rule if not rule.startswith(TESTED_ELSEWHERE)}


@pytest.mark.parametrize(
    ("warning", "line"),
    [
        (False, "content/faq/a.md:7: C004 the key 'a' stands twice; keep one"),
        (True, "content/faq/a.md:7: C004 warning: the key 'a' stands twice; keep one"),
    ],
)
def test_a_problem_is_told_as_editors_and_terminals_understand_it(warning: bool, line: str) -> None:
    problem = Problem(
        "content/faq/a.md", 7, Rule.DUPLICATE_KEY, "the key 'a' stands twice; keep one", warning
    )
    assert str(problem) == line


def test_problems_are_ordered_by_file_and_line() -> None:
    last = Problem("b", 1, Rule.YAML_SYNTAX, "")
    second = Problem("a", 10, Rule.YAML_SYNTAX, "")
    first = Problem("a", 9, Rule.MISSING_FILE, "")
    assert sorted([last, second, first]) == [first, second, last]


def test_an_error_of_the_content_tells_all_its_problems() -> None:
    problems = tuple(Problem("a", line, Rule.YAML_SYNTAX, "mend it") for line in (1, 2))
    error = ContentError(problems)
    assert error.problems == problems
    assert str(error) == "a:1: C003 mend it\na:2: C003 mend it"
