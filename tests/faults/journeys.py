"""Visitors of the checker who answer at random, and whose forms and cookies are tampered with on the way."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.faults.judging import Answer, inputs_in, plain
from tests.faults.making import FIELDS, Made

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.faults.making import Maker

    Journey = Generator[Made, Answer, None]

FORM = "application/x-www-form-urlencoded"
PLACES = ("answers/", "result/", "summary/", "response.json", "clear/", "begin/", "nowhere/", "")
LONGEST = 30
TAMPERED_COOKIES = 0.06
TAMPERED_FORMS = 0.25


def journey(maker: Maker) -> Journey:
    """Go through the checker: yields requests, and is sent the answers to them."""
    random = maker.random
    cookie, target = "", b"/check/begin/" + random.choice((b"", b"?device=shared", b"?" + maker.query()))
    answer = yield Made("GET", target)
    for _ in range(LONGEST):
        if answer.cookie is not None:
            cookie = answer.cookie
        sent = tampered(maker, cookie) if random.random() < TAMPERED_COOKIES else cookie
        headers = (("Cookie", f"nervewise={sent}"),)
        if "location" in answer.headers:
            target = answer.headers["location"].encode("latin-1", "replace")
            answer = yield Made("GET", target, headers)
        elif random.random() < 0.1:
            place = random.choice(PLACES).encode() + random.choice((b"", b"", b"?" + maker.query()))
            target = b"/check/" + place
            answer = yield Made("GET", target, headers)
        elif fields := _fields(answer):
            body = _reply(maker, fields)
            kind = (("Content-Type", FORM), ("Content-Length", str(len(body))))
            answer = yield Made("POST", target.partition(b"?")[0], (*headers, *kind), body)
        else:
            return


def _fields(answer: Answer) -> list[dict[str, str]]:
    page = plain(answer.headers.get("content-encoding", ""), answer.body)
    return [one for one in inputs_in(page) if one.get("name") in FIELDS]


def _reply(maker: Maker, fields: list[dict[str, str]]) -> bytes:
    random = maker.random
    sent = [(one["name"], one.get("value", "")) for one in fields if one.get("type") == "hidden"]
    offered = [(one["name"], one.get("value", "y")) for one in fields if one.get("type") != "hidden"]
    ticks = [one for one in offered if one[0] == "chosen"]
    others = [one for one in offered if one[0] != "chosen"]
    # Mostly nothing, so that the way is long: danger ends it.
    if any(one.get("type") == "radio" for one in fields):
        sent += [random.choice(ticks)]
    elif random.random() < 0.7 and others:
        sent += [random.choice(others)]
    elif ticks:
        sent += random.sample(ticks, random.randrange(1, min(4, len(ticks)) + 1))
    if random.random() < TAMPERED_FORMS:
        at = random.randrange(len(sent) + 1)
        sent[at : at + random.randrange(2)] = [(random.choice((*FIELDS, maker.text())), maker.text())]
    pairs = [(name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in sent]
    return urlencode(pairs).encode()


def tampered(maker: Maker, cookie: str) -> str:
    """Give a cookie that the site did not make: a changed, a cut, a forged one, or none."""
    random = maker.random
    at = random.randrange(len(cookie) + 1)
    forged = base64.urlsafe_b64encode(json.dumps({"replies": random.choice(({}, [], "x"))}).encode()).decode()
    return random.choice(
        (
            cookie[:at],
            cookie[:at] + random.choice("Aa0-_.") + cookie[at + 1 :],
            cookie + ".x",
            "." + cookie,
            cookie.partition(".")[0],
            f"{forged.rstrip('=')}.{'.'.join(cookie.split('.')[1:])}",
            forged,
            "",
        )
    )
