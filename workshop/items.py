"""Items of a cluster: what each is measured by, the convergence index, and its chance level.

Import the numbers from `workshop.convergence`, which joins this module with the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from numpy.typing import ArrayLike

from workshop.chance import chance_nominal, chance_ordinal, chance_ranking
from workshop.measures import (
    FloatArray,
    kendall_w,
    nominal_consensus,
    tastle_wierman,
    valid_counts,
    valid_ranks,
    valid_row,
)

Item = tuple[str, ArrayLike] | tuple[str, ArrayLike, float]
"""One item of a cluster: its kind, what was answered (see `item_consensus`), and its weight."""

MIN_SHOWN: Final = 5
"""Fewer people than this and no result is shown: in so small a circle a number names its people.

The measures themselves don't apply it (one answer has a consensus, 1); who shows them does.
"""

POINTS: Final = 100.0
"""The index and its chance level run from 0 to this."""


def item_consensus(kind: str, counts: ArrayLike) -> float | None:
    """The consensus of one item, 0..1, by METHOD's "One cluster"; the index is made of these.

    | kind | `counts` | measure |
    |---|---|---|
    | rate, slider, matrix (one axis of it) | per step | `tastle_wierman` |
    | agree | agree, neutral, disagree | `tastle_wierman`, k = 3 |
    | yesno | yes, no | 1 − H₂ |
    | choose | per option, one option a person | `nominal_consensus` |
    | several | options × (chosen, not chosen) | mean over the options of 1 − H₂ |
    | rank, allocate | raters × objects: ranks, or points | `kendall_w`'s r̄ |

    None where nothing can be said: no answers, or a ranking by fewer than two people.

    Raises:
        ValueError: an unknown kind, the wrong number of categories for it, or counts that the
            measure refuses.
    """
    return _kind(kind).consensus(counts)


def index(items: Iterable[Item]) -> float | None:
    """The convergence index of a cluster: `C = 100·Σ w·c/Σ w`, in points 0..100.

    Convergence is not approval (all can agree that it is bad), and random answers don't give 0:
    see `chance_level`. Which items belong (those asked unchanged in every round shown) and
    whether enough people answered (`MIN_SHOWN`) is the caller's to decide.

    Args:
        items: (kind, counts) or (kind, counts, weight) each, the weight 1 unless given. Items
            without a consensus, such as those nobody answered, are left out.

    Returns:
        None when no item is left.

    Raises:
        ValueError: as `item_consensus`, or a weight that is negative or not finite.
    """
    return _weighted_mean(items, item_consensus)


def chance_level(items: Iterable[Item]) -> float | None:
    """What `index` would be on average if everybody had answered at random, in points.

    For the same mix of items, each with its own number of answers: every category equally
    likely, every set of options equally likely, every order equally likely. The expectation is
    computed and not simulated, so there is no seed, and the same items give the same level to
    the last digit (rankings: approximated, see `workshop.chance.chance_ranking`). A value is
    kept per kind, k and n; a new one takes about a millisecond at n = 3000.

    Args:
        items: as for `index`; of the answers only their number counts.

    Returns:
        None when no item is left; the items left out are those that `index` leaves out.

    Raises:
        ValueError: as `index`, or a number of answers that is not whole.
    """
    return _weighted_mean(items, _item_chance)


def _weighted_mean(
    items: Iterable[Item], value_of: Callable[[str, ArrayLike], float | None]
) -> float | None:
    values: list[float] = []
    weights: list[float] = []
    for kind, counts, *rest in items:
        weight = float(rest[0]) if rest else 1.0
        if not (math.isfinite(weight) and weight >= 0):
            raise ValueError(f"The weight of an item must be 0 or more, and finite; not {weight}.")
        value = value_of(kind, counts)
        if value is not None:
            values.append(weight * value)
            weights.append(weight)
    total = math.fsum(weights)
    # fsum rounds once, at the end: so the order of the items can't show in the last digit.
    return POINTS * math.fsum(values) / total if total > 0 else None


# What an item is made of, by kind


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of item is measured, and what its measure gives at random."""

    consensus: Callable[[ArrayLike], float | None]
    chance: Callable[[ArrayLike], float]


def _kind(kind: str) -> _Kind:
    try:
        return _KINDS[kind]
    except KeyError:
        known = ", ".join(_KINDS)
        raise ValueError(f"There is no kind of item called {kind!r}; there are {known}.") from None


def _item_chance(kind: str, counts: ArrayLike) -> float | None:
    found = _kind(kind)
    return None if found.consensus(counts) is None else found.chance(counts)


def _of_steps(
    steps: int, measure: Callable[[ArrayLike], float | None], counts: ArrayLike
) -> float | None:
    """The measure, for a kind of item that has a fixed number of categories."""
    row = valid_row(counts)
    if len(row) != steps:
        raise ValueError(f"This kind of item has {steps} categories, not {len(row)}.")
    return measure(row)


def _valid_options(counts: ArrayLike) -> FloatArray:
    """The counts of an item of several choices: options × (chosen, not chosen)."""
    array = valid_counts(counts)
    if array.ndim != 2 or array.shape[1] != 2:
        raise ValueError("Several choices are counted as options x (chosen, not chosen).")
    return array


def _several_consensus(counts: ArrayLike) -> float | None:
    values = [c for row in _valid_options(counts) if (c := nominal_consensus(row)) is not None]
    return math.fsum(values) / len(values) if values else None


def _several_chance(counts: ArrayLike) -> float:
    values = [_chance_of_row(chance_nominal, row) for row in _valid_options(counts) if row.any()]
    return math.fsum(values) / len(values)


def _ranking_consensus(ranks: ArrayLike) -> float | None:
    found = kendall_w(ranks)
    return None if found is None else found.r_bar


def _ranking_chance(ranks: ArrayLike) -> float:
    m, k = valid_ranks(ranks).shape
    return chance_ranking(k, m)


def _chance_of_row(chance: Callable[[int, int], float], counts: ArrayLike) -> float:
    """The expectation for as many categories and as many answers as the row has."""
    row = valid_row(counts)
    total = float(row.sum())
    if not total.is_integer():
        raise ValueError(f"Chance is a matter of whole answers; these counts add up to {total}.")
    return chance(len(row), int(total))


_by_steps = partial(_chance_of_row, chance_ordinal)
_by_options = partial(_chance_of_row, chance_nominal)

_KINDS: Final[dict[str, _Kind]] = {
    "rate": _Kind(tastle_wierman, _by_steps),
    "slider": _Kind(tastle_wierman, _by_steps),
    "matrix": _Kind(tastle_wierman, _by_steps),
    "agree": _Kind(partial(_of_steps, 3, tastle_wierman), _by_steps),
    "yesno": _Kind(partial(_of_steps, 2, nominal_consensus), _by_options),
    "choose": _Kind(nominal_consensus, _by_options),
    "several": _Kind(_several_consensus, _several_chance),
    "rank": _Kind(_ranking_consensus, _ranking_chance),
    "allocate": _Kind(_ranking_consensus, _ranking_chance),
}

ITEM_KINDS: Final = tuple(_KINDS)
"""The kinds of item that `item_consensus`, `index` and `chance_level` know."""
