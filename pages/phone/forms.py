"""What a phone sends, read with a limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from pages.phone.sentences import TOO_BIG
from workshop.errors import Refused

MAX_BODY: Final = 4_000_000
"""Bytes of a form: a novel passes, so that its author gets it back to shorten."""


OPTION: Final = "v-"
"""Before a statement's id: the field that says what this option is given."""

CHOICE: Final = "choice"
"""The field that names the one option that is chosen."""

_MANY: Final = 200
_LONG: Final = 40


def options(fields: Mapping[str, str]) -> dict[str, str]:
    """What fields say of each option, by its statement's id; as it was typed."""
    found = {
        name.removeprefix(OPTION)[:_LONG]: value[:_LONG]
        for name, value in fields.items()
        if name.startswith(OPTION) and value.strip()
    }
    if chosen := fields.get(CHOICE):
        found[chosen[:_LONG]] = "1"
    return dict(list(found.items())[:_MANY])


async def read(request: Request) -> Mapping[str, str]:
    """The fields of a form, the last one of each name; files count as nothing.

    Raises:
        Refused: more than `MAX_BODY` bytes.
    """
    length = request.headers.get("content-length", "")
    if not length.isascii() or not length.isdigit() or int(length[:12]) > MAX_BODY:
        if request.headers.get("transfer-encoding") is None and not length:
            return {}
        raise Refused("too-big", TOO_BIG)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            parser = MultiPartParser(
                request.headers, request.stream(), max_fields=200, max_part_size=MAX_BODY
            )
            form = await parser.parse()
        elif kind == "application/x-www-form-urlencoded":
            form = await FormParser(request.headers, request.stream()).parse()
        else:
            return {}
    except (MultiPartException, KeyError, ValueError):
        return {}
    # PostgreSQL keeps no NUL in a text, and nobody types one.
    return {k: v.replace("\0", "") for k, v in form.multi_items() if isinstance(v, str)}
