"""Keyboard and clicker: what a key means is said here, where it was pressed is the browser's.

A key does what a button does, through the same use case; see `room_keys` and the stage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from workshop.errors import Refused
from workshop.i18n import Translator
from workshop.model import Actor
from workshop.service import Service

_HERE = Path(__file__).parent

_KEYS = st.components.v2.component(
    "einklang_keys",
    html=(_HERE / "keys.html").read_text(encoding="utf-8"),
    css=(_HERE / "keys.css").read_text(encoding="utf-8"),
    js="".join((_HERE / name).read_text(encoding="utf-8") for name in ("clock.js", "keys.js")),
)

FULLSCREEN: Final = "fullscreen"
"""The one action that the browser does by itself."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One line of the help: what is reported, the keys that do it, and both in words.

    `keys` are names as a browser gives them, letters small.
    """

    action: str
    keys: tuple[str, ...]
    shown: str
    word: str


def of_the_room(t: Translator) -> list[Binding]:
    """What moves the room; only for who may."""
    return [
        Binding("next", ("ArrowRight", "PageDown"), t("→ or Page down"), t("Next step")),
        Binding("back", ("ArrowLeft", "PageUp"), t("← or Page up"), t("One step back")),
        Binding("result", (" ",), t("Space bar"), t("Reveal or hide the result")),
        Binding("qr", ("q",), "Q", t("Show or hide the QR code")),
        Binding("black", ("b",), "B", t("Stage black, or lit again")),
        Binding("timer", ("t",), "T", t("Start or stop the timer")),
    ]


def of_the_window(t: Translator) -> list[Binding]:
    """What only a stage has."""
    return [Binding(FULLSCREEN, ("f",), "F", t("Full screen"))]


def deeds(service: Service, actor: Actor, w: str) -> Mapping[str, Callable[[], object]]:
    """The use case behind each key that moves the room."""

    def qr() -> object:
        stage = service.agenda(actor, w).workshop.stage
        return service.show_qr(actor, w, not stage.qr)

    def black() -> object:
        stage = service.agenda(actor, w).workshop.stage
        return service.black_stage(actor, w, not stage.black)

    def timer() -> object:
        running = service.agenda(actor, w).workshop.timer_ends_at is not None
        return (service.stop_timer if running else service.start_timer)(actor, w)

    return {
        "next": lambda: service.next(actor, w),
        "back": lambda: service.back(actor, w),
        "result": lambda: service.turn_result(actor, w),
        "qr": qr,
        "black": black,
        "timer": timer,
    }


def press(service: Service, actor: Actor, w: str, action: str) -> None:
    """Do what a key of the stage says. What can't be done is not told: a wall is no desk."""
    try:
        deeds(service, actor, w)[action]()
    except Refused:
        return


def keys(
    t: Translator,
    bindings: Sequence[Binding],
    on_press: Callable[[str], None],
    *,
    key: str,
    wall: bool = False,
) -> None:
    """Listen to the keys of this window, and offer the list of them.

    Call it inside a fragment. `on_press` is called before that runs again, with the action of
    one of the bindings. On a `wall` the buttons show only while a hand is at the mouse; one of
    them says whether this browser rings at the end of the timer.
    """
    count = f"{key}-handled"
    known = {b.action for b in bindings}

    def pressed() -> None:
        said = st.session_state[key].pressed
        if said is None or said.get("action") not in known:
            return
        st.session_state[count] = said.get("n")
        on_press(said["action"])

    lines = [asdict(b) for b in bindings]
    lines.append(asdict(Binding("help", ("?",), "?", t("Show these keys"))))
    _KEYS(
        key=key,
        data={
            "bindings": lines,
            "handled": st.session_state.get(count, 0),
            "wall": wall,
            "title": t("Keys"),
            "fullscreen": t("Full screen"),
            "sound": {"on": t("Sound at the end: on"), "off": t("Sound at the end: off")},
            "note": t("They rest while you type, and while a window is open."),
            "close": t("Close"),
        },
        on_pressed_change=pressed,
        height="content",
    )
