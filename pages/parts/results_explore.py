"""Choose a cluster, a question and a way to look at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages.parts import frame, results_kinds
from pages.parts import results_view as view
from pages.parts.guard import Reader
from pages.parts.results_change import change
from pages.parts.results_distribution import distribution
from pages.parts.results_overview import mark
from pages.parts.results_said import said
from pages.parts.results_segments import by_group
from pages.parts.results_strands import strands
from pages.parts.text import esc, plain, shorten
from workshop.analysis import Analysis
from workshop.i18n import N_, pick
from workshop.model import Agenda, Cluster, KeyQuestion, QuestionKind, Round, RoundState

_OPTION: Final = 110
"""Characters of a text in a list to choose from."""

WAYS: Final = (
    ("distribution", N_("Distribution")),
    ("change", N_("Change")),
    ("strands", N_("Both strands")),
    ("groups", N_("By group")),
)
"""How to look at a rating question: always all four, so that each has its place."""


def explore(who: Reader, agenda: Agenda, analysis: Analysis) -> None:
    """What was said or rated in revealed rounds, one question at a time."""
    t = who.t
    st.html(view.heading(t("Look closer")))
    questions = [q for q in agenda.questions if _revealed(agenda, q)]
    clusters = [c for c in agenda.clusters if any(q.cluster_id == c.id for q in questions)]
    cluster = st.radio(
        t("Cluster"),
        clusters,
        format_func=lambda c: plain(pick(c.name, t.lang)),
        horizontal=True,
        key="results-cluster",
    )
    mine = [q for q in questions if cluster is not None and q.cluster_id == cluster.id]
    if cluster is None or not mine:
        return
    question = st.selectbox(
        t("Key question"),
        mine,
        index=next((i for i, q in enumerate(mine) if q.kind is QuestionKind.RATE), 0),
        format_func=lambda q: shorten(pick(q.text, t.lang), _OPTION),
        placeholder=t("Key question"),
        key=f"results-question-{cluster.id}",
    )
    if question is None:
        return
    st.html(_heading(pick(question.text, t.lang), cluster))
    rounds = _revealed(agenda, question)
    if question.kind is QuestionKind.RATE:
        _rated(who, agenda, analysis, cluster, question)
    elif question.kind is QuestionKind.WORDS:
        results_kinds.words(who, agenda, cluster, question)
    elif question.is_written:
        said(who, agenda, question)
    elif question.is_whole:
        results_kinds.whole(who, analysis, cluster, question, rounds)
    else:
        results_kinds.matrix(who, analysis, cluster, question, rounds)


def _revealed(agenda: Agenda, question: KeyQuestion) -> Sequence[Round]:
    return [r for r in agenda.rounds_of(question.id) if r.state is RoundState.REVEALED]


def _heading(text: str, cluster: Cluster) -> str:
    """What was asked, with the mark of its cluster."""
    accent = frame.accent(cluster)
    return f'<h3 class="er-h3 {accent}">{mark(cluster)}<span>{esc(text)}</span></h3>'


def _rated(
    who: Reader, agenda: Agenda, analysis: Analysis, cluster: Cluster, question: KeyQuestion
) -> None:
    """A rating question, looked at in one of four ways; the way stays when the question changes."""
    names = dict(WAYS)
    way = st.radio(
        who.t("View"),
        list(names),
        format_func=lambda key: who.t(names[key]),
        horizontal=True,
        key="results-way",
        label_visibility="collapsed",
    )
    rounds = _revealed(agenda, question)
    match way:
        case "change":
            change(who, analysis, cluster, question)
        case "strands":
            strands(who, analysis, cluster, question)
        case "groups":
            by_group(who, agenda, cluster, question, rounds)
        case _:
            distribution(who, analysis, cluster, question, rounds)
