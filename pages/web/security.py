"""The guard in front of every request, as plain ASGI: who may write, and what browsers may do.

Streams pass through it untouched; it only looks at the request's head and adds to the answer's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.web import language, site
from workshop.i18n import N_, translator

FOREIGN_WRITE: Final = N_(
    "This request came from another website, so nothing was changed. "
    "Please open the page itself and try again."
)

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Numbers about the process, and an interface for programs: nobody in the room needs either.
_CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent")
_HOST: Final = re.compile(r"[A-Za-z0-9.\-\[\]:]{1,255}")

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
}
FILE_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"


def streamlit_policy(host: str | None, inline_hashes: tuple[str, ...] = ()) -> str:
    """The content security policy of a Streamlit page: this host, and nobody else.

    Streamlit's styles are inline, its components are scripts from blobs. Its WebSocket is
    named beside 'self', since older Safari doesn't count ws: as the same origin.
    """
    sockets = f" ws://{host} wss://{host}" if host and _HOST.fullmatch(host) else ""
    hashes = "".join(f" '{value}'" for value in inline_hashes)
    return (
        "default-src 'self'; "
        f"script-src 'self' blob:{hashes}; "
        "style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self'{sockets}; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


class Guard:
    """Refuses writes and sockets from other websites, closes what nobody needs, adds headers.

    `page_policy` gives the content security policy of an HTML answer that brings none.
    """

    def __init__(self, app: ASGIApp, page_policy: Callable[[str | None], str]) -> None:
        self.app = app
        self._page_policy = page_policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["type"] == "websocket":
            # Streamlit would ask a foreign host for our own address to judge a strange origin.
            if _own_origin(headers) is False:
                await send({"type": "websocket.close", "code": 1008})
                return
            await self.app(scope, receive, send)
            return
        send = self._with_headers(scope, headers, send)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path.startswith(_CLOSED):
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
        elif scope["method"] not in _SAFE_METHODS and not may_write(headers):
            message = translator(language.of_request(Request(scope)))(FOREIGN_WRITE)
            await PlainTextResponse(message, 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _with_headers(self, scope: Scope, request: Headers, send: Send) -> Send:
        static = scope["path"].startswith("/static/")

        async def wrapped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if headers.get("content-type", "").startswith("text/html"):
                    policy = self._page_policy(request.get("host"))
                    headers.setdefault("Content-Security-Policy", policy)
                elif not static:  # a worker is bound by its own file's policy
                    headers.setdefault("Content-Security-Policy", FILE_POLICY)
            await send(message)

        return wrapped


def may_write(headers: Headers) -> bool:
    """Whether a request that changes something comes from a page of ours.

    Browsers say so in Sec-Fetch-Site, which no script can forge; where an older one doesn't,
    its Origin decides. What sends neither is no browser, so nobody's cookies are abused.
    """
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site in ("same-origin", "none"):
        return True
    if fetch_site == "same-site":
        return _own_origin(headers) is True
    return fetch_site is None and _own_origin(headers) is not False


def _own_origin(headers: Headers) -> bool | None:
    """Whether Origin names this server; None where there is no Origin."""
    origin = headers.get("origin")
    if origin is None:
        return None
    try:
        host = urlsplit(origin).netloc.lower()
    except ValueError:
        return False
    return bool(host) and host in (headers.get("host", "").lower(), site.here.public_host)
