"""What the checker promises, proved by walking it whole; each proof counts what it walked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from statistics import median
from typing import TYPE_CHECKING

from app.checker.answers import Answers
from app.checker.cases import report
from app.checker.matching import weigh
from app.checker.rulebits import RuleBits
from app.checker.scores import Walked
from app.checker.walking import DeadEndError, ticked, walk, ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.checker.answers import Rest
    from app.checker.flow import Flow
    from app.checker.outcome import Checker, Outcome
    from app.content.pages import Cause

MOST_QUESTIONS = 20
MOST_QUESTIONS_FOR_MOST = 14
_STATES = ("denied", "not asked", "unsure", "chosen")


@dataclass(frozen=True, slots=True)
class TextbookCase:
    """Answers for which a page must come first."""

    id: str
    answers: Answers
    first: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What was walked, how much of it, and where the promise is broken."""

    walked: Walked
    broken: tuple[str, ...]


def verify(checker: Checker, cases: Sequence[TextbookCase]) -> Iterator[Proof]:
    """Prove one promise after the other.

    Args:
        checker: what is to be proved of.
        cases: a textbook case for each cause and each emergency.

    Returns:
        The proofs, each made when it is asked for; all together take about a minute.
    """
    yield _sources(checker)
    yield _endings(checker, cases)
    yield _reach(checker)
    yield _textbook(checker, cases)
    yield _same_outcome(checker, cases)
    yield _scores_rise(checker)
    yield _unsure(checker)
    yield _pairs(checker)
    yield _triples(checker)


def _sources(checker: Checker) -> Proof:
    """Every rule and every piece of evidence names a source that the site lists."""
    library = checker.library
    evidence = [
        (cause.slug, option, one.source)
        for cause in library.causes
        for each in (cause.evidence, *(pattern.evidence for pattern in cause.patterns))
        for option, one in each.items()
    ]
    rules = [(flag.page.slug, flag.rule.id, flag.rule.source) for flag in checker.flags]
    broken = [
        f"{slug}: {name} has no source"
        for slug, name, source in (*evidence, *rules)
        if source not in library.sources
    ]
    counts = {"danger rules": len(rules), "pieces of evidence": len(evidence)}
    return Proof(
        Walked(promise="Every rule and every piece of evidence names its source", counts=counts),
        tuple(broken),
    )


def _endings(checker: Checker, cases: Sequence[TextbookCase]) -> Proof:
    """No walk is a dead end; none is longer than 20 questions, and the median visitor meets at most 14.

    What is asked depends on the options that conditions look at: every pair of them is walked, with the
    rest denied and with the rest unsure, and every option of the vocabulary alone.
    """
    conditions = [
        condition
        for question in checker.questionnaire.questions
        for condition in (question.asked_if, *(section.asked_if for section in question.sections))
        if condition is not None
    ]
    gates = sorted({option for condition in conditions for option in condition.options})
    rests: tuple[Rest, ...] = ("denied", "unknown")
    wanted: list[frozenset[str]] = [frozenset(pair) for pair in combinations(gates, 2)]
    wanted += [frozenset([option]) for option in checker.library.vocabulary.options]
    wanted += [frozenset(), frozenset(gates)]
    flows: list[Flow] = []
    broken: list[str] = []
    for ticks, rest in product(wanted, rests):
        try:
            flows.append(walk(checker, {}, ticks, rest))
        except DeadEndError as error:
            broken.append(str(error))
    lengths = [len(flow.steps) for flow in flows]
    visitors = [len(walk(checker, {}, case.answers.chosen).steps) for case in cases]
    broken += [f"a walk of {length} questions" for length in lengths if length > MOST_QUESTIONS]
    middle = int(median(visitors)) if visitors else 0
    if middle > MOST_QUESTIONS_FOR_MOST:
        broken.append(f"the median visitor meets {middle} questions, at most {MOST_QUESTIONS_FOR_MOST}")
    counts = {
        "walks": len(flows),
        "questions on the longest walk": max(lengths, default=0),
        "questions for the median textbook case": middle,
    }
    return Proof(Walked(promise="Every walk ends, and soon", counts=counts), tuple(broken))


