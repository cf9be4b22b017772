"""How near two strands are over several items: what always holds, and what chance gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.measures import FloatArray
from workshop.nearness import DIVISIONS, nearness
from workshop.panel import step_counts
from workshop.strands import earth_movers, noise_floor, permutation_p
from workshop.verdicts import Direction, direction

few = settings(max_examples=20, deadline=None)


@st.composite
def strands(draw: st.DrawFn) -> tuple[FloatArray, FloatArray, list[int]]:
    """Two groups of people on the same items, with gaps."""
    steps = draw(st.lists(st.integers(2, 11), min_size=1, max_size=4))
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    gaps = draw(st.sampled_from([0.0, 0.3]))

    def people(n: int) -> FloatArray:
        table = np.stack([generator.integers(1, k + 1, n) for k in steps], axis=1).astype(float)
        table[generator.random(table.shape) < gaps] = np.nan
        return table

    return people(draw(st.integers(1, 12))), people(draw(st.integers(1, 12))), steps


def emds(a: FloatArray, b: FloatArray, steps: list[int]) -> list[float]:
    """The distance of every item that both answered."""
    pairs = [
        earth_movers(step_counts(x, k), step_counts(y, k))
        for x, y, k in zip(a.T, b.T, steps, strict=True)
    ]
    return [d for d in pairs if d is not None]


@few
@given(strands())
def test_the_distance_is_the_mean_of_the_items(
    room: tuple[FloatArray, FloatArray, list[int]],
) -> None:
    found, single = nearness(*room, seed=1), emds(*room)
    if not single:
        assert found is None
        return
    assert found is not None
    assert found.distance == pytest.approx(np.mean(single), abs=1e-12)
    assert found.items == len(single)
    assert 0 <= found.floor <= 1
    assert 1 / (1 + DIVISIONS) <= found.p <= 1


@few
@given(strands(), st.randoms(use_true_random=False))
def test_order_of_people_and_which_group_comes_first_change_nothing(
    room: tuple[FloatArray, FloatArray, list[int]], random: Any
) -> None:
    a, b, steps = room
    order = list(range(len(a)))
    random.shuffle(order)
    first, shuffled = nearness(a, b, steps, 3), nearness(a[order], b, steps, 3)
    assert first == shuffled
    turned = nearness(b, a, steps, 3)
    assert (first is None) == (turned is None)
    if first is not None and turned is not None:
        assert first.distance == pytest.approx(turned.distance, abs=1e-12)


@few
@given(strands())
def test_mirroring_the_scales_keeps_the_distance_and_mirrors_direction(
    room: tuple[FloatArray, FloatArray, list[int]],
) -> None:
    a, b, steps = room
    mirror = np.array(steps) + 1.0
    straight, mirrored = nearness(a, b, steps, 3), nearness(mirror - a, mirror - b, steps, 3)
    assert (straight is None) == (mirrored is None)
    if straight is not None and mirrored is not None:
        assert straight.distance == pytest.approx(mirrored.distance, abs=1e-12)
    turned = {Direction.FOR: Direction.AGAINST, Direction.AGAINST: Direction.FOR}
    for column, k in zip(a.T, steps, strict=True):
        counts = step_counts(column, k)
        there = direction("rate", counts)
        assert direction("rate", counts[::-1]) is turned.get(there, there)


def test_one_item_is_what_the_comparison_of_items_says() -> None:
    generator = np.random.default_rng(5)
    a, b = generator.integers(1, 6, (30, 1)), generator.integers(2, 6, (400, 1))
    found = nearness(a, b, [5], 1)
    counts = [step_counts(x[:, 0].astype(float), 5) for x in (a, b)]
    floor, p = noise_floor(np.sum(counts, axis=0), 30, 400, 1), permutation_p(*counts, seed=1)
    assert found is not None and floor is not None and p is not None
    assert found.floor == pytest.approx(floor.mean, abs=0.01)
    assert found.p == pytest.approx(p, abs=0.01)


def test_two_halves_of_one_population_are_as_far_apart_as_chance_has_it() -> None:
    generator = np.random.default_rng(6)
    far = 0
    for _ in range(40):
        people = generator.integers(1, 4, (60, 6))
        found = nearness(people[:20], people[20:], [3] * 6, 1)
        assert found is not None
        far += found.p <= 0.05
    assert far <= 6  # 2 are expected of 40


def test_nobody_is_none_and_other_shapes_are_refused() -> None:
    nobody, somebody = np.full((3, 1), np.nan), np.ones((3, 1))
    assert nearness(nobody, somebody, [3], 1) is None
    assert nearness(np.empty((0, 1)), somebody, [3], 1) is None
    with pytest.raises(ValueError, match="people x the same items"):
        nearness(somebody, np.ones((3, 2)), [3], 1)
