"""A visitor who goes through the checker by its forms, as a browser would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.checker.answers import Reply
from tests.web.pages import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tests.web.client import Answer, Client

NOT_SURE = "not-sure"
LONGEST_WALK = 20


@dataclass(frozen=True)
class Form:
    """A question as it stands on a page: what it offers, what is ticked, and what it carries unseen."""

    question: str
    choose_one: bool
    offered: tuple[str, ...]
    ticked: frozenset[str]
    none: bool
    unsure: bool
    hidden: Mapping[str, str]

    def data(self, reply: Reply) -> dict[str, str | list[str]]:
        """Give what a browser sends when a visitor ticks a reply and presses the button."""
        sent: dict[str, str | list[str]] = dict(self.hidden)
        sent["chosen"] = sorted(reply.chosen)
        if reply.rest == "unknown" and self.choose_one:
            sent["chosen"] = [NOT_SURE]
        elif reply.rest == "unknown":
            sent["unsure"] = "y"
        elif not reply.chosen and not self.choose_one:
            sent["none"] = "y"
        return sent

    def reply_of(self, wanted: Collection[str], unsure_at: Collection[str] = ()) -> Reply:
        """Give the reply of someone to whom some options apply, and who is sure of the rest or not."""
        chosen = frozenset(wanted).intersection(self.offered)
        unsure = self.question in unsure_at or (self.choose_one and not chosen)
        return Reply(chosen, "unknown" if unsure else "denied")


def form_on(answer: Answer) -> Form:
    """Read the question of a page."""
    page = answer.page
    (form,) = [one for one in page.all("form") if one.get("method") == "post"]
    inputs = list(form.iter("input"))
    options = [one for one in inputs if one.get("name") == "chosen" and one.get("value") != NOT_SURE]
    checked = [one for one in inputs if "checked" in one.attrib]
    return Form(
        question=form.attrib["action"].split("/")[-2],
        choose_one=any(one.get("type") == "radio" for one in inputs),
        offered=tuple(one.attrib["value"] for one in options),
        ticked=frozenset(one.attrib["value"] for one in checked if one in options),
        none=any(one.get("id") == "none" for one in checked),
        unsure=any(one.get("id") in ("unsure", NOT_SURE) for one in checked),
        hidden={one.attrib["name"]: one.attrib["value"] for one in inputs if one.get("type") == "hidden"},
    )


def errors_on(answer: Answer) -> list[str]:
    """Give the errors that stand at the top of a form; each must stand beside its field too."""
    beside = {words_of(one) for one in answer.page.all("p", class_="field-error")}
    at_top = [words_of(one) for one in answer.page.all("a", within="error-summary")]
    assert beside == ({" ".join(at_top)} if at_top else set())
    return at_top


def notice_on(answer: Answer) -> str:
    """Give the words of the note above a form; nothing when there is none."""
    return " ".join(words_of(one) for one in answer.page.all("div", class_="notice"))


@dataclass
class Visitor:
    """Someone with a browser."""

    client: Client

    def begin(self, *, shared: bool = False) -> Answer:
        """Start; give the page that comes first."""
        return self.follow(self.client.get(f"/check/begin/{'?device=shared' * shared}", status=303))

    def at(self, place: str) -> Answer:
        """Look at a page of the checker."""
        return self.client.get(f"/check/{place}/")

    def post(self, form: Form, reply: Reply, status: int = 303, **changed: str | list[str]) -> Answer:
        """Send a form with a reply; `changed` fields are sent otherwise than a browser would."""
        data = {**form.data(reply), **changed}
        return self.client.post(f"/check/{form.question}/", status=status, data=data)

    def follow(self, answer: Answer) -> Answer:
        """Go where a redirect leads."""
        return self.client.get(answer.location)

    def walk(
        self, wanted: Iterable[str], unsure_at: Collection[str] = (), until: str | None = None
    ) -> tuple[dict[str, Reply], Answer]:
        """Start, and answer every question that is asked.

        Args:
            wanted: the options that apply; everything else is denied.
            unsure_at: the questions of which the visitor is not sure about the rest.
            until: the question to stop before.

        Returns:
            The replies by question, and the page at the end: the answers, a result, or that question.
        """
        wanted = frozenset(wanted)
        replies: dict[str, Reply] = {}
        answer = self.begin()
        while answer.path.split("/")[2] not in ("answers", "result", until):
            assert len(replies) <= LONGEST_WALK
            form = form_on(answer)
            replies[form.question] = form.reply_of(wanted, unsure_at)
            answer = self.follow(self.post(form, replies[form.question]))
        return replies, answer

    def form_of(self, question: str) -> Form:
        """Open a question and read its form."""
        return form_on(self.at(question))
