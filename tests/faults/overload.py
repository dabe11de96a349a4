"""More visitors than the site can serve, for a minute; and how it is afterwards."""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter

from tests.faults.load import Load
from tests.faults.servers import memory_of, workers_of
from tests.test_serving import ask, running

ADDRESS = "/search/?q=numb+hand+at+night"
TIMES = 10
SECONDS = 60
LONGEST_RECOVERY = 60.0
MEASURED = 5.0
PATIENCE = 2.0
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
        ends = asyncio.run(_offer(server.port, rate))
        memory.append(memory_of(worker))
        recovered = _seconds_until_well(server.port, SLOWER * before.median)
        after = _measured(server.port, 1)
        memory.append(memory_of(worker))
        same = workers_of(server.process) == [worker]
    slower = recovered >= LONGEST_RECOVERY or after.median > SLOWER * before.median
    grown = memory[2] - memory[0] > MORE_MEMORY
    faults = [*(["the worker ended"] * (not same)), *(["it stays slow"] * slower), *(["it grew"] * grown)]
    faults += [f"answered {end}" for end in ends if end.startswith("5")]
    before_ms, after_ms = before.median * 1000, after.median * 1000
    sent = sum(ends.values()) / SECONDS
    return [
        f"Faults: {len(faults) + len(after.losses)}. {', '.join(faults)}".strip(),
        f"- One worker answers {rate / TIMES:.0f} searches a second; {rate:.0f} a second were to be sent.",
        f"- Sent were {sent:.0f} a second for {SECONDS} s, waiting {PATIENCE:.0f} s at most: {dict(ends)}.",
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


async def _offer(port: int, rate: float) -> Counter[str]:
    ends: Counter[str] = Counter()
    running_tasks: set[asyncio.Task[None]] = set()
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
    return ends


async def _visit(port: int, ends: Counter[str]) -> None:
    writer = None
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {ADDRESS} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            first = await reader.readline()
            await reader.read()
        ends[first[9:12].decode() or "ended without an answer"] += 1
    except TimeoutError:
        ends["gave up"] += 1
    except OSError as error:
        ends[type(error).__name__] += 1
    finally:
        if writer is not None:
            writer.transport.abort()
