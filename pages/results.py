"""What the office works with the next day: explore what was revealed, and take it along as files.

Nothing here was not shown in the room before; the page redraws when somebody chooses, and asks
for the right again each time.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts import frame, guard
from pages.parts import results_html as page
from pages.parts.figure import figure_block
from pages.parts.guard import Reader
from pages.parts.text import esc, plain, shorten
from workshop.charts import Chart, Theme, cluster_overview, in_order, question_result
from workshop.i18n import Translator, pick
from workshop.model import Agenda, Cluster, KeyQuestion, QuestionKind, Round, RoundState
from workshop.results import ItemResult, WorkshopResults

PATH = "/results"
_OPTION = 110
"""Characters of a text in a list to choose from."""


@cache
def _style() -> str:
    sheet = Path(__file__).parent / "parts" / "results.css"
    return f"<style>{sheet.read_text(encoding='utf-8')}</style>"


def render() -> None:
    """The results of the workshop in `?w=`."""
    who, workshop_id = guard.require(PATH)
    t, agenda = who.t, guard.agenda(who, workshop_id)
    results = who.service.results(who.actor, workshop_id)
    here = {"w": workshop_id}
    links = "".join(
        f'<a href="{esc(guard.address(path, **here))}">{esc(word)}</a>'
        for path, word in (("/moderator", t("Console")), ("/stage", t("Stage")))
    )
    path = guard.address(PATH, **here)
    frame.header(t, path, signed_in=True, title=t("Results"), links=links)
    st.html(_style())
    joined = who.service.room(who.actor, workshop_id).joined
    with st.container(key="results"):
        st.html(page.title(agenda, joined, t))
        if any(r.state is RoundState.REVEALED for r in agenda.rounds):
            _overview(who, results)
            _explore(who, agenda, results)
        else:
            line = t("Nothing has been revealed yet. What the room is shown appears here, too.")
            st.html(f'<p class="er-empty">{esc(line)}</p>')
        st.html(page.downloads(workshop_id, t))
    frame.footer(t)


def _theme() -> Theme:
    return "dark" if st.context.theme.type == "dark" else "light"


def _chart(chart: Chart, legend: str, t: Translator, key: str) -> None:
    """A chart with its sentence and its legend (HTML of ours) above and its table below it."""
    st.html(page.sentence(chart.sentence) + legend)
    figure_block(
        chart.figure,
        sentence=chart.sentence,
        columns=chart.table.columns,
        rows=chart.table.rows,
        table_label=t("These numbers as a table"),
        height=f"{chart.height}px",
        key=key,
    )


def _overview(who: Reader, results: WorkshopResults) -> None:
    """All clusters, round after round; only where something was rated."""
    if not any(c.rounds for c in results.clusters):
        return
    t, analysis = who.t, who.service.analysis(who.actor, results.workshop_id)
    chart = cluster_overview(analysis, t, theme=_theme())
    st.html(page.heading(chart.title))
    _chart(chart, page.overview_legend(results, t), t, "overview")
    st.html(page.reading(t))


def _explore(who: Reader, agenda: Agenda, results: WorkshopResults) -> None:
    """Choose cluster and question, then see what was said or rated."""
    t = who.t
    st.html(page.heading(t("Look closer")))
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
    accent = frame.accent(cluster)
    text = pick(question.text, t.lang)
    if question.kind is QuestionKind.COLLECT:
        st.html(page.question_heading(text, cluster, accent))
        _collected(who, agenda, question)
    else:
        _rated(agenda, results, cluster, question, t)


def _revealed(agenda: Agenda, question: KeyQuestion) -> list[Round]:
    return [r for r in agenda.rounds_of(question.id) if r.state is RoundState.REVEALED]


def _collected(who: Reader, agenda: Agenda, question: KeyQuestion) -> None:
    """What people wrote in revealed rounds, without what was hidden."""
    t, rounds = who.t, {r.id for r in _revealed(agenda, question)}
    everything = who.service.contributions(who.actor, agenda.workshop.id, question.id)
    found = [c for c in everything if c.round_id in rounds]
    st.html(page.sentence(t.n("{n} contribution", "{n} contributions", len(found))))
    st.html(page.contributions(found, t))


def _rated(
    agenda: Agenda,
    results: WorkshopResults,
    cluster: Cluster,
    question: KeyQuestion,
    t: Translator,
) -> None:
    """One round of a rating question, all statements or one of them over all rounds."""
    rounds = _revealed(agenda, question)
    by_round = {r.number: in_order(results.items(r.id)) for r in rounds}
    chosen, statement_id = _choice(question, by_round, t)
    items = by_round[chosen]
    if statement_id is not None:
        items = tuple(i for i in items if i.statement.id == statement_id)
    ids = {i.statement.id for i in items}
    previous = [i for i in by_round.get(chosen - 1, ()) if i.statement.id in ids]
    chart = question_result(
        question,
        items,
        t,
        number=chosen,
        previous=previous,
        accent=cluster.accent,
        theme=_theme(),
    )
    st.html(page.question_heading(chart.title, cluster, frame.accent(cluster)))
    before = chosen - 1 if previous else None
    legend = page.legend(question, cluster.accent, _theme(), before, t)
    _chart(chart, legend, t, f"question-{question.id}")
    if statement_id is None:
        st.html(page.measures([(chosen, item) for item in items], t))
    else:
        over = [(n, i) for n, found in by_round.items() for i in found]
        st.html(page.measures([(n, i) for n, i in over if i.statement.id == statement_id], t))


def _choice(
    question: KeyQuestion, by_round: dict[int, tuple[ItemResult, ...]], t: Translator
) -> tuple[int, str | None]:
    """The round to look at, and the statement, None for all of them."""
    numbers = list(by_round)
    left, right = st.columns([2, 5], gap="medium")
    with left:
        number = st.radio(
            t("Round"),
            numbers,
            index=len(numbers) - 1,
            format_func=t.number,
            horizontal=True,
            key=f"results-round-{question.id}-{len(numbers)}",
        )
    chosen = numbers[-1] if number is None else number
    texts = {i.statement.id: i.statement.text for i in by_round[chosen]}
    with right:
        statement_id = st.selectbox(
            t("Statement"),
            [None, *texts],
            format_func=lambda s: shorten(texts[s], _OPTION) if s in texts else t("All statements"),
            placeholder=t("All statements"),
            key=f"results-statement-{question.id}-{chosen}",
        )
    return chosen, statement_id
