"""The private preview of a running result: closed until asked for, and not sent before."""

from __future__ import annotations

import streamlit as st

from pages.parts.acting import Console
from pages.parts.text import esc
from workshop.model import Agenda, KeyQuestion, Round


def draw(console: Console, agenda: Agenda, question: KeyQuestion, round_: Round) -> None:
    """The switch, and behind it the distributions as they are now.

    It belongs to one round: the next one begins with a closed preview, like a reload.
    """
    t = console.who.t
    with st.container(key="console-preview", gap="xsmall"):
        opened = st.toggle(t("Private preview"), key=f"preview-{round_.id}")
        line = t("For you alone. Stage and phones show nothing of it.")
        if opened:
            line = t("Only on this screen: make sure that it isn't mirrored to the projector.")
        st.html(f'<p class="ek-muted">{esc(line)}</p>')
        if opened:
            _chart(console, agenda, question, round_)


def _chart(console: Console, agenda: Agenda, question: KeyQuestion, round_: Round) -> None:
    # Imported here, so that a console that opens no preview never waits for the charts.
    from pages.parts.figure import figure_block
    from workshop.charts import in_order, question_result

    t, who = console.who.t, console.who
    results = who.service.results(who.actor, console.workshop_id, preview=True)
    items = in_order(results.items(round_.id))
    if not items:
        return
    cluster = agenda.cluster(question.cluster_id)
    chart = question_result(
        question,
        items,
        t,
        number=round_.number,
        accent=cluster.accent if cluster else "c",
        theme="dark" if st.context.theme.type == "dark" else "light",
    )
    figure_block(
        chart.figure,
        sentence=chart.sentence,
        columns=chart.table.columns,
        rows=chart.table.rows,
        table_label=t("These numbers as a table"),
        height=f"{chart.height}px",
        key=f"preview-chart-{round_.id}",
    )
