"""What visitors may say: by hand, and at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from app.checker.answers import Answers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from app.checker.outcome import Checker
    from app.content.pages import Cause


def said(*chosen: str, denied: Iterable[str] = (), unknown: Iterable[str] = ()) -> Answers:
    """Give answers, the chosen options first."""
    return Answers(frozenset(chosen), frozenset(denied), frozenset(unknown))


def without(answers: Answers, options: Iterable[str]) -> Answers:
    """Give answers as if some options had not been asked."""
    gone = frozenset(options)
    return Answers(answers.chosen - gone, answers.denied - gone, answers.unknown - gone)


def with_chosen(answers: Answers, *options: str) -> Answers:
    """Give answers with more options ticked; what else was said of them stays."""
    return Answers(answers.chosen | frozenset(options), answers.denied, answers.unknown)


def with_denied(answers: Answers, *options: str) -> Answers:
    """Give answers with more options denied; what else was said of them stays."""
    return Answers(answers.chosen, answers.denied | frozenset(options), answers.unknown)


def with_unknown(answers: Answers, *options: str) -> Answers:
    """Give answers with more options unsure; what else was said of them stays."""
    return Answers(answers.chosen, answers.denied, answers.unknown | frozenset(options))


def rivals(checker: Checker, option: str) -> frozenset[str]:
    """Give the options that cannot be true beside an option."""
    return frozenset().union(*(group for group in checker.choose_one if option in group)) - {option}


def options(checker: Checker) -> SearchStrategy[str]:
    """Any option: every second time one that a danger rule looks at."""
    ruled = frozenset().union(*(clause for flag in checker.flags for clause in flag.clauses))
    return st.sampled_from(sorted(ruled)) | st.sampled_from(sorted(checker.library.vocabulary.options))


def contradictory(checker: Checker) -> SearchStrategy[Answers]:
    """Any answers at all: near a danger rule and a cause, and with contradictions."""
    dangers = [_some_of(frozenset().union(*flag.clauses), 3) for flag in checker.flags]
    causes = [_some_of(cause.evidence, 3) for cause in checker.library.causes]
    return _contradictory(dangers, causes, _some_of(checker.library.vocabulary.options, 2))


def _some_of(pool: Collection[str], most: int) -> SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(pool)), max_size=most)


@st.composite
def _contradictory(
    draw: DrawFn,
    dangers: Sequence[SearchStrategy[frozenset[str]]],
    causes: Sequence[SearchStrategy[frozenset[str]]],
    anywhere: SearchStrategy[frozenset[str]],
) -> Answers:
    danger = dangers[draw(st.sampled_from(range(len(dangers))))]
    cause = causes[draw(st.sampled_from(range(len(causes))))]
    chosen, denied, unknown = (draw(danger) | draw(cause) | draw(anywhere) for _ in range(3))
    return Answers(chosen, denied, unknown)


def consistent(checker: Checker) -> SearchStrategy[Answers]:
    """Answers near a danger rule and a cause, without contradictions."""
    return contradictory(checker).map(lambda answers: _settled(checker, answers))


def _settled(checker: Checker, answers: Answers) -> Answers:
    chosen = answers.chosen
    for group in checker.choose_one:
        chosen -= frozenset(sorted(group & chosen)[1:])
    denied = answers.denied - chosen
    return Answers(chosen, denied, answers.unknown - chosen - denied)


def fitting(checker: Checker) -> SearchStrategy[tuple[Cause, Answers]]:
    """A cause, and answers that meet its needs, with some of what speaks for it and some others."""
    return _fitting(checker.library.causes, st.just(Answers()) | consistent(checker))


@st.composite
def _fitting(draw: DrawFn, causes: Sequence[Cause], others: SearchStrategy[Answers]) -> tuple[Cause, Answers]:
    cause = draw(st.sampled_from(causes))
    needed = [draw(st.sampled_from(sorted(need))) for need in cause.needs]
    more = draw(_some_of(speaks_for(cause), 8))
    return cause, with_chosen(draw(others), *needed, *more)


def speaks_for(cause: Cause) -> list[str]:
    """Give the evidence for a cause, strongest first."""
    weights = {str(option): one.weight for option, one in cause.evidence.items() if one.weight > 0}
    return sorted(weights, key=lambda option: (-weights[option], option))
