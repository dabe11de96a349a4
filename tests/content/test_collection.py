"""The content folder -> a library, or every problem of every file at once."""

from __future__ import annotations

import datetime
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.content.collection import content_names, overdue_pages, read_vocabulary
from app.content.problems import Problem, Rule
from tests.content.folder import FAQ_BODY_LINE, GOOD

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.content.library import Library
    from tests.content.folder import Folder

DUE = datetime.date(2099, 1, 1)


def places(problems: list[Problem]) -> list[tuple[str, int, str]]:
    """Give the path below the folder, the line and the code of problems, in their order."""
    return [(problem.path.partition("/")[2], problem.line, problem.rule.value) for problem in problems]


def test_every_file_of_the_good_content_is_in_the_library(tiny: Library) -> None:
    pages = {page.path.partition("/")[2]: slug for slug, page in tiny.pages.items()}
    others = {"sources.yaml", "glossary.yaml", "site.yaml", "search.yaml"}
    questionnaire = {"questionnaire/options.yaml", "questionnaire/questions.yaml"}
    files = set(content_names(GOOD))
    assert files == {*pages, *others, *questionnaire}
    assert all(path.endswith(f"/{slug}.md") for path, slug in pages.items())
    assert (list(tiny.sources), list(tiny.terms)) == (["nhs_nerve"], ["nerve"])
    assert tiny.site.most_asked == ("does-it-heal",)
    assert list(tiny.vocabulary.options) == ["red.face_droop", "main.tingling", "main.twitching"]


def test_a_new_page_is_in_the_library_with_no_line_of_code(folder: Folder) -> None:
    folder.write_faq("new-question", "Words.")
    assert [page.slug for page in folder.library().faq] == ["does-it-heal", "new-question"]


def test_the_problems_of_all_files_are_told_together(folder: Folder) -> None:
    folder.write("glossary.yaml", "nerve: {term: Nerve}\n")
    folder.write("site.yaml", "@")
    folder.write("sources.yaml", b"\xff")
    folder.write("notes.txt", "")
    folder.write("guides/broken.md", "No front matter.")
    folder.write_faq("Bad", "/// emergencies\n///\n\n<b>")
    library, problems = folder.read()
    assert library is None
    assert places(problems) == [
        ("faq/Bad.md", 1, "C008"),
        ("faq/Bad.md", FAQ_BODY_LINE, "M001"),
        ("faq/Bad.md", FAQ_BODY_LINE + 3, "M011"),
        ("glossary.yaml", 1, "C006"),
        ("guides/broken.md", 1, "C001"),
        ("notes.txt", 1, "C022"),
        ("site.yaml", 1, "C003"),
        ("sources.yaml", 1, "C021"),
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("/// emergencies\n///", "M001"),
        ("# Title", "M006"),
        ("![A nerve](https://example.org/a.png)", "M007"),
    ],
)
def test_what_points_at_nothing_is_told_beside_what_is_wrong_in_a_body(
    folder: Folder, body: str, code: str
) -> None:
    folder.write_faq("bad-body", body)
    folder.write_faq("bad-link", "A [nerve](term:nerves).")
    library, problems = folder.read()
    assert library is None
    assert places(problems) == [
        ("faq/bad-body.md", FAQ_BODY_LINE, code),
        ("faq/bad-link.md", FAQ_BODY_LINE, "C014"),
    ]


def test_an_unread_page_is_not_told_to_be_missing_elsewhere(folder: Folder) -> None:
    folder.write("causes/pressed-nerve.md", "No front matter.")
    library, problems = folder.read()
    assert library is None
    assert places(problems) == [("causes/pressed-nerve.md", 1, "C001")]


def test_a_warning_does_not_keep_the_site_from_starting(folder: Folder) -> None:
    folder.write_faq("loud", "Some <b> words.")
    library, problems = folder.read()
    assert library is not None
    assert "loud" in library.pages
    assert [(problem.rule, problem.warning) for problem in problems] == [(Rule.RAW_HTML, True)]


