"""The right side of the console: what people wrote, and the statements to be rated.

The list follows the room. The form beside it stays with its question while somebody writes in it,
so that no change in the room takes a half-written sentence away.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.parts import acting, editor, moderation_list, words
from pages.parts.acting import Console
from pages.parts.text import esc
from workshop.i18n import Translator
from workshop.model import Agenda, KeyQuestion, Statement

PAGE: Final = 20
"""Texts shown at once; each brings three buttons."""


def forms(console: Console) -> None:
    """What is typed beside a question: new statements to be rated, or options.

    An open form keeps its question until it is sent, closed, or another one is picked here.
    """
    t, agenda = console.who.t, console.agenda()
    question = acting.written_for(agenda)
    if question is None or not st.session_state.get(_box(question), False):
        question = acting.chosen(agenda)
    acting.write_for(question)
    if question is None or not question.asks_statements:
        return
    # What was taken leaves the field by giving it a new name: a changed value alone would not
    # reach a field that somebody typed in.
    times, rest = st.session_state.get(_added(question.id), (0, ""))
    field = f"new-{question.id}-{times}"
    label, line, example = (
        (t("Write options"), t("One option per line"), t("Something that people can choose"))
        if question.is_whole
        else (
            t("Write statements"),
            t("One statement per line"),
            t("A sentence that people can rate"),
        )
    )
    with (
        st.expander(label, key=_box(question), on_change="rerun"),
        st.form(f"add-{question.id}", border=False),
    ):
        st.html(f'<p class="ek-meta">{esc(words.place(t, agenda, question))}</p>')
        st.text_area(
            line,
            value=rest,
            key=field,
            height=120,
            placeholder=example,
        )
        st.form_submit_button(t("Add"), on_click=_add_lines, args=(console, question.id, field))


def _box(question: KeyQuestion) -> str:
    """The key of what the form is unfolded from: in the session, whether it is open."""
    return f"write-{question.id}"


def _added(question_id: str) -> str:
    """In the session: how often lines were sent, and which of the last ones were refused."""
    return f"console-added-{question_id}"


def _add_lines(console: Console, question_id: str, field: str) -> None:
    """Add each line as a statement; what can't be taken stays in the field."""
    lines = [line.strip() for line in str(st.session_state.get(field, "")).splitlines()]
    who, rest = console.who, list(filter(None, lines))
    if not rest:
        acting.note("alert", who.t("There is no text yet. Please write something first."))
        return
    while rest and acting.act(console, _adding(console, question_id, rest[0])):
        rest = rest[1:]
    times, _ = st.session_state.get(_added(question_id), (0, ""))
    st.session_state[_added(question_id)] = (times + 1, "\n".join(rest))
    if not rest:
        acting.write_for(None)


def _adding(console: Console, question_id: str, text: str) -> acting.Do:
    who, w = console.who, console.workshop_id
    return lambda: who.service.add_statement(who.actor, w, question_id, text)


def draw(console: Console) -> None:
    """The texts of the question at hand: what people wrote, or what is asked of them."""
    agenda = console.agenda()
    question = acting.chosen(agenda)
    if question is None or question.is_step:
        _nothing(console.who.t)
    elif question.is_written:
        moderation_list.draw(console, agenda, question)
    else:
        _statements(console, agenda, question)


def _nothing(t: Translator) -> None:
    line = t("Here you see what comes in, once a question is chosen.")
    st.html(f'<h2 class="ek-side">{esc(t("Texts"))}</h2><p class="ek-muted">{esc(line)}</p>')


def _statements(console: Console, agenda: Agenda, question: KeyQuestion) -> None:
    t = console.who.t
    found = agenda.statements_of(question.id, hidden=True)
    replaced = {s.source_id for s in found if s.source_id}
    # A wording that was replaced after its first round is kept, and not offered any more.
    found = tuple(s for s in found if not (s.hidden and s.id in replaced))
    name, none = (
        (t("Options"), t("There are no options yet."))
        if question.is_whole
        else (t("Statements to be rated"), t("There are no statements yet."))
    )
    _heading(name, sum(not s.hidden for s in found), t)
    if not found:
        st.html(f'<p class="ek-muted">{esc(none)}</p>')
    limit = _limit(question)
    for statement in found[:limit]:
        _text(console, statement)
    _more_button(console, question, len(found) - limit)


def _heading(word: str, count: int, t: Translator) -> None:
    st.html(f'<h2 class="ek-side">{esc(word)} · {t.number(count)}</h2>')


def _limit(question: KeyQuestion) -> int:
    return int(st.session_state.get(f"console-shown-{question.id}", PAGE))


def _more_button(console: Console, question: KeyQuestion, rest: int) -> None:
    if rest > 0:
        st.button(
            console.who.t("Show {n} more", n=min(PAGE, rest)),
            key=f"more-{question.id}",
            type="tertiary",
            on_click=_more,
            args=(f"console-shown-{question.id}", _limit(question) + PAGE),
        )


def _more(key: str, limit: int) -> None:
    st.session_state[key] = limit


def _text(console: Console, statement: Statement) -> None:
    t, who, w = console.who.t, console.who, console.workshop_id
    service, hide = who.service, not statement.hidden
    first = words.original(t, statement)
    state = "hidden" if statement.hidden else "shown"
    with st.container(key=f"text-{state}-{statement.id}", gap=None):
        st.html(
            f'<p class="ek-text">{esc(statement.text)}</p>'
            + ("" if hide else f'<p class="ek-meta">{esc(t("hidden"))}</p>')
            + (f'<p class="ek-meta ek-original">{esc(first)}</p>' if first else "")
        )
        with st.container(horizontal=True, gap="small", key=f"acts-{statement.id}"):
            st.button(
                t("Edit"),
                key=f"edit-{statement.id}",
                type="tertiary",
                on_click=editor.open_for,
                args=(statement.id,),
            )
            acting.button(
                console,
                f"hide-{statement.id}",
                t("Hide") if hide else t("Show again"),
                lambda: service.hide_statement(who.actor, w, statement.id, hide),
            )
