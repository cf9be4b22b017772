"""Whose page an address is: the phone's own, or that of a person for whom somebody enters.

`/j/48217730` is whoever holds the browser, `/j/48217730~31` is person 31, who has no phone. Each
person has an address and a cookie of that path alone, so the moderator can have several of them
open at once, and a phone with which the moderator takes part stays what it is.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from workshop.access import tidy_code
from workshop.model import Participant, Workshop

COOKIE: Final = "einklang_person"
_SIGN: Final = "~"  # neither a digit nor anything that people put between digits


def split(raw: str) -> tuple[str, int | None]:
    """The code as it was typed, and the number of the person; None for the phone's own page."""
    code, sign, number = raw.partition(_SIGN)
    known = bool(sign) and number.isascii() and number.isdigit() and len(number) < 8
    return (code, int(number)) if known else (raw, None)


def tidy(raw: str) -> str:
    """An address as it was handed on, without anything that isn't part of one."""
    code, number = split(raw)
    return address(tidy_code(code), number)


def address(code: str, number: int | None) -> str:
    """What stands behind /j/ for the person of that number."""
    return code if number is None else f"{code}{_SIGN}{number}"


def address_of(workshop: Workshop, participant: Participant | None) -> str:
    """What stands behind /j/ on the pages of this participant."""
    proxy = participant is not None and participant.proxy
    return address(workshop.join_code, participant.number if participant and proxy else None)


def number_in(request: Request) -> int | None:
    """The number of the person whose page is asked for; None for the phone's own."""
    return split(str(request.path_params.get("code", "")))[1]
