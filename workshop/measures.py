"""The measures of agreement: what one item's answers say.

Pure functions. `counts` are answers per category, lowest category first; abstentions are never
among them. They need not be whole (a bootstrap weighs people), and only their proportions matter.
Every measure of nothing is None: no answers is neither agreement nor the lack of it.

In the formulas `p` is the share of a category, `F` the cumulative share, `x` = 1..k the
categories, `n` the number of answers.

Sources
    Tastle, W. J., & Wierman, M. J. (2007). Consensus and dissention: A measure of ordinal
        dispersion. International Journal of Approximate Reasoning, 45(3).
    Leik, R. K. (1966). A measure of ordinal consensus. Pacific Sociological Review, 9(2).
    van der Eijk, C. (2001). Measuring agreement in ordered rating scales.
        Quality & Quantity, 35(3).
    Blair, J., & Lacy, M. G. (2000). Statistics of ordinal variation.
        Sociological Methods & Research, 28(3).
    Kendall, M. G., & Babington Smith, B. (1939). The problem of m rankings.
        Annals of Mathematical Statistics, 10(3).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

FloatArray = NDArray[np.float64]

MIN_STEPS: Final = 2
"""A scale has at least two categories, a ranking two objects."""

MIN_STEPS_VAN_DER_EIJK: Final = 3
"""His agreement looks at triples of categories, so it needs three."""

MIN_RATERS: Final = 2
"""One ranking agrees with nothing."""


def consensus_rows(counts2d: ArrayLike) -> FloatArray:
    """Tastle and Wierman's consensus of many rows of counts at once.

    `1 + Σ pᵢ·log₂(1 − |xᵢ − μ|/(k − 1))`, `μ` the mean, `0·log 0 = 0`: 0 for two equal camps at
    the poles, 1 when unanimous; at k = 2 it is 1 − H₂(p).

    Args:
        counts2d: rows × k, or any shape whose last axis is the k ≥ 2 categories.

    Returns:
        One value in 0..1 per row. A row without answers has none: as an array holds no None, it
        is NaN there, and only there.

    Raises:
        ValueError: a negative or non-finite count, fewer than two categories.
    """
    return _tastle_wierman(valid_counts(counts2d))


def tastle_wierman(counts: ArrayLike) -> float | None:
    """Consensus of one row of counts; formula, range and errors as in `consensus_rows`.

    This is the headline measure of every ordered item. One answer, or all the same: 1.
    None without answers.
    """
    row = valid_row(counts)
    return float(_tastle_wierman(row)) if row.any() else None


def leik(counts: ArrayLike) -> float | None:
    """Leik's (1966) ordinal dispersion D: `2·Σ_{i<k} min(Fᵢ, 1 − Fᵢ)/(k − 1)`.

    In plain words: twice the mean distance from the median, as a share of the scale's length.
    0 unanimous, 1 two equal camps at the poles. None without answers.

    Raises:
        ValueError: a negative or non-finite count, fewer than two categories.
    """
    p = _shares(counts)
    if p is None:
        return None
    below = np.cumsum(p)[:-1]
    return _clip(2.0 * np.minimum(below, 1.0 - below).mean(), 0.0, 1.0)


def blair_lacy(counts: ArrayLike) -> float | None:
    """Blair and Lacy's (2000) ordinal concentration l²: `4·Σ_{i<k} (Fᵢ − ½)²/(k − 1)`.

    0 two equal camps at the poles, 1 unanimous. None without answers.

    Raises:
        ValueError: a negative or non-finite count, fewer than two categories.
    """
    p = _shares(counts)
    if p is None:
        return None
    below = np.cumsum(p)[:-1]
    return _clip(4.0 * np.square(below - 0.5).mean(), 0.0, 1.0)


def van_der_eijk(counts: ArrayLike) -> float | None:
    """Van der Eijk's (2001) agreement A: −1 polarised, 0 uniform, 1 unanimous.

    The counts are cut into horizontal layers, each a pattern of full and empty categories and
    weighted by its share of the answers; A is the weighted mean of the layers' agreements
    `U·(1 − (S − 1)/(K − 1))` with `U = ((K − 2)·TU − (K − 1)·TDU)/((K − 2)·(TU + TDU))`.
    Over all triples of categories, in order, TU are the patterns 110 and 011, TDU the patterns
    101; S full categories of K. U is 1 where S = 1, and 0 where there is no such triple.

    Reported, never the headline: half on 2 and half on 4 of 5 gives +0.17. None without answers
    and for fewer than three categories, where there are no triples.

    Raises:
        ValueError: a negative or non-finite count, fewer than two categories.
    """
    p = _shares(counts)
    if p is None or len(p) < MIN_STEPS_VAN_DER_EIJK:
        return None
    levels = np.unique(p[p > 0])
    heights = np.diff(levels, prepend=0.0)
    agreement = 0.0
    for level, height in zip(levels, heights, strict=True):
        full = p >= level
        agreement += float(height) * int(full.sum()) * _layer_agreement(full)
    return _clip(agreement, -1.0, 1.0)


def nominal_consensus(counts: ArrayLike) -> float | None:
    """Agreement on options without order: `1 − H/log₂ k`, H the entropy of the shares in bits.

    0 all options equally chosen, 1 unanimous; at k = 2 it is 1 − H₂(p). Mirroring or shuffling
    the options changes nothing. None without answers.

    Raises:
        ValueError: a negative or non-finite count, fewer than two options.
    """
    p = _shares(counts)
    if p is None:
        return None
    entropy = float(special.entr(p).sum()) / math.log(len(p))
    return _clip(1.0 - entropy, 0.0, 1.0)


def median(counts: ArrayLike) -> float | None:
    """The median category, 1..k; halfway between two where the answers split evenly (3.5).

    None without answers.

    Raises:
        ValueError: a negative or non-finite count, fewer than two categories.
    """
    row = valid_row(counts)
    if not row.any():
        return None
    upto = np.cumsum(row)
    half = upto[-1] / 2.0
    lower = int(np.searchsorted(upto, half, side="left"))
    upper = int(np.searchsorted(upto, half, side="right"))
    return 1.0 + (lower + upper) / 2.0


@dataclass(frozen=True, slots=True)
class KendallW:
    """How far rankings agree; `W, chi2, p = kendall_w(ranks)` works too.

    Attributes:
        W: coefficient of concordance, corrected for ties, 0..1. Random rankings give 1/m.
        chi2: `m·(k − 1)·W`, which is Friedman's statistic, with k − 1 degrees of freedom.
        p: probability of a chi² at least as large, were the rankings random.
        r_bar: `max(0, (m·W − 1)/(m − 1))`, the mean rank correlation of two raters, 0..1.
        raters: m.
        objects: k.
    """

    W: float
    chi2: float
    p: float
    r_bar: float
    raters: int
    objects: int

    def __iter__(self) -> Iterator[float]:
        return iter((self.W, self.chi2, self.p))


def kendall_w(ranks: ArrayLike) -> KendallW | None:
    """Kendall's W of m raters who each ranked the same k objects, corrected for ties.

    `W = 12·Σ(Rⱼ − R̄)²/(m²·(k³ − k) − m·ΣT)`, Rⱼ the rank sum of an object and ΣT the sum of
    t³ − t over every rater's groups of t tied objects (Kendall & Babington Smith 1939).

    Args:
        ranks: raters × objects. Only the order within a rater counts, so ratings or allotted
            points do as well; equal values are ties and share their mean rank.

    Returns:
        None where nothing can be said: fewer than two raters or two objects, or every rater
        holding all objects equal.

    Raises:
        ValueError: not raters × objects, or a rank that is missing or not finite.
    """
    table = valid_ranks(ranks)
    m, k = table.shape
    if m < MIN_RATERS or k < MIN_STEPS:
        return None
    smaller = (table[:, None, :] < table[:, :, None]).sum(axis=2)
    equal = (table[:, None, :] == table[:, :, None]).sum(axis=2, dtype=np.int64)
    rank_sums = (smaller + (equal + 1) / 2.0).sum(axis=0)
    # A group of t tied objects meets this sum t times, each with t² − 1: together t³ − t.
    ties = int((np.square(equal) - 1).sum())
    possible = m**2 * (k**3 - k) - m * ties
    if possible == 0:
        return None
    spread = float(np.square(rank_sums - m * (k + 1) / 2.0).sum())
    w = _clip(12.0 * spread / possible, 0.0, 1.0)
    chi2 = m * (k - 1) * w
    r_bar = max(0.0, (m * w - 1.0) / (m - 1.0))
    return KendallW(w, chi2, float(special.chdtrc(k - 1, chi2)), r_bar, m, k)


# The formulas' inner parts, on arrays that were looked at already


def _tastle_wierman(counts: FloatArray) -> FloatArray:
    total = counts.sum(axis=-1, keepdims=True)
    p = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    k = counts.shape[-1]
    steps = np.arange(k, dtype=np.float64)
    # Not `p @ steps`: that adds up many rows in another order than one, and the last digit shows.
    mean = (p * steps).sum(axis=-1)
    nearness = 1.0 - np.abs(steps - mean[..., None]) / (k - 1)
    # Whoever stands on a step is no distance from it, so its nearness can't be below its share:
    # where rounding says otherwise (a share lost beside a huge one), log 0 would be infinite.
    logs = np.log2(np.where(p > 0, np.maximum(nearness, p), 1.0))
    value = np.clip(1.0 + (p * logs).sum(axis=-1), 0.0, 1.0)
    return np.where(total[..., 0] > 0, value, np.nan)


def _layer_agreement(full: NDArray[np.bool_]) -> float:
    """U·(1 − (S − 1)/(K − 1)) of one layer; the triples are counted by their middle."""
    k = len(full)
    size = int(full.sum())
    if size == 1:
        return 1.0
    ones = full.astype(np.int64)
    full_before = np.cumsum(ones) - ones
    full_after = size - full_before - ones
    empty_before = np.arange(k) - full_before
    empty_after = k - size - (1 - ones) - empty_before
    # A full category in the middle of 110 or of 011; an empty one in the middle of 101.
    unimodal = int((full_before * empty_after + empty_before * full_after)[full].sum())
    divided = int((full_before * full_after)[~full].sum())
    if unimodal + divided == 0:
        return 0.0
    u = ((k - 2) * unimodal - (k - 1) * divided) / ((k - 2) * (unimodal + divided))
    return u * (1.0 - (size - 1) / (k - 1))


def _clip(value: float, low: float, high: float) -> float:
    """Takes off what rounding put beyond a measure's range."""
    return min(max(float(value), low), high)


