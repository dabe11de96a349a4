"""Which pages are akin: what counts, what is told, and what is never put beside what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.content.kinship import LEAST_SCORE, MOST_KIN, TIE

if TYPE_CHECKING:
    from app.content.kinship import Kin
    from app.content.library import Library
    from tests.content.folder import Folder

CAUSE = "causes/pressed-nerve.md"
REST, STROKE, GUIDE = "treatments/rest.md", "emergencies/stroke.md", "guides/how-nerves-work.md"


@pytest.fixture
def others(folder: Folder) -> Folder:
    """A content with causes that are unlike the pressed nerve, so that some things are rare."""
    for number in range(6):
        folder.copy(
            CAUSE,
            f"other-{number}",
            ("main.tingling: {weight: 1.5, denied: -0.5, source", "main.twitching: {weight: 1.5, source"),
            ("treatments: [rest]\n", ""),
            ("exercises: [slow-stretch]\n", ""),
            ("emergencies: [stroke]\n", ""),
            ("areas: [neck, arm]", "areas: [foot]"),
            ("/// table | treatments-of-cause\n///\n", "Words.\n"),
        )
    return folder


def akin(library: Library, slug: str) -> dict[str, Kin]:
    """Give the pages that are akin to a page, by slug, in their order."""
    return {kin.page.slug: kin for kin in library.related(library.pages[slug])}


def test_causes_are_akin_by_what_few_others_share_and_the_reason_is_told(others: Folder) -> None:
    others.copy(CAUSE, "twin", ("areas: [neck, arm]", "areas: [leg]"))
    library = others.library()
    first = library.related(library.pages["pressed-nerve"])[0]
    assert first.page.slug == "twin"
    assert first.because == "In common: Pins and needles"
    assert "other-0" not in akin(library, "pressed-nerve")


def test_the_heavier_evidence_makes_the_nearer_kin(others: Folder) -> None:
    others.copy(CAUSE, "near")
    others.copy(CAUSE, "far", ("weight: 1.5, denied: -0.5", "weight: 0.1"))
    found = akin(others.library(), "pressed-nerve")
    assert found["near"].score > found["far"].score


def test_what_speaks_against_a_cause_makes_no_kin(others: Folder) -> None:
    others.copy(CAUSE, "near")
    others.copy(CAUSE, "against", ("weight: 1.5, denied: -0.5", "weight: -1.5"))
    found = akin(others.library(), "pressed-nerve")
    assert "near" in found
    assert "against" not in found


def test_kin_is_mutual_and_none_is_its_own(others: Folder) -> None:
    others.copy(CAUSE, "twin")
    library = others.library()
    there, back = akin(library, "pressed-nerve"), akin(library, "twin")
    assert there["twin"].score == back["pressed-nerve"].score
    assert "twin" not in back


def test_treatments_are_akin_by_the_causes_that_they_help(others: Folder) -> None:
    others.copy(REST, "sleep")
    others.copy(REST, "tea")
    others.copy(REST, "talk")
    others.change(CAUSE, "treatments: [rest]", "treatments: [rest, sleep]")
    for number, one in enumerate(("tea", "talk")):
        others.change(
            f"causes/other-{number}.md", "symptoms: {tingling", f"treatments: [{one}]\nsymptoms: {{tingling"
        )
    found = akin(others.library(), "rest")
    assert list(found) == ["sleep"]
    assert found["sleep"].because == "Both can help with: Pressed nerve"


def test_what_a_page_shows_in_its_tables_is_not_shown_again(others: Folder) -> None:
    others.change(
        CAUSE, "Some weeks.", "Some weeks, with [rest](page:rest) and [a stretch](page:slow-stretch)."
    )
    others.change(REST, "Rest a little.", "Rest [the nerve](page:pressed-nerve), or [tingle](page:tingling).")
    others.write_faq("a-question", "Words.")
    library = others.library()
    assert not {"rest", "slow-stretch", "stroke"} & akin(library, "pressed-nerve").keys()
    assert "pressed-nerve" not in akin(library, "rest")
    assert not {"pressed-nerve", "rest"} & akin(library, "tingling").keys()
    assert "pressed-nerve" not in akin(library, "a-question")


def test_pages_of_different_kinds_stand_together_where_one_names_the_other(others: Folder) -> None:
    others.copy(GUIDE, "guide", ("[pressed](page:pressed-nerve)", "pressed"))
    assert "guide" not in akin(others.library(), "pressed-nerve")
    others.change(CAUSE, "Some weeks.", "'See [nerves](page:guide).'")
    library = others.library()
    assert akin(library, "pressed-nerve")["guide"].because == "Mentioned on this page"
    assert akin(library, "guide")["pressed-nerve"].because == "Mentions this page"
    assert akin(library, "guide")["pressed-nerve"].score >= TIE


def test_an_emergency_stands_beside_a_calm_page_only_where_each_names_the_other(others: Folder) -> None:
    others.change(REST, "Rest a little.", "Not in a [stroke](page:stroke).")
    library = others.library()
    assert "stroke" not in akin(library, "rest")
    assert "rest" in akin(library, "stroke")
    others.change(STROKE, "Minutes count.", "'No [rest](page:rest) now.'")
    assert "stroke" in akin(others.library(), "rest")


def test_a_very_rare_disease_stands_beside_a_commoner_one_only_where_each_names_the_other(
    others: Folder,
) -> None:
    others.copy(CAUSE, "twin", ("{level: common", "{level: very-rare"))
    library = others.library()
    assert "twin" not in akin(library, "pressed-nerve")
    assert "pressed-nerve" in akin(library, "twin")


def test_emergencies_are_akin_by_the_causes_that_they_look_like(others: Folder) -> None:
    others.copy(STROKE, "bleed", ("any_of: [red.face_droop]", "any_of: [main.twitching]"))
    others.change(CAUSE, "emergencies: [stroke]", "emergencies: [stroke, bleed]")
    for number in range(6):
        others.copy(STROKE, f"fall-{number}", ("any_of: [red.face_droop]", "any_of: [main.twitching]"))
        others.change(f"causes/other-{number}.md", "needs:", f"emergencies: [fall-{number}]\nneeds:")
    found = akin(others.library(), "stroke")
    assert found["bleed"].because == "Both can look like: Pressed nerve"
    assert "fall-0" not in found


def test_emergencies_are_akin_by_their_danger_signs(others: Folder) -> None:
    others.copy(STROKE, "bleed")
    for number in range(6):
        others.copy(STROKE, f"fall-{number}", ("any_of: [red.face_droop]", "any_of: [main.twitching]"))
    found = akin(others.library(), "stroke")
    assert found["bleed"].because == "Danger signs in common: Your face droops on one side"
    assert "fall-0" not in found


def test_where_a_danger_shows_is_no_sign_of_it(others: Folder) -> None:
    options = others.root / "questionnaire/options.yaml"
    group = "  - {prefix: site, means: Where it is, choose: any, options: {site.face: {label: The face}}}\n"
    others.write("questionnaire/options.yaml", options.read_text("utf-8") + group)
    others.copy(STROKE, "bleed", ("[red.face_droop]", "[main.twitching, site.face]"))
    others.change(STROKE, "[red.face_droop]", "[red.face_droop, site.face]")
    for number in range(6):
        others.copy(STROKE, f"fall-{number}", ("[red.face_droop, site.face]", "[main.tingling]"))
    assert "bleed" not in akin(others.library(), "stroke")


def test_questions_are_akin_when_one_page_answers_them(others: Folder) -> None:
    for name in ("one", "two"):
        others.write_faq(name, "Words.")
        others.change(f"faq/{name}.md", "owner: pressed-nerve", "owner: other-0")
    found = akin(others.library(), "one")
    assert found["two"].because == "Both are answered from: other-0"


def test_a_question_that_names_its_owner_in_its_words_too_is_no_nearer(others: Folder) -> None:
    for name in ("one", "two"):
        others.write_faq(name, "Words.")
        others.change(f"faq/{name}.md", "owner: pressed-nerve", "owner: other-0")
    before = akin(others.library(), "one")["two"].score
    others.change("faq/one.md", "Words.", "See [the nerve](page:other-0).")
    assert akin(others.library(), "one")["two"].score == before


def test_questions_of_one_group_are_akin_where_one_names_the_other(others: Folder) -> None:
    for number, (name, body) in enumerate((("one", "See [two](page:two)."), ("two", "Words."))):
        others.write_faq(name, body)
        others.change(f"faq/{name}.md", "group: Basics", "group: This site")
        others.change(f"faq/{name}.md", "owner: pressed-nerve", f"owner: other-{number}")
    others.write_faq("three", "Words.")
    found = akin(others.library(), "one")
    assert found["two"].because == "Also asked about: This site"
    assert "three" not in found


def test_pages_about_the_site_name_theirs(others: Folder) -> None:
    others.copy("about/this-site.md", "privacy")
    others.change("about/this-site.md", "review_due:", "related: [privacy]\nreview_due:")
    library = others.library()
    assert {slug: kin.because for slug, kin in akin(library, "this-site").items()} == {
        "privacy": "Also about this site"
    }
    assert list(akin(library, "privacy")) == ["this-site"]


def test_a_page_that_is_withdrawn_has_no_kin_and_is_nobodys(others: Folder) -> None:
    others.change(CAUSE, "Some weeks.", "'See [nerves](page:how-nerves-work).'")
    others.copy(CAUSE, "twin")
    others.withdraw(GUIDE)
    others.withdraw(REST)
    library = others.library()
    assert akin(library, "rest") == {}
    assert akin(library, "how-nerves-work") == {}
    assert "how-nerves-work" not in akin(library, "pressed-nerve")
    assert "how-nerves-work" not in akin(library, "twin")


def test_no_more_than_the_nearest_few_are_given_in_a_fixed_order(others: Folder) -> None:
    for number in range(MOST_KIN + 3):
        others.copy(GUIDE, f"guide-{number:02}", ("[pressed](page:pressed-nerve)", "[rested](page:rest)"))
    library = others.library()
    found = library.related(library.pages["rest"])
    assert [kin.page.slug for kin in found] == [f"guide-{number:02}" for number in range(MOST_KIN)]
    assert all(kin.score >= LEAST_SCORE for kin in found)


def test_the_commoner_of_the_shared_causes_are_told_and_a_very_rare_one_is_not(others: Folder) -> None:
    levels = ("very-rare", "uncommon", "very-common", "common")
    for number, level in enumerate(levels):
        others.change(f"causes/other-{number}.md", "level: common", f"level: {level}")
    for name in ("sleep", "tea", "walk"):
        others.copy(REST, name)
    for number in range(4):
        others.change(f"causes/other-{number}.md", "needs:", "treatments: [sleep, tea]\nneeds:")
    others.change("causes/other-4.md", "needs:", "treatments: [walk]\nneeds:")
    assert akin(others.library(), "sleep")["tea"].because == "Both can help with: other-2; other-3"
