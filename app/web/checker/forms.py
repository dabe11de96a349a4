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
    from wtforms.csrf.core import CSRFTokenField

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


class CheckedToken(FlaskForm.Meta.csrf_class):  # type: ignore[misc]  # likewise
    """Flask-WTF's token as it comes with a reply: checked alike, but no new one is made.

    A reply is mostly followed by a redirect; a page makes its token when it is drawn.
    """

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> None:
        """Make none."""


class ReplyForm(FlaskForm):  # type: ignore[misc]  # likewise
    """What a visitor sends in reply to a question; the page itself is drawn by its template."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # likewise
        """How the form is checked."""

        csrf_class = CheckedToken

    revision = HiddenField()
    offered: frozenset[str]


class AnyForm(ReplyForm):
    """A question of which any number of options may be ticked."""

    # They are checked below, against what this visitor is offered.
    chosen = SelectMultipleField(choices=[], validate_choice=False)
    none = BooleanField("None of these")
    unsure = BooleanField("Not sure about the rest")

    def reply(self) -> Reply:
        """Give the reply that a valid form holds."""
        rest: Rest = "unknown" if self.unsure.data else "denied"
        return Reply(frozenset(self.chosen.data), rest, self.offered)

    def marks(self) -> Marks:
        """Give what is ticked on the page."""
        return Marks(frozenset(self.chosen.data or ()), self.none.data, self.unsure.data)

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


class OneForm(ReplyForm):
    """A question with one answer."""

    chosen = RadioField(choices=[], validate_choice=False)

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

    def validate_chosen(self, field: RadioField) -> None:
        """Take one of what is offered."""
        if field.data is None:
            raise ValidationError("Pick one answer, or 'Not sure'.")
        if field.data != NOT_SURE and field.data not in self.offered:
            raise ValidationError("That answer is not one of those on this page. Pick one of these.")


def question_form(step: Step, formdata: MultiDict[str, str]) -> AnyForm | OneForm:
    """Make the form of a question.

    Args:
        step: the question with the options that it offers now.
        formdata: what was posted.
    """
    form: AnyForm | OneForm
    form = OneForm(formdata=formdata) if step.question.choose == "one" else AnyForm(formdata=formdata)
    form.offered = frozenset(step.offered)
    return form


def marks_of(reply: Reply | None) -> Marks:
    """Give what is ticked on a page that shows a reply which was taken, if there is one."""
    if reply is None:
        return NOTHING
    unsure = reply.rest == "unknown"
    return Marks(reply.chosen, denied=not reply.chosen and not unsure, unsure=unsure)


def errors_of(form: AnyForm | OneForm) -> tuple[tuple[str, str], ...]:
    """Give what is wrong with the ticks of a form that was checked, each with the box that it is about."""
    boxes = (("chosen", "chosen-1"), ("none", "none"))
    return tuple((box, form[name].errors[0]) for name, box in boxes if name in form and form[name].errors)


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
