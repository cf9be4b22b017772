"""How a button of the console acts: do it, say in words what was refused, refresh what is live.

Everything runs in widget callbacks, before any part is drawn, so that all parts draw the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from pages.parts.guard import Reader
from pages.parts.text import esc
from workshop.errors import Refused
from workshop.model import Agenda, KeyQuestion

LIVE: Final = ("console-tick", "console-agenda", "console-run", "console-texts")
"""The fragments that follow the database; forms that people type in are none of them."""

FORMS: Final = "console-forms"
"""The fragment that people type in: no change of the room ever draws it again."""

FORMS_OF: Final = "console-forms-of"
"""In the session: which question the forms belong to, and the key of what holds them."""

EDITOR: Final = "console-editor"
"""The fragment that holds the dialog for one wording."""

Do = Callable[[], object]
"""What a button does: one use case, already told what about."""

_WIDER: Final = "console-wider"
_WIDER_FOR: Final = 10.0
"""Seconds after which an announced redraw is taken for lost, so that the room is followed again."""

_NOTICE: Final = "console-notice"
_CHOSEN: Final = "console-chosen"


@dataclass(frozen=True)
class Console:
    """One moderator at one workshop's console."""

    who: Reader
    workshop_id: str

    def agenda(self) -> Agenda:
        """The agenda as committed now."""
        return self.who.service.agenda(self.who.actor, self.workshop_id)


def redraw_soon() -> None:
    """More than what follows the room is about to be drawn: nothing may cut that short.

    A tick that arrives in the same moment joins that run, and its own narrower rerun would
    take the place of it: a dialog would stay open, a form would keep what was sent.
    """
    st.session_state[_WIDER] = time.monotonic() + _WIDER_FOR


def redrawn() -> None:
    """What was announced has been drawn."""
    st.session_state.pop(_WIDER, None)


def refresh(console: Console) -> None:
    """Draw what follows the room. For callbacks only.

    The forms are drawn again only where the room has gone on to another question and nobody is
    writing in them: they name the question that they belong to, so they may stay behind.
    """
    if st.session_state.get(_WIDER, 0.0) > time.monotonic():
        return
    question = chosen(console.agenda())
    of, key = st.session_state.get(FORMS_OF, (None, "write-None"))
    now = question.id if question else None
    if of != now and not st.session_state.get(key, False):
        refresh_all()
    st.rerun(scope=LIVE)


def refresh_all() -> None:
    """Draw everything again, the forms of the question too. For callbacks only."""
    redraw_soon()
    st.rerun(scope=(*LIVE, FORMS))


def act(console: Console, action: Do, *, follow: bool = False) -> bool:
    """Run a use case; a refusal becomes the console's notice. Whether it was done.

    `follow` lets the console show again what the stage shows.
    """
    try:
        action()
    except Refused as refusal:
        note("alert", console.who.t(refusal.message, **refusal.params))
        return False
    clear_notice()
    if follow:
        choose(None)
    return True


def run(console: Console, action: Do, follow: bool = False) -> None:
    """The callback of most buttons: `act`, then refresh."""
    act(console, action, follow=follow)
    refresh(console)


def note(role: str, text: str) -> None:
    """Leave a sentence for the moderator: `role` is "alert" or "status"."""
    st.session_state[_NOTICE] = (role, text)


def clear_notice() -> None:
    """Forget the last sentence."""
    st.session_state.pop(_NOTICE, None)


def show_notice() -> None:
    """The last sentence, until the next action."""
    role, text = st.session_state.get(_NOTICE, ("", ""))
    if text:
        st.html(f'<p class="ek-notice ek-notice-{role}" role="{role}">{esc(text)}</p>')


def choose(question_id: str | None) -> None:
    """Look at a question, whatever the stage shows; None follows the stage."""
    if question_id is None:
        st.session_state.pop(_CHOSEN, None)
    else:
        st.session_state[_CHOSEN] = question_id


def on_stage(agenda: Agenda) -> KeyQuestion | None:
    """The question that the room is at: the open one, else the one on the stage."""
    open_round = agenda.open_round
    if open_round is not None:
        return agenda.question(open_round.question_id)
    return agenda.question(agenda.workshop.stage.question_id)


def chosen(agenda: Agenda) -> KeyQuestion | None:
    """The question that this console looks at; None in the lobby, the overview, at the end."""
    return agenda.question(st.session_state.get(_CHOSEN)) or on_stage(agenda)
