"""A small part of what tests/faults/ sends: strange requests from a seed, none of which is our fault."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from app.web.ready import ReadyPages
from tests.faults.inside import Inside, maker_of
from tests.faults.judging import Answer, Judge
from tests.faults.making import MARK, Made
from tests.faults.wire import broken, on_the_wire

if TYPE_CHECKING:
    from flask import Flask

    from app.checker.outcome import Checker

REQUESTS = 1500


def test_no_strange_request_is_our_fault(app: Flask, checker: Checker) -> None:
    judge = Judge(parsed_each=200)
    application = ReadyPages(app, 20_000_000, app.config["TODAY"])
    maker = maker_of(app, checker, random.Random(20261201))  # noqa: S311 - no secret hangs on it
    Inside(application, maker, judge).run(REQUESTS)
    assert judge.faults == []
    assert sum(judge.counts.values()) == REQUESTS
    assert judge.parsed > 0
    seen = {status for _, _, status in judge.counts}
    assert {200, 303, 400, 404, 405} <= seen


def test_the_same_seed_makes_the_same_requests(app: Flask, checker: Checker) -> None:
    made = []
    for _ in range(2):
        maker = maker_of(app, checker, random.Random(7))  # noqa: S311 - no secret hangs on it
        whole = [maker.request() for _ in range(50)]
        made.append((whole, [broken(maker.random, on_the_wire(one), b"other") for one in whole]))
    assert made[0] == made[1]


def test_the_judge_finds_what_it_looks_for() -> None:
    judge = Judge(parsed_each=1)
    html = {"content-type": "text/html; charset=utf-8"}
    judge.judge(Made("GET", b"/"), Answer(500, "/", html, f"<p>{MARK}".encode()))
    told = "\n".join(judge.faults)
    for fault in ("a fault of the site", "content-security-policy is None", "unescaped", "not well formed"):
        assert fault in told
