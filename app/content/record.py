"""What a page tells of its own history: who reviewed it, and what has changed."""

from __future__ import annotations

import datetime
import itertools
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from app.content.vocabulary import Model, Text


class Reviewer(Model):
    """The clinician who read a page: a real person, named with their leave."""

    name: Text
    role: Text
    date: datetime.date


class Change(Model):
    """What was changed on a page, in one plain sentence for its readers, and on which day."""

    date: datetime.date
    text: Annotated[Text, StringConstraints(pattern=r"^[A-Z0-9'][^\n]*[.!?]$", max_length=200)]


def _newest_first(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    for newer, older in itertools.pairwise(changes):
        if newer.date <= older.date:
            raise ValueError(
                f"{older.date} stands below {newer.date}; the newest must stand first, and a day only once"
            )
    return changes


Changes = Annotated[tuple[Change, ...], AfterValidator(_newest_first)]
