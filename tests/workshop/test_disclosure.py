"""What can be worked out from sums and bounds: held against every table that fits them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.disclosure import betrays

Table = tuple[tuple[int, ...], ...]
Bounds = Sequence[Sequence[tuple[int, int]]]
PARTS = ((0, 1), (2,), (3,))
"""Four answers; what is published of the first two is about both together."""


def rows_of(total: int, columns: int) -> Iterator[tuple[int, ...]]:
    if columns == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in rows_of(total - first, columns - 1))


def tables_of(sizes: Sequence[int], sums: Sequence[int]) -> Iterator[Table]:
    """Every table with these sums."""
    if not sizes:
        yield from () if any(sums) else ((),)
        return
    for row in rows_of(sizes[0], len(sums)):
        left = [all_ - mine for all_, mine in zip(sums, row, strict=True)]
        if min(left) >= 0:
            yield from ((row, *rest) for rest in tables_of(sizes[1:], left))


def sums_of(table: Table) -> tuple[int, ...]:
    return tuple(map(sum, zip(*table, strict=True)))


def within(table: Table, bounds: Bounds) -> bool:
    return all(
        least <= sum(row[c] for c in columns) <= most
        for row, bounded in zip(table, bounds, strict=True)
        for columns, (least, most) in zip(PARTS, bounded, strict=True)
    )


def few(numbers: set[int]) -> bool:
    """One to four people, and nearly how many."""
    return numbers <= {1, 2, 3, 4} and len(numbers) < 3


def sure(tables: Sequence[Table]) -> bool:
    """Whether these tables leave less than three numbers for a set of one to four of a group."""
    groups = range(len(tables[0]))
    sets = [*PARTS, *((c,) for part in PARTS for c in part)]
    for g in groups:
        for columns in sets:
            counts = {sum(t[g][c] for c in columns) for t in tables}
            rest = {sum(tables[0][g]) - n for n in counts}
            if any(few(numbers) for numbers in (counts, rest)):
                return True
    return False


@st.composite
def published(draw: st.DrawFn) -> tuple[Table, Bounds]:
    """A small room, and bounds that hold for it."""
    groups, most = draw(st.sampled_from([(2, 4), (3, 2)]))
    row = st.tuples(*[st.integers(0, most)] * 4)
    table = tuple(draw(st.lists(row, min_size=groups, max_size=groups)))
    bounds = []
    for row in table:
        size = sum(row)
        line = []
        for columns in PARTS:
            n = sum(row[c] for c in columns)
            line.append((draw(st.integers(0, n)), draw(st.integers(n, size))))
        bounds.append(line)
    return table, bounds


@given(published())
def test_it_finds_what_follows_from_all_tables_that_fit(drawn: tuple[Table, Bounds]) -> None:
    table, bounds = drawn
    fitting = [t for t in tables_of([*map(sum, table)], sums_of(table)) if within(t, bounds)]
    assert table in fitting
    assert betrays(table, PARTS, bounds) is sure(fitting)


def nothing(table: Table) -> Bounds:
    return [[(0, sum(row))] * len(PARTS) for row in table]


ALL_BUT_ONE = ((9, 0, 1, 0), (9, 1, 0, 0))


@pytest.mark.parametrize(
    ("table", "found"),
    [
        # One is against, who may be of either group.
        (ALL_BUT_ONE, False),
        # All who gave the third answer are of one group, and it is known of how many nobody is.
        (((4, 0, 3, 0), (0, 0, 0, 6)), False),
        # Of seven people one says something else; these seven are the room.
        (((6, 0, 1, 0),), True),
        # Everybody says the same: there is no small set.
        (((6, 0, 0, 0), (5, 0, 0, 0)), False),
    ],
)
def test_the_sums_alone(table: Table, found: bool) -> None:
    nothing = [[(0, sum(row))] * len(PARTS) for row in table]
    assert betrays(table, PARTS, nothing) is found


def test_an_exact_number_betrays() -> None:
    exact = [[(row[0] + row[1],) * 2, (row[2],) * 2, (row[3],) * 2] for row in ALL_BUT_ONE]
    assert betrays(ALL_BUT_ONE, PARTS, exact)
