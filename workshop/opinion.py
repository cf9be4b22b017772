"""Opinion groups: who votes alike, what all groups agree on, and what each group stands for.

`votes` is people × statements: 1 agree, −1 disagree, 0 pass, NaN not seen. `groups` is a label
per person, 0 or more, and −1 for nobody's. Groups are an input of the two measures: given the
groups that Polis exported, their results are Polis'.

Sources
    Small, C., Bjorkegren, M., Erkkilä, T., Shaw, L., & Megill, C. (2021). Polis: Scaling
        deliberation by mapping high dimensional opinion spaces. Recerca, 26(2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from workshop.kmeans import Labels, by_size, k_means, silhouettes
from workshop.measures import FloatArray

MIN_PEOPLE: Final = 50
"""Polis itself advises against groups of fewer; with 26 two implementations agree at chance."""

MIN_VOTES: Final = 7
"""Who gave fewer votes can't be placed."""

MIN_RANKED: Final = 20
"""A ranking by consensus leaves out statements with fewer votes."""

MOST_GROUPS: Final = 5
MOST_REPRESENTATIVE: Final = 5

SIGNIFICANT: Final = 1.2816
"""z of a one-sided test at 10 %, which is Polis' threshold."""


class NoGroups(StrEnum):
    """Why there are no opinion groups."""

    TOO_FEW_PEOPLE = "too-few-people"
    """Fewer than `MIN_PEOPLE` gave `MIN_VOTES` votes."""
    ALL_ALIKE = "all-alike"
    """Everybody votes alike: there is nothing to tell groups apart by."""


def group_informed_consensus(votes: ArrayLike, groups: ArrayLike) -> FloatArray | None:
    """How far every group agrees with a statement: `Π_g (A_g + 1)/(S_g + 2)` (Small et al. 2021).

    A_g agree in group g, S_g voted there, passes included. High only where each group agrees: a
    large group can't outvote a small one. A statement that a group hasn't seen has ½ from it.

    Args:
        votes: people × statements of 1, 0, −1, NaN.
        groups: a label per person, −1 for none: those don't count.

    Returns:
        One value above 0 and below 1 per statement; none is masked. None where nobody is in a
        group: a product of nothing would be perfect consensus.

    Raises:
        ValueError: other votes, or not a whole label of −1 or more per person.
    """
    table, labels = _valid(votes, groups)
    found = np.unique(labels[labels >= 0])
    if not len(found):
        return None
    value = np.ones(table.shape[1])
    for label in found:
        members = table[labels == label]
        value *= ((members == 1).sum(axis=0) + 1.0) / ((~np.isnan(members)).sum(axis=0) + 2.0)
    return value


