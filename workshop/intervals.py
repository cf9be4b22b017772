"""What a convergence index is worth: intervals from resampling the people who answered.

Resampled are people, each with all their answers: answers of one person belong together.

Sources
    Rubin, D. B. (1981). The Bayesian bootstrap. Annals of Statistics, 9(1).
    Hesterberg, T. C. (2015). What teachers should know about the bootstrap. The American
        Statistician, 69(4): the percentile interval, expanded for few people.

How often the intervals hold what they should is simulated by `python -m tests.coverage`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from workshop.items import POINTS
from workshop.measures import FloatArray
from workshop.resampling import (
    Kinds,
    Table,
    consensus_of_items,
    index_of,
    keep,
    measurable,
    parse,
    people_first,
)

DRAWS: Final = 2000
"""How often people are resampled (METHOD's B)."""

TAIL: Final = 0.025
"""What lies outside an interval on each side."""

DIGITS: Final = 9
"""Intervals are rounded to so many decimals of a point: that takes off the last digits, which
depend on the order of additions, so that equal answers give equal intervals on any machine."""

BLOCK: Final = 1 << 19
"""About so many weights are held at a time (4 MB)."""

MIN_PAIRED: Final = 2
"""One person's change has no spread to estimate."""

Interval = tuple[float, float]


def level_interval(
    answers: ArrayLike, kinds: Kinds, seed: int, weights: Sequence[float] | None = None
) -> Interval | None:
    """The 95 % interval of `index`, in points 0..100, from two Bayesian bootstraps joined.

    Each draw gives every person a weight from Exp(1). *Plain* is the index under these weights;
    *ghost* is it with one more voter, of weight Exp(1) too, spread evenly over the categories of
    every item. With C the index itself:
    `low = min(ghost 2.5 %, plain 2.5 %, 2·C − plain 97.5 %)`,
    `high = max(ghost 97.5 %, plain 97.5 %)`, clipped to 0..100. Neither bootstrap alone will do:
    plain knows only the answers that were given, ghost may not even contain C (METHOD, "Its
    interval"). C always lies within, and so do the limits of fewer draws' luck: B = `DRAWS`.

    Args:
        answers: people × items, the category 1..k in the order of `item_consensus`'s counts, NaN
            where there is no answer. An item of several choices has a column per option (1
            chosen, 2 not chosen), a ranking or points one per object (any numbers, as
            `kendall_w`; who left one out ranked nothing).
        kinds: (kind, k) per item: steps, options, or objects.
        seed: the same seed and answers give the same interval, in whatever order the people and
            the items come.
        weights: of the items in the index; 1 each unless given.

    Returns:
        (low, high), or None where `index` is None: nobody answered. Whether so few people may be
        shown an interval (`MIN_SHOWN`) is the caller's to decide. Of one answer it is wide.

    Raises:
        ValueError: a table of another shape, an unknown kind, an answer that is none of 1..k.
    """
    table = parse(answers, kinds, weights)
    table = people_first(keep(table, measurable(table))) if any(measurable(table)) else table
    centre = index_of(table)
    if centre is None:
        return None
    plain, ghost = _levels(table, seed)
    plain_low, plain_high = np.quantile(plain, (TAIL, 1 - TAIL))
    ghost_low, ghost_high = np.quantile(ghost, (TAIL, 1 - TAIL))
    low = min(ghost_low, plain_low, 2 * centre - plain_high)
    high = max(ghost_high, plain_high)
    return _rounded(low, high, centre, 0.0)


def change_interval(
    before: ArrayLike,
    after: ArrayLike,
    kinds: Kinds,
    seed: int,
    weights: Sequence[float] | None = None,
) -> Interval | None:
    """The interval of a change of the index, in points −100..100, of those who answered twice.

    Of the n people who gave an answer in both rounds, n are drawn with replacement, each with
    both rounds' answers. The interval lies between the quantiles α′ and 1 − α′ of the changes,
    `α′ = Φ(−√(n/(n − 1))·t_{.975, n−1})`: the percentile interval, expanded for few people
    (Hesterberg 2015). No ghost: it would pull both rounds towards each other.

    Args:
        before: people × columns as for `level_interval`, the first of the two rounds.
        after: the same people's later answers, row by row; a row of NaN for who is missing.
        kinds, seed, weights: as for `level_interval`.

    Returns:
        (low, high), with `change` between them, or None where there is no change to speak of:
        fewer than two people answered both rounds, or no item was answered in both. Whether a
        change may be claimed (at least 15 people) is for `workshop.verdicts` to say.

    Raises:
        ValueError: as `level_interval`, or rounds of different shape.
    """
    pair = _paired(before, after, kinds, weights)
    if pair is None or pair.n < MIN_PAIRED:
        return None
    table = people_first(pair.joined, sides=2)
    generator = np.random.default_rng(seed)
    probability = table.times / pair.n
    changes = []
    for size in _blocks(len(table.times)):
        drawn = generator.multinomial(pair.n, probability, size=size).astype(np.float64)
        values = consensus_of_items(table, drawn, None)
        items = len(table.parts) // 2
        changes.append(_mean(values[:, items:] - values[:, :items], table))
    tail = expanded_tail(pair.n)
    low, high = np.nanquantile(np.concatenate(changes), (tail, 1 - tail))
    return _rounded(low, high, pair.change, -POINTS)


def change(
    before: ArrayLike, after: ArrayLike, kinds: Kinds, weights: Sequence[float] | None = None
) -> float | None:
    """The change of the matched panel: `index` after minus before, of those who answered both.

    Over the items that were answered in both rounds. Arguments and errors as `change_interval`.

    Returns:
        Points −100..100; None where nobody answered both rounds, or no item was answered in both.
    """
    pair = _paired(before, after, kinds, weights)
    return None if pair is None else pair.change


def matched_people(
    before: ArrayLike, after: ArrayLike, kinds: Kinds, weights: Sequence[float] | None = None
) -> int:
    """The n people that `change` and `change_interval` are of; arguments and errors as there."""
    pair = _paired(before, after, kinds, weights)
    return 0 if pair is None else pair.n


def matched_panel(before: ArrayLike, after: ArrayLike) -> NDArray[np.bool_]:
    """Who answered both rounds: True per row of two tables, people × columns, NaN for no answer.

    One answer in a round is enough to have answered it.

    Raises:
        ValueError: when the tables differ in shape: rows must be the same people.
    """
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if first.ndim != 2 or first.shape != second.shape:
        raise ValueError("Both rounds must be tables of the same people and the same items.")
    answered: NDArray[np.bool_] = ~np.isnan(np.stack((first, second)))
    return np.asarray(answered.any(axis=2).all(axis=0), dtype=np.bool_)


def expanded_tail(n: int) -> float:
    """`α′ = Φ(−√(n/(n − 1))·t_{.975, n−1})`, below 2.5 % for any n ≥ 2 (Hesterberg 2015)."""
    t = float(special.stdtrit(n - 1, 1 - TAIL))
    return float(special.ndtr(-np.sqrt(n / (n - 1)) * t))


@dataclass(frozen=True, slots=True)
class Lead:
    """Which options lead (places, 0 for the first), and whether the lead holds in the interval."""

    options: tuple[int, ...]
    holds: bool


def lead(scores: ArrayLike, seed: int) -> Lead | None:
    """Which options of a choice, a ranking or points lead, for kinds that have no side.

    An option's score is its mean over people; the lead is that of the best over the next. It
    holds where the 2.5 % quantile of the Bayesian bootstrap, with a ghost who gives every option
    the same, is above 0. Several options with the best score lead together, and no lead holds.

    Args:
        scores: people × options, more is better: 1 and 0 for chosen and not, points, ranks with
            their sign turned. Rows with NaN are left out.
        seed: as for `level_interval`, and people may come in any order here too.

    Raises:
        ValueError: not people × at least two options.
    """
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] < 2:
        raise ValueError("Scores are a table: people x options, two or more.")
    table = table[~np.isnan(table).any(axis=1)]
    if not len(table):
        return None
    sums = table.sum(axis=0)
    best = np.flatnonzero(np.isclose(sums, sums.max(), rtol=1e-12, atol=1e-12))
    if len(best) > 1:
        return Lead(tuple(int(i) for i in best), holds=False)
    # By size of the lead over the others: the order of people and options must not show.
    ahead = table[:, best] - np.delete(table, best, axis=1)
    ahead = ahead[:, np.lexsort(np.sort(ahead, axis=0)[::-1])]
    ahead = ahead[np.lexsort(ahead.T[::-1])]
    weights = np.random.default_rng(seed).standard_exponential((DRAWS, len(ahead)))
    leads = (weights @ ahead).min(axis=1)
    # The ghost adds nothing to a difference; it only shrinks it, and so can't turn its sign.
    return Lead((int(best[0]),), holds=bool(np.quantile(leads, TAIL) > 0))


