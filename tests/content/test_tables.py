"""The tables, drawn from the pages that own the facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from app.content import tables
from app.content.markdown import Inline
from app.content.pages import Area, Cause, Certainty, Commonness, Setting, Treatment, Twitching
from app.content.tables import TABLES, PageLink, draw, used_areas
from app.content.words import AREAS, WORDS

if TYPE_CHECKING:
    from app.content.library import Library
    from app.content.tables import Cell, Table
    from tests.content.folder import Folder

# On which page each table is drawn, with which words, and what its rows say.
DRAWN = {
    "treatments-of-cause": (
        "pressed-nerve",
        (),
        "Treatments for Pressed nerve",
        [["Rest", "You do less.", "It is free.", "It is dull.", "Low certainty"]],
    ),
    "exercises-of-cause": (
        "pressed-nerve",
        (),
        "Exercises for Pressed nerve",
        [["Slow stretch", "You stretch slowly.", "Twice a day.", ["it hurts"]]],
    ),
    "causes-of-symptom": (
        "tingling",
        (),
        "What can cause: Tingling",
        [["Pressed nerve", "Pins and needles in the arm.", "Common", "Some weeks."]],
    ),
    "treatments-of-symptom": (
        "tingling",
        (),
        "What can help: Tingling",
        [["Rest", "It may fade.", "Low certainty"]],
    ),
    "causes-helped": (
        "rest",
        (),
        "Causes for which Rest is used",
        [["Pressed nerve", "A nerve that is pressed.", "Some weeks."]],
    ),
    "treatments-compared": (
        "how-nerves-work",
        (),
        "Treatments compared",
        [
            [
                "Rest",
                "You do less.",
                ["It is free."],
                ["It is dull."],
                "Days.",
                "Low certainty",
                "You can do this yourself",
            ]
        ],
    ),
    "signs-and-treatments": (
        "how-nerves-work",
        (),
        "Signs and what can help",
        [["Tingling", [["Rest", "It may fade."]]]],
    ),
    "conditions-and-symptoms": (
        "how-nerves-work",
        ("pressed-nerve",),
        "Conditions and their symptoms",
        [["Pressed nerve", [["Tingling", "Pins and needles in the arm."]]]],
    ),
    "twitching-by-cause": (
        "how-nerves-work",
        (),
        "Causes, and whether they make muscles twitch",
        [["Sometimes", ["Pressed nerve"]]],
    ),
    "areas-and-causes": (
        "how-nerves-work",
        (),
        "Causes by place on the body",
        [["Neck", ["Pressed nerve"], []], ["Arm", ["Pressed nerve"], []]],
    ),
}
BARE = ("treatments-of-cause", "exercises-of-cause", "causes-of-symptom", "treatments-of-symptom")


@pytest.fixture
def library(folder: Folder) -> Library:
    """The smallest library with a symptom that no page names, and a withdrawn page of each kind."""
    folder.copy("symptoms/tingling.md", "numbness", title="Numbness")
    for kind, slug in (("causes", "pressed-nerve"), ("treatments", "rest"), ("exercises", "slow-stretch")):
        folder.copy(f"{kind}/{slug}.md", f"old-{slug}")
        folder.withdraw(f"{kind}/old-{slug}.md")
    return folder.library()


def said(cell: Cell) -> object:
    """Give what a cell says."""
    if isinstance(cell, tuple):
        return [said(part) for part in cell]
    return cell.page.title if isinstance(cell, PageLink) else str(cell)


def drawn(library: Library, slug: str, name: str, *words: str) -> Table:
    """Draw a table on a page."""
    return draw(name, words, library.pages[slug], library)


def test_every_table_is_tried() -> None:
    assert set(DRAWN) == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_tells_what_the_pages_say(library: Library, name: str) -> None:
    slug, words, label, rows = DRAWN[name]
    table = drawn(library, slug, name, *words)
    assert table.label == label
    assert [said(row) for row in table.rows] == rows
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert len(set(table.columns)) == len(table.columns)
    assert all(isinstance(row[0], PageLink | str) for row in table.rows)


@pytest.mark.parametrize("name", sorted(TABLES.keys() - {"conditions-and-symptoms"}))
def test_a_table_takes_no_further_words(library: Library, name: str) -> None:
    with pytest.raises(ValueError, match=f"the table '{name}' takes no further words"):
        drawn(library, DRAWN[name][0], name, "rest")


@pytest.mark.parametrize("name", [*BARE, "causes-helped"])
def test_a_table_about_a_page_stands_on_a_page_of_that_kind_alone(library: Library, name: str) -> None:
    with pytest.raises(ValueError, match=r"this table stands on .* pages only"):
        drawn(library, "how-nerves-work", name)


@pytest.mark.parametrize("name", ["", "treatments", "Treatments-compared"])
def test_an_unknown_table_is_told_with_all_that_there_are(library: Library, name: str) -> None:
    with pytest.raises(ValueError, match="there is no table") as raised:
        drawn(library, "rest", name)
    assert all(known in str(raised.value) for known in TABLES)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "name the causes"),
        (("pressed-nerve", "rest"), "'rest' is no cause page"),
        (("old-pressed-nerve",), "'old-pressed-nerve' is no cause page"),
    ],
)
def test_a_table_of_conditions_needs_causes(library: Library, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        drawn(library, "rest", "conditions-and-symptoms", *words)


def test_a_table_of_conditions_keeps_the_order_in_which_they_are_named(folder: Folder) -> None:
    folder.copy("causes/pressed-nerve.md", "another")
    table = drawn(folder.library(), "rest", "conditions-and-symptoms", "pressed-nerve", "another")
    assert [said(row[0]) for row in table.rows] == ["Pressed nerve", "another"]


@pytest.mark.parametrize("name", [*BARE, "causes-helped", "treatments-compared"])
def test_a_table_without_rows_has_words_instead(library: Library, name: str) -> None:
    slug = DRAWN[name][0]
    page = library.pages["numbness" if "symptom" in name else slug]
    if isinstance(page, Cause):
        page = page.model_copy(update={"treatments": (), "exercises": ()})
    pages = {page.slug: page, "numbness": library.pages["numbness"]}
    alone = replace(library, pages=pages)
    table = draw(name, (), page, alone)
    assert table.rows == ()
    assert table.empty


def test_the_most_common_cause_stands_first_and_the_frightening_last(folder: Folder) -> None:
    for slug, level in (("a-rare-one", "very-rare"), ("z-everyday", "very-common"), ("b-usual", "common")):
        folder.copy("causes/pressed-nerve.md", slug, ("level: common", f"level: {level}"))
    library = folder.library()
    order = ["z-everyday", "b-usual", "Pressed nerve", "a-rare-one"]
    for name in ("areas-and-causes", "twitching-by-cause"):
        assert said(drawn(library, "how-nerves-work", name).rows[0][1]) == order
    assert [said(row[0]) for row in drawn(library, "tingling", "causes-of-symptom").rows] == order


def test_treatments_are_compared_in_the_order_given(library: Library) -> None:
    rest = library.pages["rest"]
    assert isinstance(rest, Treatment)
    other = rest.model_copy(update={"title": "Other", "setting": "both"})
    table = tables.treatments_compared((rest, other))
    assert [(said(row[0]), row[-1]) for row in table.rows] == [
        ("Rest", "You can do this yourself"),
        ("Other", "Yourself or with a professional"),
    ]
    assert isinstance(table.rows[0][1], Inline)


@pytest.mark.parametrize(
    "values",
    [
        get_args(Setting),
        get_args(Commonness),
        get_args(Certainty.model_fields["grade"].annotation),
        get_args(Twitching.model_fields["answer"].annotation),
    ],
)
def test_every_value_that_a_table_shows_has_words(values: tuple[str, ...]) -> None:
    assert values
    assert set(values) <= WORDS.keys()


def test_every_area_has_words_and_the_used_ones_run_from_head_to_foot(library: Library) -> None:
    assert set(AREAS) == set(get_args(Area))
    (cause,) = library.causes
    foot = cause.model_copy(update={"areas": ("foot", "face", "arm")})
    assert list(used_areas((cause, foot)).items()) == [
        ("face", "Face"),
        ("neck", "Neck"),
        ("arm", "Arm"),
        ("foot", "Foot"),
    ]
    assert used_areas(()) == {}
