"""Prepare a workshop: from a template to an agenda, an invitation, and a template again."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.parts import (
    acting,
    frame,
    guard,
    inviting,
    room_rehearsal,
    setup_agenda,
    setup_cluster,
    setup_fields,
    setup_frame,
    setup_keep,
    setup_new,
    setup_preview,
    setup_question,
)
from pages.parts.acting import Console
from pages.parts.live import live_tick
from pages.parts.text import esc
from workshop.i18n import Translator, pick
from workshop.model import Agenda

PATH = "/setup"
PARTS: Final = ("agenda", "frame", "invite", "keep")
"""What preparing is made of, in the order in which somebody comes to it."""


def render() -> None:
    """With `?w=`: that workshop's agenda, frame, invitation. Without: a new one."""
    if st.query_params.get("w"):
        who, workshop_id = guard.require(PATH)
        frame.header(who.t, guard.address(PATH, w=workshop_id), signed_in=True)
        _desk(workshop_id)
    else:
        who = guard.require_any(PATH)
        frame.header(who.t, PATH, signed_in=True)
        if who.actor.workshop_id is not None:
            guard.sign_in_needed(who.t, PATH, framed=True)
        setup_new.draw(who)
    frame.footer(who.t)


@st.fragment
def _desk(workshop_id: str) -> None:
    """All of it in one fragment, for the reasons that `pages.moderator` gives."""
    console = Console(guard.reader(), workshop_id)
    t = console.who.t
    version, _ = console.who.service.versions(workshop_id)
    agenda = console.agenda()
    _head(console, agenda)
    names = _names(t)
    tabs = st.tabs(
        [names[part] for part in PARTS],
        default=names.get(st.query_params.get("part", ""), names[PARTS[0]]),
        key="setup-part",
        on_change="rerun",
    )
    live_tick(
        workshop_id,
        version,
        lost=t("No connection to the server. The page waits for it."),
        key="setup-live",
    )
    for part, tab in zip(PARTS, tabs, strict=True):
        if tab.open:
            with tab:
                _part(console, agenda, part)


def _names(t: Translator) -> dict[str, str]:
    return {
        "agenda": t("Agenda"),
        "frame": t("Title and groups"),
        "invite": t("Invite"),
        "keep": t("Use again"),
    }


def _head(console: Console, agenda: Agenda) -> None:
    t, w = console.who.t, console.workshop_id
    title = pick(agenda.workshop.title, t.lang)
    room_rehearsal.mark(agenda.workshop, t)
    st.html(
        f'<p class="ek-eyebrow"><span>{esc(t("Prepare"))}</span></p>'
        f'<h1 class="ek-title">{esc(title)}</h1>'
    )
    with st.container(key="acts-setup", horizontal=True, gap="medium"):
        st.html(
            '<p class="ek-row">'
            f'<a href="{esc(guard.address("/moderator", w=w))}">{esc(t("Open the console"))}</a>'
            f'<a href="{esc(guard.address("/stage", w=w))}">{esc(t("Open the stage"))}</a></p>',
            width="content",
        )
        action = console.who.service.can_undo(console.who.actor, w)
        if action is not None:
            st.button(
                t("Undo: {action}", action=t(action)),
                key="setup-undo",
                type="tertiary",
                on_click=_undo,
                args=(console,),
            )
        # In this line, so that nothing below moves when something is saved.
        acting.show_notice()


def _undo(console: Console) -> None:
    who = console.who
    taken: list[str] = []
    if acting.act(console, lambda: taken.append(who.service.undo(who.actor, console.workshop_id))):
        setup_fields.anew()
        acting.note("status", who.t("Taken back: {action}", action=who.t(taken[0])))


def _part(console: Console, agenda: Agenda, part: str) -> None:
    with st.container(key=f"setup-{part}-part"):
        if part == "agenda":
            _agenda(console, agenda)
        elif part == "frame":
            setup_frame.draw(console, agenda)
        elif part == "invite":
            inviting.draw(console, agenda)
        else:
            setup_keep.draw(console, agenda)


def _agenda(console: Console, agenda: Agenda) -> None:
    """Agenda, what is chosen of it, and how that will look."""
    here = setup_agenda.chosen(agenda)
    left, middle, right = st.columns([3, 6, 4], gap="medium")
    with left:
        setup_agenda.draw(console, agenda, here)
    with middle:
        if here.new == "question":
            setup_question.new(console, agenda, here.cluster)
        elif here.new:
            setup_cluster.new(console)
        elif here.question is not None:
            used = console.who.service.used(console.who.actor, console.workshop_id)
            setup_question.draw(console, agenda, here.question, used)
        elif here.cluster is not None:
            setup_cluster.draw(console, agenda, here.cluster)
    with right:
        setup_preview.draw(console, agenda, here.question)
