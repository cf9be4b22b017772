"""What the commands share: what they are given, what they give back, how they fail."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TextIO

from workshop.service import Service
from workshop.settings import Settings


class Wiring(Protocol):
    """What `app.py` hands in: the settings, and the service on their database."""

    @property
    def settings(self) -> Settings:
        """What the environment says."""
        ...

    def service(self, *, watch: bool = False) -> AbstractContextManager[Service]:
        """The service on a migrated database; closed at the end."""
        ...


class CommandError(Exception):
    """Why a command failed: a sentence for whoever typed it. The exit code is 1."""


@dataclass(frozen=True)
class Said:
    """What a command has to say: `payload` with --json, else `text`; and the exit code."""

    payload: Any
    text: str
    code: int = 0


Command = Callable[[argparse.Namespace, Wiring, TextIO], Said]
"""Arguments, wiring, and where words may go while the command runs."""
