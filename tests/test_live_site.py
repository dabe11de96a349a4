"""The site for writing shows every change, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.test import Client as Browser

from app.content.problems import Problem, Rule
from app.live_site import LiveSite, problems_app
from tests.changing import ADDRESS, PAGE, heading, swap
from tests.running import ask, running
from tests.web.client import Client
from tests.web.pages import Page

if TYPE_CHECKING:
    import pytest

    from app.settings import Settings


def test_a_change_of_a_page_is_seen_at_once(writing: Settings) -> None:
    browser = Browser(LiveSite(writing))
    assert heading(browser, ADDRESS) == "Sciatica"
    swap(writing.content / PAGE, "title: Sciatica", "title: A changed title")
    assert heading(browser, ADDRESS) == "A changed title"


def test_a_change_of_a_template_is_seen_at_once(writing: Settings) -> None:
    browser = Browser(LiveSite(writing))
    assert heading(browser, "/a-z/") == "A to Z"
    swap(writing.templates / "site" / "a_z.html", "<h1>A to Z</h1>", "<h1>Z to A</h1>")
    assert heading(browser, "/a-z/") == "Z to A"


def test_a_template_is_compiled_anew_only_when_it_changed(writing: Settings) -> None:
    live = LiveSite(writing)
    browser = Browser(live)
    browser.get("/a-z/")
    before = dict(live.compiled.kept)
    assert before
    (writing.content / PAGE).touch()
    swap(writing.templates / "site" / "a_z.html", "<h1>A to Z</h1>", "<h1>Z to A</h1>")
    browser.get("/a-z/")
    after = live.compiled.kept
    assert len([key for key, code in before.items() if after[key] is not code]) == 1


def test_the_site_as_it_was_is_cleared_away_after_the_new_page(
    writing: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(LiveSite(writing))
    rounds: list[None] = []
    monkeypatch.setattr("app.live_site.gc.collect", lambda: rounds.append(None))
    with browser.get("/a-z/") as answer:
        assert answer.status_code == 200
        assert rounds == []
    assert rounds == [None]
    browser.get("/a-z/").close()
    assert rounds == [None]


def test_the_site_is_made_anew_only_when_a_file_changed(writing: Settings) -> None:
    live = LiveSite(writing)
    browser = Browser(live)
    browser.get("/")
    made = live.app
    browser.get("/")
    assert live.app is made
    (writing.content / PAGE).touch()
    browser.get("/")
    assert live.app is not made


def test_broken_content_shows_its_problems_until_they_are_mended(writing: Settings) -> None:
    browser = Browser(LiveSite(writing))
    swap(writing.content / PAGE, "title: Sciatica", "colour: red")
    for address in ("/", ADDRESS, "/nowhere/"):
        response = browser.get(address)
        assert response.status_code == 500
        page = Page(response.text)
        assert page.heading == "Problems in the content"
        assert f"content/{PAGE}:2 C005" in page.words
        assert "C006" in page.words
    swap(writing.content / PAGE, "colour: red", "title: Sciatica")
    assert heading(browser, ADDRESS) == "Sciatica"


def test_a_page_that_is_added_is_served_and_one_that_is_removed_is_told(writing: Settings) -> None:
    browser = Browser(LiveSite(writing))
    source = writing.content / "faq" / "who-writes-this-site.md"
    copy = source.with_name("a-new-question.md")
    copy.write_text(source.read_text("utf-8").replace("title: ", "title: New, ", 1), "utf-8")
    response = browser.get("/faq/a-new-question/")
    assert response.status_code == 200, response.text
    (writing.content / PAGE).unlink()
    assert "there is no page" in browser.get("/").text


def test_the_page_of_problems_keeps_the_promises_of_every_page(settings: Settings) -> None:
    problems = (
        Problem("content/a.md", 3, Rule.UNKNOWN_KEY, "<b>what</b> to do"),
        Problem("content/b.md", 1, Rule.REVIEW_OVERDUE, "read it again", warning=True),
    )
    words = Client(problems_app(settings, problems)).get("/any/where/", status=500).page.words
    assert "content/a.md:3 C005 <b>what</b> to do" in words
    assert "content/b.md:1 C020 (warning) read it again" in words


def test_the_server_for_writing_answers_too() -> None:
    with running("--dev") as server:
        assert ask(server.port, "/").status == 200
    assert f"Nervewise for writing is at http://127.0.0.1:{server.port}" in server.printed
