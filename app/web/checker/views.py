"""The views of the checker: they replay the answers and render what comes next."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from app.checker.answers import Reply
from app.checker.fhir import questionnaire_of, response_of
from app.checker.flow import Flow
from app.web import caching, limiting
from app.web.checker import store
from app.web.checker.boxes import Boxes
from app.web.checker.files import fhir_answer
from app.web.checker.forms import ClearForm, errors_of, labels_of, marks_of, question_form, ticked
from app.web.checker.summary import summary_of
from app.web.headers import opened
from app.web.rendering import public, question_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

    from app.checker.flow import Step
    from app.checker.outcome import Checker, Conflict
    from app.checker.questionnaire import Question
    from app.web.checker.forms import AnyForm, OneForm
    from app.web.checker.store import Stored

    Answer = str | tuple[str, int] | BaseResponse

MOST_SHOWN = 5
RESPONSE_FILE = "nervewise-answers.json"
PUBLIC = ("checker.start", "checker.questionnaire")


def checker_blueprint(checker: Checker) -> Blueprint:
    """Make the blueprint of the checker."""
    blueprint = Blueprint("checker", __name__, url_prefix="/check")
    pages = Pages(checker)
    blueprint.after_request(_keep_private)
    blueprint.add_url_rule("/", "start", caching.public(pages.start))
    blueprint.add_url_rule("/begin/", "begin", pages.begin)
    blueprint.add_url_rule("/answers/", "answers", pages.answers)
    blueprint.add_url_rule("/result/", "result", pages.result)
    blueprint.add_url_rule("/summary/", "summary", pages.summary)
    blueprint.add_url_rule(
        "/questionnaire.json", "questionnaire", opened(caching.public(pages.questionnaire))
    )
    blueprint.add_url_rule("/response.json", "response", pages.response)
    blueprint.add_url_rule("/clear/", "clear", pages.clear, methods=["GET", "POST"])
    blueprint.add_url_rule("/<question_id>/", "question", pages.question, methods=["GET", "POST"])
    return blueprint


def switched_off_blueprint() -> Blueprint:
    """Make the blueprint that stands in the checker's place when it is switched off."""
    blueprint = Blueprint("checker", __name__, url_prefix="/check")

    @blueprint.get("/")
    @caching.public
    def start() -> str:
        return render_template("checker/off.html")

    # Not strict: a redirect for good to the last slash would outlast the time in which the checker is off.
    @blueprint.get("/<path:rest>/", strict_slashes=False)
    def elsewhere(rest: str) -> BaseResponse:
        del rest
        return redirect(url_for("checker.start"), 303)

    return blueprint


