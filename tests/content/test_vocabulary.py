"""The options of the checker, by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.content.collection import read_vocabulary
from app.content.problems import Rule

if TYPE_CHECKING:
    from app.content.vocabulary import Vocabulary
    from tests.content.folder import Folder

SPLIT = """\
groups:
  - {prefix: site, means: Where, choose: any, options: {site.arm: {label: Arm}}}
  - {prefix: age, means: Age, choose: one, options: {age.16_39: {label: Young}, age.40_plus: {label: Old}}}
  - {prefix: site, means: Leg, choose: any, options: {site.knee: {label: Knee, report: Knee joint}}}
"""


@pytest.fixture
def vocabulary(folder: Folder) -> Vocabulary:
    """Options of which two groups share the first part of their ids."""
    folder.write("questionnaire/options.yaml", SPLIT)
    found, problems = read_vocabulary(folder.root)
    assert problems == []
    assert found is not None
    return found


def test_options_keep_the_order_of_the_file(vocabulary: Vocabulary) -> None:
    assert list(vocabulary.options) == ["site.arm", "age.16_39", "age.40_plus", "site.knee"]
    assert vocabulary.options["site.knee"].report == "Knee joint"
    assert vocabulary.options["site.arm"].plainer is None


@pytest.mark.parametrize(
    ("option", "means"), [("site.arm", "Where"), ("site.knee", "Leg"), ("age.40_plus", "Age")]
)
def test_an_option_has_its_group(vocabulary: Vocabulary, option: str, means: str) -> None:
    assert vocabulary.group_of(option).means == means


@pytest.mark.parametrize("option", ["site.toe", "site", "", "arm.site", "age.site.arm"])
def test_an_unknown_option_has_no_group(vocabulary: Vocabulary, option: str) -> None:
    with pytest.raises(KeyError) as raised:
        vocabulary.group_of(option)
    assert raised.value.args == (option,)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(SPLIT.replace("prefix: age", "prefix: Age"), 3, id="a prefix with a capital"),
        pytest.param(SPLIT.replace("choose: one", "choose: two"), 3, id="a choice of two"),
        pytest.param(SPLIT.replace("{label: Arm}", "{}"), 2, id="an option without a label"),
        pytest.param(SPLIT.replace("{site.arm: {label: Arm}}", "{}"), 2, id="a group without options"),
        pytest.param(SPLIT.replace("site.knee:", "knee:"), 4, id="an option outside its prefix"),
        pytest.param("groups: []\n", 1, id="no groups"),
    ],
)
def test_options_that_do_not_fit_are_told_with_their_line(folder: Folder, text: str, line: int) -> None:
    folder.write("questionnaire/options.yaml", text)
    _, problems = read_vocabulary(folder.root)
    assert [problem.line for problem in problems] == [line]
    assert all(problem.path == "content/questionnaire/options.yaml" for problem in problems)


def test_an_option_in_two_groups_is_told(folder: Folder) -> None:
    folder.write("questionnaire/options.yaml", SPLIT.replace("site.knee:", "site.arm:"))
    _, problems = read_vocabulary(folder.root)
    assert any("site.arm" in problem.message for problem in problems)


def test_contradictions_are_pairs_named_once_whoever_names_them(folder: Folder) -> None:
    knee = "{label: Knee, report: Knee joint, contradicts: [site.arm]}"
    text = SPLIT.replace("{label: Arm}", "{label: Arm, contradicts: [site.knee, age.16_39]}")
    folder.write("questionnaire/options.yaml", text.replace("{label: Knee, report: Knee joint}", knee))
    vocabulary, problems = read_vocabulary(folder.root)
    assert problems == []
    assert vocabulary is not None
    assert vocabulary.contradictions == (("age.16_39", "site.arm"), ("site.arm", "site.knee"))


@pytest.mark.parametrize("other", ["site.kneee", "site.arm"])
def test_a_contradiction_with_nothing_or_with_itself_is_told(folder: Folder, other: str) -> None:
    folder.write(
        "questionnaire/options.yaml", SPLIT.replace("{label: Arm}", f"{{label: Arm, contradicts: [{other}]}}")
    )
    vocabulary, (problem,) = read_vocabulary(folder.root)
    assert vocabulary is None
    assert (problem.line, problem.rule) == (2, Rule.UNKNOWN_OPTION)
    assert f"'site.arm' cannot contradict '{other}'" in problem.message