@dataclass(frozen=True, slots=True)
class _Paired:
    """Two rounds of the matched panel side by side, first all items before, then all after."""

    joined: Table
    n: int
    change: float


def _paired(
    before: ArrayLike, after: ArrayLike, kinds: Kinds, weights: Sequence[float] | None
) -> _Paired | None:
    tables = [parse(answers, kinds, weights) for answers in (before, after)]
    both = matched_panel(tables[0].rows, tables[1].rows)
    while True:
        tables = [Table(t.rows[both], t.times[both], t.parts) for t in tables]
        answered = [a and b for a, b in zip(*map(measurable, tables), strict=True)]
        # Who has no answer to what both rounds are compared by isn't one of the n people.
        columns = [
            c for p, kept in zip(tables[0].parts, answered, strict=True) if kept for c in p.columns
        ]
        both = matched_panel(tables[0].rows[:, columns], tables[1].rows[:, columns])
        if both.all():
            break
    first, second = (index_of(keep(t, answered)) for t in tables)
    if first is None or second is None:
        return None
    doubled = None if weights is None else [*weights, *weights]
    rows = np.hstack([t.rows for t in tables])
    joined = parse(rows, [*kinds, *kinds], doubled)
    return _Paired(keep(joined, answered * 2), len(rows), second - first)


