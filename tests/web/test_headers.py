"""The headers of every answer, files and faults too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.web.headers import HEADERS
from tests.web.client import Client

if TYPE_CHECKING:
    from tests.web.conftest import MakeApp

ANSWERS = pytest.mark.parametrize(
    ("address", "status"),
    [("/", 200), ("/causes", 308), ("/nowhere/", 404), ("/healthz", 200), ("/check/", 200)],
)


@ANSWERS
def test_every_answer_carries_the_headers(client: Client, address: str, status: int) -> None:
    headers = client.get(address, status=status).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "Strict-Transport-Security" not in headers


@ANSWERS
def test_a_site_behind_tls_asks_browsers_to_stay_there(make_app: MakeApp, address: str, status: int) -> None:
    answer = Client(make_app(tls=True)).get(address, status=status)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
