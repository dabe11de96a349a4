"""The questions in a FHIR client that is not ours: LHC-Forms, filled in as a clinic's visitor would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from flask import Flask, render_template_string
from playwright.sync_api import Locator, expect

from app.checker.answers import Reply
from app.checker.cases import report
from app.checker.fhir import answers_of, questionnaire_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from app.checker.outcome import Checker

pytestmark = pytest.mark.browser

# Loaded in this order, as the README of the package says.
SCRIPTS = (
    "webcomponent/assets/lib/zone.min.js",
    "webcomponent/runtime.js",
    "webcomponent/polyfills.js",
    "webcomponent/main.js",
    "fhir/R4/lformsFHIR.min.js",
)
PAGE = """<!doctype html>
<html lang="en">
<title>LHC-Forms</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/lforms/webcomponent/styles.css">
<div id="form"></div>
{% for script in scripts %}<script src="/lforms/{{ script }}"></script>{% endfor %}
"""
SHOW = "questionnaire => LForms.Util.addFormToPage(questionnaire, 'form', {fhirVersion: 'R4'})"
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
TAKE = "() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')"


class Said(NamedTuple):
    """What a visitor ticks, and the questions of which they are not sure about the rest."""

    chosen: frozenset[str]
    unsure_at: frozenset[str] = frozenset()

    def reply(self, offered: tuple[str, ...], question: str, choose: str) -> Reply:
        """Give the reply to a question."""
        chosen = self.chosen.intersection(offered)
        unsure = question in self.unsure_at or (choose == "one" and not chosen)
        return Reply(chosen, "unknown" if unsure else "denied")


class Client:
    """The form in LHC-Forms."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def item(self, link: str) -> Locator:
        """Find an item."""
        return self.page.locator(f"[id^='item-{link}/']")

    def option(self, link: str, code: str) -> Locator:
        """Find an option with its words."""
        return self.item(link).locator(f"[id$='|{code}']")

    def tick(self, link: str, code: str) -> None:
        """Tick an option by its words, and wait until the form shows what hangs on it."""
        self.option(link, code).click()
        expect(self.option(link, code).locator("input")).to_be_checked()
        self.page.evaluate(SETTLED)

    def fill(self, said: Said, checker: Checker) -> None:
        """Answer every item that is shown, from top to bottom, as it comes."""
        for group in questions(checker)["item"]:
            question = checker.questionnaire.by_id[group["linkId"]]
            if not self.item(question.id).count():
                continue
            ticked = 0
            for item in group["item"]:
                codes = [one["valueCoding"]["code"] for one in item.get("answerOption", ())]
                for code in said.chosen.intersection(codes):
                    if self.item(item["linkId"]).count():
                        self.tick(item["linkId"], code)
                        ticked += 1
            if question.choose == "any" or not ticked:
                rest = said.reply((), question.id, question.choose).rest
                self.tick(f"{question.id}.rest", f"rest.{rest}")

    def response(self) -> dict[str, Any]:
        """Take the answers from the form."""
        found: dict[str, Any] = self.page.evaluate(TAKE)
        return found


def questions(checker: Checker) -> dict[str, Any]:
    """Give the real questions."""
    address = "https://example.org/check/questionnaire.json"
    return questionnaire_of(checker.questionnaire, checker.library.vocabulary, checker.digest, address)


@pytest.fixture(scope="module")
def lforms(served: Callable[[Flask], AbstractContextManager[str]], project: Path) -> Iterator[str]:
    """The address of a page with LHC-Forms. The site itself allows no scripts of others."""
    folder = project / "tests/browser/npm/node_modules/lforms/dist/lforms"
    assert folder.is_dir(), f"LHC-Forms is not in {folder}; make test puts it there"
    app = Flask(__name__, static_folder=str(folder), static_url_path="/lforms")
    app.add_url_rule("/", view_func=lambda: render_template_string(PAGE, scripts=SCRIPTS))
    with served(app) as address:
        yield address


@pytest.fixture
def client(browser: Browser, lforms: str, checker: Checker) -> Iterator[Client]:
    """The real questions in LHC-Forms. It must ask no other machine for anything."""
    asked: list[str] = []
    with browser.new_context(base_url=lforms) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/")
        page.evaluate(SHOW, questions(checker))
        yield Client(page)
    assert [url for url in asked if not url.startswith((lforms, "data:"))] == []


@pytest.fixture(scope="module")
def visitors(carpal_tunnel: frozenset[str]) -> dict[str, Said]:
    """What some visitors say."""
    back = ("main.pain", "region.low_back", "site.buttock", "region.hip_groin_thigh", "age.60_plus")
    return {
        "carpal tunnel": Said(carpal_tunnel),
        "not sure of a danger": Said(frozenset([*back, "trig.sitting"]), frozenset(["danger-body", "also"])),
    }


@pytest.mark.parametrize("name", ["carpal tunnel", "not sure of a danger"])
def test_answers_given_in_lhc_forms_lead_where_the_same_answers_lead_here(
    client: Client, checker: Checker, visitors: dict[str, Said], name: str
) -> None:
    said = visitors[name]
    client.fill(said, checker)
    response = client.response()

    replies: dict[str, Reply] = {}
    while (step := checker.flow(replies).next) is not None:
        replies[step.question.id] = said.reply(step.offered, step.question.id, step.question.choose)
    answers = checker.flow(replies).answers
    assert said.chosen <= answers.chosen
    assert answers_of(response, checker) == answers
    assert report(checker.assess(answers_of(response, checker))) == report(checker.assess(answers))
    assert response["questionnaire"].endswith(f"|{checker.digest}")


def test_lhc_forms_shows_a_section_when_its_condition_is_met_and_hides_it_again(client: Client) -> None:
    expect(client.item("main")).to_be_visible()
    for link in ("spot", "triggers.3", "danger-plainer"):
        expect(client.item(link)).to_have_count(0)

    client.tick("where.1", "region.wrist_hand")
    expect(client.item("spot.4")).to_be_visible()
    expect(client.item("triggers.3")).to_be_visible()
    expect(client.item("spot.9")).to_have_count(0)
    client.option("where.1", "region.wrist_hand").click()
    expect(client.item("spot")).to_have_count(0)
    expect(client.item("triggers.3")).to_have_count(0)

    client.tick("danger-body.rest", "rest.unknown")
    expect(client.item("danger-plainer.2")).to_contain_text("Your skin feels hot to touch")
    expect(client.item("danger-plainer.1")).to_have_count(0)
    client.tick("danger-body.rest", "rest.denied")
    expect(client.item("danger-plainer")).to_have_count(0)

    for code in ("sex.female", "age.16_39"):
        expect(client.item("health.1")).to_have_count(0)
        client.tick(f"{code.partition('.')[0]}.1", code)
    expect(client.item("health.1")).to_be_visible()
