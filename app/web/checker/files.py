"""The checker's questions and answers as files for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import make_response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response


def fhir_answer(resource: Mapping[str, Any], file_name: str | None = None) -> Response:
    """Answer with a FHIR resource; with a file name, browsers keep it as a file."""
    response = make_response(json.dumps(resource, ensure_ascii=False))
    response.content_type = "application/fhir+json"
    if file_name is not None:
        response.headers.set("Content-Disposition", "attachment", filename=file_name)
    return response