def _reach(checker: Checker) -> Proof:
    """Every option and every question can be reached."""
    found = ways(checker)
    options = checker.library.vocabulary.options.keys()
    broken = [f"no walk offers {option}" for option in sorted(options - found.keys())]
    met = {step.question.id for _, step in found.values()}
    unsure = walk(checker, {}, rest="unknown")
    met |= {step.question.id for step in unsure.steps}
    questions = [question.id for question in checker.questionnaire.questions]
    broken += [f"no walk meets the question {name}" for name in questions if name not in met]
    return Proof(
        Walked(
            promise="Every option and every question can be reached",
            counts={"options": len(options), "questions": len(questions)},
        ),
        tuple(broken),
    )


def _textbook(checker: Checker, cases: Sequence[TextbookCase]) -> Proof:
    """Each cause and emergency comes first for its textbook case; what helps is offered in one."""
    library = checker.library
    broken = []
    offered: set[str] = set()
    for case in cases:
        outcome = checker.assess(case.answers)
        told = report(outcome)
        offered.update(told["treatments"], told["exercises"])
        first = next((one["page"] for one in told["matches"]), None)
        if case.first is not None and first != case.first:
            broken.append(f"'{case.id}': {case.first} should come first, and {first} does")
        if case.reason is not None and case.reason not in told["reasons"]:
            broken.append(f"'{case.id}': {case.reason} should be among the reasons")
    own = {name for case in cases for name in (case.first, case.reason)}
    pages = (*library.causes, *library.emergencies)
    broken += [f"{page.slug} has no textbook case" for page in pages if page.slug not in own]
    helps = (*library.treatments, *library.exercises)
    broken += [f"{page.slug} is offered in no textbook case" for page in helps if page.slug not in offered]
    counts = {
        "textbook cases": len(cases),
        "causes": len(library.causes),
        "emergencies": len(library.emergencies),
        "treatments": len(library.treatments),
        "exercises": len(library.exercises),
    }
    return Proof(
        Walked(promise="Each page comes first for its own textbook case", counts=counts), tuple(broken)
    )


def _same_outcome(checker: Checker, cases: Sequence[TextbookCase]) -> Proof:
    """The same answers give the same outcome, in whatever order they were given."""
    broken = []
    for case in cases:
        outcomes = [
            report(checker.assess(Answers(*(frozenset(order(part)) for part in _parts(case.answers)))))
            for order in (sorted, _backwards)
        ]
        if outcomes[0] != outcomes[1]:
            broken.append(f"'{case.id}' has two outcomes")
    return Proof(
        Walked(promise="The order of answers does not matter", counts={"cases in two orders": len(cases)}),
        tuple(broken),
    )


def _parts(answers: Answers) -> tuple[frozenset[str], ...]:
    return answers.chosen, answers.denied, answers.unknown


def _backwards(options: Iterable[str]) -> list[str]:
    return sorted(options, reverse=True)


def _scores_rise(checker: Checker) -> Proof:
    """One more answer that speaks for a cause never lowers its score; denied <= not asked <= chosen."""
    broken = []
    walked = 0
    for cause in checker.library.causes:
        speaking = [option for option, one in cause.evidence.items() if one.weight > 0]
        for option in speaking:
            others = [frozenset([other]) for other in speaking if other != option]
            for before in (frozenset[str](), *others, frozenset(speaking) - {option}):
                walked += 1
                if not _rises(cause, before, option):
                    beside = ", ".join(sorted(before)) or "nothing"
                    broken.append(f"{cause.slug}: {option} lowers the score beside {beside}")
    return Proof(
        Walked(promise="More evidence never lowers a score", counts={"steps": walked}), tuple(broken)
    )


