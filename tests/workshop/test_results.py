"""From answers to what is on the wall, against a slow reference and by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms import Prepared
from workshop.errors import Forbidden
from workshop.model import OPERATOR, Actor, Role, Round
from workshop.results import ClusterRound, Counts

K = 5


def _consensus(answers: list[int]) -> float:
    """METHOD: 1 + Σ pᵢ·log₂(1 − |xᵢ−μ|/(k−1)), 0·log 0 = 0."""
    x = np.array(answers, dtype=float)
    share = 1 - np.abs(x - x.mean()) / (K - 1)
    return float(1 + np.mean(np.log2(share)))


def _clusters(prepared: Prepared, *, preview: bool = False) -> list[ClusterRound]:
    results = prepared.service.results(OPERATOR, prepared.id, preview=preview)
    mine = next(c for c in results.clusters if c.cluster.id == prepared.rate.cluster_id)
    return list(mine.rounds)


def _rate(prepared: Prepared, round_: Round, given: Mapping[str, Mapping[str, int]]) -> None:
    """Answers by token and statement; 0 is an abstention."""
    service = prepared.service
    futures = [
        service.answer(prepared.id, token, round_.id, statement, str(value))
        for token, row in given.items()
        for statement, value in row.items()
    ]
    for future in futures:
        future.result(20)


def _reveal(prepared: Prepared) -> None:
    prepared.service.reveal_round(OPERATOR, prepared.id, prepared.rate.id)


ROWS = st.lists(st.lists(st.integers(-1, K), min_size=2, max_size=2), min_size=1, max_size=12)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_random_answers_give_what_the_method_says(small: Prepared, rows: list[list[int]]) -> None:
    """One item more each time: -1 is no answer at all, 0 an abstention."""
    tokens = small.people(len(rows))
    round_ = small.open()
    _rate(
        small,
        round_,
        {
            token: {s: v for s, v in zip(small.statements, row, strict=True) if v >= 0}
            for token, row in zip(tokens, rows, strict=True)
        },
    )
    _reveal(small)
    found = next(r for r in _clusters(small) if r.number == round_.number)
    values: dict[str, list[int]] = {}
    for place, statement in enumerate(small.statements):
        column = Counter(row[place] for row in rows)
        values[statement] = [v for v in range(1, K + 1) for _ in range(column[v])]
        item = next(i for i in found.items if i.statement.id == statement)
        assert item.counts == Counts(tuple(column[v] for v in range(1, K + 1)), column[0])
        if values[statement]:
            assert item.consensus == pytest.approx(_consensus(values[statement]), abs=1e-9)
            assert item.median == float(np.median(values[statement]))
        else:
            assert (item.consensus, item.median) == (None, None)
    assert found.n == sum(any(v > 0 for v in row) for row in rows)
    measured = [_consensus(v) for v in values.values() if v]
    if found.n >= 5:
        assert found.index == pytest.approx(100 * float(np.mean(measured)), abs=1e-9)
        assert found.baseline is not None
    else:
        assert found.index is None


def test_a_round_that_nobody_answered(small: Prepared) -> None:
    small.open()
    _reveal(small)
    (found,) = _clusters(small)
    assert (found.n, found.index, found.baseline, found.too_few) == (0, None, None, True)
    for item in found.items:
        assert item.counts == Counts((0,) * K)
        measures = (item.consensus, item.median, item.leik, item.agreement, item.l_squared)
        assert measures == (None,) * 5


def test_below_five_people_there_is_no_index(small: Prepared) -> None:
    tokens = small.people(5)
    first, second = small.statements
    round_ = small.open()
    _rate(small, round_, {t: {first: 3, second: 4} for t in tokens[:4]})
    _rate(small, round_, {tokens[4]: {first: 0}})
    _reveal(small)
    (found,) = _clusters(small)
    assert (found.n, found.index) == (4, None), "people who gave a value, not answers"
    again = small.open()
    _rate(small, again, {t: {first: 3, second: 4} for t in tokens})
    _reveal(small)
    assert [r.index for r in _clusters(small)] == [None, pytest.approx(100)]


def test_items_not_asked_in_all_rounds_are_in_no_index(small: Prepared) -> None:
    tokens = small.people(6)
    first, second = small.statements
    one = small.open()
    _rate(small, one, {t: {first: 3, second: i % K + 1} for i, t in enumerate(tokens)})
    _reveal(small)
    (alone,) = _clusters(small)
    assert all(i.in_index for i in alone.items)
    assert alone.index is not None
    small.service.hide_statement(OPERATOR, small.id, second)
    two = small.open()
    small.service.hide_statement(OPERATOR, small.id, second, hidden=False)
    _rate(small, two, {t: {first: 3} for t in tokens})
    _reveal(small)
    before, after = _clusters(small)
    assert [(i.statement.id, i.in_index) for i in before.items] == [(first, True), (second, False)]
    assert [(i.statement.id, i.in_index) for i in after.items] == [(first, True)]
    assert before.index == after.index == pytest.approx(100)
    assert before.index != alone.index


def test_a_hidden_statement_is_on_no_wall_and_in_no_number(small: Prepared) -> None:
    tokens = small.people(6)
    first, second = small.statements
    round_ = small.open()
    _rate(small, round_, {t: {first: 5} for t in tokens[:5]})
    _rate(small, round_, {tokens[5]: {second: 1}})
    _reveal(small)
    (shown,) = _clusters(small)
    assert shown.n == 6
    small.service.hide_statement(OPERATOR, small.id, second)
    (found,) = _clusters(small)
    assert [i.statement.id for i in found.items] == [first]
    assert (found.n, found.index) == (5, pytest.approx(100))


def test_five_people_of_whom_one_answered_what_counts_are_one(small: Prepared) -> None:
    """Else an index of one person would stand on the wall as that of six."""
    tokens = small.people(6)
    first, second = small.statements
    one = small.open()
    _rate(small, one, {tokens[0]: {first: 5}} | {t: {second: 1} for t in tokens[1:]})
    _reveal(small)
    small.service.hide_statement(OPERATOR, small.id, second)
    small.open()
    small.service.hide_statement(OPERATOR, small.id, second, hidden=False)
    _reveal(small)
    before, _ = _clusters(small)
    assert (before.n, before.index) == (1, None)


def test_only_a_moderators_preview_knows_what_is_not_revealed(small: Prepared) -> None:
    tokens = small.people(5)
    round_ = small.open()
    _rate(small, round_, {t: {small.statements[0]: 2} for t in tokens})
    service = small.service
    for close in (False, True):
        if close:
            service.close_round(OPERATOR, small.id, small.rate.id)
        assert _clusters(small) == []
        assert [r.n for r in _clusters(small, preview=True)] == [5]
        assert service.record(OPERATOR, small.id).answers == ()
    with pytest.raises(Forbidden):
        service.results(Actor(Role.STAGE, small.id), small.id, preview=True)
    _reveal(small)
    record = service.record(OPERATOR, small.id)
    assert len(record.answers) == 5
    assert record.results == service.results(Actor(Role.STAGE, small.id), small.id)


def test_results_are_computed_once_per_version(small: Prepared) -> None:
    service = small.service
    first = service.results(OPERATOR, small.id)
    assert service.results(OPERATOR, small.id) is first
    small.people(1)
    again = service.results(OPERATOR, small.id)
    assert again is not first
    assert again.version == service.versions(small.id)[0]


def test_items_are_found_by_round_and_statement(small: Prepared) -> None:
    round_ = small.open()
    _reveal(small)
    results = small.service.results(OPERATOR, small.id)
    found = results.item(round_.id, small.statements[1])
    assert found is not None
    assert found.statement.id == small.statements[1]
    assert [i.statement.id for i in results.items(round_.id)] == list(small.statements)
    assert results.item("nothing", small.statements[1]) is None
    assert results.items("nothing") == ()
