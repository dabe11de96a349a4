"""Everything that is read at start: the library and the questionnaire, or all their problems together."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

from app.checker.outcome import Checker
from app.checker.questionnaire import read_questionnaire
from app.checker.scores import Scores, Walked
from app.content.collection import PROOFS, SCORES, content_files, read_library, read_vocabulary
from app.content.problems import ContentError, Problem
from app.content.reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

T = TypeVar("T")


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
    scores, found = _read_published(root, SCORES, Scores)
    problems += found
    proofs, found = _read_published(root, PROOFS, tuple[Walked, ...])
    problems += found
    if library is None or questionnaire is None or any(not problem.warning for problem in problems):
        raise ContentError(tuple(sorted(problems)))
    return Checker(library, questionnaire, _digest(root), scores, proofs or ()), problems


def _read_published(root: Path, name: str, model: type[T]) -> tuple[T | None, list[Problem]]:
    """Read figures that a command published; a site may have none."""
    if not (root / name).exists():
        return None, []
    figures, _, problems = read_yaml(root / name, f"{root.name}/{name}", model)
    return figures, problems


def _digest(root: Path) -> str:
    """Give a short name to the content as it is: the same files have the same name.

    Figures about the rules are left out: to measure them again does not make other rules.
    """
    files = hashlib.sha256()
    measured = {root / SCORES, root / PROOFS}
    for file in content_files(root):
        if file in measured:
            continue
        files.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return files.hexdigest()[:12]
