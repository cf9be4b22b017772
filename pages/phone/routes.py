"""The participant's phone: plain pages of real forms and real buttons.

`/j` takes the eight digits, `/j/<code>` is the workshop as this phone sees it now. Every POST
answers 303 to a page that can be reloaded, or JSON where the page's script asks. An answer is
acknowledged after its commit and not before.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Any, Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pages.phone import forms, gate, person, replies, screens, standing_in
from pages.phone.presence import Present
from pages.phone.sentences import SAVED, TROUBLE, TWICE, flash
from pages.web import live
from workshop.access import tidy_code
from workshop.errors import Forbidden, NotFound, Refused
from workshop.model import Workshop
from workshop.service import current
from workshop.service.sending import order_of
from workshop.texts import KINDS

T = TypeVar("T")
_log = logging.getLogger(__name__)
GATE: Final = gate.Gate()


Endpoint = Callable[[Request, Workshop], Awaitable[Response]]


def _in_workshop(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """Find the workshop of the code first, and turn every refusal into an answer."""

    @functools.wraps(endpoint)
    async def wrapped(request: Request) -> Response:
        try:
            workshop = await gate.find(GATE, request)
        except gate.TooMany as refusal:
            return _too_many(request, refusal)
        except NotFound as refusal:
            if replies.wants_json(request):
                return replies.refused(replies.words(request), refusal)
            typed = str(request.path_params["code"])[:40]
            return replies.go("/j", e=refusal.code, code=typed)
        try:
            return await endpoint(request, await standing_in.addressed(request, workshop))
        except standing_in.Nobody as refusal:
            return standing_in.gone(request, refusal)
        except Refused as refusal:
            if refusal.code == "no-workshop":  # deleted since its code was first looked up
                GATE.forget()
                return replies.go("/j", e="no-code")
            return _no(request, workshop, refusal)

    return wrapped


def _too_many(request: Request, refusal: gate.TooMany) -> Response:
    t = replies.words(request)
    if replies.wants_json(request):
        response = replies.said(False, refusal.code, t(refusal.message), 429)
    elif request.method == "POST":
        return replies.go(f"/j/{tidy_code(str(request.path_params['code'])[:40])}")
    else:
        typed = str(request.path_params["code"])[:40]
        page = screens.code_page(t, flash(t, refusal.code), typed)
        response = replies.html(request, page, 429)
    response.headers["Retry-After"] = str(refusal.wait)
    return response


def _no(request: Request, workshop: Workshop, refusal: Refused, place: str = "") -> Response:
    """A refusal: JSON for the script, else back to the page with the refusal's code."""
    if replies.wants_json(request):
        return replies.refused(replies.words(request), refusal)
    fragment = f"s-{place}" if place else ""
    return replies.go(f"/j/{workshop.join_code}", fragment, e=refusal.code, s=place)


async def _kept(future: Future[T]) -> T:
    """What a write gives, once it is on disk.

    Raises:
        Refused: as the use case says, or with a sentence when the database failed.
    """
    try:
        return await asyncio.wrap_future(future)
    except Refused:
        raise
    except Exception as error:
        # A full disk, a database that is away: people read a sentence, operators the kind.
        _log.error("A phone's write failed: %s", type(error).__name__)
        raise Refused("trouble", TROUBLE) from error


async def _code(request: Request) -> Response:
    """`/j`: the eight digits."""
    t = replies.words(request)
    if request.method == "POST":
        try:
            typed = (await forms.read(request)).get("code", "")[:40]
        except Refused:
            typed = ""
        code = tidy_code(typed)
        if not 6 <= len(code) <= 12:
            return replies.go("/j", e="no-code", code=typed)
        return replies.go(f"/j/{code}")
    query = request.query_params
    note = flash(t, query.get("e"))
    return replies.html(request, screens.code_page(t, note, query.get("code", "")))


@_in_workshop
async def _phone(request: Request, workshop: Workshop) -> Response:
    """`/j/<code>`: the workshop as this phone sees it now."""
    if request.path_params["code"] != workshop.join_code:
        return replies.go(f"/j/{workshop.join_code}")
    t, token, query = replies.words(request), replies.token_of(request), request.query_params
    note = flash(t, query.get("e"), query.get("s", "")[:40])
    typed = forms.options(query)

    def look() -> replies.Page:
        return screens.phone_page(t, current().phone(workshop.id, token), note, typed)

    return replies.html(request, await run_in_threadpool(look))


@_in_workshop
async def _join(request: Request, workshop: Workshop) -> Response:
    """`/j/<code>/join`: one tap, and in."""
    form = await forms.read(request)
    token = replies.token_of(request) or replies.well_formed(form.get("key"))
    known = replies.token_of(request) is not None
    joining = current().join(workshop.id, token, form.get("segment", ""))
    secret, _ = await _kept(joining)
    corrected = known and form.get("back") == "me"
    if replies.wants_json(request):
        response = replies.said(True, "joined", replies.words(request)(SAVED))
    elif corrected:
        response = replies.go(f"/j/{workshop.join_code}/me", e="group")
    else:
        response = replies.go(f"/j/{workshop.join_code}")
    if person.number_in(request) is None:
        replies.identify(response, secret)
    return response


