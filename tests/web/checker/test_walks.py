"""Whole ways through the checker, from the first question to the pages that fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.web.checker.views import MOST_SHOWN
from tests.web.checker.visitor import Visitor, form_on
from tests.web.client import Client
from tests.web.pages import words_of

if TYPE_CHECKING:
    from flask import Flask

    from app.checker.answers import Reply
    from app.checker.outcome import Checker, Outcome
    from app.content.library import Library
    from tests.web.client import Answer, Links

HAND_AT_NIGHT = (
    "main.numb_tingling region.wrist_hand site.thumb site.index site.middle feel.tingling trig.night "
    "trig.grip_phone_drive relief.shake dur.6w_6m onset.gradual sex.female age.40_59"
)
LEG = (
    "main.pain main.numb_tingling region.low_back region.hip_groin_thigh region.knee_lower_leg site.low_back "
    "site.buttock site.thigh_back site.calf side.left feel.electric_shooting trig.sitting trig.cough_sneeze "
    "onset.after_exertion dur.1_2_weeks age.40_59"
)
EYELID = (
    "main.twitching region.head_face site.eyelid feel.painless trig.stress trig.short_sleep assoc.anxious "
    "assoc.poor_sleep course.comes_goes dur.1_6_days age.16_39"
)
BLADDER = "red.saddle_numb red.bladder red.both_legs"
# Words, the questions of which the visitor is not sure about the rest.
CASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "hand at night": (HAND_AT_NIGHT, ()),
    "hand at night, pregnant": (f"{HAND_AT_NIGHT} preg.yes".replace("40_59", "16_39"), ()),
    "leg": (LEG, ()),
    "leg, with everything that makes treatments unsafe": (
        f"{LEG} bg.kidney bg.stomach_ulcer bg.osteoporosis med.anticoagulant preg.yes sex.female",
        (),
    ),
    "eyelid": (EYELID, ()),
    "bladder": (BLADDER, ()),
    "stroke sign that went away": ("red.one_side_weak_sudden course.resolved", ()),
    "weaker over days": ("red.fast_weakness main.weakness region.arm_elbow site.forearm", ()),
    "an emergency that only a cause page knows": (
        "red.fever main.numb_tingling region.ankle_foot site.foot_whole assoc.slow_heal_foot bg.diabetes",
        (),
    ),
    "not sure of any danger": (f"{LEG}", ("danger-body", "danger-plainer")),
    "not sure, then sure": (LEG, ("danger-now",)),
    "not sure of anything": (
        "main.pain",
        ("danger-now", "danger-body", "danger-plainer", "where", "feel", "course", "also", "health"),
    ),
    "nothing at all": ("", ()),
    "under sixteen": (f"{EYELID} age.under_16".replace("age.16_39", ""), ()),
}
EACH_CASE = pytest.mark.parametrize("name", CASES)


@dataclass(frozen=True)
class Walk:
    """A whole way: the replies, where it ended, and the result."""

    replies: dict[str, Reply]
    end: str
    result: Answer


@pytest.fixture(scope="module")
def walks(app: Flask, links: Links) -> dict[str, Walk]:
    """Every case, walked once."""
    found = {}
    for name, (words, unsure_at) in CASES.items():
        visitor = Visitor(Client(app, links))
        replies, answer = visitor.walk(words.split(), unsure_at)
        found[name] = Walk(replies, answer.path, visitor.at("result"))
    return found


def slugs(answer: Answer, name: str, **attributes: str) -> list[str]:
    """Give the slugs of the pages that a part of the result links to, in order."""
    links = answer.page.all("a", within=name, **attributes)
    return [one.attrib["href"].split("/")[-2] for one in links]


def part(answer: Answer, heading: str) -> list[str]:
    """Give the slugs of the pages under a heading of the result."""
    for section in answer.page.all("section"):
        if any(words_of(one) == heading for one in section.iter("h2")):
            return [one.attrib["href"].split("/")[-2] for one in section.iter("a")]
    return []


def level_of(answer: Answer) -> str:
    """Give the level of the urgency card, which opens the result."""
    section = answer.page.all("section")[0]
    (name,) = [one for one in section.attrib["class"].split() if one.startswith("card--")]
    return name.removeprefix("card--")


def assert_shows(answer: Answer, outcome: Outcome) -> None:
    """Check that a result page shows an outcome, all of it."""
    assert level_of(answer) == outcome.urgency.id
    assert slugs(answer, "matches") == [one.cause.slug for one in outcome.shown_matches[:MOST_SHOWN]]
    fits = [words_of(one) for one in answer.page.all("span", class_="match__fit")]
    assert fits == [f"fits {one.fit}" for one in outcome.shown_matches[:MOST_SHOWN]]
    emergency = outcome.urgency.id == "emergency"
    calling = [one.flag.page.slug for one in outcome.because if one.urgency is outcome.urgency]
    dangers = [page.slug for page in outcome.dangers]
    told = [*dangers, *calling] if emergency else dangers
    assert part(answer, "Read about this danger") == list(dict.fromkeys(told))
    assert part(answer, "Why a nerve may be pressed") == [one.cause.slug for one in outcome.reasons]
    assert part(answer, "Treatments to read about") == [one.page.slug for one in outcome.treatments]
    assert part(answer, "Exercises to read about") == [one.page.slug for one in outcome.exercises]
    assert part(answer, "Left out because of your answers") == [one.page.slug for one in outcome.left_out]
    watched = [] if emergency else [page.slug for page in outcome.watch_for]
    assert part(answer, "What would change this advice") == watched
    assert ("The picture is unclear." in answer.page.words) is (not emergency and not outcome.matches)


@EACH_CASE
def test_the_form_and_the_program_give_the_same_outcome(
    walks: dict[str, Walk], checker: Checker, name: str
) -> None:
    flow = checker.flow(walks[name].replies)
    assert flow.next is None
    assert flow.answers.chosen <= frozenset(CASES[name][0].split())
    assert_shows(walks[name].result, checker.assess(flow.answers))


@pytest.mark.parametrize(
    ("name", "slug", "within"),
    [
        ("hand at night", "carpal-tunnel-syndrome", "matches"),
        ("leg", "sciatica", "matches"),
        ("eyelid", "stress-and-anxiety", "matches"),
        ("bladder", "cauda-equina-syndrome", "page-list"),
    ],
)
def test_the_answers_lead_to_their_page(
    walks: dict[str, Walk], client: Client, library: Library, name: str, slug: str, within: str
) -> None:
    result = walks[name].result
    page = library.pages[slug]
    assert (level_of(result) == "emergency") is (page.kind == "emergency")
    way = result.page.all("a", within=within)[0].attrib["href"]
    assert way.split("/")[-2] == slug
    assert client.get(way).page.heading == page.title


@EACH_CASE
def test_a_walk_is_short(walks: dict[str, Walk], name: str) -> None:
    walk = walks[name]
    # The danger signs are asked once more of those who were not sure of them.
    assert len(walk.replies) <= 14 + ("danger-plainer" in walk.replies)
    assert walk.end in ("/check/answers/", "/check/result/")


def test_an_emergency_is_told_at_once_and_alone(visitor: Visitor) -> None:
    replies, answer = visitor.walk(BLADDER.split())
    assert list(replies) == ["danger-now", "danger-body"]
    assert answer.path == "/check/result/"
    headings = {words_of(one) for one in answer.page.all("h2")}
    assert not headings & {
        "Pages that fit your answers",
        "Treatments to read about",
        "Exercises to read about",
    }
    assert answer.page.all("a", within="numbers")[0].attrib["href"].startswith("tel:")


def test_an_emergency_has_a_way_back(visitor: Visitor) -> None:
    visitor.walk(BLADDER.split())
    changes = [one.attrib["href"] for one in visitor.at("answers").page.all("a", within="answers")]
    assert changes == ["/check/danger-now/", "/check/danger-body/"]


def test_no_address_ever_names_an_answer(visitor: Visitor, checker: Checker) -> None:
    addresses: list[str] = []
    answer = visitor.begin()
    while answer.path != "/check/answers/":
        form = form_on(answer)
        posted = visitor.post(form, form.reply_of(HAND_AT_NIGHT.split()))
        answer = visitor.follow(posted)
        links = [element.get("href") or element.get("action") or "" for element in answer.page.elements]
        addresses += [posted.location, *links]
    addresses += [one.attrib["href"] for one in visitor.at("result").page.all("a")]
    inside = {address for address in addresses if address.startswith("/check/")}
    places = {"", "begin", "answers", "result", "summary", "clear", *checker.questionnaire.by_id}
    assert inside <= {f"/check/{place}/".replace("//", "/") for place in places}