def consensus_ranking(
    votes: ArrayLike, groups: ArrayLike, least: int = MIN_RANKED
) -> tuple[int, ...]:
    """Statements (places, 0 for the first) by `group_informed_consensus`, highest first.

    Left out are those with fewer than `least` votes, of everybody, in a group or not. Equal ones
    keep their order. Empty where nobody is in a group. Arguments and errors as there.
    """
    value = group_informed_consensus(votes, groups)
    if value is None:
        return ()
    seen = (~np.isnan(np.asarray(votes, dtype=np.float64))).sum(axis=0)
    return tuple(int(i) for i in np.argsort(-value, kind="stable") if seen[i] >= least)


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement that tells a group from the others.

    Attributes:
        statement: its place, 0 for the first.
        agrees: whether the group agrees with it, or disagrees.
        successes, votes: how many in the group do so, of how many who saw it.
        share: P = (successes + 1)/(votes + 2) within the group.
        share_test: z_p of that share against one half.
        ratio: R, P within the group over P of everybody else in a group.
        ratio_test: z_R of the two shares.
        score: `P·z_p·R·z_R`.
    """

    statement: int
    agrees: bool
    successes: int
    votes: int
    share: float
    share_test: float
    ratio: float
    ratio_test: float
    score: float


def representative_statements(
    votes: ArrayLike, groups: ArrayLike
) -> dict[int, tuple[Representative, ...]]:
    """What each group stands for: at most five statements each, the most telling first.

    With s successes (agrees, or disagrees) of n votes within the group, s′ of n′ among all
    others in a group, `P = (s + 1)/(n + 2)` and `R = P/P′`. Statements count whose
    `z_p = 2√(n + 1)·((s + 1)/(n + 1) − ½)` and
    `z_R = (p₁ − p₂)/√(p̂(1 − p̂)(1/(n + 1) + 1/(n′ + 1)))`, p₁ = (s + 1)/(n + 1) and p₂ alike,
    p̂ pooled, are both above 1.2816; for agree or for disagree, whichever scores more by
    `P·z_p·R·z_R`, and ranked by it (Small et al. 2021).

    Arguments and errors as `group_informed_consensus`.

    Returns:
        By label of the group; empty for a group that nothing tells from the others, and no
        entries where nobody is in a group.
    """
    table, labels = _valid(votes, groups)
    found = {}
    for label in np.unique(labels[labels >= 0]):
        inside, outside = table[labels == label], table[(labels >= 0) & (labels != label)]
        candidates = [*_telling(inside, outside, 1), *_telling(inside, outside, -1)]
        best: dict[int, Representative] = {}
        for one in sorted(candidates, key=lambda r: (-r.score, r.statement)):
            best.setdefault(one.statement, one)
        found[int(label)] = tuple(best.values())[:MOST_REPRESENTATIVE]
    return found


def _telling(inside: FloatArray, outside: FloatArray, vote: int) -> list[Representative]:
    """The statements whose agreement (or disagreement) passes both tests."""
    s, n = (inside == vote).sum(axis=0), (~np.isnan(inside)).sum(axis=0)
    t, m = (outside == vote).sum(axis=0), (~np.isnan(outside)).sum(axis=0)
    share = (s + 1.0) / (n + 2.0)
    ratio = share / ((t + 1.0) / (m + 2.0))
    z_share = 2.0 * np.sqrt(n + 1.0) * ((s + 1.0) / (n + 1.0) - 0.5)
    pooled = (s + t + 2.0) / (n + m + 2.0)
    spread = np.sqrt(np.maximum(pooled * (1.0 - pooled), 0.0) * (1 / (n + 1.0) + 1 / (m + 1.0)))
    apart = (s + 1.0) / (n + 1.0) - (t + 1.0) / (m + 1.0)
    # Where everybody votes alike there is no spread, and nothing to tell the group by.
    z_ratio = np.divide(apart, spread, out=np.zeros_like(apart), where=spread > 0)
    score = share * z_share * ratio * z_ratio
    return [
        Representative(
            statement=int(i),
            agrees=vote > 0,
            successes=int(s[i]),
            votes=int(n[i]),
            share=float(share[i]),
            share_test=float(z_share[i]),
            ratio=float(ratio[i]),
            ratio_test=float(z_ratio[i]),
            score=float(score[i]),
        )
        for i in np.flatnonzero((z_share > SIGNIFICANT) & (z_ratio > SIGNIFICANT))
    ]


@dataclass(frozen=True, slots=True, eq=False)
class OpinionGroups:
    """The groups of a strand, with everything that led to them.

    Attributes:
        labels: per person the group, 0 for the largest, −1 for none.
        people: places of those who were grouped, in order.
        coordinates: their places on the map, people × 2. Who voted little is moved outwards, so
            that few votes don't put anybody in the middle.
        axes: 2 × statements, how far each statement pulls along either axis.
        explained: the share of the variance that each axis shows.
        k: how many groups; 0 where there are none.
        sizes: people per group.
        silhouettes: by k that was tried, −1..1; the k with the highest was taken.
        reason: why there are no groups, or None.
    """

    labels: Labels
    people: Labels
    coordinates: FloatArray
    axes: FloatArray
    explained: tuple[float, ...]
    k: int
    sizes: tuple[int, ...]
    silhouettes: Mapping[int, float]
    reason: NoGroups | None


def opinion_groups(votes: ArrayLike, seed: int) -> OpinionGroups:
    """Groups of people who vote alike, for a strand of at least 50 who gave at least 7 votes.

    Votes not given count as the statement's mean; principal components to two dimensions; each
    person is moved outwards by √(statements/their votes); k-means, and of k = 2 to
    min(5, 2 + n/12) the one with the highest mean silhouette, the fewest groups where equal.

    Args:
        votes: people × statements of 1, 0, −1, NaN. Statements that were moderated out don't
            belong in it; statements that nobody voted on don't count as statements.
        seed: of k-means' starts. The same people get the same groups in whatever order they and
            the statements come.

    Returns:
        Always a result: without groups where too few people voted, or all alike; see `reason`.

    Raises:
        ValueError: other votes than these.
    """
    table, _ = _valid(votes, None)
    given = (~np.isnan(table)).sum(axis=1)
    people = np.flatnonzero(given >= MIN_VOTES)
    if len(people) < MIN_PEOPLE:
        return _none(table, people, NoGroups.TOO_FEW_PEOPLE)
    coordinates, axes, explained = _map(table[people])
    order = np.lexsort(np.round(coordinates, 9).T)
    points = coordinates[order]
    if np.allclose(points, points[0], rtol=0.0, atol=1e-9):
        return _none(table, people, NoGroups.ALL_ALIKE)
    most = min(MOST_GROUPS, 2 + len(people) // 12, len(np.unique(np.round(points, 9), axis=0)))
    found = {k: k_means(points, k, seed) for k in range(2, most + 1)}
    quality = silhouettes(points, found)
    best = max(found, key=lambda k: (round(quality[k], 9), -k))
    by_person = np.empty(len(people), dtype=np.int64)
    by_person[order] = by_size(found[best], points)
    labels = np.full(len(table), -1, dtype=np.int64)
    labels[people] = by_person
    return OpinionGroups(
        labels=labels,
        people=people,
        coordinates=coordinates,
        axes=axes,
        explained=explained,
        k=best,
        sizes=tuple(int(x) for x in np.bincount(by_person)),
        silhouettes=quality,
        reason=None,
    )


def _none(table: FloatArray, people: Labels, reason: NoGroups) -> OpinionGroups:
    return OpinionGroups(
        labels=np.full(len(table), -1, dtype=np.int64),
        people=people,
        coordinates=np.zeros((len(people), 2)),
        axes=np.zeros((2, table.shape[1])),
        explained=(),
        k=0,
        sizes=(),
        silhouettes={},
        reason=reason,
    )


def _map(table: FloatArray) -> tuple[FloatArray, FloatArray, tuple[float, ...]]:
    """Where people stand in the two dimensions in which they differ most."""
    seen = ~np.isnan(table)
    times = seen.sum(axis=0)
    mean = np.where(seen, table, 0.0).sum(axis=0) / np.maximum(times, 1)
    # A vote not given is the mean, and so 0 once the mean is taken off.
    centred = np.where(seen, table - mean, 0.0)
    # The axes are the eigenvectors of statements × statements: fewer of these than of people.
    values, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1][:, :2].T
    # An axis may point either way: upwards where its votes pull most, one way in any order.
    skew = (axes**3).sum(axis=1)
    axes = axes * np.where(skew < 0, -1.0, 1.0)[:, None]
    outwards = np.sqrt((times > 0).sum() / seen.sum(axis=1))
    total = float(values.sum())
    explained = tuple(float(x) / total for x in values[::-1][:2]) if total > 0 else (0.0, 0.0)
    return centred @ axes.T * outwards[:, None], axes, explained


def _valid(votes: ArrayLike, groups: ArrayLike | None) -> tuple[FloatArray, Labels]:
    table = np.asarray(votes, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("Votes are a table: people x statements.")
    if not np.isin(table[~np.isnan(table)], (-1.0, 0.0, 1.0)).all():
        raise ValueError("A vote is 1 (agree), 0 (pass), -1 (disagree), or NaN (not seen).")
    if groups is None:
        return table, np.full(len(table), -1, dtype=np.int64)
    labels = np.asarray(groups, dtype=np.float64)
    if labels.shape != (len(table),):
        raise ValueError("Groups are one label for each person.")
    if not ((labels == np.floor(labels)) & (labels >= -1) & np.isfinite(labels)).all():
        raise ValueError("A group is a whole number from 0, or -1 for none.")
    return table, labels.astype(np.int64)
