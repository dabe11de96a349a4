"""The questions and the answers as FHIR resources, in what the releases R4 and R4B share.

A question is a group of choices; what is meant by the options that were not ticked is its last choice. A FHIR
client may show an option in several places, and cannot hide one that was answered before: chosen anywhere
counts as chosen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.checker.answers import Answers, Reply
from app.checker.choices import REST, UNSURE, Choices, why_id
from app.checker.codings import RESPONSE, SYSTEM, ResponseError, read_codes
from app.checker.urgency import Urgency

if TYPE_CHECKING:
    import datetime
    from collections import defaultdict
    from collections.abc import Iterable, Mapping

    from app.checker.answers import Rest
    from app.checker.choices import Choice
    from app.checker.flow import Flow, Step
    from app.checker.outcome import Checker
    from app.checker.questionnaire import Condition, Question, Questionnaire
    from app.content.vocabulary import Vocabulary

    Resource = dict[str, Any]
    Codes = defaultdict[str, frozenset[str]]

_CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
_ABOUT = (
    "Finds the pages of Nervewise that fit what someone feels, and says how soon to get help. It gives "
    "information. It is not a diagnosis, and not for emergencies. No clinician has reviewed these rules."
)
_COPYRIGHT = (
    "The texts are licensed under Creative Commons Attribution 4.0 International (CC BY 4.0): "
    "https://creativecommons.org/licenses/by/4.0/"
)


def questionnaire_of(
    questionnaire: Questionnaire, vocabulary: Vocabulary, version: str, url: str, date: str | None = None
) -> Resource:
    """Give the questions as a FHIR Questionnaire.

    Args:
        questionnaire: the questions.
        vocabulary: the words of the options.
        version: the version of the content.
        url: the address that names this Questionnaire.
        date: the day it was last changed, where that is known.
    """
    choices = Choices(questionnaire, vocabulary)
    return {
        "resourceType": "Questionnaire",
        "language": "en",
        "url": url,
        "version": version,
        "name": "NervewiseSymptomChecker",
        "title": "Nervewise symptom checker",
        "status": "active",
        "subjectType": ["Patient"],
        **({"date": date} if date else {}),
        "description": _ABOUT,
        "copyright": _COPYRIGHT,
        "item": [_group(one, choices) for one in questionnaire.questions],
    }


def _group(question: Question, choices: Choices) -> Resource:
    if question.asked_if is None:
        unsure_at = [choices.rests[earlier].id for earlier in question.clarifies]
        enabled = _enabled("any", [_when(rest_id, UNSURE) for rest_id in unsure_at])
    else:
        enabled = _asked_if(question.asked_if, question, choices)
    rest = _item(choices.rests[question.id])
    return {
        "linkId": question.id,
        "text": question.title,
        "type": "group",
        **enabled,
        "item": [
            {"linkId": why_id(question), "text": question.why, "type": "display"},
            *(_choice(choice, question, choices) for choice in choices.by_question[question.id]),
            {**rest, "required": True} if question.choose == "any" else rest,
        ],
    }


def _choice(choice: Choice, question: Question, choices: Choices) -> Resource:
    if choice.clarifies is not None:
        rest_id = choices.rests[choice.clarifies].id
        return {**_item(choice), **_enabled("any", [_when(rest_id, UNSURE)])}
    return {**_item(choice), **_asked_if(choice.asked_if, question, choices)}


def _item(choice: Choice) -> Resource:
    control = {"system": _CONTROLS, "code": "check-box" if choice.many else "radio-button"}
    return {
        "extension": [{"url": _CONTROL, "valueCodeableConcept": {"coding": [control]}}],
        "linkId": choice.id,
        "text": choice.title,
        "type": "choice",
        **({"repeats": True} if choice.many else {}),
        "answerOption": [{"valueCoding": _coding(code, words)} for code, words in choice.words.items()],
    }


def _asked_if(condition: Condition | None, question: Question, choices: Choices) -> Resource:
    """Say a condition on options: an option that stands in several earlier choices may be ticked in any."""
    if condition is None:
        return {}
    earlier = choices.before(question)
    whens = [
        _when(choice.id, option)
        for option in condition.options
        for choice in earlier
        if option in choice.words
    ]
    return _enabled("all" if condition.all_of else "any", whens)


def _enabled(behavior: str, whens: list[Resource]) -> Resource:
    return {"enableWhen": whens, "enableBehavior": behavior} if whens else {}


def _when(link_id: str, code: str) -> Resource:
    return {"question": link_id, "operator": "=", "answerCoding": _coding(code)}


def _coding(code: str, words: str | None = None) -> Resource:
    return {"system": SYSTEM, "code": code, **({"display": words} if words else {})}


def response_of(
    flow: Flow,
    questionnaire: Questionnaire,
    vocabulary: Vocabulary,
    version: str,
    url: str,
    authored: datetime.datetime,
) -> Resource:
    """Give the answers of a visitor as a FHIR QuestionnaireResponse: what was said, and no outcome.

    Args:
        flow: the way that the visitor went.
        questionnaire: the questions.
        vocabulary: the words of the options.
        version: the version of the content.
        url: the address that names the Questionnaire.
        authored: the time, with its zone.
    """
    choices = Choices(questionnaire, vocabulary)
    return {
        "resourceType": RESPONSE,
        "language": "en",
        "questionnaire": f"{url}|{version}",
        "status": "completed",
        "authored": authored.isoformat(timespec="seconds"),
        "item": [_answered(step, flow, choices) for step in flow.steps],
    }


def _answered(step: Step, flow: Flow, choices: Choices) -> Resource:
    question, reply = step.question, step.reply or Reply()
    left = reply.chosen.intersection(step.offered)
    # Who picked the one answer has denied the others by that.
    tells_rest = question.choose == "any" or reply.rest != "denied" or not left
    items = []
    for choice in choices.by_question[question.id]:
        codes = [code for code in choice.words if code in left and choice.is_shown(flow)]
        left = left.difference(codes)
        items += _answers(choice, codes)
    codes = [code for code, rest in REST.items() if rest == reply.rest and tells_rest]
    items += _answers(choices.rests[question.id], codes)
    return {"linkId": question.id, "text": question.title, "item": items}


def _answers(choice: Choice, codes: list[str]) -> list[Resource]:
    answers = [{"valueCoding": _coding(code, choice.words[code])} for code in codes]
    return [{"linkId": choice.id, "text": choice.title, "answer": answers}] if answers else []


def read_response(resource: object, questionnaire: Questionnaire, vocabulary: Vocabulary) -> dict[str, Reply]:
    """Read a FHIR QuestionnaireResponse.

    Args:
        resource: what was read from JSON.
        questionnaire: the questions.
        vocabulary: the options that exist.

    Returns:
        The replies by question id, to be replayed. Where the response ends with a question whose rest is not
        answered, that reply covers what was ticked alone: the flow asks the question again.

    Raises:
        ResponseError: it is no response to these questions.
    """
    choices = Choices(questionnaire, vocabulary)
    codes = read_codes(resource, choices)
    replies: dict[str, Reply] = {}
    unfinished = None
    for question in questionnaire.questions:
        chosen, rest = _read_question(question, codes, choices)
        if not chosen and rest is None:
            continue
        if unfinished is not None:
            raise ResponseError(unfinished, f"is not answered; give it {' or '.join(REST)}")
        if rest is None and question.choose == "any":
            unfinished = choices.rests[question.id].id
            replies[question.id] = Reply(chosen, offered=chosen)
        else:
            replies[question.id] = Reply(chosen, rest or "denied")
    ticked = _ticked(codes, replies, choices)
    return {
        key: replace(reply, chosen=reply.chosen | ticked.intersection(questionnaire.by_id[key].options))
        for key, reply in replies.items()
    }


def answers_of(resource: object, checker: Checker) -> Answers:
    """Give the answers of a FHIR QuestionnaireResponse, as if its visitor had gone the way of the questions.

    An option that the way does not come by counts as well when it is chosen, and an emergency is taken from
    a response that ends before the questions do.

    Raises:
        ResponseError: it is no response to these questions, or one that is asked is not answered.
    """
    replies = read_response(resource, checker.questionnaire, checker.library.vocabulary)
    flow = checker.flow(replies)
    chosen = _union(reply.chosen for reply in replies.values())
    answers = flow.answers.with_reply(Reply(chosen), chosen)
    if flow.next is not None and checker.urgency(answers) is not Urgency.EMERGENCY:
        question = flow.next.question.id
        how = (
            f"is asked and not answered in full; tick what fits, and answer '{question}.rest' for the others"
        )
        raise ResponseError(question, how)
    return answers


def _read_question(question: Question, codes: Codes, choices: Choices) -> tuple[frozenset[str], Rest | None]:
    """Give the options ticked in a question, and its rest, if that was answered."""
    chosen = _union(codes[choice.id] for choice in choices.by_question[question.id])
    if question.choose == "one":
        _check_one(question.id, chosen)
    rest_id = choices.rests[question.id].id
    _check_one(rest_id, codes[rest_id])
    return chosen, next((REST[code] for code in codes[rest_id]), None)


def _check_one(link: str, codes: frozenset[str]) -> None:
    if len(codes) > 1:
        raise ResponseError(link, f"takes one answer; keep one of {', '.join(sorted(codes))}")


def _ticked(codes: Codes, replies: Mapping[str, Reply], choices: Choices) -> frozenset[str]:
    """Give what was ticked anywhere but where it is asked again of someone who was not sure."""
    unsure = {key for key, reply in replies.items() if reply.rest == REST[UNSURE]}
    every = (choice for of_question in choices.by_question.values() for choice in of_question)
    return _union(codes[choice.id] for choice in every if choice.clarifies not in unsure)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)
