"""Two strands on the same items: how near they are, and whether the difference is more than chance.

Council and citizens are compared and never pooled: a thousand citizens would drown thirty
experts. Pure functions on counts per category, lowest category first. Only items of equal kind
and equal k are compared; a pass in a Polis conversation is *neutral*, never an abstention.

Sources
    Earth mover's distance on a line (Mallows, Wasserstein): the area between two cumulative
        distributions.
    Cliff, N. (1993). Dominance statistics. Psychological Bulletin, 114(3).
    Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on
        Information Theory, 37(1).
    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
        Applications in Genetics and Molecular Biology, 9(1).
    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the
        Royal Statistical Society B, 57(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from workshop.items import POINTS
from workshop.measures import FloatArray, valid_row
from workshop.verdicts import SIDED_KINDS, StrandWord, direction, strand_word, upwards

FLOOR_DRAWS: Final = 2000
"""Pairs of samples of one population for a noise floor."""

PERMUTATIONS: Final = 9999
"""The smallest p is 1/10,000: below 5 % of the first of 100 ordered p-values (5/10,000)."""

FALSE_DISCOVERIES: Final = 0.05
"""Of the differences called provable, this share may be none."""

TOLERANCE: Final = 1e-12
"""Distances that differ by less are the same one, added up in another order."""

NOMINAL_KINDS: Final = frozenset({"choose"})
"""Their categories have no order."""


def earth_movers(a: ArrayLike, b: ArrayLike) -> float | None:
    """The earth mover's distance of two distributions on one scale: `Σ|F_a − F_b|/(k − 1)`.

    The share of the scale's length that an answer has to move on average: 0 equal shares, 1 all
    at opposite ends. *Nähe* is 100·(1 − it), see `naehe`.

    Args:
        a, b: counts per category of two groups of people, k each; only proportions matter.

    Returns:
        0..1; None where one of them has no answers.

    Raises:
        ValueError: a negative or non-finite count, fewer than two categories, unequal k.
    """
    pair = _pair(a, b)
    return None if pair is None else _clip(_emd_rows(*map(_shares, pair)), 0.0, 1.0)


def naehe(a: ArrayLike, b: ArrayLike) -> float | None:
    """`100·(1 − EMD)`: 100 equal shares, 0 all at opposite ends. Else as `earth_movers`."""
    distance = earth_movers(a, b)
    return None if distance is None else POINTS * (1.0 - distance)


def cliffs_delta(a: ArrayLike, b: ArrayLike) -> float | None:
    """Cliff's delta: P(an answer of a is higher than one of b) minus P(it is lower).

    1 every answer of a is higher than every one of b, 0 neither way, −1 lower. Mirroring the
    scale turns its sign. Arguments, None and errors as `earth_movers`.
    """
    pair = _pair(a, b)
    if pair is None:
        return None
    p, q = map(_shares, pair)
    below = np.cumsum(q) - q
    above = 1.0 - np.cumsum(q)
    return _clip((p * (below - above)).sum(), -1.0, 1.0)


def jensen_shannon(a: ArrayLike, b: ArrayLike) -> float | None:
    """The Jensen–Shannon divergence in bits: `H((p + q)/2) − (H(p) + H(q))/2`.

    For items without order. 0 equal shares, 1 no option in common; the distance is its root.
    Arguments, None and errors as `earth_movers`.
    """
    pair = _pair(a, b)
    return None if pair is None else _clip(_jsd_rows(*map(_shares, pair)), 0.0, 1.0)


class NoiseFloor(NamedTuple):
    """How far two samples of one and the same population lie apart by chance.

    Attributes:
        mean: the expected distance; what a chart draws as the floor.
        high: its 95th percentile; a distance below is nothing unusual.
    """

    mean: float
    high: float


def noise_floor(
    counts: ArrayLike, n_a: int, n_b: int, seed: int, *, nominal: bool = False
) -> NoiseFloor | None:
    """The distance between two samples of the same population, simulated with a seed.

    Both samples, of n_a and n_b people, are drawn `FLOOR_DRAWS` times from the shares of
    `counts`: the pooled answers of both strands to the item, as if there were no difference.

    Args:
        counts: pooled counts per category; only proportions matter.
        n_a, n_b: answers in each strand.
        seed: the same arguments give the same floor, also with the scale mirrored, the strands
            exchanged, or options without order in another one.
        nominal: Jensen–Shannon distance (the root of the divergence) and not EMD.

    Returns:
        None where the population or a sample has nobody.

    Raises:
        ValueError: as `earth_movers`, or a negative number of people.
    """
    row = valid_row(counts)
    if n_a < 0 or n_b < 0:
        raise ValueError("A number of people can't be negative.")
    if not row.any() or not n_a or not n_b:
        return None
    row = np.sort(row) if nominal else max(row, row[::-1], key=tuple)
    generator = np.random.default_rng(seed)
    samples = [
        generator.multinomial(n, row / row.sum(), size=FLOOR_DRAWS) / n for n in sorted((n_a, n_b))
    ]
    distances = np.sqrt(_jsd_rows(*samples)) if nominal else _emd_rows(*samples)
    return NoiseFloor(float(distances.mean()), float(np.quantile(distances, 0.95)))


def permutation_p(a: ArrayLike, b: ArrayLike, seed: int, *, nominal: bool = False) -> float | None:
    """How often a random division of all these people is at least as far apart as the two groups.

    All answers are put together and dealt out again in groups of the same sizes, `PERMUTATIONS`
    times: `p = (1 + divisions as far apart or farther)/(1 + divisions)`, never 0. The distance
    is the EMD, or for options without order the Jensen–Shannon divergence.

    Args:
        a, b: counts per category, whole numbers, k each.
        seed: as for `noise_floor`, and which group is a doesn't matter either.
        nominal: Jensen–Shannon and not EMD.

    Returns:
        0..1; None where one of them has no answers.

    Raises:
        ValueError: as `earth_movers`, or counts that aren't whole.
    """
    pair = _pair(a, b)
    if pair is None:
        return None
    if any((row != np.floor(row)).any() for row in pair):
        raise ValueError("Only whole people can be dealt out: these counts aren't whole.")
    small, large = _one_way_round(*pair, nominal=nominal)
    rows = _jsd_rows if nominal else _emd_rows
    observed = rows(_shares(small), _shares(large))
    pooled = (small + large).astype(np.int64)
    dealt = np.random.default_rng(seed).multivariate_hypergeometric(
        pooled, int(small.sum()), size=PERMUTATIONS, method="marginals"
    )
    distances = rows(dealt / small.sum(), (pooled - dealt) / large.sum())
    as_far = int((distances >= observed - TOLERANCE).sum())
    return (1 + as_far) / (1 + PERMUTATIONS)


def benjamini_hochberg(
    ps: Sequence[float | None], level: float = FALSE_DISCOVERIES
) -> tuple[bool, ...]:
    """Which of the hypotheses to reject so that at most `level` of the rejections are false.

    With the m p-values in order, all up to the last with `p₍ᵢ₎ ≤ i·level/m` are rejected.

    Args:
        ps: a p-value each, or None where there was nothing to test: not counted, not rejected.
        level: the false discovery rate, 0..1.

    Raises:
        ValueError: a p-value or a level outside 0..1.
    """
    tested = sorted(p for p in ps if p is not None)
    if not all(0 <= p <= 1 for p in (*tested, level)):
        raise ValueError("p-values and their level lie between 0 and 1.")
    bound = -1.0
    for i, p in enumerate(tested, start=1):
        if p <= i * level / len(tested):
            bound = p
    return tuple(p is not None and p <= bound for p in ps)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One item in both strands.

    Attributes:
        naehe: `100·(1 − distance)`, 0..100.
        emd: the distance: EMD, or for options without order the Jensen–Shannon distance.
        floor: the distance that chance alone gives at these numbers of people.
        p: of the permutation test.
        provable: whether the difference is, after Benjamini and Hochberg over all items compared.
        cliffs_delta: above 0 where the council is more in favour; None without order.
        verdict: None for options without a side.
        n_council, n_citizens: answers; abstentions are not among them.
    """

    naehe: float
    emd: float
    floor: NoiseFloor
    p: float
    provable: bool
    cliffs_delta: float | None
    verdict: StrandWord | None
    n_council: int
    n_citizens: int


