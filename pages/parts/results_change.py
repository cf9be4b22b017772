"""What happened to a question's statements between two rounds: who moved, and how surely."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import results_view as view
from pages.parts.frame import accent
from pages.parts.guard import Reader
from pages.parts.results_distribution import steps
from workshop.analysis import Analysis, Bounds, Change, ItemChange
from workshop.charts import Table, moves
from workshop.charts.words import change_interval_words
from workshop.i18n import NO_VALUE, Translator
from workshop.model import Cluster, KeyQuestion
from workshop.sentences import bounds_sentence, change_sentence, change_word, p_words


def change(who: Reader, analysis: Analysis, cluster: Cluster, question: KeyQuestion) -> None:
    """Two rounds of a question: flows, stability, and what the missing could change."""
    t, found = who.t, analysis.cluster(cluster.id)
    changes = found.changes if found else ()
    changes = tuple(c for c in changes if _of(c, question))
    if found is None or not changes:
        st.html(view.sentence(t("The statements of this question were asked once so far.")))
        return
    chosen = _choice(question, changes, t)
    invited = found.latest.level.invited if found.latest else None
    words = change_sentence("", chosen, t, invited=invited)
    items = view.page(_of(chosen, question), t, key=f"change-{question.id}")
    chart = moves(question, chosen, t, items=items, accent=cluster.accent, theme=view.theme())
    st.html(view.part(chart.title))
    view.show(
        chart, t, key=f"moves-{question.id}", words=words, legend=_signs(question, cluster, t)
    )
    stable = stability_table(items, t)
    st.html(view.table(t("How stable the answers are"), stable, text_columns=(10,)))
    _missing(who, analysis, cluster, chosen)


def _signs(question: KeyQuestion, cluster: Cluster, t: Translator) -> str:
    """The steps of the scale, and what the ways between both bars mean."""
    return view.legend(
        [
            *steps(question, cluster.accent, view.theme(), t),
            (view.sign("er-stayed"), t("the same answer again")),
            (view.sign(f"er-up {accent(cluster)}"), t("up the scale")),
            (view.sign("er-down"), t("down the scale")),
        ]
    )


def _of(change: Change, question: KeyQuestion) -> tuple[ItemChange, ...]:
    return tuple(i for i in change.items if i.question.id == question.id)


def _choice(question: KeyQuestion, changes: Sequence[Change], t: Translator) -> Change:
    """Which two rounds; nothing to choose where there are only two."""
    if len(changes) == 1:
        return changes[0]
    chosen = st.radio(
        t("Rounds"),
        range(len(changes)),
        index=len(changes) - 1,
        format_func=lambda i: t(
            "{second} after {first}", first=changes[i].first, second=changes[i].second
        ),
        horizontal=True,
        key=f"results-change-{question.id}-{len(changes)}",
    )
    return changes[-1 if chosen is None else chosen]


def stability_table(items: Sequence[ItemChange], t: Translator) -> Table:
    """Who gave the same answer again and who didn't, each statement; a dash below five people."""
    columns = (
        t("Statement"),
        t("People in both"),
        t("Unchanged"),
        t("Up"),
        t("Down"),
        t("Mean move"),
        t("Weighted kappa"),
        t("Wilcoxon"),
        t("Consensus"),
        t("Interval"),
        t("Finding"),
    )
    return Table(columns, tuple(_row(i, t) for i in items))


def _row(item: ItemChange, t: Translator) -> tuple[str, ...]:
    head = (item.statement.text, t.number(item.matched))
    found = item.stability
    if found is None:
        return (*head, *(NO_VALUE,) * 8, change_word(item.word, t))
    return (
        *head,
        t.percent(found.unchanged),
        t.number(found.up),
        t.number(found.down),
        t.signed(found.mean_move, 1),
        t.decimal(found.kappa, 2),
        p_words(found.test.p, t) if found.test else NO_VALUE,
        t.signed(item.change),
        change_interval_words(item, t) or NO_VALUE,
        change_word(item.word, t),
    )


def _missing(who: Reader, analysis: Analysis, cluster: Cluster, chosen: Change) -> None:
    """What those could change who did not vote again; computed only when somebody asks."""
    t = who.t
    asked = st.toggle(
        t("What if the missing had voted again?"), key=f"results-missing-{cluster.id}"
    )
    if not asked:
        return
    bounds = who.service.bounds(
        who.actor, analysis.workshop_id, cluster.id, chosen.first, chosen.second
    )
    caption = t("The change of the cluster, in points")
    numbers = view.table(caption, bounds_table(bounds, chosen, t))
    st.html(view.sentence(bounds_sentence(bounds, t)) + numbers)


def bounds_table(bounds: Bounds, change: Change, t: Translator) -> Table:
    """The change as it is, and as the missing could have made it; empty where nobody is missing."""
    columns = (t("Answers of the missing"), t("Change"))
    missing = bounds.missing
    if missing is None or not missing.people:
        return Table(columns, ())
    rows = [
        (t("left out"), change.change),
        (t("as in the round before"), missing.carried),
        (t("all against it"), missing.worst),
        (t("all in its favour"), missing.best),
    ]
    return Table(columns, tuple((name, t.signed(points)) for name, points in rows))
