"""Cases as JSON Lines or as FHIR: what programs hand in, and what they get back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.checker.answers import Answers
from app.checker.codings import ResponseError
from app.checker.fhir import answers_of
from app.content.reader import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.checker.outcome import Checker, Outcome
    from app.checker.urgency import MetFlag

_SETS = ("chosen", "denied", "unknown")


@dataclass(frozen=True, slots=True)
class Case:
    """Answers with a name."""

    id: Any
    answers: Answers


class CaseError(ValueError):
    """A line that is no case; `id` is the case's id where it could be read."""

    def __init__(self, message: str, case_id: object = None) -> None:
        self.id = case_id
        super().__init__(message)


def parse_case(line: str, options: Collection[str]) -> Case:
    """Read a case from a line of JSON.

    Args:
        line: a JSON object with id, chosen, denied and unknown; the three lists may be left out.
        options: the option ids that exist.

    Raises:
        CaseError: the line is malformed or names an unknown option; says where.
    """
    case = _parse_object(line)
    case_id = case.get("id")
    unknown_key = next((key for key in case if key not in ("id", *_SETS)), None)
    if unknown_key is not None:
        raise CaseError(f"unknown key '{unknown_key}'{did_you_mean(unknown_key, _SETS)}", case_id)
    sets = []
    for name in _SETS:
        ids = case.get(name, [])
        if not isinstance(ids, list) or not all(isinstance(option, str) for option in ids):
            raise CaseError(f"'{name}' must be a list of option ids", case_id)
        wrong = next((option for option in ids if option not in options), None)
        if wrong is not None:
            raise CaseError(f"unknown option '{wrong}' in '{name}'{did_you_mean(wrong, options)}", case_id)
        sets.append(frozenset(ids))
    return Case(case_id, Answers(*sets))


def _parse_object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise CaseError(f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise CaseError("not a JSON object")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number that JSON knows")


def assess_line(line: str, checker: Checker) -> tuple[dict[str, Any], bool]:
    """Assess one line.

    Returns:
        What to print for it, and whether it was a case.
    """
    try:
        case = parse_case(line, checker.library.vocabulary.options)
    except CaseError as error:
        return {"id": error.id, "error": str(error)}, False
    return {"id": case.id, **report(checker.assess(case.answers))}, True


def assess_response(text: str, checker: Checker) -> tuple[dict[str, Any], bool]:
    """Assess the FHIR QuestionnaireResponse that a text holds.

    Returns:
        What to print for it, and whether it was a response to the questions of this checker.
    """
    resource_id = None
    try:
        resource = _parse_object(text)
        named = resource.get("id")
        resource_id = named if isinstance(named, str) else None
        answers = answers_of(resource, checker)
    except (CaseError, ResponseError) as error:
        return {"id": resource_id, "error": str(error)}, False
    return {"id": resource_id, **report(checker.assess(answers))}, True


def report(outcome: Outcome) -> dict[str, Any]:
    """Give an outcome in the form that programs read."""
    dangers = [
        {
            "page": page.slug,
            "fit": "well"
            if any(not one.unsure for one in outcome.because if one.flag.page is page)
            else "partly",
            "score": None,
            "for": sorted(
                {option for one in outcome.because if one.flag.page is page for option in one.options}
            ),
            "against": [],
        }
        for page in outcome.dangers
    ]
    matches = [
        {
            "page": one.cause.slug,
            "fit": one.fit,
            "score": one.score,
            "for": list(one.speaks_for),
            "against": list(one.speaks_against),
        }
        for one in outcome.matches
    ]
    return {
        "urgency": outcome.urgency.id,
        "because": _because(outcome.because),
        "matches": [*dangers, *matches],
        "reasons": [one.cause.slug for one in outcome.reasons],
        "treatments": [offer.page.slug for offer in outcome.treatments],
        "exercises": [offer.page.slug for offer in outcome.exercises],
        "conflicts": [{"options": list(one.options), "kind": one.kind} for one in outcome.conflicts],
    }


def _because(met: tuple[MetFlag, ...]) -> list[dict[str, Any]]:
    """Join the rules of one page and level."""
    joined: dict[tuple[str, str], set[str]] = {}
    for one in met:
        joined.setdefault((one.flag.page.slug, one.urgency.id), set()).update(one.options)
    return [
        {"page": page, "level": level, "options": sorted(options)}
        for (page, level), options in joined.items()
    ]
