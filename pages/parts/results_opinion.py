"""The opinion groups of a workshop: the map, what all agree on, what each group stands for."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from pages.parts import results_view as view
from pages.parts.text import esc
from workshop.analysis import Groups
from workshop.charts.opinion_map import (
    consensus_table,
    group_accent,
    group_mark,
    group_name,
    opinion_map,
    representative_table,
)
from workshop.i18n import Translator

MOST_SHARED: Final = 10
"""So many statements stand in the list of what all groups agree on."""


def opinion(groups: Groups, t: Translator) -> None:
    """Map and lists; where there are no groups a sentence says why, once anybody has voted."""
    if not groups.people:
        return
    chart = opinion_map(groups, t, theme=view.theme())
    st.html(view.heading(chart.title))
    if not groups.k:
        st.html(view.sentence(chart.sentence))
        return
    view.show(chart, t, key="opinion-map")
    st.html(shared(groups, t))
    for label in range(groups.k):
        st.html(telling(groups, label, t))


def shared(groups: Groups, t: Translator) -> str:
    """The statements that find agreement in all groups, beside what half of each would give."""
    half = 0.5**groups.k
    found = [one for one in groups.consensus if one.gic > half][:MOST_SHARED]
    head = view.part(t("What finds agreement in all groups"), 3)
    said = t(
        "From 0 to 1, and near 1 only where every group agrees, however small. If half of each "
        "group agreed it would be {half}; what lies above is listed, {n} at most.",
        half=t.decimal(half, 2),
        n=MOST_SHARED,
    )
    caption = t("Agreement across groups")
    listed = view.table(caption, consensus_table(replace(groups, consensus=tuple(found)), t))
    return head + view.sentence(said) + (listed or view.sentence(t("There is none.")))


def telling(groups: Groups, label: int, t: Translator) -> str:
    """What tells a group from the others."""
    name, size = group_name(label, t), groups.sizes[label]
    people = t.n("{n} person", "{n} people", size)
    head = (
        f'<h3 class="er-h4 ek-{group_accent(label)}">'
        f'<i class="er-group" aria-hidden="true">{group_mark(label)}</i>'
        f"{esc(name)} <span>{esc(people)}</span></h3>"
    )
    content = representative_table(groups, label, t)
    if not content.rows:
        return head + view.sentence(t("Nothing tells this group from the others."))
    caption = t("What tells {group} from the others", group=name)
    return head + view.table(caption, content, text_columns=(1,))