@_in_workshop
async def _answer(request: Request, workshop: Workshop) -> Response:
    """`/j/<code>/answer`: one step of one statement, of a matrix on one of its axes."""
    form = await forms.read(request)
    statement = form.get("statement", "")[:40]
    answering = current().answer(
        workshop.id,
        replies.token_of(request),
        form.get("round", ""),
        statement,
        form.get("value", ""),
        axis=2 if form.get("axis") == "2" else 1,
        order=order_of(form.get("n")),
        doubtful=form.get("again") == "1",
    )
    try:
        await _kept(answering)
    except Refused as refusal:
        asked = refusal.code in ("bad-value", "trouble")
        return _no(request, workshop, refusal, statement if asked else "")
    if replies.wants_json(request):
        return replies.said(True, "saved", replies.words(request)(SAVED))
    return replies.go(f"/j/{workshop.join_code}", f"s-{statement}")


@_in_workshop
async def _sheet(request: Request, workshop: Workshop) -> Response:
    """`/j/<code>/sheet`: all options of a question, ranked, given points or chosen from."""
    form = await forms.read(request)
    typed = forms.options(form)
    answering = current().answer_whole(
        workshop.id,
        replies.token_of(request),
        form.get("round", ""),
        None if form.get("none") == "1" else typed,
        order=order_of(form.get("n")),
        doubtful=form.get("again") == "1",
    )
    try:
        await _kept(answering)
    except Refused as refusal:
        if replies.wants_json(request):
            return replies.refused(replies.words(request), refusal)
        mend = {forms.OPTION + key: value for key, value in typed.items()}
        # Of what is typed here a flawed value is no step of a scale, as it is of an answer.
        code = "bad-number" if refusal.code == "bad-value" else refusal.code
        return replies.go(f"/j/{workshop.join_code}", e=code, **mend)
    if replies.wants_json(request):
        return replies.said(True, "saved", replies.words(request)(SAVED))
    return replies.go(f"/j/{workshop.join_code}", e="saved")


@_in_workshop
async def _contribute(request: Request, workshop: Workshop) -> Response:
    """`/j/<code>/contribute`: a perspective, an interest, a goal, or a word for the cloud."""
    form = await forms.read(request)
    new = await _kept(
        current().contribute(
            workshop.id,
            replies.token_of(request),
            form.get("round", ""),
            form.get("aspect"),
            form.get("text", ""),
            key=form.get("key"),
        )
    )
    if replies.wants_json(request):
        t = replies.words(request)
        return replies.said(True, "saved" if new else "twice", t(SAVED if new else TWICE))
    return replies.go(f"/j/{workshop.join_code}", e="saved" if new else "twice")


@_in_workshop
async def _events(request: Request, workshop: Workshop) -> Response:
    """`/j/<code>/events`: rounds opening and closing, as they do."""
    token = replies.token_of(request)
    stream = await live.streams().response(request, workshop.id, "phase")
    if token is None or stream.status_code != 200:
        return stream
    phone = await run_in_threadpool(current().phone, workshop.id, token)
    return Present(stream, phone.participant) if phone.participant else stream


@_in_workshop
async def _me(request: Request, workshop: Workshop) -> Response:
    """`/j/<code>/me` and `/erase`: what is kept of this person."""
    t, token = replies.words(request), replies.token_of(request)
    try:
        mine = await run_in_threadpool(current().mine, workshop.id, token)
    except Forbidden:
        return replies.go(f"/j/{workshop.join_code}")
    make = screens.erase_page if request.url.path.endswith("/erase") else screens.me_page
    return replies.html(request, make(t, mine, flash(t, request.query_params.get("e"))))


@_in_workshop
async def _erase(request: Request, workshop: Workshop) -> Response:
    """Delete everything. The cookie stays: it may be this person's in another workshop too."""
    try:
        await _kept(current().erase(workshop.id, replies.token_of(request)))
    except Forbidden:
        _log.debug("A doubled tap: everything was deleted already")
    if replies.wants_json(request):
        return replies.said(True, "erased", "")
    return replies.go(f"/j/{workshop.join_code}", e="erased")


async def _legal(request: Request) -> Response:
    """`/j/privacy`, `/j/imprint`, `/j/accessibility`."""
    kind = request.url.path.rsplit("/", 1)[1]
    back = person.tidy(request.query_params.get("from", "")[:20])
    return replies.html(request, screens.legal_page(replies.words(request), kind, back))


def routes() -> list[BaseRoute]:
    """Everything below /j. Put them before the routes of the Streamlit pages."""
    post: dict[str, Any] = {"methods": ["POST"]}
    return [
        Route("/j", _code, methods=["GET", "POST"]),
        *(Route(f"/j/{kind}", _legal) for kind in KINDS),
        Route("/j/{code}", _phone),
        Route("/j/{code}/join", _join, **post),
        Route("/j/{code}/answer", _answer, **post),
        Route("/j/{code}/sheet", _sheet, **post),
        Route("/j/{code}/contribute", _contribute, **post),
        Route("/j/{code}/events", _events),
        Route("/j/{code}/me", _me),
        Route("/j/{code}/erase", _me, methods=["GET"]),
        Route("/j/{code}/erase", _erase, **post),
        Route("/j/{code}/stand-in", _in_workshop(standing_in.begin), **post),
    ]
