"""A black stage and a frozen one: said on the console in a line of its own, with the way back."""

from __future__ import annotations

import streamlit as st

from pages.parts import acting, words
from pages.parts.acting import Console
from pages.parts.text import esc
from workshop.freezing import as_seen
from workshop.model import Agenda


def state(console: Console, agenda: Agenda) -> None:
    """What must not be forgotten: the room sees nothing, or not what the console goes on to."""
    t, who, w = console.who.t, console.who, console.workshop_id
    service, workshop = who.service, agenda.workshop
    if workshop.stage.black:
        _line(
            console,
            "light",
            t("The stage is black."),
            t("Light the stage"),
            lambda: service.black_stage(who.actor, w, False),
        )
    if workshop.frozen is not None:
        seen = words.view(t, as_seen(agenda))
        _line(
            console,
            "thaw",
            t("Stage frozen. It shows: {view}", view=seen),
            t("Let the stage go on"),
            lambda: service.freeze_stage(who.actor, w, False),
        )


def buttons(console: Console, agenda: Agenda) -> None:
    """Black and freeze, where they are off; the line above takes them back."""
    t, who, w = console.who.t, console.who, console.workshop_id
    service, workshop = who.service, agenda.workshop
    if not workshop.stage.black:
        _button(
            console,
            "black",
            t("Make the stage black"),
            lambda: service.black_stage(who.actor, w, True),
        )
    if workshop.frozen is None:
        _button(
            console,
            "freeze",
            t("Freeze the stage"),
            lambda: service.freeze_stage(who.actor, w, True),
        )


def _line(console: Console, key: str, said: str, word: str, do: acting.Do) -> None:
    with st.container(
        horizontal=True, gap="small", key=f"wall-state-{key}", vertical_alignment="center"
    ):
        st.html(f'<p role="status"><strong>{esc(said)}</strong></p>', width="stretch")
        _button(console, key, word, do)


def _button(console: Console, key: str, word: str, do: acting.Do) -> None:
    st.button(word, key=f"wall-{key}", on_click=acting.run, args=(console, do))
