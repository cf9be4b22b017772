"""Results by group of people: said coarsely, and never so that a few of a group are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.rooms import Prepared
from tests.workshop.test_disclosure import few, sums_of, tables_of
from workshop.analysis import Level
from workshop.errors import Forbidden
from workshop.model import OPERATOR, VISITOR, Actor, Role
from workshop.segments import (
    NUMBERS_FROM,
    Group,
    Side,
    Standing,
    answers_by_group,
    group_level,
    may_have_level,
    standings,
)
from workshop.verdicts import ClusterWord, IntervalWord

K = 5
SIDES = {Side.AGAINST: (0, 1), Side.MIDDLE: (2,), Side.FOR: (3, 4)}


def groups_of(answers: Sequence[Sequence[int]]) -> list[Group]:
    return [Group(f"g{i}", sum(row), (f"g{i}",)) for i, row in enumerate(answers)]


def told(standing: Standing, side: Side) -> tuple[int, int]:
    """What who reads a standing knows of a side: at least, and at most."""
    size = standing.group.n
    if standing.least is not None:
        return standing.least[side], standing.least[side] + 4
    if standing.majority is side:
        return size // 2 + 1, size
    return 0, size // 2


room = st.lists(
    st.tuples(*[st.integers(0, 30) | st.integers(0, 4)] * (K + 2)).filter(lambda r: sum(r) >= 5),
    min_size=2,
    max_size=4,
)


def possible(answers: Sequence[Sequence[int]], shown: Sequence[Standing]) -> list[range]:
    """The possible numbers of every set of one group that is small, by linear programming.

    Given are the sizes of the groups, the room's counts, and what is shown. The corners of what
    is possible are whole numbers of people, and so is everything between.
    """
    cells = list(product(range(len(answers)), range(K + 2)))
    equal, sums, bounded, limits = [], [], [], []
    for g, row in enumerate(answers):
        equal.append([float(cell[0] == g) for cell in cells])
        sums.append(sum(row))
    for c, total in enumerate(sums_of(tuple(map(tuple, answers)))):
        equal.append([float(cell[1] == c) for cell in cells])
        sums.append(total)
    for g, standing in enumerate(shown):
        for side, columns in SIDES.items():
            inside = [float(cell[0] == g and cell[1] in columns) for cell in cells]
            least, most = told(standing, side)
            bounded += [inside, [-x for x in inside]]
            limits += [most, -least]
    found = []
    for g, columns in product(range(len(answers)), [*SIDES.values(), *((c,) for c in range(K))]):
        size, n = sum(answers[g]), sum(answers[g][c] for c in columns)
        if 0 < n < 5 or 0 < size - n < 5:
            goal = np.array([float(cell[0] == g and cell[1] in columns) for cell in cells])
            low, high = (
                round(sign * linprog(sign * goal, bounded, limits, equal, sums).fun)
                for sign in (1.0, -1.0)
            )
            found += [range(low, high + 1), range(size - high, size - low + 1)]
    return found


@settings(max_examples=30)
@given(room)
def test_no_subtraction_leaves_one_to_four_people_of_a_group(
    answers: list[tuple[int, ...]],
) -> None:
    shown = standings(groups_of(answers), answers, K)
    for numbers in possible(answers, shown) if shown else ():
        assert not few(set(numbers)), numbers


@given(room)
def test_what_is_told_is_true_and_in_steps_of_five(answers: list[tuple[int, ...]]) -> None:
    for standing, row in zip(standings(groups_of(answers), answers, K), answers, strict=False):
        for side, columns in SIDES.items():
            least, most = told(standing, side)
            assert least <= sum(row[c] for c in columns) <= most
            if standing.least is not None:
                assert standing.least[side] % 5 == 0
        if standing.majority is not None:
            columns = SIDES[standing.majority]
            assert 2 * sum(row[c] for c in columns) > standing.group.n
        # So no difference of two numbers, of rounds, statements or groups, is below five either.
        assert standing.least is None or standing.group.n >= NUMBERS_FROM


@pytest.mark.parametrize(
    ("sizes", "sums"),
    [
        ((7, 6, 5), (10, 3, 1, 4)),
        ((7, 6, 5), (3, 9, 3, 3)),
        ((5, 5, 6), (6, 7, 2, 1)),
    ],
)
def test_who_knows_the_rule_by_heart_learns_no_more(
    sizes: tuple[int, ...], sums: tuple[int, ...]
) -> None:
    """Of every room with these sums: what do all that are shown alike have in common?"""
    alike = defaultdict(list)
    groups = [Group(f"g{i}", n, (f"g{i}",)) for i, n in enumerate(sizes)]
    for table in tables_of(sizes, sums):
        shown = standings(groups, table, 2)
        alike[tuple((s.group.key, s.majority) for s in shown)].append(table)
    assert len(alike) > 1
    for key, tables in alike.items():
        for g, size in enumerate(sizes):
            for c in range(2):
                counts = {table[g][c] for table in tables}
                assert not few(counts) and not few({size - n for n in counts}), key


def test_one_of_ten_against_is_not_told() -> None:
    """The example of the method: ten from administration, one of them against."""
    answers = [(1, 0, 0, 5, 4, 0, 0), (0, 0, 2, 4, 5, 1, 0), (0, 0, 0, 3, 4, 0, 0)]
    # Nobody else is against: that it is one of these ten would follow from any number.
    for standing in standings(groups_of(answers), answers, K):
        assert standing.majority is Side.FOR and standing.least is None


def test_where_it_would_follow_nothing_is_told() -> None:
    # Eleven people, all have answered: six without a majority can only be three and three.
    answers = [(0, 0, 0, 2, 3, 0, 0), (1, 2, 0, 3, 0, 0, 0)]
    assert standings(groups_of(answers), answers, K) == ()


def test_large_groups_have_numbers_and_small_ones_a_majority() -> None:
    answers = [(13, 20, 17, 61, 33, 9, 12), (8, 9, 4, 20, 17, 3, 5), (1, 1, 1, 3, 3, 1, 0)]
    large, other, small = standings(groups_of(answers), answers, K)
    assert large.least == {Side.AGAINST: 30, Side.MIDDLE: 15, Side.FOR: 90}
    assert large.majority is Side.FOR
    assert other.least == {Side.AGAINST: 15, Side.MIDDLE: 0, Side.FOR: 35}
    assert small.least is None and small.majority is Side.FOR


def test_one_group_alone_is_the_whole_room() -> None:
    answers = [(13, 20, 17, 61, 33, 9, 12)]
    assert standings(groups_of(answers), answers, K) == ()


def test_an_even_scale_has_no_middle() -> None:
    answers = [(13, 20, 61, 33, 9, 12), (8, 9, 20, 17, 3, 5)]
    first, _ = standings(groups_of(answers), answers, 4)
    assert first.least == {Side.AGAINST: 30, Side.MIDDLE: 0, Side.FOR: 90}


# Convergence


def level(index: float, low: float, high: float, baseline: float) -> Level:
    return Level(
        index, low, high, baseline, 9, 9, 9, 4, ClusterWord.LIKE_CHANCE, IntervalWord.SAMPLING
    )


GROUP = Group("science", 9, ("science",))


@given(st.lists(st.floats(0, 100), min_size=3, max_size=3), st.floats(0, 100))
def test_a_level_is_coarse_and_claims_less_than_the_true_one(
    limits: list[float], baseline: float
) -> None:
    low, index, high = sorted(limits)
    found = group_level(GROUP, level(index, low, high, baseline))
    assert found.index is not None and found.low is not None and found.high is not None
    for number in (found.index, found.low, found.high, found.baseline):
        assert number is not None and number % 5 == 0
    assert 10 <= found.index <= 90 and found.low <= found.index <= found.high
    assert found.low <= low and found.high >= high
    if found.word is ClusterWord.ABOVE_CHANCE:
        assert low > baseline
    if found.word is ClusterWord.SPLIT:
        assert high < baseline


def test_a_level_takes_three_statements_that_five_have_answered() -> None:
    assert may_have_level([5, 5, 5])
    assert not may_have_level([9, 9])
    assert not may_have_level([9, 9, 9, 4])
    assert not may_have_level([])
    assert group_level(GROUP, None).word is ClusterWord.TOO_FEW


# From answers


def test_everybody_of_a_group_is_counted_once() -> None:
    groups = [Group("a", 2, ("a",)), Group("other", 3, ("b", "other"))]
    people = {"p1": "a", "p2": "a", "p3": "b", "p4": "other", "p5": "b"}
    rows = [("r", p, "s", v) for p, v in (("p1", 1), ("p3", 3), ("p4", None), ("p5", 3))]
    assert answers_by_group(groups, people, rows, {"s": 3}) == {
        ("r", "s"): [[1, 0, 0, 0, 1], [0, 0, 2, 1, 0]]
    }


def answer_all(prepared: Prepared, tokens: Sequence[str], values: Sequence[int]) -> None:
    """One round of all statements, everybody the same value to each, revealed."""
    opened = prepared.open()
    for token, value in zip(tokens, values, strict=True):
        for statement in opened.statement_ids:
            prepared.answer(token, opened, statement, value)
    prepared.service.reveal_round(OPERATOR, prepared.id, prepared.rate.id)


def everybody(prepared: Prepared) -> list[str]:
    """Seven, seven, and three who fall in with who is of another group."""
    sizes = {"science": 7, "business": 7, "politics": 3, "other": 4}
    return [token for key, n in sizes.items() for token in prepared.people(n, key)]


def test_a_workshop_by_group(prepared: Prepared) -> None:
    service, tokens = prepared.service, everybody(prepared)
    service.add_statement(OPERATOR, prepared.id, prepared.rate.id, "Ein Dach für alle")
    answer_all(prepared, tokens, [5, 5, 4, 5, 4, 3, 2, 1, 2, 1, 2, 2, 4, 5, 3, 3, 1, 5, 4, 2, 3])
    found = service.by_segment(OPERATOR, prepared.id)
    assert [(g.key, g.n) for g in found.groups] == [("science", 7), ("business", 7), ("other", 7)]
    (round_,) = prepared.agenda.rounds
    for statement in round_.statement_ids:
        science, business, other = found.of(round_.id, statement)
        assert (science.majority, business.majority) == (Side.FOR, Side.AGAINST)
        assert other.majority is None
    levels = found.levels[(prepared.rate.cluster_id, 1)]
    assert [x.group.key for x in levels] == ["science", "business", "other"]
    assert all(x.index is not None for x in levels)
    assert found.of(round_.id, "another") == ()


def test_only_what_was_revealed_and_isn_t_hidden(small: Prepared) -> None:
    service, tokens = small.service, everybody(small)
    opened = small.open()
    for place, token in enumerate(tokens):
        for statement in small.statements:
            small.answer(token, opened, statement, 5 if place < 7 else 1)
    service.close_round(OPERATOR, small.id, small.rate.id)
    assert service.by_segment(OPERATOR, small.id).items == {}
    service.reveal_round(OPERATOR, small.id, small.rate.id)
    assert set(service.by_segment(OPERATOR, small.id).items) == {
        (opened.id, s) for s in small.statements
    }
    service.hide_statement(OPERATOR, small.id, small.statements[0], True)
    found = service.by_segment(OPERATOR, small.id)
    assert set(found.items) == {(opened.id, small.statements[1])}
    # Of two statements an index would say too much.
    assert found.levels == {}


def test_it_is_computed_again_only_when_something_changed(small: Prepared) -> None:
    service, tokens = small.service, everybody(small)
    answer_all(small, tokens, [5] * 7 + [1] * 14)
    known = service.by_segment(OPERATOR, small.id)
    service.set_invited(OPERATOR, small.id, 30)
    assert service.by_segment(OPERATOR, small.id) is known
    service.join(small.id, tokens[0], "business").result()
    changed = service.by_segment(OPERATOR, small.id)
    assert changed.key != known.key
    assert {g.key: g.n for g in changed.groups} == {"science": 6, "business": 8, "other": 7}


@pytest.mark.parametrize("role", [Role.STAGE, Role.VISITOR, Role.MODERATOR])
def test_for_moderators_of_the_workshop_only(small: Prepared, role: Role) -> None:
    for actor in (Actor(role, "another"), VISITOR, Actor(Role.STAGE, small.id)):
        with pytest.raises(Forbidden):
            small.service.by_segment(actor, small.id)
    assert small.service.by_segment(Actor(Role.MODERATOR, small.id), small.id).groups == ()
