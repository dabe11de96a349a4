"""Every rule for the writing has an example that breaks it and one that keeps it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.content.editorial.checks import NEVER_WAIVED, PAGE_RULES, check_editorial
from app.content.editorial.page_rules import SECTIONS
from app.content.pages import PAGE_TYPES, Cause, Emergency
from app.content.problems import Rule

if TYPE_CHECKING:
    from app.content.problems import Problem
    from tests.content.folder import Folder

TODAY = datetime.date(2026, 1, 2)
TWENTY = "one two three four five six seven eight nine ten one two three four five six seven eight nine ten"
FIVE = "- one\n- two\n- three\n- four\n- five"
HARD = "Considerable deterioration necessitates immediate professional reevaluation. " * 3
EASY = "If it gets worse, see a doctor soon. " * 3


@dataclass(frozen=True)
class Example:
    """A page of the good content with something changed, and the line on which a finding is told, if any."""

    change: tuple[str, str] = ("", "")
    body: str | None = None
    page: str = "guides/how-nerves-work.md"
    line: int = 0
    folder: tuple[tuple[str, str, str], ...] = ()

    def lay(self, folder: Folder) -> None:
        """Write the page, and change what else is named."""
        text = (folder.root / self.page).read_text("utf-8")
        front, _, body = text.removeprefix("---\n").partition("---\n")
        old, new = self.change
        assert old in front
        front = front.replace(old, new, 1) if old else front
        folder.write(self.page, f"---\n{front}---\n{body if self.body is None else self.body}")
        for name, before, after in self.folder:
            folder.change(name, before, after)


def headings(kind: type) -> str:
    """Give a body that has the sections of a kind, each with a sentence of its own."""
    return "\n".join(f"## {title}\n\nWords.\n" for title in SECTIONS[kind])


GUIDE_BODY = 9
CAUSE, CAUSE_BODY = "causes/pressed-nerve.md", 29
EMERGENCY = "emergencies/stroke.md"
ANSWER, ANSWER_BODY = "faq/does-it-heal.md", 8
ANOTHER_SOURCE = """\
other:
  organisation: Another
  title: Nerves
  url: https://example.org/other
  tier: A
  read: whole
  read_on: 2026-01-01"""
TWICE = "A nerve that is pressed can heal by itself."
SAID_ALREADY = ("treatments/rest.md", "Rest a little.", TWICE)

EXAMPLES: dict[Rule, tuple[Example, Example]] = {
    Rule.HARD_TO_READ: (Example(body=HARD, line=GUIDE_BODY), Example(body=EASY)),
    Rule.LONG_SENTENCE: (
        Example(body=f"Good.\n\n{TWENTY} one.", line=GUIDE_BODY + 2),
        Example(body=f"{TWENTY}.\n\n| {TWENTY} | {TWENTY} |\n|---|---|\n| a | b |\n"),
    ),
    Rule.LONG_PARAGRAPH: (
        Example(body="One. Two. Three. Four.", line=GUIDE_BODY),
        Example(body="One. Two.\nThree.\n\n- One. Two. Three. Four.\n\nFour."),
    ),
    Rule.LONG_CARD: (
        Example(body=f"/// soon\n{FIVE}\n- six\n///\n", line=GUIDE_BODY + 6),
        Example(body=f"/// urgent\n{FIVE}\n///\n\n/// soon\n{FIVE}\n///\n"),
    ),
    Rule.CARD_ORDER: (
        Example(body="/// soon\n- one\n///\n\n/// emergency\n- two\n- three\n///\n", line=GUIDE_BODY + 5),
        Example(body="/// emergency\n- one\n///\n\n/// urgent\n- two\n///\n\n/// soon\n- three\n///\n"),
    ),
    Rule.VAGUE_CARD: (
        Example(body="/// urgent\n- the pain is severe\n///\n", line=GUIDE_BODY + 1),
        Example(body="/// urgent\n- the pain is so severe that you cannot sleep\n///\n\nSevere pain passes."),
    ),
    Rule.CARD_LINK: (
        Example(
            page=EMERGENCY, change=("signs: [a face that droops]", 'signs: ["[droops](page:stroke)"]'), line=8
        ),
        Example(body="/// urgent\n- your face droops\n///\n\nRead about [it](page:stroke)."),
    ),
    Rule.SECTIONS: (
        Example(page=CAUSE, body=headings(Cause).replace("## Treatments", "## Cures"), line=CAUSE_BODY),
        Example(
            page=CAUSE,
            body=headings(Cause).replace("## Exercises", "## A word on rest\n\nRest.\n\n## Exercises"),
        ),
    ),
    Rule.ONE_ORGANISATION: (
        Example(page=CAUSE, line=16),
        Example(
            page=CAUSE,
            change=("sources: [nhs_nerve]", "sources: [nhs_nerve, other]"),
            body="Words. [@other]",
            folder=(
                (
                    "sources.yaml",
                    "nhs_nerve:",
                    f"{ANOTHER_SOURCE}\nnhs_nerve:",
                ),
            ),
        ),
    ),
    Rule.LONG_REVIEW: (
        Example(page=EMERGENCY, change=("2099-01-01", "2027-01-03"), line=11),
        Example(page=EMERGENCY, change=("2099-01-01", "2027-01-01")),
    ),
    Rule.MEDICAL_WORD: (
        Example(body="A nerve.\n\nIt is myelopathy. And myelopathy again.", line=GUIDE_BODY + 2),
        Example(
            body="Pressure on the cord (myelopathy), then myelopathy. Neuralgia (nerve pain). Neuropathies.",
            folder=(("glossary.yaml", "term: Nerve\n", "term: Nerve\n  also: [neuropathies]\n"),),
        ),
    ),
    Rule.ONE_COUNTRY: (
        Example(body="Take paracetamol.", line=GUIDE_BODY),
        Example(
            body="Paracetamol (acetaminophen). A physiotherapist for [rest](page:rest). [Nerve](term:nerve).",
            folder=(("treatments/rest.md", "title: Rest\n", "title: Rest\nnames: [physical therapist]\n"),),
        ),
    ),
    Rule.TONE: (
        Example(change=("[Nerves carry messages.]", "[It is your fault.]"), line=5),
        Example(body="It is not your fault."),
    ),
    Rule.DIAGNOSIS: (
        Example(page=EMERGENCY, change=("It is a sign of stroke.", "You have a stroke."), line=17),
        Example(page=EMERGENCY, change=("It is a sign of stroke.", "You have to be seen today.")),
    ),
    Rule.DUPLICATE_SENTENCE: (
        Example(page="about/this-site.md", body=f"Hello.\n\n{TWICE}", line=11, folder=(SAID_ALREADY,)),
        Example(body=f"/// do\n- {TWICE}\n///\n\nMostly, yes.", folder=(SAID_ALREADY,)),
    ),
    Rule.FAQ_LENGTH: (
        Example(page=ANSWER, body="Yes.", line=ANSWER_BODY),
        Example(page=ANSWER, body="Yes. It heals. Give it time. Then see a doctor."),
    ),
    Rule.EMPTY_ALTERNATIVE: (
        Example(body="/// figure | nerve | Drawing of a nerve\n///\n", line=GUIDE_BODY),
        Example(body="/// figure | nerve | The nerve runs through a narrow tunnel at the wrist\n///\n"),
    ),
    Rule.EMPTY_LINK: (
        Example(body="Nerves.\n\nFor rest, click [here](page:rest).", line=GUIDE_BODY + 2),
        Example(body="[Rest](page:rest) helps."),
    ),
    Rule.NUMBER_WITHOUT_SOURCE: (
        Example(body="About 3 in 100 people have it.", line=GUIDE_BODY),
        Example(
            change=("order: 1", "order: 1\nsources: [nhs_nerve]"),
            body="About 3 in 100 people have it. [@nhs_nerve]\n\n/// do\n- rest for 2 days\n///\n",
        ),
    ),
}


def found(folder: Folder, rule: Rule, today: datetime.date = TODAY) -> list[Problem]:
    """Give what one rule finds in a folder."""
    problems = check_editorial(folder.root, folder.library(), today).problems
    return [problem for problem in problems if problem.rule is rule]


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: f"{rule.value} {rule.name}")
def test_a_rule_finds_what_breaks_it_on_its_line(rule: Rule, folder: Folder) -> None:
    example, _ = EXAMPLES[rule]
    example.lay(folder)
    problems = [problem for problem in found(folder, rule) if problem.path == f"content/{example.page}"]
    assert [problem.line for problem in problems] == [example.line], problems
    assert not problems[0].warning


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: f"{rule.value} {rule.name}")
def test_a_rule_leaves_in_peace_what_keeps_it(rule: Rule, folder: Folder) -> None:
    _, example = EXAMPLES[rule]
    example.lay(folder)
    assert [problem for problem in found(folder, rule) if problem.path == f"content/{example.page}"] == []


def test_every_rule_for_the_writing_has_its_examples_and_its_sentence() -> None:
    of_the_site = {Rule.SITE_HARD_TO_READ, Rule.REVIEW_NEAR, Rule.NEEDLESS_WAIVER}
    assert set(EXAMPLES) | of_the_site == {rule for rule in Rule if rule.startswith("E")}
    assert all((check.__doc__ or "").endswith(".") for check in PAGE_RULES.values())


def test_sections_are_told_when_they_stand_in_another_order(folder: Folder) -> None:
    body = headings(Emergency)
    first, second = SECTIONS[Emergency][:2]
    body = body.replace(first, "-").replace(second, first).replace("## -", f"## {second}")
    Example(page=EMERGENCY, body=body).lay(folder)
    told = [problem.message for problem in found(folder, Rule.SECTIONS) if problem.path.endswith(EMERGENCY)]
    assert ["another order" in message for message in told] == [True]


def test_every_kind_whose_pages_are_alike_has_its_sections() -> None:
    free = {"guides", "faq", "about"}
    assert set(SECTIONS) == {kind for folder, kind in PAGE_TYPES.items() if folder not in free}


def test_a_long_text_in_place_of_a_drawing_is_told(folder: Folder) -> None:
    Example(body=f"/// figure | nerve | {'The nerve bends. ' * 20}\n///\n").lay(folder)
    assert "letters" in found(folder, Rule.EMPTY_ALTERNATIVE)[0].message


def test_an_exercise_may_say_how_often_without_a_source(folder: Folder) -> None:
    Example(page="exercises/slow-stretch.md", body="Do it for 2 weeks.").lay(folder)
    assert found(folder, Rule.NUMBER_WITHOUT_SOURCE) == []


def test_footnotes_and_definitions_are_read_as_text(folder: Folder) -> None:
    Example(body="Nerve[^1]\n: A cord.\n\n*[MRI]: a scan\n\n[^1]: " + TWENTY + " one.").lay(folder)
    assert [problem.line for problem in found(folder, Rule.LONG_SENTENCE)] == [GUIDE_BODY + 5]


def test_the_median_grade_is_told_at_the_hardest_page(folder: Folder) -> None:
    for file in folder.root.glob("*/*.md"):
        page = file.relative_to(folder.root).as_posix()
        Example(page=page, body=HARD + page.partition("/")[0].title() + ".").lay(folder)
    problem = found(folder, Rule.SITE_HARD_TO_READ)[0]
    assert "median" in problem.message
    assert problem.path.removeprefix("content/") in {
        file.relative_to(folder.root).as_posix() for file in folder.root.glob("*/*.md")
    }


@pytest.mark.parametrize(("days", "told"), [(91, False), (90, True), (0, True), (-1, False)])
def test_a_review_that_is_near_is_a_warning(folder: Folder, days: int, told: bool) -> None:
    due = TODAY + datetime.timedelta(days=days)
    Example(change=("2099-01-01", due.isoformat() if days > 0 else "2026-01-02")).lay(folder)
    problems = found(folder, Rule.REVIEW_NEAR, TODAY + datetime.timedelta(days=min(days, 0) * -1))
    assert bool(problems) is told
    assert all(problem.warning for problem in problems)


def test_a_page_that_is_withdrawn_is_not_looked_at(folder: Folder) -> None:
    Example(body=f"{TWENTY} one.").lay(folder)
    folder.withdraw("guides/how-nerves-work.md")
    assert found(folder, Rule.LONG_SENTENCE) == []


def test_a_file_that_changed_since_it_was_read_is_told(folder: Folder) -> None:
    library = folder.library()
    folder.write("guides/how-nerves-work.md", "nothing")
    with pytest.raises(FileNotFoundError, match="has changed"):
        check_editorial(folder.root, library, TODAY)


def waive(folder: Folder, code: str) -> None:
    """Let the guide, which has one sentence that is too long, waive a rule."""
    waiver = f"order: 1\nwaive: {{{code}: A quotation of the law.}}"
    Example(change=("order: 1", waiver), body=f"{TWENTY} one.").lay(folder)


def test_a_waived_rule_is_silent_on_that_page_alone(folder: Folder) -> None:
    waive(folder, "E003")
    Example(page="about/this-site.md", body=f"{TWENTY} two.").lay(folder)
    assert [problem.path for problem in found(folder, Rule.LONG_SENTENCE)] == ["content/about/this-site.md"]
    assert found(folder, Rule.NEEDLESS_WAIVER) == []


def test_a_waiver_of_what_is_not_broken_is_told(folder: Folder) -> None:
    waive(folder, "E015")
    assert [
        (problem.line, "does not break" in problem.message) for problem in found(folder, Rule.NEEDLESS_WAIVER)
    ] == [(5, True)]


@pytest.mark.parametrize("code", ["E999", *sorted(NEVER_WAIVED)])
def test_what_may_not_be_waived_is_told(folder: Folder, code: str) -> None:
    waive(folder, code)
    assert ["can be waived" in problem.message for problem in found(folder, Rule.NEEDLESS_WAIVER)] == [True]


def test_a_broken_rule_that_may_not_be_waived_is_told_all_the_same(folder: Folder) -> None:
    change = ("2099-01-01", "2099-01-01\nwaive: {E011: We are late.}")
    Example(page=EMERGENCY, change=change).lay(folder)
    assert len(found(folder, Rule.LONG_REVIEW)) == len(list(folder.root.glob("*/*.md")))
    assert len(found(folder, Rule.NEEDLESS_WAIVER)) == 1


def test_a_code_that_is_no_code_is_refused(folder: Folder) -> None:
    waive(folder, "C012")
    _, problems = folder.read()
    assert [problem.rule for problem in problems if not problem.warning] == [Rule.BAD_VALUE]
