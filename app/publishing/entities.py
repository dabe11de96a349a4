"""What a page is about, in the words of schema.org: a condition, a therapy, an exercise plan, a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.content.pages import Cause, Emergency, Exercise, FaqEntry, Symptom, Treatment
from app.content.plain import words_of_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.content.library import Library
    from app.content.pages import Page

    Node = dict[str, Any]
    AddressOf = Callable[[Page], str]

CODING_SYSTEM = "ICD-10"


def node(kind: str, **properties: object) -> Node:
    """Make a node; what there is nothing of is left out."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value}}


def entity_of(page: Page, library: Library, address_of: AddressOf) -> Node | list[Node] | None:
    """Give what a page is about; nothing for guides and pages about the site."""
    entity: Node | list[Node] | None
    match page:
        case Cause():
            entity = _condition(page, library, address_of)
        case Emergency():
            signs = [node("MedicalSignOrSymptom", name=str(sign)) for sign in page.signs]
            entity = node("MedicalCondition", **_named(page), signOrSymptom=signs)
        case Symptom():
            therapies = _therapies(library.treatments_for(page), address_of)
            entity = node("MedicalSignOrSymptom", **_named(page), possibleTreatment=therapies)
        case Treatment():
            contraindications = [str(caution.text) for caution in page.avoid_if]
            entity = node(
                "MedicalTherapy",
                **_named(page),
                description=str(page.what),
                contraindication=contraindications,
            )
        case Exercise():
            entity = node(
                "ExercisePlan",
                **_named(page),
                description=str(page.what),
                activityFrequency=str(page.dose),
            )
        case FaqEntry():
            answer = node("Answer", text="\n".join(words_of_body(page.body)))
            entity = [node("Question", name=page.title, acceptedAnswer=answer)]
        case _:
            entity = None
    return entity


def _condition(cause: Cause, library: Library, address_of: AddressOf) -> Node:
    signs = [
        node(
            "MedicalSignOrSymptom",
            name=symptom.title,
            url=address_of(symptom),
            description=str(cause.symptoms[slug]),
        )
        for slug in cause.symptoms
        if isinstance(symptom := library.pages[slug], Symptom) and symptom.withdrawn is None
    ]
    codes = [node("MedicalCode", codeValue=code, codingSystem=CODING_SYSTEM) for code in cause.icd10]
    dangers = [
        node(
            "DDxElement",
            diagnosis=node("MedicalCondition", name=danger.title, url=address_of(danger)),
        )
        for danger in library.emergencies_of(cause)
    ]
    return node(
        "MedicalCondition",
        **_named(cause),
        code=codes,
        epidemiology=str(cause.how_common.text),
        expectedPrognosis=str(cause.lasts),
        signOrSymptom=signs,
        possibleTreatment=_therapies(library.treatments_of(cause), address_of),
        differentialDiagnosis=dangers,
    )


def _named(page: Page) -> Node:
    return {"name": page.title, "alternateName": list(page.names)}


def _therapies(treatments: Iterable[Treatment], address_of: AddressOf) -> list[Node]:
    return [node("MedicalTherapy", name=one.title, url=address_of(one)) for one in treatments]