def _rises(cause: Cause, before: frozenset[str], option: str) -> bool:
    said = (
        Answers(before, denied=frozenset([option])),
        Answers(before),
        Answers(before | {option}),
    )
    scores = [weigh(cause, answers)[0] for answers in said]
    return scores == sorted(scores)


def _unsure(checker: Checker) -> Proof:
    """Being unsure gives at least a rule's `if_unsure`, and danger signs are asked again."""
    broken = []
    walked = 0
    for flag in checker.flags:
        if flag.rule.if_unsure is None:
            continue
        for clause in flag.clauses:
            walked += 1
            others = frozenset(min(other) for other in flag.clauses if other is not clause)
            outcome = checker.assess(Answers(others - {min(clause)}, unknown=frozenset([min(clause)])))
            if not _at_least(outcome, flag.rule.if_unsure):
                broken.append(f"{flag.page.slug}: {flag.rule.id} gives {outcome.urgency.id} when unsure")
    found = ways(checker)
    signs = [option for option in checker.library.vocabulary.options if option.startswith("red.")]
    for option in signs:
        before, step = found[option]
        flow = walk(checker, {**before, step.question.id: ticked(rest="unknown")})
        if not any(option in one.offered for one in flow.steps if one.question.clarifies):
            broken.append(f"{option} is not asked again in plainer words")
    counts = {"unsure answers to a rule": walked, "danger signs asked again": len(signs)}
    return Proof(Walked(promise="Being unsure is taken seriously", counts=counts), tuple(broken))


def _at_least(outcome: Outcome, level: str) -> bool:
    return outcome.urgency >= type(outcome.urgency).of(level)


def _pairs(checker: Checker) -> Proof:
    """Over all pairs of options: urgency when denied <= not asked <= unsure <= chosen, whatever the other is.

    The engine itself is asked, and compared with the bit sets that the triples are walked with.
    """
    bits = RuleBits(checker)
    options = sorted(checker.library.vocabulary.options)
    broken = []
    walked = 0
    for one, other in combinations(options, 2):
        levels = {}
        for states in product(range(len(_STATES)), repeat=2):
            answers = _said((one, other), states)
            levels[states] = checker.urgency(answers)
            if levels[states] != bits.urgency(answers):
                broken.append(f"the engine and the bit sets differ for {_told((one, other), states)}")
        walked += len(levels)
        broken += [
            f"urgency falls at {_told((one, other), higher)}"
            for (first, second), level in levels.items()
            for higher in ((first + 1, second), (first, second + 1))
            if higher in levels and levels[higher] < level
        ]
    counts = {"pairs of options": len(options) * (len(options) - 1) // 2, "pairs in each state": walked}
    return Proof(
        Walked(promise="No answer to one of two options lowers the urgency", counts=counts), tuple(broken)
    )


def _said(options: Sequence[str], states: Sequence[int]) -> Answers:
    by_state = [
        frozenset(o for o, s in zip(options, states, strict=True) if s == state) for state in range(4)
    ]
    return Answers(by_state[3], by_state[0], by_state[2])


def _told(options: Sequence[str], states: Sequence[int]) -> str:
    return ", ".join(f"{o} {_STATES[s]}" for o, s in zip(options, states, strict=True))


def _triples(checker: Checker) -> Proof:
    """Over all triples of options: the third, unsure or chosen, never lowers the urgency of the other two.

    Denied and not asked are the same to the rules (the pairs show it), so that each option is walked as
    not asked, unsure and chosen.
    """
    bits = RuleBits(checker)
    walked, falls = bits.walk_triples(sorted(checker.library.vocabulary.options))
    broken = tuple(f"urgency falls from a pair to {', '.join(triple)}" for triple in falls)
    return Proof(
        Walked(
            promise="No answer to one of three options lowers the urgency",
            counts={"triples of options": walked},
        ),
        broken,
    )
