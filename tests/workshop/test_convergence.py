"""The measures and the index: other people's numbers, slow references, and what always holds."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from workshop import convergence as c
from workshop.measures import valid_ranks

Counts = list[int]

MEASURES: dict[str, Callable[[Any], float | None]] = {
    "A": c.van_der_eijk,
    "leik_D": c.leik,
    "tastle_wierman": c.tastle_wierman,
    "blair_lacy_l2": c.blair_lacy,
}
UNANIMOUS = {"A": 1.0, "leik_D": 0.0, "tastle_wierman": 1.0, "blair_lacy_l2": 1.0}
LOWEST = {"A": -1.0, "leik_D": 0.0, "tastle_wierman": 0.0, "blair_lacy_l2": 0.0}
ALL = [*MEASURES.values(), c.nominal_consensus]

any_counts = st.integers(2, 11).flatmap(
    lambda k: st.lists(st.integers(0, 3000), min_size=k, max_size=k)
)
some_counts = any_counts.filter(any)
few_counts = st.integers(2, 7).flatmap(
    lambda k: st.lists(st.integers(0, 4), min_size=k, max_size=k).filter(any)
)
ordered_items = st.lists(st.tuples(st.just("rate"), any_counts), min_size=1, max_size=8)


# Slow and obvious: the definitions, written out


def slow_consensus(counts: Counts) -> float:
    n, k = sum(counts), len(counts)
    mean = sum(i * count for i, count in enumerate(counts)) / n
    return 1 + sum(
        count / n * math.log2(1 - abs(i - mean) / (k - 1))
        for i, count in enumerate(counts)
        if count
    )


def people(counts: Counts) -> list[int]:
    return [i + 1 for i, count in enumerate(counts) for _ in range(count)]


def slow_leik(counts: Counts) -> float:
    answers = people(counts)
    middle = float(np.median(answers))
    return 2 * sum(abs(a - middle) for a in answers) / len(answers) / (len(counts) - 1)


def slow_layers(counts: Counts) -> list[tuple[float, float]]:
    """(weight, agreement) of each layer, peeled off one after the other."""
    left, n, k = list(counts), sum(counts), len(counts)
    layers = []
    while any(left):
        pattern = [int(count > 0) for count in left]
        height = min(count for count in left if count)
        size = sum(pattern)
        triples = list(itertools.combinations(pattern, 3))
        tu = sum(t in ((1, 1, 0), (0, 1, 1)) for t in triples)
        tdu = sum(t == (1, 0, 1) for t in triples)
        if size == 1:
            u = 1.0
        elif tu + tdu == 0:
            u = 0.0
        else:
            u = ((k - 2) * tu - (k - 1) * tdu) / ((k - 2) * (tu + tdu))
        layers.append((height * size / n, u * (1 - (size - 1) / (k - 1))))
        left = [count - height if count else 0 for count in left]
    return layers


# Other people's numbers


def test_measures_equal_the_vectors(vectors: dict[str, Any]) -> None:
    cases = vectors["ordinal_measures_R_agrmt_1.42.12"]
    assert len(cases) == 13
    for case in cases:
        for name, measure in MEASURES.items():
            wanted = case[name]
            got = measure(case["freq"])
            if wanted is None:
                assert got is None, (case["name"], name)
            else:
                assert got == pytest.approx(wanted, rel=0, abs=1e-9), (case["name"], name)


def test_layers_example(vectors: dict[str, Any]) -> None:
    example = vectors["vdE_layers_example"]
    counts = example["freq"]
    assert c.van_der_eijk(counts) == pytest.approx(example["A"], abs=1e-7)
    by_hand = [w * a for w, a in zip(example["weights"], example["layer_A"], strict=True)]
    assert c.van_der_eijk(counts) == pytest.approx(sum(by_hand), abs=1e-7)
    peeled = slow_layers(counts)
    assert [w for w, _ in peeled] == pytest.approx(example["weights"], abs=1e-9)
    assert [a for _, a in peeled] == pytest.approx(example["layer_A"], abs=1e-7)


def test_kendall_equals_the_vector(vectors: dict[str, Any]) -> None:
    wanted = vectors["kendall_W_irr_anxiety"]
    found = c.kendall_w(wanted["ratings_by_rater"])
    assert found is not None
    w, chi2, p = found
    assert (w, chi2, p) == (found.W, found.chi2, found.p)
    assert w == pytest.approx(wanted["Wt"], abs=1e-9)
    assert chi2 == pytest.approx(wanted["chisq"], abs=1e-9)
    assert p == pytest.approx(wanted["p"], abs=1e-9)
    assert found.objects - 1 == wanted["df"]
    assert found.r_bar == pytest.approx((3 * wanted["Wt"] - 1) / 2)


def test_two_camps_off_the_poles_have_a_positive_agreement() -> None:
    assert c.van_der_eijk([0, 15, 0, 15, 0]) == pytest.approx(1 / 6)


# Slow references


@given(few_counts)
def test_measures_equal_their_definitions(counts: Counts) -> None:
    assert c.tastle_wierman(counts) == pytest.approx(slow_consensus(counts), abs=1e-12)
    assert c.leik(counts) == pytest.approx(slow_leik(counts), abs=1e-12)
    assert c.median(counts) == np.median(people(counts))
    if len(counts) > 2:
        slow = sum(w * a for w, a in slow_layers(counts))
        assert c.van_der_eijk(counts) == pytest.approx(slow, abs=1e-12)
    upto = [sum(counts[:i]) / sum(counts) for i in range(1, len(counts))]
    l2 = 4 * sum((f - 0.5) ** 2 for f in upto) / len(upto)
    assert c.blair_lacy(counts) == pytest.approx(l2, abs=1e-12)
    nominal = 1 - stats.entropy(counts, base=len(counts))
    assert c.nominal_consensus(counts) == pytest.approx(nominal, abs=1e-12)


@given(st.lists(st.lists(st.integers(0, 40), min_size=5, max_size=5), min_size=1, max_size=20))
def test_many_rows_equal_one_at_a_time(rows: list[Counts]) -> None:
    together = c.consensus_rows(rows)
    for value, row in zip(together, rows, strict=True):
        alone = c.tastle_wierman(row)
        assert math.isnan(value) if alone is None else value == alone


def test_rows_may_have_more_axes() -> None:
    counts = np.random.default_rng(3).exponential(size=(4, 6, 5))
    together = c.consensus_rows(counts)
    assert together.shape == (4, 6)
    assert together[2, 3] == pytest.approx(c.tastle_wierman(counts[2, 3]), abs=1e-15)


rankings = st.tuples(st.integers(2, 7), st.integers(3, 6)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(1, 6), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@given(rankings)
def test_kendall_equals_friedman_and_the_mean_rank_correlation(ranks: list[Counts]) -> None:
    found = c.kendall_w(ranks)
    if all(len(set(row)) == 1 for row in ranks):
        assert found is None
        return
    assert found is not None
    friedman = stats.friedmanchisquare(*np.array(ranks).T)
    assert found.chi2 == pytest.approx(friedman.statistic, abs=1e-9)
    assert found.p == pytest.approx(friedman.pvalue, abs=1e-9)
    assert 0 <= found.W <= 1 and 0 <= found.r_bar <= 1


def test_r_bar_is_the_mean_spearman_correlation_of_two_raters() -> None:
    ranks = [[1, 2, 3, 4, 5], [2, 1, 3, 5, 4], [1, 3, 2, 4, 5], [5, 1, 2, 3, 4]]
    found = c.kendall_w(ranks)
    pairs = itertools.combinations(ranks, 2)
    assert found is not None
    assert found.r_bar == pytest.approx(np.mean([stats.spearmanr(a, b)[0] for a, b in pairs]))


def test_kendall_takes_ratings_and_points_as_ranks() -> None:
    ranks, points = [[1, 2, 3], [2, 1, 3]], [[60, 30, 10], [40, 50, 10]]
    assert c.kendall_w(ranks) == c.kendall_w(points)


@pytest.mark.parametrize("ranks", [[], [[]], [[1, 2, 3]], [[1], [1]], [[2, 2], [1, 1]]])
def test_kendall_is_undecidable(ranks: list[Counts]) -> None:
    assert c.kendall_w(ranks) is None
    assert c.item_consensus("rank", ranks) is None


# What always holds


@given(any_counts)
def test_every_measure_stays_in_its_range(counts: Counts) -> None:
    for name, measure in MEASURES.items():
        value = measure(counts)
        if not any(counts) or (name == "A" and len(counts) < 3):
            assert value is None
        else:
            assert value is not None and LOWEST[name] <= value <= 1
    nominal = c.nominal_consensus(counts)
    assert nominal is None if not any(counts) else nominal is not None and 0 <= nominal <= 1
    middle = c.median(counts)
    assert middle is None if not any(counts) else middle is not None and 1 <= middle <= len(counts)


@given(st.lists(st.floats(0, 1e300), min_size=2, max_size=11))
def test_weighted_counts_stay_in_range_too(weights: list[float]) -> None:
    for measure in ALL:
        value = measure(weights)
        assert value is None or -1 <= value <= 1


@given(some_counts)
def test_mirroring_the_scale_keeps_the_measures(counts: Counts) -> None:
    mirrored = counts[::-1]
    for measure in ALL:
        assert measure(mirrored) == pytest.approx(measure(counts), abs=1e-12)
    here, there = c.median(counts), c.median(mirrored)
    assert here is not None and there is not None
    assert here + there == len(counts) + 1


@given(some_counts, st.integers(2, 1000))
def test_only_proportions_matter(counts: Counts, times: int) -> None:
    for measure in ALL:
        assert measure([times * n for n in counts]) == pytest.approx(measure(counts), abs=1e-12)
    assert c.median([times * n for n in counts]) == c.median(counts)


@given(st.integers(2, 11), st.data(), st.integers(1, 3000))
def test_unanimous_and_one_more_of_the_same(k: int, data: st.DataObject, n: int) -> None:
    place = data.draw(st.integers(0, k - 1))
    for voters in (n, n + 1):
        counts = [0] * k
        counts[place] = voters
        for name, measure in MEASURES.items():
            expected = None if name == "A" and k < 3 else UNANIMOUS[name]
            assert measure(counts) == expected
        assert c.nominal_consensus(counts) == 1
        assert c.median(counts) == place + 1
        assert c.index([("rate", counts), ("choose", counts)]) == 100


@pytest.mark.parametrize("k", range(2, 12))
def test_two_camps_at_the_poles(k: int) -> None:
    counts = [7] + [0] * (k - 2) + [7]
    assert c.tastle_wierman(counts) == pytest.approx(0, abs=1e-15)
    assert c.blair_lacy(counts) == 0
    assert c.leik(counts) == 1
    assert c.van_der_eijk(counts) == (None if k < 3 else pytest.approx(-1))
    assert c.median(counts) == (k + 1) / 2


@given(st.lists(st.integers(0, 500), min_size=2, max_size=2).filter(any))
def test_two_categories_are_one_minus_the_entropy(counts: Counts) -> None:
    expected = 1 - stats.entropy(counts, base=2)
    assert c.tastle_wierman(counts) == pytest.approx(expected, abs=1e-12)
    assert c.item_consensus("yesno", counts) == pytest.approx(expected, abs=1e-12)


def test_a_share_lost_beside_a_huge_one_is_no_infinity() -> None:
    assert c.tastle_wierman([1e-300, 0, 1.0]) == 1
    assert c.tastle_wierman([1, 0, 0, 10**30]) == pytest.approx(1)


# The index


def test_index_by_kind() -> None:
    skew = [0, 2, 4, 14, 10]
    assert c.item_consensus("rate", skew) == pytest.approx(0.7313197616)
    assert c.item_consensus("slider", skew) == c.item_consensus("matrix", skew)
    assert c.item_consensus("agree", [15, 0, 15]) == 0
    assert c.item_consensus("choose", [5, 5, 5, 5]) == pytest.approx(0)
    assert c.item_consensus("several", [[30, 0], [15, 15], [0, 0]]) == 0.5
    assert c.item_consensus("several", [[0, 0], [0, 0]]) is None
    assert c.item_consensus("rank", [[1, 2, 3], [3, 2, 1]]) == 0
    assert c.item_consensus("allocate", [[70, 20, 10], [50, 30, 20]]) == pytest.approx(1)
    assert len(c.ITEM_KINDS) == 9


def test_index_weighs_and_leaves_out() -> None:
    one, none_ = ("rate", [0, 0, 9]), ("rate", [0, 0, 0])
    assert c.index([(*one, 3.0), ("rate", [5, 0, 5]), (*none_, 100.0)]) == 75
    assert c.index([none_]) is None
    assert c.index([]) is None
    assert c.index([(*one, 0.0)]) is None
    assert c.chance_level([none_]) is None


@given(ordered_items, st.randoms(use_true_random=False))
def test_order_of_items_does_not_matter(items: list[c.Item], random: Any) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)
    assert c.index(shuffled) == c.index(items)
    assert c.chance_level(shuffled) == c.chance_level(items)


@given(ordered_items)
def test_index_is_the_mean_consensus(items: list[c.Item]) -> None:
    each = [v for item in items if (v := c.tastle_wierman(item[1])) is not None]
    value = c.index(items)
    assert value is None if not each else value == pytest.approx(100 * np.mean(each))
    assert value is None or 0 <= value <= 100


def test_few_people_are_counted_but_the_threshold_is_known() -> None:
    assert c.MIN_SHOWN == 5
    assert c.index([("rate", [0, 0, 1, 0, 0])]) == 100


# What is refused


BAD_COUNTS = [
    [-1, 2],
    [math.nan, 1],
    [math.inf, 1],
    [1e308, 1e308],
    [3],
    [],
    5,
    [[1, 2], [3]],
    ["many", "few"],
    [None, 1],
]


@pytest.mark.parametrize("bad", BAD_COUNTS)
@pytest.mark.parametrize("measure", [*ALL, c.median, c.consensus_rows])
def test_bad_counts_are_refused_in_words(measure: Callable[[Any], Any], bad: Any) -> None:
    with pytest.raises(ValueError, match=r"[Cc]ounts? .*\.$"):
        measure(bad)


@pytest.mark.parametrize("measure", [*ALL, c.median])
def test_a_table_is_not_one_item(measure: Callable[[Any], Any]) -> None:
    with pytest.raises(ValueError, match="one row"):
        measure([[1, 2], [3, 4]])


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (("shout", [1, 2]), "no kind of item"),
        (("agree", [1, 2]), "has 3 categories"),
        (("yesno", [1, 2, 3]), "has 2 categories"),
        (("several", [1, 2]), "options x"),
        (("several", [[1, 2, 3]]), "options x"),
        (("rank", [1, 2, 3]), "raters x objects"),
        (("rank", [[1, math.nan], [1, 2]]), "every object"),
        (("rank", [["first"]]), "numbers"),
        (("rate", [1, 2], -1.0), "weight"),
        (("rate", [1, 2], math.nan), "weight"),
    ],
)
def test_bad_items_are_refused_in_words(item: Any, words: str) -> None:
    for over_items in (c.index, c.chance_level):
        with pytest.raises(ValueError, match=words):
            over_items([item])


def test_no_ranks_are_an_empty_table() -> None:
    assert valid_ranks([]).shape == (0, 0)
