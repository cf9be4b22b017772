"""From counts to what is shown: one result per item, per cluster and per round.

Pure: what goes in was read from the store, what comes out is what stage, console, export and
command line all show. Measures come from `workshop.convergence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.convergence import (
    MIN_SHOWN,
    blair_lacy,
    chance_level,
    index,
    item_consensus,
    leik,
    median,
    van_der_eijk,
)
from workshop.model import (
    Agenda,
    Cluster,
    KeyQuestion,
    QuestionKind,
    Round,
    RoundState,
    Statement,
)

CountRow = tuple[str, str, int | None, int]
"""(round, statement, value or None for an abstention, how many)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers to one item: how many per step 1..k, and how many abstained."""

    steps: tuple[int, ...]
    abstained: int = 0

    @property
    def n(self) -> int:
        """Answers with a value; abstentions are never a category."""
        return sum(self.steps)


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
class ClusterRound:
    """One cluster in one round.

    `index` is the convergence index in 0..100 over the items that were asked in every round
    shown, `baseline` its chance level at these n. `n` people gave a value to at least one of
    these items (to any item that isn't hidden, where there is none of these).
    """

    number: int
    n: int
    index: float | None
    baseline: float | None
    items: tuple[ItemResult, ...]
    rounds: tuple[Round, ...]

    @property
    def too_few(self) -> bool:
        """Whether too few people answered for an index to be shown."""
        return self.n < MIN_SHOWN


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
    """All clusters of a workshop at one version of its data."""

    workshop_id: str
    version: int
    clusters: tuple[ClusterResult, ...]

    def item(self, round_id: str, statement_id: str) -> ItemResult | None:
        """One statement's result in one round."""
        return next(
            (i for i in self.items(round_id) if i.statement.id == statement_id),
            None,
        )

    def items(self, round_id: str) -> tuple[ItemResult, ...]:
        """The results of one round of one question, in the order in which it asked them."""
        for cluster in self.clusters:
            for cluster_round in cluster.rounds:
                for round_ in cluster_round.rounds:
                    if round_.id == round_id:
                        asked = set(round_.statement_ids)
                        return tuple(i for i in cluster_round.items if i.statement.id in asked)
        return ()


def tally(rows: Iterable[CountRow], question: KeyQuestion) -> Mapping[str, dict[str, Counts]]:
    """Counted answers by round and statement, for the rounds of one rating question."""
    steps = question.scale.steps if question.scale else 0
    table: dict[str, dict[str, list[int]]] = {}
    for round_id, statement_id, value, how_many in rows:
        # Place 0 is for abstentions, 1..k for the steps.
        cells = table.setdefault(round_id, {}).setdefault(statement_id, [0] * (steps + 1))
        cells[value or 0] += how_many
    return _Rounds(
        {
            round_id: {sid: Counts(tuple(c[1:]), c[0]) for sid, c in cells_by.items()}
            for round_id, cells_by in table.items()
        }
    )


class _Rounds(dict[str, dict[str, Counts]]):
    """A round that nobody has answered yet has no counts, which is no error."""

    def __missing__(self, round_id: str) -> dict[str, Counts]:
        return {}


SHOWN = frozenset({RoundState.REVEALED})
"""The states whose results may leave the server."""


def shown_rounds(
    agenda: Agenda, states: frozenset[RoundState] = SHOWN
) -> dict[str, dict[int, tuple[Round, ...]]]:
    """By cluster id and round number, the rating rounds in one of the states."""
    found: dict[str, dict[int, tuple[Round, ...]]] = {c.id: {} for c in agenda.clusters}
    for round_ in sorted(agenda.rounds, key=lambda r: r.number):
        question = agenda.question(round_.question_id)
        if question is None or question.kind is not QuestionKind.RATE:
            continue
        if round_.state in states:
            numbers = found.setdefault(question.cluster_id, {})
            numbers[round_.number] = (*numbers.get(round_.number, ()), round_)
    return found


def build_results(
    agenda: Agenda,
    rounds: Mapping[str, Mapping[int, tuple[Round, ...]]],
    rows: Sequence[CountRow],
    people: Mapping[tuple[str, int], int],
    version: int,
) -> WorkshopResults:
    """The results of a workshop.

    Args:
        agenda: clusters, questions, statements.
        rounds: by cluster id and number, from `shown_rounds`.
        rows: counted answers of all these rounds.
        people: by cluster id and number, how many people gave a value to `counted`.
        version: the version of the data, carried along.
    """
    by_round: dict[str, list[CountRow]] = {}
    for row in rows:
        by_round.setdefault(row[0], []).append(row)
    clusters = []
    for cluster in sorted(agenda.clusters, key=lambda c: c.position):
        numbers = rounds.get(cluster.id, {})
        common = _asked_in_all(agenda, list(numbers.values()))
        built = tuple(
            _cluster_round(
                agenda, number, group, by_round, common, people.get((cluster.id, number), 0)
            )
            for number, group in sorted(numbers.items())
        )
        clusters.append(ClusterResult(cluster, built))
    return WorkshopResults(agenda.workshop.id, version, tuple(clusters))


def counted(agenda: Agenda, numbers: Mapping[int, tuple[Round, ...]], number: int) -> list[str]:
    """The statements whose answers make somebody one of the n people of a cluster's round.

    They are those of the index: five people, of whom one answered what the index is made of,
    would be an index of one.
    """
    visible = [s.id for round_ in numbers[number] for s in agenda.asked(round_)]
    common = _asked_in_all(agenda, list(numbers.values()))
    return [s for s in visible if s in common] or visible


def _asked_in_all(agenda: Agenda, groups: list[tuple[Round, ...]]) -> frozenset[str]:
    """The visible statements that were asked in every one of these rounds."""
    asked = [{s.id for round_ in group for s in agenda.asked(round_)} for group in groups]
    return frozenset(set.intersection(*asked)) if asked else frozenset()


def _cluster_round(
    agenda: Agenda,
    number: int,
    group: tuple[Round, ...],
    by_round: Mapping[str, list[CountRow]],
    common: frozenset[str],
    people: int,
) -> ClusterRound:
    items: list[ItemResult] = []
    for round_ in group:
        question = agenda.question(round_.question_id)
        if question is None or question.scale is None:
            continue
        nothing = Counts((0,) * question.scale.steps)
        found = tally(by_round.get(round_.id, ()), question)[round_.id]
        for statement in agenda.asked(round_):
            counts = found.get(statement.id, nothing)
            items.append(_item(statement, counts, statement.id in common))
    measured = [("rate", i.counts.steps) for i in items if i.in_index and i.counts.n]
    enough = people >= MIN_SHOWN and bool(measured)
    return ClusterRound(
        number=number,
        n=people,
        index=index(measured) if enough else None,
        baseline=chance_level(measured) if measured else None,
        items=tuple(items),
        rounds=group,
    )


def _item(statement: Statement, counts: Counts, in_index: bool) -> ItemResult:
    steps = counts.steps
    return ItemResult(
        statement=statement,
        counts=counts,
        consensus=item_consensus("rate", steps),
        median=median(steps),
        leik=leik(steps),
        agreement=van_der_eijk(steps),
        l_squared=blair_lacy(steps),
        in_index=in_index,
    )
