"""The forms of the checker, made from the questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.checker.answers import Reply, Rest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.datastructures import MultiDict

    from app.checker.flow import Step
    from app.content.vocabulary import Vocabulary

NOT_SURE = "not-sure"


class ClearForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The button that forgets all answers."""


class AnyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A question of which any number of options may be ticked."""

    offered: frozenset[str]
    revision = HiddenField()
    none = BooleanField("None of these")
    unsure = BooleanField("Not sure about the rest")

    def reply(self) -> Reply:
        """Give the reply that a valid form holds."""
        rest: Rest = "unknown" if self.unsure.data else "denied"
        return Reply(frozenset(self.chosen.data), rest, self.offered)

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
        """Ask for at least one tick."""
        if not field.data and not self.none.data and not self.unsure.data:
            raise ValidationError("Tick what fits, or tick 'None of these' or 'Not sure about the rest'.")


class OneForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A question with one answer."""

    offered: frozenset[str]
    revision = HiddenField()

    def reply(self) -> Reply:
        """Give the reply that a valid form holds."""
        if self.chosen.data == NOT_SURE:
            return Reply(rest="unknown", offered=self.offered)
        return Reply(frozenset([self.chosen.data]), offered=self.offered)

    def fill(self, reply: Reply) -> None:
        """Show a reply that was given before."""
        self.chosen.data = next(iter(sorted(reply.chosen)), NOT_SURE if reply.rest == "unknown" else None)


def question_form(
    step: Step, vocabulary: Vocabulary, formdata: MultiDict[str, str] | None = None
) -> AnyForm | OneForm:
    """Make the form of a question.

    Args:
        step: the question with the options that it offers now.
        vocabulary: the words of the options.
        formdata: what was posted; None shows an empty form.
    """
    labels = labels_of(step, vocabulary)
    choices = [SelectChoice(option, label) for option, label in labels.items()]
    form: AnyForm | OneForm
    if step.question.choose == "one":
        known = _is_one_of(frozenset((*labels, NOT_SURE)))
        form = _one(RadioField(choices=choices, validators=[known], validate_choice=False), formdata)
    else:
        known = _are_among(frozenset(labels))
        form = _any(SelectMultipleField(choices=choices, validators=[known], validate_choice=False), formdata)
    form.offered = frozenset(labels)
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


def _any(field: SelectMultipleField, formdata: MultiDict[str, str] | None) -> AnyForm:
    class QuestionForm(AnyForm):
        chosen = field

    return QuestionForm(formdata=formdata)


def _one(field: RadioField, formdata: MultiDict[str, str] | None) -> OneForm:
    class QuestionForm(OneForm):
        chosen = field

    return QuestionForm(formdata=formdata)


def _is_one_of(offered: frozenset[str]) -> Callable[[FlaskForm, RadioField], None]:
    def validate(_form: FlaskForm, field: RadioField) -> None:
        if field.data is None:
            raise ValidationError("Pick one answer, or 'Not sure'.")
        if field.data not in offered:
            raise ValidationError("That answer is not one of those on this page. Pick one of these.")

    return validate


def _are_among(offered: frozenset[str]) -> Callable[[FlaskForm, SelectMultipleField], None]:
    def validate(_form: FlaskForm, field: SelectMultipleField) -> None:
        if not offered.issuperset(field.data):
            field.data = [value for value in field.data if value in offered]
            raise ValidationError("Something was ticked that is not on this page. Check your ticks.")

    return validate
