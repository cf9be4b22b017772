"""What chance gives: the expected measures of answers that were given at random.

For n answers on k categories, all equally likely. The expectations are computed and not
simulated, so they need no seed, and each is kept once it is known.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
from scipy import special

from workshop.measures import MIN_STEPS, FloatArray

TAIL: Final = 10
"""The expectations sum over this many standard deviations to each side (and as many whole
numbers, for lopsided sums of few): what lies outside weighs less than the rounding."""

KEPT: Final = 1 << 14
"""How many expectations of a kind are remembered; one is a float and two small integers."""


@lru_cache(maxsize=KEPT)
def chance_ordinal(k: int, n: int) -> float:
    """Expected `tastle_wierman` of n random answers on k steps.

    All voters are alike, so E Σ pᵢ·g(i, μ) is the mean over i of E g(i, (i + S)/n): one voter
    stands on i, and S is the sum of the n − 1 others, whose distribution is known.
    """
    sums, probability = _sum_distribution((1.0 / k,) * k, n - 1)
    steps = np.arange(k)[:, None]
    nearness = 1.0 - np.abs((n - 1) * steps - sums) / (n * (k - 1))
    return 1.0 + float((np.log2(nearness) @ probability).mean())


@lru_cache(maxsize=KEPT)
def chance_nominal(k: int, n: int) -> float:
    """Expected `nominal_consensus` of n random choices among k: `1 + E log_k((1 + B)/n)`.

    As above: one voter stands on an option, B of the n − 1 others stand there too.
    """
    others, probability = _sum_distribution((1.0 - 1.0 / k, 1.0 / k), n - 1)
    return 1.0 + float(np.log((1.0 + others) / n) @ probability) / math.log(k)


@lru_cache(maxsize=KEPT)
def chance_ranking(k: int, m: int) -> float:
    """Expected r̄ = max(0, (m·W − 1)/(m − 1)) of m random rankings of k objects without ties.

    Two objects: exact, as W = (2b/m − 1)² with b a fair binomial. More: W is taken for a Beta
    variable with a = (k − 1)/2 − 1/m and b = (m − 1)·a, which has the true mean 1/m and variance
    (Kendall & Babington Smith 1939). In points of the index that is within 0.2 from five people
    on, and within 2 for two people and three objects, the worst case.
    """
    if k == MIN_STEPS:
        first, probability = _sum_distribution((0.5, 0.5), m)
        w = np.square(2.0 * first / m - 1.0)
        return float(np.maximum(0.0, (m * w - 1.0) / (m - 1.0)) @ probability)
    a = (k - 1) / 2.0 - 1.0 / m
    b = (m - 1) * a
    above = special.betaincc(a + 1.0, b, 1.0 / m) - special.betaincc(a, b, 1.0 / m)
    return float(above) / (m - 1)


def _sum_distribution(base: tuple[float, ...], count: int) -> tuple[FloatArray, FloatArray]:
    """The sum of `count` independent draws from `base`, the probabilities of 0, 1, 2, …

    The distribution is read off its characteristic function by a Fourier transform as long as
    the window in which all but nothing of it lies (`TAIL`), so the work grows with √count.

    Returns:
        The sums in the window, and their probabilities.
    """
    draws = np.array(base)
    values = np.arange(len(base))
    mean = float(values @ draws)
    deviation = math.sqrt(count * float(np.square(values - mean) @ draws))
    reach = math.ceil(TAIL * deviation) + TAIL
    low = max(0, math.floor(count * mean) - reach)
    high = min(count * (len(base) - 1), math.ceil(count * mean) + reach)
    size = high - low + 1
    angles = 2.0 * np.pi * np.arange(size // 2 + 1) / size
    centred = np.exp(-1j * np.outer(angles, values - mean)) @ draws
    transform = centred**count * np.exp(-1j * angles * (count * mean - low))
    return np.arange(low, high + 1, dtype=np.float64), np.fft.irfft(transform, n=size)