class Pages:
    """The pages of the checker over one body of knowledge."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self.vocabulary = checker.library.vocabulary
        self.questions = checker.questionnaire.by_id
        self.boxes = Boxes(checker.questionnaire, self.vocabulary)

    def start(self) -> Answer:
        """Say what the checker does and does not do. No cookie here."""
        expected = self.checker.flow({}).expected
        return render_template("checker/start.html", expected=expected, numbers=self._numbers())

    def begin(self) -> Answer:
        """Start, and go to the first open question."""
        store.begin(_now(), shared=request.args.get("device") == "shared")
        stored = store.read(_now())
        assert stored is not None  # noqa: S101 - it was begun above
        return redirect(self._onward(self.checker.flow(stored.replies)), 303)

    def question(self, question_id: str) -> Answer:
        """Ask a question, or take its reply."""
        if question_id not in self.questions:
            abort(404)
        stored = store.read(_now())
        if request.method == "POST":
            self._check_limit(question_id, stored)
        if stored is None:
            return self._without_answers(question_id)
        flow = self.checker.flow(stored.replies)
        step = flow.step(question_id)
        if step is None:
            return redirect(self._onward(flow, moved=True), 303)
        if request.method == "POST":
            return self._take(step, stored, flow)
        return self._ask(step, stored, flow, moved=request.args.get("moved") == "1")

    def _check_limit(self, question_id: str, stored: Stored | None) -> None:
        """Refuse a reply that is one too many, save one that calls for help at once."""
        refusal = limiting.refusal("step")
        if refusal is None:
            return
        replies = stored.replies if stored else {}
        step = self.checker.flow(replies).step(question_id)
        if step is not None:
            replies = {**replies, question_id: ticked(step, request.form)}
        if not self.checker.flow(replies).stopped:
            raise refusal

    def _take(self, step: Step, stored: Stored, flow: Flow) -> Answer:
        form = question_form(step, request.form)
        if not form.validate():
            expired = bool(form.csrf_token.errors)
            return self._ask(step, stored, flow, form, expired=expired), 400
        reply = form.reply()
        if form.revision.data != stored.revision and not _same(reply, step.reply):
            return self._ask(step, stored, flow, form, other=True), 409
        store.write(step.question.id, reply, self.questions.keys(), _now())
        replies = {**stored.replies, step.question.id: reply}
        return redirect(self._onward(self.checker.flow(replies, flow.before(step.question.id))), 303)

    def _ask(
        self,
        step: Step,
        stored: Stored,
        flow: Flow,
        refused: AnyForm | OneForm | None = None,
        *,
        moved: bool = False,
        expired: bool = False,
        other: bool = False,
    ) -> str:
        marks = marks_of(step.reply) if refused is None else refused.marks()
        before = flow.before(step.question.id)
        number = len(before) + 1
        elsewhere = self._words(step) if other and step.reply is not None else ()
        return render_template(
            "checker/question.html",
            step=step,
            token=generate_csrf(),
            revision=stored.revision,
            errors=() if refused is None else errors_of(refused),
            boxes=self.boxes.draw(step, marks),
            back=question_address(before[-1].question.id) if before else url_for("checker.start"),
            number=number,
            expected=max(flow.expected, number),
            moved=moved,
            expired=expired,
            other=other,
            elsewhere=elsewhere,
        )

    def answers(self) -> Answer:
        """Show every answer, with the way to change it."""
        flow = self._finished()
        if not isinstance(flow, Flow):
            return flow
        rows = [(step.question, self._words(step)) for step in flow.steps]
        return render_template(
            "checker/answers.html",
            rows=rows,
            stopped=flow.stopped,
            conflicts=_with_questions(self.checker.conflicts(flow.answers), flow),
            labels=self.vocabulary.labels,
        )

    def result(self) -> Answer:
        """Show where the answers lead."""
        return self._outcome("checker/result.html")

    def summary(self) -> Answer:
        """Show what to tell a doctor, on one page to print."""
        return self._outcome("checker/summary.html")

    def questionnaire(self) -> Answer:
        """Give the questions to programs."""
        asked = self.checker.questionnaire
        resource = questionnaire_of(asked, self.vocabulary, self.checker.digest, _questionnaire_address())
        return fhir_answer(resource)

    def response(self) -> Answer:
        """Give the answers to keep as a file, for a clinic's software."""
        flow = self._finished()
        if not isinstance(flow, Flow):
            return flow
        resource = response_of(
            flow,
            self.checker.questionnaire,
            self.vocabulary,
            version=self.checker.digest,
            url=_questionnaire_address(),
            authored=_now(),
        )
        return fhir_answer(resource, file_name=RESPONSE_FILE)

    def _finished(self) -> Flow | Answer:
        """Give the way of a visitor who has answered everything, or what to answer to anyone else."""
        stored = store.read(_now())
        if stored is None:
            return self._lost()
        flow = self.checker.flow(stored.replies)
        return flow if flow.next is None else redirect(self._onward(flow, moved=True), 303)

    def _outcome(self, template: str) -> Answer:
        flow = self._finished()
        if not isinstance(flow, Flow):
            return flow
        outcome = self.checker.assess(flow.answers)
        return render_template(
            template,
            outcome=outcome,
            matches=outcome.shown_matches[:MOST_SHOWN],
            conflicts=_with_questions(outcome.conflicts, flow),
            labels=self.vocabulary.labels,
            numbers=self._numbers(),
            summary=summary_of(flow, self.vocabulary),
            now=_now(),
            digest=self.checker.digest,
        )

    def clear(self) -> Answer:
        """Forget all answers; by GET, ask first."""
        form = ClearForm(formdata=request.form)
        if request.method == "POST" and form.validate():
            store.clear()
            return render_template("checker/cleared.html")
        return render_template("checker/clear.html", form=form)

    def _without_answers(self, question_id: str) -> Answer:
        """Answer when the browser sent no answers: cookies are off, or the time is up."""
        if request.method == "GET":
            return self._lost()
        store.begin(_now(), shared=False)
        stored = store.read(_now())
        assert stored is not None  # noqa: S101 - it was begun above
        flow = self.checker.flow(stored.replies)
        step = flow.step(question_id)
        if step is None:
            return self._lost()
        form = question_form(step, request.form)
        form.validate()
        return self._ask(step, stored, flow, form, expired=True), 400

    def _lost(self) -> Answer:
        return render_template("checker/lost.html"), 400

    def _onward(self, flow: Flow, *, moved: bool = False) -> str:
        if flow.next is not None:
            return question_address(flow.next.question.id) + "?moved=1" * moved
        return url_for("checker.result" if flow.stopped else "checker.answers")

    def _words(self, step: Step) -> tuple[str, ...]:
        labels = labels_of(step, self.vocabulary)
        reply = step.reply or Reply()
        words = [labels[option] for option in step.offered if option in reply.chosen]
        if reply.rest == "unknown":
            words.append("Not sure about the rest" if words else "Not sure")
        return tuple(words) or ("None of these",)

    def _numbers(self) -> list[object]:
        return list(self.checker.library.site.emergency_numbers)


def _with_questions(conflicts: Iterable[Conflict], flow: Flow) -> list[tuple[Conflict, Question]]:
    """Give conflicts, each with the last question that asked for one of its options."""
    asked = {option: step.question for step in flow.steps for option in step.offered}
    return [(conflict, asked[conflict.options[-1]]) for conflict in conflicts]


def _same(reply: Reply, other: Reply | None) -> bool:
    """Tell whether two replies say the same."""
    return other is not None and (reply.chosen, reply.rest) == (other.chosen, other.rest)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _questionnaire_address() -> str:
    return public(url_for("checker.questionnaire"))


def _keep_private(response: Response) -> Response:
    if request.endpoint in PUBLIC:
        return response
    return caching.never(response)
