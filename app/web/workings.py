"""How the checker works, for anyone to read: rules and weights page by page, scores, and all as JSON."""

from __future__ import annotations

import functools
import math
import textwrap
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, json, render_template, url_for

from app.checker.account import account_of, owners
from app.content.pages import About, Cause
from app.web.caching import public
from app.web.headers import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from app.checker.account import Owner
    from app.checker.outcome import Checker
    from app.checker.questionnaire import Question
    from app.content.evidence import Evidence
    from app.content.keys import OptionId
    from app.content.pages import Page

_LETTERS_A_LINE = 33
_LINE, _PADDING, _GAP = 17, 12, 22


@dataclass(frozen=True, slots=True)
class Box:
    """A question in the diagram of the flow: where it stands, and its title in lines."""

    question: Question
    top: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """Give its height in units of the drawing."""
        return len(self.lines) * _LINE + 2 * _PADDING

    @property
    def middle(self) -> int:
        """Give the height at which the arrow to the emergency leaves it."""
        return self.top + self.height // 2

    @property
    def sometimes(self) -> bool:
        """Tell whether only some visitors meet it."""
        return bool(self.question.asked_if or self.question.clarifies)


@dataclass(frozen=True)
class Diagram:
    """The way through the questions, as a drawing."""

    boxes: tuple[Box, ...]

    @property
    def bottom(self) -> int:
        """Give the height below the last question."""
        return self.boxes[-1].top + self.boxes[-1].height


@dataclass(frozen=True, slots=True)
class Weight:
    """A piece of evidence in words: how many times the odds rise (or fall) with a yes, and with a no."""

    label: str
    evidence: Evidence

    @property
    def times(self) -> str:
        """Give the factor of a yes."""
        return _factor(self.evidence.weight)

    @property
    def denied_times(self) -> str:
        """Give the factor of a no; nothing where it says nothing."""
        return "" if self.evidence.denied is None else _factor(self.evidence.denied)


@dataclass(frozen=True)
class Workings:
    """What one page tells the checker, in words."""

    page: Owner
    checker: Checker

    @property
    def count(self) -> int:
        """Give how many pieces of evidence there are."""
        return len(self.page.evidence) if isinstance(self.page, Cause) else 0

    @cached_property
    def weights(self) -> tuple[Weight, ...]:
        """Give the evidence, what speaks for the page first."""
        return self._weights(self.page.evidence) if isinstance(self.page, Cause) else ()

    @cached_property
    def patterns(self) -> tuple[tuple[str, tuple[Weight, ...]], ...]:
        """Give the patterns inside a cause, each with its evidence."""
        patterns = self.page.patterns if isinstance(self.page, Cause) else ()
        return tuple((one.title, self._weights(one.evidence)) for one in patterns)

    def _weights(self, evidence: Mapping[OptionId, Evidence]) -> tuple[Weight, ...]:
        labels = self.checker.library.vocabulary.labels
        ordered = sorted(evidence.items(), key=lambda item: -item[1].weight)
        return tuple(Weight(labels[option], one) for option, one in ordered)


def _factor(weight: float) -> str:
    """Give a natural logarithm as a factor, for example '3.0 times' or '0.05 times'; never as none at all."""
    factor = math.exp(weight)
    return f"{factor:.1f} times" if factor >= 1 else f"{factor:.2g} times"


def drawn_of(checker: Checker) -> Mapping[str, Mapping[str, object]]:
    """Give what pages about the site show below their text, by the name that they give it."""
    return {
        "checker-rules": {
            "workings": [Workings(page, checker) for page in owners(checker)],
            "questions": checker.questionnaire.questions,
            "labels": checker.library.vocabulary.labels,
            "diagram": _diagram(checker),
            "proofs": checker.proofs,
        },
        "checker-scores": {"scores": checker.scores, "proofs": checker.proofs},
    }


def workings_blueprints(checker: Checker) -> Iterator[Blueprint]:
    """Make the blueprint of the pages below the one that shows the rules; none without such a page."""
    above = next((page for page in checker.library.about if page.shows == "checker-rules"), None)
    if above is not None:
        yield _blueprint(checker, above)


def weighing_addresses(checker: Checker) -> Callable[[Page], str | None]:
    """Give what tells, of a page, where its rules and weights are shown; None where it has none."""
    shown = any(page.shows == "checker-rules" for page in checker.library.about)
    slugs = frozenset(page.slug for page in owners(checker) if shown)
    return lambda page: url_for("workings.page", slug=page.slug) if page.slug in slugs else None


def _blueprint(checker: Checker, above: About) -> Blueprint:
    blueprint = Blueprint("workings", __name__, url_prefix=f"/about/{above.slug}")
    pages = {page.slug: page for page in owners(checker)}
    library = checker.library

    @functools.cache
    def account_text() -> str:
        return json.dumps(account_of(checker))

    @blueprint.get("/index.json")
    @opened
    @public
    def account() -> Response:
        return Response(account_text(), mimetype="application/json")

    @blueprint.get("/<slug>/")
    @public
    def page(slug: str) -> str:
        if slug not in pages:
            abort(404)
        return render_template(
            "about/workings.html",
            above=above,
            workings=Workings(pages[slug], checker),
            labels=library.vocabulary.labels,
            sources=library.sources,
        )

    return blueprint


def _diagram(checker: Checker) -> Diagram:
    boxes: list[Box] = []
    top = 0
    for number, question in enumerate(checker.questionnaire.questions, 1):
        lines = tuple(textwrap.wrap(f"{number}. {question.title}", _LETTERS_A_LINE))
        boxes.append(Box(question, top, lines))
        top += boxes[-1].height + _GAP
    return Diagram(tuple(boxes))
