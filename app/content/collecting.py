"""How often Python's collector of garbage runs while much is made of the content that stays."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# So many new things between two rounds of the collector.
SELDOM = 100_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector run seldom: it goes through all that was read, and finds little."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
