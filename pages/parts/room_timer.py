"""The console's timer: its figures, its buttons, and whether this browser rings at the end."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Final

import streamlit as st

from pages.parts import acting
from pages.parts.acting import Console
from pages.parts.text import esc
from workshop.i18n import Translator
from workshop.model import Agenda
from workshop.service.conducting import LONGEST_TIMER, minutes_at_hand

_HERE = Path(__file__).parent

_TIMER = st.components.v2.component(
    "einklang_timer",
    html='<p role="timer"></p>\n<button type="button"></button>\n',
    css=(_HERE / "room_timer.css").read_text(encoding="utf-8"),
    js="".join(
        (_HERE / name).read_text(encoding="utf-8") for name in ("clock.js", "room_timer.js")
    ),
)

_MINUTES: Final = "console-minutes"


def draw(console: Console, agenda: Agenda) -> None:
    """Start, or stop and lengthen. Phones and stages count by themselves."""
    t, who, w = console.who.t, console.who, console.workshop_id
    service, ends = who.service, agenda.workshop.timer_ends_at
    heading = t("Timer") if ends is None else t("Timer until {time}", time=t.time(ends))
    st.html(f'<h2 class="ek-side">{esc(heading)}</h2>')
    if ends is None:
        _starting(console, agenda)
        return
    with st.container(horizontal=True, gap="small", key="console-timer"):
        _figures(t, ends)
        for key, word, do in (
            ("stop", t("Stop the timer"), lambda: service.stop_timer(who.actor, w)),
            ("more", t("One more minute"), lambda: service.more_time(who.actor, w)),
        ):
            st.button(word, key=f"timer-{key}", on_click=acting.run, args=(console, do))


def _starting(console: Console, agenda: Agenda) -> None:
    """How long, with the minutes of the question to begin with."""
    t = console.who.t
    suggested = minutes_at_hand(agenda)
    field = _field(agenda)
    with st.container(
        horizontal=True, gap="small", key="console-timer-start", vertical_alignment="center"
    ):
        st.number_input(
            t("Minutes"),
            min_value=1,
            max_value=LONGEST_TIMER,
            value=suggested,
            key=field,
            width=150,
            label_visibility="collapsed",
        )
        st.html(f'<span class="ek-muted">{esc(t("minutes"))}</span>', width="content")
        st.button(
            t("Start the timer"),
            key="timer-start",
            on_click=acting.run,
            args=(console, lambda: _start(console)),
        )


def turn(console: Console) -> object:
    """What the key does: stop the timer, or start it with the minutes beside its button."""
    if console.agenda().workshop.timer_ends_at is None:
        return _start(console)
    return console.who.service.stop_timer(console.who.actor, console.workshop_id)


def _start(console: Console) -> object:
    minutes = st.session_state.get(_field(console.agenda()))
    return console.who.service.start_timer(console.who.actor, console.workshop_id, minutes)


def _field(agenda: Agenda) -> str:
    """The key of the minutes; another question suggests its own."""
    return f"{_MINUTES}-{agenda.workshop.stage.question_id}-{minutes_at_hand(agenda)}"


def _figures(t: Translator, ends: datetime) -> None:
    _TIMER(
        key="console-timer-figures",
        data={
            "now": time.time_ns() // 1_000_000,
            "ends": round(ends.timestamp() * 1000),
            "over": t("Time"),
            "label": t("Time left"),
            "sound": {"on": t("Sound at the end: on"), "off": t("Sound at the end: off")},
        },
        width="content",
        height="content",
    )