# What may come in


def _numbers(values: ArrayLike, what: str) -> FloatArray:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{what} must be numbers, in rows of equal length.") from error
    return array


def valid_counts(counts: ArrayLike) -> FloatArray:
    """Counts as an array whose last axis is the categories.

    Raises:
        ValueError: a negative or non-finite count, fewer than two categories.
    """
    array = _numbers(counts, "Counts")
    if array.ndim == 0 or array.shape[-1] < MIN_STEPS:
        raise ValueError("Counts need at least two categories.")
    if (array < 0).any():
        raise ValueError("A count can't be negative.")
    with np.errstate(over="ignore"):
        total = array.sum(axis=-1)
    if not np.isfinite(total).all():
        raise ValueError("Counts must be finite, and so must their sum.")
    return array


def valid_row(counts: ArrayLike) -> FloatArray:
    """The counts of one item, as `valid_counts`, and refused when they are more than a row."""
    array = valid_counts(counts)
    if array.ndim != 1:
        raise ValueError("Counts of one item are one row: a number per category.")
    return array


def valid_ranks(ranks: ArrayLike) -> FloatArray:
    """Ranks as raters × objects; nobody's ranks are an empty table.

    Raises:
        ValueError: another shape, or a rank that is missing or not finite.
    """
    array = _numbers(ranks, "Ranks")
    if array.size == 0:
        return np.empty((0, 0))
    if array.ndim != 2:
        raise ValueError("Ranks are a table: raters x objects.")
    if not np.isfinite(array).all():
        raise ValueError("Every rater must have ranked every object, with finite numbers.")
    return array


def _shares(counts: ArrayLike) -> FloatArray | None:
    """Valid counts as shares that add up to 1; None where there are no answers."""
    row = valid_row(counts)
    return row / row.sum() if row.any() else None
