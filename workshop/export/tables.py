"""The tables of an export, the same for XLSX and CSV: what stands in which column."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.agenda import running_order
from workshop.analysis import ItemLevel
from workshop.export import moderation, words
from workshop.export.analysis_tables import changes, convergence, moves
from workshop.export.answer_tables import answers
from workshop.export.matrix_tables import matrices
from workshop.export.option_tables import option_questions, options
from workshop.export.overview import overview_rows
from workshop.export.segment_tables import group_levels, group_sides, groups
from workshop.export.strand_tables import (
    both_strands,
    compared,
    group_consensus,
    opinion_groups,
)
from workshop.export.table import Cell, Column, Kind, Table
from workshop.export.word_tables import sent_words
from workshop.i18n import Translator, pick
from workshop.sentences import direction_word, item_word, strand_name
from workshop.service.reading import Record


def tables(record: Record, t: Translator) -> tuple[Table, ...]:
    """All tables of a workshop, in the order in which somebody reads them."""
    return (
        _overview(record, t),
        answers(record, t),
        _statements(record, t),
        matrices(record, t),
        option_questions(record, t),
        options(record, t),
        convergence(record, t),
        changes(record, t),
        moves(record, t),
        both_strands(record, t),
        compared(record, t),
        opinion_groups(record, t),
        group_consensus(record, t),
        sent_words(record, t),
        _perspectives(record, t),
        moderation.log_table(record, t),
        _notes(record, t),
        groups(record, t),
        group_levels(record, t),
        group_sides(record, t),
    )


def _overview(record: Record, t: Translator) -> Table:
    columns = (
        Column(t("Section"), width=26),
        Column(t("Item"), width=34),
        Column(t("Value"), width=110),
    )
    return Table("overview", t("Overview"), columns, tuple(overview_rows(record, t)))


def _statements(record: Record, t: Translator) -> Table:
    scales = [q.scale.steps for q in record.agenda.questions if q.scale]
    steps = max(scales, default=0)
    columns = (
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("Round"), Kind.WHOLE, 9),
        Column(t("Statement"), width=60),
        Column(t("Origin"), width=30),
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
        Column(t("Leik’s D"), Kind.MEASURE, 12),
        Column(t("van der Eijk’s A"), Kind.MEASURE, 19),
        Column(t("Blair and Lacy’s l²"), Kind.MEASURE, 19),
        Column(t("In the index"), width=13),
        Column(t("Statement ID"), width=18),
    )
    return Table("statements", t("Statements"), columns, tuple(_statement_rows(record, steps, t)))


def _statement_rows(record: Record, steps: int, t: Translator) -> Iterator[tuple[Cell, ...]]:
    for cluster in record.analysis.clusters:
        name = pick(cluster.cluster.name, t.lang)
        for round_ in cluster.rounds:
            for item in round_.items:
                yield (name, *_statement_row(record, round_.number, item, steps, t))


def _statement_row(
    record: Record, number: int, item: ItemLevel, steps: int, t: Translator
) -> Iterator[Cell]:
    result = item.result
    question = record.agenda.question(result.statement.question_id)
    counts = result.counts.steps
    yield from (words.question_text(question, t), number, result.statement.text)
    yield from (words.origin(result.statement, t), words.scale_text(question, t))
    yield from counts
    # A shorter scale has no such step, which is not a count of nothing.
    yield from (None,) * (steps - len(counts))
    yield from (result.counts.abstained, result.counts.n, result.consensus)
    yield from (item.low, item.high, item.chance)
    yield item_word(item.word, t) or None
    yield direction_word(item.direction, t) if item.word else None
    yield from (result.median, result.leik, result.agreement, result.l_squared)
    yield from (words.yes_no(result.in_index, t), result.statement.id)


def _perspectives(record: Record, t: Translator) -> Table:
    agenda = record.agenda
    columns = (
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("Round"), Kind.WHOLE, 9),
        Column(t("Aspect"), width=14),
        Column(t("Text"), width=60),
        Column(t("Strand"), width=16),
        Column(t("Revealed"), width=14),
        Column(t("Hidden"), width=14),
        Column(t("Text before it was edited"), width=44),
        Column(t("Became the statement"), width=44),
        Column(t("Statement ID"), width=18),
        Column(t("Contribution ID"), width=18),
        *moderation.columns(t),
        Column(t("Became the key question"), width=44),
    )
    rows = []
    for contribution in words.contributions(record):
        question = agenda.question(contribution.question_id)
        round_ = agenda.round(contribution.round_id)
        became = words.made_of(agenda, contribution)
        rows.append(
            (
                words.cluster_name(agenda, question, t),
                words.question_text(question, t),
                round_.number if round_ else None,
                words.aspect_name(contribution.aspect, t),
                contribution.text,
                strand_name(contribution.strand, t),
                words.yes_no(words.was_revealed(agenda, contribution), t),
                words.yes_no(contribution.hidden, t),
                contribution.original_text,
                became.text if became else None,
                became.id if became else None,
                contribution.id,
                *moderation.cells(record, contribution, t),
                words.question_text(words.adopted_as(agenda, contribution), t) or None,
            )
        )
    return Table("perspectives", t("Perspectives"), columns, tuple(rows))


def _notes(record: Record, t: Translator) -> Table:
    columns = (
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("The moderator’s note"), width=110),
    )
    agenda = record.agenda
    rows = tuple(
        (words.cluster_name(agenda, q, t), words.question_text(q, t), record.notes[q.id])
        for q in running_order(agenda)
        if q.id in record.notes
    )
    return Table("notes", t("Notes"), columns, rows)
