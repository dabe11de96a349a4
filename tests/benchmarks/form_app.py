"""The smallest form of several pages with Flask-WTF: a step of the symptom checker is measured against it.

It does what a step cannot do without: a signed session cookie, a CSRF token, one field whose options are
checked, a redirect, and the next page drawn by a Jinja template. The dots are written out by the template,
which takes a quarter of the time that WTForms takes to draw them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, redirect, render_template, session, url_for
from flask_wtf import FlaskForm
from jinja2 import DictLoader
from wtforms import RadioField
from wtforms.validators import InputRequired

QUESTIONS = 14
OPTIONS = 19
"""As many as the checker has questions and, on average, options on the way that is measured."""

PAGE = """<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>Question {{ number }}</title></head>
  <body>
    <h1>Question {{ number }}</h1>
    <form method="post" action="{{ url_for('question', number=number) }}">
      {{ form.csrf_token }}
      {% for error in form.chosen.errors %}<p>{{ error }}</p>{% endfor %}
      {% for value, label in form.chosen.choices %}
        <p>
          <input type="radio" name="chosen" value="{{ value }}" id="{{ value }}">
          <label for="{{ value }}">{{ label }}</label>
        </p>
      {% endfor %}
      <button type="submit">Continue</button>
    </form>
  </body>
</html>
"""


if TYPE_CHECKING:
    from werkzeug.wrappers import Response


class QuestionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """One question with one answer."""

    chosen = RadioField(
        choices=[(f"option-{number}", f"Answer number {number}") for number in range(OPTIONS)],
        validators=[InputRequired()],
    )


def make_application() -> Flask:
    """Make the application."""
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "only for measuring"  # noqa: S105 - it guards nothing

    app.jinja_loader = DictLoader({"question.html": PAGE})

    @app.get("/")
    def begin() -> Response:
        session["answers"] = {}
        return redirect(url_for("question", number=1), 303)

    @app.route("/question/<int:number>/", methods=["GET", "POST"])
    def question(number: int) -> str | Response:
        form = QuestionForm()
        if form.validate_on_submit():
            session["answers"] = {**session["answers"], str(number): form.chosen.data}
            onward = url_for("question", number=number + 1) if number < QUESTIONS else url_for("end")
            return redirect(onward, 303)
        return render_template("question.html", form=form, number=number)

    @app.get("/end/")
    def end() -> dict[str, str]:
        answers: dict[str, str] = session["answers"]
        return answers

    return app
