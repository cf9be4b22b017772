"""Results by group of people, without betraying a single one.

METHOD, "Small numbers betray people": ten people from administration, one of them against, and
everyone knows who. So what is said of a group is coarse, and checked:

- **Groups** are those of `safe_groups`, of five people at least, the same for all statements and
  rounds: two divisions of the same people would betray whom they divide differently. A statement
  that too few of a group have answered is not divided anew, it shows nothing of that group.
- **Statements.** Of a group of `NUMBERS_FROM` or more it is said how many are at least for it, in
  the middle, against it, in steps of five; of a smaller one only on which side more than half of
  the group are. No number of answers, no abstentions: what is missing to the group's size stays
  open. Everybody also knows the result of the whole room and how large the groups are, so the
  exact answer to "what follows from all of this together" is computed (`workshop.disclosure`);
  where that is one to four people of one group, and nearly how many, less is said, and if need
  be nothing at all. Nothing said looks like nothing to say.
- **Convergence** of a group takes at least `MIN_ITEMS` statements, each answered by at least five
  of the group: of one statement an index gives its distribution away. It comes in steps of five
  points, and between 10 and 90, for at either end all answers are known.

Not held: who has the rows of single answers as well (they carry no group) can try which division
of all people fits everything that is said here. Coarse steps make that hard, not impossible. And
who compares two states of the data sees what happened between them, such as who left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workshop.analysis import Level
from workshop.disclosure import betrays
from workshop.items import MIN_SHOWN
from workshop.model import Participant
from workshop.verdicts import ClusterWord, cluster_word

OTHER: Final = "other"
"""The group that takes in what is too small to be shown."""

NUMBERS_FROM: Final = 20
"""Of smaller groups no numbers are told: five is a quarter of these."""

STEP: Final = 5
"""Numbers of people, and points of an index, come in steps of this."""

MIN_ITEMS: Final = 3
"""An index of fewer statements says too much about each."""

ENDS: Final = (10.0, 90.0)
"""An index beyond these is shown as these: "at most 10", "at least 90"."""


@dataclass(frozen=True, slots=True)
class Group:
    """A cell that may be shown: `n` people of `key`; `members` are the groups it is made of."""

    key: str
    n: int
    members: tuple[str, ...]


def count_groups(offered: Sequence[str], participants: Iterable[Participant]) -> tuple[Group, ...]:
    """The groups of a workshop that may be shown; see `safe_groups`."""
    counts = dict.fromkeys(offered, 0)
    for participant in participants:
        counts[participant.segment] = counts.get(participant.segment, 0) + 1
    return safe_groups(counts)


def safe_groups(counts: Mapping[str, int]) -> tuple[Group, ...]:
    """Cells of at least five people each, from people per group; their sum is the total.

    The total is known to everybody (it stood on the stage), so a cell that is left out could be
    computed from the others; therefore everything is in some cell. What is below five goes into
    `other` together with those who really chose it, however many: as their number is not shown,
    no small group follows from the sum, not even for who knows this rule. Where the small ones
    together are fewer than five, the smallest group of five or more joins them. Which of the
    members is the large one is not told.

    Nothing is shown where fewer than five people came, and where `other` isn't offered while
    some group is too small: then nothing would hide it. A group that nobody chose is no secret.
    """
    pool = [key for key, n in counts.items() if n < MIN_SHOWN or key == OTHER]
    large = sorted((key for key in counts if key not in pool), key=lambda key: (counts[key], key))
    together = sum(counts[key] for key in pool)
    if together == 0:
        pool = []
    elif OTHER not in counts:
        return ()
    elif together < MIN_SHOWN:
        if not large:
            return ()
        pool.append(large.pop(0))
    cells = [Group(key, counts[key], (key,)) for key in counts if key in large]
    if pool:
        members = tuple(key for key in counts if key in pool)
        cells.append(Group(OTHER, sum(counts[key] for key in members), members))
    return tuple(cells)


class Side(StrEnum):
    """Where an answer lies on its scale."""

    AGAINST = "against"
    MIDDLE = "middle"
    FOR = "for"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one group stands on one statement, as far as it may be told.

    Attributes:
        group: of whom.
        majority: the side of more than half of the group's people, answered or not; None where
            that isn't sure.
        least: by side, how many there are at least, in steps of five; None where numbers aren't
            told. Sides with fewer than five have 0.
    """

    group: Group
    majority: Side | None
    least: Mapping[Side, int] | None


Answers = Sequence[Sequence[int]]
"""Groups × (steps 1..k, abstained, not answered), numbers of people."""


def standings(groups: Sequence[Group], answers: Answers, steps: int) -> tuple[Standing, ...]:
    """Where each group stands on one statement in one round; empty where nothing may be told.

    Numbers where they betray nobody, else majorities, else nothing. Where nothing is sure of any
    group that is nothing, too: so a missing statement doesn't tell why it is.

    Args:
        groups: of all people, from `safe_groups`.
        answers: the true numbers; each row adds up to the group's `n`.
        steps: the k of the scale.
    """
    if len(groups) < 2:
        return ()
    sides = _sides(steps)
    parts = [*sides.values(), (steps, steps + 1)]
    for numbers in (True, False):
        found, bounds = [], []
        for group, row in zip(groups, answers, strict=True):
            counts = {side: sum(row[c] for c in columns) for side, columns in sides.items()}
            told = numbers and group.n >= NUMBERS_FROM
            bounds.append([*(_bounds(n, group.n, told) for n in counts.values()), (0, group.n)])
            found.append(_standing(group, counts, told))
        if not betrays(answers, parts, bounds):
            says = any(s.majority or any((s.least or {}).values()) for s in found)
            return tuple(found) if says else ()
    return ()


