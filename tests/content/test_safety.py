"""Whatever stands in a file: no HTML but our own comes out, and no link but those we allow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.content.blocks import Advice, Card, Figure
from app.content.body import Html, TypedTable, parse_body
from app.content.guard import ATTRIBUTES, LINK_SCHEMES, plain_text
from app.content.markdown import parse_inline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

INLINE = {"a", "code", "em", "strong", "br", "cite-ref"}
BLOCK = {
    "p",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dl",
    "dt",
    "dd",
}
NOTES = {"abbr", "sup", "div"}
# These keep their tags, bare: an image outside a figure and a table inside a list are problems, with which no
# site starts.
TOLD = {"img", "table", "thead", "tbody", "tr", "th", "td"}
TAGS = INLINE | BLOCK | NOTES | TOLD
OWN_ATTRIBUTES = {
    ("a", "href"),
    ("a", "class"),
    ("a", "title"),
    ("div", "class"),
    ("abbr", "title"),
    ("cite-ref", "source"),
    ("ol", "start"),
}

PIECES = st.sampled_from(
    [
        *"<>[]()*_`\"'&;:=|#!\\{}/- \n\t",
        "\n\n",
        "    ",
        "\n- ",
        "\n> ",
        "\n## ",
        "\n: ",
        "\n*[x]: ",
        "[^1]",
        "\n[^1]: ",
        "\n[x]: ",
        "[@a]",
        "| a | b |\n|---|---|\n| ",
        "\n/// soon\n- ",
        "\n/// figure | nerve | ",
        "\n///\n",
        "<script>",
        "</p>",
        "<img src=x onerror=alert(1)>",
        "<!--",
        "-->",
        "<?php",
        "<![CDATA[",
        "&lt;b&gt;",
        "&#60;",
        "[x](",
        "![x](",
        "](javascript:alert(1))",
        "](JAVA&#115;cript:alert(1))",
        "](data:text/html,x)",
        "](page:rest)",
        "<javascript:alert(1)>",
        "<https://a.b>",
        "<a@b.c>",
        "{: ",
        "}",
        'onclick="x" ',
        'style="x" ',
        ".footnote-ref ",
        'class="footnote" ',
        'href="javascript:alert(1)" ',
        'title="<b>" ',
        'lang="{" ',
        "#id ",
    ]
)
CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Co"])
TEXTS = st.lists(PIECES | st.text(CHARACTERS, max_size=4), max_size=12).map("".join)


def parse(html: str) -> Element:
    """Parse a piece of HTML as a browser does."""
    root: Element = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return root


def pieces_of(text: str) -> Iterator[str]:
    """Convert a body; give every piece of HTML in it."""
    body, _ = parse_body(text, "a.md", 1)
    for part in body.parts:
        if isinstance(part, Html):
            yield part.html
        elif isinstance(part, TypedTable):
            yield from part.table.columns
            for row in part.table.rows:
                yield from row
        elif isinstance(part, Card | Advice):
            yield from (item.html for item in part.items)
        elif isinstance(part, Figure) and part.caption:
            yield part.caption.html


def line(text: str) -> str:
    """Convert one line; give its HTML, or none when it is refused."""
    try:
        return parse_inline(text).html
    except ValueError:
        return ""


def unsafe(html: str, tags: set[str]) -> Iterator[str]:
    """Yield everything in a piece of HTML that may not be there."""
    for element in list(parse(html).iter())[1:]:
        tag = str(element.tag)
        if tag not in tags:
            yield tag
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES and (tag, name) not in OWN_ATTRIBUTES:
                yield f"{tag} {name}"
            scheme = re.match(r"(\w+):", value.strip())
            if name == "href" and value[:1] != "#" and (not scheme or scheme[1].lower() not in LINK_SCHEMES):
                yield f"{tag} {name}={value}"


@settings(max_examples=500, deadline=None)
@given(TEXTS)
@example('[x](javascript:alert(1)){: class="footnote" lang="{" }')
@example("[x](javascript:alert(1)){: .footnote }")
@example('[x](page:rest){: href="javascript:alert(1)" }')
@example('**x**{: onclick="x" style="x" }')
@example("*[x]: <b onclick=y>\n\nx")
@example("> | a | b |\n> |---|:-:|\n> | c | d |")
@example("| <b> | [x](javascript:y) |\n|---|:-:|\n| a | <i> |")
def test_no_body_gives_html_or_links_that_are_not_ours(text: str) -> None:
    assert [what for html in pieces_of(text) for what in unsafe(html, TAGS)] == []


@settings(max_examples=500, deadline=None)
@given(TEXTS)
@example("<a@b.c>")
@example("# x\n- y\n    z")
def test_no_line_gives_html_or_links_that_are_not_ours(text: str) -> None:
    assert list(unsafe(line(text), INLINE)) == []


@settings(deadline=None)
@given(TEXTS)
@example("a &mdash; b &amp; &#8212; c")
@example("a &lt;b&gt; <i> `<code>` & d")
def test_the_plain_text_of_a_line_is_what_a_browser_would_show(text: str) -> None:
    html = line(text)
    shown = "".join(parse(re.sub(r"\s*<cite-ref[^>]*></cite-ref>", "", html)).itertext())
    assert plain_text(html) == " ".join(shown.split())


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        "<b>",
        "</p>",
        "<!-- a comment -->",
        "<?php echo 1 ?>",
        "<img src=x onerror=alert(1)>",
        '<a href="https://example.org">x</a>',
        "<![CDATA[x]]>",
        "<svg/onload=alert(1)>",
    ],
)
@pytest.mark.parametrize(
    "text", ["{}", "Words {} words.", "\n\n{}\n\nWords.", "- {}", "| a | b |\n|--|--|\n| {} | c |"]
)
def test_raw_html_is_shown_as_it_is_typed(raw: str, text: str) -> None:
    shown = "".join("".join(parse(html).itertext()) for html in pieces_of(text.format(raw)))
    assert raw in shown
    assert [what for html in pieces_of(text.format(raw)) for what in unsafe(html, TAGS)] == []
