"""What to tell the doctor: what was said, in the order of the body of knowledge, without a guess."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from tests.web.pages import words_of

if TYPE_CHECKING:
    from app.checker.outcome import Checker
    from tests.web.checker.conftest import Later
    from tests.web.checker.visitor import Visitor
    from tests.web.client import Answer

LEG = "main.pain region.low_back site.low_back side.left feel.ache dur.1_2_weeks age.40_59 sex.male"


def lines_on(answer: Answer) -> dict[str, list[str]]:
    """Give the lines of the summary: what it is about, and what was said."""
    titles = [words_of(one) for one in answer.page.all("dt", within="answers")]
    said = [
        [words_of(part) for part in one.findall("span")] for one in answer.page.all("dd", within="answers")
    ]
    return dict(zip(titles, said, strict=True))


def test_the_summary_says_what_was_chosen_in_words_for_a_doctor(visitor: Visitor) -> None:
    visitor.walk(LEG.split())
    lines = lines_on(visitor.at("summary"))
    assert lines["What the main trouble is"] == ["Pain"]
    assert lines["Where it is"] == ["Low back"]
    assert lines["What it feels like"] == ["Aching"]


def test_the_summary_names_the_danger_signs_that_were_denied_and_no_other_denial(visitor: Visitor) -> None:
    visitor.walk(LEG.split())
    lines = lines_on(visitor.at("summary"))
    (denied,) = [line for line in lines["Danger signs"] if line.startswith("Said no to:")]
    assert "Saddle numbness" in denied
    assert [title for title, said in lines.items() if any("Said no to" in one for one in said)] == [
        "Danger signs"
    ]


def test_the_summary_tells_what_the_visitor_was_not_sure_of(visitor: Visitor) -> None:
    visitor.walk(LEG.split(), unsure_at=["course", "danger-body", "danger-plainer"])
    summary = visitor.at("summary")
    lines = lines_on(summary)
    assert lines["How it began"] == lines["How it is going"] == ["Not sure"]
    assert "Danger signs Not sure: Urinary retention" in summary.page.words


def test_the_summary_carries_the_time_and_the_version_of_the_rules(
    visitor: Visitor, checker: Checker, later: Later
) -> None:
    visitor.walk(LEG.split())
    later(hours=1)
    now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)
    words = visitor.at("summary").page.words
    assert f"{now.day} {now:%B %Y}" in words
    assert f"Rules: version {checker.digest}." in words
    assert "No clinician has reviewed the rules of this checker." in words


def test_the_summary_of_an_emergency_names_no_pages(visitor: Visitor) -> None:
    visitor.walk(["red.saddle_numb", "red.bladder"])
    words = visitor.at("summary").page.words
    assert "Saddle numbness" in words
    assert "Pages that fit these answers" not in words
