"""The body of a page, part by part."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.blocks import ADVICE, BLOCKS, CARD_LEVELS, Advice, Card, DrawnTable, Figure
from app.content.body import Body, Html, PlacedReference, TypedTable, parse_body
from app.content.guard import MarkdownTable, Reference
from app.content.markdown import parse_inline
from app.content.problems import Rule

PATH = "content/faq/why.md"
FIRST = 11
TABLE = "| a | b |\n|---|---|\n| c | d |\n"


def body_of(text: str) -> Body:
    """Convert a body that has no problems."""
    body, problems = parse_body(text, PATH, FIRST)
    assert problems == []
    return body


def told(text: str) -> list[tuple[int, Rule]]:
    """Give the line of the body, counted from 1, and the rule of each problem."""
    _, problems = parse_body(text, PATH, FIRST)
    assert {problem.path for problem in problems} <= {PATH}
    return [(problem.line - FIRST + 1, problem.rule) for problem in problems]


def test_a_body_is_parts_in_their_order() -> None:
    text = (
        "Words.\n\n/// emergency\n- go\n///\n\n## Heading\n\nMore.\n\n/// table | causes-helped\n///\n\n"
        f"{TABLE}\n/// dont\n- stop\n///\n/// figure | nerve | A nerve\nIts *way*.\n///\nEnd."
    )
    body = body_of(text)
    assert body.parts == (
        Html("<p>Words.</p>"),
        Card("emergency", (parse_inline("go"),)),
        Html('<h2 id="heading">Heading</h2>\n<p>More.</p>'),
        DrawnTable("causes-helped", (), FIRST + 10),
        TypedTable("Heading", MarkdownTable(("a", "b"), (("c", "d"),))),
        Advice("dont", (parse_inline("stop"),)),
        Figure("nerve", "A nerve", parse_inline("Its *way*."), FIRST + 20),
        Html("<p>End.</p>"),
    )
    assert [heading.anchor for heading in body.headings] == ["heading"]
    assert body.anchors == {"heading"}


def test_an_empty_body_has_no_parts() -> None:
    assert body_of("\n\n") == Body.of()


@pytest.mark.parametrize("level", CARD_LEVELS)
def test_a_card_holds_its_level_and_a_list(level: str) -> None:
    (card,) = body_of(f"/// {level}\n\n- one\n  goes on\n- *two* [@nhs]\n\n///").parts
    assert card == Card(level, (parse_inline("one goes on"), parse_inline("*two* [@nhs]")))


@pytest.mark.parametrize("sense", ADVICE)
def test_advice_holds_its_sense_and_may_stand_twice(sense: str) -> None:
    block = f"///{sense}\n- one\n///\n"
    assert body_of(f"{block}\n{block}").parts == (Advice(sense, (parse_inline("one"),)),) * 2


def test_cards_of_different_levels_may_stand_on_a_page() -> None:
    assert len(body_of("\n".join(f"/// {level}\n- one\n///\n" for level in CARD_LEVELS)).parts) == len(
        CARD_LEVELS
    )


@pytest.mark.parametrize(
    ("opening", "part"),
    [
        ("table | causes-helped", DrawnTable("causes-helped", (), FIRST)),
        ("table|conditions  a b ", DrawnTable("conditions", ("a", "b"), FIRST)),
        ("table", DrawnTable("", (), FIRST)),
        ("figure | nerve | A nerve", Figure("nerve", "A nerve", None, FIRST)),
        ("figure|nerve|A | B", Figure("nerve", "A | B", None, FIRST)),
    ],
)
def test_a_table_or_a_figure_is_named_by_its_opening(opening: str, part: DrawnTable | Figure) -> None:
    assert body_of(f"/// {opening}\n///").parts == (part,)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (TABLE, ""),
        (f"## One\n\n{TABLE}", "One"),
        (f"## One\n\nWords.\n\n### Two *words*\n\n/// do\n- x\n///\n\n{TABLE}", "Two words"),
        (f"## One\n\n/// do\n- x\n///\n\nWords.\n\n{TABLE}", "One"),
        (f"## Salt & water [@nhs]\n\n{TABLE}", "Salt & water"),
    ],
)
def test_a_typed_table_is_named_by_the_heading_above_it(text: str, label: str) -> None:
    table = body_of(text).parts[-1]
    assert isinstance(table, TypedTable)
    assert table.label == label


def test_every_reference_has_its_line() -> None:
    blocks = "/// do\n- x\n- [c](term:nerve)\n///\n\n/// figure | nerve | A\nSo. [@nhs]\n///\n"
    text = f"A\n[b](page:rest),\n\n{blocks}"
    assert body_of(text).references == (
        PlacedReference(Reference("page", "rest"), FIRST + 1),
        PlacedReference(Reference("term", "nerve"), FIRST + 3),
        PlacedReference(Reference("source", "nhs"), FIRST + 8),
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[a](page:rested)\n\n[b](page:rest)", id="below a longer name"),
        pytest.param("[a](#below-it)\n\n[b](#below)", id="below a longer anchor"),
        pytest.param("[a](page:rest)\n\n[b](page:rest)", id="below the same"),
        pytest.param("`(page:rest)`\n\n[b](page:rest)", id="below the same in code"),
    ],
)
def test_a_reference_is_told_by_its_own_line(text: str) -> None:
    assert body_of(text).references[-1].line == FIRST + 2


def test_a_reference_that_cannot_be_found_again_is_told_by_the_first_line() -> None:
    (reference,) = body_of("Words.\n\n[a](page:r\\_st)").references
    assert reference == PlacedReference(Reference("page", "r_st"), FIRST)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("///\nWords.", [(1, Rule.STRAY_FENCE)]),
        ("/// soon\n- x\n///\n\n///", [(5, Rule.STRAY_FENCE)]),
        ("Words.\n\n/// soon\n- x\n", [(3, Rule.UNCLOSED_BLOCK)]),
        ("/// soon\n- x\n\n/// do\n- y\n///", [(1, Rule.UNCLOSED_BLOCK)]),
        ("/// Soon\n- x\n///", [(1, Rule.UNKNOWN_BLOCK)]),
        ("////\n///", [(1, Rule.UNKNOWN_BLOCK)]),
        (
            "/// soon\n- x\n///\n\n/// soon\n- y\n///\n\n/// soon\n- z\n///",
            [(5, Rule.CARD_TWICE), (9, Rule.CARD_TWICE)],
        ),
        ("/// soon\n///", [(1, Rule.BAD_BLOCK)]),
        ("/// do\nx\n- y\n///", [(1, Rule.BAD_BLOCK)]),
        ("/// do\n-x\n///", [(1, Rule.BAD_BLOCK)]),
        ("/// do\n- ![x](y)\n///", [(1, Rule.BAD_BLOCK)]),
        ("/// table | causes-helped\nx\n///", [(1, Rule.BAD_BLOCK)]),
        ("/// figure | nerve |\n///", [(1, Rule.BAD_BLOCK)]),
        ("/// figure | nerve | A\n[x](y)\n///", [(1, Rule.BAD_BLOCK)]),
    ],
)
def test_a_block_that_is_not_right_is_told_with_its_line_and_left_out(
    text: str, found: list[tuple[int, Rule]]
) -> None:
    assert told(text) == found
    body, _ = parse_body(text, PATH, FIRST)
    if {rule for _, rule in found} <= {Rule.BAD_BLOCK, Rule.UNKNOWN_BLOCK}:
        assert body.parts == ()


def test_what_is_wrong_in_the_words_is_told_with_its_line() -> None:
    text = "Words.\n\n/// do\n- x\n///\n\n#### Deep\n\n[a](http://b.c) <b>\n\n**d**{: style=x }[^1]"
    _, problems = parse_body(text, PATH, FIRST)
    assert sorted((problem.line - FIRST + 1, problem.rule, problem.warning) for problem in problems) == [
        (7, Rule.HEADING_LEVEL, False),
        (9, Rule.UNSAFE_LINK, False),
        (9, Rule.RAW_HTML, True),
        (11, Rule.BAD_ATTRIBUTE, False),
        (11, Rule.UNKNOWN_FOOTNOTE, False),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("Words.\n/// emergency\n- go\n///", 2, id="below words"),
        pytest.param("- Words.\n/// emergency\n- go\n///", 2, id="below a list"),
        pytest.param(f"{TABLE}/// emergency\n- go\n///", 4, id="below a table"),
        pytest.param("> Said.\n/// emergency\n- go\n///", 2, id="below a quotation"),
        pytest.param("Word\n: Said.\n/// emergency\n- go\n///", 3, id="below a definition"),
        pytest.param("*[0]: Zero\n\n/// emergency\n- go\n///", 3, id="below an abbreviation of its number"),
        pytest.param("  /// emergency\n  - go\n  ///", 1, id="indented"),
        pytest.param("- Words.\n\n    /// emergency\n    - go\n    ///", 3, id="inside a list"),
    ],
)
def test_a_card_is_never_lost_in_silence(text: str, line: int) -> None:
    body, problems = parse_body(text, PATH, FIRST)
    shown = [part for part in body.parts if isinstance(part, Card)]
    assert shown or line in [problem.line - FIRST + 1 for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("/// soon | at once\n- go\n///", id="words beside the name"),
        pytest.param("/// soon\n- go\n\nNow.\n///", id="words below the list"),
        pytest.param("/// soon\n- go\n- \n- now\n///", id="an item without words"),
    ],
)
def test_nothing_in_a_card_is_dropped_or_run_together_in_silence(text: str) -> None:
    assert told(text)


LINES = st.sampled_from(
    [
        "",
        "Words.",
        "- item",
        "///",
        "/// soon",
        "/// do",
        "/// table | x",
        "/// figure | a | b",
        "## H",
        "> q",
        "| a |",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=10))
def test_every_block_is_a_part_or_a_problem(lines: list[str]) -> None:
    body, problems = parse_body("\n".join(lines), PATH, 1)
    blocks = [number for number, line in enumerate(lines, 1) if line.startswith("/// ")]
    shown = sum(not isinstance(part, Html | TypedTable) for part in body.parts)
    broken = {problem.line for problem in problems}
    assert shown + len(broken.intersection(blocks)) >= len(blocks)
    assert all(1 <= problem.line <= max(len(lines), 1) for problem in problems)


def test_the_blocks_are_those_that_are_tried_above() -> None:
    assert set(BLOCKS) == {*CARD_LEVELS, *ADVICE, "table", "figure"}
