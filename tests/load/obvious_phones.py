"""Phones of the baseline: WebSocket clients that speak Streamlit's protocol as its page does."""

from __future__ import annotations

import asyncio
import random
import re
import time
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.load.figures import QUESTIONS, Run, stage_delays
from tests.load.obvious_server import obvious
from tests.servers import Server

PATIENCE = 30.0
"""Seconds after which somebody in a hall gives up."""

DESIGNED = ("--runner.postScriptGC", "false", "--server.fileWatcherType", "none")


class Session:
    """One Streamlit session: it reruns its fragment when told to, and can press a button."""

    def __init__(self, base: str, query: str = "") -> None:
        self._url = base.replace("http", "ws", 1) + "/_stcore/stream"
        self._query = query
        self._socket: ClientConnection | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self.buttons: dict[str, str] = {}
        self.fragment = ""
        self.ready = asyncio.Event()
        self.saved: dict[int, asyncio.Event] = {i: asyncio.Event() for i in range(QUESTIONS)}
        self.counts: list[tuple[float, int]] = []
        self.received = 0

    async def open(self) -> None:
        """Connect and wait for the first page."""
        self._socket = await connect(self._url, max_size=None, open_timeout=PATIENCE)
        self._tasks.append(asyncio.create_task(self._listen(self._socket)))
        await self._send(BackMsg())
        await asyncio.wait_for(self.ready.wait(), PATIENCE)

    async def press(self, item: int, value: int) -> None:
        """Press a button and wait until the page says that it is saved."""
        message = BackMsg()
        message.rerun_script.fragment_id = self.fragment
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id, widget.trigger_value = self.buttons[f"{item}-{value}"], True
        await self._send(message)
        await asyncio.wait_for(self.saved[item].wait(), PATIENCE)

    async def close(self) -> None:
        """Hang up."""
        for task in self._tasks:
            task.cancel()
        if self._socket is not None:
            await self._socket.close()

    async def _send(self, message: BackMsg) -> None:
        message.rerun_script.query_string = self._query
        if self._socket is not None:
            await self._socket.send(message.SerializeToString())

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for raw in socket:
                data = raw if isinstance(raw, bytes) else raw.encode()
                self.received += len(data)
                await self._take(ForwardMsg.FromString(data))
        except WebSocketException:
            self.ready.clear()

    async def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "auto_rerun":
            self.fragment = message.auto_rerun.fragment_id
            interval = message.auto_rerun.interval
            self._tasks.append(asyncio.create_task(self._poll(interval)))
        elif kind == "script_finished":
            self.ready.set()
        elif kind == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "button":
                # An id ends in the key that the app gave the button: "…-0-5".
                self.buttons[element.button.id[-3:]] = element.button.id
            text = str(element)
            if found := re.search(r"Gespeichert: (\d+)", text):
                self.saved[int(found[1])].set()
            if found := re.search(r"(\d+) haben geantwortet", text):
                self.counts.append((time.perf_counter(), int(found[1])))

    async def _poll(self, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            message = BackMsg()
            message.rerun_script.fragment_id = self.fragment
            message.rerun_script.is_auto_rerun = True
            await self._send(message)


async def room(server: Server, name: str, phones: int, seconds: float, seed: int) -> Run:
    """Phones that open the page, answer three statements over these seconds, and a stage."""
    run, chance = Run(name, phones), random.Random(seed)
    run.page_bytes = await asyncio.to_thread(_shell_bytes, server.base)
    sessions = [Session(server.base) for _ in range(phones)]
    stage = Session(server.base, "page=stage")
    firsts: list[float] = []
    server.begin()
    await asyncio.gather(stage.open(), return_exceptions=True)

    async def phone(session: Session) -> None:
        await asyncio.sleep(chance.random() * 5)
        began = time.perf_counter()
        try:
            await session.open()
            run.joins.append(time.perf_counter() - began)
            for item in range(QUESTIONS):
                await asyncio.sleep(chance.random() * seconds / QUESTIONS)
                sent = time.perf_counter()
                await session.press(item, chance.randint(1, 5))
                run.answers.append(time.perf_counter() - sent)
                if item == 0:
                    firsts.append(time.perf_counter())
        except (TimeoutError, OSError, WebSocketException, KeyError):
            run.errors += 1

    await asyncio.gather(*(phone(s) for s in sessions))
    await asyncio.sleep(3)
    run.cpu_seconds, run.wall_seconds = server.spent()
    run.memory_mb = server.memory_mb()
    run.unusable = phones - len(run.joins)
    run.bytes_per_phone = run.page_bytes + sum(s.received for s in sessions) // max(1, phones)
    run.stage = stage_delays(sorted(firsts), stage.counts)
    await asyncio.gather(stage.close(), *(s.close() for s in sessions), return_exceptions=True)
    return run


def _shell_bytes(base: str) -> int:
    """Streamlit's page with the scripts and styles that its HTML names (lazy ones not counted)."""
    with urlopen(base) as reply:
        html = reply.read()
    total = len(html)
    for path in set(re.findall(rb'(?:src|href)="\./(static/[^"]+)"', html)):
        with urlopen(f"{base}/{path.decode()}") as reply:
            total += len(reply.read())
    return total


def baselines(phones: int, seconds: float, seed: int) -> list[Run]:
    """The obvious app with default settings and with the design's."""
    runs = []
    for name, flags in (("Streamlit, defaults", ()), ("Streamlit, tuned", DESIGNED)):
        with obvious(*flags) as server:
            runs.append(asyncio.run(room(server, name, phones, seconds, seed)))
    return runs
