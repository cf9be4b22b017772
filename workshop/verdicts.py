"""What the numbers permit to be said: words for items, clusters, changes and two strands.

The rules and thresholds of the method; the sentences are made of these words elsewhere. Where
several rules would do, the first one counts. A word that may not be said is a word too: it says
why nothing is claimed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from workshop.items import MIN_SHOWN, chance_level
from workshop.measures import FloatArray, valid_row

AGREED_SHARE: Final = 0.75
"""This share on one side is agreement: custom in Delphi studies, not law. A process may set
another before its first round."""

SIDE_SHARE: Final = 0.25
"""A side is one that counts from this share on."""

MIN_CHANGE: Final = 15
"""No change is claimed of fewer people who answered both rounds: their intervals are too short."""

HALF: Final = 0.5
"""A strand is for an item (against it) when more than this share of its answers is."""

SIDED_KINDS: Final = frozenset({"rate", "slider", "matrix", "agree", "yesno"})
"""The kinds with a side for and a side against; of the others one can say which option leads."""

_FOR_FIRST: Final = frozenset({"agree", "yesno"})
"""Their categories begin with agree and with yes; on a scale the highest step is most in favour."""


class ItemWord(StrEnum):
    """What is said of one item in one strand and round."""

    POLARISED = "polarised"
    AGREED_FOR = "agreed-for"
    AGREED_AGAINST = "agreed-against"
    AGREED_MIDDLE = "agreed-middle"
    DIVIDED = "divided"
    OPEN = "open"


class ClusterWord(StrEnum):
    """What is said of a cluster's level: words of convergence only, never of approval."""

    ABOVE_CHANCE = "above-chance"
    LIKE_CHANCE = "like-chance"
    SPLIT = "split"
    TOO_FEW = "too-few"


class ChangeWord(StrEnum):
    """What is said of a cluster's change between two rounds, or why nothing is."""

    CLOSER = "closer"
    APART = "apart"
    NOT_SHOWN = "not-shown"
    """The interval covers 0: no change can be shown."""
    TOO_FEW_TO_CLAIM = "too-few-to-claim"
    """Enough to be shown, fewer than `MIN_CHANGE`: the numbers stand without a claim."""
    SOME_ITEMS = "some-items"
    """Only some items were asked again: each has its change, the cluster claims none."""
    TOO_FEW = "too-few"
    """Fewer than `MIN_SHOWN`: nothing is shown."""


class IntervalWord(StrEnum):
    """What the interval is called."""

    SAMPLING = "sampling"
    STABILITY = "stability"
    """Everybody invited answered, so there is no sampling error: *Stabilitätsbereich*."""


class Direction(StrEnum):
    """Where a strand stands on an item."""

    FOR = "for"
    AGAINST = "against"
    NONE = "none"


class StrandWord(StrEnum):
    """What is said of an item that both strands rated."""

    COMMON = "common"
    DISPUTED = "disputed"
    ONLY_COUNCIL = "only-council"
    ONLY_CITIZENS = "only-citizens"
    OPEN = "open"


def upwards(kind: str, counts: ArrayLike) -> FloatArray:
    """The counts of an item with a side, the category most in favour last.

    Raises:
        ValueError: a kind without a side, or counts that are refused by every measure.
    """
    if kind not in SIDED_KINDS:
        raise ValueError(f"Items of the kind {kind!r} have no side for and no side against.")
    row = valid_row(counts)
    return row[::-1] if kind in _FOR_FIRST else row


