"""The commands of `python app.py`, each a few lines over a use case.

With `--json` stdout is the JSON alone; words, logs and errors go to stderr. Exit code 1 is for
what was refused or failed, 2 for a command that was not understood. What needs the other rooms
is the `Wiring` that `app.py` hands in.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Sequence
from typing import TextIO

import structlog

from workshop.banner import show
from workshop.commands import importing, office, parser, rooms
from workshop.commands.wiring import Command, CommandError, Said, Wiring
from workshop.errors import Refused
from workshop.polis import PolisError
from workshop.simulate.replay import ReplayError

_COMMANDS: dict[str, Command] = {
    "create": office.create,
    "link": office.link,
    "agenda": office.agenda,
    "statement add": office.add_statement,
    "round open": office.round_open,
    "round close": office.round_close,
    "round reveal": office.round_reveal,
    "results": office.results,
    "export": office.export,
    "import polis": importing.import_polis,
    "simulate": rooms.simulate,
    "demo": rooms.demo,
}


def main(argv: Sequence[str], wiring: Wiring) -> int:
    """Run one command; returns the exit code. Wrong usage and `--help` end the process."""
    asked = parser.parse(tuple(_COMMANDS), argv)
    # Nothing but the answer may reach stdout, whoever logs whatever on the way.
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    out = sys.stdout
    try:
        with contextlib.redirect_stdout(sys.stderr):
            said = _COMMANDS[asked.command](asked, wiring, out if not asked.json else sys.stderr)
    except (Refused, CommandError, PolisError, ReplayError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    answer = _json(said, out) if asked.json else said.text
    if answer:
        show(answer, out)
    return said.code


def _json(said: Said, out: TextIO) -> str:
    """The payload in full precision; in plain ASCII where the terminal knows no more."""
    everything = (out.encoding or "").lower().replace("-", "") == "utf8"
    return json.dumps(said.payload, ensure_ascii=not everything, allow_nan=False, indent=1)


__all__ = ["Wiring", "main"]
