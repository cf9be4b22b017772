"""The opinion groups of a workshop: from its answers, or as its conversation came with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workshop.analysing import SEED, Material
from workshop.analysis import GroupConsensus, Groups, RepresentativeOf
from workshop.convergence import MIN_SHOWN
from workshop.measures import FloatArray
from workshop.model import Agenda, Round, RoundState, Statement
from workshop.opinion import (
    NoGroups,
    consensus_ranking,
    group_informed_consensus,
    opinion_groups,
    representative_statements,
)
from workshop.panel import last_asked, some_answer, steps_of

Labels = NDArray[np.int64]
NOBODYS: Final = -1
"""The label of who is in no group."""


def find_groups(material: Material, given: Mapping[str, int]) -> Groups:
    """The opinion groups over all statements that the workshop rated and revealed.

    An answer above the middle of its scale is a vote for, below one against, in the middle a
    pass. `given` are groups by participant that came with an imported conversation: then those
    are taken, and nothing is computed but their places on the map.
    """
    statements, votes, people = _votes(material)
    found = opinion_groups(votes, SEED)
    if found.reason is not None:
        return _none(found.reason, len(found.people), len(statements))
    labels, places = found.labels, found.people
    if given:
        labels = _in_turn(np.array([given.get(p, NOBODYS) for p in people], dtype=np.int64))
    sizes = tuple(int(n) for n in np.bincount(labels[labels >= 0]))
    return Groups(
        k=len(sizes),
        sizes=sizes,
        given=bool(given),
        people=sum(sizes),
        statements=len(statements),
        coordinates=found.coordinates,
        explained=found.explained,
        labels=tuple(int(x) for x in labels[places]),
        consensus=_consensus(votes, labels, statements),
        representative=_representative(votes, labels, statements, sizes),
        reason=None,
    )


def _votes(material: Material) -> tuple[list[Statement], FloatArray, list[str]]:
    """The statements that were rated, people × statements of 1, 0, −1 and NaN, and who they are.

    A statement counts with the last revealed round that asked it; people without a vote don't.
    """
    agenda = material.agenda
    last = last_asked(agenda, _rated(agenda))
    statements = [s for s in agenda.statements if s.id in last]
    pairs = [(r.id, s.id) for s in statements for r in last[s.id]]
    table = material.panel.table(pairs, [s.id for s in statements])
    middles = [(steps_of(agenda.question(s.question_id)) + 1) / 2 for s in statements]
    voted = some_answer(table)
    people = [p for p, there in zip(material.panel.people, voted, strict=True) if there]
    return statements, np.sign(table[voted] - np.array(middles)), people


def _rated(agenda: Agenda) -> list[Round]:
    return [
        r
        for r in agenda.rounds
        if r.state is RoundState.REVEALED and steps_of(agenda.question(r.question_id))
    ]


def _in_turn(labels: Labels) -> Labels:
    """The same groups, numbered 0, 1, 2 … in the order of their own numbers."""
    known = np.unique(labels[labels >= 0])
    found = np.searchsorted(known, labels)
    return np.where(labels >= 0, found, NOBODYS)


def _consensus(
    votes: FloatArray, labels: Labels, statements: Sequence[Statement]
) -> tuple[GroupConsensus, ...]:
    value = group_informed_consensus(votes, labels)
    if value is None:
        return ()
    seen = (~np.isnan(votes)).sum(axis=0)
    ranked = consensus_ranking(votes, labels)
    return tuple(GroupConsensus(statements[i], float(value[i]), int(seen[i])) for i in ranked)


def _representative(
    votes: FloatArray, labels: Labels, statements: Sequence[Statement], sizes: Sequence[int]
) -> Mapping[int, tuple[RepresentativeOf, ...]]:
    """What each group stands for; nothing of a group so small that it would name its people."""
    found = representative_statements(votes, labels)
    return {
        label: tuple(RepresentativeOf(statements[one.statement], one) for one in telling)
        for label, telling in found.items()
        if sizes[label] >= MIN_SHOWN
    }


def _none(reason: NoGroups, people: int, statements: int) -> Groups:
    return Groups(
        k=0,
        sizes=(),
        given=False,
        people=people,
        statements=statements,
        coordinates=np.zeros((0, 2)),
        explained=(),
        labels=(),
        consensus=(),
        representative={},
        reason=reason,
    )
