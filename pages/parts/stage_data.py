"""What of a workshop may be on the stage: results of revealed rounds, in the order of the wall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from workshop.agenda import has_moves
from workshop.analysis import (
    Analysis,
    Change,
    ClusterComparison,
    ComparedItem,
    ItemChange,
    ItemLevel,
    MatrixLevel,
    RoundAnalysis,
    WholeLevel,
)
from workshop.charts import Word, in_order, words_of
from workshop.model import Actor, Agenda, KeyQuestion, Round, RoundState, Statement
from workshop.results import ItemResult, MatrixResult
from workshop.service import Service
from workshop.themes import Theme
from workshop.whole import WholeResult


class Rounds(NamedTuple):
    """The last revealed round of a rating question beside the one before.

    Attributes:
        items: its statements in order, `number` its number.
        before: the number of the round before, None where there is none; `previous` its items.
    """

    items: tuple[ItemResult, ...]
    number: int
    before: int | None
    previous: tuple[ItemResult, ...]


class Plane(NamedTuple):
    """The last revealed round of a matrix beside the one before; see `Rounds`."""

    levels: tuple[MatrixLevel, ...]
    number: int
    before: int | None
    previous: tuple[MatrixResult, ...]


@dataclass(frozen=True)
class Revealed:
    """The revealed part of a workshop, for somebody who may see its stage."""

    service: Service
    actor: Actor
    agenda: Agenda

    @property
    def analysis(self) -> Analysis:
        """What may be said of it all."""
        return self.service.analysis(self.actor, self.agenda.workshop.id)

    def contributions(self, asked: KeyQuestion) -> list[Statement]:
        """What people wrote in revealed rounds, as far as the room may read it."""
        revealed = self.agenda.revealed_ids(asked.id)
        everything = self.service.said(self.actor, self.agenda.workshop.id, asked.id)
        return [c for c in everything if c.round_id in revealed]

    def themes(self, asked: KeyQuestion) -> tuple[Theme, ...]:
        """The themes that the moderator named for a question."""
        return self.service.themes(self.actor, self.agenda.workshop.id, asked.id)

    def rounds(self, asked: KeyQuestion) -> Rounds:
        """The last revealed round of a rating question; there has to be one."""
        results = self.service.results(self.actor, self.agenda.workshop.id)
        *earlier, last = self._rounds(asked)
        if not earlier:
            return Rounds(in_order(results.items(last.id)), last.number, None, ())
        items = in_order(results.items(last.id), results.items(earlier[0].id))
        return Rounds(items, last.number, earlier[-1].number, results.items(earlier[-1].id))

    def levels(self, asked: KeyQuestion) -> Mapping[str, ItemLevel]:
        """What may be said of each statement of the last revealed round, by its id."""
        cluster = self.analysis.cluster(asked.cluster_id)
        last = self._rounds(asked)[-1].number
        found = cluster.rounds if cluster is not None else ()
        return {i.result.statement.id: i for r in found if r.number == last for i in r.items}

    def whole(self, asked: KeyQuestion) -> tuple[WholeLevel, WholeResult | None]:
        """The last revealed round of a choice, a ranking or points, and the round before.

        Also one of backing what was written. There has to be one.
        """
        *earlier, last = (r for r in self._rounds(asked) if r.statement_ids)
        results = self.service.results(self.actor, self.agenda.workshop.id)
        level = self.analysis.whole(last.id)
        assert level is not None
        return level, results.whole(earlier[-1].id) if earlier else None

    def plane(self, asked: KeyQuestion) -> Plane:
        """The last revealed round of a matrix; there has to be one."""
        *earlier, last = self._rounds(asked)
        found = (m for r in self._analysed(asked, last) for m in r.matrices)
        levels = tuple(m for m in found if m.result.question.id == asked.id)
        if not earlier:
            return Plane(levels, last.number, None, ())
        results = self.service.results(self.actor, self.agenda.workshop.id)
        return Plane(levels, last.number, earlier[-1].number, results.matrix(earlier[-1].id))

    def _analysed(self, asked: KeyQuestion, last: Round) -> list[RoundAnalysis]:
        cluster = self.analysis.cluster(asked.cluster_id)
        return [r for r in cluster.rounds if r.number == last.number] if cluster else []

    def words(self, asked: KeyQuestion) -> tuple[Word, ...]:
        """The words that may be read of all revealed rounds, the most frequent first."""
        return words_of(self.service.said(self.actor, self.agenda.workshop.id, asked.id))

    def moved(self, asked: KeyQuestion) -> tuple[Change, tuple[ItemChange, ...]] | None:
        """The change between the last two revealed rounds, and its statements in order.

        None where there are no two.
        """
        cluster = self.analysis.cluster(asked.cluster_id)
        if cluster is None or not has_moves(self.agenda, asked):
            return None
        last = self.rounds(asked)
        change = next((c for c in cluster.changes if c.second == last.number), None)
        if change is None:
            return None
        found = (change.of(item.statement.id) for item in last.items)
        return change, tuple(i for i in found if i is not None)

    def compared(
        self, asked: KeyQuestion
    ) -> tuple[ClusterComparison, tuple[ComparedItem, ...]] | None:
        """Both strands in the question's cluster, and its own statements, the nearest first.

        None where the strands have no statement of the question in common.
        """
        cluster = self.analysis.cluster(asked.cluster_id)
        if cluster is None or cluster.strands is None:
            return None
        items = cluster.strands.of_question(asked.id)
        return (cluster.strands, items) if items else None

    def _rounds(self, asked: KeyQuestion) -> list[Round]:
        rounds = self.agenda.rounds_of(asked.id)
        return [r for r in rounds if r.state is RoundState.REVEALED]
