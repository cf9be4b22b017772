"""The table of what was judged on two axes."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.analysis import ItemLevel, MatrixLevel
from workshop.export import words
from workshop.export.table import Cell, Column, Kind, Table
from workshop.i18n import Translator, pick
from workshop.model import KeyQuestion, Scale
from workshop.sentences import axis_word, item_sentence
from workshop.service.reading import Record
from workshop.templates import axis_title

Row = tuple[Cell, ...]


def matrices(record: Record, t: Translator) -> Table:
    """One row per statement, round and axis."""
    found = [
        (pick(cluster.cluster.name, t.lang), round_.number, level)
        for cluster in record.analysis.clusters
        for round_ in cluster.rounds
        for level in round_.matrices
    ]
    steps = max((scale.steps for *_, m in found for scale in axes(m.result.question)), default=0)
    columns = (
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("Round"), Kind.WHOLE, 9),
        Column(t("Statement"), width=60),
        Column(t("Origin"), width=30),
        Column(t("Axis"), width=22),
        Column(t("Scale"), width=40),
        *(Column(t("Step {n}", n=step), Kind.WHOLE, 10) for step in range(1, steps + 1)),
        Column(t("Abstained"), Kind.WHOLE, 14),
        Column(t("n"), Kind.WHOLE, 7),
        Column(t("Consensus"), Kind.MEASURE, 12),
        Column(t("Interval from"), Kind.MEASURE, 16),
        Column(t("Interval to"), Kind.MEASURE, 16),
        Column(t("Chance level"), Kind.MEASURE, 16),
        Column(t("Verdict"), width=20),
        Column(t("Direction"), width=20),
        Column(t("Median"), Kind.POINTS, 10),
        Column(t("In the index"), width=13),
        Column(t("Sentence"), width=90),
        Column(t("Statement ID"), width=18),
    )
    invited = record.agenda.workshop.invited
    rows = tuple(
        row
        for cluster, number, level in found
        for row in _statement(cluster, number, level, steps, invited, t)
    )
    return Table("matrices", t("Matrix"), columns, rows)


def axes(question: KeyQuestion) -> tuple[Scale, ...]:
    """The scales of a matrix, the first axis first."""
    return tuple(scale for scale in (question.scale, question.second) if scale is not None)


def _statement(
    cluster: str, number: int, level: MatrixLevel, steps: int, invited: int | None, t: Translator
) -> Iterator[Row]:
    result = level.result
    asked, statement = words.question_text(result.question, t), result.statement
    head = (cluster, asked, number, statement.text, words.origin(statement, t))
    tail = (words.yes_no(result.in_index, t),)
    for scale, item in zip(axes(result.question), (level.first, level.second), strict=True):
        sentence = item_sentence(item, scale, t, invited=invited, axis=True)
        yield (*head, *_axis(scale, item, steps, t), *tail, sentence, statement.id)


def _axis(scale: Scale, item: ItemLevel, steps: int, t: Translator) -> Iterator[Cell]:
    result = item.result
    enough = not result.counts.few
    counts = result.counts.steps if enough else ()
    yield from (pick(axis_title(scale), t.lang), words.labels_text(scale, t))
    yield from (*counts, *(None,) * (steps - len(counts)))
    yield from (result.counts.abstained, result.counts.n)
    yield result.consensus if enough else None
    yield from (item.low, item.high, item.chance)
    yield axis_word(item.word, t) or None
    yield words.axis_direction(item.direction, t) if item.word else None
    yield result.median if enough else None
