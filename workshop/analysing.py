"""From answers to what may be said: levels, changes, both strands, opinion groups.

Pure: what goes in was read from the store in one snapshot. The rules are METHOD's, in
`workshop.verdicts`; here the right people and statements are brought to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from workshop.analysis import (
    Bounds,
    Change,
    ClusterAnalysis,
    ItemChange,
    ItemLevel,
    Level,
    MatrixLevel,
    RoundAnalysis,
    WholeLevel,
)
from workshop.convergence import (
    MIN_SHOWN,
    chance_level,
    change,
    change_interval,
    index,
    item_consensus,
    level_interval,
    matched_people,
)
from workshop.index_items import IndexItem, columns, items_of, kinds, measured, of_options
from workshop.intervals import lead
from workshop.items import POINTS
from workshop.measures import FloatArray
from workshop.model import Agenda, KeyQuestion, QuestionKind, Round, Statement
from workshop.panel import Panel, answered, asked_in, step_counts, steps_of
from workshop.resampling import Kinds
from workshop.results import ClusterResult, ClusterRound, ItemResult
from workshop.stability import missing_revotes, stability
from workshop.verdicts import (
    Direction,
    change_word,
    cluster_word,
    direction,
    interval_word,
    item_word,
)
from workshop.whole import WholeResult

SEED: Final = 20
"""The same answers give the same picture, on every screen and after every restart."""


@dataclass(frozen=True)
class Material:
    """One snapshot: the agenda, and the answers of all revealed rounds that are looked at."""

    agenda: Agenda
    panel: Panel

    def table(self, rounds: Iterable[Round], statements: Sequence[Statement]) -> FloatArray:
        """People × statements of these rounds, a row for everybody in the panel."""
        return self.panel.table(asked_in(self.agenda, rounds), [s.id for s in statements])

    def measured(self, rounds: Iterable[Round], items: Sequence[IndexItem]) -> FloatArray:
        """People × the columns of these items as the measures take them, a row for everybody."""
        cells = self.panel.table(asked_in(self.agenda, rounds), columns(items))
        return measured(cells, items)


def analyse_cluster(material: Material, result: ClusterResult) -> ClusterAnalysis:
    """One cluster of the material's workshop, without the other strand."""
    rounds = tuple(_round(material, r) for r in result.rounds)
    pairs = zip(result.rounds, result.rounds[1:], strict=False)
    changes = tuple(_change(material, before, after) for before, after in pairs)
    return ClusterAnalysis(result.cluster, rounds, changes, None)


def _round(material: Material, result: ClusterRound) -> RoundAnalysis:
    agenda = material.agenda
    items = items_of(result)
    interval = None
    if result.index is not None:
        people = answered(material.measured(result.rounds, items))
        interval = level_interval(people, kinds(items), SEED)
    low, high = interval or (None, None)
    level = Level(
        index=result.index,
        low=low,
        high=high,
        baseline=result.baseline,
        n=result.n,
        present=present_in(result.rounds),
        invited=agenda.workshop.invited,
        items=len(result.measured()),
        word=cluster_word(interval, result.baseline, result.n, rehearsal=agenda.workshop.rehearsal),
        interval=interval_word(result.n, agenda.workshop.invited or 0),
    )
    agreed = agenda.process.agreed_share
    return RoundAnalysis(
        result,
        level,
        tuple(_item(i, "rate", agreed) for i in result.items),
        tuple(
            MatrixLevel(m, _item(m.first, "matrix", agreed), _item(m.second, "matrix", agreed))
            for m in result.matrices
        ),
        tuple(analyse_whole(material, w) for w in result.wholes),
    )


def present_in(rounds: Iterable[Round]) -> int | None:
    """How many people were there when these rounds closed: the most of each workshop, added up."""
    by_workshop: dict[str, int] = {}
    for round_ in rounds:
        if round_.present is None:
            return None
        most = max(by_workshop.get(round_.workshop_id, 0), round_.present)
        by_workshop[round_.workshop_id] = most
    return sum(by_workshop.values()) if by_workshop else None


def level_of(
    table: FloatArray, kinds_of_items: Kinds, present: int | None, invited: int | None
) -> Level:
    """The convergence of the people in a table, people × items, whoever they are."""
    people = answered(table)
    counts = [step_counts(c, k) for c, (_, k) in zip(people.T, kinds_of_items, strict=True)]
    measured = [("rate", c) for c in counts if sum(c)]
    chance = chance_level(measured) if measured else None
    enough = len(people) >= MIN_SHOWN and bool(measured)
    interval = level_interval(people, kinds_of_items, SEED) if enough else None
    low, high = interval or (None, None)
    return Level(
        index=index(measured) if enough else None,
        low=low,
        high=high,
        baseline=chance,
        n=len(people),
        present=present,
        invited=invited,
        items=len(kinds_of_items),
        word=cluster_word(interval, chance, len(people)),
        interval=interval_word(len(people), invited or 0),
    )


def _item(result: ItemResult, kind: str, agreed: float) -> ItemLevel:
    counts = result.counts.steps
    if result.counts.few:
        return ItemLevel(result, None, None, None, None, Direction.NONE)
    column = np.repeat(np.arange(1.0, len(counts) + 1.0), counts)[:, None]
    interval = level_interval(column, [(kind, len(counts))], SEED)
    low, high = interval or (None, None)
    chance = chance_level([(kind, counts)])
    return ItemLevel(
        result=result,
        low=None if low is None else low / POINTS,
        high=None if high is None else high / POINTS,
        chance=None if chance is None else chance / POINTS,
        word=item_word(kind, counts, high, agreed),
        direction=direction(kind, counts),
    )


