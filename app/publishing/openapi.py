"""The description of the open JSON by OpenAPI 3.1, drawn from the models that make the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from app.publishing.records import LICENCE, VERSION, Published, Record, WithdrawnRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

JSON = "application/json"
PROBLEM = "application/problem+json"
SCHEMA = "#/components/schemas/{model}"


class ProblemRecord(Record):
    """Why there is no answer (RFC 9457)."""

    title: str
    status: int
    detail: str


@dataclass(frozen=True, slots=True)
class File:
    """A file, or one for each page of a kind, that the site offers to programs.

    Attributes:
        path: where it is, with `{slug}` in it where there is one file a page.
        title: what it is called.
        description: what stands in it.
        shape: the model of the answer; None where another standard describes it.
        media_type: the type of the answer.
        slugs: the pages that have one.
    """

    path: str
    title: str
    description: str
    shape: type[Published] | None
    media_type: str = JSON
    slugs: tuple[str, ...] = ()


def describe_api(server: str, description: str, files: Sequence[File]) -> dict[str, Any]:
    """Give the OpenAPI document.

    Args:
        server: the address of the site, without a slash at its end.
        description: what the whole is.
        files: every file that is offered.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Nervewise open JSON",
            "version": str(VERSION),
            "description": description,
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": server}],
        "paths": {file.path: {"get": _operation(file)} for file in files},
        "components": {"schemas": _schemas(file.shape for file in files)},
    }


def _operation(file: File) -> dict[str, Any]:
    answers = {"200": _answer("The file.", file.shape, file.media_type)}
    operation: dict[str, Any] = {
        "summary": file.title,
        "description": file.description,
        "responses": answers,
    }
    if file.slugs:
        slug = {"type": "string", "enum": list(file.slugs)}
        operation["parameters"] = [{"name": "slug", "in": "path", "required": True, "schema": slug}]
        answers["404"] = _answer("There is no such page.", ProblemRecord, PROBLEM)
        answers["410"] = _answer("The page was withdrawn.", WithdrawnRecord, JSON)
    return operation


def _answer(description: str, shape: type[Record] | None, media_type: str) -> dict[str, Any]:
    schema = {"$ref": SCHEMA.format(model=shape.__name__)} if shape else {"type": "object"}
    headers = {"Access-Control-Allow-Origin": {"schema": {"const": "*"}}}
    return {"description": description, "headers": headers, "content": {media_type: {"schema": schema}}}


def _schemas(shapes: Iterable[type[Published] | None]) -> dict[str, Any]:
    models = {shape for shape in (*shapes, ProblemRecord, WithdrawnRecord) if shape}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schema = models_json_schema([(model, "serialization") for model in ordered], ref_template=SCHEMA)
    definitions: dict[str, Any] = schema["$defs"]
    return definitions
