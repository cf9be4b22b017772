"""The words are true: a walk along every boundary."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.convergence import chance_level, change_interval, level_interval
from workshop.verdicts import (
    ChangeWord,
    ClusterWord,
    Direction,
    IntervalWord,
    ItemWord,
    StrandWord,
    change_word,
    cluster_word,
    direction,
    interval_word,
    item_word,
    sides,
    strand_word,
)

CLAIMS = {ChangeWord.CLOSER, ChangeWord.APART}


def test_sides() -> None:
    assert sides("rate", [1, 0, 2, 0, 1]) == (0.25, 0.5, 0.25)
    assert sides("rate", [1, 2, 0, 1]) == (0.25, 0.0, 0.75)
    # Agree and yes come first among their categories.
    assert sides("agree", [3, 0, 1]) == (0.75, 0.0, 0.25)
    assert sides("yesno", [3, 1]) == (0.75, 0.0, 0.25)
    assert sides("rate", [0, 0, 0]) is None
    with pytest.raises(ValueError, match="no side"):
        sides("choose", [1, 2])


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ([0, 0, 25, 0, 75], ItemWord.AGREED_FOR),
        ([0, 0, 26, 0, 74], ItemWord.OPEN),
        ([75, 0, 25, 0, 0], ItemWord.AGREED_AGAINST),
        ([74, 0, 26, 0, 0], ItemWord.OPEN),
        ([13, 0, 75, 0, 12], ItemWord.AGREED_MIDDLE),
        ([13, 0, 74, 0, 13], ItemWord.OPEN),
        ([25, 0, 0, 0, 75], ItemWord.AGREED_FOR),
        ([26, 0, 0, 0, 74], ItemWord.DIVIDED),
        ([25, 0, 50, 0, 25], ItemWord.DIVIDED),
        ([24, 0, 51, 0, 25], ItemWord.OPEN),
        ([0, 0, 0, 0, 0], None),
    ],
)
def test_words_of_items_walk_their_boundaries(counts: list[int], word: ItemWord | None) -> None:
    """Without an interval nothing is polarised; mirrored, for and against change places."""
    assert item_word("rate", counts, None) is word
    turned = {
        ItemWord.AGREED_FOR: ItemWord.AGREED_AGAINST,
        ItemWord.AGREED_AGAINST: ItemWord.AGREED_FOR,
    }
    assert item_word("rate", counts[::-1], None) is (turned.get(word, word) if word else None)


def test_polarised_needs_both_sides_and_less_than_chance() -> None:
    camps = [12, 3, 0, 3, 12]
    chance = chance_level([("rate", camps)])
    assert chance is not None
    assert item_word("rate", camps, chance - 1e-9) is ItemWord.POLARISED
    assert item_word("rate", camps, chance) is ItemWord.DIVIDED
    assert item_word("rate", [7, 0, 1, 1, 21], chance - 1e-9) is ItemWord.OPEN
    # First of the rules: three quarters on a side are agreement only where it doesn't hold.
    assert item_word("rate", [25, 0, 0, 0, 75], 10.0) is ItemWord.POLARISED
    assert item_word("rate", [25, 0, 0, 0, 75], 60.0) is ItemWord.AGREED_FOR


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ([15, 0, 0, 0, 15], ItemWord.POLARISED),
        ([0, 1, 2, 12, 15], ItemWord.AGREED_FOR),
        ([6, 6, 6, 6, 6], ItemWord.DIVIDED),
        ([0, 5, 10, 10, 5], ItemWord.OPEN),
    ],
)
def test_words_with_the_intervals_that_they_are_made_of(counts: Any, word: ItemWord) -> None:
    answers = np.repeat(np.arange(1.0, 6), counts)[:, None]
    found = level_interval(answers, [("rate", 5)], 1)
    assert found is not None
    assert item_word("rate", counts, found[1]) is word


def test_the_share_that_is_agreement_is_a_setting() -> None:
    assert item_word("rate", [0, 0, 4, 0, 6], None, agreed=0.6) is ItemWord.AGREED_FOR
    assert item_word("rate", [0, 0, 4, 0, 6], None, agreed=0.61) is ItemWord.OPEN
    for nonsense in (0.5, 1.01):
        with pytest.raises(ValueError, match="more than half"):
            item_word("rate", [1, 2], None, agreed=nonsense)


def test_words_of_a_level() -> None:
    walk = [
        ((40.1, 60), ClusterWord.ABOVE_CHANCE),
        ((40.0, 60), ClusterWord.LIKE_CHANCE),
        ((20, 40.0), ClusterWord.LIKE_CHANCE),
        ((20, 39.9), ClusterWord.SPLIT),
    ]
    for interval, word in walk:
        assert cluster_word(interval, 40.0, 5) is word
        assert cluster_word(interval, 40.0, 4) is ClusterWord.TOO_FEW
        assert cluster_word(interval, 40.0, 4, rehearsal=True) is word
    assert cluster_word(None, 40.0, 9) is ClusterWord.TOO_FEW
    assert cluster_word((1, 2), None, 9) is ClusterWord.TOO_FEW


def test_words_of_a_change() -> None:
    walk = [
        ((0.1, 3), ChangeWord.CLOSER),
        ((0.0, 3), ChangeWord.NOT_SHOWN),
        ((-3, 0.0), ChangeWord.NOT_SHOWN),
        ((-3, -0.1), ChangeWord.APART),
        ((0.0, 0.0), ChangeWord.NOT_SHOWN),
    ]
    for interval, word in walk:
        assert change_word(interval, 15) is word
        assert change_word(interval, 14) is ChangeWord.TOO_FEW_TO_CLAIM
        assert change_word(interval, 5) is ChangeWord.TOO_FEW_TO_CLAIM
        assert change_word(interval, 4) is ChangeWord.TOO_FEW
        assert change_word(interval, 4, rehearsal=True) is word
        assert change_word(interval, 99, all_asked_again=False) is ChangeWord.SOME_ITEMS
        assert change_word(interval, 4, all_asked_again=False) is ChangeWord.TOO_FEW
    assert change_word(None, 99) is ChangeWord.TOO_FEW


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 40), st.integers(0, 4), st.booleans())
def test_no_change_is_claimed_where_the_interval_covers_zero(
    seed: int, n: int, moves: int, again: bool
) -> None:
    generator = np.random.default_rng(seed)
    before = generator.integers(1, 6, (n, 3)).astype(float)
    after = np.clip(before + generator.integers(-moves, moves + 1, (n, 3)), 1, 5)
    after = np.where(generator.random((n, 3)) < moves / 8, 3.0, after)
    found = change_interval(before, after, [("rate", 5)] * 3, 1)
    word = change_word(found, n, all_asked_again=again)
    if word in CLAIMS:
        assert again and n >= 15 and found is not None
        assert found[0] > 0 or found[1] < 0
        assert (word is ChangeWord.CLOSER) == (found[0] > 0)
    elif found is not None and n >= 15 and again:
        assert found[0] <= 0 <= found[1]


def test_everybody_answered() -> None:
    assert interval_word(30, 30) is IntervalWord.STABILITY
    assert interval_word(31, 30) is IntervalWord.STABILITY
    assert interval_word(29, 30) is IntervalWord.SAMPLING
    # Nobody was invited by name: nobody knows who might have come.
    assert interval_word(30, 0) is IntervalWord.SAMPLING


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ([0, 0, 49, 0, 51], Direction.FOR),
        ([0, 0, 50, 0, 50], Direction.NONE),
        ([50, 0, 0, 0, 50], Direction.NONE),
        ([51, 0, 49, 0, 0], Direction.AGAINST),
        ([0, 0, 0, 0, 0], Direction.NONE),
    ],
)
def test_directions_walk_the_half(counts: list[int], wanted: Direction) -> None:
    assert direction("rate", counts) is wanted
    mirror = {Direction.FOR: Direction.AGAINST, Direction.AGAINST: Direction.FOR}
    assert direction("rate", counts[::-1]) is mirror.get(wanted, wanted)
    assert direction("agree", [counts[4], counts[2], counts[0]]) is wanted


def test_every_pair_of_directions_has_its_word() -> None:
    f, a, n = Direction.FOR, Direction.AGAINST, Direction.NONE
    words = {
        (f, f): StrandWord.COMMON,
        (a, a): StrandWord.COMMON,
        (f, a): StrandWord.DISPUTED,
        (a, f): StrandWord.DISPUTED,
        (f, n): StrandWord.ONLY_COUNCIL,
        (n, f): StrandWord.ONLY_CITIZENS,
        (a, n): StrandWord.OPEN,
        (n, a): StrandWord.OPEN,
        (n, n): StrandWord.OPEN,
    }
    assert {p: strand_word(*p) for p in itertools.product((f, a, n), repeat=2)} == words
