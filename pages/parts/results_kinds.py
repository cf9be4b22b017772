"""What was chosen, ranked, given points, placed on two axes, or sent as words: the results page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import results_view as view
from pages.parts.frame import accent
from pages.parts.guard import Reader
from pages.parts.results_distribution import choose_round, measures
from workshop.analysis import Analysis, MatrixLevel, WholeLevel
from workshop.charts import Table, cloud, matrix_chart, whole_chart, words_of
from workshop.charts.matrix import matrix_summary
from workshop.charts.option_rows import shown_before
from workshop.charts.words import interval_words
from workshop.i18n import NO_VALUE, Translator
from workshop.items import POINTS
from workshop.model import Agenda, Cluster, KeyQuestion, QuestionKind, Round
from workshop.sentences import (
    agreement_words,
    axis_names,
    axis_word,
    few_sentence,
    lead_sentence,
    p_words,
    whole_answers,
)


def whole(
    who: Reader,
    analysis: Analysis,
    cluster: Cluster,
    question: KeyQuestion,
    rounds: Sequence[Round],
) -> None:
    """One round of a choice, a ranking or points, beside the round before."""
    t, levels = who.t, wholes_of(analysis, question)
    number = choose_round(question, [r.number for r in rounds], t)
    level = levels[number]
    previous = levels[number - 1].result if number - 1 in levels else None
    chart = whole_chart(level, t, previous=previous, accent=cluster.accent, theme=view.theme())
    found = analysis.cluster(cluster.id)
    invited = found.latest.level.invited if found and found.latest else None
    before = number - 1 if shown_before(previous) else None
    legend = _signs(level, before, accent(cluster), t)
    key = f"whole-{question.id}"
    view.show(chart, t, key=key, words=_words(level, invited, t), legend=legend)
    st.html(view.table(t("Measures, rounded"), measures_of(levels, t)))


def wholes_of(analysis: Analysis, question: KeyQuestion) -> dict[int, WholeLevel]:
    """The revealed rounds of a question that is answered as a whole, by their numbers."""
    cluster = analysis.cluster(question.cluster_id)
    return {
        r.number: w
        for r in (cluster.rounds if cluster else ())
        for w in r.wholes
        if w.result.question.id == question.id
    }


def _words(level: WholeLevel, invited: int | None, t: Translator) -> str:
    """What is said above the figure: what the figure itself has written in it is left out."""
    if level.result.few:
        return few_sentence(level.result.n, t)
    answers = f"{whole_answers(level.result, t)}."
    parts = (lead_sentence(level, t), agreement_words(level, t, invited=invited), answers)
    return " ".join(part for part in parts if part)


def _signs(level: WholeLevel, before: int | None, colour: str, t: Translator) -> str:
    if level.result.few:
        return ""
    kind = level.result.question.kind
    if kind is QuestionKind.RANK:
        found = [
            (view.sign(f"er-column {colour}"), t("how many put it on which place")),
            (view.sign("er-mean"), t("mean place")),
        ]
        if before is not None:
            found.append((view.sign("er-mean er-hollow"), t("round {number}", number=before)))
        return view.legend(found)
    word = (
        t("share of those who answered")
        if kind is QuestionKind.CHOOSE
        else t("share of all points")
    )
    found = [(view.sign(f"er-full {colour}"), word)]
    if before is not None:
        found.append((view.sign("er-thin"), t("thin: round {number}", number=before)))
    return view.legend(found)


def measures_of(levels: dict[int, WholeLevel], t: Translator) -> Table:
    """How far people agree in each round; a dash where nothing is shown."""
    columns = (
        t("Round"),
        t("n"),
        t("No answer"),
        t("Consensus"),
        t("Interval"),
        t("Chance"),
        t("Kendall’s W"),
        t("p"),
    )
    return Table(columns, tuple(_measured(number, level, t) for number, level in levels.items()))


def _measured(number: int, level: WholeLevel, t: Translator) -> tuple[str, ...]:
    result = level.result
    head = (t.number(number), t.number(result.n), t.number(result.abstained))
    if result.few:
        return (*head, *(NO_VALUE,) * 5)
    consensus, low, high, chance = (
        None if x is None else POINTS * x
        for x in (result.consensus, level.low, level.high, result.chance)
    )
    w = result.kendall
    return (
        *head,
        t.decimal(consensus, 0),
        interval_words(low, high, t) or NO_VALUE,
        t.decimal(chance, 0),
        t.decimal(w.W, 2) if w else NO_VALUE,
        p_words(w.p, t) if w else NO_VALUE,
    )


def matrix(
    who: Reader,
    analysis: Analysis,
    cluster: Cluster,
    question: KeyQuestion,
    rounds: Sequence[Round],
) -> None:
    """One round of a matrix: the plane with all its statements, and the measures of both axes."""
    t, levels = who.t, _planes(analysis, question)
    number = choose_round(question, [r.number for r in rounds], t)
    items = levels.get(number, ())
    before = [x.result for x in levels.get(number - 1, ())]
    chart = matrix_chart(
        question,
        items,
        t,
        number=number,
        previous=before,
        accent=cluster.accent,
        theme=view.theme(),
    )
    signs = [
        (view.sign(f"er-cross {accent(cluster)}"), t("arms: the middle half of the answers")),
        (view.sign("er-dotted"), t("the middle of the scale")),
    ]
    if before:
        signs.append((view.sign("er-ring"), t("round {number}", number=number - 1)))
    said = matrix_summary(question, items, number, t)
    view.show(chart, t, key=f"matrix-{question.id}", words=said, legend=view.legend(signs))
    for name, axis in zip(axis_names(question, t), ("first", "second"), strict=True):
        st.html(measures([(number, getattr(x, axis)) for x in items], t, axis_word, axis=name))


def _planes(analysis: Analysis, question: KeyQuestion) -> dict[int, tuple[MatrixLevel, ...]]:
    """The statements of a matrix by the numbers of its revealed rounds."""
    cluster = analysis.cluster(question.cluster_id)
    return {
        r.number: tuple(m for m in r.matrices if m.result.question.id == question.id)
        for r in (cluster.rounds if cluster else ())
    }


def words(who: Reader, agenda: Agenda, cluster: Cluster, question: KeyQuestion) -> None:
    """The words that were sent in revealed rounds, and how often."""
    t = who.t
    found = words_of(who.service.said(who.actor, agenda.workshop.id, question.id))
    chart = cloud(question, found, t, accent=cluster.accent, theme=view.theme())
    if not found:
        st.html(view.sentence(chart.sentence))
        return
    view.show(chart, t, key=f"cloud-{question.id}")
