"""The tries by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tests.faults.clocks import jump
from tests.faults.disks import broken_content, full_disk, missing_folders
from tests.faults.holes import look_for_holes
from tests.faults.overload import flood_of_searches, flood_of_steps
from tests.faults.privacy import trace
from tests.faults.workers import kill_workers, reload_under_load, stop_under_load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TRIES: Mapping[str, Callable[[], list[str]]] = MappingProxyType(
    {
        "kill": kill_workers,
        "stop": stop_under_load,
        "reload": reload_under_load,
        "flood-of-searches": flood_of_searches,
        "flood-of-steps": flood_of_steps,
        "full-disk": full_disk,
        "broken-content": broken_content,
        "missing-folders": missing_folders,
        "clock": jump,
        "privacy": trace,
        "holes": look_for_holes,
    }
)
