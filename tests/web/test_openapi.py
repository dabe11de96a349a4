"""The description of the open JSON, held against what is answered: schemathesis makes requests from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from flask import request
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok

if TYPE_CHECKING:
    from flask import Flask, Response

    from tests.web.conftest import MakeApp

DOCUMENT = "/api/openapi.json"
# The answers hang on nothing that is asked, save on the slug.
FEW = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def try_all(app: Flask) -> None:
    """Make requests for everything that the document promises.

    Raises:
        FailureGroup: an answer is not as the document says.
    """
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, app)
    operations = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    assert len(operations) == len(app.test_client().get(DOCUMENT).get_json()["paths"])
    for operation in operations:

        @FEW
        @given(operation.as_strategy())
        def as_promised(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate()

        as_promised()


def test_every_answer_is_as_the_document_says(app: Flask) -> None:
    try_all(app)


def test_an_answer_that_lacks_something_would_be_seen(make_app: MakeApp) -> None:
    site = make_app()

    @site.after_request
    def leave_out(response: Response) -> Response:
        if request.path == "/glossary/index.json":
            response.set_data(json.dumps({"version": 1}))
        return response

    with pytest.raises(FailureGroup, match="is a required property"):
        try_all(site)
