"""Intervals: real deliberations, coverage, and what always holds."""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests import coverage
from tests.real import HERE, SHARED, FloatArray, counted, deliberation, needs
from workshop.convergence import change_interval, index, kendall_w, level_interval
from workshop.intervals import Lead, change, expanded_tail, lead, matched_panel
from workshop.resampling import consensus_of_items, keep, measurable, parse, people_first

ROUNDS = SHARED / "rounds"
ELSEWHERE = ["Aargau", "Fremantle", "Mayo", "Thalwill", "USTER", "Winterthur"]
CASES = [
    *(pytest.param(HERE / "forest", c, id=c) for c in ("Forest Stakeholder", "Forest Lay Citizen")),
    *(pytest.param(ROUNDS, c, id=c, marks=needs(ROUNDS)) for c in ELSEWHERE),
]
ONE_WIDE = [("rate", 5), ("rate", 2), ("slider", 11), ("agree", 3), ("yesno", 2), ("choose", 4)]
WIDE = [("several", 3), ("rank", 3), ("allocate", 4)]

few = settings(max_examples=25, deadline=None)


@st.composite
def rooms(draw: st.DrawFn, kinds: list[tuple[str, int]] | None = None) -> Any:
    """Kinds, and two rounds of answers to them with gaps."""
    chosen = kinds or draw(st.lists(st.sampled_from(ONE_WIDE + WIDE), min_size=1, max_size=5))
    n = draw(st.integers(0, 12))
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    gaps = draw(st.sampled_from([0.0, 0.3, 0.9]))
    return chosen, *(answers(generator, chosen, n, gaps) for _ in range(2))


def answers(
    generator: np.random.Generator, kinds: list[tuple[str, int]], n: int, gaps: float
) -> FloatArray:
    columns: list[FloatArray] = []
    for kind, k in kinds:
        if kind == "rank":
            block = generator.permuted(np.tile(np.arange(1.0, k + 1), (n, 1)), axis=1)
        elif kind == "allocate":
            block = generator.multinomial(10, [1 / k] * k, size=n).astype(float)
        elif kind == "several":
            block = generator.integers(1, 3, (n, k)).astype(float)
        else:
            block = generator.integers(1, k + 1, (n, 1)).astype(float)
        block[generator.random(n) < gaps] = np.nan
        columns.append(block)
    return np.hstack(columns)


def index_by_hand(kinds: list[tuple[str, int]], table: FloatArray) -> float | None:
    """The index from `workshop.items`, the counts taken column by column."""
    items: list[Any] = []
    start = 0
    for kind, k in kinds:
        width = k if kind in ("several", "rank", "allocate") else 1
        block = table[:, start : start + width]
        start += width
        if kind in ("rank", "allocate"):
            items.append((kind, block[~np.isnan(block).any(axis=1)]))
        elif kind == "several":
            items.append((kind, counted(block, 2)))
        else:
            items.append((kind, counted(block, k)[0]))
    return index(items)


# Real deliberations


@pytest.mark.parametrize(("folder", "case"), CASES)
def test_deliberations_have_the_printed_consensus_and_change(folder: Any, case: str) -> None:
    found = deliberation(folder, case)
    k = found.reference["k"]
    before, after = (
        index(("rate", row) for row in counted(table, k)) for table in (found.before, found.after)
    )
    assert before is not None and after is not None
    assert before == pytest.approx(found.reference["cns_pre"], abs=0.0051)
    assert after == pytest.approx(found.reference["cns_post"], abs=0.0051)
    assert change(found.before, found.after, found.kinds) == pytest.approx(after - before)
    assert after - before == pytest.approx(found.reference["delta"], abs=0.0051)


@pytest.mark.parametrize(("folder", "case"), CASES)
def test_intervals_of_deliberations_lie_near_the_percentile_ones(folder: Any, case: str) -> None:
    """Those are plain percentiles: ours are expanded, so a little wider, and claim the same."""
    found = deliberation(folder, case)
    low, high = change_interval(found.before, found.after, found.kinds, 1) or (0, 0)
    wanted = found.reference["delta_lo"], found.reference["delta_hi"]
    assert wanted[0] - 2.5 <= low <= wanted[0] + 0.3
    assert wanted[1] - 0.3 <= high <= wanted[1] + 2.5
    assert (low > 0 or high < 0) == (wanted[0] > 0 or wanted[1] < 0)
    level = level_interval(found.before, found.kinds, 1) or (0, 0)
    assert level == pytest.approx(found.reference["ci_pre"], abs=3)


# How often they hold what they should


CASES_OF_COVERAGE = [(w, n, t) for w, (t, sizes) in coverage.CASES.items() for n in sizes]


@pytest.mark.parametrize(("what", "n", "target"), CASES_OF_COVERAGE)
def test_coverage_of_a_few_rooms(what: str, n: int, target: float) -> None:
    """A short run of `python -m tests.coverage`, which says it to a percent."""
    for population in coverage.POPULATIONS:
        row = coverage.simulate(what, population, n, target, times=30, seed=3)
        assert row.coverage + 3 * row.error >= target, population


