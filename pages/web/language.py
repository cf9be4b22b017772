"""Which language a reader gets, and the one link that changes it.

The order is the same everywhere: what the address says (`?lang=en`), what the reader chose
(cookie), what the browser asks for, German.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pages.web import site
from workshop.i18n import languages, negotiate

COOKIE: Final = "einklang_lang"
_YEAR: Final = 365 * 24 * 3600
_LONGEST_PATH: Final = 2000


def choose(query: str | None, cookie: str | None, accept: str | None, role: str = "console") -> str:
    """The language code for a reader; each argument may be missing or rubbish.

    Only languages that have a catalogue of `role` come out.
    """
    available = languages(role)
    for wish in (query, cookie):
        if wish in available:
            return wish
    return negotiate(accept, available)


def of_request(request: Request, role: str = "console") -> str:
    """The language of one HTTP request."""
    return choose(
        request.query_params.get("lang"),
        request.cookies.get(COOKIE),
        request.headers.get("accept-language"),
        role,
    )


def remember(response: Response, lang: str, *, secure: bool) -> None:
    """Keep the reader's choice in a cookie that says nothing but the language."""
    response.set_cookie(COOKIE, lang, max_age=_YEAR, path="/", samesite="lax", secure=secure)


def local_path(target: str | None) -> str:
    """`target` if it is a path on this server, else `/`, so that no link of ours leads away.

    Browsers read a backslash as a slash and drop control characters, so `//x`, `/\\x` and
    `/<tab>/x` are all addresses of somebody else. A `lang` in its query is taken out: it
    would overrule the choice that is being made.
    """
    if (
        not target
        or len(target) > _LONGEST_PATH
        or not target.startswith("/")
        or target.startswith("//")
        or "\\" in target
        or any(ord(char) <= 32 or ord(char) == 127 for char in target)
    ):
        return "/"
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc:
        return "/"
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != "lang"]
    return parts.path + (f"?{urlencode(query)}" if query else "")


async def _switch(request: Request) -> Response:
    """`/language/<lang>?next=<local path>`: remember the language and go back."""
    lang = request.path_params["lang"]
    response = RedirectResponse(local_path(request.query_params.get("next")), status_code=303)
    response.headers["Cache-Control"] = "no-store"
    if lang in languages() or lang in languages("phone"):
        remember(response, lang, secure=site.here.secure)
    return response


def routes() -> list[BaseRoute]:
    """The switch."""
    return [Route("/language/{lang}", _switch, methods=["GET"])]
