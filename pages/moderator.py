"""Run the room: agenda, the question at hand, what people write, and what the stage shows.

What it shows comes from the database at each run, so a reload, a second console and a tablet that
takes over see the same. One tick hears of changes and redraws the live fragments; what is typed
stands in fragments of its own, which no change of the room touches.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import (
    acting,
    frame,
    guard,
    room_controls,
    room_keys,
    room_panel,
    running_order,
    texts,
)
from pages.parts.acting import Console
from pages.parts.live import live_tick
from pages.parts.text import esc
from workshop.i18n import pick

PATH = "/moderator"


def render() -> None:
    """The console of the workshop in `?w=`."""
    who, workshop_id = guard.require(PATH)
    console = Console(who, workshop_id)
    workshop = console.agenda().workshop
    here = {"w": workshop_id}
    links = "".join(
        f'<a href="{esc(guard.address(path, **here))}">{esc(word)}</a>'
        for path, word in (
            ("/stage", who.t("Stage")),
            ("/results", who.t("Results")),
            ("/setup", who.t("Invite")),
        )
    )
    frame.header(
        who.t,
        guard.address(PATH, **here),
        signed_in=True,
        title=pick(workshop.title, who.lang),
        links=links,
    )
    with st.container(key="console"):
        left, middle, right = st.columns([3, 7, 4], gap="medium")
        with left:
            _agenda(workshop_id)
        with middle:
            _run(workshop_id)
        with right:
            _forms(workshop_id)
            _texts(workshop_id)
    _editor(workshop_id)
    _tick(workshop_id)
    frame.footer(who.t)


def _console(workshop_id: str) -> Console:
    """Asked anew at each run: a right can end while a page stays open."""
    return Console(guard.reader(), workshop_id)


@st.fragment(key=acting.LIVE[0])
def _tick(workshop_id: str) -> None:
    console = _console(workshop_id)
    version, _ = console.who.service.versions(workshop_id)
    live_tick(
        workshop_id,
        version,
        lost=console.who.t("No connection to the server. The console waits for it."),
        key="console-live",
        on_change=lambda: acting.refresh(console),
    )


@st.fragment(key=acting.LIVE[1])
def _agenda(workshop_id: str) -> None:
    running_order.draw(_console(workshop_id))


@st.fragment(key=acting.LIVE[2])
def _run(workshop_id: str) -> None:
    console = _console(workshop_id)
    room_panel.draw(console)
    room_controls.draw(console)
    room_keys.draw(console)


@st.fragment(key=acting.LIVE[3])
def _texts(workshop_id: str) -> None:
    texts.draw(_console(workshop_id))


@st.fragment(key=acting.FORMS)
def _forms(workshop_id: str) -> None:
    texts.forms(_console(workshop_id))
    acting.redrawn()


@st.fragment(key=acting.EDITOR)
def _editor(workshop_id: str) -> None:
    texts.editor(_console(workshop_id))
    acting.redrawn()