def test_coverage_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert coverage.main(["--repetitions", "4", "--seed", "2"]) in (0, 1)
    lines = capsys.readouterr().out.strip().splitlines()
    assert len(lines) == 1 + 4 * 2 * 3
    assert lines[1].split()[:4] == ["level", "middling", "10", "4"]


@pytest.mark.parametrize("n", [2, 15, 30, 3000])
def test_the_tail_is_hesterbergs(n: int) -> None:
    wanted = stats.norm.cdf(-math.sqrt(n / (n - 1)) * stats.t.ppf(0.975, n - 1))
    assert expanded_tail(n) == pytest.approx(wanted, rel=1e-9)
    assert expanded_tail(n) < 0.025


# What always holds


@few
@given(rooms(), st.integers(0, 99))
def test_the_index_lies_inside_its_interval(room: Any, seed: int) -> None:
    kinds, table, _ = room
    value, found = index_by_hand(kinds, table), level_interval(table, kinds, seed)
    assert (found is None) == (value is None)
    if found is not None and value is not None:
        assert 0 <= found[0] <= value <= found[1] <= 100


@few
@given(rooms(), st.integers(0, 99))
def test_the_change_lies_inside_its_interval(room: Any, seed: int) -> None:
    kinds, before, after = room
    value, found = change(before, after, kinds), change_interval(before, after, kinds, seed)
    if value is None or matched_panel(before, after).sum() < 2:
        assert found is None
    if found is not None and value is not None:
        assert -100 <= found[0] <= value <= found[1] <= 100


@few
@given(rooms(), st.randoms(use_true_random=False))
def test_order_of_people_and_items_changes_nothing(room: Any, random: Any) -> None:
    kinds, before, after = room
    people = list(range(len(before)))
    items = list(range(len(kinds)))
    random.shuffle(people)
    random.shuffle(items)
    widths = [k if kind in ("several", "rank", "allocate") else 1 for kind, k in kinds]
    starts = np.cumsum([0, *widths])
    columns = [c for i in items for c in range(starts[i], starts[i] + widths[i])]
    shuffled = [table[people][:, columns] for table in (before, after)]
    renamed = [kinds[i] for i in items]
    assert level_interval(shuffled[0], renamed, 5) == level_interval(before, kinds, 5)
    assert change_interval(*shuffled, renamed, 5) == change_interval(before, after, kinds, 5)


def test_order_changes_nothing_in_a_large_room() -> None:
    generator = np.random.default_rng(4)
    kinds = [("rate", 5)] * 25
    table = generator.integers(1, 6, (1000, 25)).astype(float)
    people, items = generator.permutation(1000), generator.permutation(25)
    found = level_interval(table, kinds, 1)
    assert found == level_interval(table[people][:, items], kinds, 1)
    assert found != level_interval(table, kinds, 2)


@few
@given(rooms([("rate", 5), ("rate", 5), ("slider", 7)]))
def test_mirrored_scales_have_the_same_interval_but_for_the_draw(room: Any) -> None:
    kinds, table, _ = room
    mirrored = np.array([6, 6, 8]) - table
    found, other = level_interval(table, kinds, 1), level_interval(mirrored, kinds, 1)
    assert (found is None) == (other is None)
    assert found is None or found == pytest.approx(other, abs=6)


def test_all_of_one_opinion_is_no_proof_of_unanimity() -> None:
    """The ghost knows that the next voter might disagree; the more have spoken, the less."""
    widths = []
    for n in (1, 5, 30, 300):
        low, high = level_interval(np.full((n, 3), 4.0), [("rate", 5)] * 3, 1) or (0, 0)
        assert high == 100
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 4


def test_weights_are_those_of_the_index() -> None:
    table = np.column_stack((np.full(30, 3.0), np.repeat([1.0, 5.0], 15)))
    kinds = [("rate", 5), ("rate", 5)]
    first = level_interval(table, kinds, 1, weights=[1, 0])
    assert first == level_interval(table[:, :1], kinds[:1], 1)
    assert level_interval(table, kinds, 1, weights=[0, 0]) is None
    assert change(table, table[:, ::-1], kinds, weights=[1, 0]) == pytest.approx(-100)


def test_nobody_is_none() -> None:
    kinds = [("rate", 5)] * 2
    nothing = np.full((4, 2), np.nan)
    assert level_interval([], kinds, 1) is None
    assert level_interval(nothing, kinds, 1) is None
    assert change_interval(nothing, nothing, kinds, 1) is None
    assert change(nothing, nothing, kinds) is None
    # One person's change has a value and no spread; unlike items have no change at all.
    one = np.array([[1.0, 2.0]])
    assert change(one, one, kinds) == 0
    assert change_interval(one, one, kinds, 1) is None
    halves = np.array([[1.0, np.nan]] * 9), np.array([[np.nan, 1.0]] * 9)
    assert change_interval(*halves, kinds, 1) is None


