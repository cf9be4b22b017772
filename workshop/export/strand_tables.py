"""Tables of what goes beyond one room: both strands beside each other, and opinion groups."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from workshop.analysis import ClusterComparison, ComparedItem, Groups
from workshop.convergence import MIN_SHOWN
from workshop.export import words
from workshop.export.analysis_tables import Row, level_cells
from workshop.export.table import Cell, Column, Kind, Table
from workshop.i18n import Translator, pick
from workshop.model import Strand
from workshop.results import ItemResult
from workshop.sentences import (
    cluster_comparison_sentence,
    comparison_sentence,
    direction_word,
    strand_name,
    strand_word,
)
from workshop.service.reading import Record
from workshop.verdicts import direction


def both_strands(record: Record, t: Translator) -> Table:
    """One row per cluster that both strands rated."""
    columns = (
        Column(t("Cluster"), width=28),
        Column(t("Statements compared"), Kind.WHOLE, 22),
        Column(t("Nearness"), Kind.POINTS, 12),
        Column(t("Distance"), Kind.MEASURE, 14),
        Column(t("Distance by chance"), Kind.MEASURE, 24),
        Column(t("p"), Kind.MEASURE, 10),
        *chain.from_iterable(_level_columns(strand, t) for strand in Strand),
        Column(t("Sentence"), width=90),
    )
    rows = tuple(_cluster_row(c, t) for c in record.analysis.compared)
    return Table("strands", t("Both strands"), columns, rows)


def _level_columns(strand: Strand, t: Translator) -> Iterator[Column]:
    """In the order of `level_cells`; two columns of one table need two names."""
    for title, kind, width in (
        (t("n"), Kind.WHOLE, 16),
        (t("Present"), Kind.WHOLE, 22),
        (t("Invited"), Kind.WHOLE, 24),
        (t("Convergence index"), Kind.POINTS, 34),
        (t("Interval from"), Kind.POINTS, 28),
        (t("Interval to"), Kind.POINTS, 28),
        (t("Interval"), Kind.TEXT, 24),
        (t("Chance level"), Kind.POINTS, 28),
        (t("Verdict"), Kind.TEXT, 30),
    ):
        yield Column(_of(strand, title, t), kind, width)


def _of(strand: Strand, title: str, t: Translator) -> str:
    return t("{title} ({strand})", title=title, strand=strand_name(strand, t))


def _cluster_row(found: ClusterComparison, t: Translator) -> Row:
    count = sum(i.comparison is not None for i in found.items)
    return (
        pick(found.cluster.name, t.lang),
        *(count, found.naehe, found.distance, found.floor, found.p),
        *level_cells(found.council, t),
        *level_cells(found.citizens, t),
        cluster_comparison_sentence(found, t),
    )


def compared(record: Record, t: Translator) -> Table:
    """One row per statement that both strands rated, each at its last revealed round."""
    found = [(c, i) for c in record.analysis.compared for i in c.items]
    steps = max((i.question.scale.steps for _, i in found if i.question.scale), default=0)
    columns = (
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("Statement"), width=60),
        *(Column(_of(s, t("n"), t), Kind.WHOLE, 16) for s in Strand),
        Column(t("Nearness"), Kind.POINTS, 12),
        Column(t("Distance"), Kind.MEASURE, 14),
        Column(t("Distance by chance"), Kind.MEASURE, 24),
        Column(t("Distance by chance, 95%"), Kind.MEASURE, 30),
        Column(t("p"), Kind.MEASURE, 10),
        Column(t("Difference demonstrable"), width=26),
        Column(t("Cliff’s delta"), Kind.MEASURE, 16),
        Column(t("Verdict"), width=20),
        *(Column(_of(s, t("Direction"), t), width=28) for s in Strand),
        *(
            Column(_of(s, t("Step {n}", n=step), t), Kind.WHOLE, 22)
            for s in Strand
            for step in range(1, steps + 1)
        ),
        Column(t("Sentence"), width=90),
        Column(t("Statement ID"), width=18),
    )
    rows = tuple(
        (pick(c.cluster.name, t.lang), words.question_text(i.question, t), *_compared(i, steps, t))
        for c, i in found
    )
    return Table("compared", t("Strands by statement"), columns, rows)


def _compared(item: ComparedItem, steps: int, t: Translator) -> Iterator[Cell]:
    sides, found = (item.council, item.citizens), item.comparison
    yield item.statement.text
    yield from (side.counts.n for side in sides)
    if found is None:
        yield from (None,) * 8
    else:
        yield from (found.naehe, found.emd, found.floor.mean, found.floor.high, found.p)
        yield words.yes_no(found.provable, t)
        yield from (found.cliffs_delta, strand_word(found.verdict, t) or None)
    yield from (_direction(side, t) for side in sides)
    for side in sides:
        yield from _steps(side, steps)
    yield comparison_sentence(item, t)
    yield item.statement.id


def _direction(side: ItemResult, t: Translator) -> str | None:
    if side.counts.n < MIN_SHOWN:
        return None
    return direction_word(direction("rate", side.counts.steps), t)


def _steps(side: ItemResult, steps: int) -> Row:
    """Nothing of four people: they may be of another workshop than the file's reader."""
    counts = side.counts.steps if side.counts.n >= MIN_SHOWN else ()
    return (*counts, *(None,) * (steps - len(counts)))


# Opinion groups


def opinion_groups(record: Record, t: Translator) -> Table:
    """One row per group and statement that tells it from the others; who is in it isn't told."""
    columns = (
        Column(t("Opinion group"), Kind.WHOLE, 18),
        Column(t("People"), Kind.WHOLE, 12),
        Column(t("Statement"), width=60),
        Column(t("The group"), width=16),
        Column(t("So many"), Kind.WHOLE, 14),
        Column(t("Of votes"), Kind.WHOLE, 14),
        Column(t("Share in the group"), Kind.MEASURE, 24),
        Column(t("Ratio to the others"), Kind.MEASURE, 26),
        Column(t("Score"), Kind.MEASURE, 12),
        Column(t("Statement ID"), width=18),
    )
    rows = tuple(_group_rows(record.analysis.groups, t))
    return Table("opinion_groups", t("Opinion groups"), columns, rows)


def _group_rows(found: Groups, t: Translator) -> Iterator[Row]:
    for place, size in enumerate(found.sizes):
        telling = found.representative.get(place, ())
        if not telling:
            yield (place + 1, size, *(None,) * 8)
        for one in telling:
            m = one.measures
            side = t("agrees") if m.agrees else t("disagrees")
            measures = (m.successes, m.votes, m.share, m.ratio, m.score)
            yield (place + 1, size, one.statement.text, side, *measures, one.statement.id)


def group_consensus(record: Record, t: Translator) -> Table:
    """One row per statement, by how far every group agrees with it, the highest first."""
    columns = (
        Column(t("Statement"), width=60),
        Column(t("Group-informed consensus"), Kind.MEASURE, 28),
        Column(t("Votes"), Kind.WHOLE, 12),
        Column(t("Statement ID"), width=18),
    )
    rows = tuple(
        (c.statement.text, c.gic, c.votes, c.statement.id) for c in record.analysis.groups.consensus
    )
    return Table("group_consensus", t("Consensus of the groups"), columns, rows)
