"""What people did between two rounds: who stayed, who moved, and what the missing could change.

Converged and stable are two things: a room may disagree as calmly as it agrees (von der Gracht
2012: consensus is no stopping rule). Pure functions on answers 1..k, NaN where there is none.

Sources
    von der Gracht, H. A. (2012). Consensus measurement in Delphi studies. Technological
        Forecasting and Social Change, 79(8).
    Cohen, J. (1968). Weighted kappa. Psychological Bulletin, 70(4).
    Wilcoxon, F. (1945). Individual comparisons by ranking methods. Biometrics Bulletin, 1(6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workshop.items import POINTS, item_consensus
from workshop.measures import MIN_STEPS, FloatArray, consensus_rows
from workshop.resampling import NOMINAL, RANKED, Kinds, Part, index_of, parse, steps_of

EXACT: Final = 50
"""Up to so many people who moved, and no two as far, Wilcoxon's p is exact."""


def flows(before: ArrayLike, after: ArrayLike, k: int) -> NDArray[np.int64]:
    """Who moved from where to where: k × k, people by their answer before (row) and after.

    Args:
        before, after: one item's answers 1..k of the same people, NaN where there is none; who
            has not given both is left out.
        k: the steps, two or more.

    Raises:
        ValueError: rows of unequal length, or an answer that is none of 1..k.
    """
    first, second = _answered_both(before, after, k)
    table = np.zeros((k, k), dtype=np.int64)
    np.add.at(table, (first - 1, second - 1), 1)
    return table


def share_unchanged(before: ArrayLike, after: ArrayLike) -> float | None:
    """The share of answers, of those given in both rounds, that are the same: 0..1.

    Args:
        before, after: arrays of the same shape (people, or people × items), NaN for no answer.

    Returns:
        None where nothing was answered twice.

    Raises:
        ValueError: arrays of unequal shape.
    """
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if first.shape != second.shape:
        raise ValueError("Both rounds must hold the same people and the same items.")
    both = ~np.isnan(first) & ~np.isnan(second)
    return float((first == second)[both].mean()) if both.any() else None


def weighted_kappa(before: ArrayLike, after: ArrayLike, k: int) -> float | None:
    """Cohen's kappa with quadratic weights: `1 − Σ(i−j)²·oᵢⱼ / Σ(i−j)²·eᵢⱼ`.

    o are the shares of the pairs of answers, e what they would be if after had nothing to do
    with before. 1 nobody moved, 0 as if answered afresh, below 0 turned round. Whether somebody
    moved one step or four matters, which share unchanged doesn't see.

    Arguments and errors as `flows`.

    Returns:
        −1..1; None where nothing was answered twice, or all gave one and the same answer both
        times: then there is no disagreement to expect, and nothing to compare with.
    """
    table = flows(before, after, k)
    n = int(table.sum())
    if n == 0:
        return None
    apart = np.square(np.subtract.outer(np.arange(k), np.arange(k)))
    expected = float((apart * np.outer(table.sum(axis=1), table.sum(axis=0))).sum()) / n
    if expected == 0:
        return None
    return min(max(1.0 - float((apart * table).sum()) / expected, -1.0), 1.0)


@dataclass(frozen=True, slots=True)
class Wilcoxon:
    """The signed-rank test: whether those who moved, moved more one way.

    Attributes:
        statistic: the smaller of the two sums of ranks.
        p: two-sided.
        moved: how many moved at all; who stayed is left out.
    """

    statistic: float
    p: float
    moved: int


def warm() -> None:
    """Import what a test needs, ahead of time: it takes a second, and a stage shouldn't wait."""
    from scipy import stats  # noqa: F401


