"""schema.org's vocabulary, read from the types that npm's schema-dts draws from it, and a check by it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

TYPES = "tests/browser/npm/node_modules/schema-dts/dist/schema.d.ts"
CONTEXT = "https://schema.org"

_INTERFACE = re.compile(r"^interface (\w+)Base(?: extends ([^{]+))? \{$(.*?)^\}$", re.MULTILINE | re.DOTALL)
_PROPERTY = re.compile(r'^ {4}"(\w+)"\?: SchemaValue<(.+), "\1">;$', re.MULTILINE)
_INSTANCE = re.compile(r'^export interface \w+Leaf extends ([^{]+) \{\s+"@type": "(\w+)";', re.MULTILINE)
_MEMBERS = re.compile(r'^export type (\w+) = ("https://schema\.org/.+);$', re.MULTILINE)


@dataclass(frozen=True)
class Kind:
    """A type: what it is a kind of, and what its own properties may hold."""

    parents: tuple[str, ...]
    properties: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Vocabulary:
    """The types, and the members of those that are a choice of fixed values."""

    kinds: Mapping[str, Kind]
    instances: frozenset[str]
    members: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, file: Path) -> Vocabulary:
        """Read the vocabulary from the package's file of types."""
        text = file.read_text("utf-8")
        kinds = {}
        for name, parents, body in _INTERFACE.findall(text):
            properties = {
                found: frozenset(part.strip() for part in values.split("|"))
                for found, values in _PROPERTY.findall(body)
            }
            kinds[name] = Kind(_bases(parents), properties)
        instances = {name: _bases(parents) for parents, name in _INSTANCE.findall(text)}
        # A type without properties of its own has no interface of its own either.
        kinds |= {name: Kind(parents, {}) for name, parents in instances.items() if name not in kinds}
        members = {
            name: frozenset(re.findall(r'"(?:https://schema\.org/)?(\w+)"', values))
            for name, values in _MEMBERS.findall(text)
        }
        return cls(kinds, frozenset(instances), members)

    @cached_property
    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """Give, for each type, itself and everything that it is a kind of."""
        return {name: frozenset(self._upwards(name)) for name in self.kinds}

    def check(self, node: Mapping[str, Any], where: str = "") -> Iterator[str]:
        """Yield what a node, or one within it, says that the vocabulary does not know."""
        name = node.get("@type")
        where = f"{where}{name}"
        if name not in self.instances:
            yield f"{where}: there is no such type"
            return
        for key, value in node.items():
            if key == "@type":
                continue
            # What a visitor must give to an action is said of the property that takes it.
            allowed = frozenset({"Text"} if self._is_input(name, key) else self._allowed(name, key))
            if not allowed:
                yield f"{where}.{key}: there is no such property of it"
            values = value if isinstance(value, list) else [value]
            if not values:
                yield f"{where}.{key} is empty"
            for one in values:
                yield from self._check_value(one, allowed, f"{where}.{key}")

    def _upwards(self, name: str) -> Iterator[str]:
        yield name
        for parent in self.kinds[name].parents:
            yield from self._upwards(parent)

    def _is_input(self, name: str, key: str) -> bool:
        taker, _, rest = key.partition("-")
        return rest == "input" and bool(self._allowed(name, taker))

    def _allowed(self, name: str, key: str) -> frozenset[str]:
        return frozenset().union(
            *(self.kinds[one].properties.get(key, frozenset()) for one in self.ancestors[name])
        )

    def _check_value(self, value: object, allowed: frozenset[str], where: str) -> Iterator[str]:
        if isinstance(value, dict) and value.keys() == {"@id"}:
            if "IdReference" not in allowed or not _is_url(value["@id"]):
                yield f"{where} may not refer to '{value['@id']}'"
        elif isinstance(value, dict):
            yield from self.check(value, f"{where}: ")
            if not self.ancestors.get(value.get("@type", ""), frozenset()) & allowed:
                yield f"{where} may not be a {value.get('@type')}; it may be {sorted(allowed)}"
        elif isinstance(value, str):
            members = frozenset().union(*(self.members.get(one, frozenset()) for one in allowed))
            fits = any(_READS_AS[one](value) for one in allowed & _READS_AS.keys())
            if not fits and value.removeprefix(f"{CONTEXT}/") not in members:
                yield f"{where} may not be '{value}'; it may be {sorted(allowed)}"
        elif isinstance(value, bool) or not isinstance(value, int) or not allowed & {"Integer", "Number"}:
            yield f"{where} may not be {value!r}; it may be {sorted(allowed)}"


def _bases(parents: str) -> tuple[str, ...]:
    return tuple(re.findall(r"(\w+)Base\b", parents))


def _is_date(value: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)) and bool(datetime.date.fromisoformat(value))


def _is_url(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"\s", value)


_READS_AS: Mapping[str, Callable[[str], bool]] = {
    "Text": bool,
    "URL": _is_url,
    "Date": _is_date,
    "DateTime": _is_date,
}
