"""One file -> one model, or the problems that stand in the way."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.pages import FaqEntry, Source, Symptom
from app.content.problems import Rule
from app.content.reader import SLUG, did_you_mean, parse_page, read_text, read_yaml
from tests.content.folder import FAQ, GOOD

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "content/faq/why.md"
WHY = FAQ.format(title="Why does it tingle?", body="Words \u2013 caf\u00e9.")


def told(file: Path, text: str, page_type: Any = FaqEntry) -> list[tuple[int, Rule, str]]:  # noqa: ANN401 - any model
    """Write a page that cannot be read; give the problems that are told, each with its path left out."""
    file.write_text(text, "utf-8")
    path = f"content/faq/{file.name}"
    page, _, problems = parse_page(file.read_bytes(), path, page_type)
    assert page is None
    assert {problem.path for problem in problems} == {path}
    return [(problem.line, problem.rule, problem.message) for problem in problems]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(WHY.encode(), id="UTF-8"),
        pytest.param(WHY.encode("utf-8-sig"), id="with a byte order mark"),
        pytest.param(WHY.replace("\n", "\r\n").encode(), id="with the line ends of Windows"),
        pytest.param(WHY.replace("\n", "\r").encode(), id="with the line ends of an old Mac"),
    ],
)
def test_a_page_reads_the_same_however_an_editor_saves_it(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "why.md"
    file.write_bytes(data)
    page, lines, problems = parse_page(file.read_bytes(), PATH, FaqEntry)
    assert problems == []
    assert page is not None
    assert (page.slug, page.path, page.title) == ("why", PATH, "Why does it tingle?")
    assert page.review_due == datetime.date(2099, 1, 1)
    assert [part.html for part in page.body.parts if part.kind == "html"] == [
        "<p>Words \u2013 caf\u00e9.</p>"
    ]
    assert lines.at(("owner",)) == 4


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Co"]), max_size=20))
def test_text_without_control_characters_is_kept(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "kept.md"
    file.write_text(f"a{text}\tb\n", "utf-8")
    kept = None if {"\ufffe", "\uffff"} & set(text) else f"a{text}\tb\n"
    assert read_text(file, PATH)[0] == kept


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(b"one\ntwo\ncaf\xe9\n", 3, id="Latin-1"),
        pytest.param("one".encode("utf-16"), 1, id="UTF-16"),
        pytest.param(b"one\r\n\xed\xa0\x80\n", 2, id="half a surrogate pair"),
        pytest.param(b"\ntwo\x00\n", 2, id="nothing at all"),
        pytest.param(b"one\rtwo\x0cthree\n", 2, id="a form feed"),
        pytest.param(b"one\n\x7f\n", 2, id="a deletion"),
        pytest.param("one\n\x80\n".encode(), 2, id="a control character of the second set"),
        pytest.param("one\ntwo\n\ue000".encode(), 3, id="a private character"),
        pytest.param("\uffff".encode(), 1, id="no character"),
    ],
)
def test_what_is_no_text_is_told_with_its_line(tmp_path: Path, data: bytes, line: int) -> None:
    file = tmp_path / "why.md"
    file.write_bytes(data)
    text, problems = read_text(file, PATH)
    assert text is None
    assert [(problem.path, problem.line, problem.rule) for problem in problems] == [
        (PATH, line, Rule.NOT_PLAIN_TEXT)
    ]
    assert problems[0].message.isprintable()


def test_a_page_and_a_list_that_are_no_text_have_that_problem_alone(tmp_path: Path) -> None:
    file = tmp_path / "Bad.md"
    file.write_bytes(b"\xff")
    for model, _, problems in (
        parse_page(file.read_bytes(), PATH, FaqEntry),
        read_yaml(file, PATH, dict[str, Source]),
    ):
        assert model is None
        assert [problem.rule for problem in problems] == [Rule.NOT_PLAIN_TEXT]


def test_a_list_of_models_is_read_with_its_lines() -> None:
    sources, lines, problems = read_yaml(GOOD / "sources.yaml", "sources.yaml", dict[str, Source])
    assert problems == []
    assert sources is not None
    assert sources["nhs_nerve"].organisation == "NHS"
    assert lines.at(("nhs_nerve", "url")) == 4


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    model, _, problems = read_yaml(tmp_path / "none.yaml", "none.yaml", dict[str, Source])
    assert model is None
    assert [(problem.line, problem.rule) for problem in problems] == [(1, Rule.MISSING_FILE)]


@pytest.mark.parametrize("spoil", [Path.mkdir, lambda file: file.symlink_to(file.name)])
def test_what_is_no_file_is_told(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path / "page.md")
    text, (problem,) = read_text(tmp_path / "page.md", "causes/page.md")
    assert text is None
    assert (problem.path, problem.rule) == ("causes/page.md", Rule.MISSING_FILE)
    assert "cannot be read" in problem.message


@pytest.mark.parametrize("text", ["", "# Nothing yet.\n", "- a list\n"])
def test_a_file_that_holds_something_else_does_not_fit(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(text)
    model, _, problems = read_yaml(file, "sources.yaml", dict[str, Source])
    assert model is None
    assert [problem.rule for problem in problems] == [Rule.BAD_VALUE]


@pytest.mark.parametrize("slug", ["a", "0", "l4-to-s1", "c6"])
def test_small_letters_digits_and_single_hyphens_make_a_slug(slug: str) -> None:
    assert SLUG.fullmatch(slug)


@pytest.mark.parametrize(
    "slug", ["", "A", "a_b", "-a", "a-", "a--b", "a b", "caf\u00e9", "a.b", "\u0661", "a\n"]
)
def test_nothing_else_makes_a_slug(slug: str) -> None:
    assert not SLUG.fullmatch(slug)


def test_every_error_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = (
        WHY.replace("group: Basics", "grup: Basics\ntitle: Again\nslug: other") + "\n/// sooon\n- go\n///\n"
    )
    found = told(tmp_path / "Why.md", text)
    assert sorted((line, rule.value) for line, rule, _ in found) == [
        (1, "C008"),
        (2, "C006"),
        (3, "C005"),
        (4, "C004"),
        (5, "C005"),
        (12, "M001"),
    ]


def front(**changes: str) -> str:
    """Write a symptom page, with changes to its front matter."""
    fields = {
        "title": "Numb",
        "description": "No feeling.",
        "summary": "[It is numb.]",
        "sources_checked": "2026-01-01",
        "review_due": "2099-01-01",
        **changes,
    }
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + "---\n"


RULE = "{id: numb, level: soon, because: It is known., source: nhs_nerve, "


@pytest.mark.parametrize(
    ("changes", "line", "place"),
    [
        ({"title": "7"}, 2, "'title': "),
        ({"title": "'  '"}, 2, "'title': "),
        ({"description": "a" * 161}, 3, "'description': "),
        ({"summary": "[]"}, 4, "'summary': "),
        ({"summary": "[It is., 7]"}, 4, "'summary > item 2': "),
        (
            {"summary": "\n  - It is.\n  - '[x](javascript:y)'"},
            6,
            "'summary > item 2': the link 'javascript:y' ",
        ),
        ({"names": "rest"}, 7, "'names': "),
        ({"reviewed_by": "{name: A, role: B, date: soon}"}, 7, "'reviewed_by > date': "),
        ({"rules": f"[{RULE}any_of: [main.tingling], level: now}}]"}, 7, "'rules > item 1 > level': "),
        ({"rules": f"[{RULE}any_of: []}}]"}, 7, "'rules > item 1': a rule needs options in all_of or any_of"),
        ({"rules": f"[{RULE}all_of: [7]}}]"}, 7, "'rules > item 1 > all_of > item 1': "),
    ],
)
def test_a_value_that_does_not_fit_is_told_by_its_place_alone(
    tmp_path: Path, changes: dict[str, str], line: int, place: str
) -> None:
    found = told(tmp_path / "numb.md", front(**changes), Symptom)
    values = [(at, message) for at, rule, message in found if rule is Rule.BAD_VALUE]
    assert values
    for at, message in values:
        assert at == line
        assert message.startswith(place)


@pytest.mark.parametrize(
    ("changes", "rule", "message"),
    [
        ({"titel": "Numb"}, "C005", "there is no key 'titel' here; did you mean 'title'?"),
        ({"reviewed_by": "{name: A, date: 2026-01-01}"}, "C006", "'reviewed_by > role' is missing; add it"),
        (
            {"rules": f"[{RULE}any_of: [a.b], if_unsur: soon}}]"},
            "C005",
            "no key 'rules > item 1 > if_unsur' here",
        ),
    ],
)
def test_a_key_that_is_missing_or_unknown_is_told_by_its_place(
    tmp_path: Path, changes: dict[str, str], rule: str, message: str
) -> None:
    ((line, code, words),) = told(tmp_path / "numb.md", front(**changes), Symptom)
    assert (line, code.value) == (7, rule)
    assert message in words


def test_a_key_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    found = told(tmp_path / "numb.md", front(**{"2026": "a year"}), Symptom)
    assert [line for line, _, _ in found] == [7]
    assert "2026" in found[0][2]


@pytest.mark.parametrize(("word", "near"), [("titel", "title"), ("name", "names"), ("titles", "title")])
def test_something_near_is_offered(word: str, near: str) -> None:
    assert did_you_mean(word, {"title": 1, "names": 2}) == f"; did you mean '{near}'?"


def test_nothing_far_is_offered() -> None:
    assert "did you mean" not in did_you_mean("zebra", ["title", "names"])
