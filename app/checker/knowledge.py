"""Everything that is read at start: the library and the questionnaire, or all their problems together."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from app.checker.outcome import Checker
from app.checker.questionnaire import read_questionnaire
from app.checker.scores import Scores
from app.content.collection import SCORES, content_files, read_library, read_vocabulary
from app.content.problems import ContentError, Problem
from app.content.reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def read_checker(root: Path, drawings: Collection[str]) -> tuple[Checker, list[Problem]]:
    """Read the content folder whole.

    Args:
        root: the content folder.
        drawings: the names of the drawings that figures may show.

    Returns:
        The checker with its library, and the warnings.

    Raises:
        ContentError: something is wrong; it holds every problem of every file.
    """
    vocabulary, problems = read_vocabulary(root)
    library, found = read_library(root, vocabulary, drawings)
    problems += found
    questionnaire, found = read_questionnaire(root, vocabulary)
    problems += found
    scores, found = _read_scores(root)
    problems += found
    if library is None or questionnaire is None or any(not problem.warning for problem in problems):
        raise ContentError(tuple(sorted(problems)))
    return Checker(library, questionnaire, _digest(root), scores), problems


def _read_scores(root: Path) -> tuple[Scores | None, list[Problem]]:
    """Read the scores that `nervewise score --publish` wrote; a site may have none."""
    if not (root / SCORES).exists():
        return None, []
    scores, _, problems = read_yaml(root / SCORES, f"{root.name}/{SCORES}", Scores)
    return scores, problems


def _digest(root: Path) -> str:
    """Give a short name to the content as it is: the same files have the same name."""
    files = hashlib.sha256()
    for file in content_files(root):
        files.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return files.hexdigest()[:12]