def _levels(table: Table, seed: int) -> tuple[FloatArray, FloatArray]:
    """The index in all draws of the plain and of the ghost bootstrap."""
    generator, of_ghost = np.random.default_rng(seed).spawn(2)
    ghosts = of_ghost.standard_exponential(DRAWS)
    plain, ghost, done = [], [], 0
    # The weights of t people with the same answers add up to one from Gamma(t).
    single = bool((table.times == 1).all())
    for size in _blocks(len(table.times)):
        shape = (size, len(table.times))
        if single:
            weights = generator.standard_exponential(shape)
        else:
            weights = generator.standard_gamma(table.times, shape)
        plain.append(_mean(consensus_of_items(table, weights, None), table))
        of_block = ghosts[done : done + size]
        ghost.append(_mean(consensus_of_items(table, weights, of_block), table))
        done += size
    return np.concatenate(plain), np.concatenate(ghost)


def _blocks(people: int) -> Iterator[int]:
    """Sizes that add up to the draws, which they don't change: a draw follows the other."""
    size = max(1, min(DRAWS, BLOCK // people))
    for start in range(0, DRAWS, size):
        yield min(size, DRAWS - start)


def _mean(values: FloatArray, table: Table) -> FloatArray:
    """`index` of each draw, in points, over the items that have a value in it."""
    weights = np.array([part.weight for part in table.parts[: values.shape[1]]])
    there = ~np.isnan(values)
    total = there @ weights
    sums = np.where(there, values, 0.0) @ weights
    means: FloatArray = np.divide(sums, total, out=np.full(len(values), np.nan), where=total > 0)
    return POINTS * means


def _rounded(low: float, high: float, centre: float, least: float) -> Interval:
    low, high = (round(float(np.clip(x, least, POINTS)), DIGITS) for x in (low, high))
    return min(low, centre), max(high, centre)
