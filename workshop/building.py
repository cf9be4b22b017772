"""From counts to results: pure, of what was read from the store.

Measures come from `workshop.convergence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workshop.agenda import require_question
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
from workshop.enough import least_shown
from workshop.measures import FloatArray
from workshop.model import Agenda, KeyQuestion, Round, RoundState, Scale, Statement
from workshop.results import (
    ClusterResult,
    ClusterRound,
    CountRow,
    Counts,
    ItemResult,
    MatrixResult,
    WorkshopResults,
)
from workshop.whole import ValueCounts, WholeResult, whole_result


def tally(
    rows: Iterable[CountRow], scale: Scale | None, least: int = MIN_SHOWN
) -> Mapping[str, dict[str, Counts]]:
    """Counted answers by round and statement, for rounds that were answered on one scale.

    Of fewer than `least` nothing is shown.
    """
    steps = scale.steps if scale else 0
    table: dict[str, dict[str, list[int]]] = {}
    for round_id, statement_id, value, how_many in rows:
        # Place 0 is for abstentions, 1..k for the steps.
        cells = table.setdefault(round_id, {}).setdefault(statement_id, [0] * (steps + 1))
        cells[value or 0] += how_many
    return _Rounds(
        {
            round_id: {sid: Counts(tuple(c[1:]), c[0], least) for sid, c in cells_by.items()}
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
    """By cluster id and round number, the rounds in one of the states that asked statements."""
    found: dict[str, dict[int, tuple[Round, ...]]] = {c.id: {} for c in agenda.clusters}
    for round_ in sorted(agenda.rounds, key=lambda r: r.number):
        question = agenda.question(round_.question_id)
        if question is None or question.is_written:
            continue
        if round_.state in states:
            numbers = found.setdefault(question.cluster_id, {})
            numbers[round_.number] = (*numbers.get(round_.number, ()), round_)
    return found


@dataclass(frozen=True)
class Counted:
    """What was read of the answers to some rounds, counted as far as counting will do.

    Attributes:
        rows: (round, statement, value, how many).
        second: the same of the second axis of matrices.
        tables: by round id, people × its visible options, NaN where somebody abstained; of the
            rankings and allocations.
    """

    rows: Sequence[CountRow]
    second: Sequence[CountRow] = ()
    tables: Mapping[str, FloatArray] = field(default_factory=dict)


def backing_rounds(agenda: Agenda, states: frozenset[RoundState] = SHOWN) -> tuple[Round, ...]:
    """The rounds in one of the states in which people backed what others had written."""
    written = {q.id for q in agenda.questions if q.is_written}
    asked = [r for r in agenda.rounds if r.statement_ids and r.question_id in written]
    return tuple(r for r in asked if r.state in states)


def build_results(
    agenda: Agenda,
    rounds: Mapping[str, Mapping[int, tuple[Round, ...]]],
    answers: Counted,
    people: Mapping[tuple[str, int], int],
    version: int,
    backings: Sequence[Round] = (),
) -> WorkshopResults:
    """The results of a workshop.

    Args:
        agenda: clusters, questions, statements.
        rounds: by cluster id and number, from `shown_rounds`.
        answers: counted answers of all these rounds.
        people: by cluster id and number, how many people gave a value to `counted`.
        version: the version of the data, carried along.
        backings: from `backing_rounds`.
    """
    built = _Building(agenda, answers)
    clusters = []
    for cluster in sorted(agenda.clusters, key=lambda c: c.position):
        numbers = rounds.get(cluster.id, {})
        groups = list(numbers.values())
        found = tuple(
            built.cluster_round(number, group, groups, people.get((cluster.id, number), 0))
            for number, group in sorted(numbers.items())
        )
        clusters.append(ClusterResult(cluster, found))
    return WorkshopResults(
        agenda.workshop.id, version, tuple(clusters), tuple(map(built.backing, backings))
    )


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


def _same_options(agenda: Agenda, question_id: str, groups: list[tuple[Round, ...]]) -> bool:
    """Whether every one of these rounds asked the question, and with the same options."""
    asked = [
        {frozenset(s.id for s in agenda.asked(r)) for r in group if r.question_id == question_id}
        for group in groups
    ]
    return all(asked) and len(set.union(*asked)) == 1


class _Building:
    """Cluster rounds of one snapshot of agenda and counted answers."""

    def __init__(self, agenda: Agenda, answers: Counted) -> None:
        self._agenda, self._least = agenda, least_shown(agenda.workshop)
        self._tables = answers.tables
        self._rows = _by_round(answers.rows)
        self._second = _by_round(answers.second)

    def cluster_round(
        self, number: int, group: tuple[Round, ...], groups: list[tuple[Round, ...]], people: int
    ) -> ClusterRound:
        """One of the `groups` of rounds with equal numbers; `people` are its n."""
        common = _asked_in_all(self._agenda, groups)
        items: list[ItemResult] = []
        matrices: list[MatrixResult] = []
        wholes: list[WholeResult] = []
        for round_ in group:
            question = self._agenda.question(round_.question_id)
            if question is None:
                continue
            if question.is_whole:
                same = _same_options(self._agenda, question.id, groups)
                wholes.append(self._whole(question, round_, same))
            elif question.second is not None:
                matrices += self._matrix(question, question.second, round_, common)
            elif question.scale is not None:
                items += self._rated(question.scale, round_, self._rows, common)
        found = ClusterRound(
            number=number,
            n=people,
            index=None,
            baseline=None,
            items=tuple(items),
            rounds=group,
            matrices=tuple(matrices),
            wholes=tuple(wholes),
            least=self._least,
        )
        measured = found.measured()
        enough = not found.too_few and bool(measured)
        return replace(
            found,
            index=index(measured) if enough else None,
            baseline=chance_level(measured) if measured else None,
        )

    def backing(self, round_: Round) -> WholeResult:
        """What of a written question found support in one round."""
        question = require_question(self._agenda, round_.question_id)
        return self._whole(question.asked_in(round_), round_, same=False)

    def _rated(
        self,
        scale: Scale,
        round_: Round,
        rows: Mapping[str, list[CountRow]],
        common: frozenset[str],
    ) -> list[ItemResult]:
        nothing = Counts((0,) * scale.steps, least=self._least)
        found = tally(rows.get(round_.id, ()), scale, self._least)[round_.id]
        return [
            _item(s, found.get(s.id, nothing), s.id in common) for s in self._agenda.asked(round_)
        ]

    def _matrix(
        self, question: KeyQuestion, second: Scale, round_: Round, common: frozenset[str]
    ) -> list[MatrixResult]:
        if question.scale is None:
            return []
        first = self._rated(question.scale, round_, self._rows, common)
        other = self._rated(second, round_, self._second, common)
        return [
            MatrixResult(question, x.statement, x, y, x.in_index)
            for x, y in zip(first, other, strict=True)
        ]

    def _whole(self, question: KeyQuestion, round_: Round, same: bool) -> WholeResult:
        counts = by_value(self._rows.get(round_.id, ()))
        table = self._tables.get(round_.id)
        asked = self._agenda.asked(round_)
        return whole_result(
            question, round_, asked, counts, table, in_index=same, least=self._least
        )


def by_value(rows: Iterable[CountRow]) -> ValueCounts:
    """Counted answers of one round by statement and value."""
    found: dict[str, dict[int | None, int]] = {}
    for _, statement_id, value, how_many in rows:
        found.setdefault(statement_id, {})[value] = how_many
    return found


def _by_round(rows: Iterable[CountRow]) -> dict[str, list[CountRow]]:
    found: dict[str, list[CountRow]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


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
