"""The rehearsal: said on every page of the moderation, begun and ended on the console."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.parts import acting
from pages.parts.acting import Console
from pages.parts.text import esc
from workshop.i18n import Translator
from workshop.model import Workshop

_ASKED: Final = "console-rehearsal-asked"
"""In the session: whether it is asked if the rehearsal shall be wiped."""


def mark(workshop: Workshop, t: Translator) -> None:
    """One line on a page of the moderation, where it is a rehearsal."""
    if workshop.rehearsal:
        words = t("Nothing of it counts, and it is deleted before the workshop begins in earnest.")
        st.html(
            f'<p class="ek-rehearsal"><strong>{esc(t("Rehearsal"))}</strong> '
            f"<span>{esc(words)}</span></p>"
        )


def draw(console: Console) -> None:
    """The console's line, and in it the way from the rehearsal to the workshop itself."""
    t, workshop = console.who.t, console.agenda().workshop
    if not workshop.rehearsal:
        return
    with st.container(key="rehearsal-line", gap="small"):
        mark(workshop, t)
        if st.session_state.get(_ASKED):
            _asking(console)
        else:
            word = f"{t('Begin in earnest')} …"
            st.button(word, key="rehearsal-end", type="tertiary", on_click=_ask, args=(True,))


def begin(console: Console) -> None:
    """Below the room: the way into a rehearsal, as long as nobody is there."""
    t, who, w = console.who.t, console.who, console.workshop_id
    workshop = console.agenda().workshop
    empty = not who.service.room(who.actor, w).joined
    if workshop.rehearsal or workshop.ended or not empty:
        return
    hint = t("Try everything out with a few phones. Then all of it is deleted again.")
    st.html(f'<h2 class="ek-side">{esc(t("Rehearsal"))}</h2><p class="ek-muted">{esc(hint)}</p>')
    st.button(
        t("Begin a rehearsal"),
        key="rehearsal-begin",
        on_click=acting.run,
        args=(console, lambda: who.service.begin_rehearsal(who.actor, w), True),
    )


def _asking(console: Console) -> None:
    """It can't be undone, so it asks."""
    t = console.who.t
    line = t(
        "Rounds, answers, contributions, notes, and statements written since the rehearsal began "
        "are deleted; all phones join anew. This can't be undone."
    )
    st.html(f'<p role="alert">{esc(line)}</p>')
    with st.container(horizontal=True, gap="small", key="rehearsal-asked"):
        word = t("Delete it all, and begin in earnest")
        st.button(word, key="rehearsal-wipe", on_click=_wipe, args=(console,))
        word = t("Go on rehearsing")
        st.button(word, key="rehearsal-keep", on_click=_ask, args=(False,))


def _ask(asked: bool) -> None:
    acting.clear_notice()
    st.session_state[_ASKED] = asked


def _wipe(console: Console) -> None:
    who, w = console.who, console.workshop_id
    if acting.act(console, lambda: who.service.end_rehearsal(who.actor, w), follow=True):
        acting.note("status", who.t("The rehearsal is deleted. The room is empty."))
    st.session_state[_ASKED] = False
