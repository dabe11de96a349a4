"""The library: every page, cross-linked and unchangeable."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from types import MappingProxyType, NoneType
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from app.content.body import Body
from app.content.keys import OptionId, SourceId, SymptomSlug, TreatmentSlug
from app.content.leaves import leaves
from app.content.markdown import Inline
from app.content.vocabulary import Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.content.library import Library
    from app.content.pages import Page
    from tests.content.folder import Folder

LISTS = ("causes", "emergencies", "treatments", "exercises", "symptoms", "guides", "faq", "about")
CAUSE = "causes/pressed-nerve.md"


def slugs(pages: Iterable[Page]) -> list[str]:
    """Give the slugs of pages, in their order."""
    return [page.slug for page in pages]


def changeable(value: object, place: str = "library") -> Iterator[str]:
    """Yield the place of everything in a value that could be changed."""
    if not is_fixed(value):
        yield place
    for name, part in parts_of(value):
        yield from changeable(part, f"{place}.{name}")


def is_fixed(value: object) -> bool:
    """Tell whether a value itself cannot be changed, whatever it holds."""
    if isinstance(value, Model):
        return bool(value.model_config.get("frozen"))
    if dataclasses.is_dataclass(value):
        parameters: Any = vars(type(value))["__dataclass_params__"]
        return bool(parameters.frozen)
    fixed = (MappingProxyType, tuple, frozenset, str, int, float, datetime.date, NoneType)
    return isinstance(value, fixed)


def parts_of(value: object) -> Iterable[tuple[object, object]]:
    """Give what a value holds, with the name of each part."""
    if isinstance(value, Model):
        return [(name, getattr(value, name)) for name in type(value).model_fields]
    if isinstance(value, Body):
        names = ("parts", "headings", "anchors", "references")
        return [(name, getattr(value, name)) for name in names]
    if dataclasses.is_dataclass(value):
        return [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        return value.items()
    return enumerate(value) if isinstance(value, tuple | frozenset | list | set) else ()


def test_nothing_in_a_library_can_be_changed(tiny: Library) -> None:
    assert list(changeable(tiny)) == []
    assert list(changeable(tiny.vocabulary.options)) == []


def test_changing_a_library_or_a_page_is_an_error(tiny: Library) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        tiny.pages = {}  # type: ignore[misc] # that it cannot be set is what is tested
    with pytest.raises(ValidationError, match="frozen"):
        tiny.causes[0].title = "Another"  # type: ignore[misc] # likewise
    with pytest.raises(TypeError):
        tiny.causes[0].evidence[OptionId("main.tingling")] = None  # type: ignore[index] # likewise


@pytest.mark.parametrize("name", LISTS)
def test_every_page_is_in_the_list_of_its_kind(tiny: Library, name: str) -> None:
    assert [page.path.split("/")[1] for page in getattr(tiny, name)] == [name]


@pytest.mark.parametrize("name", LISTS)
def test_a_withdrawn_page_is_in_no_list_and_keeps_its_address(folder: Folder, name: str) -> None:
    (file,) = (folder.root / name).iterdir()
    folder.withdraw(f"{name}/{file.name}")
    library = folder.library()
    assert getattr(library, name) == ()
    assert library.pages[file.stem].withdrawn == "It was wrong."


@pytest.mark.parametrize("name", ["causes", "emergencies", "treatments", "exercises", "symptoms"])
def test_pages_are_listed_by_title_and_capitals_do_not_matter(folder: Folder, name: str) -> None:
    (file,) = (folder.root / name).iterdir()
    for slug, title in (("b-page", "zebra"), ("c-page", "Zoo"), ("a-page", "aa")):
        folder.copy(f"{name}/{file.name}", slug, title=title)
    assert slugs(getattr(folder.library(), name)) == ["a-page", file.stem, "b-page", "c-page"]


@pytest.mark.parametrize(
    ("file", "name"), [("guides/how-nerves-work.md", "guides"), ("about/this-site.md", "about")]
)
def test_guides_and_pages_about_the_site_have_their_own_order(folder: Folder, file: str, name: str) -> None:
    for slug, title, order in (("late", "A", 2), ("first", "Z", 0), ("later", "B", 2)):
        folder.copy(file, slug, ("order: 1", f"order: {order}"), title=title)
    middle = file.partition("/")[2].removesuffix(".md")
    assert slugs(getattr(folder.library(), name)) == ["first", middle, "late", "later"]


def test_questions_stand_group_by_group_in_the_order_of_the_site(folder: Folder) -> None:
    folder.change("site.yaml", "[Basics, This site]", "[This site, Basics]")
    folder.copy("faq/does-it-heal.md", "can-it-hurt", title="Can it hurt?")
    folder.copy("faq/does-it-heal.md", "who-writes", ("Basics", "This site"), title="Who writes?")
    assert slugs(folder.library().faq) == ["who-writes", "can-it-hurt", "does-it-heal"]


def test_a_cause_names_its_pages_in_its_own_order(folder: Folder) -> None:
    for kind, old, new in (("treatments", "rest", "aaa"), ("exercises", "slow-stretch", "bbb")):
        folder.copy(f"{kind}/{old}.md", new)
        folder.change(CAUSE, f"{kind}: [{old}]", f"{kind}: [{old}, {new}]")
    folder.copy("emergencies/stroke.md", "ccc")
    folder.change(CAUSE, "emergencies: [stroke]", "emergencies: [stroke, ccc]")
    library = folder.library()
    (cause,) = library.causes
    assert slugs(library.treatments_of(cause)) == ["rest", "aaa"]
    assert slugs(library.exercises_of(cause)) == ["slow-stretch", "bbb"]
    assert slugs(library.emergencies_of(cause)) == ["stroke", "ccc"]


def test_a_cause_does_not_lead_to_withdrawn_pages(folder: Folder) -> None:
    for name in ("treatments/rest.md", "exercises/slow-stretch.md", "emergencies/stroke.md"):
        folder.withdraw(name)
    library = folder.library()
    (cause,) = library.causes
    found = (library.treatments_of(cause), library.exercises_of(cause), library.emergencies_of(cause))
    assert found == ((), (), ())


def test_pages_know_the_causes_that_name_them(folder: Folder) -> None:
    folder.copy(CAUSE, "a-cause", ("treatments: [rest]\n", ""), ("symptoms: {tingling", "symptoms: {numb"))
    folder.copy("symptoms/tingling.md", "numb")
    folder.copy(CAUSE, "withdrawn-cause")
    folder.withdraw("causes/withdrawn-cause.md")
    library = folder.library()
    assert slugs(library.causes_helped_by(library.pages["rest"])) == ["pressed-nerve"]
    assert slugs(library.causes_helped_by(library.pages["slow-stretch"])) == ["a-cause", "pressed-nerve"]
    numb, tingling = library.symptoms
    assert slugs(library.causes_with(numb)) == ["a-cause"]
    assert slugs(library.causes_with(tingling)) == ["pressed-nerve"]


def test_symptoms_know_the_treatments_that_help_whatever_the_cause(folder: Folder) -> None:
    folder.copy("symptoms/tingling.md", "numb")
    folder.change("treatments/rest.md", "for_symptoms: {tingling:", "for_symptoms: {numb:")
    library = folder.library()
    numb, tingling = library.symptoms
    assert slugs(library.treatments_for(numb)) == ["rest"]
    assert library.treatments_for(tingling) == ()


def test_every_name_and_text_of_a_page_is_found_with_its_place(tiny: Library) -> None:
    found = dict(leaves(tiny.causes[0]))
    assert found["treatments", 0] == TreatmentSlug("rest")
    assert found["sources", 0] == SourceId("nhs_nerve")
    assert found["needs", 0, 1] == OptionId("main.twitching")
    assert found["evidence", "main.tingling"] == OptionId("main.tingling")
    assert found["evidence", "main.tingling", "source"] == SourceId("nhs_nerve")
    assert found["patterns", 0, "evidence", "main.twitching", "source"] == SourceId("nhs_nerve")
    texts = {place: leaf for place, leaf in found.items() if isinstance(leaf, Inline)}
    assert set(texts) == {
        ("summary", 0),
        ("how_common", "text"),
        ("lasts",),
        ("twitching", "text"),
        ("symptoms", "tingling"),
        ("patterns", 0, "text"),
    }
    assert [key for _, key in leaves({SymptomSlug("tingling"): 7, "other": 8})] == ["tingling"]
