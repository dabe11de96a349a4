"""One file -> one model, or the problems that stand in the way."""

from __future__ import annotations

import difflib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from app.content.body import parse_body
from app.content.frontmatter import Lines, Location, parse_front_matter, parse_yaml
from app.content.mentions import mentions_in
from app.content.pages import Page
from app.content.problems import Problem, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

T = TypeVar("T")
P = TypeVar("P", bound=Page)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FROM_THE_FILE = ("slug", "path", "body", "mentions")
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffe\uffff]")


def read_text(file: Path, path: str) -> tuple[str | None, list[Problem]]:
    """Read a file as UTF-8 text with plain line ends.

    Returns:
        The text (None when it is no text) and the problems.
    """
    raw, problems = read_bytes(file, path)
    return (None, problems) if raw is None else parse_text(raw, path)


def read_bytes(file: Path, path: str) -> tuple[bytes | None, list[Problem]]:
    """Read a file that is needed.

    Returns:
        Its bytes (None when it is not there) and the problems.
    """
    try:
        return file.read_bytes(), []
    except FileNotFoundError:
        return None, [Problem(path, 1, Rule.MISSING_FILE, "this file is needed and is not there")]
    except OSError as error:
        return None, [Problem(path, 1, Rule.MISSING_FILE, f"this file cannot be read: {error.strerror}")]


def parse_text(raw: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Give the bytes of a file as text with plain line ends.

    Returns:
        The text (None when it is no text) and the problems.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, [Problem(path, line, Rule.NOT_PLAIN_TEXT, "not UTF-8; save the file as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = _NOT_TEXT.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        how = f"the control character U+{ord(bad.group()):04X} stands here; take it out"
        return None, [Problem(path, line, Rule.NOT_PLAIN_TEXT, how)]
    return text, []


def read_yaml(file: Path, path: str, model: type[T]) -> tuple[T | None, Lines, list[Problem]]:
    """Read a YAML file into a model.

    Returns:
        The model (None when the file does not fit it), the lines of its parts, and the problems.
    """
    raw, problems = read_bytes(file, path)
    return (None, Lines({}), problems) if raw is None else parse_whole(raw, path, model)


def parse_whole(raw: bytes, path: str, model: type[T]) -> tuple[T | None, Lines, list[Problem]]:
    """Make a model of the bytes of a YAML file.

    Returns:
        The model (None when the file does not fit it), the lines of its parts, and the problems.
    """
    text, problems = parse_text(raw, path)
    if text is None:
        return None, Lines({}), problems
    value, lines, problems = parse_yaml(text, path)
    if problems and value is None:
        return None, lines, problems
    try:
        return TypeAdapter(model).validate_python(value), lines, problems
    except ValidationError as error:
        return None, lines, [*problems, *_told(error, path, lines, getattr(model, "model_fields", ()))]


def parse_page(raw: bytes, path: str, page_type: type[P]) -> tuple[P | None, Lines, list[Problem]]:
    """Make a page of the bytes of its file: Markdown with front matter.

    Args:
        raw: the bytes.
        path: the file, whose name is the page's address.
        page_type: the kind of the page.

    Returns:
        The page (None when its front matter does not fit), the lines of its front matter, and the problems.
    """
    text, problems = parse_text(raw, path)
    if text is None:
        return None, Lines({}), problems
    file = PurePosixPath(path)
    slug = file.stem
    if not SLUG.fullmatch(slug):
        how = f"the file name '{file.name}' is the page's address: use lower-case letters, digits and hyphens"
        problems.append(Problem(path, 1, Rule.BAD_FILE_NAME, how))
    front, found = parse_front_matter(text, path)
    problems += found
    if front is None:
        return None, Lines({}), problems
    body, found = parse_body(front.body, path, front.body_line)
    problems += found
    fields = dict(front.fields)
    for name in _FROM_THE_FILE:
        if fields.pop(name, None) is not None:
            how = f"'{name}' is known from the file itself; take it out"
            problems.append(Problem(path, front.lines.at((name,)), Rule.UNKNOWN_KEY, how))
    try:
        page = page_type.model_validate({**fields, "slug": slug, "path": path, "body": body})
    except ValidationError as error:
        return None, front.lines, [*problems, *_told(error, path, front.lines, page_type.model_fields)]
    return page.model_copy(update={"mentions": mentions_in(page)}), front.lines, problems


def _told(error: ValidationError, path: str, lines: Lines, known: Iterable[str]) -> Iterator[Problem]:
    """Tell a model's errors as problems; `known` are the keys that it has."""
    keys = tuple(known)
    for detail in error.errors(include_url=False, include_context=False):
        yield _problem(detail, path, lines, keys)


def _problem(detail: ErrorDetails, path: str, lines: Lines, known: tuple[str, ...]) -> Problem:
    location = detail["loc"]
    line = lines.at(location)
    name = _spelt(location, lines.by_location, tail=detail["type"] in ("missing", "invalid_key"))
    if detail["type"] == "missing":
        return Problem(path, line, Rule.MISSING_KEY, f"'{name}' is missing; add it")
    if detail["type"] == "extra_forbidden":
        how = f"there is no key '{name}' here{did_you_mean(str(location[-1]), known)}"
        return Problem(path, line, Rule.UNKNOWN_KEY, how)
    message = detail["msg"].removeprefix("Value error, ")
    return Problem(path, line, Rule.BAD_VALUE, f"'{name}': {message}" if name else message)


def _spelt(location: Location, known: Mapping[Location, int], *, tail: bool) -> str:
    """Give a location as an editor would say it, without the model's own inner names.

    `tail` says that the last part is the editor's own too, though the file has no such key.
    """
    parts: list[str] = []
    for length, part in enumerate(location, 1):
        if location[:length] in known or (tail and length == len(location)):
            is_item = isinstance(part, int) and location[:length] in known
            parts.append(f"item {int(part) + 1}" if is_item else str(part))
    return " > ".join(parts)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give the words '; did you mean …?' when something known is near, else '; use one that is there'."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean '{near[0]}'?" if near else "; use one that is there"
