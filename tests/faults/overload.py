"""More visitors than the site can serve, for a minute; and how it is afterwards."""

from __future__ import annotations

import asyncio
import http.client
import resource
import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from tests.faults.journeys import FORM
from tests.faults.judging import inputs_in
from tests.faults.servers import memory_of, workers_of
from tests.running import running

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEARCH = "/search/?q=numb+hand+at+night"
HELP = "/get-help-now/"
DANGER = "/search/?q=cannot+feel+between+my+legs"
DANGER_SIGN = "red.face_droop"
NEEDS = ("Get help now", "a search for danger", "a sign of danger ticked in the checker")
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


class Asked(NamedTuple):
    """What someone asks, over a connection of its own, and the status of the answer that is hoped for."""

    message: bytes
    hoped: str


class Ended(NamedTuple):
    """How a request ended: the status, or what came instead; and after how many seconds."""

    end: str
    seconds: float


def flood_of_searches() -> list[str]:
    """Offer ten times the searches that one worker can answer."""
    return _flood("searches", lambda _: _get(SEARCH))


def flood_of_steps() -> list[str]:
    """Offer ten times the replies to the checker that one worker can take."""
    return _flood("replies to the checker", lambda port: _reply(port, "none", "y"))


def _get(path: str) -> Asked:
    return Asked(_message("GET", path), "200")


def _message(method: str, path: str, headers: str = "", body: str = "") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n{body}".encode()


