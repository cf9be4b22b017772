"""The live stream: one line of text to whoever watches a workshop, as soon as it changed.

Server-sent events. Each client costs one future and one task; nobody polls. A writer thread
tells a topic (one per watched workshop), the topic tells its clients in the event loop, at most
ten times a second: the first change of a burst at once, the last one always.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from pages.web import language
from workshop.i18n import N_, translator
from workshop.ports import Changes

Kind = Literal["any", "phase"]
"""What a client wants to hear of: every change, or only what moves a phone to another state."""

NO_WORKSHOP: Final = N_("There is no such workshop.")
HEARTBEAT: Final = 15.0
"""Seconds after which a silent stream says something, so that no proxy thinks it dead."""
PAUSE: Final = 0.1
"""Seconds between two messages of one topic, at least."""
_SLICES: Final = 30  # clients are spread over this many heartbeats, so that they don't all beat
_BEAT: Final = b"event: beat\ndata\n\n"  # not a comment: a page can hear that its line is alive
_WAKE_BEAT: Final = "beat"
_WAKE_NEWS: Final = "news"
_WAKE_END: Final = "end"


class Versions(Protocol):
    """Asks the store: (version, phase) as committed now, None for an unknown workshop."""

    def __call__(self, workshop_id: str) -> tuple[int, int] | None: ...


@dataclass(slots=True, eq=False)
class _Client:
    kind: Kind
    slice: set[_Client]
    """The clients that get their heartbeats in the same moment."""
    waiter: asyncio.Future[str] | None = None

    def wake(self, reason: str) -> None:
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(reason)


@dataclass(slots=True, eq=False)
class _Topic:
    """One watched workshop. Everything but `_heard` happens in the event loop."""

    loop: asyncio.AbstractEventLoop
    version: int
    phase: int
    told_phase: int = -1
    clients: set[_Client] = field(default_factory=set)
    phones: set[_Client] = field(default_factory=set)
    """Those of kind "phase": an answer somewhere in the room must not wake thousands of them."""
    unsubscribe: Callable[[], None] = lambda: None
    timer: asyncio.TimerHandle | None = None
    dirty: bool = False
    closed: bool = False
    """Nobody listens for it any more; who comes now needs a new one."""

    def number(self, kind: Kind) -> int:
        return self.phase if kind == "phase" else self.version

    def audience(self, kind: Kind) -> set[_Client]:
        return self.phones if kind == "phase" else self.clients

    def heard(self, version: int, phase: int) -> None:
        """Called by whoever committed, in any thread."""
        try:
            self.loop.call_soon_threadsafe(self.take, version, phase)
        except RuntimeError:  # the loop is closed: the process is ending, nobody listens
            return

    def take(self, version: int, phase: int) -> None:
        if version <= self.version:  # two threads may tell of two commits in the wrong order
            return
        self.version, self.phase = version, phase
        if self.timer is None:
            self.flush()
        else:
            self.dirty = True

    def flush(self) -> None:
        self.dirty = False
        self.timer = self.loop.call_later(PAUSE, self.rest)
        for client in self.clients:
            client.wake(_WAKE_NEWS)
        if self.phase != self.told_phase:
            self.told_phase = self.phase
            for client in self.phones:
                client.wake(_WAKE_NEWS)

    def rest(self) -> None:
        """The pause is over: what came meanwhile goes out now."""
        self.timer = None
        if self.dirty:
            self.flush()


class Streams:
    """All live streams of this process. Make it inside the running event loop."""

    def __init__(self, changes: Changes, versions: Versions) -> None:
        self._changes = changes
        self._versions = versions
        self._loop = asyncio.get_running_loop()
        self._topics: dict[str, asyncio.Task[_Topic | None]] = {}
        self._slices: list[set[_Client]] = [set() for _ in range(_SLICES)]
        self._next_slice = 0
        self._ended = False
        self._beating = self._loop.create_task(self._beat())

    @property
    def count(self) -> int:
        """How many streams are open."""
        return sum(len(part) for part in self._slices)

    def end(self) -> None:
        """End every stream now, and all that come later. Safe in threads and signal handlers."""
        self._ended = True
        try:
            self._loop.call_soon_threadsafe(self._end_in_loop)
        except RuntimeError:  # the loop has closed before us
            return

    def _end_in_loop(self) -> None:
        self._beating.cancel()
        for part in self._slices:
            for client in part:
                client.wake(_WAKE_END)

    async def _beat(self) -> None:
        """A slice of the clients at a time: ten thousand heartbeats in one go would be felt."""
        while True:
            for part in self._slices:
                await asyncio.sleep(HEARTBEAT / _SLICES)
                for client in part:
                    client.wake(_WAKE_BEAT)

    async def _topic(self, workshop_id: str) -> _Topic | None:
        """The topic of a workshop; the first client of each makes it, the others wait."""
        task = self._topics.get(workshop_id)
        if task is None:
            task = self._loop.create_task(self._open(workshop_id))
            self._topics[workshop_id] = task
        topic: _Topic | None = None
        try:
            topic = await asyncio.shield(task)
        finally:  # unknown, or the store failed: the next one asks again
            if topic is None and self._topics.get(workshop_id) is task and task.done():
                del self._topics[workshop_id]
        return topic

    async def _open(self, workshop_id: str) -> _Topic | None:
        topic = _Topic(self._loop, -1, -1)
        # Listen first, ask then: no change can fall between the two.
        topic.unsubscribe = self._changes.subscribe(workshop_id, topic.heard)
        try:
            found = await asyncio.to_thread(self._versions, workshop_id)
        except BaseException:
            topic.unsubscribe()
            raise
        if found is None:
            topic.unsubscribe()
            return None
        if topic.version < found[0]:
            topic.version, topic.phase = found
            topic.told_phase = topic.phase
        return topic

    def _join(self, topic: _Topic, kind: Kind) -> _Client:
        client = _Client(kind, self._slices[self._next_slice])
        self._next_slice = (self._next_slice + 1) % _SLICES
        client.slice.add(client)
        topic.audience(kind).add(client)
        return client

    def _leave(self, workshop_id: str, topic: _Topic, client: _Client) -> None:
        client.slice.discard(client)
        topic.audience(client.kind).discard(client)
        if not (topic.clients or topic.phones) and workshop_id in self._topics:
            del self._topics[workshop_id]
            topic.closed = True
            topic.unsubscribe()

    async def response(self, request: Request, workshop_id: str, kind: Kind) -> Response:
        """The answer to an EventSource: a stream of numbers, or 404 for an unknown workshop.

        Each message is the version (`kind` "any") or phase ("phase") that holds now, as `id:`
        and `data:`. A client says what it has seen by `Last-Event-ID` or `?since=`; whoever
        has missed something, or has seen nothing yet, is told at once.
        """
        if self._ended:
            return PlainTextResponse("", 503, headers={"Retry-After": "1"})
        if request.method != "GET":
            return Response(media_type="text/event-stream")
        topic = await self._topic(workshop_id)
        if topic is None:
            message = translator(language.of_request(request))(NO_WORKSHOP)
            return PlainTextResponse(message, 404)
        seen = _number(request.headers.get("last-event-id"))
        if seen is None:
            seen = _number(request.query_params.get("since"))
        return _EventStream(self, workshop_id, kind, topic, seen)


class _EventStream(Response):
    """Sends until the client goes or the server ends. Its request is not kept."""

    def __init__(
        self,
        streams: Streams,
        workshop_id: str,
        kind: Kind,
        topic: _Topic,
        seen: int | None,
    ) -> None:
        super().__init__(
            media_type="text/event-stream",
            # Proxies (nginx) must hand on each line when it comes.
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        del self.headers["content-length"]
        self._streams, self._workshop_id, self._kind = streams, workshop_id, kind
        self._topic, self._seen = topic, seen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head, then wait for news, a heartbeat, the client's leaving, or the end."""
        # Only now the client counts: a response that is made and never sent leaves nothing behind.
        topic: _Topic | None = self._topic
        while topic is not None and topic.closed:
            topic = await self._streams._topic(self._workshop_id)
        if topic is None:
            await PlainTextResponse("", 404)(scope, receive, send)
            return
        client = self._streams._join(topic, self._kind)
        gone = asyncio.ensure_future(_disconnected(receive, client))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            # All phones of a room reconnect after a restart: not all in the same moment.
            retry = 1000 if client.kind == "any" else random.randint(1000, 2500)  # noqa: S311
            text = b"retry: %d\n\n" % retry
            while not (gone.done() or self._streams._ended):
                current = topic.number(client.kind)
                if current != self._seen:
                    self._seen = current
                    text += b"id: %d\ndata: %d\n\n" % (current, current)
                client.waiter = self._streams._loop.create_future()
                if text:
                    await _write(send, text)
                    text = b""
                if topic.number(client.kind) != self._seen:
                    continue
                if await client.waiter == _WAKE_BEAT:
                    text = _BEAT
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            self._streams._leave(self._workshop_id, topic, client)


async def _write(send: Send, text: bytes) -> None:
    await send({"type": "http.response.body", "body": text, "more_body": True})


async def _disconnected(receive: Receive, client: _Client) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    client.wake(_WAKE_END)


def _number(text: str | None) -> int | None:
    """A version that a client says it has seen; rubbish counts as none."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 18:
        return None
    return int(text)


_installed: list[Streams] = []


def install(streams: Streams | None) -> None:
    """Make the streams known to the routes of this process; None at its end."""
    _installed[:] = [streams] if streams is not None else []


def streams() -> Streams:
    """The streams of this process. Raises RuntimeError before the server has started."""
    if not _installed:
        raise RuntimeError("The live streams begin with the server")
    return _installed[0]


async def _live(request: Request) -> Response:
    """`/live/<workshop id>`: every change, for stage and console."""
    return await streams().response(request, request.path_params["workshop_id"], "any")


def routes() -> list[BaseRoute]:
    """The stream of stage and console. Phones have their own address, and `kind` "phase"."""
    return [Route("/live/{workshop_id}", _live, methods=["GET"])]
