"""Who moved, who is missing, and what they could have changed."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from workshop import stability as s
from workshop.convergence import tastle_wierman
from workshop.intervals import change
from workshop.resampling import parse

NAN = math.nan

few = settings(max_examples=40, deadline=None)
answers = st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, NAN]), min_size=0, max_size=12)
rounds = answers.flatmap(
    lambda one: st.tuples(
        st.just(one),
        st.lists(
            st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, NAN]), min_size=len(one), max_size=len(one)
        ),
    )
)


def test_flows_and_shares() -> None:
    before, after = [1, 1, 2, 5, NAN, 3], [1, 3, 2, 4, 2, NAN]
    found = s.stability(before, after, 5)
    assert found is not None
    assert (found.n, found.unchanged, found.up, found.down) == (4, 0.5, 1, 1)
    assert found.mean_move == pytest.approx(0.25)
    assert found.flows[0] == (1, 0, 1, 0, 0)
    assert found.flows[4] == (0, 0, 0, 1, 0)
    assert s.share_unchanged([before, before], [after, before]) == pytest.approx(7 / 9)


@few
@given(rounds)
def test_stability_keeps_its_ranges(pair: tuple[list[float], list[float]]) -> None:
    before, after = pair
    n = sum(not (math.isnan(x) or math.isnan(y)) for x, y in zip(before, after, strict=True))
    found = s.stability(before, after, 5)
    assert (found is None) == (n == 0) == (s.share_unchanged(before, after) is None)
    if found is None:
        assert s.weighted_kappa(before, after, 5) is None
        return
    assert found.n == n == sum(map(sum, found.flows))
    assert found.unchanged == s.share_unchanged(before, after)
    assert found.kappa is None or -1 <= found.kappa <= 1
    mirrored = s.stability(6 - np.array(before), 6 - np.array(after), 5)
    assert mirrored is not None
    assert (mirrored.up, mirrored.down, mirrored.kappa) == (
        found.down,
        found.up,
        pytest.approx(found.kappa) if found.kappa is not None else None,
    )
    if found.unchanged == 1 and found.kappa is not None:
        assert found.kappa == 1


def test_kappa_equals_its_definition() -> None:
    generator = np.random.default_rng(1)
    before = generator.integers(1, 6, 40)
    after = np.clip(before + generator.integers(-1, 2, 40), 1, 5)
    # 1 minus the mean square of the moves over that of all pairs of a before and an after.
    expected = np.square(before[:, None] - after).mean()
    wanted = 1 - np.square(before - after).mean() / expected
    assert s.weighted_kappa(before, after, 5) == pytest.approx(wanted)
    assert s.weighted_kappa([1, 5], [5, 1], 5) == -1
    # All of one answer, twice: there is nothing to compare with.
    assert s.weighted_kappa([3, 3], [3, 3], 5) is None


def test_wilcoxon_is_scipys() -> None:
    before, after = np.array([1, 2, 3, 1, 2, 4, 5, 2]), np.array([2, 4, 3, 4, 6, 3, 1, 2])
    found = s.wilcoxon(before, after)
    wanted = stats.wilcoxon(after - before, zero_method="wilcox", method="asymptotic")
    assert found is not None
    assert (found.statistic, found.p, found.moved) == (wanted.statistic, wanted.pvalue, 6)
    untied = s.wilcoxon([0, 0, 0, 0], [1, 2, -3, 4])
    assert untied is not None and untied.p == pytest.approx(0.625)
    assert s.wilcoxon([1, 2], [1, 2]) is None
    assert s.wilcoxon([], []) is None
    assert s.wilcoxon([1, NAN], [NAN, 2]) is None


# The missing


KINDS = [("rate", 3), ("choose", 3), ("several", 2)]


def bounds_by_hand(before: Any, after: Any, kinds: Any) -> tuple[float, float]:
    """Every way in which the missing could have voted, tried."""
    table = np.array(after)
    gaps = [(r, c) for r, c in np.argwhere(np.isnan(after)) if not np.isnan(np.array(before)[r, c])]
    steps = [k if kind != "several" else 2 for kind, k in kinds for _ in range(
        k if kind == "several" else 1)]  # fmt: skip
    found = []
    for votes in itertools.product(*(range(1, steps[c] + 1) for _, c in gaps)):
        for (r, c), vote in zip(gaps, votes, strict=True):
            table[r, c] = vote
        value = change(before, table, kinds)
        assert value is not None
        found.append(value)
    return min(found), max(found)


@pytest.mark.parametrize("seed", range(3))
def test_the_bounds_are_those_of_every_possible_vote(seed: int) -> None:
    generator = np.random.default_rng(seed)
    before = generator.integers(1, 3, (6, 4)).astype(float)
    before[:, :2] = generator.integers(1, 4, (6, 2))
    after = before[generator.permutation(6)].copy()
    after[0], after[1, :2] = NAN, NAN
    found = s.missing_revotes(before, after, KINDS)
    assert found is not None and found.people == 2
    assert (found.worst, found.best) == pytest.approx(bounds_by_hand(before, after, KINDS))
    assert found.worst <= found.carried <= found.best


@few
@given(
    st.lists(st.integers(0, 5), min_size=3, max_size=5).filter(lambda x: sum(x) > 0),
    st.integers(0, 5),
)
def test_ordered_bounds_are_exact(counts: list[int], missing: int) -> None:
    k = len(counts)
    given_before = np.repeat(np.arange(1.0, k + 1), counts)
    before = np.concatenate((given_before, np.ones(missing)))[:, None]
    after = np.concatenate((given_before, np.full(missing, NAN)))[:, None]
    found = s.missing_revotes(before, after, [("rate", k)])
    assert found is not None
    values = []
    for votes in itertools.combinations_with_replacement(range(k), missing):
        row = np.array(counts, dtype=float)
        np.add.at(row, list(votes), 1)
        value = tastle_wierman(row)
        assert value is not None
        values.append(100 * value)
    start = tastle_wierman([x + (missing if i == 0 else 0) for i, x in enumerate(counts)])
    assert start is not None
    assert found.worst == pytest.approx(min(values) - 100 * start, abs=1e-9)
    assert found.best == pytest.approx(max(values) - 100 * start, abs=1e-9)
    assert found.carried == pytest.approx(0, abs=1e-9)


def test_who_leaves_matters() -> None:
    """The three most dissenting of thirty go: that alone looks like convergence."""
    before = np.repeat([1.0, 2.0, 3.0, 4.0, 5.0], [3, 2, 5, 12, 8])[:, None]
    after = before.copy()
    after[:3] = NAN
    found = s.missing_revotes(before, after, [("rate", 5)])
    assert found is not None
    assert found.carried == 0
    assert found.worst <= 0 < found.best
    assert change(before, after, [("rate", 5)]) == 0


def test_nobody_missing_and_nobody_there() -> None:
    before = np.array([[1.0], [5.0]])
    after = np.array([[3.0], [3.0]])
    found = s.missing_revotes(before, after, [("rate", 5)])
    assert found == s.MissingRevotes(100, 100, 100, 0)
    assert s.missing_revotes(np.full((2, 1), NAN), after, [("rate", 5)]) is None
    # An item that was asked only afterwards has no change.
    wider = np.column_stack((before, [NAN, NAN])), np.column_stack((after, [1.0, 5.0]))
    assert s.missing_revotes(*wider, [("rate", 5), ("rate", 5)]) == found


def test_rankings_of_the_missing_may_be_anything() -> None:
    before = np.array([[1.0, 2, 3], [1, 2, 3], [3, 2, 1]])
    after = before.copy()
    after[2] = NAN
    found = s.missing_revotes(before, after, [("rank", 3)])
    assert found is not None
    assert (found.carried, found.worst, found.best) == pytest.approx((0, 0, 100))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: s.flows([1, 2], [1], 5), "same people"),
        (lambda: s.flows([1, 6], [1, 2], 5), "1 to 5"),
        (lambda: s.flows([1.5], [1], 5), "1 to 5"),
        (lambda: s.share_unchanged([1], [1, 2]), "same people"),
        (lambda: s.wilcoxon([1], [1, 2]), "same people"),
        (lambda: s.missing_revotes([[1.0]], [[1.0], [2.0]], [("rate", 5)]), "same people"),
    ],
)
def test_bad_rounds_are_refused_in_words(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


def test_a_table_keeps_its_people() -> None:
    assert parse([[1.0], [NAN]], [("rate", 2)], None).n == 2