def test_a_warning_does_not_hide_what_points_at_nothing(folder: Folder) -> None:
    folder.write_faq("loud", "Some <b> words.\n\nA [nerve](term:nerves).")
    library, problems = folder.read()
    assert library is None
    assert [problem.rule for problem in problems] == [Rule.RAW_HTML, Rule.UNKNOWN_TERM]


def test_the_good_content_has_not_even_a_warning(folder: Folder) -> None:
    assert folder.read()[1] == []


def test_an_empty_folder_lacks_its_lists_and_nothing_else(folder: Folder) -> None:
    for name in content_names(folder.root):
        if "options" not in name:
            (folder.root / name).unlink()
    library, problems = folder.read()
    assert library is None
    assert places(problems) == [
        (name, 1, "C023") for name in ("glossary.yaml", "search.yaml", "site.yaml", "sources.yaml")
    ]


@pytest.mark.parametrize("text", ["", "groups: []", "groups:\n- {prefix: Red}\n", "\t"])
def test_options_that_do_not_fit_give_no_vocabulary(folder: Folder, text: str) -> None:
    folder.write("questionnaire/options.yaml", text)
    vocabulary, problems = read_vocabulary(folder.root)
    assert vocabulary is None
    assert problems
    assert {problem.path for problem in problems} == {"content/questionnaire/options.yaml"}


@pytest.mark.parametrize(
    "name", [".DS_Store", "faq/._why.md", "faq/.#why.md", ".git/faq.md", "faq/.why.md.swp"]
)
def test_hidden_files_are_left_alone(folder: Folder, name: str) -> None:
    folder.write(name, b"\x00\xff")
    assert folder.library().faq[0].slug == "does-it-heal"
    assert name not in content_names(folder.root)


def test_the_files_of_the_content_are_given_in_order(folder: Folder) -> None:
    names = content_names(folder.root)
    assert names == sorted(names)
    assert all((folder.root / name).is_file() for name in names)


@pytest.mark.parametrize(
    ("days", "count"), [(-1, 0), (0, 0), (1, 1)], ids=["before the day", "on the day", "after the day"]
)
def test_a_page_is_overdue_after_its_day_for_review(folder: Folder, days: int, count: int) -> None:
    folder.write_faq("withdrawn-question", "Words.")
    folder.withdraw("faq/withdrawn-question.md")
    folder.write_faq("early-question", "Words.")
    for name in ("early-question", "withdrawn-question"):
        folder.change(f"faq/{name}.md", "2099-01-01", "2098-01-01")
    today = datetime.date(2098, 1, 1) + datetime.timedelta(days)
    problems = overdue_pages(folder.library(), today)
    assert places(problems) == [("faq/early-question.md", 1, "C020")] * count
    assert all(problem.warning and "2098-01-01" in problem.message for problem in problems)


def test_every_page_falls_due(tiny: Library) -> None:
    assert overdue_pages(tiny, DUE) == []
    late = overdue_pages(tiny, DUE + datetime.timedelta(1))
    assert {problem.path for problem in late} == {page.path for page in tiny.pages.values()}


@pytest.mark.parametrize(
    "spoil",
    [Path.mkdir, lambda file: file.symlink_to(file.name), lambda file: file.symlink_to("nowhere.md")],
)
def test_what_has_the_name_of_a_page_and_is_no_file_is_told(
    folder: Folder, spoil: Callable[[Path], None]
) -> None:
    spoil(folder.root / "faq" / "odd.md")
    library, problems = folder.read()
    assert library is None
    assert ("faq/odd.md", 1, Rule.MISSING_FILE.value) in places(problems)


def test_a_folder_that_cannot_be_read_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refusing(path: Path) -> object:
        if path.name == "faq":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("app.content.collection.os.scandir", refusing)
    _, (problem,) = folder.read()
    assert problem.path.endswith("/faq")
    assert problem.rule is Rule.MISSING_FILE
    assert problem.message == "this folder cannot be read: Permission denied"
