"""The boxes and dots of a question's page, drawn once where nothing is ticked yet."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import render_template
from markupsafe import Markup

from app.checker.flow import Step
from app.web.checker.forms import NOTHING, labels_of

if TYPE_CHECKING:
    from app.checker.questionnaire import Questionnaire, Section
    from app.content.vocabulary import Vocabulary
    from app.web.checker.forms import Marks

MOST_KEPT = 512


class Boxes:
    """Draws the boxes of the questions."""

    def __init__(self, questionnaire: Questionnaire, vocabulary: Vocabulary) -> None:
        self._questions = questionnaire.by_id
        self._vocabulary = vocabulary
        # A question is mostly shown with nothing ticked: the same for everyone who is offered the same.
        self._kept = lru_cache(MOST_KEPT)(self._draw)

    def draw(self, step: Step, marks: Marks) -> Markup:
        """Draw the boxes of a step.

        Args:
            step: the question with the options that it offers now.
            marks: what is ticked on the page.
        """
        if marks == NOTHING:
            return self._kept(step.question.id, step.sections)
        return self._draw(step.question.id, step.sections, marks)

    def _draw(self, question_id: str, sections: tuple[Section, ...], marks: Marks = NOTHING) -> Markup:
        step = Step(self._questions[question_id], sections)
        labels = labels_of(step, self._vocabulary)
        drawn = render_template("checker/boxes.html", step=step, labels=labels, **marks._asdict())
        return Markup(drawn)  # noqa: S704 - Jinja has escaped it
