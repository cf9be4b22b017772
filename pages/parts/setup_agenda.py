"""The left side of preparing: clusters and questions in their order, with the clock beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final

import streamlit as st

from pages.parts import frame, words
from pages.parts.acting import Console
from pages.parts.setup_fields import key_of
from pages.parts.text import esc, plain, shorten
from workshop.agenda import running_order
from workshop.editing import Timetable, in_place, questions_of, timetable
from workshop.i18n import Translator, pick
from workshop.model import Agenda, Cluster, KeyQuestion
from workshop.templates import MAX_CLUSTERS

_CHOSEN: Final = "setup-chosen"
_BEGIN: Final = time(18, 0)


@dataclass(frozen=True)
class Chosen:
    """What stands in the middle: a question, a cluster, or a new one of either."""

    question: KeyQuestion | None = None
    cluster: Cluster | None = None
    new: str = ""
    """"question" or "cluster"."""


def choose(kind: str, thing_id: str = "") -> None:
    """Bring something into the middle: "question", "cluster", "new-question", "new-cluster"."""
    st.session_state[_CHOSEN] = (kind, thing_id)


def chosen(agenda: Agenda) -> Chosen:
    """What stands in the middle; the first question where nothing was chosen, or it is gone."""
    kind, thing_id = st.session_state.get(_CHOSEN, ("", ""))
    if kind.startswith("new-"):
        return Chosen(new=kind.removeprefix("new-"), cluster=agenda.cluster(thing_id))
    if kind == "question" and (question := agenda.question(thing_id)):
        return Chosen(question, agenda.cluster(question.cluster_id))
    if kind == "cluster" and (cluster := agenda.cluster(thing_id)):
        return Chosen(cluster=cluster)
    order = running_order(agenda)
    if order:
        return Chosen(order[0], agenda.cluster(order[0].cluster_id))
    clusters = in_place(agenda.clusters)
    return Chosen(cluster=clusters[0]) if clusters else Chosen(new="cluster")


def draw(console: Console, agenda: Agenda, here: Chosen) -> None:
    """Every cluster and every question as a button that brings it into the middle."""
    t = console.who.t
    st.html(f'<h2 class="ek-side">{esc(t("Agenda"))}</h2>')
    begin = st.time_input(t("Begins at"), value=_BEGIN, key="setup-begin", step=900)
    clock = timetable(agenda, begin or _BEGIN)
    for cluster in in_place(agenda.clusters):
        selected = "here" if here.question is None and here.cluster == cluster else "there"
        selected = "there" if here.new else selected
        with st.container(key=f"cluster-{cluster.id}", gap=None):
            _cluster(t, cluster, selected)
            for question in questions_of(agenda, cluster.id):
                _question(t, question, clock, here)
    st.html(f'<p class="ek-sum">{esc(_sum(t, agenda, clock))}</p>')
    with st.container(key="acts-agenda", horizontal=True, gap="small"):
        if agenda.clusters:
            home = here.cluster or in_place(agenda.clusters)[0]
            _add(t("Add a key question"), "new-question", home.id)
        if len(agenda.clusters) < MAX_CLUSTERS:
            _add(t("Add a cluster"), "new-cluster")


def _add(word: str, kind: str, thing_id: str = "") -> None:
    st.button(
        f"+ {word}", key=f"setup-{kind}", type="tertiary", on_click=choose, args=(kind, thing_id)
    )


def _cluster(t: Translator, cluster: Cluster, selected: str) -> None:
    name = plain(pick(cluster.name, t.lang))
    note = f" :gray[{t('cross-cutting')}]" if cluster.cross_cutting else ""
    with st.container(key=f"head-{selected}-{cluster.id}", horizontal=True, gap=None):
        mark = f'<p class="ek-row {frame.accent(cluster)}">{frame.mark(cluster)}</p>'
        st.html(mark, width="content")
        st.button(
            f"**{name}**{note}",
            key=f"setup-cluster-{cluster.id}",
            type="tertiary",
            wrap=True,
            on_click=choose,
            args=("cluster", cluster.id),
        )


def _question(t: Translator, question: KeyQuestion, clock: Timetable, here: Chosen) -> None:
    now = here.question is not None and here.question.id == question.id
    selected = "here" if now else "there"
    begins = f"{clock.begins[question.id]:%H:%M}"
    minutes = t("{n} min", n=t.number(question.minutes))
    text = plain(shorten(pick(question.text, t.lang), 90))
    word = plain(words.kind(t, question.kind))
    with st.container(key=f"item-{selected}-rest-{question.id}"):
        st.button(
            f"**{word}** :gray[{begins} · {minutes}] :small[{text}]",
            key=f"setup-question-{question.id}",
            type="tertiary",
            width="stretch",
            wrap=True,
            on_click=choose,
            args=("question", question.id),
        )


def _sum(t: Translator, agenda: Agenda, clock: Timetable) -> str:
    """How long it takes, and when it ends."""
    count = sum(not q.is_step for q in agenda.questions)
    minutes = t.number(sum(q.minutes for q in agenda.questions))
    until = t("ends at {time}", time=f"{clock.end:%H:%M}")
    if clock.days:
        until = t("ends at {time} on a later day", time=f"{clock.end:%H:%M}")
    questions = t.n("{n} key question", "{n} key questions", count)
    return f"{questions} · {t('{n} min', n=minutes)} · {until}"


def cluster_box(console: Console, agenda: Agenda, key: str, now: str, label: str) -> str:
    """A box to choose a cluster from; returns its id. `now` is what it begins with."""
    clusters = in_place(agenda.clusters)
    ids = [c.id for c in clusters]
    names = {c.id: pick(c.name, console.who.lang) for c in clusters}
    found = st.selectbox(
        label,
        ids,
        index=ids.index(now) if now in ids else 0,
        format_func=lambda i: names.get(i, ""),
        key=key_of(key),
    )
    return str(found)
