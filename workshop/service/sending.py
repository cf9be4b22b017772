"""Each sending counts once, and the last one counts, however often and late it arrives.

An answer needs no key of its own: its row is the one of (round, statement, person), so that a
repetition writes what is there already. What a repetition could do is overtake: a phone in a
tunnel gives a sending up, its owner taps another step, and the network hands over the old one
after the new one. So phones number their taps, and say where an earlier one may still be under
way; `Taps` remembers those few.

A contribution has its key, made on the phone: `row_of` makes the row's id of it, so that a
repetition finds the row and is answered as the first time. The fingerprint of the text, which
phones without script have to do with, answers otherwise: *sent before*.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from concurrent.futures import Future
from typing import Final

from workshop.errors import Refused

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_ORDER: Final = re.compile(r"[0-9]{1,16}")
_MOST: Final = 20_000


def row_of(participant_id: str, key: str | None) -> str | None:
    """The id of the row that a sending makes; None for a key that no phone of ours makes.

    The person is part of it: nobody can name another's row.
    """
    if key is None or not _KEY.fullmatch(key):
        return None
    return hashlib.sha256(f"{participant_id}:{key}".encode()).hexdigest()[:32]


def order_of(raw: str | None) -> int | None:
    """The number of a tap on its phone; None where none is given, or rubbish."""
    return int(raw) if raw and _ORDER.fullmatch(raw) else None


class Taps:
    """The newest taps on items of which an older one may still arrive.

    Kept in this process only, and that is where it is needed: an old sending arrives through the
    connection it was given to, and a connection ends with the process that holds it.
    """

    def __init__(self) -> None:
        self._newest: OrderedDict[tuple[str, str, str], int] = OrderedDict()

    def overtaken(self, item: tuple[str, str, str], order: int | None, *, doubtful: bool) -> bool:
        """Whether this tap is older than one that has arrived.

        `item` is (round, statement, participant); `doubtful` says that the phone doesn't know
        what became of an earlier tap on it, so that this one is to be remembered.
        """
        if order is None:
            return False
        newest = self._newest.get(item)
        if newest is not None and order < newest:
            return True
        if doubtful or newest is not None:
            self._newest[item] = order
            self._newest.move_to_end(item)
            while len(self._newest) > _MOST:
                self._newest.popitem(last=False)
        return False


def unwrapped(inner: Future[bool | Refused]) -> Future[bool]:
    """A refusal whose draft had to be committed first, turned back into a refusal."""
    outer: Future[bool] = Future()

    def done(finished: Future[bool | Refused]) -> None:
        if not outer.set_running_or_notify_cancel():
            return
        error = finished.exception()
        value = finished.result() if error is None else error
        if isinstance(value, BaseException):
            outer.set_exception(value)
        else:
            outer.set_result(value)

    inner.add_done_callback(done)
    return outer
