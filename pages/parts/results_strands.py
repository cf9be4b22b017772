"""Council and citizens on one question: the same statements side by side, never pooled."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import results_view as view
from pages.parts.guard import Reader
from workshop.analysis import Analysis, ComparedItem
from workshop.charts import Table, strand_lines
from workshop.charts.strand_lines import verdict_colour
from workshop.i18n import NO_VALUE, Translator, pick
from workshop.items import POINTS
from workshop.model import Cluster, KeyQuestion
from workshop.sentences import (
    cluster_comparison_sentence,
    p_words,
    strand_word,
)
from workshop.verdicts import StrandWord


def strands(who: Reader, analysis: Analysis, cluster: Cluster, question: KeyQuestion) -> None:
    """Both strands on the statements of a question that both have rated."""
    t, found = who.t, analysis.cluster(cluster.id)
    comparison = found.strands if found else None
    items: Sequence[ComparedItem] = comparison.of_question(question.id) if comparison else ()
    if comparison is None or not items:
        st.html(view.sentence(t("Only one strand has rated the statements of this question.")))
        return
    items = view.page(items, t, key=f"strands-{question.id}")
    chart = strand_lines(comparison, items, t, theme=view.theme())
    words = cluster_comparison_sentence(comparison, t)
    st.html(view.part(chart.title))
    view.show(chart, t, key=f"strands-{question.id}", words=words, legend=signs(items, t))
    caption = t("How far apart both strands are, {cluster}", cluster=pick(cluster.name, t.lang))
    st.html(view.table(caption, compared_table(items, t), text_columns=(1, 2)))


def signs(items: Sequence[ComparedItem], t: Translator) -> str:
    """What the signs of the chart mean, and the colours of the verdicts that it has."""
    verdicts = {i.comparison.verdict for i in items if i.comparison}
    found = [
        (view.sign("er-dot"), t("Council")),
        (view.sign("er-diamond"), t("Citizens")),
        *(
            (
                view.sign("er-line", f"background:{verdict_colour(word, view.theme())}"),
                strand_word(word, t),
            )
            for word in StrandWord
            if word in verdicts
        ),
        (view.sign("er-thick"), t("thick: difference demonstrable")),
        (view.sign("er-bracket"), t("as far apart as chance makes it")),
    ]
    return view.legend(found)


def compared_table(items: Sequence[ComparedItem], t: Translator) -> Table:
    """Distance, what chance alone makes of it, and the verdict of each statement."""
    columns = (
        t("Statement"),
        t("Finding"),
        t("Difference demonstrable"),
        t("Nearness"),
        t("Distance (EMD)"),
        t("By chance, mean"),
        t("By chance, 95%"),
        t("Permutation test"),
        t("Cliff’s delta"),
    )
    return Table(columns, tuple(_row(i, t) for i in items))


def _row(item: ComparedItem, t: Translator) -> tuple[str, ...]:
    found = item.comparison
    if found is None:
        few = t("too few answers to compare")
        return (item.statement.text, few, *(NO_VALUE,) * 7)
    return (
        item.statement.text,
        strand_word(found.verdict, t) or NO_VALUE,
        t("yes") if found.provable else t("no"),
        t.decimal(POINTS * (1 - found.emd), 0),
        t.decimal(found.emd, 2),
        t.decimal(found.floor.mean, 2),
        t.decimal(found.floor.high, 2),
        p_words(found.p, t),
        t.signed(found.cliffs_delta, 2),
    )