def wilcoxon(before: ArrayLike, after: ArrayLike) -> Wilcoxon | None:
    """Wilcoxon's signed-rank test of the people who answered both rounds (one item).

    Ties share their mean rank, who stayed is left out. Exact where no two moved as far and at
    most `EXACT` did, else with the normal approximation and its correction for ties.

    Returns:
        None where nobody moved, or nobody answered twice.

    Raises:
        ValueError: rows of unequal length.
    """
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if first.ndim != 1 or first.shape != second.shape:
        raise ValueError("Both rounds must be one item's answers of the same people.")
    moved = second - first
    moved = moved[~np.isnan(moved) & (moved != 0)]
    if not len(moved):
        return None
    # The import takes a second, and most of what imports this module never asks for a test.
    from scipy import stats

    untied = len(np.unique(np.abs(moved))) == len(moved)
    method = "exact" if untied and len(moved) <= EXACT else "asymptotic"
    found = stats.wilcoxon(moved, method=method)
    return Wilcoxon(float(found.statistic), float(found.pvalue), len(moved))


@dataclass(frozen=True, slots=True)
class Stability:
    """One item between two rounds, of the people who answered it in both.

    Attributes:
        n: those people.
        flows: k × k counts, from the row's step to the column's, as tuples.
        unchanged: share who gave the same answer.
        up, down: how many moved up, and down, the scale.
        mean_move: mean of after − before, in steps.
        kappa: `weighted_kappa`.
        test: `wilcoxon`.
    """

    n: int
    flows: tuple[tuple[int, ...], ...]
    unchanged: float
    up: int
    down: int
    mean_move: float
    kappa: float | None
    test: Wilcoxon | None


def stability(before: ArrayLike, after: ArrayLike, k: int) -> Stability | None:
    """All of the above for one item; arguments and errors as `flows`, None without any pair."""
    table = flows(before, after, k)
    n = int(table.sum())
    if n == 0:
        return None
    steps = np.subtract.outer(-np.arange(k), -np.arange(k))
    return Stability(
        n=n,
        flows=tuple(tuple(int(x) for x in row) for row in table),
        unchanged=int(np.trace(table)) / n,
        up=int(np.triu(table, 1).sum()),
        down=int(np.tril(table, -1).sum()),
        mean_move=float((steps * table).sum()) / n,
        kappa=weighted_kappa(before, after, k),
        test=wilcoxon(before, after),
    )


# What the missing could change


@dataclass(frozen=True, slots=True)
class MissingRevotes:
    """The change of the index if the missing had voted again, in points −100..100.

    Attributes:
        carried: each with the last answer they gave.
        worst, best: the lowest and the highest that any answers of theirs could make of it.
        people: how many gave an answer before that they didn't give again.
    """

    carried: float
    worst: float
    best: float
    people: int


def missing_revotes(
    before: ArrayLike, after: ArrayLike, kinds: Kinds, weights: Sequence[float] | None = None
) -> MissingRevotes | None:
    """How far those who answered before, and not again, could change the change.

    Of everybody who answered before. The index before is that of all their answers, the index
    after of their later answers and, for each answer that was given before and not again,
    (carried) the answer of before, or (worst, best) whatever would make the consensus of the
    item lowest or highest. Those two are exact for ordered items (see `_ordered_bounds`), for
    choices (see `_nominal_bounds`) and for several; a ranking counts as 0 and 1.

    Args:
        before, after, kinds, weights: as for `workshop.intervals.change_interval`.

    Returns:
        None where nobody answered before.

    Raises:
        ValueError: as `change_interval`.
    """
    tables = [parse(answers, kinds, weights) for answers in (before, after)]
    if tables[0].rows.shape != tables[1].rows.shape:
        raise ValueError("Both rounds must be tables of the same people and the same items.")
    there = (~np.isnan(tables[0].rows)).any(axis=1)
    old, new = tables[0].rows[there], tables[1].rows[there]
    missing = ~np.isnan(old) & np.isnan(new)
    start = index_of(tables[0])
    if start is None:
        return None
    filled = np.where(missing, old, new)
    lows, highs, carried = [], [], []
    for part in tables[0].parts:
        columns = list(part.columns)
        if np.isnan(old[:, columns]).all():
            continue  # It was not asked before, so there is no change of it.
        bounds = _bounds(part, new[:, columns], missing[:, columns])
        if bounds is None:
            continue
        value = _consensus(part, filled[:, columns])
        lows.append((bounds[0], part.weight))
        highs.append((bounds[1], part.weight))
        carried.append((bounds[0] if value is None else value, part.weight))
    total = sum(weight for _, weight in lows)
    if not total:
        return None

    def change_to(values: list[tuple[float, float]]) -> float:
        return POINTS * sum(v * w for v, w in values) / total - start

    people = int(missing.any(axis=1).sum())
    return MissingRevotes(change_to(carried), change_to(lows), change_to(highs), people)


