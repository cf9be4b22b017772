"""Who is looking at a Streamlit page, in which language, and what they see without a right.

Every page calls `require` itself, also on a cold deep link. The service asks again in every use
case; this only turns its refusal into a calm page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NoReturn
from urllib.parse import quote, urlencode

import streamlit as st

from pages.parts import frame
from pages.parts.text import esc
from pages.web import language
from workshop import service as services
from workshop.access import require_moderator
from workshop.errors import NotFound, Refused
from workshop.i18n import Translator, translator
from workshop.model import VISITOR, Actor, Agenda, Role
from workshop.service import Service

MODERATOR_COOKIE: Final = "einklang_moderator"
STAGE_COOKIE: Final = "einklang_stage"


@dataclass(frozen=True)
class Reader:
    """Somebody looking at a page: their language, and what they may do."""

    t: Translator
    actor: Actor

    @property
    def lang(self) -> str:
        """The code of the reader's language."""
        return self.t.lang

    @property
    def service(self) -> Service:
        """The use cases."""
        return services.current()


def reader() -> Reader:
    """Whoever is looking, from the cookies and headers of the page's first request."""
    cookies = st.context.cookies
    wish = st.query_params.get("lang")
    accept = st.context.headers.get("Accept-Language")
    lang = language.choose(wish, cookies.get(language.COOKIE), accept)
    tokens = [cookies.get(MODERATOR_COOKIE), cookies.get(STAGE_COOKIE)]
    actor = services.current().who(*tokens) if any(tokens) else VISITOR
    return Reader(translator(lang), actor)


def require_any(path: str) -> Reader:
    """A moderator of any workshop, or the page that says how to get in (and the script ends)."""
    who = reader()
    if who.actor.role not in (Role.OPERATOR, Role.MODERATOR):
        sign_in_needed(who.t, path)
    return who


def require(path: str) -> tuple[Reader, str]:
    """A moderator of the workshop in `?w=`, and its id; else a calm page and the script ends.

    Whoever has no right gets the same page whether the workshop exists or not.
    """
    workshop_id = st.query_params.get("w", "")
    who = require_any(address(path, w=workshop_id))
    try:
        require_moderator(who.actor, workshop_id)
        who.service.versions(workshop_id)
    except NotFound as refusal:
        nothing_here(who, refusal)
    except Refused:
        sign_in_needed(who.t, address(path, w=workshop_id))
    return who, workshop_id


def agenda(who: Reader, workshop_id: str) -> Agenda:
    """The agenda as committed now."""
    return who.service.agenda(who.actor, workshop_id)


def address(path: str, **query: str) -> str:
    """A path on this server with the query that is not empty."""
    given = {key: value for key, value in query.items() if value}
    return path + (f"?{urlencode(given)}" if given else "")


def sign_in_needed(t: Translator, path: str, *, framed: bool = False) -> NoReturn:
    """Say how to get in, and end the script. Nothing here tells which workshops exist.

    `framed` where the page has its header already.
    """
    if not framed:
        frame.header(t, path)
    lines = [
        t(
            "This page is for the moderation. You get in with the link that the server prints at "
            "its start, or that a colleague gives you."
        )
    ]
    if services.current().passphrase.is_set:
        lines.append(t("Or sign in with the passphrase."))
    frame.calm(t("Please sign in"), lines)
    if services.current().passphrase.is_set:
        target = f"/signin?next={quote(path, safe='')}"
        st.html(f'<p><a class="ek-button" href="{esc(target)}">{esc(t("Sign in"))}</a></p>')
    phone = esc(t("Taking part with a phone? Enter the code here."))
    st.html(f'<p class="ek-muted"><a href="/j">{phone}</a></p>')
    frame.footer(t)
    st.stop()


def nothing_here(who: Reader, refusal: Refused) -> NoReturn:
    """Say that there is no such thing, with a way back, and end the script."""
    frame.header(who.t, "/", signed_in=True)
    frame.calm(who.t(refusal.message, **refusal.params), [])
    st.html(f'<p><a class="ek-button" href="/">{esc(who.t("To your workshops"))}</a></p>')
    frame.footer(who.t)
    st.stop()
