"""Answering for somebody without a phone: how the moderator's browser gets such a page.

The console posts here, so that no link and no foreign site can take a person over, and each
request of the page asks again whether who sits there still moderates the workshop.
"""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from pages.phone import forms, person, replies, screens
from pages.phone.sentences import flash
from pages.web import site
from pages.web.signin import MODERATOR_COOKIE
from workshop.errors import Forbidden, Refused
from workshop.i18n import N_
from workshop.model import Workshop
from workshop.service import current

NOBODY = N_("This page is no longer valid.")


class Nobody(Forbidden):
    """The page of a person for whom this browser does not answer, or not any more."""

    def __init__(self) -> None:
        super().__init__("no-person", NOBODY)


async def begin(request: Request, workshop: Workshop) -> Response:
    """`/j/<code>/stand-in`: from here on this browser answers for a person without a phone."""
    form = await forms.read(request)
    cookie = request.cookies.get(MODERATOR_COOKIE)

    def take() -> tuple[str, str]:
        service = current()
        actor = service.who(cookie)
        token, who = service.stand_in(actor, workshop.id, form.get("person", "")[:40])
        return token, person.address_of(workshop, who)

    try:
        token, address = await run_in_threadpool(take)
    except Refused as refusal:
        return gone(request, refusal)
    response = replies.go(f"/j/{address}")
    response.set_cookie(
        person.COOKIE,
        token,
        path=f"/j/{address}",
        httponly=True,
        samesite="lax",
        secure=site.here.secure,
    )
    return response


async def addressed(request: Request, workshop: Workshop) -> Workshop:
    """The workshop as the pages of this request are addressed, so that answers lead back there.

    Raises:
        Nobody: for the page of a person for whom this browser doesn't answer.
    """
    number = person.number_in(request)
    if number is None:
        return workshop
    token, cookie = replies.token_of(request), request.cookies.get(MODERATOR_COOKIE)

    def stands() -> bool:
        service = current()
        try:
            return service.stands_in(service.who(cookie), workshop.id, token, number)
        except Forbidden:
            return False

    if not await run_in_threadpool(stands):
        raise Nobody
    return replace(workshop, join_code=person.address(workshop.join_code, number))


def gone(request: Request, refusal: Refused) -> Response:
    """What stands where no person is: a sentence, and the way to the console."""
    t = replies.words(request)
    if replies.wants_json(request):
        return replies.refused(t, refusal)
    note = flash(t, request.query_params.get("e"))
    return replies.html(request, screens.nobody_page(t, refusal, note), 403)
