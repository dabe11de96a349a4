"""How the checker works, as pages and as JSON: what they show is what runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.checker.account import account_of, owners
from app.content.pages import Cause
from tests.web.client import Client, Links
from tests.web.pages import words_of

if TYPE_CHECKING:
    from flask import Flask

    from app.checker.outcome import Checker
    from tests.web.conftest import MakeApp

BOX = "{http://www.w3.org/2000/svg}rect"
RULES, SCORES = "/about/how-the-checker-works/", "/about/checker-scores/"


def test_the_json_is_the_account_of_what_runs(app: Flask, checker: Checker) -> None:
    response = app.test_client().get(f"{RULES}index.json")
    assert response.mimetype == "application/json"
    assert response.json == json.loads(json.dumps(account_of(checker)))
    assert response.cache_control.public


def test_the_page_names_every_page_with_how_many_rules_and_weights_it_has(
    client: Client, checker: Checker
) -> None:
    page = client.get(RULES).page
    rows = [
        [words_of(cell) for cell in row.iter() if cell.tag in ("th", "td")]
        for row in page.all("tr")
        if any(link.attrib["href"].startswith(RULES) for link in row.iter("a"))
    ]
    expected = {
        owner.title: [str(len(owner.rules)), str(len(owner.evidence) if isinstance(owner, Cause) else 0)]
        for owner in owners(checker)
    }
    assert {title: counts for title, *counts in rows} == expected


def test_the_diagram_has_a_box_for_each_question_and_the_list_says_the_same(
    client: Client, checker: Checker
) -> None:
    page = client.get(RULES).page
    boxes = page.all(BOX, class_="diagram__box")
    questions = checker.questionnaire.questions
    assert len(boxes) == len(questions) + 4
    sometimes = page.all(BOX, class_="diagram__box--sometimes")
    assert len(sometimes) == sum(bool(one.asked_if or one.clarifies) for one in questions)
    (listed,) = page.all("ol", class_="questions")
    assert len(listed.findall("li")) == len(questions)
    for question in questions:
        assert question.title in words_of(listed)
        assert question.why in words_of(listed)


def test_each_page_shows_every_rule_and_every_weight_that_runs(client: Client, checker: Checker) -> None:
    labels = checker.library.vocabulary.options
    for owner in owners(checker):
        page = client.get(f"{RULES}{owner.slug}/").page
        rules = page.all("ol", class_="rules")
        shown = [item for one in rules for item in one.findall("li")]
        assert [item.attrib["id"] for item in shown] == [f"rule-{rule.id}" for rule in owner.rules]
        for item, rule in zip(shown, owner.rules, strict=True):
            text = words_of(item)
            assert str(rule.because) in text
            assert all(labels[option].label in text for clause in rule.clauses for option in clause)
            assert checker.library.sources[rule.source].title in text
        if isinstance(owner, Cause):
            every = (owner.evidence, *(pattern.evidence for pattern in owner.patterns))
            weights = [one for evidence in every for one in evidence.values()]
            cells = [words_of(cell) for cell in page.all("td") if "yes" in cell.attrib["data-column"]]
            assert sorted(cell.partition("(")[2].rstrip(")") for cell in cells) == sorted(
                f"{one.weight:+.1f}" for one in weights
            )


def test_no_weight_is_told_as_ruling_a_page_out(client: Client, checker: Checker) -> None:
    for owner in owners(checker):
        page = client.get(f"{RULES}{owner.slug}/").page
        assert not [cell for cell in page.all("td") if words_of(cell).startswith(("0 times", "0.0 times"))]


def test_a_page_that_tells_the_checker_something_leads_to_its_rules_and_others_do_not(client: Client) -> None:
    for address, there in (
        ("/causes/sciatica/", True),
        ("/emergencies/stroke-or-tia/", True),
        ("/treatments/heat/", False),
    ):
        links = [one.attrib["href"] for one in client.get(address).page.all("a")]
        assert any(link.startswith(RULES) for link in links) is there


@pytest.mark.parametrize("slug", ["heat", "no-such-page", "how-we-write"])
def test_a_page_without_rules_is_not_found_there(client: Client, slug: str) -> None:
    client.get(f"{RULES}{slug}/", status=404)


def test_the_scores_shown_are_those_published(client: Client, checker: Checker) -> None:
    assert checker.scores is not None
    text = words_of(client.get(SCORES).page.one("main"))
    for part in (checker.scores.tuned, checker.scores.set_aside):
        for name, words in checker.scores.measures():
            tally = getattr(part, name)
            assert words.capitalize() in text
            assert f"{tally.hits} of {tally.of} ({tally.share * 100:.0f} %" in text
    for proof in checker.proofs:
        assert proof.promise in text


def test_a_copy_that_published_nothing_says_so(make_app: MakeApp, links: Links) -> None:
    bare = make_app(parts={"scores": None, "proofs": ()})
    client = Client(bare, links)
    assert "has not published its scores" in words_of(client.get(SCORES).page.one("main"))
    assert "has not published what it proved" in words_of(client.get(RULES).page.one("main"))


def test_without_the_page_that_shows_the_rules_nothing_stands_below_it(
    make_app: MakeApp, checker: Checker
) -> None:
    plain = checker.library.pages["how-the-checker-works"].model_copy(update={"shows": None})
    client = make_app(plain).test_client()
    assert client.get(RULES).status_code == 200
    assert client.get(f"{RULES}index.json").get_json()["kind"] == "about"
    assert "How the symptom checker weighs" not in client.get("/causes/sciatica/").text
