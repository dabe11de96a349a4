"""The answers of one visitor, kept in the signed session cookie of path /check and nowhere else."""

from __future__ import annotations

import datetime
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import session
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature

from app.checker.answers import Reply, Rest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flask import Flask, Request
    from flask.sessions import SecureCookieSession, SessionMixin

# Longer than 20 hours, so that nobody must be warned of a time limit (WCAG 2.2, 2.2.1).
LONGEST = datetime.timedelta(hours=24)
LONGEST_SHARED = datetime.timedelta(minutes=30)
_REST: Mapping[str, Rest] = {"d": "denied", "u": "unknown"}
_STORED = {"denied": "d", "unknown": "u"}


class PlainJson(TaggedJSONSerializer):
    """How the cookie is written: what the site puts there is plain JSON, which needs none of Flask's tags."""

    def dumps(self, value: Any) -> str:  # noqa: ANN401 - as Flask has it
        """Write what the session holds."""
        return json.dumps(value, separators=(",", ":"))

    def loads(self, value: str) -> Any:  # noqa: ANN401 - whatever the cookie held
        """Read what the session holds."""
        return json.loads(value)


class SessionInterface(SecureCookieSessionInterface):
    """Flask's own sessions, whose cookie a shared device drops after half an hour."""

    serializer = PlainJson()

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie; how old it may be is seen to by `read`.

        Flask's own refuses a cookie that was signed a second ahead of this machine's clock, as another
        machine that serves the site may do: the visitor's answers would be lost.
        """
        serializer = self.get_signing_serializer(app)
        assert serializer is not None  # noqa: S101 - no site is made without a secret
        try:
            return self.session_class(serializer.loads(request.cookies.get(self.get_cookie_name(app), "")))
        except BadSignature:
            return self.session_class()

    def get_expiration_time(self, app: Flask, session: SessionMixin) -> datetime.datetime | None:
        """Give the end of the cookie: on a shared device soon, elsewhere when the browser closes."""
        del app
        if session.get("shared"):
            return datetime.datetime.now(datetime.UTC) + LONGEST_SHARED
        return None


@dataclass(frozen=True, slots=True)
class Stored:
    """What the cookie holds: the replies, and the revision that forms are made from."""

    replies: Mapping[str, Reply]
    revision: str
    shared: bool


def begin(now: datetime.datetime, *, shared: bool) -> None:
    """Start a session, or go on with one that is still good; whether the device is shared is taken anew."""
    if read(now) is None:
        session.clear()
        session["replies"] = {}
        session["revision"] = _new_revision()
        session["began"] = _seconds(now)
    session["shared"] = shared
    session["seen"] = _seconds(now)


def read(now: datetime.datetime) -> Stored | None:
    """Read the answers; None when there are none, or when their time is up."""
    replies = session.get("replies")
    revision = session.get("revision")
    if not isinstance(replies, dict) or not isinstance(revision, str):
        return None
    shared = bool(session.get("shared"))
    since = session.get("seen" if shared else "began")
    longest = LONGEST_SHARED if shared else LONGEST
    if not isinstance(since, int) or _seconds(now) - since > longest.total_seconds():
        session.clear()
        return None
    return Stored({key: _reply(value) for key, value in replies.items()}, revision, shared)


def write(question_id: str, reply: Reply, asked: Collection[str], now: datetime.datetime) -> None:
    """Keep a reply.

    Args:
        question_id: the question it answers.
        reply: what was ticked.
        asked: the questions that exist; replies to others, from an older version of the site, are dropped.
        now: the time.
    """
    replies: dict[str, Any] = {key: value for key, value in session["replies"].items() if key in asked}
    others = (reply.offered or frozenset()) - reply.chosen
    replies[question_id] = [_STORED[reply.rest], sorted(reply.chosen), sorted(others)]
    session["replies"] = replies
    session["revision"] = _new_revision()
    session["seen"] = _seconds(now)


def clear() -> None:
    """Forget everything; the cookie goes with it."""
    session.clear()


def _reply(value: Any) -> Reply:  # noqa: ANN401 - whatever the cookie held
    rest, chosen, others = value
    return Reply(frozenset(chosen), _REST[rest], frozenset((*chosen, *others)))


def _new_revision() -> str:
    return secrets.token_hex(4)


def _seconds(now: datetime.datetime) -> int:
    return int(now.timestamp())
