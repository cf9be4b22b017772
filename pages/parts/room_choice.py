"""Which statements the next round asks, where a question has more than a room can rate."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.parts.acting import Console
from pages.parts.stage_views import TOO_MANY
from pages.parts.text import esc, shorten
from workshop.agenda import asked_next, next_round
from workshop.model import SCALED, Agenda, KeyQuestion, RoundState, Statement

MANY: Final = 15
"""A question with more statements than this offers a choice."""

SUGGESTED: Final = 12
"""What a room can rate in a few minutes."""

_OPTION: Final = 90
"""Characters of a statement in the list."""


def draw(console: Console, agenda: Agenda, question: KeyQuestion) -> None:
    """How many statements, and which; a closed box below the buttons. Nothing where few are."""
    key = _key(agenda, question)
    if key is None:
        return
    t = console.who.t
    votes = console.who.service.votes(console.who.actor, console.workshop_id, question.id)
    ranked = sorted(agenda.statements_of(question.id), key=lambda s: -votes.get(s.id, 0))
    texts = {s.id: s.text for s in ranked}
    _remember(key, agenda, question, ranked)

    def name(statement_id: str) -> str:
        count = votes.get(statement_id, 0)
        said = shorten(texts[statement_id], _OPTION)
        return f"{said} · {t.n('{n} vote', '{n} votes', count)}" if count else said

    asked = len(st.session_state[key])
    line = t(
        "The next round asks {x} of {y} statements.", x=t.number(asked), y=t.number(len(texts))
    )
    st.html(f'<p class="ek-muted">{esc(line)}</p>')
    with st.expander(t("Choose the statements"), key=f"{key}-box"):
        st.number_input(
            t("How many statements?"),
            min_value=1,
            max_value=len(texts),
            value=max(1, asked),
            key=f"{key}-many-{asked}",
            help=t("Those with the most votes first."),
            on_change=_take,
            args=(key, f"{key}-many-{asked}", list(texts)),
        )
        st.multiselect(
            t("Statements of the next round"),
            list(texts),
            format_func=name,
            key=key,
            placeholder=t("Please choose at least one statement."),
        )


def chosen(agenda: Agenda, question: KeyQuestion) -> tuple[str, ...] | None:
    """What the moderator chose for the next round; None where there was nothing to choose."""
    key = _key(agenda, question)
    return tuple(st.session_state[key]) if key is not None and key in st.session_state else None


def _key(agenda: Agenda, question: KeyQuestion) -> str | None:
    """Under which the choice is kept; None where the next round offers none.

    A round that goes on asks what it asked.
    """
    number, state = next_round(agenda, question)
    few = len(agenda.statements_of(question.id)) <= MANY
    if question.kind not in SCALED or state is not RoundState.DRAFT or few:
        return None
    return f"ask-{question.id}-{number}"


def _remember(key: str, agenda: Agenda, question: KeyQuestion, ranked: list[Statement]) -> None:
    """The suggestion at first, then what was chosen of what is still there."""
    there = [s.id for s in ranked]
    if key in st.session_state:
        st.session_state[key] = [s for s in st.session_state[key] if s in there]
        return
    suggested = {s.id for s in asked_next(agenda, question)}
    first = [s for s in there if s in suggested]
    again = agenda.latest_round(question.id) is not None
    st.session_state[key] = first if again or len(first) <= TOO_MANY else first[:SUGGESTED]


def _take(key: str, field: str, ranked: list[str]) -> None:
    """So many, those with the most votes."""
    st.session_state[key] = ranked[: int(st.session_state[field])]
