"""Two strands: other people's numbers, the method's noise, real cases, what always holds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.real import HERE, counted, deliberation
from workshop import strands as s
from workshop.verdicts import StrandWord

few = settings(max_examples=30, deadline=None)

pairs = st.integers(2, 11).flatmap(
    lambda k: st.tuples(
        *(st.lists(st.integers(0, 40), min_size=k, max_size=k).filter(any) for _ in range(2))
    )
)

# Shares on five steps, from even to narrow.
SHAPES = {
    "uniform": [20, 20, 20, 20, 20],
    "skewed": [5, 10, 20, 35, 30],
    "leaning": [2, 8, 20, 40, 30],
    "bell": [5, 20, 50, 20, 5],
    "narrow": [0, 5, 15, 45, 35],
}


def people(counts: list[int]) -> list[int]:
    return [i for i, count in enumerate(counts) for _ in range(count)]


def test_the_vectors(vectors: dict[str, Any]) -> None:
    v = vectors["strand_distance"]
    council, citizens = v["council"], v["citizens"]
    # The vectors are printed to ten digits.
    assert s.earth_movers(council, citizens) == pytest.approx(v["emd_norm"], abs=1e-9)
    assert s.jensen_shannon(council, citizens) == pytest.approx(v["jsd_bits"], abs=1e-9)
    wanted = v["cliffs_delta_council_vs_citizens"]
    assert s.cliffs_delta(council, citizens) == pytest.approx(wanted, abs=1e-9)
    assert math.sqrt(v["jsd_bits"]) == pytest.approx(0.370, abs=5e-4)
    assert s.naehe(council, citizens) == pytest.approx(100 * (1 - v["emd_norm"]), abs=1e-7)


@few
@given(pairs)
def test_distances_equal_their_definitions(pair: tuple[list[int], list[int]]) -> None:
    a, b = pair
    k = len(a)
    emd = stats.wasserstein_distance(range(k), range(k), a, b) / (k - 1)
    assert s.earth_movers(a, b) == pytest.approx(emd, abs=1e-12)
    x, y = np.array(people(a)), np.array(people(b))
    delta = np.sign(x[:, None] - y).mean()
    assert s.cliffs_delta(a, b) == pytest.approx(delta, abs=1e-12)


@few
@given(pairs)
def test_ranges_and_symmetries(pair: tuple[list[int], list[int]]) -> None:
    a, b = pair
    emd, delta, jsd = s.earth_movers(a, b), s.cliffs_delta(a, b), s.jensen_shannon(a, b)
    assert emd is not None and delta is not None and jsd is not None
    assert 0 <= emd <= 1 and -1 <= delta <= 1 and 0 <= jsd <= 1
    assert s.earth_movers(b, a) == pytest.approx(emd, abs=1e-12)
    assert s.cliffs_delta(b, a) == pytest.approx(-delta, abs=1e-12)
    assert s.earth_movers(a[::-1], b[::-1]) == pytest.approx(emd, abs=1e-12)
    assert s.cliffs_delta(a[::-1], b[::-1]) == pytest.approx(-delta, abs=1e-12)
    assert s.earth_movers(a, a) == 0
    assert s.jensen_shannon(b, b) == 0
    assert s.cliffs_delta(a, a) == pytest.approx(0, abs=1e-12)


@few
@given(pairs)
def test_p_and_floor_know_no_side(pair: tuple[list[int], list[int]]) -> None:
    a, b = pair
    pooled = [x + y for x, y in zip(a, b, strict=True)]
    for nominal in (False, True):
        p = s.permutation_p(a, b, 3, nominal=nominal)
        assert p is not None and 0 < p <= 1
        assert s.permutation_p(b, a, 3, nominal=nominal) == p
        assert s.permutation_p(a[::-1], b[::-1], 3, nominal=nominal) == p
        floor = s.noise_floor(pooled, 7, 30, 3, nominal=nominal)
        assert floor is not None and 0 <= floor.mean <= 1 and 0 <= floor.high <= 1
        assert s.noise_floor(pooled[::-1], 30, 7, 3, nominal=nominal) == pytest.approx(floor)
    assert s.permutation_p(a, a, 3) == 1


def test_nothing_is_none() -> None:
    for measure in (s.earth_movers, s.naehe, s.cliffs_delta, s.jensen_shannon):
        assert measure([0, 0], [1, 2]) is None
        assert measure([1, 2], [0, 0]) is None
    assert s.permutation_p([0, 0], [1, 2], 1) is None
    assert s.noise_floor([0, 0], 3, 3, 1) is None
    assert s.noise_floor([1, 2], 0, 3, 1) is None
    assert s.compare([("rate", [0, 0, 0], [1, 2, 3])], 1) == (None,)


# Noise


def test_noise_of_thirty_beside_a_thousand() -> None:
    """METHOD: .042 to .066 on average by shape, about .05; .08 to .13 at the 95th percentile."""
    floors = {name: s.noise_floor(row, 30, 1000, 1) for name, row in SHAPES.items()}
    means = [f.mean for f in floors.values() if f]
    highs = [f.high for f in floors.values() if f]
    assert len(means) == len(SHAPES)
    assert min(means) == pytest.approx(0.042, abs=0.002)
    assert max(means) == pytest.approx(0.066, abs=0.002)
    assert np.median(means) == pytest.approx(0.05, abs=0.003)
    assert min(highs) == pytest.approx(0.08, abs=0.005)
    assert max(highs) == pytest.approx(0.13, abs=0.005)


def test_p_is_fair_where_there_is_no_difference() -> None:
    generator = np.random.default_rng(1)
    ps = []
    for _ in range(300):
        a, b = (generator.multinomial(n, [0.1, 0.2, 0.3, 0.25, 0.15]) for n in (30, 200))
        p = s.permutation_p(a, b, 1)
        ps.append(p or 0)
    assert np.mean(np.array(ps) <= 0.05) == pytest.approx(0.05, abs=0.035)
    assert np.mean(ps) == pytest.approx(0.5, abs=0.06)


def test_p_equals_the_exact_one() -> None:
    """Six people on two steps: all 20 divisions counted by hand, 2 of them as far apart."""
    assert s.permutation_p([3, 0], [0, 3], 1) == pytest.approx(0.1, abs=0.01)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.01, 0.5))
def test_benjamini_hochberg_equals_scipys(ps: list[float], level: float) -> None:
    adjusted = stats.false_discovery_control(ps)
    clear = np.abs(adjusted - level) > 1e-9
    ours = np.array(s.benjamini_hochberg(ps, level))
    assert (ours == (adjusted <= level))[clear].all()


def test_benjamini_hochberg_counts_only_what_was_tested() -> None:
    assert s.benjamini_hochberg([0.04, None, None]) == (True, False, False)
    assert s.benjamini_hochberg([0.04, 0.9, 0.9]) == (False, False, False)
    # By steps: .01 ≤ 1/60 and .03 ≤ 2/60, and .049 ≤ 3/60 takes both along.
    assert s.benjamini_hochberg([0.049, 0.04, 0.03]) == (True, True, True)
    assert s.benjamini_hochberg([]) == ()
    with pytest.raises(ValueError, match="between 0 and 1"):
        s.benjamini_hochberg([1.5])


# Real strands


@pytest.mark.parametrize(("after", "mean"), [(False, 0.126), (True, 0.114)])
def test_the_forest_cases_lie_as_far_apart_as_known(after: bool, mean: float) -> None:
    both = [deliberation(HERE / "forest", f"Forest {c}") for c in ("Stakeholder", "Lay Citizen")]
    tables = [counted(d.after if after else d.before, 11) for d in both]
    found = [s.earth_movers(a, b) for a, b in zip(*tables, strict=True)]
    assert None not in found
    assert np.mean([x for x in found if x is not None]) == pytest.approx(mean, abs=1e-3)


# All of it together


def test_compared_items_carry_their_verdicts() -> None:
    items: list[tuple[str, Any, Any]] = [
        ("rate", [0, 0, 2, 8, 20], [30, 40, 50, 300, 580]),
        ("rate", [0, 0, 2, 8, 20], [500, 300, 100, 50, 50]),
        ("agree", [25, 3, 2], [30, 40, 30]),
        ("agree", [8, 14, 8], [800, 100, 100]),
        ("choose", [10, 10, 10], [300, 300, 300]),
        ("rate", [0, 0, 0], [1, 1, 1]),
        ("yesno", [15, 15], [50, 50]),
    ]
    found = s.compare(items, 1)
    assert [c and c.verdict for c in found] == [
        StrandWord.COMMON,
        StrandWord.DISPUTED,
        StrandWord.ONLY_COUNCIL,
        StrandWord.ONLY_CITIZENS,
        None,
        None,
        StrandWord.OPEN,
    ]
    disputed, council, choice = found[1], found[2], found[4]
    assert disputed and council and choice
    assert disputed.provable and disputed.emd > disputed.floor.high
    assert disputed.cliffs_delta is not None and disputed.cliffs_delta > 0.8
    # Agree comes first among its categories: more of it is more in favour all the same.
    assert council.cliffs_delta is not None and council.cliffs_delta > 0
    assert (choice.naehe, choice.p, choice.provable) == (100, 1, False)
    assert choice.cliffs_delta is None
    assert (disputed.n_council, disputed.n_citizens) == (30, 1000)
    assert s.compare(items[::-1], 1) == found[::-1]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: s.earth_movers([1, 2], [1, 2, 3]), "as many categories"),
        (lambda: s.jensen_shannon([1, -2], [1, 2]), "negative"),
        (lambda: s.permutation_p([0.5, 1], [1, 2], 1), "whole"),
        (lambda: s.noise_floor([1, 2], -1, 3, 1), "negative"),
        (lambda: s.compare([("rank", [1, 2], [1, 2])], 1), "can't be compared"),
        (lambda: s.compare([("agree", [1, 2], [1, 2, 3])], 1), "as many categories"),
    ],
)
def test_bad_strands_are_refused_in_words(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
