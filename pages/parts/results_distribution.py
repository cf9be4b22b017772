"""One round of a rating question: the distribution of every statement, and its measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from pages.parts import results_view as view
from pages.parts.guard import Reader
from pages.parts.text import shorten
from workshop.analysis import Analysis, ItemLevel
from workshop.charts import Table, Theme, in_order, question_result
from workshop.charts.base import ramp
from workshop.charts.words import interval_words, shown
from workshop.i18n import NO_VALUE, Translator, pick
from workshop.items import POINTS
from workshop.model import Cluster, KeyQuestion, Round
from workshop.sentences import item_sentence, item_word
from workshop.verdicts import ItemWord

_OPTION = 110
"""Characters of a text in a list to choose from."""

Levels = dict[int, tuple[ItemLevel, ...]]
"""The statements of a question by round number."""


def levels_of(analysis: Analysis, question: KeyQuestion, rounds: Sequence[Round]) -> Levels:
    """What each of these rounds says of its statements, in the order of the result."""
    cluster = analysis.cluster(question.cluster_id)
    found: Levels = {}
    for round_ in rounds:
        asked = set(round_.statement_ids)
        of_number = [r for r in cluster.rounds if r.number == round_.number] if cluster else []
        mine = {
            i.result.statement.id: i
            for r in of_number
            for i in r.items
            if i.result.statement.id in asked
        }
        ordered = in_order([i.result for i in mine.values()])
        found[round_.number] = tuple(mine[i.statement.id] for i in ordered)
    return found


def distribution(
    who: Reader,
    analysis: Analysis,
    cluster: Cluster,
    question: KeyQuestion,
    rounds: Sequence[Round],
) -> None:
    """All statements of a round, or one of them over all rounds."""
    t, levels = who.t, levels_of(analysis, question, rounds)
    number, statement_id = _choice(question, levels, t)
    items: Sequence[ItemLevel] = levels[number]
    if statement_id is None:
        items = view.page(items, t, key=question.id)
    else:
        items = [i for i in items if i.result.statement.id == statement_id]
    ids = {i.result.statement.id for i in items}
    before = [i.result for i in levels.get(number - 1, ()) if i.result.statement.id in ids]
    chart = question_result(
        question,
        [i.result for i in items],
        t,
        number=number,
        previous=before,
        levels={i.result.statement.id: i for i in items},
        accent=cluster.accent,
        theme=view.theme(),
    )
    signs = _signs(question, cluster.accent, view.theme(), number - 1 if before else None, t)
    view.show(chart, t, key=f"question-{question.id}", legend=signs)
    over = [(number, i) for i in items]
    if statement_id is not None:
        over = [
            (n, i)
            for n, found in levels.items()
            for i in found
            if i.result.statement.id == statement_id
        ]
        st.html("".join(_of_round(question, n, i, analysis, t) for n, i in over))
    st.html(measures(over, t))


def _of_round(
    question: KeyQuestion, number: int, item: ItemLevel, analysis: Analysis, t: Translator
) -> str:
    if question.scale is None:
        return ""
    latest = analysis.cluster(question.cluster_id)
    invited = latest.latest.level.invited if latest and latest.latest else None
    said = item_sentence(item, question.scale, t, invited=invited)
    return view.sentence(t("Round {number}: {sentence}", number=number, sentence=said))


def _choice(question: KeyQuestion, levels: Levels, t: Translator) -> tuple[int, str | None]:
    """The round to look at, and the statement, None for all of them."""
    left = right = st.container()
    if len(levels) > 1:
        left, right = st.columns([2, 5], gap="medium")
    with left:
        chosen = choose_round(question, list(levels), t)
    texts = {i.result.statement.id: i.result.statement.text for i in levels[chosen]}
    with right:
        statement_id = st.selectbox(
            t("Statement"),
            [None, *texts],
            format_func=lambda s: shorten(texts[s], _OPTION) if s in texts else t("All statements"),
            placeholder=t("All statements"),
            key=f"results-statement-{question.id}-{chosen}",
        )
    return chosen, statement_id


def choose_round(question: KeyQuestion, numbers: Sequence[int], t: Translator) -> int:
    """The number of the round to look at, the last one first; nothing to choose of one alone."""
    if len(numbers) == 1:
        return numbers[0]
    number = st.radio(
        t("Round"),
        numbers,
        index=len(numbers) - 1,
        format_func=t.number,
        horizontal=True,
        key=f"results-round-{question.id}-{len(numbers)}",
    )
    return numbers[-1] if number is None else number


def steps(question: KeyQuestion, accent: str, theme: Theme, t: Translator) -> list[tuple[str, str]]:
    """The steps of a question's scale with their colours, for a legend."""
    labels = question.scale.labels if question.scale else ()
    colours = ramp(accent, theme, len(labels))
    return [
        (view.sign("", f"background:{colour}"), pick(label, t.lang))
        for colour, label in zip(colours, labels, strict=True)
    ]


def _signs(
    question: KeyQuestion, accent: str, theme: Theme, before: int | None, t: Translator
) -> str:
    """The steps, and what the line and the thin bar mean."""
    found = steps(question, accent, theme, t)
    found.append((view.sign("er-dotted"), t("the median lies here")))
    if before is not None:
        found.append((view.sign("er-thin"), t("thin: round {number}", number=before)))
    return view.legend(found)


Words = Callable[[ItemWord | None, Translator], str]


def measures(
    rows: Iterable[tuple[int, ItemLevel]],
    t: Translator,
    words: Words = item_word,
    *,
    axis: str = "",
) -> str:
    """The measures of statements, (round, item) each, rounded; a dash where nothing is shown.

    `words` says a finding: on the `axis` of a matrix otherwise than on a scale.
    """
    caption = t("Measures, rounded")
    if axis:
        caption = t("{axis}: measures, rounded", axis=axis)
    columns = (
        t("Statement"),
        t("Round"),
        t("n"),
        t("No answer"),
        t("Finding"),
        t("Consensus"),
        t("Interval"),
        t("Chance"),
        t("Median"),
        t("Leik’s D"),
        t("van der Eijk’s A"),
        t("Blair and Lacy’s l²"),
    )
    content = Table(columns, tuple(_measured(number, item, t, words) for number, item in rows))
    return view.table(caption, content, text_columns=(4,))


def _measured(number: int, level: ItemLevel, t: Translator, words: Words) -> tuple[str, ...]:
    item = level.result
    counted = (t.number(number), t.number(item.counts.n), t.number(item.counts.abstained))
    if not shown(item):
        return (item.statement.text, *counted, *(NO_VALUE,) * 8)
    consensus, low, high, chance = (
        None if x is None else POINTS * x
        for x in (item.consensus, level.low, level.high, level.chance)
    )
    return (
        item.statement.text,
        *counted,
        words(level.word, t),
        t.decimal(consensus, 0),
        interval_words(low, high, t),
        t.decimal(chance, 0),
        t.number(item.median),
        *(t.decimal(x, 2) for x in (item.leik, item.agreement, item.l_squared)),
    )