def analyse_whole(material: Material, result: WholeResult) -> WholeLevel:
    """What leads where there are no sides, whether that holds, and how far people agree."""
    items = of_options(result.question, [o.statement for o in result.options])
    if result.few or not items:
        return WholeLevel(result, None, None, (), holds=False)
    interval = level_interval(
        answered(material.measured([result.round], items)), kinds(items), SEED
    )
    low, high = interval or (None, None)
    scores = material.table([result.round], [o.statement for o in result.options])
    turned = -scores if result.question.kind is QuestionKind.RANK else scores
    found = lead(turned, SEED)
    return WholeLevel(
        result=result,
        low=None if low is None else low / POINTS,
        high=None if high is None else high / POINTS,
        leaders=tuple(result.options[i].statement for i in found.options) if found else (),
        holds=found.holds if found else False,
    )


# Two rounds


def _change(material: Material, before: ClusterRound, after: ClusterRound) -> Change:
    agenda = material.agenda
    asked = [set(items_of(r, index_only=False)) for r in (before, after)]
    again = [i for i in items_of(after, index_only=False) if i in asked[0]]
    everything = asked[0] == asked[1]
    tables = _pair(material, before, after, again)
    of_each = kinds(again)
    matched = matched_people(*tables, of_each) if again else 0
    rehearsal = agenda.workshop.rehearsal
    enough = matched >= _least_matched(rehearsal)
    claimed = everything and enough
    interval = change_interval(*tables, of_each, SEED) if enough else None
    low, high = interval if claimed and interval else (None, None)
    return Change(
        first=before.number,
        second=after.number,
        change=change(*tables, of_each) if claimed else None,
        low=low,
        high=high,
        matched=matched,
        word=change_word(interval, matched, all_asked_again=everything, rehearsal=rehearsal),
        whole=_of_everybody(before, after) if everything else None,
        asked_again=len(again),
        asked=len(asked[0] | asked[1]),
        items=_item_changes(agenda, *_rated_again(material, before, after)),
    )


def _of_everybody(before: ClusterRound, after: ClusterRound) -> float | None:
    """The change of everybody, over all statements of two rounds that asked the same ones."""
    if before.too_few or after.too_few:
        return None
    first, second = (index(r.measured(index_only=False)) for r in (before, after))
    return None if first is None or second is None else second - first


def _pair(
    material: Material, before: ClusterRound, after: ClusterRound, items: Sequence[IndexItem]
) -> tuple[FloatArray, FloatArray]:
    """Both rounds of the same people, row by row."""
    return material.measured(before.rounds, items), material.measured(after.rounds, items)


def _rated_again(
    material: Material, before: ClusterRound, after: ClusterRound
) -> tuple[list[Statement], tuple[FloatArray, FloatArray]]:
    """The statements rated in both rounds, and what the same people said of them, row by row."""
    asked = {i.statement.id for i in before.items}
    again = [i.statement for i in after.items if i.statement.id in asked]
    return again, (material.table(before.rounds, again), material.table(after.rounds, again))


def _item_changes(
    agenda: Agenda, statements: Sequence[Statement], tables: tuple[FloatArray, FloatArray]
) -> tuple[ItemChange, ...]:
    found = []
    for place, statement in enumerate(statements):
        question = agenda.question(statement.question_id)
        if question is None:
            continue
        columns = [t[:, place] for t in tables]
        both = ~np.isnan(np.stack(columns)).any(axis=0)
        first, second = (c[both] for c in columns)
        rehearsal = agenda.workshop.rehearsal
        found.append(_item_change(statement, question, first, second, rehearsal=rehearsal))
    return tuple(found)


def _least_matched(rehearsal: bool) -> int:
    """How many have to answer twice for a change to be shown; of one there is no interval."""
    return 2 if rehearsal else MIN_SHOWN


def _item_change(
    statement: Statement,
    question: KeyQuestion,
    before: FloatArray,
    after: FloatArray,
    *,
    rehearsal: bool,
) -> ItemChange:
    """Of the people who answered both times, their answers in the same order."""
    k, matched = steps_of(question), len(before)
    if matched < _least_matched(rehearsal):
        word = change_word(None, matched, all_asked_again=True)
        return ItemChange(statement, question, None, None, None, matched, word, None)
    interval = change_interval(before[:, None], after[:, None], [("rate", k)], SEED)
    values = [item_consensus("rate", step_counts(c, k)) or 0.0 for c in (before, after)]
    low, high = interval or (None, None)
    return ItemChange(
        statement=statement,
        question=question,
        change=POINTS * (values[1] - values[0]),
        low=low,
        high=high,
        matched=matched,
        word=change_word(interval, matched, all_asked_again=True, rehearsal=rehearsal),
        stability=stability(before, after, k),
    )


def analyse_bounds(material: Material, result: ClusterResult, first: int, second: int) -> Bounds:
    """What those who answered the first round and not the second could make of the change."""
    by_number = {r.number: r for r in result.rounds}
    before, after = by_number.get(first), by_number.get(second)
    if before is None or after is None or before.too_few or after.too_few:
        return Bounds(first, second, None)
    asked = set(items_of(before, index_only=False))
    again = [i for i in items_of(after, index_only=False) if i in asked]
    if not again:
        return Bounds(first, second, None)
    tables = _pair(material, before, after, again)
    return Bounds(first, second, missing_revotes(*tables, kinds(again)))
