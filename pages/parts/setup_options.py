"""What a question asks about: statements or options, as lines to write, move and hide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import streamlit as st

from pages.parts import setup_fields, setup_kind
from pages.parts.acting import Console
from pages.parts.setup_fields import key_of, quiet
from pages.parts.text import esc, plain, shorten
from workshop.agenda import MIN_OPTIONS, TOO_FEW_OPTIONS
from workshop.answers import MAX_TEXT, tidied
from workshop.editing import many, options_stay, too_many
from workshop.i18n import Translator
from workshop.limits import MAX_OPTIONS
from workshop.model import Agenda, KeyQuestion, QuestionKind, Statement

LINES: Final = 30
"""Lines that one page still holds; an imported conversation brings hundreds."""


def draw(console: Console, agenda: Agenda, question: KeyQuestion) -> None:
    """The lines of a question that asks about something, and a word where they are too many."""
    if not question.asks_statements:
        return
    t, found = console.who.t, agenda.statements_of(question.id)
    heading = t("Options") if question.is_whole else t("Statements")
    st.html(f'<h3 class="ek-side">{esc(heading)}</h3>')
    for line, alert in _notes(console, agenda, question, len(found)):
        style = "ek-notice ek-notice-alert" if alert else "ek-muted"
        st.html(f'<p class="{style}">{esc(line)}</p>')
    fixed = options_stay(agenda, question)
    with st.container(key="setup-lines", gap="small"):
        for place, statement in enumerate(found[:LINES], 1):
            _line(console, question, statement, place, len(found), fixed=fixed)
    if rest := len(found[LINES:]):
        more = t.n("{n} more is in the console.", "{n} more are in the console.", rest)
        st.html(f'<p class="ek-muted">{esc(more)}</p>')
    if not fixed and not (question.is_whole and len(found) >= MAX_OPTIONS):
        _add(console, question, found)
    _hidden(console, agenda, question, fixed=fixed)


def _notes(
    console: Console, agenda: Agenda, question: KeyQuestion, count: int
) -> list[tuple[str, bool]]:
    """What there is to know about the lines, and whether it should be mended."""
    t = console.who.t
    if question.is_whole:
        if options_stay(agenda, question):
            stay = t("The options stay as they are until the result of this round is shown.")
            return [(stay, False)]
        if count < MIN_OPTIONS:
            return [(t(TOO_FEW_OPTIONS), False)]
        if count >= MAX_OPTIONS:
            full = t("These are {n} options: more can't be held against each other.", n=count)
            return [(full, False)]
        word = setup_kind.word(console, question, count)
        return [(word, True)] if word else []
    line = t("They come from the room, or you write them here.")
    if count:
        line = t.n("{n} statement to be rated.", "{n} statements to be rated.", count)
    if not too_many(agenda, question):
        return [(line, False)]
    warning = t(
        "More than {most} statements at once are too many: the last ones are rated without "
        "care. Choose some of them when you open the round, or ask in two questions.",
        most=many(question),
    )
    if question.kind is QuestionKind.MATRIX:
        twice = t("In a matrix everybody rates each statement twice.")
        warning = f"{twice} {warning}"
    return [(line, False), (warning, True)]


def _line(
    console: Console,
    question: KeyQuestion,
    statement: Statement,
    place: int,
    count: int,
    *,
    fixed: bool,
) -> None:
    t, who, w, key = console.who.t, console.who, console.workshop_id, statement.id
    label = _called(t, question, place)
    with st.container(key=f"acts-line-{key}", horizontal=True, gap="small"):
        setup_fields.line(
            console,
            f"line-{key}",
            label,
            statement.text,
            lambda text: who.service.edit_statement(who.actor, w, key, text),
            MAX_TEXT,
            lines=1 if question.is_whole else 2,
            disabled=fixed,
        )
        quiet(
            console,
            f"line-up-{key}",
            _of(label, t("Move up"), "↑"),
            lambda: who.service.move_statement(who.actor, w, key, -1),
            disabled=fixed or place == 1,
        )
        quiet(
            console,
            f"line-down-{key}",
            _of(label, t("Move down"), "↓"),
            lambda: who.service.move_statement(who.actor, w, key, 1),
            disabled=fixed or place == count,
        )
        quiet(
            console,
            f"line-hide-{key}",
            _of(label, "", t("hide")),
            lambda: who.service.hide_statement(who.actor, w, key),
            disabled=fixed,
        )


def _called(t: Translator, question: KeyQuestion, place: int) -> str:
    """A line by its number, for who doesn't see where it stands."""
    return t("Option {n}", n=place) if question.is_whole else t("Statement {n}", n=place)


def _of(label: str, word: str, sign: str) -> str:
    """A button's sign; the line it belongs to, and its word, are for who doesn't see both."""
    unseen = f"{plain(label)}: {plain(word)}".strip()
    return f"**{unseen}** {plain(sign)}"


def _add(console: Console, question: KeyQuestion, found: Sequence[Statement]) -> None:
    """One more line; the field is empty again after it, and takes the next."""
    t, there = console.who.t, frozenset(s.text for s in found)
    key = key_of(f"line-new-{question.id}")
    label = t("New option") if question.is_whole else t("New statement")
    st.text_input(
        label,
        key=key,
        max_chars=MAX_TEXT,
        placeholder=t("Write it, then press Enter"),
        on_change=_keep,
        args=(console, question.id, key, there),
    )


def _keep(console: Console, question_id: str, key: str, there: Collection[str]) -> None:
    """Keep a new line. One that is there already would only be the same sent twice."""
    who, text = console.who, tidied(str(st.session_state[key] or ""))
    if not text:
        return
    if text in there or setup_fields.do(
        console,
        lambda: who.service.add_statement(who.actor, console.workshop_id, question_id, text),
    ):
        st.session_state[key] = ""


def _hidden(console: Console, agenda: Agenda, question: KeyQuestion, *, fixed: bool) -> None:
    """What was hidden and can come back; an earlier wording of something else can't."""
    t, who = console.who.t, console.who
    replaced = {s.source_id for s in agenda.statements if s.source_id}
    gone = [
        s
        for s in agenda.statements_of(question.id, hidden=True)
        if s.hidden and s.id not in replaced
    ]
    if not gone:
        return
    st.html(f'<p class="ek-label">{esc(t("Hidden"))}</p>')
    for statement in gone:
        with st.container(key=f"acts-group-{statement.id}", horizontal=True, gap="small"):
            st.html(f'<p class="ek-text ek-muted">{esc(statement.text)}</p>')
            quiet(
                console,
                f"line-back-{statement.id}",
                f"**{plain(shorten(statement.text, 60))}:** {t('show again')}",
                lambda key=statement.id: who.service.hide_statement(  # type: ignore[misc]
                    who.actor, console.workshop_id, key, hidden=False
                ),
                disabled=fixed,
            )
