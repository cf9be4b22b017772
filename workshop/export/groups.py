"""How many people were of each group, without betraying a single one.

METHOD, "Small numbers betray people": a group smaller than five falls into *andere*, and where
a subtraction would reveal it, the next larger group falls in too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workshop.convergence import MIN_SHOWN
from workshop.model import Participant

OTHER: Final = "other"
"""The group that takes in what is too small to be shown."""


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
