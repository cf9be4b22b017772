"""How a button of the console acts: do it, and say in words what was refused.

Everything runs in widget callbacks, before any part is drawn, so that all parts draw the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from pages.parts.guard import Reader
from pages.parts.text import esc
from workshop.errors import Refused
from workshop.model import Agenda, KeyQuestion

Do = Callable[[], object]
"""What a button does: one use case, already told what about."""

_NOTICE: Final = "console-notice"
_CHOSEN: Final = "console-chosen"
_WRITING: Final = "console-writing"


@dataclass(frozen=True)
class Console:
    """One moderator at one workshop's console."""

    who: Reader
    workshop_id: str

    def agenda(self) -> Agenda:
        """The agenda as committed now."""
        return self.who.service.agenda(self.who.actor, self.workshop_id)


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
    """The callback of most buttons: `act`, whatever comes of it."""
    act(console, action, follow=follow)


def button(console: Console, key: str, word: str, do: Do) -> None:
    """A quiet button that does one thing."""
    st.button(word, key=key, type="tertiary", on_click=run, args=(console, do))


def note(role: str, text: str) -> None:
    """Leave a sentence for the moderator: `role` is "alert" or "status"."""
    st.session_state[_NOTICE] = (role, text)


def clear_notice() -> None:
    """Forget the last sentence."""
    st.session_state.pop(_NOTICE, None)


def notice() -> tuple[str, str]:
    """The role and the words of the last sentence; empty where there is none."""
    role, text = st.session_state.get(_NOTICE, ("", ""))
    return role, text


def show_notice() -> None:
    """The last sentence, until the next action."""
    role, text = notice()
    if text:
        st.html(f'<p class="ek-notice ek-notice-{role}" role="{role}">{esc(text)}</p>')


def choose(question_id: str | None) -> None:
    """Look at a question, whatever the stage shows, and write for it; None follows the stage."""
    if question_id is None:
        st.session_state.pop(_CHOSEN, None)
    else:
        st.session_state[_CHOSEN] = question_id
        write_for(None)


def on_stage(agenda: Agenda) -> KeyQuestion | None:
    """The question that the room is at: the open one, else the one on the stage."""
    open_round = agenda.open_round
    if open_round is not None:
        return agenda.question(open_round.question_id)
    return agenda.question(agenda.workshop.stage.question_id)


def chosen(agenda: Agenda) -> KeyQuestion | None:
    """The question that this console looks at; None in the lobby, the overview, at the end."""
    return agenda.question(st.session_state.get(_CHOSEN)) or on_stage(agenda)


def written_for(agenda: Agenda) -> KeyQuestion | None:
    """The question that somebody began to write for here, wherever the room is now."""
    return agenda.question(st.session_state.get(_WRITING))


def write_for(question: KeyQuestion | None) -> None:
    """From now on it is written for this question; None lets go of it."""
    st.session_state[_WRITING] = question.id if question else None
