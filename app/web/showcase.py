"""Every component in every state on one page, for those who build the site: in development only."""

from __future__ import annotations

import datetime
import functools
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template, request

from app.checker.answers import Answers
from app.checker.outcome import Conflict
from app.content import tables
from app.content.blocks import Figure
from app.content.record import Reviewer
from app.search.excerpts import Piece
from app.web.caching import never
from app.web.indexes import MORE_ON_INDEX
from app.web.picks import Picked

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flask import Response

    from app.checker.outcome import Checker
    from app.content.pages import Cause

# Where a name would stand the page says so: nobody is invented.
REVIEWER = Reviewer(name="(the clinician's name)", role="(the profession)", date=datetime.date(2026, 1, 2))


def showcase_blueprint(
    checker: Checker, drawings: Collection[str], drawn: Mapping[str, Mapping[str, object]]
) -> Blueprint:
    """Make the blueprint of the showcase.

    Args:
        checker: the knowledge that the components show.
        drawings: the names of the site's drawings.
        drawn: what pages about the site show below their text, by the name that they give it.
    """
    blueprint = Blueprint("showcase", __name__)
    library = checker.library
    # Drawn when they are asked for, since the site is made anew at every edit.
    states = functools.cache(lambda: _states(checker, drawings, drawn))

    @blueprint.get("/_components/")
    def components() -> Response:
        filters = MORE_ON_INDEX["causes"](request.args, library)
        return never(make_response(render_template("showcase/index.html", **states(), filters=filters)))

    return blueprint


def _states(
    checker: Checker, drawings: Collection[str], drawn: Mapping[str, Mapping[str, object]]
) -> dict[str, object]:
    library = checker.library
    cause = max(library.causes, key=lambda one: (len(one.patterns), len(one.exercises)))
    in_text = {part.drawing for part in cause.body.parts if isinstance(part, Figure)}
    return {
        "cause": cause,
        "reviewed": cause.model_copy(update={"reviewed_by": REVIEWER}),
        "withdrawn": Picked((), (cause,), ("no-such-page",), garbled=True, too_many=True),
        "treatment": max(library.treatments, key=lambda one: len(one.avoid_if)),
        "exercise": next(one for one in library.exercises if one.picture),
        "pages": library.causes[:3],
        "related": library.related(cause)[:3],
        "symptoms": library.symptoms,
        "dangers": library.emergencies[:2],
        "questions": library.faq[:3],
        "terms": list(library.terms.items())[:2],
        "sources": [library.sources[source] for source in cause.sources],
        "conflicts": [(Conflict((*cause.evidence,)[:2], "do-not-fit"), checker.questionnaire.questions[0])],
        "diagram": drawn["checker-rules"]["diagram"],
        "proofs": checker.proofs,
        "table": tables.treatments_compared(library.treatments_of(cause)[:2]),
        "outcome": checker.assess(answers_of(cause)),
        "labels": library.vocabulary.labels,
        "results": [
            {
                "page": cause,
                "excerpt": (Piece("What was ", marked=False), Piece("looked for", marked=True)),
            }
        ],
        "numbers": library.site.emergency_numbers,
        "all_sources": library.sources,
        "drawings": sorted(set(drawings) - in_text),
    }


def answers_of(cause: Cause) -> Answers:
    """Give the answers of a visitor who ticks all that speaks for a cause and nothing against it."""
    speaking = {option: evidence.weight > 0 for option, evidence in cause.evidence.items()}
    return Answers(
        chosen=frozenset(option for option, for_it in speaking.items() if for_it),
        denied=frozenset(option for option, for_it in speaking.items() if not for_it),
    )
