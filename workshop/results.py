"""What is shown: one result per item, per cluster and per round.

The same objects for stage, console, export and command line; `workshop.building` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.convergence import (
    MIN_SHOWN,
)
from workshop.items import Item
from workshop.model import (
    Cluster,
    KeyQuestion,
    Round,
    Statement,
)
from workshop.whole import WholeResult

CountRow = tuple[str, str, int | None, int]
"""(round, statement, value or None for an abstention, how many)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers to one item: how many per step 1..k, and how many abstained.

    `least` is how many there have to be for any of it to be shown; see `workshop.enough`.
    """

    steps: tuple[int, ...]
    abstained: int = 0
    least: int = MIN_SHOWN

    @property
    def n(self) -> int:
        """Answers with a value; abstentions are never a category."""
        return sum(self.steps)

    @property
    def few(self) -> bool:
        """Whether too few people answered for anything to be shown."""
        return self.n < self.least


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One statement in one round, with every measure; None where nothing can be said."""

    statement: Statement
    counts: Counts
    consensus: float | None
    median: float | None
    leik: float | None
    agreement: float | None
    l_squared: float | None
    in_index: bool


@dataclass(frozen=True, slots=True)
class MatrixResult:
    """One statement of a matrix in one round: `first` and `second` are its two axes."""

    question: KeyQuestion
    statement: Statement
    first: ItemResult
    second: ItemResult
    in_index: bool


@dataclass(frozen=True, slots=True)
class ClusterRound:
    """One cluster in one round.

    `items` are statements rated on one scale, `matrices` those on two, `wholes` the questions whose
    options are answered together. `index` is the convergence index in 0..100 over what of these was
    asked in every round shown, `baseline` its chance level at these n. `n` people gave a value to
    at least one of these (to any item that isn't hidden, where there is none of these).
    """

    number: int
    n: int
    index: float | None
    baseline: float | None
    items: tuple[ItemResult, ...]
    rounds: tuple[Round, ...]
    matrices: tuple[MatrixResult, ...] = ()
    wholes: tuple[WholeResult, ...] = ()
    least: int = MIN_SHOWN

    def measured(self, *, index_only: bool = True) -> list[Item]:
        """What the index is made of, as `workshop.items.index` takes it; or all that was asked."""
        found: list[Item] = [
            ("rate", i.counts.steps)
            for i in self.items
            if i.counts.n and (i.in_index or not index_only)
        ]
        for matrix in self.matrices:
            axes = (matrix.first.counts, matrix.second.counts)
            if matrix.in_index or not index_only:
                found += [("matrix", counts.steps) for counts in axes if counts.n]
        for whole in self.wholes:
            if whole.item is not None and (whole.in_index or not index_only):
                found.append(whole.item)
        return found

    @property
    def too_few(self) -> bool:
        """Whether too few people answered for an index to be shown."""
        return self.n < self.least


@dataclass(frozen=True, slots=True)
class ClusterResult:
    """One cluster over its rounds, first to last; without rounds where nothing is revealed."""

    cluster: Cluster
    rounds: tuple[ClusterRound, ...]

    @property
    def latest(self) -> ClusterRound | None:
        """The last round, or None."""
        return self.rounds[-1] if self.rounds else None


@dataclass(frozen=True, slots=True)
class WorkshopResults:
    """All clusters of a workshop at one version of its data.

    `backings` are the rounds in which people backed what others had written; they say what finds
    support, and are no part of an index.
    """

    workshop_id: str
    version: int
    clusters: tuple[ClusterResult, ...]
    backings: tuple[WholeResult, ...] = ()

    def item(self, round_id: str, statement_id: str) -> ItemResult | None:
        """One statement's result in one round."""
        return next(
            (i for i in self.items(round_id) if i.statement.id == statement_id),
            None,
        )

    def items(self, round_id: str) -> tuple[ItemResult, ...]:
        """The results of one round of one rating question, in the order in which it asked them."""
        found, asked = self._round(round_id)
        return tuple(i for i in found.items if i.statement.id in asked) if found else ()

    def matrix(self, round_id: str) -> tuple[MatrixResult, ...]:
        """The statements of one round of a matrix, in the order in which it asked them."""
        found, asked = self._round(round_id)
        return tuple(m for m in found.matrices if m.statement.id in asked) if found else ()

    def whole(self, round_id: str) -> WholeResult | None:
        """One round of a question whose options are answered together, or None."""
        for backing in self.backings:
            if backing.round.id == round_id:
                return backing
        found, _ = self._round(round_id)
        return next((w for w in found.wholes if w.round.id == round_id), None) if found else None

    def _round(self, round_id: str) -> tuple[ClusterRound | None, frozenset[str]]:
        for cluster in self.clusters:
            for cluster_round in cluster.rounds:
                for round_ in cluster_round.rounds:
                    if round_.id == round_id:
                        return cluster_round, frozenset(round_.statement_ids)
        return None, frozenset()
