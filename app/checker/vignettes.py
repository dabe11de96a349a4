"""Cases from published sources, with the pages and the urgency that a careful clinician would accept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from app.checker.answers import Answers
from app.checker.urgency import Urgency
from app.content.keys import OptionId, Slug
from app.content.problems import Problem, Rule
from app.content.reader import did_you_mean, read_yaml
from app.content.vocabulary import Model, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from app.content.frontmatter import Lines
    from app.content.library import Library

Level = Literal["self-care", "soon", "urgent", "emergency"]
Kind = Literal["ordinary", "emergency-lookalike", "missing-answers", "contradictory", "health-worry"]
_ONE_IN = 3


class VignetteSource(Model):
    """Where a case was published."""

    organisation: Text
    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    year: int | None = None
    kind: Literal["case-report", "teaching-case", "question-column", "forum"]


class Vignette(Model):
    """A case: what the person told, as options, and what is accepted as right.

    `pages` are the right pages, the best first; `level` is the urgency that guidance gives, `accepted` are
    all that a careful clinician would accept.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    told: Text
    source: VignetteSource
    kind: Kind
    chosen: Annotated[tuple[OptionId, ...], Field(min_length=1)]
    denied: tuple[OptionId, ...] = ()
    unknown: tuple[OptionId, ...] = ()
    pages: Annotated[tuple[Slug, ...], Field(min_length=1)]
    level: Level
    accepted: Annotated[tuple[Level, ...], Field(min_length=1)]
    why: Text

    @property
    def answers(self) -> Answers:
        """Give what was said."""
        return Answers(frozenset(self.chosen), frozenset(self.denied), frozenset(self.unknown))

    @property
    def harmless(self) -> bool:
        """Tell whether nobody would send this person to a doctor today."""
        return max(Urgency.of(level) for level in self.accepted) <= Urgency.SOON

    @property
    def set_aside(self) -> bool:
        """Tell whether this case is of the third that no rule is tuned on, chosen by a hash of its id."""
        return int.from_bytes(hashlib.sha256(self.id.encode()).digest()[:4]) % _ONE_IN == 0

    @model_validator(mode="after")
    def _level_is_accepted(self) -> Self:
        if self.level not in self.accepted:
            raise ValueError("'accepted' must hold the level itself")
        return self


def read_vignettes(folder: Path, library: Library) -> tuple[tuple[Vignette, ...], list[Problem]]:
    """Read the cases of a folder: YAML files, each a list of cases.

    Args:
        folder: where the files are.
        library: the pages and options that cases may name.

    Returns:
        The cases by file and place, and the problems; a file with a problem may give no case.
    """
    cases: list[Vignette] = []
    problems: list[Problem] = []
    ids: set[str] = set()
    files = sorted(folder.glob("*.yaml"))
    if not files:
        how = "this folder holds no .yaml file with cases"
        problems.append(Problem(folder.name, 1, Rule.MISSING_FILE, how))
    for file in files:
        path = f"{folder.name}/{file.name}"
        model: Any = tuple[Vignette, ...]
        read, lines, found = read_yaml(file, path, model)
        problems += found
        for place, case in enumerate(read or ()):
            problems += _check(case, place, path, lines, library)
            if case.id in ids:
                how = f"two cases have the id '{case.id}'; rename one"
                problems.append(Problem(path, lines.at((place, "id")), Rule.DUPLICATE_KEY, how))
            ids.add(case.id)
            cases.append(case)
    return tuple(cases), problems


def _check(case: Vignette, place: int, path: str, lines: Lines, library: Library) -> Iterator[Problem]:
    options: Collection[str] = library.vocabulary.options
    for key in ("chosen", "denied", "unknown"):
        for number, option in enumerate(getattr(case, key)):
            if option not in options:
                how = f"there is no option '{option}'{did_you_mean(option, options)}"
                yield Problem(path, lines.at((place, key, number)), Rule.UNKNOWN_OPTION, how)
    for number, slug in enumerate(case.pages):
        if slug not in library.pages:
            how = f"there is no page '{slug}'{did_you_mean(slug, library.pages)}"
            yield Problem(path, lines.at((place, "pages", number)), Rule.UNKNOWN_PAGE, how)
