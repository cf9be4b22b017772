"""The live stream: who is told what, when, and that everything ends."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.requests import Request

from db.changes import LocalChanges
from pages.web import live

WORKSHOP = "w"


class Room:
    """A workshop's versions, the changes that tell of them, and streams on top."""

    def __init__(self) -> None:
        self.changes = LocalChanges()
        self.now = (5, 2)
        self.asked = 0
        self.streams = live.Streams(self.changes, self.versions)

    def versions(self, workshop_id: str) -> tuple[int, int] | None:
        self.asked += 1
        return self.now if workshop_id == WORKSHOP else None

    async def commit(self, *, phase: bool = False) -> None:
        """A commit, told by another thread as the writer does it."""
        version, old = self.now
        self.now = (version + 1, old + 1 if phase else old)
        await asyncio.to_thread(self.changes.publish, WORKSHOP, *self.now)


class Client:
    """One EventSource, without a network."""

    def __init__(
        self, room: Room, kind: live.Kind = "any", query: str = "", last: str | None = None
    ) -> None:
        self.chunks: asyncio.Queue[bytes] = asyncio.Queue()
        self.leave = asyncio.Event()
        self.status = 0
        headers = [(b"last-event-id", last.encode())] if last else []
        scope = {"type": "http", "method": "GET", "path": "/", "headers": headers}
        request = Request({**scope, "query_string": query.encode()})
        self.task = asyncio.create_task(self._run(room, request, kind))

    async def _run(self, room: Room, request: Request, kind: live.Kind) -> None:
        response = await room.streams.response(request, WORKSHOP, kind)
        await response(request.scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        await self.leave.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["body"]:
            await self.chunks.put(message["body"])

    async def next(self) -> str:
        """The next thing sent; fails where nothing comes."""
        return (await asyncio.wait_for(self.chunks.get(), 5)).decode()

    async def numbers_until(self, last: int) -> list[int]:
        """All numbers told, up to `last`."""
        found: list[int] = []
        while not found or found[-1] != last:
            lines = (await self.next()).splitlines()
            found += [int(line[6:]) for line in lines if line.startswith("data: ")]
        return found


def run(story: Callable[[Room], Awaitable[None]]) -> None:
    async def play() -> None:
        room = Room()
        try:
            await asyncio.wait_for(story(room), 20)
        finally:
            room.streams.end()

    asyncio.run(play())


def test_who_is_new_hears_at_once_and_then_of_every_change() -> None:
    async def story(room: Room) -> None:
        client = Client(room)
        assert await client.next() == "retry: 1000\n\nid: 5\ndata: 5\n\n"
        await room.commit()
        assert await client.next() == "id: 6\ndata: 6\n\n"

    run(story)


@pytest.mark.parametrize(("query", "last"), [("since=5", None), ("since=1", "5"), ("", "5")])
def test_who_has_seen_everything_hears_nothing_until_something_changes(
    query: str, last: str | None
) -> None:
    async def story(room: Room) -> None:
        client = Client(room, query=query, last=last)
        assert await client.next() == "retry: 1000\n\n"
        await room.commit()
        assert "data: 6" in await client.next()

    run(story)


@pytest.mark.parametrize("seen", ["4", "99", "rubbish", "-1", "9" * 30])
def test_who_missed_something_is_told_at_once(seen: str) -> None:
    async def story(room: Room) -> None:
        assert "data: 5" in await Client(room, last=seen).next()

    run(story)


def test_a_phone_hears_of_phases_and_not_of_answers() -> None:
    async def story(room: Room) -> None:
        phone, stage = Client(room, "phase"), Client(room)
        assert "data: 2" in await phone.next()
        await stage.next()
        for _ in range(5):
            await room.commit()
        await stage.numbers_until(10)
        assert phone.chunks.empty()
        await room.commit(phase=True)
        assert await phone.next() == "id: 3\ndata: 3\n\n"

    run(story)


def test_a_burst_becomes_few_messages_and_the_last_always_comes() -> None:
    async def story(room: Room) -> None:
        client = Client(room, query="since=5")
        await client.next()
        began = asyncio.get_running_loop().time()
        for _ in range(500):
            await room.commit()
        told = await client.numbers_until(505)
        seconds = asyncio.get_running_loop().time() - began
        assert len(told) <= seconds / live.PAUSE + 2

    run(story)


def test_a_hundred_clients_ask_the_store_once() -> None:
    async def story(room: Room) -> None:
        clients = [Client(room) for _ in range(100)]
        for client in clients:
            await client.next()
        assert room.asked == 1
        assert room.streams.count == 100

    run(story)


def test_who_leaves_is_forgotten_and_the_last_one_ends_the_subscription() -> None:
    async def story(room: Room) -> None:
        clients = [Client(room), Client(room, "phase")]
        for client in clients:
            await client.next()
            client.leave.set()
        await asyncio.gather(*(client.task for client in clients))
        assert room.streams.count == 0
        assert not room.changes._subscribers
        await room.commit()
        assert "data: 6" in await Client(room).next()

    run(story)


def test_a_response_that_is_never_sent_leaves_nothing_behind() -> None:
    async def story(room: Room) -> None:
        scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
        forgotten = await room.streams.response(Request(scope), WORKSHOP, "any")
        assert room.streams.count == 0
        client = Client(room)
        await client.next()
        client.leave.set()
        await client.task
        assert not room.changes._subscribers
        assert forgotten.status_code == 200

    run(story)


def test_an_unknown_workshop_is_a_sentence_and_may_exist_later() -> None:
    async def story(room: Room) -> None:
        scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
        response = await room.streams.response(Request(scope), "unknown", "any")
        assert response.status_code == 404
        assert bytes(response.body).endswith(b".")
        await room.streams.response(Request(scope), "unknown", "any")
        assert room.asked == 2

    run(story)


def test_silence_is_broken_by_a_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", 0.05)

    async def story(room: Room) -> None:
        client = Client(room, query="since=5")
        await client.next()
        assert await client.next() == "event: beat\ndata\n\n"

    run(story)


def test_everything_ends_when_the_server_is_asked_to() -> None:
    async def story(room: Room) -> None:
        clients = [Client(room, kind) for kind in ("any", "phase")]
        for client in clients:
            await client.next()
        await asyncio.to_thread(room.streams.end)
        await asyncio.wait_for(asyncio.gather(*(client.task for client in clients)), 2)
        late = Client(room)
        await late.task
        assert late.status == 503

    run(story)
