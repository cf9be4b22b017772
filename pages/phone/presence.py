"""The live stream of a phone: it hears of rounds, and its being open keeps its owner present."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from workshop.model import Participant
from workshop.service import current

EVERY: Final = 61.0
"""Seconds between two notes; the service keeps at most one a minute."""


class Present(Response):
    """A stream that notes its participant's presence for as long as it is open."""

    def __init__(self, stream: Response, participant: Participant) -> None:
        super().__init__()
        self._stream, self._participant = stream, participant

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream, and note the presence beside it."""
        noting = asyncio.create_task(self._note())
        try:
            await self._stream(scope, receive, send)
        finally:
            noting.cancel()

    async def _note(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            service = current()
            service.note_presence(self._participant)
            # Or the service would take a stream of an hour for somebody coming back each time.
            self._participant = replace(self._participant, last_seen=service.clock())
