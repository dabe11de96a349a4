"""Links and citations: which may stand, what they point at, and that no other leads anywhere."""

from __future__ import annotations

from html import unescape

import pytest

from app.content.guard import LINK_SCHEMES, Reference
from app.content.markdown import parse_inline, parse_prose
from app.content.problems import Rule


@pytest.mark.parametrize(
    ("link", "reference"),
    [
        ("page:rest", Reference("page", "rest")),
        ("page:rest#how", Reference("page", "rest", "how")),
        ("term:nerve", Reference("term", "nerve")),
        ("site:home", Reference("site", "home")),
        ("#how", Reference("anchor", "", "how")),
        ("https://example.org/a#b", None),
        ("tel:112", None),
    ],
)
def test_a_link_of_each_scheme_is_noted_and_found_again(link: str, reference: Reference | None) -> None:
    text = f"See [this]({link})."
    for converted in (parse_prose(text), parse_inline(text)):
        assert converted.references == ((reference,) if reference else ())
    assert parse_prose(text).parts == (f'<p>See <a href="{link}">this</a>.</p>',)
    assert reference is None or reference.as_written in text


def test_every_scheme_is_tried_above() -> None:
    assert {"page", "term", "site", "https", "tel"} == LINK_SCHEMES


def test_a_citation_is_found_again() -> None:
    (reference,) = parse_inline("So it is. [@nhs_nerve]").references
    assert reference.as_written == "[@nhs_nerve]"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "http://example.org",
        "data:text/html,x",
        "mailto:a@b.c",
        "/causes/",
        "rest",
        "//example.org",
        "&#106;avascript:alert(1)",
        "?page:rest",
    ],
)
@pytest.mark.parametrize("text", ["[x]({})", "[x][y]\n\n[y]: {}", "[x]({} 'title')"])
def test_any_other_link_is_told_and_leads_nowhere(link: str, text: str) -> None:
    prose = parse_prose(text.format(link))
    (fault,) = prose.faults
    assert fault.rule is Rule.UNSAFE_LINK
    assert f"'{unescape(link)}'" in unescape(fault.message)
    assert "href" not in str(prose.parts[0])


def test_a_scheme_in_capitals_is_written_small_or_told() -> None:
    prose = parse_prose("[x](Page:rest)")
    assert prose.faults or 'href="page:rest"' in str(prose.parts[0])


@pytest.mark.parametrize("citation", ["[@nhs-nerve]", "[@nhs; @who]", "[@nhs.uk]"])
def test_a_citation_that_cannot_be_read_is_told(citation: str) -> None:
    assert parse_prose(f"So it is. {citation}").faults