def _consensus(part: Part, cells: FloatArray) -> float | None:
    if part.kind in RANKED:
        return item_consensus(part.kind, cells[~np.isnan(cells).any(axis=1)])
    rows = [_counts(column, steps_of(part)) for column in cells.T]
    return item_consensus(part.kind, rows if part.kind == "several" else rows[0])


def _bounds(
    part: Part, cells: FloatArray, missing: NDArray[np.bool_]
) -> tuple[float, float] | None:
    """The lowest and the highest consensus of an item; None where it has no answer at all."""
    if part.kind in RANKED:
        value = _consensus(part, cells)
        if missing.any():
            return 0.0, 1.0
        return None if value is None else (value, value)
    found = []
    for column, gaps in zip(cells.T, missing.T, strict=True):
        counts, m = _counts(column, steps_of(part)), int(gaps.sum())
        if counts.sum() + m:
            nominal = part.kind in NOMINAL
            found.append(_nominal_bounds(counts, m) if nominal else _ordered_bounds(counts, m))
    if not found:
        return None
    lows, highs = zip(*found, strict=True)
    return sum(lows) / len(lows), sum(highs) / len(highs)


def _ordered_bounds(counts: FloatArray, m: int) -> tuple[float, float]:
    """The lowest and highest consensus that m more answers can make.

    Dissent is the mean of a convex function of the distance from the mean. Two of the m who move
    one step apart each, the mean staying, can only raise it: so it is highest with all of them
    at the poles but for one at most. Moving together lowers it: so it is lowest with all of them
    on two neighbouring steps.
    """
    k = len(counts)
    ends, near = [], []
    for a in range(m + 1):
        poles = counts.copy()
        poles[0] += a
        if a < m:
            for c in range(k):
                one = poles.copy()
                one[-1] += m - a - 1
                one[c] += 1
                ends.append(one)
        else:
            ends.append(poles)
        for step in range(k - 1):
            two = counts.copy()
            two[step] += a
            two[step + 1] += m - a
            near.append(two)
    return float(consensus_rows(ends).min()), float(consensus_rows(near).max())


def _nominal_bounds(counts: FloatArray, m: int) -> tuple[float, float]:
    """As `_ordered_bounds`, without order: one by one on the rarest option, or all on one."""
    even = counts.copy()
    for _ in range(m):
        even[int(even.argmin())] += 1
    alike = counts.copy()
    alike[int(alike.argmax())] += m
    found = [item_consensus("choose", row) for row in (even, alike)]
    return found[0] or 0.0, found[1] or 0.0


def _counts(column: FloatArray, k: int) -> FloatArray:
    given = column[~np.isnan(column)].astype(np.int64)
    return np.bincount(given - 1, minlength=k).astype(np.float64)


def _answered_both(
    before: ArrayLike, after: ArrayLike, k: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if k < MIN_STEPS or first.ndim != 1 or first.shape != second.shape:
        raise ValueError("Both rounds must be one item's answers of the same people.")
    both = ~np.isnan(first) & ~np.isnan(second)
    pair = np.stack((first[both], second[both]))
    if ((pair < 1) | (pair > k) | (pair != np.floor(pair))).any():
        raise ValueError(f"An answer must be one of 1 to {k}, or NaN where there is none.")
    whole = pair.astype(np.int64)
    return whole[0], whole[1]
