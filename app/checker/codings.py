"""The codes that a FHIR QuestionnaireResponse holds, by item; or what is wrong with it, and where."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any

from app.checker.choices import REST
from app.content.reader import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.checker.choices import Choice, Choices

    Node = dict[str, Any]

RESPONSE = "QuestionnaireResponse"
# A name and no address: an answer means the same wherever the site is served.
SYSTEM = "urn:nervewise:options"


class ResponseError(ValueError):
    """A resource that is no response to these questions; says where, and how to mend it."""

    def __init__(self, where: str, how: str) -> None:
        self.where = where
        super().__init__(f"{where}: {how}")


def read_codes(resource: object, choices: Choices) -> defaultdict[str, frozenset[str]]:
    """Give the codes that were answered by the id of their choice; none where nothing was answered.

    Raises:
        ResponseError: it is no response, or it answers what is not asked.
    """
    if not isinstance(resource, dict) or resource.get("resourceType") != RESPONSE:
        raise ResponseError("resourceType", f"hand in an object whose resourceType is '{RESPONSE}'")
    codes: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for where, item in _items(resource):
        choice = _read_choice(where, item, choices)
        for place, answer in _objects(item, "answer", where):
            if choice is None:
                how = f"'{item['linkId']}' is no choice and takes no answers; give them to the choices in it"
                raise ResponseError(place, how)
            codes[choice.id] |= {_read_code(place, answer, choice, choices)}
    return codes


def _items(resource: Node) -> Iterator[tuple[str, Node]]:
    """Yield every item with its place, however deep; those in answers too."""
    waiting = deque([(RESPONSE, resource)])
    while waiting:
        where, node = waiting.popleft()
        waiting.extend(_objects(node, "answer", where))
        for item in _objects(node, "item", where):
            yield item
            waiting.append(item)


def _objects(node: Node, key: str, where: str) -> Iterator[tuple[str, Node]]:
    """Yield the objects of a list with their places."""
    values = node.get(key, [])
    if not isinstance(values, list):
        raise ResponseError(f"{where}.{key}", "must be a list of objects")
    for number, value in enumerate(values):
        place = f"{where}.{key}[{number}]"
        if not isinstance(value, dict):
            raise ResponseError(place, "must be an object")
        yield place, value


def _read_choice(where: str, item: Node, choices: Choices) -> Choice | None:
    """Find the choice that an item answers; None for a text that is only shown."""
    link = item.get("linkId")
    if not isinstance(link, str):
        raise ResponseError(f"{where}.linkId", "must be a text; take it from the Questionnaire")
    if link not in choices.by_id and link not in choices.texts:
        how = f"the Questionnaire has no item '{link}'{did_you_mean(link, choices.by_id)}"
        raise ResponseError(f"{where}.linkId", how)
    return choices.by_id.get(link)


def _read_code(where: str, answer: Node, choice: Choice, choices: Choices) -> str:
    coding = answer.get("valueCoding")
    if not isinstance(coding, dict):
        raise ResponseError(where, "must hold a valueCoding, an object with a system and a code")
    if coding.get("system") != SYSTEM:
        raise ResponseError(f"{where}.valueCoding.system", f"must be '{SYSTEM}'")
    code = coding.get("code")
    if not isinstance(code, str):
        raise ResponseError(f"{where}.valueCoding.code", "must be a text; take it from the Questionnaire")
    if code in choice.words:
        return code
    if code in choices.vocabulary.options or code in REST:
        how = f"'{code}' is no answer to '{choice.id}'; give it to an item that offers it"
    else:
        how = f"there is no option '{code}'{did_you_mean(code, choice.words)}"
    raise ResponseError(f"{where}.valueCoding.code", how)