def compare(
    items: Sequence[tuple[str, ArrayLike, ArrayLike]],
    seed: int,
    level: float = FALSE_DISCOVERIES,
) -> tuple[Comparison | None, ...]:
    """Both strands on all items in view, each with its noise floor, its p and its verdict.

    Args:
        items: (kind, counts of the council, counts of the citizens) each, the counts as for
            `item_consensus`: of equal k, and abstentions not among them.
        seed: every item is drawn from it afresh, so the order of the items doesn't matter.
        level: see `benjamini_hochberg`.

    Returns:
        One per item, None where a strand has no answers. Whether enough people answered to show
        them (`MIN_SHOWN`) is the caller's to decide, before: what isn't shown is not in view.

    Raises:
        ValueError: a kind that can't be compared (several choices, rankings, points), or as
            `permutation_p`.
    """
    ps = [permutation_p(a, b, seed, nominal=_is_nominal(kind)) for kind, a, b in items]
    provable = benjamini_hochberg(ps, level)
    return tuple(
        None if p is None else _compared(*item, p, is_provable, seed)
        for item, p, is_provable in zip(items, ps, provable, strict=True)
    )


def _compared(
    kind: str, council: ArrayLike, citizens: ArrayLike, p: float, provable: bool, seed: int
) -> Comparison:
    nominal = _is_nominal(kind)
    a, b = valid_row(council), valid_row(citizens)
    if nominal:
        distance = float(np.sqrt(jensen_shannon(a, b) or 0.0))
        delta = word = None
    else:
        distance = earth_movers(a, b) or 0.0
        delta = cliffs_delta(upwards(kind, a), upwards(kind, b))
        word = strand_word(direction(kind, a), direction(kind, b))
    n_a, n_b = int(a.sum()), int(b.sum())
    floor = noise_floor(a + b, n_a, n_b, seed, nominal=nominal)
    if floor is None:  # Both have answers, or there would be no p.
        raise ValueError("An item that nobody answered can't be compared.")
    near = POINTS * (1.0 - distance)
    return Comparison(near, distance, floor, p, provable, delta, word, n_a, n_b)


