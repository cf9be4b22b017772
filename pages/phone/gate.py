"""From a join code to its workshop, and a limit for whoever guesses codes.

There are ninety million codes; thirty wrong ones a minute from one address make guessing
useless, while two hundred phones behind the address of one hall come in unhindered. Everything
is in memory, for a minute, and nothing is logged.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from pages.phone.person import split
from workshop.access import tidy_code
from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import Workshop
from workshop.service import current

WRONG_CODES: Final = 30
"""So many wrong codes an address may try in `WINDOW` seconds."""
WINDOW: Final = 60.0
_ADDRESSES: Final = 20_000
_CODES: Final = 256

TOO_MANY: Final = N_(
    "Too many wrong codes came from your network. Please wait a minute, then try again."
)


class TooMany(Refused):
    """Too many wrong codes from one address; `wait` are the seconds until the next try."""

    def __init__(self, wait: int) -> None:
        super().__init__("too-many", TOO_MANY)
        self.wait = wait


@dataclass(slots=True)
class _Address:
    wrong: deque[float] = field(default_factory=deque)
    right: OrderedDict[str, None] = field(default_factory=OrderedDict)


class Gate:
    """Counts wrong codes by address. Not thread-safe: used in the event loop only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[str, _Address] = OrderedDict()
        self.workshops: dict[str, Workshop] = {}
        """By code, as first looked up: id and code of a workshop never change."""

    def check(self, address: str, code: str) -> None:
        """Let a look-up pass, or not.

        A code that this address has found before always passes: it tells nobody anything
        new, and a hall isn't shut out because one person in it plays with numbers.

        Raises:
            TooMany: when the address has tried `WRONG_CODES` in the last `WINDOW` seconds.
        """
        seen = self._known.get(address)
        if seen is None or code in seen.right:
            return
        now = self._clock()
        while seen.wrong and now - seen.wrong[0] >= WINDOW:
            seen.wrong.popleft()
        if len(seen.wrong) >= WRONG_CODES:
            raise TooMany(max(1, ceil(WINDOW - (now - seen.wrong[0]))))

    def wrong(self, address: str) -> None:
        """A code that doesn't exist was asked for."""
        seen = self._of(address)
        seen.wrong.append(self._clock())
        while len(seen.wrong) > WRONG_CODES:
            seen.wrong.popleft()

    def right(self, address: str, code: str) -> None:
        """A code that exists was asked for."""
        right = self._of(address).right
        right[code] = None
        while len(right) > _CODES:
            right.popitem(last=False)

    def forget(self) -> None:
        """Begin anew: no address is known any more."""
        self._known.clear()
        self.workshops.clear()

    def _of(self, address: str) -> _Address:
        seen = self._known.setdefault(address, _Address())
        self._known.move_to_end(address)
        while len(self._known) > _ADDRESSES:
            self._known.popitem(last=False)
        return seen


@lru_cache(maxsize=4096)  # reading an address costs more than all else that happens here
def network(host: str | None) -> str:
    """What counts as one address: all of IPv4, the first 64 bits of IPv6."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return host or ""
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


async def find(gate: Gate, request: Request) -> Workshop:
    """The workshop of the code in the address of a request; only its id and code are fresh.

    Raises:
        NotFound: when there is none; it counts as a wrong code.
        TooMany: when the address has tried too many.
    """
    # No header is trusted here: whoever guesses could write a new address into each request.
    address = network(request.client.host if request.client else None)
    raw, _ = split(str(request.path_params["code"]))
    code = tidy_code(raw)
    gate.check(address, code)
    found = gate.workshops.get(code)
    if found is None:
        try:
            found = await run_in_threadpool(current().find, raw)
        except NotFound:
            gate.wrong(address)
            raise
        if len(gate.workshops) >= _CODES:
            gate.workshops.clear()
        gate.workshops[code] = found
    gate.right(address, code)
    return found
