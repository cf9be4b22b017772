"""Above the contributions: the queue, doubles that are worth a look, and the themes.

All of it suggests; nothing is merged or sorted unless somebody presses.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages.parts import acting
from pages.parts.acting import Console
from pages.parts.text import esc
from workshop.doubles import Doubles, suggestions
from workshop.model import Agenda, KeyQuestion, Statement
from workshop.moderation import MAX_THEME
from workshop.themes import Theme

WAITING: Final = "ek-waiting"
"""The id of the heading over what waits."""

DOUBLES: Final = 5
"""Suggestions shown at once; the next come when these are done."""


def draw(
    console: Console,
    agenda: Agenda,
    question: KeyQuestion,
    said: Sequence[Statement],
    themes: Sequence[Theme],
) -> None:
    """The three of them; the last two folded, and the doubles only where there are any."""
    _queue(console, agenda)
    _doubles(console, question, said)
    _themes(console, question, themes)


def waits(console: Console) -> None:
    """A line beside the round: how many contributions wait, and the way to them."""
    t, who, question = console.who.t, console.who, acting.chosen(console.agenda())
    if question is None or not question.is_written:
        return
    said = who.service.contributions(who.actor, console.workshop_id, question.id)
    count = sum(s.waiting for s in said)
    if count:
        line = t.n("{n} contribution waits for you", "{n} contributions wait for you", count)
        st.html(f'<p class="ek-waits"><a href="#{WAITING}">{esc(line)}</a></p>')


def _queue(console: Console, agenda: Agenda) -> None:
    t, who, w = console.who.t, console.who, console.workshop_id
    on = agenda.workshop.moderated
    line = (
        t("Only what you let pass will be shown.")
        if on
        else t("Whatever comes in will be shown with the result.")
    )
    with st.container(horizontal=True, gap="small", key="acts-queue", vertical_alignment="center"):
        st.html(f'<p class="ek-meta">{esc(line)}</p>', width="content")
        acting.button(
            console,
            "queue",
            t("Show without asking me") if on else t("Ask me first"),
            lambda: who.service.set_moderated(who.actor, w, not on),
        )


def _dismissed(question: KeyQuestion) -> str:
    """In the session: pairs of ids that are no doubles to whoever sits here."""
    return f"console-no-doubles-{question.id}"


def _doubles(console: Console, question: KeyQuestion, said: Sequence[Statement]) -> None:
    t = console.who.t
    no: set[tuple[str, ...]] = st.session_state.get(_dismissed(question), set())
    apart = [s for s in said if not s.hidden and s.merged_into_id is None]
    found = [d for d in suggestions(apart) if tuple(s.id for s in d.statements) not in no]
    if not found:
        return
    label = t.n("{n} possible double", "{n} possible doubles", len(found))
    with st.expander(label, key=f"doubles-{question.id}", on_change="rerun") as box:
        if not box.open:
            return
        for doubles in found[:DOUBLES]:
            ids = tuple(s.id for s in doubles.statements)
            with st.container(key=f"double-{ids[0]}-{ids[1]}", gap=None):
                if doubles.same:
                    _same(console, doubles)
                else:
                    _alike(console, question, doubles)


def _same(console: Console, doubles: Doubles) -> None:
    """One text that several people wrote: one press."""
    t = console.who.t
    first, *others = doubles.statements
    often = t.n("written {n} time", "written {n} times", len(doubles.statements))
    st.html(f'<p class="ek-text">{esc(first.text)}</p><p class="ek-meta">{esc(often)}</p>')
    with st.container(horizontal=True, key=f"acts-double-{first.id}"):
        acting.button(console, f"same-{first.id}", t("Merge"), _merging(console, others, first))


def _alike(console: Console, question: KeyQuestion, doubles: Doubles) -> None:
    """Two wordings: which of them stays is the moderator's to say."""
    t = console.who.t
    one, other = doubles.statements
    for kept, gone in ((one, other), (other, one)):
        st.html(f'<p class="ek-text">{esc(kept.text)}</p>')
        with st.container(horizontal=True, key=f"acts-keep-{kept.id}-{gone.id}"):
            acting.button(
                console,
                f"keep-{kept.id}-{gone.id}",
                t("Merge into this wording"),
                _merging(console, [gone], kept),
            )
    with st.container(horizontal=True, key=f"acts-apart-{one.id}-{other.id}"):
        st.button(
            t("Not the same"),
            key=f"apart-{one.id}-{other.id}",
            type="tertiary",
            on_click=_dismiss,
            args=(question, (one.id, other.id)),
        )


def _merging(console: Console, others: Sequence[Statement], target: Statement) -> acting.Do:
    who, w, ids = console.who, console.workshop_id, [s.id for s in others]
    return lambda: who.service.merge(who.actor, w, ids, target.id)


def _dismiss(question: KeyQuestion, pair: tuple[str, ...]) -> None:
    st.session_state[_dismissed(question)] = {
        *st.session_state.get(_dismissed(question), set()),
        pair,
    }


def _themes(console: Console, question: KeyQuestion, themes: Sequence[Theme]) -> None:
    t = console.who.t
    label = t("Themes") + (f" · {t.number(len(themes))}" if themes else "")
    with st.expander(label, key=f"themes-{question.id}", on_change="rerun") as box:
        if not box.open:
            return
        line = t("You name the themes. Each contribution then suggests where it may belong.")
        st.html(f'<p class="ek-meta">{esc(line)}</p>')
        for theme in themes:
            _theme(console, theme)
        _new_theme(console, question)


def _theme(console: Console, theme: Theme) -> None:
    """A theme's name to be changed, and the way to remove it."""
    t, who, w = console.who.t, console.who, console.workshop_id
    # Another name is another field: what was renamed elsewhere would not reach this one.
    field = f"theme-name-{theme.id}-{zlib.crc32(theme.name.encode())}"
    with st.container(
        horizontal=True, gap="small", key=f"acts-theme-{theme.id}", vertical_alignment="center"
    ):
        st.text_input(
            t("Name of the theme"),
            value=theme.name,
            key=field,
            max_chars=MAX_THEME,
            label_visibility="collapsed",
            on_change=_rename,
            args=(console, theme.id, field),
        )
        acting.button(
            console,
            f"theme-remove-{theme.id}",
            t("Remove"),
            lambda: who.service.remove_theme(who.actor, w, theme.id),
        )


def _rename(console: Console, theme_id: str, field: str) -> None:
    who, w, name = console.who, console.workshop_id, str(st.session_state[field])
    acting.act(console, lambda: who.service.rename_theme(who.actor, w, theme_id, name))


def _new_theme(console: Console, question: KeyQuestion) -> None:
    """A field that is empty again once its name was taken."""
    t, times = console.who.t, st.session_state.get(_named(question), 0)
    field = f"theme-new-{question.id}-{times}"
    with st.form(f"name-theme-{question.id}", border=False):
        st.text_input(t("Name a theme"), key=field, max_chars=MAX_THEME)
        st.form_submit_button(t("Add"), on_click=_add, args=(console, question, field))


def _named(question: KeyQuestion) -> str:
    """In the session: how many themes were named here."""
    return f"console-themes-named-{question.id}"


def _add(console: Console, question: KeyQuestion, field: str) -> None:
    who, w, name = console.who, console.workshop_id, str(st.session_state.get(field, ""))
    if acting.act(console, lambda: who.service.add_theme(who.actor, w, question.id, name)):
        st.session_state[_named(question)] = st.session_state.get(_named(question), 0) + 1
