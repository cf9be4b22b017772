"""All clusters at once, on the results page: how close, how sure, and how to read it."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from pages.parts import results_view as view
from pages.parts.frame import accent
from pages.parts.guard import Reader
from pages.parts.text import esc
from workshop.analysis import Analysis
from workshop.charts import cluster_overview, cluster_words
from workshop.export.overview import reading_aid
from workshop.i18n import Translator
from workshop.marks import MARKS
from workshop.model import Cluster


def overview(who: Reader, analysis: Analysis) -> None:
    """Every cluster round after round; nothing where nothing was rated."""
    if not any(c.rounds for c in analysis.clusters):
        return
    t = who.t
    chart = cluster_overview(analysis, t, theme=view.theme())
    st.html(view.heading(chart.title))
    view.show(chart, t, key="overview", words="", legend=signs(analysis, t))
    st.html(in_words(analysis, t))
    st.html(reading(t))


def signs(analysis: Analysis, t: Translator) -> str:
    """What the signs of the chart mean; those only that it has."""
    found = [
        (view.sign("er-dot"), t("last revealed round")),
        (view.sign("er-band"), t("its interval")),
        (view.sign("er-dotted"), t("chance level")),
    ]
    if any(len(c.rounds) > 1 for c in analysis.clusters):
        found.insert(0, (view.sign("er-ring"), t("earlier round")))
    if analysis.compared:
        found.append((view.sign("er-dot er-small"), t("council, on what both strands rated")))
        found.append((view.sign("er-diamond"), t("citizens, on the same")))
    return view.legend(found)


def in_words(analysis: Analysis, t: Translator) -> str:
    """The sentence of each cluster, behind a toggle: the chart has the numbers already."""
    lines = "".join(
        f'<li class="{accent(c.cluster)}">{mark(c.cluster)}'
        f"<span>{esc(cluster_words(c, t).sentence)}</span></li>"
        for c in analysis.clusters
    )
    summary = esc(t("The same in words"))
    return f'<details class="er-aid"><summary>{summary}</summary><ul>{lines}</ul></details>'


def reading(t: Translator) -> str:
    """How to read each number, behind a toggle."""
    lines = "".join(f"<dt>{esc(name)}</dt><dd>{esc(text)}</dd>" for name, text in reading_aid(t))
    return (
        f'<details class="er-aid"><summary>{esc(t("How to read the numbers"))}</summary>'
        f"<dl>{lines}</dl></details>"
    )


def mark(cluster: Cluster) -> str:
    """A cluster's mark in its own colour; decoration beside its name.

    As a mask, since `st.html` takes inline SVG out.
    """
    path = MARKS.get(cluster.mark, next(iter(MARKS.values())))
    svg = quote(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{path}"/></svg>'
    )
    return f'<i class="er-mark" style="mask-image:url(&quot;data:image/svg+xml,{svg}&quot;)"></i>'
