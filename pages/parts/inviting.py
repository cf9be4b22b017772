"""How people get in: join address and QR code, links to console and stage, and how many come."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.parts import frame
from pages.parts.acting import Console
from pages.parts.guard import Reader
from pages.parts.text import esc
from pages.web import site
from workshop.access import spoken_code
from workshop.links import join_url, moderator_url, stage_url
from workshop.model import Agenda, Role
from workshop.qr import qr

_LINKS: Final = "setup-links"


def make_links(who: Reader, workshop_id: str) -> None:
    """Fresh secrets for console and stage, kept for this browser session only.

    The database holds their hashes, so they can be shown now and never again.
    """
    made = {
        role: who.service.grant_link(who.actor, role, workshop_id)
        for role in (Role.MODERATOR, Role.STAGE)
    }
    st.session_state[_LINKS] = {workshop_id: made}


def draw(console: Console, agenda: Agenda) -> None:
    """Everything that goes on an invitation."""
    with st.container(key="invite"):
        left, right = st.columns([4, 7], gap="large")
        with left:
            _join(console, agenda)
        with right:
            _links(console)


def _join(console: Console, agenda: Agenda) -> None:
    t, here = console.who.t, site.here
    url = join_url(here.base_url, agenda.workshop.join_code)
    short = url.split("://", 1)[-1].rsplit("/", 1)[0]
    code = spoken_code(agenda.workshop.join_code)
    label = t("QR code to join: {address}", address=url)
    st.html(
        f'<h2 class="ek-side">{esc(t("Take part with a phone"))}</h2>'
        f'<img class="ek-qr" src="{frame.picture(qr(url).svg(""))}" alt="{esc(label)}">'
        f'<p class="ek-code"><strong>{esc(code)}</strong><br><span>{esc(short)}</span></p>'
    )
    st.code(url, language=None, wrap_lines=True)
    w = console.workshop_id
    st.html(
        '<p class="ek-row">'
        f'<a href="/download/{esc(w)}/card-a4" download>{esc(t("QR card to print, A4"))}</a>'
        f'<a href="/download/{esc(w)}/card-a5" download>{esc(t("QR card to print, A5"))}</a></p>'
    )
    if here.only_local:
        warning = t(
            "Only this computer knows this address. "
            "Phones need PUBLIC_URL, or a network connection."
        )
        st.html(f'<p class="ek-notice ek-notice-alert">{esc(warning)}</p>')


def _links(console: Console) -> None:
    t, w = console.who.t, console.workshop_id
    st.html(f'<h2 class="ek-side">{esc(t("Links to pass on"))}</h2>')
    made = st.session_state.get(_LINKS, {}).get(w)
    if made:
        base = site.here.base_url
        st.html(f'<p class="ek-label">{esc(t("Stage, for the computer at the projector"))}</p>')
        st.code(stage_url(base, made[Role.STAGE]), language=None, wrap_lines=True)
        st.html(f'<p class="ek-label">{esc(t("Console, for whoever moderates with you"))}</p>')
        st.code(moderator_url(base, made[Role.MODERATOR]), language=None, wrap_lines=True)
        hint = t("Who has a link gets in. They are shown here once and never again.")
    else:
        hint = t(
            "For another computer at the projector, or for whoever moderates with you. Links that "
            "you made before stay valid."
        )
    st.html(f'<p class="ek-muted">{esc(hint)}</p>')
    if not made:
        st.button(t("Make links"), key="make-links", on_click=make_links, args=(console.who, w))
