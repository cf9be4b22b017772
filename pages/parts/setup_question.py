"""The middle of preparing: one key question, or a new one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.parts import (
    acting,
    frame,
    setup_agenda,
    setup_fields,
    setup_kind,
    setup_options,
    words,
)
from pages.parts.acting import Console
from pages.parts.setup_fields import in_language, key_of, quiet
from pages.parts.text import esc, local
from workshop.editing import MAX_HELP, MAX_WORDING, Used, in_place, questions_of
from workshop.i18n import Translator, languages, pick
from workshop.model import Agenda, Cluster, KeyQuestion, QuestionKind
from workshop.templates import MAX_MINUTES

_NEW: Final = "new-question"


def draw(console: Console, agenda: Agenda, question: KeyQuestion, used: Used) -> None:
    """The fields of a question; each saves itself when it is left."""
    t, who, w = console.who.t, console.who, console.workshop_id
    opened = question.id in used.opened
    _head(t, agenda.cluster(question.cluster_id), words.kind(t, question.kind))
    _acts(console, agenda, question)
    if opened:
        line = t(
            "A round of this question was opened, so its wording, kind and scale stay. "
            "Duplicate it: another wording is another question."
        )
        st.html(f'<p class="ek-notice">{esc(line)}</p>')
    setup_fields.words(
        console,
        f"text-{question.id}",
        t("Wording"),
        question.text,
        lambda text: who.service.edit_question(who.actor, w, question.id, text=text),
        MAX_WORDING,
        lines=4,
        disabled=opened,
    )
    setup_fields.words(
        console,
        f"help-{question.id}",
        t("Help"),
        question.help,
        lambda text: who.service.edit_question(who.actor, w, question.id, help=text),
        MAX_HELP,
        lines=4,
        disabled=opened,
    )
    left, middle, right = st.columns([2, 4, 4])
    with left:
        setup_fields.number(
            console,
            f"minutes-{question.id}",
            t("Minutes"),
            question.minutes,
            lambda n: who.service.edit_question(who.actor, w, question.id, minutes=n),
            MAX_MINUTES,
        )
    with middle:
        _place(console, agenda, question, opened)
    with right:
        if opened:
            setup_fields.fixed(t("What it asks for"), words.kind(t, question.kind))
        else:
            setup_kind.field(console, question)
    setup_kind.demands(console, question, opened=opened)
    setup_options.draw(console, agenda, question)


def _head(t: Translator, cluster: Cluster | None, word: str) -> None:
    name = f"{frame.mark(cluster)}<strong>{local(cluster.name, t.lang)}</strong>" if cluster else ""
    st.html(
        f'<p class="ek-eyebrow {frame.accent(cluster)}">{name}</p>'
        f'<h2 class="ek-part">{esc(word)}</h2>'
    )


def _acts(console: Console, agenda: Agenda, question: KeyQuestion) -> None:
    t, who, w, q = console.who.t, console.who, console.workshop_id, question.id
    order = [other.id for other in questions_of(agenda, question.cluster_id)]
    service = who.service
    with st.container(key="acts-question", horizontal=True, gap="small"):
        up, down = order[0] == q, order[-1] == q
        quiet(
            console,
            f"up-{q}",
            t("Move up"),
            lambda: service.move_question(who.actor, w, q, -1),
            disabled=up,
        )
        quiet(
            console,
            f"down-{q}",
            t("Move down"),
            lambda: service.move_question(who.actor, w, q, 1),
            disabled=down,
        )
        quiet(
            console,
            f"double-{q}",
            t("Duplicate"),
            lambda: setup_agenda.choose("question", service.duplicate_question(who.actor, w, q)),
        )
        quiet(
            console,
            f"remove-{q}",
            t("Remove"),
            lambda: service.remove_question(who.actor, w, q),
        )


def _place(console: Console, agenda: Agenda, question: KeyQuestion, opened: bool) -> None:
    clusters = in_place(agenda.clusters)
    names = {c.id: pick(c.name, console.who.lang) for c in clusters}
    if opened:
        setup_fields.fixed(console.who.t("Cluster"), names.get(question.cluster_id, ""))
        return
    key = key_of(f"place-{question.id}-{question.cluster_id}")
    st.selectbox(
        console.who.t("Cluster"),
        list(names),
        index=list(names).index(question.cluster_id) if question.cluster_id in names else 0,
        format_func=lambda i: names.get(i, ""),
        key=key,
        on_change=_put,
        args=(console, question.id, key),
    )


def _put(console: Console, question_id: str, key: str) -> None:
    who, wanted = console.who, str(st.session_state[key])
    setup_fields.do(
        console,
        lambda: who.service.put_question(who.actor, console.workshop_id, question_id, wanted),
    )


def new(console: Console, agenda: Agenda, home: Cluster | None) -> None:
    """A question that isn't there yet; it comes with one press, so that nothing is half there."""
    t = console.who.t
    st.html(f'<h2 class="ek-part">{esc(t("New key question"))}</h2>')
    kind = setup_kind.new_kind(console)
    with st.form("new-question-form", border=False):
        places = zip(st.columns(len(languages())), languages(), strict=True)
        for place, lang in places:
            place.text_area(
                in_language(t("Wording"), lang),
                key=key_of(f"{_NEW}-text-{lang}"),
                max_chars=MAX_WORDING,
                height=130,
            )
        left, right = st.columns([2, 8])
        left.number_input(t("Minutes"), 1, MAX_MINUTES, 10, 1, key=key_of(f"{_NEW}-minutes"))
        with right:
            now = home.id if home else ""
            setup_agenda.cluster_box(console, agenda, f"{_NEW}-cluster-{now}", now, t("Cluster"))
        setup_kind.new_demands(console, kind)
        st.form_submit_button(
            t("Add"), type="primary", on_click=_add, args=(console, home.id if home else "")
        )


def _add(console: Console, home: str) -> None:
    who = console.who

    def read(name: str) -> object:
        return st.session_state[key_of(f"{_NEW}-{name}")]

    text = {lang: str(read(f"text-{lang}") or "") for lang in languages()}
    made: list[str] = []

    def add() -> None:
        kind = QuestionKind(str(read("kind")))
        made.append(
            who.service.add_question(
                who.actor,
                console.workshop_id,
                str(read(f"cluster-{home}")),
                kind,
                text,
                minutes=int(str(read("minutes"))),
                **setup_kind.new_given(kind),
            )
        )

    if acting.act(console, add):
        setup_fields.anew()
        setup_agenda.choose("question", made[0])
        acting.note("status", who.t("Saved."))
