"""Ending at once: open streams would keep the server from stopping for as long as they live.

uvicorn waits for every connection before it ends the lifespan, so the lifespan comes too late to
close them. The signal itself has to.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def before_stopping(action: Callable[[], None]) -> Callable[[], None]:
    """Call `action` when the process is asked to end, and then whoever handled that before.

    `action` runs inside a signal handler: it must be quick and may only schedule. Returns a
    function that puts the earlier handlers back. Outside the main thread, where Python takes
    no signals, nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    earlier: dict[signal.Signals, Any] = {sig: signal.getsignal(sig) for sig in _SIGNALS}

    def handle(number: int, frame: FrameType | None) -> None:
        action()
        handler = earlier[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)
        elif handler != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    for sig in _SIGNALS:
        signal.signal(sig, handle)

    def restore() -> None:
        for sig, handler in earlier.items():
            if signal.getsignal(sig) is handle:
                signal.signal(sig, handler)

    return restore