def _sides(steps: int) -> dict[Side, tuple[int, ...]]:
    """The places of the steps on each side; an even scale has no middle."""
    half = steps // 2
    places = range(steps)
    return {
        Side.AGAINST: tuple(places[:half]),
        Side.MIDDLE: tuple(places[half : steps - half]),
        Side.FOR: tuple(places[steps - half :]),
    }


def _bounds(count: int, size: int, told: bool) -> tuple[int, int]:
    """At least and at most how many of a side's people there are, for who reads what is told."""
    if told:
        least = count // STEP * STEP
        return least, min(least + STEP - 1, size)
    half = size // 2
    return (half + 1, size) if count > half else (0, half)


def _standing(group: Group, counts: Mapping[Side, int], told: bool) -> Standing:
    """What is told, made of the bounds and nothing else."""
    least = {side: _bounds(n, group.n, told)[0] for side, n in counts.items()}
    majority = next((side for side, n in least.items() if 2 * n > group.n), None)
    return Standing(group, majority, least if told else None)


@dataclass(frozen=True, slots=True)
class GroupLevel:
    """The convergence of one group on a cluster in one round, in steps of five points.

    Attributes:
        group: of whom.
        index, low, high: the index, between `ENDS`, and its 95 % interval, rounded outwards.
        baseline: the index that random answers would give, rounded.
        word: what may be said, of these rounded numbers; `TOO_FEW` where there are none.
    """

    group: Group
    index: float | None
    low: float | None
    high: float | None
    baseline: float | None
    word: ClusterWord


def may_have_level(answered: Sequence[int]) -> bool:
    """Whether a group's convergence may be told.

    Args:
        answered: by statement of the index, how many of the group gave it a value.
    """
    return len(answered) >= MIN_ITEMS and min(answered) >= MIN_SHOWN


def group_level(group: Group, level: Level | None) -> GroupLevel:
    """What may be told of a group's convergence.

    Args:
        group: of whom.
        level: the true one, of this group's people alone; None where none may be told.
    """
    nothing = GroupLevel(group, None, None, None, None, ClusterWord.TOO_FEW)
    if level is None:
        return nothing
    index, low, high, chance = level.index, level.low, level.high, level.baseline
    if index is None or low is None or high is None or chance is None:
        return nothing
    bottom, top = ENDS
    interval = (min(low // STEP * STEP, top), max(-(-high // STEP) * STEP, bottom))
    baseline = _rounded(chance)
    return GroupLevel(
        group=group,
        index=min(max(_rounded(index), bottom), top),
        low=interval[0],
        high=interval[1],
        baseline=baseline,
        word=cluster_word(interval, baseline, group.n),
    )


def _rounded(points: float) -> float:
    return float(STEP * int(points / STEP + 0.5))


@dataclass(frozen=True)
class SegmentResults:
    """Results by group of the revealed rounds of a workshop, at one state of its data.

    Attributes:
        workshop_id: of which workshop.
        key: the state: equal keys are equal results.
        groups: the groups that may be told apart; fewer than two tell nothing.
        items: by (round, statement) where each group stands; without what may not be told.
        levels: by (cluster, round number) the convergence of each group.
    """

    workshop_id: str
    key: str
    groups: tuple[Group, ...]
    items: Mapping[tuple[str, str], tuple[Standing, ...]]
    levels: Mapping[tuple[str, int], tuple[GroupLevel, ...]]

    def of(self, round_id: str, statement_id: str) -> tuple[Standing, ...]:
        """Where each group stands on a statement in a round; empty where nothing may be told."""
        return self.items.get((round_id, statement_id), ())


def answers_by_group(
    groups: Sequence[Group],
    segments: Mapping[str, str],
    rows: Iterable[tuple[str, str, str, int | None]],
    steps: Mapping[str, int],
) -> dict[tuple[str, str], Answers]:
    """By (round, statement), the `Answers` of all groups.

    Args:
        groups: from `safe_groups`.
        segments: the segment of each participant.
        rows: (round, participant, statement, value or None for an abstention).
        steps: the k of each statement's scale.
    """
    place = {member: i for i, group in enumerate(groups) for member in group.members}
    counted = Counter((r, s, place[segments[p]], v) for r, p, s, v in rows)
    found: dict[tuple[str, str], list[list[int]]] = {}
    for (round_id, statement_id, group, value), n in counted.items():
        k = steps[statement_id]
        # Steps 1..k, then who abstained, then who gave no answer: so far everybody.
        table = found.setdefault((round_id, statement_id), [[0] * (k + 1) + [g.n] for g in groups])
        table[group][k if value is None else value - 1] += n
        table[group][-1] -= n
    return dict(found)
