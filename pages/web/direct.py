"""Our own routes, reached without the middleware that Streamlit's pages need.

Phones, streams and files want no session, and compress themselves where it pays: signing a
session and wrapping each answer for gzip cost a third of a phone page's time, and a stream
would hold on to both for hours. They stay behind the guard, and in the same application.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send


class Direct:
    """Takes the requests under `prefixes`, and hands on all others."""

    def __init__(
        self, app: ASGIApp, *, prefixes: tuple[str, ...], routes: Sequence[BaseRoute]
    ) -> None:
        self._app = app
        self._prefixes = prefixes
        self._own = ExceptionMiddleware(Router(routes=list(routes), redirect_slashes=False))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        ours = scope["type"] == "http" and self._is_ours(scope["path"])
        await (self._own if ours else self._app)(scope, receive, send)

    def _is_ours(self, path: str) -> bool:
        return any(path == prefix or path.startswith(f"{prefix}/") for prefix in self._prefixes)
