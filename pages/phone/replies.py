"""How the phone's routes answer: a page, a redirect to one, or JSON for the page's script."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from pages.phone import person
from pages.web import assets, language, site
from workshop.errors import Forbidden, NotFound, Refused
from workshop.i18n import Translator, languages, translator

COOKIE: Final = "einklang"
_COOKIE_AGE: Final = 180 * 24 * 3600
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32}")

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)


def words(request: Request) -> Translator:
    """The translator of whoever asks."""
    return translator(language.of_request(request, "phone"))


def token_of(request: Request) -> str | None:
    """The participant's secret, if the cookie holds something that could be one."""
    name = COOKIE if person.number_in(request) is None else person.COOKIE
    return well_formed(request.cookies.get(name))


def well_formed(token: str | None) -> str | None:
    """The token, or None where we can't have made it."""
    return token if token and _TOKEN.fullmatch(token) else None


def wants_json(request: Request) -> bool:
    """Whether the page's script asks, which can't follow a redirect to a sentence."""
    return "application/json" in request.headers.get("accept", "")


def render(name: str, t: Translator, here: str, **context: object) -> Page:
    """A template, rendered. `here` is the path that the language switch comes back to."""
    others = [code for code in languages("phone") if code != t.lang]
    page = _templates.get_template(name).render(
        t=t,
        here=here,
        others=[
            {
                "code": code,
                "name": translator(code).language_name,
                "url": f"/language/{code}?{urlencode({'next': here})}",
            }
            for code in others
        ],
        asset=assets.phone_url,
        **context,
    )
    return Page.of(page.encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page, compressed once however many phones get it."""

    body: bytes
    zipped: bytes

    @classmethod
    def of(cls, body: bytes) -> Page:
        """Compress a page."""
        return cls(body, gzip.compress(body, 6, mtime=0))


def html(request: Request, page: Page, status: int = 200) -> Response:
    """A whole page, with the policy of the phone's pages."""
    body = page.body
    headers = {
        "Content-Security-Policy": POLICY,
        # Not "no-store": browsers give typed text back after a reload only without it.
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Accept-Encoding, Accept-Language, Cookie",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = page.zipped
        headers["Content-Encoding"] = "gzip"
    response = Response(body, status, headers, "text/html; charset=utf-8")
    asked = request.query_params.get("lang")
    if asked is not None and asked in languages("phone"):
        language.remember(response, asked, secure=site.here.secure)
    return response


def go(path: str, fragment: str = "", **query: str) -> Response:
    """303 to a page of ours that can be reloaded."""
    given = {key: value for key, value in query.items() if value}
    url = path + (f"?{urlencode(given)}" if given else "") + (f"#{fragment}" if fragment else "")
    return RedirectResponse(url, 303, {"Cache-Control": "no-store"})


def said(ok: bool, state: str, message: str, status: int = 200) -> Response:
    """What the page's script gets instead of a redirect."""
    body: Mapping[str, object] = {"ok": ok, "state": state, "message": message}
    return JSONResponse(body, status, {"Cache-Control": "no-store"})


def refused(t: Translator, refusal: Refused) -> Response:
    """A refusal as JSON: its code, and its sentence in the reader's language."""
    status = 422
    if isinstance(refusal, Forbidden):
        status = 403
    elif isinstance(refusal, NotFound):
        status = 404
    elif refusal.code in ("closed", "ended", "locked"):
        status = 409
    return said(False, refusal.code, t(refusal.message, **refusal.params), status)


def identify(response: Response, token: str) -> None:
    """Keep the participant's secret in their browser, out of the reach of scripts."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=_COOKIE_AGE,
        path="/",
        httponly=True,
        samesite="lax",
        secure=site.here.secure,
    )


def dumps(value: object) -> str:
    """JSON for a data attribute; autoescape does the rest."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
