"""The system's Chromium, driven by Playwright: where it is, and how it is started."""

from __future__ import annotations

import os
import shutil

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Nothing of its own goes out into the network, and it runs as any user."""


def chromium() -> str | None:
    """The path of a Chromium on this machine, or None."""
    asked = os.environ.get("CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome")
    return asked or next((path for name in names if (path := shutil.which(name))), None)
