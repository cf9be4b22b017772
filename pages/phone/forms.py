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
                request.headers, request.stream(), max_fields=50, max_part_size=MAX_BODY
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
