"""The left side of the console: the agenda by cluster, with where each question stands."""

from __future__ import annotations

import streamlit as st

from pages.parts import acting, frame, words
from pages.parts.acting import Console
from pages.parts.text import local, plain, shorten
from workshop.agenda import running_order
from workshop.i18n import pick
from workshop.model import Agenda, KeyQuestion, RoundState


def draw(console: Console) -> None:
    """Every key question as a button that brings it into the middle."""
    t, agenda = console.who.t, console.agenda()
    st.html(f'<h2 class="ek-side">{t("Agenda")}</h2>')
    current = acting.chosen(agenda)
    for cluster in sorted(agenda.clusters, key=lambda c: c.position):
        with st.container(key=f"cluster-{cluster.id}", gap=None):
            st.html(
                f'<h3 class="ek-cluster {frame.accent(cluster)}">{frame.mark(cluster)}'
                f"<span>{local(cluster.name, t.lang)}</span></h3>"
            )
            for question in running_order(agenda):
                if question.cluster_id == cluster.id:
                    _item(console, agenda, question, current)


def _item(
    console: Console, agenda: Agenda, question: KeyQuestion, current: KeyQuestion | None
) -> None:
    t = console.who.t
    latest = agenda.latest_round(question.id)
    state = "open" if latest and latest.state is RoundState.OPEN else "rest"
    selected = "here" if current is not None and current.id == question.id else "there"
    text = plain(shorten(pick(question.text, t.lang), 90))
    word, where = plain(words.kind(t, question.kind)), plain(words.progress(t, agenda, question))
    with st.container(key=f"item-{selected}-{state}-{question.id}"):
        st.button(
            f"**{word}** :gray[{where}] :small[{text}]",
            key=f"choose-{question.id}",
            type="tertiary",
            width="stretch",
            wrap=True,
            on_click=acting.choose,
            args=(question.id,),
        )
