"""Tables of what results are worth within one workshop: convergence, changes, who moved."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from workshop.analysis import ItemChange, Level
from workshop.export import words
from workshop.export.table import Cell, Column, Kind, Table
from workshop.i18n import Translator, pick
from workshop.sentences import (
    change_sentence,
    change_word,
    interval_name,
    item_change_in_full,
    level_sentence,
    level_word,
)
from workshop.service.reading import Record
from workshop.verdicts import interval_word

Row = tuple[Cell, ...]


def convergence(record: Record, t: Translator) -> Table:
    """One row per cluster and round."""
    columns = (
        Column(t("Cluster"), width=28),
        Column(t("Round"), Kind.WHOLE, 9),
        Column(t("n"), Kind.WHOLE, 7),
        Column(t("Present"), Kind.WHOLE, 11),
        Column(t("Invited"), Kind.WHOLE, 11),
        Column(t("Convergence index"), Kind.POINTS, 20),
        Column(t("Interval from"), Kind.POINTS, 16),
        Column(t("Interval to"), Kind.POINTS, 16),
        Column(t("Interval"), width=20),
        Column(t("Chance level"), Kind.POINTS, 16),
        Column(t("Verdict"), width=30),
        Column(t("Consensus values in the index"), Kind.WHOLE, 32),
        Column(t("Note"), width=60),
        Column(t("Sentence"), width=90),
    )
    return Table("convergence", t("Convergence"), columns, tuple(_convergence_rows(record, t)))


def _convergence_rows(record: Record, t: Translator) -> Iterator[Row]:
    for cluster in record.analysis.clusters:
        name = pick(cluster.cluster.name, t.lang)
        for round_ in cluster.rounds:
            few = round_.result.too_few
            yield (
                name,
                round_.number,
                *level_cells(round_.level, t),
                round_.level.items,
                t("Fewer than five people answered: no index is given.") if few else None,
                level_sentence(name, round_.number, round_.level, t),
            )


def level_cells(level: Level, t: Translator) -> Row:
    """n, present, invited, index, low, high, the interval's name, chance level, verdict."""
    named = None if level.low is None else interval_name(level.interval, t)
    people = (level.n, level.present, level.invited)
    index = (level.index, level.low, level.high, named, level.baseline)
    return (*people, *index, level_word(level.word, t))


def changes(record: Record, t: Translator) -> Table:
    """One row per cluster and pair of rounds."""
    columns = (
        Column(t("Cluster"), width=28),
        Column(t("From round"), Kind.WHOLE, 12),
        Column(t("To round"), Kind.WHOLE, 12),
        Column(t("In both rounds"), Kind.WHOLE, 16),
        Column(t("Change"), Kind.POINTS, 12),
        Column(t("Interval from"), Kind.POINTS, 16),
        Column(t("Interval to"), Kind.POINTS, 16),
        Column(t("Interval"), width=20),
        Column(t("Verdict"), width=30),
        Column(t("Change of everybody"), Kind.POINTS, 20),
        Column(t("Asked again"), Kind.WHOLE, 16),
        Column(t("Asked"), Kind.WHOLE, 12),
        Column(t("Sentence"), width=90),
    )
    return Table("changes", t("Changes"), columns, tuple(_change_rows(record, t)))


def _change_rows(record: Record, t: Translator) -> Iterator[Row]:
    invited = record.agenda.workshop.invited
    for cluster in record.analysis.clusters:
        name = pick(cluster.cluster.name, t.lang)
        for change in cluster.changes:
            named = _interval(change.low, change.matched, invited, t)
            yield (
                name,
                *(change.first, change.second, change.matched),
                *(change.change, change.low, change.high, named),
                *(change_word(change.word, t), change.whole, change.asked_again, change.asked),
                change_sentence(name, change, t, invited=invited),
            )


def _interval(low: float | None, n: int, invited: int | None, t: Translator) -> str | None:
    """What an interval is called, where there is one."""
    return None if low is None else interval_name(interval_word(n, invited or 0), t)


def moves(record: Record, t: Translator) -> Table:
    """One row per statement and pair of rounds that both asked it."""
    columns = (
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("From round"), Kind.WHOLE, 12),
        Column(t("To round"), Kind.WHOLE, 12),
        Column(t("Statement"), width=60),
        Column(t("In both rounds"), Kind.WHOLE, 16),
        Column(t("Unchanged"), Kind.MEASURE, 14),
        Column(t("Moved up"), Kind.WHOLE, 16),
        Column(t("Moved down"), Kind.WHOLE, 16),
        Column(t("Mean move"), Kind.MEASURE, 18),
        Column(t("Weighted kappa"), Kind.MEASURE, 20),
        Column(t("Wilcoxon’s p"), Kind.MEASURE, 18),
        Column(t("Change of the consensus"), Kind.POINTS, 24),
        Column(t("Interval from"), Kind.POINTS, 16),
        Column(t("Interval to"), Kind.POINTS, 16),
        Column(t("Interval"), width=20),
        Column(t("Verdict"), width=30),
        Column(t("Sentence"), width=90),
        Column(t("Statement ID"), width=18),
    )
    return Table("moves", t("Moves"), columns, tuple(_move_rows(record, t)))


def _move_rows(record: Record, t: Translator) -> Iterator[Row]:
    for cluster in record.analysis.clusters:
        name = pick(cluster.cluster.name, t.lang)
        for change in cluster.changes:
            for item in change.items:
                asked = words.question_text(item.question, t)
                head = (name, asked, change.first, change.second, item.statement.text)
                yield tuple(chain(head, _move(item, record.agenda.workshop.invited, t)))


def _move(item: ItemChange, invited: int | None, t: Translator) -> Iterator[Cell]:
    yield item.matched
    if moved := item.stability:
        yield from (moved.unchanged, moved.up, moved.down, moved.mean_move, moved.kappa)
        yield moved.test.p if moved.test else None
    else:
        yield from (None,) * 6
    yield from (item.change, item.low, item.high)
    yield _interval(item.low, item.matched, invited, t)
    yield change_word(item.word, t)
    yield item_change_in_full(item, t, invited=invited)
    yield item.statement.id
