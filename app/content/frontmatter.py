"""YAML with line numbers: every value can be told by the line on which it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from app.content.problems import Problem, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The line of each value of a YAML text, by its location."""

    by_location: Mapping[Location, int]

    def at(self, location: Location) -> int:
        """Give the line of a location, or of the nearest thing around it that has one."""
        for length in range(len(location), 0, -1):
            *before, last = location[:length]
            for part in (last, str(last)):
                line = self.by_location.get((*before, part))
                if line is not None:
                    return line
        return self.by_location.get((), 1)


class _Loader(yaml.CSafeLoader):
    """YAML in which yes and no are words, and lists cannot be changed after reading."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own class attribute
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401 - PyYAML's own signature
        """Make a value; what cannot be one, such as 30 February, is told with its place."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, KeyError, AttributeError) as error:
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from error


def _construct_tuple(loader: _Loader, node: yaml.SequenceNode) -> tuple[Any, ...]:
    return tuple(loader.construct_sequence(node, deep=True))


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    return loader.construct_mapping(node, deep=True)


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_constructor("tag:yaml.org,2002:seq", _construct_tuple)
_Loader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)


def parse_yaml(text: str, path: str, first_line: int = 1) -> tuple[Any, Lines, list[Problem]]:
    """Parse a YAML text.

    Args:
        text: the YAML.
        path: the file it is from, for the problems.
        first_line: the line of the file on which the text begins.

    Returns:
        The value (None when it could not be parsed), the lines of its parts, and the problems.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        value = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as error:
        mark: yaml.Mark | None = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        what = getattr(error, "problem", None) or str(error).partition("\n")[0]
        return None, Lines({(): line}), [_syntax(path, line, what)]
    finally:
        loader.dispose()
    if node is None:
        return None, Lines({(): first_line}), []
    lines: dict[Location, int] = {}
    problems = [
        Problem(path, line, Rule.DUPLICATE_KEY, f"the key '{key}' stands twice; keep one")
        for line, key in _walk(node, (), first_line, lines)
    ]
    return value, Lines(lines), problems


def _syntax(path: str, line: int, what: str) -> Problem:
    hint = "quote the text with double quotes if it holds ': ', '#', '[' or '@'"
    return Problem(path, line, Rule.YAML_SYNTAX, f"not valid YAML: {what}; {hint}")


def _walk(
    node: yaml.Node, location: Location, first_line: int, lines: dict[Location, int]
) -> Iterator[tuple[int, str]]:
    """Note the line of every value below a node; yield the line and name of each key that stands twice."""
    lines.setdefault(location, first_line + node.start_mark.line)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = first_line + key.start_mark.line
            name = str(key.value)
            if name in seen:
                yield line, name
            seen.add(name)
            lines[(*location, name)] = line
            yield from _walk(value, (*location, name), first_line, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walk(item, (*location, index), first_line, lines)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The two parts of a content file."""

    fields: Mapping[str, Any]
    lines: Lines
    body: str
    body_line: int


def parse_front_matter(text: str, path: str) -> tuple[FrontMatter | None, list[Problem]]:
    """Part a content file into its front matter and its body.

    Args:
        text: the whole file.
        path: its path, for the problems.

    Returns:
        The parts (None when they cannot be told apart) and the problems.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        how = "the first line must be '---', then the front matter, then '---' again"
        return None, [Problem(path, 1, Rule.NO_FRONT_MATTER, how)]
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        how = "the front matter that begins here is not closed; add a line '---' below it"
        return None, [Problem(path, 1, Rule.UNCLOSED_FRONT_MATTER, how)]
    fields, places, problems = parse_yaml("\n".join(lines[1:end]), path, 2)
    if problems and fields is None:
        return None, problems
    if not isinstance(fields, Mapping):
        how = "the front matter must be lines of 'key: value'"
        return None, [*problems, Problem(path, 2, Rule.YAML_SYNTAX, how)]
    return FrontMatter(fields, places, "\n".join(lines[end + 1 :]), end + 2), problems
