"""Everything that is read at start: the library and the questionnaire, or all their problems together."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from app.checker.outcome import Checker
from app.checker.questionnaire import read_questionnaire
from app.checker.scores import Scores, Walked
from app.content.cache import Cache
from app.content.collecting import seldom_collected
from app.content.collection import PROOFS, SCORES, read_library, read_vocabulary
from app.content.problems import ContentError, Problem
from app.content.reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

T = TypeVar("T")


def read_checker(
    root: Path, drawings: Collection[str], cache_folder: Path | None = None
) -> tuple[Checker, list[Problem]]:
    """Read the content folder whole.

    Args:
        root: the content folder.
        drawings: the names of the drawings that figures may show.
        cache_folder: where what was read is kept for the next time; None keeps nothing.

    Returns:
        The checker with its library, and the warnings.

    Raises:
        ContentError: something is wrong; it holds every problem of every file.
    """
    with seldom_collected(), Cache(cache_folder, root) as cache:
        vocabulary, problems = read_vocabulary(root, cache)
        library, found = read_library(root, vocabulary, drawings, cache)
    problems += found
    questionnaire, found = read_questionnaire(root, vocabulary)
    problems += found
    scores, found = _read_published(root, SCORES, Scores)
    problems += found
    proofs, found = _read_published(root, PROOFS, tuple[Walked, ...])
    problems += found
    if library is None or questionnaire is None or any(not problem.warning for problem in problems):
        raise ContentError(tuple(sorted(problems)))
    return Checker(library, questionnaire, library.digest, scores, proofs or ()), problems


def _read_published(root: Path, name: str, model: type[T]) -> tuple[T | None, list[Problem]]:
    """Read figures that a command published; a site may have none."""
    # What cannot be looked at is told of when it is read.
    with suppress(OSError):
        if not (root / name).exists():
            return None, []
    figures, _, problems = read_yaml(root / name, f"{root.name}/{name}", model)
    return figures, problems
