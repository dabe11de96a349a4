"""Models of the content <-> bytes, small and quick to read; what holds no model of the content is refused.

Values are pickled, since nothing else makes thousands of pages in a second. Reading is narrowed to the
classes of `app.content`, and to dates: bytes that name anything else are refused, so that nothing can be run
by them. Names by which files refer to each other are shared among all that is read: pages repeat them often.
"""

from __future__ import annotations

import datetime
import functools
import importlib
import io
import pickle
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.content.keys import Key
from app.content.vocabulary import Model

if TYPE_CHECKING:
    from collections.abc import Mapping


class PackingError(Exception):
    """These bytes are no packed value of the content."""


def pack(value: object) -> bytes:
    """Give a model, or anything made of models, as bytes."""
    packed = io.BytesIO()
    _Packer(packed, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return packed.getvalue()


def unpack(packed: bytes) -> Any:  # noqa: ANN401 - what was packed
    """Give what was packed.

    Raises:
        PackingError: the bytes are something else.
    """
    try:
        return _Unpacker(io.BytesIO(packed)).load()
    except Exception as error:
        # What broken bytes lead to is any error at all.
        raise PackingError(str(error)) from error


class _Packer(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - pickle's own protocol
        """Tell how a value is made anew."""
        if isinstance(value, Model):
            held = vars(value)
            return _model, (type(value), tuple(held[name] for name in type(value).model_fields))
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, field.name) for field in fields(value))
        if isinstance(value, Key):
            return _key, (type(value), str(value))
        if isinstance(value, MappingProxyType):
            return _mapping, (dict(value),)
        return NotImplemented


class _Unpacker(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's own protocol
        """Give a class of the content, and nothing else."""
        return _class(module, name)


@functools.cache
def _class(module: str, name: str) -> Any:  # noqa: ANN401 - pickle's own protocol
    if (module, name) in _OTHERS:
        return _OTHERS[module, name]
    if module.startswith("app.content.") and name.isidentifier():
        found = getattr(importlib.import_module(module), name, None)
        if isinstance(found, type) and found.__module__ == module:
            return found
    raise PackingError(f"{module}.{name} is no part of the content")


def _model(model: type[Model], values: tuple[object, ...]) -> Model:
    """Make a model of values that were validated before they were packed."""
    made = model.__new__(model)
    names = model.__pydantic_fields__
    object.__setattr__(made, "__dict__", dict(zip(names, values, strict=True)))
    object.__setattr__(made, "__pydantic_fields_set__", _given.setdefault(model, set(names)))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


@functools.cache
def _key(kind: type[Key], name: str) -> Key:
    return kind(name)


def _mapping(items: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(items)


_given: dict[type[Model], set[str]] = {}
_OTHERS = {
    ("datetime", "date"): datetime.date,
    **{(one.__module__, one.__qualname__): one for one in (_model, _key, _mapping)},
}
