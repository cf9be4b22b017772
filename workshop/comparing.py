"""Both strands of a process in one cluster, over the statements that both rated. Never pooled.

Each strand answers with the last revealed round in which each of its workshops asked a statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workshop.analysing import SEED, Material, level_of, present_in
from workshop.analysis import ClusterComparison, ComparedItem, Level
from workshop.convergence import (
    MIN_SHOWN,
    blair_lacy,
    item_consensus,
    leik,
    median,
    van_der_eijk,
)
from workshop.measures import FloatArray
from workshop.model import Agenda, Cluster, KeyQuestion, Round, Statement, Strand
from workshop.nearness import nearness
from workshop.panel import answered, kinds_of, last_asked, step_counts, steps_of
from workshop.results import Counts, ItemResult
from workshop.strands import Comparison, compare

LastRounds = Mapping[str, list[Round]]
"""By statement, the rounds that count."""


def shared_statements(agenda: Agenda, cluster: Cluster) -> tuple[Statement, ...]:
    """The visible statements of a cluster that both strands rated and saw the result of."""
    questions = {q.id for q in agenda.questions if q.cluster_id == cluster.id and steps_of(q)}
    asked = [
        {
            s.id
            for r in agenda.revealed_in(strand)
            if r.question_id in questions
            for s in agenda.asked(r)
        }
        for strand in Strand
    ]
    both = set.intersection(*asked)
    return tuple(s for s in agenda.statements if s.id in both)


def compare_strands(material: Material, cluster: Cluster) -> ClusterComparison | None:
    """Council against citizens in one cluster; None where no statement was rated by both."""
    agenda = material.agenda
    shared = shared_statements(agenda, cluster)
    if not shared:
        return None
    last = {strand: last_asked(agenda, agenda.revealed_in(strand)) for strand in Strand}
    tables = {strand: _table(material, last[strand], shared) for strand in Strand}
    items = _items(agenda, shared, tables)
    inside = [i for i, item in enumerate(items) if item.comparison is not None]
    found = None
    if inside:
        steps = [steps_of(items[i].question) for i in inside]
        council, citizens = (tables[strand][:, inside] for strand in Strand)
        found = nearness(council, citizens, steps, SEED)
    return ClusterComparison(
        cluster=cluster,
        council=_level(agenda, Strand.COUNCIL, last, shared, tables),
        citizens=_level(agenda, Strand.CITIZENS, last, shared, tables),
        naehe=None if found is None else 100.0 * (1.0 - found.distance),
        distance=None if found is None else found.distance,
        floor=None if found is None else found.floor,
        p=None if found is None else found.p,
        items=tuple(sorted(items, key=_by_distance)),
    )


def _by_distance(item: ComparedItem) -> tuple[bool, float]:
    known = item.comparison
    return known is None, known.emd if known else 0.0


def _table(material: Material, last: LastRounds, shared: Sequence[Statement]) -> FloatArray:
    """One strand's people × shared statements, without those who answered none of them."""
    pairs = [(r.id, s.id) for s in shared for r in last.get(s.id, ())]
    return answered(material.panel.table(pairs, [s.id for s in shared]))


def _level(
    agenda: Agenda,
    strand: Strand,
    last: Mapping[Strand, LastRounds],
    shared: Sequence[Statement],
    tables: Mapping[Strand, FloatArray],
) -> Level:
    rounds = {r.id: r for s in shared for r in last[strand].get(s.id, ())}
    invited = {m.workshop_id: m.invited for m in agenda.meetings}
    invited[agenda.workshop.id] = agenda.workshop.invited
    known = [invited.get(w) for w in {r.workshop_id for r in rounds.values()}]
    everybody = [n for n in known if n is not None]
    return level_of(
        tables[strand],
        kinds_of(agenda, shared),
        present_in(rounds.values()),
        sum(everybody) if len(everybody) == len(known) and known else None,
    )


def _items(
    agenda: Agenda, shared: Sequence[Statement], tables: Mapping[Strand, FloatArray]
) -> list[ComparedItem]:
    """Every shared statement; compared are those with five answers or more in each strand."""
    found: list[ComparedItem] = []
    for place, statement in enumerate(shared):
        question = agenda.question(statement.question_id)
        if question is None:
            continue
        council, citizens = (_result(statement, question, tables[s][:, place]) for s in Strand)
        found.append(ComparedItem(statement, question, council, citizens, None))
    shown = [i for i in found if min(i.council.counts.n, i.citizens.counts.n) >= MIN_SHOWN]
    # What isn't shown is not in view: false discoveries are counted among what is.
    compared = compare(
        [("rate", i.council.counts.steps, i.citizens.counts.steps) for i in shown], SEED
    )
    by_id: dict[str, Comparison | None] = {
        item.statement.id: known for item, known in zip(shown, compared, strict=True)
    }
    return [replace(i, comparison=by_id.get(i.statement.id)) for i in found]


def _result(statement: Statement, question: KeyQuestion, column: FloatArray) -> ItemResult:
    """One strand's answers to one statement; abstentions aren't known here."""
    steps = step_counts(column, steps_of(question))
    return ItemResult(
        statement=statement,
        counts=Counts(steps),
        consensus=item_consensus("rate", steps),
        median=median(steps),
        leik=leik(steps),
        agreement=van_der_eijk(steps),
        l_squared=blair_lacy(steps),
        in_index=True,
    )