def test_only_who_answered_what_is_compared_counts() -> None:
    """Somebody who answered only an item that was not asked again is not one of the n."""
    before = np.array([[1, np.nan], [5, np.nan], [np.nan, 2.0], [3, np.nan]])
    after = np.array([[2, np.nan], [5, np.nan], [np.nan, np.nan], [3, np.nan]])
    stayed = [0, 1, 3]
    kinds = [("rate", 5), ("rate", 5)]
    found = change_interval(before, after, kinds, 1)
    assert found == change_interval(before[stayed][:, :1], after[stayed][:, :1], kinds[:1], 1)
    # The third now answered the first item afterwards, and only the second one before.
    after[2, 0] = 1.0
    assert change_interval(before, after, kinds, 1) == found


def test_the_matched_panel_answered_both_rounds() -> None:
    before = np.array([[1, np.nan], [np.nan, np.nan], [2, 2.0]])
    after = np.array([[np.nan, 3], [1, 1], [np.nan, np.nan]])
    assert matched_panel(before, after).tolist() == [True, False, False]
    with pytest.raises(ValueError, match="same people"):
        matched_panel(before, after[:2])


@few
@given(st.integers(2, 9), st.integers(2, 5), st.integers(0, 2**32))
def test_equal_weights_give_kendalls_mean_correlation(n: int, k: int, seed: int) -> None:
    """With ties, and with people who ranked alike."""
    ranks = np.random.default_rng(seed).integers(1, k + 1, (n, k)).astype(float)
    table = parse(ranks, [("rank", k)], None)
    found = kendall_w(ranks)
    assert measurable(table) == (found is not None,)
    if found is not None:
        table = people_first(table)
        value = consensus_of_items(table, np.ones((1, n)), None)[0, 0]
        assert value == pytest.approx(found.r_bar, abs=1e-9)


def test_items_without_an_answer_are_left_out() -> None:
    table = np.column_stack((np.tile([1.0, 2.0], 10), np.full(20, np.nan)))
    both = level_interval(table, [("rate", 5), ("rate", 7)], 1)
    assert both == level_interval(table[:, :1], [("rate", 5)], 1)
    parsed = parse(table, [("rate", 5), ("rate", 7)], None)
    assert len(keep(parsed, measurable(parsed)).parts) == 1


# Which option leads


def test_a_lead_holds_or_not() -> None:
    clear = np.repeat(np.eye(3), [20, 5, 5], axis=0)
    narrow = np.repeat(np.eye(3), [11, 10, 9], axis=0)
    tied = np.repeat(np.eye(3), [10, 10, 4], axis=0)
    assert lead(clear, 1) == Lead((0,), holds=True)
    assert lead(narrow, 1) == Lead((0,), holds=False)
    assert lead(tied, 1) == Lead((0, 1), holds=False)
    assert lead(np.full((3, 2), np.nan), 1) is None
    assert lead(clear[::-1, ::-1], 1) == Lead((2,), holds=True)
    with pytest.raises(ValueError, match="two or more"):
        lead([[1.0]], 1)


# What is refused, and how fast


@pytest.mark.parametrize(
    ("table", "kinds", "words"),
    [
        ([[6.0]], [("rate", 5)], "1 to 5"),
        ([[0.0]], [("rate", 5)], "1 to 5"),
        ([[1.5]], [("rate", 5)], "1 to 5"),
        ([[math.inf]], [("rate", 5)], "1 to 5"),
        ([[3.0, 1.0]], [("several", 2)], "1 to 2"),
        ([[1.0, 1.0]], [("rate", 5)], "1 columns"),
        ([1.0, 1.0], [("rate", 5)], "people x columns"),
        ([[1.0]], [("shout", 5)], "no kind of item"),
        ([[1.0]], [("agree", 5)], "5 categories"),
        ([[1.0]], [("rate", 1)], "1 categories"),
    ],
)
def test_bad_answers_are_refused_in_words(table: Any, kinds: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        level_interval(table, kinds, 1)
    with pytest.raises(ValueError, match=words):
        change_interval(table, table, kinds, 1)


def test_bad_weights_are_refused() -> None:
    for weights, words in (([1.0, 2.0], "2 weights"), ([-1.0], "0 or more"), ([math.nan], "0 or")):
        with pytest.raises(ValueError, match=words):
            level_interval([[1.0]], [("rate", 5)], 1, weights=weights)


@pytest.mark.parametrize(("people", "seconds"), [(30, 0.15), (3000, 1.5)])
def test_the_bootstrap_of_a_cluster_is_quick(people: int, seconds: float) -> None:
    """By processor time of one thread and twice the limit: the machine may be busy, or slow."""
    kinds = [("rate", 5)] * 25
    table = np.random.default_rng(1).integers(1, 6, (people, 25)).astype(float)
    level_interval(table[:10], kinds, 1)
    taken = []
    for _ in range(3):
        start = time.process_time()
        level_interval(table, kinds, 1)
        taken.append(time.process_time() - start)
    assert min(taken) < 2 * seconds
