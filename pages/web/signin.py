"""Getting in and out: links of one use or many, the passphrase, signing out.

Plain HTML, so that password managers and readers without JavaScript find a form. Cookies hold a
random session and nothing else; what it opens stands in the database.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pages.web import language, signin_page, site
from pages.web.signin_page import Plea
from workshop import service as services
from workshop.access import SESSION_LIFE
from workshop.errors import Forbidden
from workshop.i18n import translator
from workshop.model import Actor, Role

MODERATOR_COOKIE: Final = "einklang_moderator"
STAGE_COOKIE: Final = "einklang_stage"
_LONGEST_BODY: Final = 8_000
_PASSPHRASE_LIMIT: Final = 1_000


@dataclass
class Brake:
    """Slows down guessing: so many failures of one address, and of all, within a while.

    Kept in memory only and forgotten by itself; no address is logged or stored. Successes don't
    count, so a whole team behind one address can sign in at once.
    """

    one: int = 8
    everybody: int = 200
    within: float = 300.0
    _all: deque[tuple[float, str]] = field(default_factory=deque)

    def wait(self, address: str, now: float) -> int:
        """Seconds until this address may try again; 0 for now."""
        while self._all and now - self._all[0][0] >= self.within:
            self._all.popleft()
        mine = [at for at, who in self._all if who == address]
        oldest = [group[-limit] for group, limit in self._limits(mine) if len(group) >= limit]
        return max((int(at + self.within - now) + 1 for at in oldest), default=0)

    def failed(self, address: str, now: float) -> None:
        """Remember one more wrong attempt."""
        self._all.append((now, address))

    def _limits(self, mine: list[float]) -> tuple[tuple[list[float], int], ...]:
        return (mine, self.one), ([at for at, _ in self._all], self.everybody)


brake = Brake()
# Argon2 takes 64 MB and a core for each attempt: one at a time, whoever hammers.
_hashing = asyncio.Semaphore(1)


def _keep(response: Response, cookie: str, value: str) -> None:
    """A session in a cookie that scripts can't read and other websites can't send along."""
    response.set_cookie(
        cookie,
        value,
        max_age=int(SESSION_LIFE.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=site.here.secure,
    )


def _go(target: str) -> RedirectResponse:
    response = RedirectResponse(target, status_code=303)
    response.headers["Cache-Control"] = "no-store"
    # The secret in the address is nobody's business, not even as a referrer.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _plea(request: Request, plea: Plea, status: int = 200) -> HTMLResponse:
    t = translator(language.of_request(request))
    response = HTMLResponse(signin_page.page(t, plea), status_code=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = signin_page.POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _actor(request: Request) -> Actor:
    """Whom the moderator's cookie of this request speaks for."""
    return services.current().who(request.cookies.get(MODERATOR_COOKIE))


def _arrival(actor: Actor) -> tuple[str, str]:
    """The cookie that a link fills, and where it leads."""
    where = {"w": actor.workshop_id} if actor.workshop_id else {}
    if actor.role is Role.STAGE:
        return STAGE_COOKIE, f"/stage?{urlencode(where)}"
    return MODERATOR_COOKIE, f"/moderator?{urlencode(where)}" if where else "/"


def _is_speculative(request: Request) -> bool:
    """Whether a program only looks ahead; it must not spend a link that works once."""
    purpose = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    return request.method == "HEAD" or "prefetch" in purpose.lower()


async def _by_link(request: Request) -> Response:
    """`/m/<token>` and `/s/<token>`: a session for whoever holds the link."""
    if _is_speculative(request):
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    service = services.current()
    try:
        session, actor = await run_in_threadpool(
            service.sign_in_by_link, request.path_params["token"]
        )
    except Forbidden as refusal:
        known = await run_in_threadpool(_actor, request)
        inside = known.role in (Role.MODERATOR, Role.OPERATOR)
        plea = Plea(service.passphrase.is_set, refusal=refusal, inside=inside)
        return _plea(request, plea, 403)
    cookie, target = _arrival(actor)
    response = _go(target)
    known = await run_in_threadpool(_actor, request)
    if known.workshop_id is None and known.role is actor.role:
        # Who may moderate everything loses nothing by following a link to one workshop.
        return response
    _keep(response, cookie, session)
    return response


async def _form(request: Request) -> Response:
    """`GET /signin`: the form, or how to get in where no passphrase is set."""
    target = language.local_path(request.query_params.get("next"))
    return _plea(request, Plea(services.current().passphrase.is_set, next=target))


async def _read_form(request: Request) -> dict[str, str] | None:
    """The fields of a small form; None where it is larger than any form of ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_BODY:
            return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


async def _by_passphrase(request: Request) -> Response:
    """`POST /signin`: passphrase → session; a wrong one is answered in words, and slowly."""
    service = services.current()
    fields = await _read_form(request) or {}
    target = language.local_path(fields.get("next"))
    address = request.client.host if request.client else ""
    attempt = fields.get("passphrase", "")[:_PASSPHRASE_LIMIT]
    async with _hashing:
        seconds = brake.wait(address, time.monotonic())
        if seconds:
            plea = Plea(service.passphrase.is_set, next=target, wait=seconds)
            response = _plea(request, plea, 429)
            response.headers["Retry-After"] = str(seconds)
            return response
        try:
            session = await run_in_threadpool(service.sign_in_by_passphrase, attempt)
        except Forbidden as refusal:
            brake.failed(address, time.monotonic())
            plea = Plea(service.passphrase.is_set, next=target, refusal=refusal)
            return _plea(request, plea, 403)
    done = _go(target)
    _keep(done, MODERATOR_COOKIE, session)
    return done


async def _out(request: Request) -> Response:
    """`POST /signout`: this browser forgets console and stage, and so does the server."""
    sessions = [request.cookies.get(cookie) for cookie in (MODERATOR_COOKIE, STAGE_COOKIE)]
    await run_in_threadpool(services.current().sign_out, *sessions)
    response = _go("/signin")
    for cookie in (MODERATOR_COOKIE, STAGE_COOKIE):
        response.delete_cookie(
            cookie, path="/", httponly=True, samesite="lax", secure=site.here.secure
        )
    return response


def routes() -> list[BaseRoute]:
    """Links, form, and the way out."""
    return [
        Route("/m/{token}", _by_link, methods=["GET"]),
        Route("/s/{token}", _by_link, methods=["GET"]),
        Route("/signin", _form, methods=["GET"]),
        Route("/signin", _by_passphrase, methods=["POST"]),
        Route("/signout", _out, methods=["POST"]),
    ]
