"""What the results of a workshop are worth: intervals, changes, both strands, opinion groups.

Result objects only, made by `workshop.analysing` from people's answers and shown by stage,
results page, export and command line alike. Numbers are in full precision: indices, changes and
intervals in points (0..100, −100..100), consensus and distances 0..1. None stands where nothing
may be shown; the word beside it says why. The sentences are in `workshop.sentences`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.measures import FloatArray
from workshop.model import Cluster, KeyQuestion, Statement, Strand
from workshop.opinion import NoGroups, Representative
from workshop.results import ClusterRound, ItemResult, MatrixResult
from workshop.stability import MissingRevotes, Stability
from workshop.strands import Comparison
from workshop.verdicts import ChangeWord, ClusterWord, Direction, IntervalWord, ItemWord
from workshop.whole import WholeResult


@dataclass(frozen=True, slots=True)
class Level:
    """What an index is worth.

    Attributes:
        index, low, high: the convergence index and its 95 % interval, points.
        baseline: the index that random answers would give on average.
        n: people who gave a value to what the index is made of.
        present: people who were there when the rounds closed, None where that is not known.
        invited: people who were invited, None where nobody entered it.
        items: how many items the index is made of: a rated statement is one, a whole question too.
        word: what may be said of it.
        interval: what the interval is called.
    """

    index: float | None
    low: float | None
    high: float | None
    baseline: float | None
    n: int
    present: int | None
    invited: int | None
    items: int
    word: ClusterWord
    interval: IntervalWord


@dataclass(frozen=True, slots=True)
class ItemLevel:
    """One statement in one round, with what may be said of it.

    Attributes:
        result: counts and measures.
        low, high: the 95 % interval of its consensus, 0..1.
        chance: the consensus that as many random answers would give on average, 0..1.
        word: None where fewer than five answered.
        direction: where the room stands.
    """

    result: ItemResult
    low: float | None
    high: float | None
    chance: float | None
    word: ItemWord | None
    direction: Direction


@dataclass(frozen=True, slots=True)
class MatrixLevel:
    """One statement of a matrix in one round, with what may be said of it on each axis."""

    result: MatrixResult
    first: ItemLevel
    second: ItemLevel


@dataclass(frozen=True, slots=True)
class WholeLevel:
    """A question that was ranked, allocated or chosen from in one round, with what may be said.

    Attributes:
        result: counts and measures.
        low, high: the 95 % interval of its consensus, 0..1.
        leaders: the options that lead, several where they are equal; none below five answers.
        holds: whether one option leads, and does so over the next in the interval.
    """

    result: WholeResult
    low: float | None
    high: float | None
    leaders: tuple[Statement, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class RoundAnalysis:
    """One cluster in one round: its results, what its index is worth, what it is made of."""

    result: ClusterRound
    level: Level
    items: tuple[ItemLevel, ...]
    matrices: tuple[MatrixLevel, ...] = ()
    wholes: tuple[WholeLevel, ...] = ()

    @property
    def number(self) -> int:
        """The round's number."""
        return self.result.number


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One statement between two rounds, of the people who answered it in both.

    Attributes:
        statement, question: what was asked.
        change, low, high: of its consensus, in points; None below five matched people.
        word: what may be said of the change.
        stability: who moved and how far; None below five matched people.
    """

    statement: Statement
    question: KeyQuestion
    change: float | None
    low: float | None
    high: float | None
    matched: int
    word: ChangeWord
    stability: Stability | None


@dataclass(frozen=True, slots=True)
class Change:
    """One cluster between two rounds: the matched panel first, the whole sample beside it.

    Attributes:
        first, second: the numbers of the rounds.
        change, low, high: of the index of those who answered both, points.
        matched: those people.
        word: what may be said of it.
        whole: index after minus before of everybody, None where that can't be compared.
        asked_again, asked: how many of the items of both rounds were asked in both.
        items: each statement that was rated on one scale in both.
    """

    first: int
    second: int
    change: float | None
    low: float | None
    high: float | None
    matched: int
    word: ChangeWord
    whole: float | None
    asked_again: int
    asked: int
    items: tuple[ItemChange, ...]

    def of(self, statement_id: str) -> ItemChange | None:
        """The change of one statement, None where it wasn't asked in both rounds."""
        return next((i for i in self.items if i.statement.id == statement_id), None)


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One statement in both strands, each at its last revealed round.

    `comparison` is None where fewer than five answered in one of them.
    """

    statement: Statement
    question: KeyQuestion
    council: ItemResult
    citizens: ItemResult
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class ClusterComparison:
    """Both strands in one cluster, over the statements that both rated. Never pooled.

    Attributes:
        council, citizens: the convergence of each strand over these statements.
        naehe, distance: their mean nearness (points) and its counterpart (0..1).
        floor: the mean distance of two random divisions of all these people.
        p: of the permutation of people, each with all their answers.
        items: by distance, the nearest first; those with too few answers last.
    """

    cluster: Cluster
    council: Level
    citizens: Level
    naehe: float | None
    distance: float | None
    floor: float | None
    p: float | None
    items: tuple[ComparedItem, ...]

    def level(self, strand: Strand) -> Level:
        """The convergence of one strand."""
        return self.council if strand is Strand.COUNCIL else self.citizens

    def of_question(self, question_id: str) -> tuple[ComparedItem, ...]:
        """The statements of one question, in the same order."""
        return tuple(i for i in self.items if i.question.id == question_id)


@dataclass(frozen=True, slots=True)
class ClusterAnalysis:
    """One cluster over its revealed rounds, the changes between them, and the other strand.

    `changes` are of each round and the one before. `strands` is None where no statement was
    rated by both strands.
    """

    cluster: Cluster
    rounds: tuple[RoundAnalysis, ...]
    changes: tuple[Change, ...]
    strands: ClusterComparison | None

    @property
    def latest(self) -> RoundAnalysis | None:
        """The last revealed round, or None."""
        return self.rounds[-1] if self.rounds else None

    @property
    def change(self) -> Change | None:
        """The last change, or None in the first round."""
        return self.changes[-1] if self.changes else None


@dataclass(frozen=True, slots=True)
class GroupConsensus:
    """A statement that the groups agree on: `gic` 0..1, `votes` of everybody."""

    statement: Statement
    gic: float
    votes: int


@dataclass(frozen=True, slots=True)
class RepresentativeOf:
    """A statement that tells a group from the others."""

    statement: Statement
    measures: Representative


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The opinion groups of a workshop.

    Attributes:
        k: how many; 0 where there are none, and `reason` says why.
        sizes: people per group; of computed groups the largest first.
        given: whether they came with an imported conversation, else they were computed.
        people: how many are in a group; without groups, how many gave enough votes for one.
        statements: how many were voted on.
        coordinates: places on the map of those who gave enough votes to have one, × 2
            (`explained`: share of the variance per axis).
        labels: the group of each of these places, -1 for none.
        consensus: statements by group-informed consensus, the highest first.
        representative: by group, at most five statements each.
    """

    k: int
    sizes: tuple[int, ...]
    given: bool
    people: int
    statements: int
    coordinates: FloatArray
    explained: tuple[float, ...]
    labels: tuple[int, ...]
    consensus: tuple[GroupConsensus, ...]
    representative: Mapping[int, tuple[RepresentativeOf, ...]]
    reason: NoGroups | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that may be said of the revealed rounds of a workshop, at one state of its data.

    `key` is that state: equal keys are equal analyses. `backings` are the rounds in which people
    backed what others had written.
    """

    workshop_id: str
    strand: Strand
    key: str
    clusters: tuple[ClusterAnalysis, ...]
    groups: Groups
    backings: tuple[WholeLevel, ...] = ()

    def whole(self, round_id: str) -> WholeLevel | None:
        """What may be said of a round whose options were answered together, or None."""
        rounds = (w for c in self.clusters for r in c.rounds for w in r.wholes)
        return next((w for w in (*self.backings, *rounds) if w.result.round.id == round_id), None)

    def cluster(self, cluster_id: str | None) -> ClusterAnalysis | None:
        """The analysis of one cluster, or None."""
        return next((c for c in self.clusters if c.cluster.id == cluster_id), None)

    @property
    def compared(self) -> tuple[ClusterComparison, ...]:
        """The clusters that both strands rated."""
        return tuple(c.strands for c in self.clusters if c.strands is not None)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What those who did not vote again could make of a change, on demand."""

    first: int
    second: int
    missing: MissingRevotes | None
