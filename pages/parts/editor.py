"""The dialog for one wording.

It is one of ours: Streamlit's own closes only where the whole page is drawn anew, and what stands
half-written beside it can be lost then. This one is told by its data what to show, like every other
part, and what is typed stays in the browser until it is sent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from pages.parts import acting, words
from pages.parts.acting import Console
from workshop.model import Statement

_HERE = Path(__file__).parent

_DIALOG = st.components.v2.component(
    "einklang_editor",
    html=(_HERE / "editor.html").read_text(encoding="utf-8"),
    css=(_HERE / "editor.css").read_text(encoding="utf-8"),
    js=(_HERE / "editor.js").read_text(encoding="utf-8"),
)

_KEY: Final = "console-editor"
_TURN: Final = "console-editor-turn"
"""In the session: how often it was opened, so that no late word from an earlier time counts."""
_EDITING: Final = "console-editing"


def open_for(statement_id: str) -> None:
    """Open the dialog for a text. For callbacks only."""
    acting.clear_notice()
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state[_EDITING] = statement_id


def draw(console: Console) -> None:
    """The dialog, open while a text is being edited. Call it at every run."""
    t, statement = console.who.t, _wanted(console)
    data: dict[str, object] = {"turn": 0}
    if statement is not None:
        hint = t("For typing errors. The original is kept, and shown here.")
        if statement.author_id is None:
            hint = t(
                "After its first round a new wording counts as a new statement; the old one "
                "stays in the record."
            )
        said = {
            "title": t("Edit the wording"),
            "original": words.original(t, statement),
            "label": t("Wording"),
            "hint": hint,
            "save": t("Save"),
            "notice": acting.notice()[1],
        }
        turn = st.session_state[_TURN]
        data = {"turn": turn, "text": statement.text, "words": said, "close": t("Close")}
    _DIALOG(
        key=_KEY,
        data=data,
        on_sent_change=lambda: _save(console),
        on_closed_change=_close,
        height="content",
    )


def _wanted(console: Console) -> Statement | None:
    """The text that is being edited, as it stands in the database."""
    wanted = st.session_state.get(_EDITING)
    if wanted is None:
        return None
    agenda = console.agenda()
    found = agenda.statement(wanted)
    if found is not None:
        return found
    for question in agenda.questions:
        said = console.who.service.contributions(
            console.who.actor, console.workshop_id, question.id, hidden=True
        )
        for statement in said:
            if statement.id == wanted:
                return statement
    return None


def _save(console: Console) -> None:
    """What was sent becomes the wording; a refusal stays in the dialog, and so does the text."""
    sent, who = st.session_state[_KEY].sent, console.who
    wanted = st.session_state.get(_EDITING)
    if wanted is None or sent["turn"] != st.session_state[_TURN]:
        return
    w, text = console.workshop_id, str(sent["text"])
    if acting.act(console, lambda: who.service.edit_statement(who.actor, w, wanted, text)):
        st.session_state.pop(_EDITING, None)


def _close() -> None:
    """It was left without sending."""
    if st.session_state[_KEY].closed == st.session_state.get(_TURN):
        st.session_state.pop(_EDITING, None)
