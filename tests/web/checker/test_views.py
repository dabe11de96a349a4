"""The pages of the checker, one by one: start, questions, back, change, answers, clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.checker.answers import Reply
from app.content.pages import Cause
from tests.web.checker.visitor import form_on, notice_on
from tests.web.pages import words_of

if TYPE_CHECKING:
    from app.checker.outcome import Checker
    from app.content.library import Library
    from tests.web.checker.visitor import Visitor
    from tests.web.client import Answer, Client

LEG = "main.pain region.low_back site.low_back dur.1_2_weeks age.40_59 sex.male"
NEEDS_ANSWERS = ("answers", "result", "summary")


def said_on(answer: Answer) -> dict[str, str]:
    """Give what the page of answers says, by question."""
    titles = [words_of(one) for one in answer.page.all("dt", within="answers")]
    replies = [words_of(one).rsplit(" Change", 1)[0] for one in answer.page.all("dd", within="answers")]
    return dict(zip(titles, replies, strict=True))


def test_the_first_page_sets_no_cookie_and_says_what_the_checker_is_not(client: Client) -> None:
    answer = client.get("/check/")
    assert "Set-Cookie" not in answer.headers
    assert "It does not tell you what illness you have." in answer.page.words
    assert "No clinician has reviewed its rules yet." in answer.page.words
    assert "Nothing is stored on our side." in answer.page.words
    assert "X-Robots-Tag" not in answer.headers


def test_the_first_page_leads_to_the_danger_signs(visitor: Visitor, checker: Checker) -> None:
    (start,) = [
        one
        for one in visitor.client.get("/check/").page.all("form", within="page")
        if one.get("method") == "get"
    ]
    assert start.get("action") == "/check/begin/"
    first = visitor.begin()
    assert form_on(first).question == checker.questionnaire.questions[0].id
    assert all(option.startswith("red.") for option in form_on(first).offered)


def test_every_question_says_why_it_is_asked_and_how_far_it_is(visitor: Visitor, checker: Checker) -> None:
    answer = visitor.begin()
    number = 1
    while answer.path != "/check/answers/":
        form = form_on(answer)
        question = checker.questionnaire.by_id[form.question]
        assert answer.page.heading == question.title
        assert question.why in answer.page.words
        assert f"Question {number} of about" in answer.page.words
        assert "Clear my answers" in answer.page.words
        assert answer.page.one("meta", name="robots").get("content") == "noindex"
        assert not form.ticked
        assert notice_on(answer) == ""
        answer = visitor.follow(visitor.post(form, form.reply_of(LEG.split())))
        number += 1


def test_back_leads_through_every_step_with_its_ticks(visitor: Visitor) -> None:
    replies, answer = visitor.walk(LEG.split(), until="medicines")
    assert len(replies) == 13
    for question, reply in reversed(replies.items()):
        answer = visitor.client.get(answer.page.one("a", class_="back").attrib["href"])
        form = form_on(answer)
        assert form.question == question
        assert form.ticked == reply.chosen
        assert form.unsure is (reply.rest == "unknown")
        assert form.none is (not reply.chosen and reply.rest == "denied" and not form.choose_one)
    assert answer.page.one("a", class_="back").get("href") == "/check/"


def test_every_page_can_be_loaded_again(visitor: Visitor) -> None:
    answer = visitor.begin()
    seen = []
    while answer.path != "/check/answers/":
        form = form_on(answer)
        again = form_on(visitor.client.get(answer.path))
        assert (again.offered, again.hidden["revision"]) == (form.offered, form.hidden["revision"])
        seen.append(form.question)
        answer = visitor.follow(visitor.post(form, form.reply_of(LEG.split())))
    for place in NEEDS_ANSWERS:
        assert visitor.at(place).page.words == visitor.at(place).page.words
    assert len(seen) == 14


def test_a_form_that_is_sent_twice_counts_once(visitor: Visitor) -> None:
    form = form_on(visitor.begin())
    reply = Reply(rest="unknown")
    first = visitor.post(form, reply)
    again = visitor.post(form, reply)
    assert first.location == again.location == "/check/danger-body/"


@pytest.mark.parametrize("place", ["main", "medicines", *NEEDS_ANSWERS])
def test_who_runs_ahead_is_led_to_the_next_open_question(visitor: Visitor, place: str) -> None:
    visitor.begin()
    answer = visitor.client.get(f"/check/{place}/", status=303)
    assert answer.location == "/check/danger-now/?moved=1"
    assert "This is the next open question" in notice_on(visitor.follow(answer))


def test_a_reply_to_a_question_that_comes_later_is_not_taken(visitor: Visitor) -> None:
    first = form_on(visitor.begin())
    data = first.data(Reply(frozenset(["main.pain"])))
    answer = visitor.client.post("/check/main/", status=303, data=data)
    assert answer.location == "/check/danger-now/?moved=1"
    assert form_on(visitor.at("danger-now")).ticked == frozenset()


def test_a_question_that_is_not_needed_leads_on(visitor: Visitor) -> None:
    visitor.walk(LEG.split())
    answer = visitor.client.get("/check/danger-plainer/", status=303)
    assert answer.location == "/check/answers/"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_question_that_does_not_exist_is_not_found(visitor: Visitor, method: str) -> None:
    visitor.begin()
    ask = visitor.client.get if method == "GET" else visitor.client.post
    answer = ask("/check/nonsense/", status=404)
    assert "Your answers so far are kept." in answer.page.words
    assert visitor.at("danger-now").status == 200


def test_changing_an_answer_keeps_all_the_others(visitor: Visitor, checker: Checker) -> None:
    replies, answer = visitor.walk(LEG.split())
    before = said_on(answer)
    changes = {one.attrib["href"] for one in answer.page.all("a", within="answers")}
    assert changes == {f"/check/{question}/" for question in replies}
    onward = visitor.post(visitor.form_of("sex"), Reply(rest="unknown"))
    assert onward.location == "/check/answers/"
    after = said_on(visitor.at("answers"))
    title = checker.questionnaire.by_id["sex"].title
    assert (before[title], after[title]) == ("Male", "Not sure")
    assert {**after, title: before[title]} == before


def test_a_changed_answer_that_opens_a_question_leads_to_it_alone(visitor: Visitor) -> None:
    visitor.walk(LEG.split())
    onward = visitor.post(visitor.form_of("danger-body"), Reply(rest="unknown"))
    assert onward.location == "/check/danger-plainer/"
    plainer = visitor.follow(onward)
    assert form_on(plainer).offered == visitor.form_of("danger-body").offered
    assert visitor.post(form_on(plainer), Reply()).location == "/check/answers/"


def test_a_tick_that_is_no_longer_offered_comes_back_with_its_condition(visitor: Visitor) -> None:
    visitor.walk(LEG.split())
    for where, ticked in (("region.head_face", set()), ("region.low_back", {"site.low_back"})):
        visitor.post(visitor.form_of("where"), Reply(frozenset([where])))
        assert visitor.form_of("spot").ticked == ticked


@pytest.mark.parametrize(
    ("changed", "reply", "opened"),
    [
        ("where", Reply(frozenset(["region.low_back", "region.head_face"])), "spot"),
        ("main", Reply(frozenset(["main.pain", "main.body_jerk"])), "also"),
        ("danger-now", Reply(rest="unknown"), "danger-plainer"),
    ],
)
def test_what_was_never_shown_is_asked_and_not_taken_as_denied(
    visitor: Visitor, changed: str, reply: Reply, opened: str
) -> None:
    visitor.walk(LEG.split(), unsure_at=["danger-body"])
    shown = visitor.form_of(opened).offered
    onward = visitor.post(visitor.form_of(changed), reply)
    asked_again: dict[str, set[str]] = {}
    while onward.location not in ("/check/answers/", "/check/result/"):
        form = form_on(visitor.follow(onward))
        asked_again[form.question] = set(form.offered)
        onward = visitor.post(form, Reply(form.ticked))
    assert asked_again.get(opened, set()) > set(shown)


def test_the_plainer_question_uses_plainer_words(visitor: Visitor, library: Library) -> None:
    visitor.begin()
    onward = visitor.post(visitor.form_of("danger-now"), Reply(rest="unknown"))
    visitor.post(form_on(visitor.follow(onward)), Reply())
    answer = visitor.at("danger-plainer")
    labels = [words_of(one) for one in answer.page.all("label", within="choices")]
    offered = [library.vocabulary.options[option] for option in form_on(answer).offered]
    assert labels[: len(offered)] == [option.plainer for option in offered]


def test_boxes_under_a_heading_are_a_group_of_that_name(visitor: Visitor) -> None:
    visitor.begin()
    page = visitor.at("danger-now").page
    headings = [one.attrib["id"] for one in page.all("h2", class_="choices__heading")]
    groups = page.all("div", class_="choices", role="group")
    assert [one.attrib["aria-labelledby"] for one in groups] == headings != []


def test_replies_are_said_in_words(visitor: Visitor, checker: Checker) -> None:
    replies, answer = visitor.walk([*LEG.split(), "red.fever"], unsure_at=["danger-body", "danger-plainer"])
    said = said_on(answer)
    title = {question.id: question.title for question in checker.questionnaire.questions}
    assert said[title["danger-now"]] == "None of these"
    assert said[title["danger-body"]] == "High temperature (fever) or chills; Not sure about the rest"
    assert said[title["danger-plainer"]] == "Not sure"
    assert said[title["sex"]] == "Male"
    assert said.keys() == {title[question] for question in replies}


def test_clearing_asks_first_and_then_forgets(visitor: Visitor) -> None:
    visitor.walk(LEG.split(), until="course")
    asked = visitor.at("clear")
    assert asked.page.heading == "Clear my answers?"
    assert visitor.form_of("where").ticked == {"region.low_back"}
    token = form_on(asked).hidden
    cleared = visitor.client.post("/check/clear/", status=200, data=token)
    assert cleared.page.heading == "Your answers are cleared"
    assert visitor.client.cookie is None
    assert visitor.client.get("/check/where/", status=400).page.heading == "We have no answers from you"
    assert form_on(visitor.begin()).question == "danger-now"


@pytest.mark.parametrize("data", [{}, {"csrf_token": "forged"}])
def test_clearing_without_a_good_token_asks_again_and_forgets_nothing(
    visitor: Visitor, data: dict[str, str]
) -> None:
    visitor.walk(LEG.split(), until="course")
    answer = visitor.client.post("/check/clear/", status=200, data=data)
    assert answer.page.heading == "Clear my answers?"
    assert visitor.form_of("where").ticked == {"region.low_back"}


def test_beginning_again_goes_on_where_the_visitor_was(visitor: Visitor) -> None:
    visitor.walk(LEG.split(), until="course")
    assert visitor.begin().path == "/check/course/"
    assert visitor.form_of("where").ticked == {"region.low_back"}


@pytest.mark.parametrize("place", ["danger-now", "main", *NEEDS_ANSWERS])
def test_who_has_not_begun_is_told_so_and_how_to_begin(client: Client, place: str) -> None:
    answer = client.get(f"/check/{place}/", status=400)
    assert answer.page.heading == "We have no answers from you"
    assert answer.page.one("a", class_="button").get("href") == "/check/begin/"
    assert "cookies are off" in answer.page.words


def test_answers_that_do_not_go_together_are_asked_about_before_and_beside_the_result(
    visitor: Visitor, stranger: Visitor, library: Library
) -> None:
    pair = ("course.constant", "course.resolved")
    assert pair in library.vocabulary.contradictions
    _, answer = visitor.walk([*LEG.split(), *pair])
    for shown in (answer, visitor.at("result")):
        (notice,) = shown.page.all("section", class_="notice")
        for option in pair:
            assert f"'{library.vocabulary.options[option].label}'" in words_of(notice)
        links = [one.attrib["href"] for one in notice.iter("a")]
        assert links == ["/check/course/"]
    _, calm = stranger.walk(LEG.split())
    assert calm.page.all("section", class_="notice") == []


def test_someone_who_is_worried_is_met_with_kind_words_and_facts(
    visitor: Visitor, stranger: Visitor, library: Library
) -> None:
    worry = ["main.twitching", "region.knee_lower_leg", "site.calf", "assoc.health_worry", "age.16_39"]
    visitor.walk(worry)
    (kind,) = visitor.at("result").page.all("section", class_="solace")
    owners = [library.pages[slug] for slug in ("benign-fasciculation-syndrome", "health-anxiety")]
    for owner in owners:
        assert isinstance(owner, Cause)
        assert [str(one.text) for one in owner.comforts if str(one.text) in words_of(kind)]
    stranger.walk([*worry, "main.weakness"])
    (kind,) = stranger.at("result").page.all("section", class_="solace")
    assert "ALS" not in words_of(kind)
