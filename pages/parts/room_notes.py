"""What the moderator notes to a question: kept while it is typed, shown on no other screen."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from pages.parts import acting, words
from pages.parts.acting import Console
from workshop.service.conducting import LONGEST_NOTE

_HERE = Path(__file__).parent

_NOTES = st.components.v2.component(
    "einklang_notes",
    html='<label><span></span><textarea rows="2"></textarea></label>\n<p role="status"></p>\n',
    css=(_HERE / "room_notes.css").read_text(encoding="utf-8"),
    js=(_HERE / "room_notes.js").read_text(encoding="utf-8"),
)

_KEY: Final = "console-notes"
_SAVED: Final = "console-notes-saved"
"""In the session: the number of the last text that was kept, by which the browser knows it."""


def draw(console: Console) -> None:
    """The note of the question that this console looks at. Call it at every run.

    Where the room goes on while somebody types, the browser stays with the question that the
    text belongs to until it is left.
    """
    t, agenda = console.who.t, console.agenda()
    question = acting.chosen(agenda)
    notes = console.who.service.notes(console.who.actor, console.workshop_id)
    data: dict[str, object] = {"question": None, "saved": st.session_state.get(_SAVED, 0)}
    if question is not None:
        data |= {
            "question": question.id,
            "text": notes.get(question.id, ""),
            "label": t("Note · {where}", where=words.place(t, agenda, question)),
            "hint": t("Only for you and whoever moderates with you"),
            "limit": LONGEST_NOTE,
            "said": {"saving": t("Saving …"), "saved": t("Saved")},
        }
    _NOTES(key=_KEY, data=data, on_typed_change=lambda: _keep(console), height="content")


def _keep(console: Console) -> None:
    """Keep what the browser sent, and tell it so; what can't be kept stays there."""
    sent, who = st.session_state[_KEY].typed, console.who
    if sent is None:
        return
    question, text = str(sent["question"]), str(sent["text"])
    if acting.act(
        console, lambda: who.service.take_note(who.actor, console.workshop_id, question, text)
    ):
        st.session_state[_SAVED] = sent["n"]