def _reply(port: int, name: str, value: str) -> Asked:
    """Begin with the checker, and reply to its first question."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/check/begin/")
    with connection.getresponse() as begun:
        begun.read()
    question = begun.headers["Location"]
    connection.request("GET", question, headers={"Cookie": _cookie_of(begun)})
    with connection.getresponse() as page:
        fields = inputs_in(page.read())
    connection.close()
    hidden = [(field["name"], field.get("value", "")) for field in fields if field.get("type") == "hidden"]
    body = urlencode([*hidden, (name, value)])
    headers = f"Cookie: {_cookie_of(page)}\r\nContent-Type: {FORM}\r\nContent-Length: {len(body)}\r\n"
    return Asked(_message("POST", question, headers, body), "303")


def _cookie_of(answer: http.client.HTTPResponse) -> str:
    return answer.headers["Set-Cookie"].partition(";")[0]


def _flood(what: str, make: Callable[[int], Asked]) -> list[str]:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, DESCRIPTORS), hard))
    with running(NERVEWISE_WORKERS="1", NERVEWISE_LOG="on", NERVEWISE_LIMITS="off") as server:
        (worker,) = workers_of(server.process)
        port, asked = server.port, make(server.port)
        in_need = (_get(HELP), _get(DANGER), _reply(port, "chosen", DANGER_SIGN))
        most = len(asyncio.run(_ask_on(port, asked, visitors=8))) / MEASURED
        before = _median(asyncio.run(_ask_on(port, asked, visitors=1)))
        memory = [memory_of(worker)]
        ends, needs = asyncio.run(_offer(port, asked, TIMES * most, in_need))
        memory.append(memory_of(worker))
        recovered = asyncio.run(_seconds_until_well(port, asked, SLOWER * before))
        later = asyncio.run(_ask_on(port, asked, visitors=1))
        after = _median(later)
        memory.append(memory_of(worker))
        same = workers_of(server.process) == [worker]
    faults = [*(["the worker ended"] * (not same))]
    faults += ["it stays slow"] * (recovered >= LONGEST_RECOVERY or after > SLOWER * before)
    faults += ["it grew"] * (memory[2] - memory[0] > MORE_MEMORY)
    # A 503 asks to come back later; any other error is one.
    faults += [f"answered {end}" for end in ends if end.startswith("5") and end != "503"]
    unanswered = {one.end for one in later if one.end != asked.hoped}
    faults += [f"afterwards: {unanswered}"] * bool(unanswered)
    refused = [need.end for need, one in needs if need.end != one.hoped]
    faults += [f"in need of help: {len(refused)} of {len(needs)} {set(refused)}"] * bool(refused)
    waits = sorted(need.seconds for need, _ in needs)
    sent, ms = sum(ends.values()) / SECONDS, 1000
    return [
        f"Faults: {len(faults)}. {', '.join(faults)}".strip(),
        f"- One worker answers {most:.0f} {what} a second; {TIMES * most:.0f} a second were to be sent.",
        f"- Sent were {sent:.0f} a second for {SECONDS} s, waiting {PATIENCE:.0f} s at most: {dict(ends)}.",
        f"- Meanwhile someone in need asked {len(waits)} times, by {', '.join(NEEDS)}.",
        f"- They waited {waits[len(waits) // 2]:.2f} s in the median, and {waits[-1]:.2f} s at most.",
        f"- The median was {before * ms:.1f} ms, and {after * ms:.1f} ms {recovered:.1f} s afterwards.",
        f"- Memory of the worker in MB before, under the load, and after: {[round(one) for one in memory]}.",
    ]


def _median(ended: Sequence[Ended]) -> float:
    return sorted(one.seconds for one in ended)[len(ended) // 2]


async def _ask_on(port: int, asked: Asked, visitors: int) -> list[Ended]:
    """Let visitors ask for a time, each as soon as it is answered."""

    async def go_on() -> list[Ended]:
        ended = []
        while time.monotonic() < end:
            ended.append(await _ask(port, asked, PATIENCE))
        return ended

    end = time.monotonic() + MEASURED
    return [one for ended in await asyncio.gather(*(go_on() for _ in range(visitors))) for one in ended]


async def _seconds_until_well(port: int, asked: Asked, normal: float) -> float:
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < LONGEST_RECOVERY:
        ended = await _ask(port, asked, PATIENCE_IN_NEED)
        if ended.end == asked.hoped and ended.seconds <= normal:
            return passed
    return passed


async def _offer(
    port: int, asked: Asked, rate: float, in_need: Sequence[Asked]
) -> tuple[Counter[str], list[tuple[Ended, Asked]]]:
    ends: Counter[str] = Counter()
    running_tasks: set[asyncio.Task[None]] = set()

    async def visit() -> None:
        ends[(await _ask(port, asked, PATIENCE)).end] += 1

    needs = asyncio.create_task(_in_need(port, in_need))
    begun, sent = time.monotonic(), 0
    while (passed := time.monotonic() - begun) < SECONDS:
        while sent < passed * rate and len(running_tasks) < rate * PATIENCE:
            task = asyncio.create_task(visit())
            running_tasks.add(task)
            task.add_done_callback(running_tasks.discard)
            sent += 1
            if sent % 100 == 0:
                # Let those who are under way go on.
                await asyncio.sleep(0)
        await asyncio.sleep(0.005)
    await asyncio.gather(*running_tasks)
    return ends, await needs


async def _in_need(port: int, in_need: Sequence[Asked]) -> list[tuple[Ended, Asked]]:
    ended = []
    begun = time.monotonic()
    while time.monotonic() - begun < SECONDS:
        for one in in_need:
            how = await _ask(port, one, PATIENCE_IN_NEED)
            ended.append((how, one))
        await asyncio.sleep(IN_NEED_EVERY)
    return ended


async def _ask(port: int, asked: Asked, patience: float) -> Ended:
    """Ask once over a connection of its own."""
    writer = None
    begun = time.monotonic()
    try:
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(asked.message)
            first = await reader.readline()
            await reader.read()
        end = first[9:12].decode() or "ended without an answer"
    except TimeoutError:
        end = "gave up"
    except OSError as error:
        end = type(error).__name__
    finally:
        if writer is not None:
            writer.transport.abort()
    return Ended(end, time.monotonic() - begun)
