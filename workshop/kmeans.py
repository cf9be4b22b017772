"""k-means and silhouettes of people on a map; the inner part of `workshop.opinion`.

Points are people × 2. What is drawn depends on the order of the points: give them in one that
doesn't depend on who came first.

Sources
    Arthur, D., & Vassilvitskii, S. (2007). k-means++: the advantages of careful seeding. SODA.
    Rousseeuw, P. J. (1987). Silhouettes. Journal of Computational and Applied Mathematics, 20.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workshop.measures import FloatArray

RESTARTS: Final = 10
"""Runs of k-means per k; the one with the least spread within groups counts."""

ROUNDS: Final = 300
"""A run ends when nobody changes the group; at the latest after so many rounds."""

BLOCK: Final = 512
"""People whose distances to all others are held at a time."""

Labels = NDArray[np.int64]


def k_means(points: FloatArray, k: int, seed: int) -> Labels:
    """The division into k groups with the least spread, of several runs from careful starts."""
    generator = np.random.default_rng([seed, k])
    runs = [_lloyd(points, _starts(points, k, generator)) for _ in range(RESTARTS)]
    return min(runs, key=lambda run: run[1])[0]


def _starts(points: FloatArray, k: int, generator: np.random.Generator) -> FloatArray:
    """k-means++: each next centre is a person, drawn by the squared distance to the nearest."""
    centres = points[[int(generator.integers(len(points)))]]
    while len(centres) < k:
        nearest = _squared(points, centres).min(axis=1)
        following = int(generator.choice(len(points), p=nearest / nearest.sum()))
        centres = np.vstack((centres, points[following]))
    return centres


def _lloyd(points: FloatArray, centres: FloatArray) -> tuple[Labels, float]:
    """Everybody to the nearest centre, every centre to its people's mean, until nothing moves."""
    labels = np.full(len(points), -1, dtype=np.int64)
    for _ in range(ROUNDS):
        distances = _squared(points, centres)
        following = distances.argmin(axis=1).astype(np.int64)
        empty = np.flatnonzero(np.bincount(following, minlength=len(centres)) == 0)
        if len(empty):
            # Centres that lost everybody take the people farthest from any.
            farthest = np.argsort(-distances.min(axis=1), kind="stable")
            following[farthest[: len(empty)]] = empty
        if (following == labels).all():
            break
        labels = following
        centres = _means(points, labels, centres)
    return labels, float(np.square(points - centres[labels]).sum())


def silhouettes(points: FloatArray, found: Mapping[int, Labels]) -> dict[int, float]:
    """Rousseeuw's mean of (b − a)/max(a, b), a to one's own group and b to the nearest other."""
    sums = dict.fromkeys(found, 0.0)
    for start in range(0, len(points), BLOCK):
        block = slice(start, start + BLOCK)
        distances = np.sqrt(_squared(points[block], points))
        for k, labels in found.items():
            sums[k] += float(_silhouette_of(distances, labels[block], labels, k).sum())
    return {k: value / len(points) for k, value in sums.items()}


def _silhouette_of(distances: FloatArray, own: Labels, labels: Labels, k: int) -> FloatArray:
    member = (labels[:, None] == np.arange(k)).astype(np.float64)
    sizes = member.sum(axis=0)
    towards = distances @ member
    rows = np.arange(len(own))
    within = towards[rows, own] / np.maximum(sizes[own] - 1, 1)
    other = towards / np.maximum(sizes, 1)
    other[rows, own] = np.inf
    other[:, sizes == 0] = np.inf
    nearest = other.min(axis=1)
    larger = np.maximum(within, nearest)
    # Who is alone in a group has 0 (Rousseeuw 1987).
    alone = (sizes[own] == 1) | (larger == 0)
    value: FloatArray = np.where(alone, 0.0, (nearest - within) / np.where(alone, 1.0, larger))
    return value


def by_size(labels: Labels, points: FloatArray) -> Labels:
    """Groups numbered by size, the largest 0; of equal ones, the one farther left first."""
    groups = np.unique(labels)
    left = {int(g): float(points[labels == g, 0].mean()) for g in groups}
    size = {int(g): int((labels == g).sum()) for g in groups}
    order = sorted(left, key=lambda g: (-size[g], left[g]))
    number = np.empty(len(groups), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[labels]


def _squared(points: FloatArray, centres: FloatArray) -> FloatArray:
    """Squared distances, points × centres; one dimension after the other, there are only two."""
    apart = np.zeros((len(points), len(centres)))
    for one, other in zip(points.T, centres.T, strict=True):
        apart += np.square(np.subtract.outer(one, other))
    return apart


def _means(points: FloatArray, labels: Labels, centres: FloatArray) -> FloatArray:
    """The mean of every group; a centre without people stays where it is."""
    size = np.bincount(labels, minlength=len(centres))
    sums = np.array([np.bincount(labels, one, minlength=len(centres)) for one in points.T]).T
    means: FloatArray = np.where(size[:, None] > 0, sums / np.maximum(size, 1)[:, None], centres)
    return means
