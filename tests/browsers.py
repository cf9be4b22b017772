"""The system's Chromium, driven by Playwright: where it is, and how it is started."""

from __future__ import annotations

import os
import shutil
from typing import Literal

from playwright.sync_api import Page, expect

PATIENCE = 20_000
"""Milliseconds until something that must come counts as missing; nothing waits this long."""

FLAGS = [
    "--disable-features=PreloadTopChromeWebUI",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",
]
"""Nothing of its own goes out into the network, and it runs as any user.

The windows of one visitor share a process: what one of them has compiled, the next one has too.
"""

Scheme = Literal["light", "dark"]
"""The theme that somebody's device asks for."""


def chromium() -> str | None:
    """The path of a Chromium on this machine, or None."""
    asked = os.environ.get("CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome")
    return asked or next((path for name in names if (path := shutil.which(name))), None)


# Fonts and transitions change contrast and size.
REST = """async () => {
  await document.fonts.ready
  // In a closed box nothing is drawn, and what fades there never ends.
  const seen = document.getAnimations().filter(({ effect }) => effect.target.checkVisibility())
  await Promise.allSettled(seen.map((animation) => animation.finished))
}"""


def at_rest(page: Page) -> None:
    """All that was asked for is drawn: nothing is half there, faded or on its way."""
    expect(page.locator('[data-test-script-state="running"]')).to_have_count(0)
    page.evaluate(REST)
