"""What an unfolded row adds: pin, theme, merging by hand, what was merged, and why it is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages.parts import acting
from pages.parts.acting import Console
from pages.parts.text import esc, plain, shorten
from workshop.model import Statement
from workshop.moderation import MAX_REASON, REASONS, reason_words
from workshop.themes import Theme

_UNFOLDED: Final = "console-unfolded"
"""In the session: the id of the contribution whose row is unfolded."""

_OPTION: Final = 90
"""Characters of a contribution in the list of those to merge with."""


def unfolded() -> str | None:
    """The contribution whose row is unfolded."""
    found: str | None = st.session_state.get(_UNFOLDED)
    return found


def unfold(statement_id: str | None) -> None:
    """Unfold this row instead of another; None folds it. For callbacks."""
    st.session_state[_UNFOLDED] = statement_id


def hide(console: Console, statement: Statement) -> None:
    """Hide at once, and ask why afterwards; or show again. For callbacks."""
    who, w = console.who, console.workshop_id
    hidden = not statement.hidden
    done = acting.act(
        console, lambda: who.service.hide_statement(who.actor, w, statement.id, hidden)
    )
    if done:
        unfold(statement.id if hidden else None)


def draw(
    console: Console,
    statement: Statement,
    said: Sequence[Statement],
    themes: Sequence[Theme],
    inner: Sequence[Statement],
) -> None:
    """The rest of what can be done; `inner` were merged into it, `said` are all of its question."""
    with st.container(key=f"open-{statement.id}", gap="xsmall"):
        if statement.hidden:
            _reasons(console, statement)
            return
        _place(console, statement, themes)
        _merge(console, statement, said)
        for other in inner:
            _split(console, other)


def _reasons(console: Console, statement: Statement) -> None:
    """Why: one tap, or own words; it may be left out."""
    t = console.who.t
    st.html(f'<p class="ek-meta">{esc(t("Why? The record shows it; you may leave it out."))}</p>')
    with st.container(horizontal=True, gap="small", key=f"acts-why-{statement.id}"):
        for place, reason in enumerate(REASONS):
            st.button(
                reason_words(reason, t),
                key=f"reason-{place}-{statement.id}",
                type="tertiary",
                on_click=_because,
                args=(console, statement.id, reason),
            )
    field = f"why-{statement.id}"
    st.text_input(
        t("In your own words"),
        key=field,
        max_chars=MAX_REASON,
        on_change=_own_words,
        args=(console, statement.id, field),
    )


def _because(console: Console, statement_id: str, reason: str) -> None:
    who, w = console.who, console.workshop_id
    if acting.act(
        console,
        lambda: who.service.hide_statement(who.actor, w, statement_id, True, reason=reason),
    ):
        unfold(None)


def _own_words(console: Console, statement_id: str, field: str) -> None:
    """What was typed; an empty field may be told as new beside a tap, and takes nothing back."""
    reason = str(st.session_state[field]).strip()
    if reason:
        _because(console, statement_id, reason)


def _place(console: Console, statement: Statement, themes: Sequence[Theme]) -> None:
    """Whether it is pinned, and the themes; another tap on its own takes it out."""
    t, who, w = console.who.t, console.who, console.workshop_id
    service, key = who.service, statement.id
    with st.container(horizontal=True, gap="small", key=f"acts-place-{key}"):
        pinned = not statement.pinned
        acting.button(
            console,
            f"pin-{key}",
            t("Pin to the top") if pinned else t("Unpin"),
            lambda: service.pin(who.actor, w, key, pinned),
        )
        for theme in themes:
            mine = theme.id == statement.theme_id
            acting.button(
                console,
                f"under-{theme.id}-{key}",
                ("✓ " if mine else "") + plain(theme.name),
                _putting(console, key, None if mine else theme.id),
            )


def _putting(console: Console, statement_id: str, theme_id: str | None) -> acting.Do:
    who, w = console.who, console.workshop_id
    return lambda: who.service.put_under(who.actor, w, statement_id, theme_id)


def _merge(console: Console, statement: Statement, said: Sequence[Statement]) -> None:
    """A list of the others, to merge by hand."""
    others = {
        s.id: shorten(s.text, _OPTION)
        for s in said
        if s.id != statement.id and not s.hidden and s.merged_into_id is None
    }
    if not others:
        return
    t, field = console.who.t, f"merge-{statement.id}"
    st.selectbox(
        t("Merge into another contribution"),
        list(others),
        index=None,
        format_func=lambda key: others[key],
        key=field,
        placeholder=t("Choose the wording that stays"),
        on_change=_merge_into,
        args=(console, statement.id, field),
    )


def _merge_into(console: Console, statement_id: str, field: str) -> None:
    who, w, target = console.who, console.workshop_id, st.session_state[field]
    if target is not None and acting.act(
        console, lambda: who.service.merge(who.actor, w, [statement_id], target)
    ):
        unfold(target)


def _split(console: Console, other: Statement) -> None:
    """One that was merged into it, with the way back."""
    t, who, w = console.who.t, console.who, console.workshop_id
    with st.container(key=f"inner-{other.id}", gap=None):
        st.html(f'<p class="ek-text">{esc(other.text)}</p>')
        with st.container(horizontal=True, key=f"acts-inner-{other.id}"):
            acting.button(
                console,
                f"split-{other.id}",
                t("Split off again"),
                lambda: who.service.split(who.actor, w, other.id),
            )
