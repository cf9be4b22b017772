"""A whole simulated room: many phones against one running server, and what came of it."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import signal
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import httpx

from workshop.simulate import tastes
from workshop.simulate.forms import Item, Page, Sheet
from workshop.simulate.people import Crowd
from workshop.simulate.phone import Phone, Tally

ARRIVAL: Final = 6.0
"""Seconds over which a room of people comes in."""

_IDLE: Final = 2.0
"""Seconds after which an idle connection isn't used again. The server ends it after five: who
waits as long sends a request into the close now and then, and gets no answer."""


@dataclass(frozen=True)
class Report:
    """What a simulated room did; `latency_ms` is of its POST requests.

    `refused` counts what the server didn't take, for example after the close; `errors` what
    should not have happened.
    """

    phones: int
    joined: int
    answers: int
    contributions: int
    refused: int
    errors: int
    seconds: float
    latency_ms: Mapping[str, float | None]
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Plain values, in a fixed order."""
        return {
            "phones": self.phones,
            "joined": self.joined,
            "answers": self.answers,
            "contributions": self.contributions,
            "refused": self.refused,
            "errors": self.errors,
            "seconds": self.seconds,
            "latency_ms": dict(self.latency_ms),
            "problems": list(self.problems),
        }


class Member:
    """The mind of one person of a crowd, at a pace: 1 is a person's, 0 knows no pauses."""

    def __init__(self, crowd: Crowd, number: int, pace: float) -> None:
        self.crowd = crowd
        self.number = number
        self.pace = pace
        self._hands = crowd.chance("hands", number)

    def group(self, choices: list[str]) -> str:
        """Any group, always the same one for the same person."""
        return self.crowd.group(self.number, choices)

    def rate(self, items: list[Item]) -> list[tuple[Item, str]]:
        """A value for every statement, or *keine Antwort* where the page offers it."""
        chosen = []
        for item in items:
            value = self.crowd.answer(self.number, item.subject, len(item.steps))
            raw = item.abstain if value is None else str(value)
            if raw is not None:
                chosen.append((item, raw))
        return chosen

    def write(self, page: Page) -> tuple[str, str]:
        """An example contribution to the page's question."""
        return self.crowd.contribution(self.number, page.text, page.lang)

    def words(self, page: Page, most: int) -> list[str]:
        """What comes to this person's mind."""
        asked = page.task.heading if page.task else ""
        return tastes.words(self.crowd, self.number, asked, page.lang, most)

    def fill(self, sheet: Sheet) -> list[int] | None:
        """What this person thinks of the options."""
        return tastes.answer(self.crowd, self.number, sheet.kind, sheet.labels, sheet.most)

    async def pause(self, seconds: float) -> None:
        """About so long: people differ, and nobody taps in time with their neighbour."""
        if self.pace:
            await asyncio.sleep(seconds * self.pace * self._hands.uniform(0.3, 1.7))


def report(phones: int, tally: Tally, started: float) -> Report:
    """What the tally says, `started` being a time of the performance counter."""
    return Report(
        phones=phones,
        joined=tally.joined,
        answers=tally.answers,
        contributions=tally.contributions,
        refused=tally.refused,
        errors=tally.errors,
        seconds=time.perf_counter() - started,
        latency_ms={
            "p50": percentile(tally.latencies, 0.5),
            "p95": percentile(tally.latencies, 0.95),
            "max": max(tally.latencies, default=None),
        },
        problems=tuple(tally.problems),
    )


def percentile(values: list[float], share: float) -> float | None:
    """The smallest value that is not exceeded by that share of the values; None without any."""
    if not values:
        return None
    ranked = sorted(values)
    return ranked[max(0, ceil(share * len(ranked)) - 1)]


@asynccontextmanager
async def browsers(how_many: int) -> AsyncIterator[list[httpx.AsyncClient]]:
    """So many browsers, each with its own cookies and connections; no proxy in between."""
    _enough_files(how_many)
    trust = ssl.create_default_context()  # one for all: making it is the slow part of a client
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                httpx.AsyncClient(
                    verify=trust,
                    trust_env=False,
                    timeout=30.0,
                    limits=httpx.Limits(keepalive_expiry=_IDLE),
                    headers={"accept": "text/html"},
                )
            )
            for _ in range(how_many)
        ]


def _enough_files(phones: int) -> None:
    """Each phone holds two connections; many systems allow a process 1,024 at first."""
    wanted = 2 * phones + 200
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


async def play(
    url: str, phones: int, *, seed: int, pace: float = 1.0, stop: asyncio.Event | None = None
) -> Report:
    """Let that many phones join at `url` and take part until the workshop ends, or `stop`.

    `pace` stretches the people's pauses: 1 as people are, 0 none.
    """
    crowd, tally, started = Crowd(seed, phones), Tally(), time.perf_counter()
    stop = stop or asyncio.Event()

    async def evening(number: int, client: httpx.AsyncClient) -> None:
        arrival = crowd.chance("arrival", number).uniform(0, ARRIVAL)
        await asyncio.sleep(arrival * pace)
        await Phone(client, url, Member(crowd, number, pace), tally).run()

    async with browsers(phones) as clients:
        everybody = asyncio.gather(*(evening(i, c) for i, c in enumerate(clients)))
        asked = asyncio.ensure_future(stop.wait())
        waiting: set[asyncio.Future[Any]] = {everybody, asked}
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if not everybody.done():
            everybody.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await everybody
        else:
            everybody.result()
    return report(phones, tally, started)


@asynccontextmanager
async def until_asked(seconds: float | None = None) -> AsyncIterator[asyncio.Event]:
    """An event that is set by SIGINT, SIGTERM, or after so many seconds."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, stop.set)
    timer = loop.call_later(seconds, stop.set) if seconds is not None else None
    try:
        yield stop
    finally:
        if timer is not None:
            timer.cancel()
        for number in signals:
            loop.remove_signal_handler(number)