def _is_nominal(kind: str) -> bool:
    if kind not in SIDED_KINDS | NOMINAL_KINDS:
        raise ValueError(f"Items of the kind {kind!r} can't be compared between strands.")
    return kind in NOMINAL_KINDS


# On rows of shares that were looked at already


def _pair(a: ArrayLike, b: ArrayLike) -> tuple[FloatArray, FloatArray] | None:
    p, q = valid_row(a), valid_row(b)
    if len(p) != len(q):
        raise ValueError(
            f"Only items with as many categories are compared, not {len(p)}, {len(q)}."
        )
    return (p, q) if p.any() and q.any() else None


def _shares(counts: FloatArray) -> FloatArray:
    shares: FloatArray = counts / counts.sum()
    return shares


def _emd_rows(p: FloatArray, q: FloatArray) -> NDArray[np.float64]:
    between = np.abs(np.cumsum(p - q, axis=-1)[..., :-1])
    return np.asarray(between.sum(axis=-1) / (p.shape[-1] - 1))


def _jsd_rows(p: FloatArray, q: FloatArray) -> NDArray[np.float64]:
    bits = special.entr((p + q) / 2.0) - (special.entr(p) + special.entr(q)) / 2.0
    return np.asarray(np.maximum(bits.sum(axis=-1), 0.0) / np.log(2.0))


def _one_way_round(a: FloatArray, b: FloatArray, *, nominal: bool) -> tuple[FloatArray, FloatArray]:
    """The smaller group first, the scale the same way up: so that neither shows in the draws."""

    def turned(one: FloatArray, two: FloatArray) -> tuple[FloatArray, FloatArray]:
        if nominal:
            order = np.lexsort((two, one))
        else:
            forward = [*one, *two] <= [*one[::-1], *two[::-1]]
            order = np.arange(len(one)) if forward else np.arange(len(one))[::-1]
        return one[order], two[order]

    both = (turned(a, b), turned(b, a))
    return min(both, key=lambda pair: (pair[0].sum(), *pair[0], *pair[1]))


def _clip(value: float | NDArray[np.float64], low: float, high: float) -> float:
    return min(max(float(value), low), high)
