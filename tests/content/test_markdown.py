"""Markdown -> HTML, with its headings, its tables, what it points at and what is wrong with it."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from app.content.guard import ATTRIBUTES, Heading, MarkdownTable, Reference, plain_text
from app.content.markdown import Inline, parse_inline, parse_prose
from app.content.problems import Rule


def html_of(text: str) -> str:
    """Convert a text that has no faults and no tables."""
    prose = parse_prose(text)
    assert prose.faults == ()
    assert all(isinstance(part, str) for part in prose.parts)
    return "".join(str(part) for part in prose.parts)


def table_of(text: str) -> MarkdownTable:
    """Convert a text that holds a table and nothing else."""
    (table,) = parse_prose(text).parts
    assert isinstance(table, MarkdownTable)
    return table


def faults_of(text: str) -> list[Rule]:
    """Give the rules that a text breaks."""
    return [fault.rule for fault in parse_prose(text).faults]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (
            "Words\nand *more*, **much** `<more>`.",
            "<p>Words\nand <em>more</em>, <strong>much</strong> <code>",
        ),
        ("Words  \nbelow", "<p>Words<br>\nbelow</p>"),
        ("- a\n- b\n\nWords.", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>Words.</p>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("1. a\n\n- b", "<ol>\n<li>a</li>\n</ol>\n<ul>\n<li>b</li>\n</ul>"),
        ("> Said.", "<blockquote>\n<p>Said.</p>\n</blockquote>"),
        ("Nerve\n: A cord.\n: A way.", "<dl>\n<dt>Nerve</dt>\n<dd>A cord.</dd>\n<dd>A way.</dd>\n</dl>"),
        ('ALS & MS.\n\n*[ALS]: A "b" c', '<p><abbr title="A &quot;b&quot; c">ALS</abbr> &amp; MS.</p>'),
        ("*x*{: lang=la dir=ltr #own }", '<p><em dir="ltr" id="own" lang="la">x</em></p>'),
        ("So it is. [@nhs_nerve]", '<p>So it is. <cite-ref source="nhs_nerve"></cite-ref></p>'),
        ("`[@nhs_nerve]`", "<p><code>[@nhs_nerve]</code></p>"),
        ('[x](page:rest "Title")', '<p><a href="page:rest" title="Title">x</a></p>'),
    ],
)
def test_each_mark_becomes_its_html(text: str, html: str) -> None:
    assert html_of(text).startswith(html)


def test_a_footnote_leads_to_its_text_and_back() -> None:
    prose = parse_prose("One.[^a] Two.[^a] [^b]\n\n[^a]: The first. [@nhs]\n[^b]: The second.")
    (html,) = prose.parts
    assert prose.faults == ()
    assert str(html).count('href="#fn:a"') == 2
    assert '<li id="fn:a">\n<p>The first. <cite-ref source="nhs"></cite-ref>' in str(html)
    assert 'title="Back to the text of note 2"' in str(html)
    assert prose.anchors == {"fnref:a", "fnref2:a", "fnref:b", "fn:a", "fn:b"}
    assert prose.references == (Reference("source", "nhs"),)


def test_one_text_does_not_leak_into_the_next() -> None:
    parse_prose("x[^1] [y] ALS\n\n## Own\n\n[^1]: Note.\n[y]: https://a.b\n*[ALS]: A\n\n|a|b|\n|-|-|\n|c|d|")
    prose = parse_prose("[y] ALS\n\n## Own")
    assert prose.parts == ('<p>[y] ALS</p>\n<h2 id="own">Own</h2>',)
    assert len(prose.headings) == 1


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("## Two words", Heading(2, "two-words", "Two words")),
        ("## Own {: #given }", Heading(2, "given", "Own")),
        ("## A *b* `c` [d](page:rest) [@nhs]", Heading(2, "a-b-c-d", "A b c d")),
        ("## Salt & water", Heading(2, "salt-water", "Salt & water")),
        ("## Salt &amp; water", Heading(2, "salt-water", "Salt & water")),
        ("## Salt \\* water", Heading(2, "salt-water", "Salt * water")),
    ],
)
def test_a_heading_has_its_anchor_and_its_plain_words(text: str, heading: Heading) -> None:
    prose = parse_prose(text)
    assert prose.headings == (heading,)
    assert prose.anchors == {heading.anchor}


def test_headings_of_the_same_words_have_anchors_of_their_own() -> None:
    prose = parse_prose("## Pain\n\n### Pain\n\n## Pain")
    assert [(heading.level, heading.anchor) for heading in prose.headings] == [
        (2, "pain"),
        (3, "pain_1"),
        (2, "pain_2"),
    ]
    assert prose.faults == ()


@pytest.mark.parametrize(
    ("levels", "wrong"),
    [
        ((2, 3, 3, 2, 2), 0),
        ((3,), 1),
        ((1, 2), 1),
        ((2, 4), 1),
        ((2, 3, 4), 1),
        ((2, 3, 2, 3), 0),
        ((5, 6), 2),
    ],
)
def test_headings_are_of_the_second_and_third_level_and_skip_none(
    levels: tuple[int, ...], wrong: int
) -> None:
    text = "\n\n".join(f"{'#' * level} Words" for level in levels)
    assert faults_of(text) == [Rule.HEADING_LEVEL] * wrong


def test_a_table_is_taken_out_with_its_cells_as_html() -> None:
    text = "Above.\n\n| *a* | b & c |\n| :-- | --: |\n| [d](page:rest) | e [@nhs] |\n| f |\n\nBelow."
    prose = parse_prose(text)
    assert prose.parts == (
        "<p>Above.</p>",
        MarkdownTable(
            ("<em>a</em>", "b &amp; c"),
            (('<a href="page:rest">d</a>', 'e <cite-ref source="nhs"></cite-ref>'), ("f", "")),
        ),
        "<p>Below.</p>",
    )
    assert prose.references == (Reference("page", "rest"), Reference("source", "nhs"))


def test_tables_keep_their_places() -> None:
    table = "| a | b |\n|---|---|\n| {} | c |\n\n"
    parts = parse_prose(f"{table.format(1)}Words.\n\n{table.format(2)}{table.format(3)}").parts
    said = [part.rows[0][0] if isinstance(part, MarkdownTable) else part for part in parts]
    assert said == ["1", "<p>Words.</p>", "2", "3"]


@pytest.mark.parametrize(
    ("cell", "html"),
    [
        ("`a|b`", "<code>a|b</code>"),
        ("a \\| b", "a | b"),
        ("&lt;b&gt; <b>", "&lt;b&gt; &lt;b&gt;"),
        ("**a** *b*", "<strong>a</strong> <em>b</em>"),
    ],
)
def test_a_cell_holds_what_a_line_holds(cell: str, html: str) -> None:
    assert table_of(f"| a | b |\n|---|---|\n| c | {cell} |").rows == (("c", html),)


@pytest.mark.parametrize("around", ["- Words\n\n{}", "> Words\n>\n{}", "Word\n: Words\n\n{}"])
def test_a_table_does_not_tear_what_is_around_it(around: str) -> None:
    mark = "> " if around.startswith(">") else "    "
    table = "\n".join(mark + line for line in ("| a | b |", "|---|---|", "| c | d |"))
    prose = parse_prose(around.format(table))
    torn = [part for part in prose.parts if isinstance(part, str) and part.count("<") != 2 * part.count("</")]
    assert prose.faults or not torn


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("*x*{: onclick=go }", ["onclick"]),
        ('Words\n{: style="x" #id .big }', ["style", "class"]),
        ("## Words {.big}", ["class"]),
        ("## Words {: id=a lang=fr dir=rtl }", []),
        ("A set {a, b} and {}.", []),
    ],
)
def test_an_attribute_that_may_not_stand_there_is_told_and_left_out(text: str, names: list[str]) -> None:
    prose = parse_prose(text)
    assert [fault.rule for fault in prose.faults] == [Rule.BAD_ATTRIBUTE] * len(names)
    for fault, name in zip(prose.faults, names, strict=True):
        assert f"'{name}'" in fault.message
        assert f"{name}=" not in str(prose.parts[0]).replace("{", "")
    assert {"id", "lang", "dir"} == ATTRIBUTES


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<b>loud</b>", 2),
        ("Words <br/> <!-- no tag --> a < b > c", 1),
        ("`<b>` and <https://example.org>", 0),
        ("| <i> | b |\n|---|---|\n| c | d |", 1),
    ],
)
def test_each_raw_tag_is_told(text: str, count: int) -> None:
    assert faults_of(text) == [Rule.RAW_HTML] * count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Words.[^1]", 1),
        ("Words.[^1]\n\n[^1]: Note.", 0),
        ("- a[^x]\n- b[^y]", 2),
        ("|a|b|\n|-|-|\n|c|d[^1]|", 1),
    ],
)
def test_a_footnote_without_text_is_told(text: str, count: int) -> None:
    assert faults_of(text) == [Rule.UNKNOWN_FOOTNOTE] * count


def test_an_image_is_told_and_not_shown() -> None:
    prose = parse_prose("![A nerve](https://example.org/a.png)")
    assert [fault.rule for fault in prose.faults] == [Rule.IMAGE_OUTSIDE_FIGURE]
    assert "example.org" not in str(prose.parts)


@pytest.mark.parametrize(
    ("text", "html", "words"),
    [
        ("Some *words* & <b>", "Some <em>words</em> &amp; &lt;b&gt;", "Some words & <b>"),
        ("Two\n  lines", "Two lines", "Two lines"),
        ("So it is. [@nhs] More.", 'So it is. <cite-ref source="nhs"></cite-ref> More.', "So it is. More."),
        ('[x](page:rest) "y"', '<a href="page:rest">x</a> "y"', 'x "y"'),
        ("# a\n\n- b", "# a - b", "# a - b"),
        ("a | b[^1] {: #c }", "a | b[^1] {: #c }", "a | b[^1] {: #c }"),
        ("&quot;a&quot; &amp;lt;", "&quot;a&quot; &amp;lt;", '"a" &lt;'),
    ],
)
def test_a_line_is_converted_and_keeps_its_words(text: str, html: str, words: str) -> None:
    inline = parse_inline(text)
    assert (inline.markdown, inline.html) == (text, html)
    assert str(inline) == plain_text(html) == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[x](javascript:y) [z](http://a.b)", "the link 'javascript:y' .* the link 'http://a.b' may not"),
        ("![x](https://a.b/c.png)", "an image stands in a block"),
        ("Write to <someone@example.org>.", "the link 'mailto:someone@example.org' may not stand here"),
    ],
)
def test_a_line_with_a_bad_link_or_an_image_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_inline(text)


def test_a_line_without_marks_is_held_once() -> None:
    inline = parse_inline("Some words")
    assert inline.html is inline.markdown


def test_a_model_takes_a_line_of_text_alone() -> None:
    adapter = TypeAdapter(Inline)
    assert adapter.validate_python("  *x* ") == parse_inline("*x*")
    for value in ("", "  ", 7, None, parse_inline("x")):
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
