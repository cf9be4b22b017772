"""Run the room: agenda, the question at hand, what people write, and what the stage shows.

What it shows comes from the database at each run, so a reload, a second console and a tablet that
takes over see the same. One tick hears of changes and redraws the room, whole: see `_room`.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import (
    editor,
    frame,
    guard,
    moderation_tools,
    room_adopting,
    room_controls,
    room_keys,
    room_notes,
    room_panel,
    room_people,
    room_rehearsal,
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
            ("/setup", who.t("Prepare")),
        )
    )
    frame.header(
        who.t,
        guard.address(PATH, **here),
        signed_in=True,
        title=pick(workshop.title, who.lang),
        links=links,
    )
    _room(workshop_id)
    frame.footer(who.t)


@st.fragment
def _room(workshop_id: str) -> None:
    """Everything that can change, and everything that can be done here, in one fragment.

    One, because Streamlit promises little of a rerun: requests that meet become one, a rerun that
    a callback asks for takes the place of what it met, and what a run has sent but the browser
    has not yet got is dropped, or never tidied up, when the next run begins. None of it matters
    where every run draws the same: whichever comes last leaves the page as it has to be. So here
    is no second fragment, no `st.rerun`, and no part that needs more than this to be redrawn.

    Being drawn again takes nothing from who is typing: a widget keeps its key, and so its text.
    """
    # Asked anew at each run: a right can end while a page stays open.
    console = Console(guard.reader(), workshop_id)
    # Before anything else is read: what changes meanwhile is then announced once more.
    version, _ = console.who.service.versions(workshop_id)
    try:
        with st.container():
            room_rehearsal.draw(console)
        with st.container(key="console"):
            _columns(console)
        editor.draw(console)
    finally:
        # Last, so that all of this has arrived where the browser says that it has this version;
        # and in any case, so that a failure lasts no longer than until the next change.
        live_tick(
            workshop_id,
            version,
            lost=console.who.t("No connection to the server. The console waits for it."),
            key="console-live",
        )


def _columns(console: Console) -> None:
    left, middle, right = st.columns([3, 7, 4], gap="medium")
    with left:
        with st.container():
            running_order.draw(console)
        room_people.draw(console)
    with middle:
        with st.container():
            room_panel.draw(console)
            room_adopting.draw(console)
            moderation_tools.waits(console)
        room_notes.draw(console)
        room_controls.draw(console)
        with st.container():
            room_rehearsal.begin(console)
        room_keys.draw(console)
    with right:
        # Each in a place of its own: what comes and goes above moves nothing below.
        with st.container():
            texts.forms(console)
        with st.container():
            texts.draw(console)
