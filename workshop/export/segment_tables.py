"""Tables of the groups that people said they are of: how many, and what may be told of each.

Everything is told as coarsely as `workshop.segments` says, so nothing is added to it here.
"""

from __future__ import annotations

from collections.abc import Iterator

from workshop.export import words
from workshop.export.analysis_tables import Row
from workshop.export.table import Column, Kind, Table
from workshop.i18n import Translator, pick
from workshop.segments import Side, Standing
from workshop.sentences import level_word
from workshop.service.reading import Record


def groups(record: Record, t: Translator) -> Table:
    """One row per group that may be shown."""
    columns = (
        Column(t("Group"), width=28),
        Column(t("People"), Kind.WHOLE, 11),
        Column(t("Contains"), width=70),
    )
    rows = tuple(
        (
            words.segment_name(group.key, t),
            group.n,
            ", ".join(words.segment_name(key, t) for key in group.members),
        )
        for group in record.segments.groups
    )
    return Table("segments", t("Groups"), columns, rows)


def group_levels(record: Record, t: Translator) -> Table:
    """One row per cluster, round and group: its convergence, in steps of five points."""
    columns = (
        Column(t("Cluster"), width=28),
        Column(t("Round"), Kind.WHOLE, 9),
        Column(t("Group"), width=28),
        Column(t("People"), Kind.WHOLE, 11),
        Column(t("Convergence index"), Kind.POINTS, 20),
        Column(t("Interval from"), Kind.POINTS, 16),
        Column(t("Interval to"), Kind.POINTS, 16),
        Column(t("Chance level"), Kind.POINTS, 16),
        Column(t("Verdict"), width=30),
    )
    rows = tuple(_level_rows(record, t))
    return Table("segment_convergence", t("Convergence by group"), columns, rows)


def _level_rows(record: Record, t: Translator) -> Iterator[Row]:
    for cluster in record.analysis.clusters:
        name = pick(cluster.cluster.name, t.lang)
        for round_ in cluster.rounds:
            for level in record.segments.levels.get((cluster.cluster.id, round_.number), ()):
                yield (
                    *(name, round_.number),
                    *(words.segment_name(level.group.key, t), level.group.n),
                    *(level.index, level.low, level.high, level.baseline),
                    level_word(level.word, t),
                )


def group_sides(record: Record, t: Translator) -> Table:
    """One row per statement, round and group: where it stands, as far as that may be told."""
    columns = (
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("Round"), Kind.WHOLE, 9),
        Column(t("Statement"), width=60),
        Column(t("Group"), width=28),
        Column(t("People"), Kind.WHOLE, 11),
        Column(t("Majority"), width=26),
        Column(t("At least in favour"), Kind.WHOLE, 22),
        Column(t("At least in the middle"), Kind.WHOLE, 26),
        Column(t("At least against"), Kind.WHOLE, 22),
        Column(t("Statement ID"), width=18),
    )
    return Table("segment_sides", t("Sides by group"), columns, tuple(_side_rows(record, t)))


def _side_rows(record: Record, t: Translator) -> Iterator[Row]:
    for round_ in words.revealed(record.agenda):
        question = record.agenda.question(round_.question_id)
        cluster = words.cluster_name(record.agenda, question, t)
        asked = words.question_text(question, t)
        for statement in record.agenda.asked(round_):
            for standing in record.segments.of(round_.id, statement.id):
                yield (
                    *(cluster, asked, round_.number, statement.text),
                    *_standing(standing, t),
                    statement.id,
                )


def _standing(standing: Standing, t: Translator) -> Row:
    least = standing.least or {}
    return (
        words.segment_name(standing.group.key, t),
        standing.group.n,
        words.majority(standing.majority, t),
        *(least.get(side) for side in (Side.FOR, Side.MIDDLE, Side.AGAINST)),
    )
