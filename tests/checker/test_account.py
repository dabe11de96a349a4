"""The account of the checker: an engine built on it alone comes to the same outcomes as the one that runs."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.checker.account import account_of
from app.checker.answers import Answers
from app.checker.cases import report
from app.checker.vignettes import read_vignettes

if TYPE_CHECKING:
    from app.checker.outcome import Checker
    from app.content.pages import Exercise, Treatment

CASES = Path(__file__).parents[1] / "site" / "cases.jsonl"
LEVELS = ("self-care", "soon", "urgent", "emergency")

Account = dict[str, Any]


@pytest.fixture(scope="module")
def account(checker: Checker) -> Account:
    """The account, by way of JSON."""
    told: Account = json.loads(json.dumps(account_of(checker)))
    return told


@pytest.fixture(scope="module")
def everyone(checker: Checker, project: Path) -> list[Answers]:
    """The answers of every textbook case and of every published one."""
    textbook = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    published, _ = read_vignettes(project / "tests" / "vignettes", checker.library)
    keys = ("chosen", "denied", "unknown")
    told = [Answers(*(frozenset(case.get(key, ())) for key in keys)) for case in textbook]
    return [*told, *(case.answers for case in published)]


def urgency(account: Account, answers: Answers) -> str:
    """Find the urgency from the account."""
    heights = [0]
    for page in account["pages"].values():
        for rule in page["rules"]:
            clauses = [set(clause) for clause in rule["one_of_each"]]
            if all(clause & answers.chosen for clause in clauses):
                heights.append(LEVELS.index(rule["level"]))
            elif rule["if_unsure"] and all(clause & (answers.chosen | answers.unknown) for clause in clauses):
                heights.append(LEVELS.index(rule["if_unsure"]))
    return LEVELS[max(heights)]


def score(account: Account, page: Account, answers: Answers) -> float | None:
    """Find the score of a page from the account; None where it is not offered."""
    if any(answers.chosen.isdisjoint(need) for need in page["needs"]):
        return None
    groups: defaultdict[tuple[str, bool], list[float]] = defaultdict(list)
    for option, one in page["evidence"].items():
        said = (
            one["weight"] if option in answers.chosen else one["denied"] if option in answers.denied else None
        )
        if said is not None:
            groups[option.split(".")[0], said > 0].append(said)
    weighing = account["weighing"]
    total = weighing["start"][page["how_common"]] + math.fsum(
        weight * weighing["next_in_group"] ** place
        for weights in groups.values()
        for place, weight in enumerate(sorted(weights, key=abs, reverse=True))
    )
    return round(total, 2) if total >= weighing["fits_partly"] else None


def test_an_engine_on_the_account_alone_gives_the_same_urgency_and_scores(
    checker: Checker, account: Account, everyone: list[Answers]
) -> None:
    assert len(everyone) > 300
    for said in everyone:
        outcome = checker.assess(said)
        answers = outcome.answers
        assert urgency(account, answers) == outcome.urgency.id
        told = {one["page"]: one["score"] for one in report(outcome)["matches"] if one["score"] is not None}
        scores = {
            slug: found
            for slug, page in account["pages"].items()
            if page["kind"] == "cause" and page["family"] != "reason"
            if (found := score(account, page, answers)) is not None
        }
        best = sorted(scores, key=lambda slug: (-scores[slug], slug))[: len(told)]
        assert {slug: scores[slug] for slug in best} == told


def test_the_account_holds_every_rule_weight_question_option_and_caution(
    checker: Checker, account: Account
) -> None:
    library = checker.library
    assert account["version"] == checker.digest
    assert account["options"].keys() == library.vocabulary.options.keys()
    assert [question["id"] for question in account["questions"]] == [*checker.questionnaire.by_id]
    assert sum(len(page["rules"]) for page in account["pages"].values()) == len(checker.flags)
    for cause in library.causes:
        assert account["pages"][cause.slug]["evidence"].keys() == set(cause.evidence)
        patterns = [one["id"] for one in account["pages"][cause.slug]["patterns"]]
        assert patterns == [pattern.id for pattern in cause.patterns]
    helps: tuple[Treatment | Exercise, ...] = (*library.treatments, *library.exercises)
    for page in helps:
        assert len(account["cautions"].get(page.slug, ())) == len(page.avoid_if)


def test_the_account_lists_each_source_that_it_names_and_no_other(account: Account) -> None:
    text = json.dumps({key: account[key] for key in ("pages", "cautions")})
    assert account["sources"]
    for key in account["sources"]:
        assert f'"source": "{key}"' in text
    named = {
        one["source"]
        for page in account["pages"].values()
        for one in (*page["rules"], *page.get("evidence", {}).values())
    }
    assert named <= account["sources"].keys()
