"""The chance level: METHOD's values, whole enumeration, simulation, speed."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from workshop.chance import chance_nominal, chance_ordinal, chance_ranking
from workshop.convergence import (
    Item,
    chance_level,
    consensus_rows,
    index,
    kendall_w,
    nominal_consensus,
)

MANY = 1_000_000


def counts_of(answers: tuple[int, ...], k: int) -> list[int]:
    return [answers.count(i) for i in range(k)]


@pytest.mark.parametrize(
    ("k", "n", "method"),
    [
        (2, MANY, 0.0),
        (3, MANY, 33.3),
        (4, MANY, 36.9),
        (5, MANY, 43.4),
        (7, MANY, 47.2),
        (11, MANY, 50.5),
        (5, 30, 43.7),
        (5, 5, 50.7),
        (2, 30, 2.5),
        (2, 5, 16.7),
    ],
)
def test_ordinal_values_of_the_method(k: int, n: int, method: float) -> None:
    """METHOD's were simulated and rounded: they are met within 0.15."""
    assert 100 * chance_ordinal(k, n) == pytest.approx(method, abs=0.15)


@pytest.mark.parametrize(("n", "method"), [(5, 27.0), (30, 3.7), (MANY, 0.0)])
def test_nominal_values_of_the_method(n: int, method: float) -> None:
    assert 100 * chance_nominal(4, n) == pytest.approx(method, abs=0.15)


@pytest.mark.parametrize(
    ("k", "n"), [(2, 1), (2, 7), (3, 1), (3, 6), (4, 5), (5, 2), (5, 5), (7, 4), (11, 3)]
)
def test_expectations_equal_the_mean_over_every_possible_room(k: int, n: int) -> None:
    rooms = [counts_of(answers, k) for answers in itertools.product(range(k), repeat=n)]
    assert chance_ordinal(k, n) == pytest.approx(consensus_rows(rooms).mean(), abs=1e-12)
    nominal = np.mean([nominal_consensus(room) for room in rooms])
    assert chance_nominal(k, n) == pytest.approx(nominal, abs=1e-12)


@pytest.mark.parametrize(("k", "n"), [(5, 30), (11, 30), (7, 1000), (3, 3000)])
def test_expectation_equals_a_simulation(k: int, n: int) -> None:
    rooms = np.random.default_rng(5).multinomial(n, np.full(k, 1 / k), size=40_000)
    simulated = consensus_rows(rooms)
    error = simulated.std() / np.sqrt(len(rooms))
    assert chance_ordinal(k, n) == pytest.approx(simulated.mean(), abs=4 * error)


def test_two_steps_are_two_options() -> None:
    for n in (1, 2, 5, 30, 999, 30_000):
        assert chance_ordinal(2, n) == pytest.approx(chance_nominal(2, n), abs=1e-11)


def test_more_answers_leave_less_to_chance() -> None:
    for chance in (chance_ordinal, chance_nominal, chance_ranking):
        for k in (2, 4, 10):
            values = [chance(k, n) for n in (2, 4, 10, 30, 100, 1000, 3000, 10_000)]
            assert values == sorted(values, reverse=True)
            assert all(0 <= value <= 1 for value in values)


def mean_r_bar(k: int, m: int, repetitions: int) -> tuple[float, float]:
    """Simulated expectation of r̄ and its standard error, from rank sums alone."""
    rng = np.random.default_rng(11)
    ranks = np.argsort(rng.random((repetitions, m, k)), axis=-1) + 1.0
    spread = np.square(ranks.sum(axis=1) - m * (k + 1) / 2).sum(axis=-1)
    w = 12 * spread / (m**2 * (k**3 - k))
    r_bar = np.maximum(0, (m * w - 1) / (m - 1))
    return float(r_bar.mean()), float(r_bar.std() / np.sqrt(repetitions))


@pytest.mark.parametrize(("k", "m"), [(2, 5), (3, 5), (5, 5), (10, 5), (4, 8), (3, 30), (7, 30)])
def test_random_rankings_are_within_a_fifth_of_a_point(k: int, m: int) -> None:
    simulated, error = mean_r_bar(k, m, 20_000)
    assert chance_ranking(k, m) == pytest.approx(simulated, abs=0.002 + 4 * error)


def test_two_objects_are_exact_and_the_worst_case_is_as_documented() -> None:
    rooms = itertools.product([[1, 2], [2, 1]], repeat=5)
    found = [kendall_w(list(room)) for room in rooms]
    assert chance_ranking(2, 5) == pytest.approx(np.mean([f.r_bar for f in found if f]))
    # Three objects, two people: Spearman's correlation is 1, ½, ½, −½, −½, −1.
    assert chance_ranking(3, 2) == pytest.approx(1 / 3, abs=0.02)


def test_level_mixes_kinds_each_at_its_own_n_and_weight() -> None:
    items: list[Item] = [
        ("rate", [0, 0, 30, 0, 0]),
        ("agree", [1, 2, 2], 2.0),
        ("choose", [7, 0, 0, 0]),
        ("several", [[3, 4], [0, 0], [5, 5]]),
        ("allocate", [[70, 20, 10]] * 6),
        ("rate", [0, 0, 0]),
    ]
    expected = (
        chance_ordinal(5, 30)
        + 2 * chance_ordinal(3, 5)
        + chance_nominal(4, 7)
        + (chance_nominal(2, 7) + chance_nominal(2, 10)) / 2
        + chance_ranking(3, 6)
    ) / 6
    assert chance_level(items) == pytest.approx(100 * expected)
    assert index(items) is not None


def test_whole_answers_only() -> None:
    with pytest.raises(ValueError, match="whole answers"):
        chance_level([("rate", [0.5, 1.0, 1.0])])


def test_a_hundred_items_of_three_thousand_people_are_worked_out_once() -> None:
    chance_ordinal.cache_clear()
    items: list[Item] = [("rate", [n - 10, *[1] * 10]) for n in range(2901, 3001)]
    first = chance_level(items)
    assert chance_ordinal.cache_info().misses == 100
    assert chance_level(items) == first
    assert chance_ordinal.cache_info().misses == 100
