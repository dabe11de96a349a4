"""A running server seen from outside: its workers, their memory, and who holds which connection."""

from __future__ import annotations

import os
import resource
from pathlib import Path


def workers_of(process: int) -> list[int]:
    """Give the processes that a server started, the eldest first."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    # Not by their numbers, which begin anew when the largest was given.
    return sorted((int(one) for one in found), key=_started)


def _started(process: int) -> int:
    """Give when a process started, in ticks; 0 for one that has just ended."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(told.rpartition(")")[2].split()[19])


def memory_of(process: int) -> float:
    """Give the memory of a process, in megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def connections_of(process: int, port: int) -> frozenset[int]:
    """Give the ports of the visitors whose connections to a port a process has taken up."""
    held = set()
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        try:
            target = os.readlink(descriptor)  # noqa: PTH115 - 'socket:[1]' is no path
        except FileNotFoundError:
            continue
        if target.startswith("socket:["):
            held.add(target[8:-1])
    found = set()
    for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]:
        fields = line.split()
        if fields[9] in held and int(fields[1].partition(":")[2], 16) == port:
            found.add(int(fields[2].partition(":")[2], 16))
    return frozenset(found)
