"""How near two strands are over several items: the mean distance, its floor, and its chance.

Beside `workshop.strands`, which compares one item: here people are dealt out again with all
their answers, since answers of one person belong together.

Source
    Good, P. (2005). Permutation, Parametric and Bootstrap Tests of Hypotheses. Springer, ch. 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workshop.measures import FloatArray
from workshop.strands import TOLERANCE

DIVISIONS: Final = 1999
"""Random divisions of all people; the smallest p is 1/2,000."""

BLOCK: Final = 1 << 21
"""About so many memberships are held at a time."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """Two strands over several items.

    Attributes:
        distance: the mean over the items of `strands.earth_movers`, 0..1.
        floor: the same on average of random divisions of all these people in two groups of the
            same sizes: the distance that chance alone gives.
        p: how often such a division is at least as far apart, never 0.
        items: how many items both answered.
    """

    distance: float
    floor: float
    p: float
    items: int


def nearness(a: ArrayLike, b: ArrayLike, steps: Sequence[int], seed: int) -> Nearness | None:
    """Compare two groups of people over items of ordered categories.

    Args:
        a, b: people × items each, 1..k and NaN where there is no answer.
        steps: k per item.
        seed: the same answers give the same result, in whatever order the people come.

    Returns:
        None where no item has an answer in both groups.

    Raises:
        ValueError: tables that aren't people × items.
    """
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if first.ndim != 2 or second.ndim != 2 or not first.shape[1] == second.shape[1] == len(steps):
        raise ValueError("Both groups must be tables of people x the same items.")
    both = np.flatnonzero(~(np.isnan(first).all(axis=0) | np.isnan(second).all(axis=0)))
    if not len(both):
        return None
    tables = [t[:, both][(~np.isnan(t[:, both])).any(axis=1)] for t in (first, second)]
    sizes = [steps[int(i)] for i in both]
    sides = [_hot(t, sizes) for t in tables]
    observed = float(_distances(sides[0].sum(axis=0)[None], sides[1].sum(axis=0)[None], sizes)[0])
    # In an order that follows from the answers, the smaller group first.
    everybody = np.concatenate(sides)
    everybody = everybody[np.lexsort(everybody.T[::-1])]
    small = min(len(t) for t in tables)
    found = _divisions(everybody, small, sizes, np.random.default_rng(seed))
    as_far = int((found >= observed - TOLERANCE).sum())
    p = (1 + as_far) / (1 + DIVISIONS)
    return Nearness(observed, float(found.mean()), p, len(both))


def _divisions(
    everybody: FloatArray, small: int, sizes: Sequence[int], generator: np.random.Generator
) -> FloatArray:
    """The mean distance of each random division."""
    total, people = everybody.sum(axis=0), len(everybody)
    found, done = [], 0
    while done < DIVISIONS:
        size = min(DIVISIONS - done, max(1, BLOCK // people))
        members = np.zeros((size, people))
        members[:, :small] = 1.0
        counts = generator.permuted(members, axis=1) @ everybody
        found.append(_distances(counts, total - counts, sizes))
        done += size
    return np.concatenate(found)


def _hot(table: FloatArray, sizes: Sequence[int]) -> FloatArray:
    """People × (items · k): 1 where that answer was given."""
    blocks = [
        (column[:, None] == np.arange(1, k + 1)).astype(np.float64)
        for column, k in zip(table.T, sizes, strict=True)
    ]
    return np.concatenate(blocks, axis=1)


def _distances(a: FloatArray, b: FloatArray, sizes: Sequence[int]) -> NDArray[np.float64]:
    """The mean earth mover's distance of each row, over the items with an answer on both sides."""
    found, start = [], 0
    for k in sizes:
        p, q = (counts[:, start : start + k] for counts in (a, b))
        start += k
        n, m = p.sum(axis=1, keepdims=True), q.sum(axis=1, keepdims=True)
        shares = [
            np.divide(c, t, out=np.full_like(c, np.nan), where=t > 0) for c, t in ((p, n), (q, m))
        ]
        between = np.abs(np.cumsum(shares[0] - shares[1], axis=1)[:, :-1])
        found.append(between.sum(axis=1) / (k - 1))
    table = np.stack(found, axis=1)
    some = ~np.isnan(table)
    sums = np.where(some, table, 0.0).sum(axis=1)
    return np.asarray(sums / np.maximum(some.sum(axis=1), 1))
