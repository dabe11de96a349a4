"""Whether what the content points at is there, wherever it is pointed at from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.content.guard import PLACES
from app.content.problems import Rule
from tests.content.folder import FAQ_BODY_LINE

if TYPE_CHECKING:
    from tests.content.folder import Folder

CAUSE = "causes/pressed-nerve.md"


def told(folder: Folder) -> list[tuple[str, int, str]]:
    """Read a folder; give the path below it, the line and the code of each problem."""
    _, problems = folder.read()
    return [(problem.path.partition("/")[2], problem.line, problem.rule.value) for problem in problems]


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        (CAUSE, "{tingling: Pins", "{tingle: Pins", Rule.UNKNOWN_PAGE),
        (CAUSE, "treatments: [rest]", "treatments: [rest, slow-stretch]", Rule.UNKNOWN_PAGE),
        (CAUSE, "exercises: [slow-stretch]", "exercises: [rest]", Rule.UNKNOWN_PAGE),
        (CAUSE, "emergencies: [stroke]", "emergencies: [tingling]", Rule.UNKNOWN_PAGE),
        ("about/this-site.md", "review_due:", "related: [nothing]\nreview_due:", Rule.UNKNOWN_PAGE),
        (CAUSE, "Some weeks.", "'See [it](page:it).'", Rule.UNKNOWN_PAGE),
        (CAUSE, "[[main.tingling, ", "[[main.tingle, ", Rule.UNKNOWN_OPTION),
        (CAUSE, "  main.tingling: {", "  main.tingle: {", Rule.UNKNOWN_OPTION),
        (CAUSE, "denied: -0.5, source: nhs", "source: nobody", Rule.UNKNOWN_SOURCE),
        (CAUSE, "      main.twitching", "      main.twitch", Rule.UNKNOWN_OPTION),
        (CAUSE, "The thumb tingles.", "'It tingles. [@nobody]'", Rule.UNKNOWN_SOURCE),
        ("emergencies/stroke.md", "[red.face_droop]", "[face_droop]", Rule.UNKNOWN_OPTION),
        ("treatments/rest.md", "for_symptoms: {tingling", "for_symptoms: {rest", Rule.UNKNOWN_PAGE),
        ("treatments/rest.md", "[main.twitching]", "[twitching]", Rule.UNKNOWN_OPTION),
        ("faq/does-it-heal.md", "group: Basics", "group: Other", Rule.BAD_VALUE),
        ("glossary.yaml", "[nhs_nerve]", "[nhs]", Rule.UNKNOWN_SOURCE),
        ("glossary.yaml", "A cord that carries messages.", "'A [nerve](term:vein).'", Rule.UNKNOWN_TERM),
        ("glossary.yaml", "A cord that carries messages.", "'A [cord](#cord).'", Rule.UNKNOWN_ANCHOR),
        ("site.yaml", "source: nhs_nerve", "source: nhs", Rule.UNKNOWN_SOURCE),
        ("site.yaml", "[does-it-heal]", "[does-it-help]", Rule.UNKNOWN_PAGE),
    ],
)
def test_a_front_matter_or_a_list_that_points_at_nothing_is_told_with_its_line(
    folder: Folder, name: str, old: str, new: str, rule: Rule
) -> None:
    text = (folder.root / name).read_text("utf-8")
    line = text[: text.index(old)].count("\n") + 1
    folder.change(name, old, new)
    assert (name, line, rule.value) in told(folder)


@pytest.mark.parametrize(
    ("body", "line", "rule"),
    [
        pytest.param("- [x](page:nothing)", 0, Rule.UNKNOWN_PAGE, id="in a list"),
        pytest.param("| a | b |\n|--|--|\n| c | [x](term:x) |", 2, Rule.UNKNOWN_TERM, id="in a table"),
        pytest.param("Words.[^1]\n\n[^1]: See [x](site:x).", 2, Rule.UNKNOWN_PLACE, id="in a footnote"),
        pytest.param("/// do\n- [x](page:nothing)\n///", 0, Rule.UNKNOWN_PAGE, id="in advice"),
        pytest.param("/// soon\n- so it is [@nobody]\n///", 0, Rule.UNKNOWN_SOURCE, id="in a card"),
        pytest.param("/// figure | nerve | A\n[x](#b)\n///", 0, Rule.UNKNOWN_ANCHOR, id="in a caption"),
        pytest.param("[x](page:tingling#where)", 0, Rule.UNKNOWN_ANCHOR, id="on another page"),
    ],
)
def test_a_body_that_points_at_nothing_is_told_with_its_line(
    folder: Folder, body: str, line: int, rule: Rule
) -> None:
    folder.write_faq("why", body)
    assert told(folder) == [("faq/why.md", FAQ_BODY_LINE + line, rule.value)]


@pytest.mark.parametrize(
    "body",
    [
        "[x](page:tingling#when-it-starts) and [y](page:why#own)\n\n## Own\n\n[z](#own)",
        "Words.[^1]\n\n[^1]: See [it](#given).\n\n## Heading {: #given }",
        "[a](https://example.org/a?b=c#d), [b](tel:112)",
        *(f"[x](site:{place})" for place in sorted(PLACES)),
        "/// figure | nerve | A nerve\n///",
    ],
)
def test_what_is_there_may_be_pointed_at(folder: Folder, body: str) -> None:
    folder.write_faq("why", body)
    assert told(folder) == []


def test_a_source_of_a_glossary_or_the_site_counts_as_used(folder: Folder) -> None:
    source = "organisation: A, title: A, tier: B, read: excerpt, read_on: 2026-01-01"
    for name in ("of_a_term", "of_a_text", "of_a_number"):
        with (folder.root / "sources.yaml").open("a") as file:
            file.write(f"{name}: {{{source}, url: https://a.b/{name}}}\n")
    assert told(folder) == [("sources.yaml", line, "C019") for line in (8, 9, 10)]
    folder.change("glossary.yaml", "[nhs_nerve]", "[nhs_nerve, of_a_term]")
    folder.change("glossary.yaml", "messages.", "messages. [@of_a_text]")
    folder.change("site.yaml", "source: nhs_nerve", "source: of_a_number")
    assert told(folder) == []


def test_a_source_that_is_cited_in_evidence_alone_must_be_listed(folder: Folder) -> None:
    folder.change("treatments/rest.md", "sources: [nhs_nerve]\n", "")
    assert told(folder) == [("treatments/rest.md", 14, "C018")]


@pytest.mark.parametrize(
    ("name", "line"), [("causes/pressed-nerve.md", 13), ("site.yaml", 7), ("guides/how-nerves-work.md", 9)]
)
def test_a_link_to_a_withdrawn_page_is_a_warning_that_tells_why(folder: Folder, name: str, line: int) -> None:
    for page in ("treatments/rest.md", "faq/does-it-heal.md", "causes/pressed-nerve.md"):
        if page != name:
            folder.withdraw(page)
    library, problems = folder.read()
    assert library is not None
    assert {problem.rule for problem in problems if problem.warning} == {Rule.LINK_TO_WITHDRAWN}
    assert (f"content/{name}", line) in [(problem.path, problem.line) for problem in problems]
    assert all("It was wrong." in problem.message for problem in problems)


def test_a_place_that_is_not_there_is_told_with_all_that_are(folder: Folder) -> None:
    folder.write_faq("why", "[x](site:homepage)")
    _, (problem,) = folder.read()
    assert all(f"{place}" in problem.message for place in PLACES)
