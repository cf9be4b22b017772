"""Browsers' contexts as all stories open them: German by default, without motion, watched."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

from tests.browsers import PATIENCE

foreign: list[str] = []
"""Every address on a host that isn't ours which any page asked for; the stories end with none."""


def visitor(
    browser: Browser,
    size: tuple[int, int],
    *,
    scheme: str = "light",
    lang: str = "de-DE",
    script: bool = True,
    scale: float = 1,
) -> BrowserContext:
    """Somebody's browser: own cookies, own language, own light."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
        locale=lang,
        device_scale_factor=scale,
    )
    context.set_default_timeout(PATIENCE)
    context.on("request", lambda request: _note(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: _note(socket.url)))
    return context


def _note(url: str) -> None:
    place = urlsplit(url)
    if place.scheme not in ("data", "blob") and place.hostname != "127.0.0.1":
        foreign.append(url)
