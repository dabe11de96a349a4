"""More visitors than the site can serve, for a minute; and how it is afterwards."""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter
from typing import NamedTuple

from tests.faults.load import Load
from tests.faults.servers import memory_of, workers_of
from tests.running import ask, running

ADDRESS = "/search/?q=numb+hand+at+night"
HELP = "/get-help-now/"
DANGER = "/search/?q=cannot+feel+between+my+legs"
TIMES = 10
SECONDS = 60
LONGEST_RECOVERY = 60.0
MEASURED = 5.0
PATIENCE = 2.0
# Who needs help waits longer, and must not be refused.
PATIENCE_IN_NEED = 10.0
IN_NEED_EVERY = 0.5
DESCRIPTORS = 60_000
# Afterwards an answer may take so many times as long as before, and the memory may be so many megabytes more.
SLOWER = 2.0
MORE_MEMORY = 32.0


def overload() -> list[str]:
    """Offer ten times the requests that one worker can answer."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, DESCRIPTORS), hard))
    with running(NERVEWISE_WORKERS="1", NERVEWISE_LOG="on", NERVEWISE_LIMITS="off") as server:
        (worker,) = workers_of(server.process)
        most = _measured(server.port, 8)
        before = _measured(server.port, 1)
        memory = [memory_of(worker)]
        rate = TIMES * sum(most.answered.values()) / MEASURED
        ends, in_need = asyncio.run(_offer(server.port, rate))
        memory.append(memory_of(worker))
        recovered = _seconds_until_well(server.port, SLOWER * before.median)
        after = _measured(server.port, 1)
        memory.append(memory_of(worker))
        same = workers_of(server.process) == [worker]
    slower = recovered >= LONGEST_RECOVERY or after.median > SLOWER * before.median
    grown = memory[2] - memory[0] > MORE_MEMORY
    faults = [*(["the worker ended"] * (not same)), *(["it stays slow"] * slower), *(["it grew"] * grown)]
    # A 503 asks to come back later; any other error is one.
    faults += [f"answered {end}" for end in ends if end.startswith("5") and end != "503"]
    refused = [need.end for need in in_need if need.end != "200"]
    faults += [f"in need of help: {len(refused)} of {len(in_need)} {set(refused)}"] * bool(refused)
    before_ms, after_ms = before.median * 1000, after.median * 1000
    sent = sum(ends.values()) / SECONDS
    waits = sorted(need.seconds for need in in_need)
    return [
        f"Faults: {len(faults) + len(after.losses)}. {', '.join(faults)}".strip(),
        f"- One worker answers {rate / TIMES:.0f} searches a second; {rate:.0f} a second were to be sent.",
        f"- Sent were {sent:.0f} a second for {SECONDS} s, waiting {PATIENCE:.0f} s at most: {dict(ends)}.",
        f"- Meanwhile someone in need asked {len(waits)} times for Get help now, or searched for danger.",
        f"- They waited {waits[len(waits) // 2]:.2f} s in the median, and {waits[-1]:.2f} s at most.",
        f"- The median took {before_ms:.1f} ms before, and {after_ms:.1f} ms {recovered:.1f} s afterwards.",
        f"- Memory of the worker in MB before, under the load, and after: {[round(one) for one in memory]}.",
    ]


def _seconds_until_well(port: int, normal: float) -> float:
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < LONGEST_RECOVERY:
        asked = time.perf_counter()
        try:
            ask(port, ADDRESS)
        except OSError:
            continue
        if time.perf_counter() - asked <= normal:
            return passed
    return passed


def _measured(port: int, visitors: int) -> Load:
    with Load(port, visitors, (ADDRESS,)) as load:
        time.sleep(MEASURED)
    return load


class Need(NamedTuple):
    """A request of someone who needs help: how it ended, and after how long."""

    end: str
    seconds: float


async def _offer(port: int, rate: float) -> tuple[Counter[str], list[Need]]:
    ends: Counter[str] = Counter()
    running_tasks: set[asyncio.Task[None]] = set()
    in_need = asyncio.create_task(_in_need(port))
    begun, sent = time.monotonic(), 0
    while (passed := time.monotonic() - begun) < SECONDS:
        while sent < passed * rate and len(running_tasks) < rate * PATIENCE:
            task = asyncio.create_task(_visit(port, ends))
            running_tasks.add(task)
            task.add_done_callback(running_tasks.discard)
            sent += 1
            if sent % 100 == 0:
                # Let those who are under way go on.
                await asyncio.sleep(0)
        await asyncio.sleep(0.005)
    await asyncio.gather(*running_tasks)
    return ends, await in_need


async def _in_need(port: int) -> list[Need]:
    needs = []
    begun = time.monotonic()
    while (asked := time.monotonic()) - begun < SECONDS:
        for address in (HELP, DANGER):
            end = await _asked(port, address, PATIENCE_IN_NEED)
            needs.append(Need(end, time.monotonic() - asked))
            asked = time.monotonic()
        await asyncio.sleep(IN_NEED_EVERY)
    return needs


async def _visit(port: int, ends: Counter[str]) -> None:
    ends[await _asked(port, ADDRESS, PATIENCE)] += 1


async def _asked(port: int, address: str, patience: float) -> str:
    """Ask once over a connection of its own; give the status, or what came instead."""
    writer = None
    try:
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            first = await reader.readline()
            await reader.read()
        return first[9:12].decode() or "ended without an answer"
    except TimeoutError:
        return "gave up"
    except OSError as error:
        return type(error).__name__
    finally:
        if writer is not None:
            writer.transport.abort()
