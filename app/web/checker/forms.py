"""The forms of the checker, made from the questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from app.checker.answers import Reply, Rest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import MultiDict

    from app.checker.flow import Step
    from app.content.vocabulary import Vocabulary

NOT_SURE = "not-sure"


class Marks(NamedTuple):
    """What is ticked on a page: options, 'none of these' and 'not sure'."""

    chosen: frozenset[str] = frozenset()
    denied: bool = False
    unsure: bool = False


NOTHING = Marks()


class ClearForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The button that forgets all answers."""


class AnyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A question of which any number of options may be ticked."""

    # The options are drawn by the template and checked below, against what this visitor is offered.
    chosen = SelectMultipleField(choices=[], validate_choice=False)
    revision = HiddenField()
    none = BooleanField("None of these")
    unsure = BooleanField("Not sure about the rest")
    offered: frozenset[str]

    def reply(self) -> Reply:
        """Give the reply that a valid form holds."""
        rest: Rest = "unknown" if self.unsure.data else "denied"
        return Reply(frozenset(self.chosen.data), rest, self.offered)

    def marks(self) -> Marks:
        """Give what is ticked on the page."""
        return Marks(frozenset(self.chosen.data or ()), self.none.data, self.unsure.data)

    def fill(self, reply: Reply) -> None:
        """Show a reply that was given before."""
        self.chosen.data = sorted(reply.chosen)
        self.unsure.data = reply.rest == "unknown"
        self.none.data = not reply.chosen and reply.rest == "denied"

    def validate_none(self, field: BooleanField) -> None:
        """Refuse 'none of these' beside a tick."""
        if field.data and self.chosen.data:
            raise ValidationError("You ticked 'None of these' and something else. Untick one of them.")
        if field.data and self.unsure.data:
            raise ValidationError("You ticked 'None of these' and 'Not sure'. Untick one of them.")

    def validate_chosen(self, field: SelectMultipleField) -> None:
        """Take only what is offered, and ask for at least one tick."""
        if not self.offered.issuperset(field.data):
            field.data = [value for value in field.data if value in self.offered]
            raise ValidationError("Something was ticked that is not on this page. Check your ticks.")
        if not field.data and not self.none.data and not self.unsure.data:
            raise ValidationError("Tick what fits, or tick 'None of these' or 'Not sure about the rest'.")


class OneForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A question with one answer."""

    chosen = RadioField(choices=[], validate_choice=False)
    revision = HiddenField()
    offered: frozenset[str]

    def reply(self) -> Reply:
        """Give the reply that a valid form holds."""
        if self.chosen.data == NOT_SURE:
            return Reply(rest="unknown", offered=self.offered)
        return Reply(frozenset([self.chosen.data]), offered=self.offered)

    def marks(self) -> Marks:
        """Give what is picked on the page."""
        return Marks(
            frozenset([self.chosen.data] if self.chosen.data else ()), unsure=self.chosen.data == NOT_SURE
        )

    def fill(self, reply: Reply) -> None:
        """Show a reply that was given before."""
        self.chosen.data = next(iter(sorted(reply.chosen)), NOT_SURE if reply.rest == "unknown" else None)

    def validate_chosen(self, field: RadioField) -> None:
        """Take one of what is offered."""
        if field.data is None:
            raise ValidationError("Pick one answer, or 'Not sure'.")
        if field.data != NOT_SURE and field.data not in self.offered:
            raise ValidationError("That answer is not one of those on this page. Pick one of these.")


def question_form(step: Step, formdata: MultiDict[str, str] | None = None) -> AnyForm | OneForm:
    """Make the form of a question.

    Args:
        step: the question with the options that it offers now.
        formdata: what was posted; None shows an empty form.
    """
    form: AnyForm | OneForm
    form = OneForm(formdata=formdata) if step.question.choose == "one" else AnyForm(formdata=formdata)
    form.offered = frozenset(step.offered)
    return form


def ticked(step: Step, formdata: MultiDict[str, str]) -> Reply:
    """Read what was ticked on a form, whether or not the form is valid.

    Args:
        step: the question with the options that it offers now.
        formdata: what was posted.
    """
    sent = frozenset(formdata.getlist("chosen"))
    unsure = "unsure" in formdata or NOT_SURE in sent
    offered = frozenset(step.offered)
    return Reply(sent & offered, "unknown" if unsure else "denied", offered)


def labels_of(step: Step, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Give the words of each option on a page; a question that asks again uses the plainer ones."""
    labels = {}
    for option_id in step.offered:
        option = vocabulary.options[option_id]
        labels[option_id] = (option.plainer or option.label) if step.question.clarifies else option.label
    return labels
