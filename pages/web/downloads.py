"""`/download/<workshop>/<format>`: the numbers as a file, for who moderates the workshop.

Streamlit's own download button keeps its files in one process's memory and behind an address
that asks nobody who they are; these are made when they are asked for, after the service has
looked at the cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from pages.web import language, site
from workshop import export
from workshop import service as services
from workshop.access import require_moderator
from workshop.card import PAPERS, Paper, card
from workshop.errors import Forbidden, NotFound, Refused
from workshop.i18n import N_, pick, translator

MODERATOR_COOKIE: Final = "einklang_moderator"
NO_PAPER: Final = N_("There is no card of this size. There are A4 and A5.")
NO_FORMAT: Final = N_("There is no such kind of file. There are XLSX, CSV and JSON.")


async def _download(request: Request) -> Response:
    """The numbers of a workshop."""
    return await _answer(request, _file)


async def _template(request: Request) -> Response:
    """The agenda of a workshop as a template."""
    return await _answer(request, _template_file)


async def _card(request: Request) -> Response:
    """The card with the QR code, to print."""
    return await _answer(request, _card_file)


async def _answer(request: Request, make: Callable[[Request, str], Response]) -> Response:
    """The file, or a sentence that says why not; nothing of it is kept by anybody on the way."""
    lang = language.of_request(request, "export")
    try:
        response = await run_in_threadpool(make, request, lang)
    except Refused as refusal:
        message = translator(lang)(refusal.message, **refusal.params)
        response = PlainTextResponse(message, _status(refusal))
    response.headers["Cache-Control"] = "no-store"
    return response


def _status(refusal: Refused) -> int:
    if isinstance(refusal, Forbidden):
        return 403
    return 404 if isinstance(refusal, NotFound) else 400


def _file(request: Request, lang: str) -> Response:
    """Read and written in a thread of its own: other people's answers don't wait for it."""
    service = services.current()
    actor = service.who(request.cookies.get(MODERATOR_COOKIE))
    record = service.record(actor, request.path_params["workshop_id"])
    wanted = request.path_params["format"]
    if wanted not in export.FORMATS:
        raise NotFound("no-format", NO_FORMAT)
    format_ = cast(export.FormatName, wanted)
    # The name is of letters, digits, dots and dashes only: nothing to escape in the header.
    disposition = f'attachment; filename="{export.file_name(record, format_)}"'
    return Response(
        export.write(record, format_, lang),
        media_type=export.FORMATS[format_].mime,
        headers={"Content-Disposition": disposition},
    )


def _template_file(request: Request, lang: str) -> Response:
    service, workshop_id = services.current(), request.path_params["workshop_id"]
    actor = service.who(request.cookies.get(MODERATOR_COOKIE))
    text = service.template_file(actor, workshop_id)
    title = export.slug(pick(service.agenda(actor, workshop_id).workshop.title, lang))
    return Response(
        text.encode("utf-8", "replace"),
        media_type="application/toml",
        headers={"Content-Disposition": f'attachment; filename="einklang-{title}.toml"'},
    )


def _card_file(request: Request, lang: str) -> Response:
    service, workshop_id = services.current(), request.path_params["workshop_id"]
    actor = service.who(request.cookies.get(MODERATOR_COOKIE))
    require_moderator(actor, workshop_id)  # a stage may read the agenda; the card isn't its own
    workshop = service.agenda(actor, workshop_id).workshop
    wanted = request.path_params["paper"]
    if wanted not in PAPERS:
        raise NotFound("no-format", NO_PAPER)
    made = card(workshop, site.here.base_url, translator(lang), cast(Paper, wanted))
    name = f"einklang-{workshop.join_code}-{wanted}.pdf"
    return Response(
        made,
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def routes() -> list[BaseRoute]:
    """The download."""
    return [
        Route("/download/{workshop_id}/template", _template, methods=["GET"]),
        Route("/download/{workshop_id}/card-{paper}", _card, methods=["GET"]),
        Route("/download/{workshop_id}/{format}", _download, methods=["GET"]),
    ]
