"""The tries by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TRIES: Mapping[str, Callable[[], list[str]]] = MappingProxyType({})