def sides(kind: str, counts: ArrayLike) -> tuple[float, float, float] | None:
    """The shares for (above the middle of the scale), in the middle, and against.

    A scale with an even number of steps has no middle. None without answers; errors: `upwards`.
    """
    row = upwards(kind, counts)
    total = float(row.sum())
    if total == 0:
        return None
    k = len(row)
    against, above = float(row[: k // 2].sum()), float(row[(k + 1) // 2 :].sum())
    return above / total, (total - above - against) / total, against / total


def direction(kind: str, counts: ArrayLike) -> Direction:
    """For (against) when more than half of the answers are; none otherwise, and without answers."""
    shares = sides(kind, counts)
    if shares is None:
        return Direction.NONE
    above, _, against = shares
    if above > HALF:
        return Direction.FOR
    return Direction.AGAINST if against > HALF else Direction.NONE


def item_word(
    kind: str, counts: ArrayLike, high: float | None, agreed: float = AGREED_SHARE
) -> ItemWord | None:
    """What may be said of one item; the first rule that holds.

    | word | when |
    |---|---|
    | polarised | each side ≥ 25 % and `high` below the chance level of as many answers |
    | agreed for, against, in the middle | ≥ `agreed` of the answers there |
    | divided | each side ≥ 25 % |
    | open | else |

    Args:
        kind: one of `SIDED_KINDS`.
        counts: of the answers, as for `item_consensus`; abstentions are not among them.
        high: the upper limit of the item's consensus in points 0..100 (`level_interval` of it
            alone), or None where it is not known: then nothing is called polarised.
        agreed: the share that is agreement, above one half and at most 1.

    Returns:
        None without answers. Whether enough people answered (`MIN_SHOWN`) is the caller's.

    Raises:
        ValueError: as `upwards`, or another `agreed`.
    """
    if not HALF < agreed <= 1:
        raise ValueError(f"Agreement is more than half of the answers; {agreed} is no such share.")
    shares = sides(kind, counts)
    if shares is None:
        return None
    above, middle, against = shares
    both = reaches(above, SIDE_SHARE) and reaches(against, SIDE_SHARE)
    chance = chance_level([(kind, counts)])
    if both and high is not None and chance is not None and high < chance:
        return ItemWord.POLARISED
    if reaches(above, agreed):
        return ItemWord.AGREED_FOR
    if reaches(against, agreed):
        return ItemWord.AGREED_AGAINST
    if reaches(middle, agreed):
        return ItemWord.AGREED_MIDDLE
    return ItemWord.DIVIDED if both else ItemWord.OPEN


def cluster_word(
    interval: tuple[float, float] | None,
    chance: float | None,
    n: int,
    *,
    rehearsal: bool = False,
) -> ClusterWord:
    """What may be said of a cluster's level: where its interval lies beside its chance level.

    Args:
        interval: from `level_interval`, None where there is none.
        chance: from `chance_level`, of the same items.
        n: people who answered; below `MIN_SHOWN` nothing is said, unless in a rehearsal, which
            shows everything and is marked as one.
    """
    if interval is None or chance is None or (n < MIN_SHOWN and not rehearsal):
        return ClusterWord.TOO_FEW
    low, high = interval
    if low > chance:
        return ClusterWord.ABOVE_CHANCE
    return ClusterWord.SPLIT if high < chance else ClusterWord.LIKE_CHANCE


def change_word(
    interval: tuple[float, float] | None,
    matched: int,
    *,
    all_asked_again: bool = True,
    rehearsal: bool = False,
) -> ChangeWord:
    """What may be said of a change. An interval that covers 0, or touches it, shows none.

    Args:
        interval: from `change_interval`, None where there is none.
        matched: people who answered both rounds. Below `MIN_SHOWN` nothing is shown, below
            `MIN_CHANGE` nothing is claimed; a rehearsal does both, and is marked as one.
        all_asked_again: whether every item of the cluster was asked unchanged in both rounds.
            Asking the worst again flatters: they rise by themselves.
    """
    if interval is None or (matched < MIN_SHOWN and not rehearsal):
        return ChangeWord.TOO_FEW
    if not all_asked_again:
        return ChangeWord.SOME_ITEMS
    if matched < MIN_CHANGE and not rehearsal:
        return ChangeWord.TOO_FEW_TO_CLAIM
    low, high = interval
    if low > 0:
        return ChangeWord.CLOSER
    return ChangeWord.APART if high < 0 else ChangeWord.NOT_SHOWN


def interval_word(n: int, invited: int) -> IntervalWord:
    """What to call the interval when n of the invited answered; nobody invited is not known."""
    everybody = 0 < invited <= n
    return IntervalWord.STABILITY if everybody else IntervalWord.SAMPLING


def strand_word(council: Direction, citizens: Direction) -> StrandWord:
    """What may be said of two strands on an item, from the direction of each.

    Common: both the same direction. Disputed: opposite ones. Only council, only citizens: one is
    for and the other has no direction. Open: else, so also where one is against and the other
    has no direction. Whether the difference is provable is said beside it (`workshop.strands`).
    """
    if Direction.NONE not in (council, citizens):
        return StrandWord.COMMON if council is citizens else StrandWord.DISPUTED
    if council is Direction.FOR:
        return StrandWord.ONLY_COUNCIL
    return StrandWord.ONLY_CITIZENS if citizens is Direction.FOR else StrandWord.OPEN


def reaches(share: float, wanted: float) -> bool:
    """Whether a share is at least the wanted one, whatever rounding did to either."""
    return share >= wanted or bool(np.isclose(share, wanted, rtol=0.0, atol=1e-12))
