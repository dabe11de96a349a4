"""An account of the checker: every question, rule and weight, as it runs, in a form that programs can read.

It is served as JSON, beside pages that show the same to people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.checker.matching import FITS_PARTLY, FITS_WELL, NEXT_IN_GROUP, START
from app.checker.outcome import MOST_MATCHES
from app.content.pages import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.checker.outcome import Checker
    from app.checker.questionnaire import Condition, Question
    from app.content.evidence import Caution, DangerRule, Evidence
    from app.content.pages import Emergency, Exercise, Symptom, Treatment

    Owner = Cause | Emergency | Symptom


def account_of(checker: Checker) -> dict[str, Any]:
    """Give everything that the checker goes by.

    Returns:
        JSON values alone: the version, how answers are weighed, options, questions, the pages with their
        rules and evidence, the cautions of treatments and exercises, and the sources that these name.
    """
    library = checker.library
    pages = {page.slug: _page_account(page) for page in owners(checker)}
    helps: tuple[Treatment | Exercise, ...] = (*library.treatments, *library.exercises)
    cautions = {page.slug: [_caution(one) for one in page.avoid_if] for page in helps if page.avoid_if}
    named = {str(source) for part in (pages, cautions) for source in _sources_in(part)}
    return {
        "version": checker.digest,
        "weighing": {
            "start": dict(START),
            "next_in_group": NEXT_IN_GROUP,
            "fits_well": FITS_WELL,
            "fits_partly": FITS_PARTLY,
            "most_matches": MOST_MATCHES,
        },
        "groups": {
            group.prefix: {"means": group.means, "choose": group.choose, "options": list(group.options)}
            for group in library.vocabulary.groups
        },
        "options": {key: option.label for key, option in library.vocabulary.options.items()},
        "questions": [_question(question) for question in checker.questionnaire.questions],
        "pages": pages,
        "cautions": cautions,
        "sources": {
            key: {"organisation": source.organisation, "title": source.title, "url": source.url}
            for key, source in library.sources.items()
            if key in named
        },
    }


def owners(checker: Checker) -> tuple[Owner, ...]:
    """Give the pages that tell the checker something: all causes, and the others that have danger rules."""
    library = checker.library
    others: tuple[Emergency | Symptom, ...] = (*library.emergencies, *library.symptoms)
    return (*(page for page in others if page.rules), *library.causes)


def _page_account(page: Owner) -> dict[str, Any]:
    """Give what one page tells the checker."""
    account: dict[str, Any] = {
        "kind": page.kind,
        "title": page.title,
        "rules": [_rule(rule) for rule in page.rules],
    }
    if isinstance(page, Cause):
        account |= {
            "family": page.family,
            "how_common": page.how_common.level,
            "needs": [list(need) for need in page.needs],
            "evidence": _evidence(page.evidence),
            "patterns": [
                {"id": one.id, "title": one.title, "evidence": _evidence(one.evidence)}
                for one in page.patterns
            ],
        }
    return account


def _rule(rule: DangerRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "level": rule.level,
        "one_of_each": [sorted(clause) for clause in rule.clauses],
        "if_unsure": rule.if_unsure,
        "because": str(rule.because),
        "source": rule.source,
    }


def _evidence(evidence: Mapping[Any, Evidence]) -> dict[str, Any]:
    return {
        option: {"weight": one.weight, "denied": one.denied, "source": one.source}
        for option, one in evidence.items()
    }


def _caution(caution: Caution) -> dict[str, Any]:
    return {"text": str(caution.text), "options": list(caution.options), "source": caution.source}


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "title": question.title,
        "why": question.why,
        "choose": question.choose,
        "asked_if": _condition(question.asked_if),
        "sections": [
            {"title": one.title, "asked_if": _condition(one.asked_if), "options": list(one.options)}
            for one in question.sections
        ],
        "clarifies": list(question.clarifies),
        "only": list(question.only),
    }


def _condition(condition: Condition | None) -> dict[str, list[str]] | None:
    if condition is None:
        return None
    return {name: list(options) for name, options in condition if options}


def _sources_in(value: object) -> Iterable[object]:
    """Give every value under a key 'source'."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from [one] if key == "source" and one else _sources_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _sources_in(one)
