"""A small HTTP/1.1 client on asyncio streams: cheap enough to be ten thousand phones at once.

It counts every byte that it receives, keeps its connection alive and its cookies, and can hold
an event stream open beside its requests, as a browser does.
"""

from __future__ import annotations

import asyncio
import gzip
import zlib
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlencode, urlsplit


@dataclass
class Reply:
    """A whole response; `size` is what came over the wire, headers included."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int

    @property
    def text(self) -> str:
        """The body as text, decompressed."""
        encoding = self.headers.get("content-encoding", "")
        if encoding == "gzip":
            return gzip.decompress(self.body).decode()
        if encoding == "deflate":
            return zlib.decompress(self.body).decode()
        return self.body.decode()


@dataclass
class Client:
    """One phone's connection to one server."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    received: int = 0
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    @property
    def _address(self) -> tuple[str, int]:
        parts = urlsplit(self.base)
        return parts.hostname or "127.0.0.1", parts.port or 80

    async def get(self, path: str, **headers: str) -> Reply:
        """GET, on the connection that is kept alive."""
        return await self._request("GET", path, b"", headers)

    async def post(self, path: str, data: dict[str, str], **headers: str) -> Reply:
        """POST of a form."""
        headers.setdefault("content-type", "application/x-www-form-urlencoded")
        return await self._request("POST", path, urlencode(data).encode(), headers)

    async def _request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        fresh = self._writer is None
        try:
            return await self._exchange(method, path, body, headers)
        except (ConnectionError, asyncio.IncompleteReadError):
            await self.close()
            if fresh:
                raise
            # A server may close an idle connection at any time; browsers try once more, too.
            return await self._exchange(method, path, body, headers)

    async def _exchange(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> Reply:
        if self._writer is None or self._reader is None:
            self._reader, self._writer = await asyncio.open_connection(*self._address)
        self._writer.write(self._head(method, path, len(body), headers) + body)
        await self._writer.drain()
        return await self._reply(self._reader)

    def _head(self, method: str, path: str, length: int, headers: dict[str, str]) -> bytes:
        host, port = self._address
        fields = {"host": f"{host}:{port}", "accept-encoding": "gzip", **headers}
        if method == "POST":
            fields["content-length"] = str(length)
        if self.cookies:
            fields["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in fields.items()), "", ""]
        return "\r\n".join(lines).encode()

    async def _reply(self, reader: asyncio.StreamReader) -> Reply:
        status, headers, size = await self._reply_head(reader)
        if headers.get("transfer-encoding") == "chunked":
            body, wire = await _chunks(reader)
        else:
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            wire = len(body)
        self.received += size + wire
        if headers.get("connection") == "close":
            await self.close()
        return Reply(status, headers, body, size + wire)

    async def _reply_head(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str], int]:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                for key, morsel in SimpleCookie(value).items():
                    self.cookies[key] = morsel.value
            elif name:
                headers[name.lower()] = value
        return int(first.split(" ")[1]), headers, len(head)

    async def events(self, path: str) -> EventStream:
        """Open an event stream on a connection of its own."""
        reader, writer = await asyncio.open_connection(*self._address)
        writer.write(self._head("GET", path, 0, {"accept": "text/event-stream"}))
        await writer.drain()
        status, _, _ = await self._reply_head(reader)
        if status != 200:
            writer.close()
            raise ConnectionError(f"event stream refused with {status}")
        return EventStream(reader, writer)

    async def close(self) -> None:
        """Close the connection; the next request opens a new one."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


@dataclass
class EventStream:
    """An open stream of server-sent events."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def line(self) -> str:
        """The next line that carries data; '' when the stream has ended."""
        while True:
            raw = await self.reader.readline()
            if not raw:
                return ""
            if raw.startswith(b"data:"):
                return raw[5:].decode().strip()

    def close(self) -> None:
        """Hang up."""
        self.writer.close()


async def _chunks(reader: asyncio.StreamReader) -> tuple[bytes, int]:
    parts, wire = [], 0
    while True:
        line = await reader.readline()
        length = int(line, 16)
        part = await reader.readexactly(length + 2)
        wire += len(line) + len(part)
        if not length:
            return b"".join(parts), wire
        parts.append(part[:-2])
