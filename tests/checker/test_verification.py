"""Proofs over the small folder: what they count, and that each tells when its promise is broken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.checker import verification
from app.checker.answers import Answers
from app.checker.outcome import Checker, Outcome
from app.checker.questionnaire import Question, Questionnaire
from app.checker.rulebits import RuleBits
from app.checker.urgency import Urgency
from app.checker.verification import TextbookCase, verify
from app.checker.walking import DeadEndError, walk
from app.content.keys import OptionId
from app.content.vocabulary import Option, Vocabulary
from tests.checker.sayings import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CASES = (
    TextbookCase(
        "wrist", said("main.tingling", "site.wrist", "trig.night", "trig.typing"), "wrist-nerve", "typing"
    ),
    TextbookCase("elbow", said("site.elbow", "main.tingling", "trig.cold"), "elbow-nerve", None),
    TextbookCase("worry", said("main.pain"), "worry", None),
    TextbookCase("danger", said("red.numb"), "squeezed-cord", None),
)
PROMISES = (
    "Every rule and every piece of evidence names its source",
    "Every walk ends, and soon",
    "Every option and every question can be reached",
    "Each page comes first for its own textbook case",
    "The order of answers does not matter",
    "More evidence never lowers a score",
    "Being unsure is taken seriously",
    "No answer to one of two options lowers the urgency",
    "No answer to one of three options lowers the urgency",
)


def broken(checker: Checker, cases: Iterable[TextbookCase] = CASES) -> Mapping[str, tuple[str, ...]]:
    """Give what is broken, by the promise."""
    proofs = verify(checker, tuple(cases))
    return {proof.walked.promise: proof.broken for proof in proofs if proof.broken}


def test_a_sound_checker_keeps_every_promise_and_the_walks_are_counted(tiny: Checker) -> None:
    proofs = list(verify(tiny, CASES))
    assert [proof.broken for proof in proofs] == [()] * len(PROMISES)
    assert tuple(proof.walked.promise for proof in proofs) == PROMISES
    options = len(tiny.library.vocabulary.options)
    counts = {name: number for proof in proofs for name, number in proof.walked.counts.items()}
    assert counts["danger rules"] == 5
    assert counts["options"] == options
    assert counts["pairs of options"] == options * (options - 1) / 2
    assert counts["pairs in each state"] == counts["pairs of options"] * 16
    assert counts["triples of options"] == options * (options - 1) * (options - 2) / 6
    assert counts["textbook cases"] == len(CASES)


def test_a_source_that_is_not_listed_breaks_the_first(tiny: Checker) -> None:
    without = Checker(replace(tiny.library, sources={}), tiny.questionnaire, tiny.digest)
    assert "squeezed-cord: numb has no source" in broken(without)[PROMISES[0]]


def test_a_walk_that_does_not_end_or_takes_too_long_is_told(
    tiny: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "MOST_QUESTIONS", 1)
    monkeypatch.setattr(verification, "MOST_QUESTIONS_FOR_MOST", 0)
    told = broken(tiny)[PROMISES[1]]
    assert any(line.startswith("a walk of") for line in told)
    assert any(line.startswith("the median visitor meets") for line in told)
    monkeypatch.setattr("app.checker.walking.ENDLESS", 1)
    with pytest.raises(DeadEndError, match="no end after 1 questions for no tick"):
        walk(tiny, {})


def test_dead_ends_are_gathered(tiny: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(*_arguments: object) -> None:
        raise DeadEndError("no end")

    monkeypatch.setattr(verification, "walk", stuck)
    proofs = verify(tiny, ())
    next(proofs)
    assert "no end" in next(proofs).broken


def test_what_no_walk_reaches_is_told(tiny: Checker) -> None:
    groups = tiny.library.vocabulary.groups
    more = groups[0].model_copy(update={"options": {**groups[0].options, "red.new": Option(label="New")}})
    vocabulary = Vocabulary(groups=(more, *groups[1:]))
    never = Question(id="never", title="?", why="!", clarifies=("danger",), only=(OptionId("red.new"),))
    questionnaire = Questionnaire(questions=(*tiny.questionnaire.questions, never))
    checker = Checker(replace(tiny.library, vocabulary=vocabulary), questionnaire, tiny.digest)
    proofs = verify(checker, CASES)
    told = [next(proofs).broken for _ in PROMISES[:3]][-1]
    assert told == ("no walk offers red.new", "no walk meets the question never")


def test_a_page_that_does_not_come_first_or_has_no_case_is_told(tiny: Checker) -> None:
    wrong = (
        TextbookCase("one", said("main.pain"), "wrist-nerve", None),
        TextbookCase("two", said("main.pain"), None, "typing"),
        TextbookCase("three", said("age.old"), "elbow-nerve", None),
    )
    assert broken(tiny, wrong)[PROMISES[3]] == (
        "'one': wrist-nerve should come first, and worry does",
        "'two': typing should be among the reasons",
        "'three': elbow-nerve should come first, and None does",
        "worry has no textbook case",
        "squeezed-cord has no textbook case",
        "splint is offered in no textbook case",
        "tablets is offered in no textbook case",
        "wrist-bend is offered in no textbook case",
    )


class Fickle(Checker):
    """A checker that thinks otherwise every second time, and takes nothing seriously."""

    def assess(self, said: Answers) -> Outcome:
        """Give the outcome of no answers every second time."""
        self.__dict__["asked"] = not self.__dict__.get("asked", False)
        return super().assess(said if self.__dict__["asked"] else Answers())

    def urgency(self, said: Answers) -> Urgency:
        """Give less the more is chosen."""
        return Urgency.SELF_CARE if said.chosen else Urgency.SOON


def test_an_outcome_or_an_urgency_that_cannot_be_relied_on_is_told(tiny: Checker) -> None:
    told = broken(Fickle(tiny.library, tiny.questionnaire, tiny.digest))
    assert "'danger' has two outcomes" in told[PROMISES[4]]
    assert any("when unsure" in line for line in told[PROMISES[6]])
    assert any(line.startswith("urgency falls at") for line in told[PROMISES[7]])
    assert any(line.startswith("the engine and the bit sets differ for") for line in told[PROMISES[7]])


def test_a_score_that_falls_is_told(tiny: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "weigh", lambda _cause, answers: (-len(answers.chosen), {}))
    assert broken(tiny)[PROMISES[5]][0] == "elbow-nerve: site.elbow lowers the score beside nothing"


def test_a_sign_that_is_not_asked_again_is_told(tiny: Checker) -> None:
    questions = tuple(one for one in tiny.questionnaire.questions if "danger" not in one.clarifies)
    checker = Checker(tiny.library, Questionnaire(questions=questions), tiny.digest)
    assert "red.numb is not asked again in plainer words" in broken(checker)[PROMISES[6]]


def test_a_triple_that_is_less_urgent_than_a_pair_is_told(
    tiny: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    bits = RuleBits(tiny)
    assert bits.walk_triples(["red.weak", "age.old", "med.new"]) == (1, [])
    joined = iter(range(10))
    monkeypatch.setattr(
        bits,
        "_heights",
        lambda _: (Urgency.SOON if next(joined) < 3 else Urgency.SELF_CARE, Urgency.SELF_CARE),
    )
    triple = ("red.weak", "age.old", "med.new")
    assert bits.walk_triples(triple) == (1, [triple])
