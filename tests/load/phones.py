"""Einklang under load: real HTTP phones with their event streams, and a browser as the stage."""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser

from tests.load.figures import QUESTIONS, Run, stage_delays
from tests.load.http import Client, EventStream
from tests.load.stage import Stage, watching
from tests.servers import Server, einklang

PATIENCE = 30.0
"""Seconds after which somebody in a hall gives up."""

SEGMENTS = ("science", "business", "administration", "none")


class Forms(HTMLParser):
    """The POST forms of a page: where they go, and what they carry unseen."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.assets: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, their hidden fields, and the files that the page needs."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            if self._inside:
                self.forms.append((given.get("action", ""), {}))
        elif tag == "input" and self._inside and given.get("type") == "hidden":
            self.forms[-1][1][given["name"]] = given.get("value", "")
        elif tag == "script" and given.get("src"):
            self.assets.append(given["src"])
        elif tag == "link" and given.get("rel") in ("stylesheet", "preload", "icon"):
            self.assets.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._inside = False


@dataclass
class Phone:
    """One participant."""

    client: Client
    path: str
    stream: EventStream | None = None
    page: str = ""
    usable_bytes: int = 0
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def join(self, segment: str, *, with_assets: bool) -> None:
        """Scan, tap once, and wait for the first question."""
        reply = await self.client.get(self.path)
        forms = Forms(reply.text)
        if with_assets:
            for asset in dict.fromkeys(forms.assets):
                if not asset.startswith("data:"):
                    await self.client.get(asset)
        self.usable_bytes = self.client.received
        action, hidden = forms.forms[0]
        done = await self.client.post(action or self.path, {**hidden, "segment": segment})
        if done.status != 303:
            raise ConnectionError(f"joining answered {done.status}")
        self.page = (await self.client.get(self.path)).text
        self.stream = await self.client.events(f"{self.path}/events")

    async def question(self) -> None:
        """Wait until the stream says that something opened, then get the page."""
        assert self.stream is not None
        while not re.search(r'name="value"', self.page):
            if not await self.stream.line():
                raise ConnectionError("the event stream ended")
            self.page = (await self.client.get(self.path)).text

    async def answer(self, item: int, value: int) -> None:
        """Tap a step of a statement; back when the server has committed it."""
        forms = [form for form in Forms(self.page).forms if "statement" in form[1]]
        action, hidden = forms[item]
        reply = await self.client.post(
            action, {**hidden, "value": str(value)}, accept="application/json"
        )
        if reply.status != 200:
            raise ConnectionError(f"an answer got {reply.status}")

    async def leave(self) -> None:
        """Hang up."""
        if self.stream is not None:
            self.stream.close()
        await self.client.close()


@dataclass
class Room:
    """What the phones of one run share."""

    server: Server
    run: Run
    seconds: float
    chance: random.Random
    reached: list[float] = field(default_factory=list)
    firsts: list[float] = field(default_factory=list)
    everybody_in: asyncio.Event = field(default_factory=asyncio.Event)

    def settle(self) -> None:
        """Once everybody has joined, or failed to, the round can be opened."""
        if len(self.run.joins) + self.run.errors >= self.run.phones:
            self.everybody_in.set()

    async def one(self, phone: Phone, place: int) -> None:
        """A phone's evening, from scan to last answer."""
        await asyncio.sleep(self.chance.random() * min(self.seconds, self.run.phones / 60))
        began = time.perf_counter()
        await phone.join(SEGMENTS[place % len(SEGMENTS)], with_assets=True)
        self.run.joins.append(time.perf_counter() - began)
        self.settle()
        await phone.question()
        self.reached.append(time.time())
        for item in range(QUESTIONS):
            await asyncio.sleep(self.chance.random() * self.seconds / QUESTIONS)
            sent = time.perf_counter()
            await phone.answer(item, self.chance.randint(1, 5))
            done = time.perf_counter()
            self.run.answers.append(done - sent)
            if item == 0:
                self.firsts.append(done)

    async def guarded(self, phone: Phone, place: int) -> None:
        """A phone's evening; what goes wrong is counted, and its kind noted once."""
        try:
            await asyncio.wait_for(self.one(phone, place), PATIENCE + 3 * self.seconds)
        except (TimeoutError, OSError, asyncio.IncompleteReadError, IndexError) as error:
            self.run.errors += 1
            note = f"{type(error).__name__}: {error}"
            if note not in self.run.notes:
                self.run.notes.append(note)
            self.settle()


async def _evening(server: Server, phones: int, seconds: float, seed: int) -> Run:
    run = Run("Einklang", phones)
    room = Room(server, run, seconds, random.Random(seed))
    made = await asyncio.to_thread(server.command, "create", "--template", "smart-kassel-council")
    workshop = made["workshop"]
    agenda = await asyncio.to_thread(server.command, "agenda", "--workshop", workshop)
    question = next(q["question"] for q in agenda if q["kind"] == "rate")
    where = ("--workshop", workshop, "--question", question)
    for number in range(QUESTIONS):
        text = f"Ziel {number + 1}: ein Satz, wie ihn jemand schreibt"
        await asyncio.to_thread(server.command, "statement", "add", *where, "--text", text)
    everybody = [Phone(Client(server.base), f"/j/{made['join_code']}") for _ in range(phones)]
    async with watching(made["stage_url"]) as stage:
        server.begin()
        tasks = [asyncio.create_task(room.guarded(p, i)) for i, p in enumerate(everybody)]
        await room.everybody_in.wait()
        # From another process, as an operator would: its commit has to be noticed first.
        await asyncio.to_thread(server.command, "round", "open", *where)
        await asyncio.gather(*tasks)
        await asyncio.sleep(1)
        run.cpu_seconds, run.wall_seconds = server.spent()
        run.memory_mb = server.memory_mb()
        run.stage = stage_delays(sorted(room.firsts), stage.counts)
        _note_stage(run, stage)
    opened_at = _opened_at(server)
    run.opens = [max(0.0, at - opened_at) for at in room.reached]
    run.unusable = phones - len(run.joins)
    run.page_bytes = max((p.usable_bytes for p in everybody), default=0)
    run.bytes_per_phone = sum(p.client.received for p in everybody) // max(1, phones)
    await asyncio.gather(*(p.leave() for p in everybody))
    return run


def _opened_at(server: Server) -> float:
    """The moment that the database gives for the opening, on the same clock as the phones."""
    path = server.environment["DATABASE_URL"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        moment = connection.execute("select max(opened_at) from round").fetchone()[0]
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()


def _note_stage(run: Run, stage: Stage) -> None:
    if not stage.counts:
        run.notes.append(stage.trouble or "the stage showed no count")


def einklang_run(phones: int, seconds: float, seed: int) -> Run:
    """One room on a fresh server."""
    with einklang() as server:
        return asyncio.run(_evening(server, phones, seconds, seed))
