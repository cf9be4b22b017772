"""Answers of people as tables, and the consensus of their items under any weights of the people.

The inner part of `workshop.intervals`. People with equal answers are one row that counts several
times, and the rows have an order of their own (`canonical_order`): neither the order in which
people came nor the order of the items can show in a random draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from workshop.items import ITEM_KINDS, Item, index
from workshop.measures import MIN_STEPS, FloatArray, consensus_rows

Kinds = Sequence[tuple[str, int]]
"""A (kind, k) per item: k steps, options, or objects."""

WIDE_KINDS: Final = frozenset({"several", "rank", "allocate"})
"""These kinds take k columns of a table: one per option or object. The others take one."""

RANKED: Final = frozenset({"rank", "allocate"})
NOMINAL: Final = frozenset({"choose", "several"})

FIXED_STEPS: Final = {"agree": 3, "yesno": 2}

CHOICE: Final = 2
"""An option of several was chosen (1) or not (2)."""

NOTHING: Final = -np.inf
"""Stands for a missing answer where rows are compared: unlike NaN, it equals itself."""

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Part:
    """One item in a table: its columns, its kind, and its weight in the index."""

    kind: str
    k: int
    columns: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Table:
    """Unlike rows of answers (NaN where there is none), how many people each stands for, items."""

    rows: FloatArray
    times: NDArray[np.int64]
    parts: tuple[Part, ...]

    @property
    def n(self) -> int:
        """How many people there are."""
        return int(self.times.sum())


def parse(answers: ArrayLike, kinds: Kinds, weights: Sequence[float] | None) -> Table:
    """The answers as a table, a row per person, in the order given.

    Raises:
        ValueError: not people × columns, another number of columns than the kinds need, an
            unknown kind, a bad weight, or an answer that is not one of 1..k.
    """
    parts = _parts(kinds, weights)
    rows = np.array(answers, dtype=np.float64)
    width = sum(len(part.columns) for part in parts)
    if rows.size == 0:
        rows = np.empty((0, width))
    if rows.ndim != 2 or rows.shape[1] != width:
        raise ValueError(f"Answers must be people x columns, and these items have {width} columns.")
    for part in parts:
        cells = rows[:, part.columns]
        if part.kind in RANKED:
            rows[:, part.columns] = _mid_ranks(cells)
        else:
            _refuse_other_steps(cells, steps_of(part))
    return Table(rows, np.ones(len(rows), dtype=np.int64), parts)


def measurable(table: Table) -> tuple[bool, ...]:
    """Per item, whether it has a say in the index: a weight, and answers that give a consensus."""
    return tuple(p.weight > 0 and index([_item(table, p)]) is not None for p in table.parts)


def keep(table: Table, parts: Sequence[bool]) -> Table:
    """The table without the items marked False; its columns stay where they are."""
    kept = [p for p, wanted in zip(table.parts, parts, strict=True) if wanted]
    return Table(table.rows, table.times, tuple(kept))


def index_of(table: Table) -> float | None:
    """`workshop.items.index` of everybody's answers, to the last digit; None without any."""
    items = [_item(table, part) for part in table.parts]
    return index((*item[:2], part.weight) for item, part in zip(items, table.parts, strict=True))


def people_first(table: Table, sides: int = 1) -> Table:
    """Equal rows joined, rows without an answer left out, and all in canonical order.

    Args:
        table: as `parse` gives it.
        sides: 2 where the second half of the items are the first half, asked again.
    """
    used = [c for part in table.parts for c in part.columns]
    cells = np.where(np.isnan(table.rows[:, used]), NOTHING, table.rows[:, used])
    cells = cells[(cells > NOTHING).any(axis=1)]
    unlike, times = np.unique(cells, axis=0, return_counts=True)
    start, parts = 0, []
    for part in table.parts:
        columns = tuple(range(start, start + len(part.columns)))
        parts.append(Part(part.kind, part.k, columns, part.weight))
        start += len(columns)
    order = canonical_order(unlike, times, parts, sides)
    rows, times = np.where(unlike == NOTHING, np.nan, unlike)[order], times[order]
    if any(part.kind in RANKED for part in parts):
        # Two people with the same ranking are two who agree, and not one with more weight.
        rows, times = np.repeat(rows, times, axis=0), np.ones(times.sum(), dtype=np.int64)
    return Table(rows, times.astype(np.int64), tuple(parts))


