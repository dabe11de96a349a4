"""Every danger rule of every real page, option by option."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.checker.answers import Answers
from app.checker.cases import report
from app.checker.urgency import Urgency
from app.content.blocks import Card
from tests.checker.sayings import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.checker.outcome import Checker
    from app.checker.urgency import RedFlag
    from app.content.pages import Emergency

# Common and mostly harmless alone: a danger only together with something else.
NOT_ALONE = (
    "red.fever",
    "red.cancer",
    "red.iv_drugs",
    "red.wound",
    "red.major_trauma",
    "red.unexplained_wt_loss",
    "red.night_lying_pain",
)


def each_option_once(flag: RedFlag) -> Iterator[frozenset[str]]:
    """Give ways to meet a rule with one option of each clause, so that every option is in one of them."""
    clauses = [sorted(clause) for clause in flag.clauses]
    for number in range(max(map(len, clauses))):
        yield frozenset(clause[number % len(clause)] for clause in clauses)


def name(flag: RedFlag) -> str:
    """Name a rule as a failing test should."""
    return f"{flag.page.slug}: {flag.rule.id}"


def test_every_rule_gives_its_level_when_one_option_of_each_clause_is_chosen(checker: Checker) -> None:
    for flag in checker.flags:
        level = Urgency.of(flag.rule.level)
        for chosen in each_option_once(flag):
            assert checker.assess(Answers(chosen)).urgency >= level, (name(flag), sorted(chosen))


def test_every_rule_gives_what_unsure_means_when_some_or_all_of_it_is_unsure(checker: Checker) -> None:
    for flag in checker.flags:
        level = Urgency.of(flag.rule.if_unsure) if flag.rule.if_unsure else Urgency.SELF_CARE
        for number, options in enumerate(each_option_once(flag)):
            assert checker.assess(Answers(unknown=options)).urgency >= level, (name(flag), sorted(options))
            option = sorted(options)[number % len(options)]
            one = Answers(options - {option}, unknown=frozenset([option]))
            assert checker.assess(one).urgency >= level, (name(flag), one)


def test_a_danger_sign_that_is_unsure_never_counts_for_nothing_where_it_would_be_an_emergency(
    checker: Checker,
) -> None:
    emergencies = [flag for flag in checker.flags if flag.rule.level == "emergency"]
    assert [name(flag) for flag in emergencies if flag.rule.if_unsure is None] == []


def met_elsewhere(checker: Checker, flag: RedFlag, chosen: frozenset[str]) -> bool:
    """Tell whether answers meet a rule of another page that is at least as urgent."""
    met = checker.assess(Answers(chosen)).because
    return any(one.flag.page is not flag.page and one.urgency >= Urgency.of(flag.rule.level) for one in met)


def highest_rules(checker: Checker, page: Emergency) -> list[RedFlag]:
    """Give the most urgent rules of a page."""
    own = [flag for flag in checker.flags if flag.page is page]
    highest = max(Urgency.of(flag.rule.level) for flag in own)
    return [flag for flag in own if Urgency.of(flag.rule.level) is highest]


def test_an_emergency_page_stands_first_when_one_of_its_own_rules_alone_is_met(checker: Checker) -> None:
    for page in checker.library.emergencies:
        ways = [(flag, chosen) for flag in highest_rules(checker, page) for chosen in each_option_once(flag)]
        alone = [(flag, chosen) for flag, chosen in ways if not met_elsewhere(checker, flag, chosen)]
        assert alone, f"the rules of {page.slug} are never met alone"
        for flag, chosen in alone:
            first = report(checker.assess(Answers(chosen)))["matches"][0]
            assert (first["page"], first["fit"]) == (page.slug, "well"), (name(flag), sorted(chosen))


def test_an_emergency_page_has_a_rule_of_its_own_level(checker: Checker) -> None:
    without = [
        page.slug
        for page in checker.library.emergencies
        if page.level not in {rule.level for rule in page.rules}
    ]
    assert without == []


def test_no_rule_of_an_emergency_page_is_the_highest_and_below_the_level_of_the_page(
    checker: Checker,
) -> None:
    milder = [
        page.slug
        for page in checker.library.emergencies
        if page.level == "emergency" and highest_rules(checker, page)[0].rule.level != "emergency"
    ]
    assert milder == []


def test_every_emergency_names_a_page_that_says_what_to_do(checker: Checker) -> None:
    """An emergency page, or a page with an emergency card of its own."""
    nameless = [
        name(flag)
        for flag in checker.flags
        if flag.rule.level == "emergency"
        and not any(isinstance(part, Card) and part.level == "emergency" for part in flag.page.body.parts)
        and not all(checker.assess(Answers(chosen)).dangers for chosen in each_option_once(flag))
    ]
    assert nameless == []


def test_nothing_harmless_alone_is_an_emergency(checker: Checker) -> None:
    options = checker.library.vocabulary.options
    harmless = [option for option in options if not option.startswith("red.") or option in NOT_ALONE]
    assert set(NOT_ALONE) <= set(harmless)
    alone = [option for option in harmless if checker.assess(said(option)).urgency is Urgency.EMERGENCY]
    assert alone == []


def test_a_sign_that_is_asked_as_happening_now_is_never_left_to_self_care(checker: Checker) -> None:
    signs = checker.questionnaire.by_id["danger-now"].options
    assert [sign for sign in signs if checker.assess(said(sign)).urgency is Urgency.SELF_CARE] == []


@pytest.mark.parametrize("age", ["age.16_39", "age.40_59", "age.60_plus"])
def test_a_trouble_alone_is_no_danger_in_a_grown_person(checker: Checker, age: str) -> None:
    troubles = [option for option in checker.library.vocabulary.options if option.startswith("main.")]
    alarming = [one for one in troubles if checker.assess(said(one, age)).urgency > Urgency.SOON]
    assert alarming == []


def test_a_trouble_of_someone_under_sixteen_is_for_a_doctor(checker: Checker) -> None:
    troubles = [option for option in checker.library.vocabulary.options if option.startswith("main.")]
    missed = [
        one for one in troubles if checker.assess(said(one, "age.under_16")).urgency is Urgency.SELF_CARE
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("chosen", "most"),
    [
        (("red.cancer", "main.twitching", "site.eyelid"), Urgency.SELF_CARE),
        (("red.fever", "main.cramp_spasm", "bg.recent_infection", "dur.1_6_days"), Urgency.SOON),
        (
            ("main.pain", "site.both_legs", "trig.walking", "relief.sit_lean", "dur.over_6m", "age.60_plus"),
            Urgency.SOON,
        ),
    ],
    ids=["past cancer and an eyelid twitch", "fever with a cold", "legs that hurt on walking"],
)
def test_a_sign_that_is_a_danger_elsewhere_is_none_here(
    checker: Checker, chosen: tuple[str, ...], most: Urgency
) -> None:
    assert checker.assess(said(*chosen)).urgency <= most


@pytest.mark.parametrize(
    "chosen",
    [
        ("red.fever", "main.pain", "site.low_back"),
        ("red.cancer", "main.pain", "site.low_back", "red.night_lying_pain"),
    ],
)
def test_the_same_sign_with_back_pain_is_urgent(checker: Checker, chosen: tuple[str, ...]) -> None:
    assert checker.assess(said(*chosen)).urgency is Urgency.URGENT


def test_a_stroke_sign_that_went_away_stays_an_emergency(checker: Checker) -> None:
    harmless = ("course.resolved", "course.better", "relief.rest", "trig.slept_on_arm", "trig.stress")
    for sign in ("red.face_droop", "red.speech_sudden", "red.one_side_weak_sudden"):
        assert checker.assess(said(sign, *harmless)).urgency is Urgency.EMERGENCY
