"""What was said, by option."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checker.answers import Answers, Reply, Rest
from tests.checker.sayings import said

LETTERS = st.frozensets(st.sampled_from("abcdef"))
REPLIES = st.builds(Reply, LETTERS, st.sampled_from(["denied", "unknown"]))


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("denied", said("a", denied=["b", "c"])),
        ("unknown", said("a", unknown=["b", "c"])),
    ],
)
def test_what_was_not_ticked_is_denied_or_not_sure(rest: Rest, expected: Answers) -> None:
    assert Answers().with_reply(Reply(frozenset("a"), rest), "abc") == expected


def test_a_tick_beside_an_option_that_was_not_offered_does_not_count() -> None:
    assert Answers().with_reply(Reply(frozenset("az")), "ab") == said("a", denied=["b"])


def test_a_later_reply_replaces_what_was_said_of_the_same_options_and_keeps_the_rest() -> None:
    before = said("a", "b", denied=["c", "d"], unknown=["e", "f"])
    after = before.with_reply(Reply(frozenset("ce"), "unknown"), "ace")
    assert after == said("b", "c", "e", denied=["d"], unknown=["a", "f"])


@given(st.lists(st.tuples(REPLIES, LETTERS)))
def test_each_option_that_was_offered_stands_in_exactly_one_set(
    replies: list[tuple[Reply, frozenset[str]]],
) -> None:
    answers = Answers()
    for reply, offered in replies:
        answers = answers.with_reply(reply, offered)
    assert answers.asked == frozenset().union(*(offered for _, offered in replies))
    assert len(answers.asked) == len(answers.chosen) + len(answers.denied) + len(answers.unknown)