def consensus_of_items(table: Table, weights: FloatArray, ghost: FloatArray | None) -> FloatArray:
    """The consensus of every item when people weigh what each row of `weights` says.

    Args:
        table: from `people_first`.
        weights: draws × rows of the table; a row's weight is that of all the people it stands for.
        ghost: per draw, the weight of one more voter whose vote is spread evenly over the
            categories (a ranking that holds all objects equal), or None.

    Returns:
        Draws × items, 0..1; NaN where nobody who has any weight answered.
    """
    values = np.empty((len(weights), len(table.parts)))
    for kind, k in {(_measure(p), p.k) for p in table.parts}:
        places = [i for i, p in enumerate(table.parts) if (_measure(p), p.k) == (kind, k)]
        parts = [table.parts[i] for i in places]
        if kind == "ranked":
            for place, part in zip(places, parts, strict=True):
                values[:, place] = _r_bar(table.rows[:, part.columns], weights, ghost)
        else:
            values[:, places] = _counted(table, parts, weights, ghost)
    return values


def canonical_order(
    cells: FloatArray, times: NDArray[np.int64], parts: Sequence[Part], sides: int
) -> NDArray[np.intp]:
    """An order of the rows that follows from the answers alone, however both sides were numbered.

    Rows and columns are coloured in turn, each by the colours that it meets and the answers with
    which it meets them (Weisfeiler and Leman's refinement, with 64-bit hashes). Rows that stay
    alike are interchangeable, but for patterns of a regularity that answers don't have; there
    the order of the items could show, within the error of the resampling.
    """
    block = np.concatenate(
        [np.full(len(p.columns), i % (len(parts) // sides)) for i, p in enumerate(parts)]
    )
    salt = np.array(
        [
            hash((ITEM_KINDS.index(p.kind), p.k, p.weight, i * sides // len(parts)))
            for i, p in enumerate(parts)
            for _ in p.columns
        ],
        dtype=np.int64,
    ).view(np.uint64)
    answers = _mix((cells + 0.0).view(np.uint64))
    rows, columns = _mix(times.astype(np.uint64)), _mix(salt)
    for _ in range(REFINEMENTS):
        rows = _mix(rows + _mix(answers + columns).sum(axis=1, dtype=np.uint64))
        met = _mix(answers + rows[:, None]).sum(axis=0, dtype=np.uint64)
        together = np.zeros(len(parts), dtype=np.uint64)
        columns = _mix(columns + met)
        np.add.at(together, block, columns)
        columns = _mix(columns + together[block])
    return np.argsort(rows, kind="stable")


REFINEMENTS: Final = 4
"""Colours hardly change after two; people who answer alike stay alike however often one looks."""


# Items and their columns


def _parts(kinds: Kinds, weights: Sequence[float] | None) -> tuple[Part, ...]:
    if weights is not None and len(weights) != len(kinds):
        raise ValueError(f"There are {len(kinds)} items, but {len(weights)} weights.")
    parts, start = [], 0
    for i, (kind, k) in enumerate(kinds):
        if kind not in ITEM_KINDS:
            raise ValueError(f"There is no kind of item called {kind!r}.")
        if k < MIN_STEPS or k != FIXED_STEPS.get(kind, k):
            raise ValueError(f"An item of the kind {kind!r} can't have {k} categories.")
        width = k if kind in WIDE_KINDS else 1
        weight = 1.0 if weights is None else float(weights[i])
        if not (np.isfinite(weight) and weight >= 0):
            raise ValueError(f"The weight of an item must be 0 or more, and finite; not {weight}.")
        parts.append(Part(kind, k, tuple(range(start, start + width)), weight))
        start += width
    return tuple(parts)


def steps_of(part: Part) -> int:
    """How many categories a column of the item counts."""
    return CHOICE if part.kind == "several" else part.k


def _measure(part: Part) -> str:
    if part.kind in RANKED:
        return "ranked"
    return part.kind if part.kind in NOMINAL else "ordered"


def _refuse_other_steps(cells: FloatArray, steps: int) -> None:
    given = cells[~np.isnan(cells)]
    if ((given < 1) | (given > steps) | (given != np.floor(given))).any():
        raise ValueError(f"An answer must be one of 1 to {steps}, or NaN where there is none.")


def _mid_ranks(cells: FloatArray) -> FloatArray:
    """Ranks within each row, ties sharing theirs; who left an object out ranked nothing."""
    smaller = (cells[:, None, :] < cells[:, :, None]).sum(axis=2)
    equal = (cells[:, None, :] == cells[:, :, None]).sum(axis=2)
    ranks = smaller + (equal + 1) / 2.0
    return np.where(np.isnan(cells).any(axis=1, keepdims=True), np.nan, ranks)


def _item(table: Table, part: Part) -> Item:
    """What `workshop.items` wants of an item: counts, or the ranks of those who ranked."""
    cells = table.rows[:, part.columns]
    if part.kind in RANKED:
        ranked = ~np.isnan(cells).any(axis=1)
        return part.kind, np.repeat(cells[ranked], table.times[ranked], axis=0)
    counts = table.times @ _one_hot(cells, steps_of(part))
    return part.kind, counts.reshape(len(part.columns), -1) if len(part.columns) > 1 else counts


def _one_hot(cells: FloatArray, steps: int) -> FloatArray:
    """Rows × (columns · steps): 1 where that answer was given."""
    hot = np.zeros((*cells.shape, steps))
    hot[cells[:, :, None] == np.arange(1, steps + 1)] = 1.0
    return hot.reshape(len(cells), cells.shape[1] * steps)


# Consensus under weights


def _counted(
    table: Table, parts: Sequence[Part], weights: FloatArray, ghost: FloatArray | None
) -> FloatArray:
    steps = steps_of(parts[0])
    columns = [c for p in parts for c in p.columns]
    counts = weights @ _one_hot(table.rows[:, columns], steps)
    counts = counts.reshape(len(weights), len(columns), steps)
    if ghost is not None:
        counts += ghost[:, None, None] / steps
    if _measure(parts[0]) == "ordered":
        return consensus_rows(counts)
    values = _nominal_rows(counts).reshape(len(weights), len(parts), -1)
    # An option that nobody was asked about has no consensus, and no say in the mean.
    said = ~np.isnan(values)
    sums = np.where(said, values, 0.0).sum(axis=2)
    some = said.sum(axis=2)
    return np.where(some > 0, sums / np.maximum(some, 1), np.nan)


def _nominal_rows(counts: FloatArray) -> FloatArray:
    """`nominal_consensus` of many rows; NaN for a row without answers."""
    total = counts.sum(axis=-1, keepdims=True)
    p = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    values = np.clip(1.0 - special.entr(p).sum(axis=-1) / np.log(counts.shape[-1]), 0.0, 1.0)
    rows: FloatArray = np.where(total[..., 0] > 0, values, np.nan)
    return rows


def _r_bar(ranks: FloatArray, weights: FloatArray, ghost: FloatArray | None) -> FloatArray:
    """The weighted mean rank correlation of two different raters; `kendall_w`'s r̄ at equal weights.

    With z a rater's centred ranks, `r̄ = Σ_{i≠j} wᵢwⱼ·zᵢzⱼ / (Σ_{i≠j} wᵢwⱼ · Σ wᵢzᵢ²/Σ wᵢ)`,
    and never below 0. Pairs of a rater with himself are left out: a copy agrees with itself.
    """
    ranked = ~np.isnan(ranks).any(axis=1)
    z = ranks[ranked] - (ranks.shape[1] + 1) / 2.0
    w = weights[:, ranked]
    own = np.square(z).sum(axis=1)
    sums, squares = w.sum(axis=1), np.square(w).sum(axis=1)
    pairs = np.square(w @ z).sum(axis=1) - np.square(w) @ own
    everybody, alone = sums, squares
    if ghost is not None:
        everybody, alone = sums + ghost, squares + np.square(ghost)
    possible = (np.square(everybody) - alone) * (w @ own)
    r_bar = np.divide(pairs * sums, possible, out=np.full_like(sums, np.nan), where=possible > 0)
    clipped: FloatArray = np.clip(r_bar, 0.0, 1.0)
    return clipped


def _mix(values: Hashes) -> Hashes:
    """Splitmix64: every bit of a number depends on every other (Steele, Lea & Flood 2014)."""
    x = values + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
