"""How much fits on one page of the stage, so that it can be read from twelve metres.

Widths are in em, heights in lines; both are those of the stage's own layout. Text is estimated
with a little to spare: a page that isn't full is better than a text that is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from workshop.analysis import ComparedItem, ItemChange
from workshop.charts.base import lines
from workshop.model import Statement
from workshop.results import ItemResult

STATEMENT_EM: Final = 18.7
"""Width of a statement beside its bar."""
MOVES_EM: Final = 16.6
"""Width of a statement beside its flows."""
MOST: Final = 7
"""More statements than this on one page are too many to look at."""
_PAGE: Final = 21.5
SMALLEST_PAGE: Final = 11.0
"""Fewer rows than this height leave the rest of the page empty."""
_LEAST: Final = 2.6
"""A row needs this height for its figures, however short its statement is."""
_LEAST_BETWEEN: Final = 3.4
"""A median between two steps takes a line more."""
_LEAST_MOVES: Final = 4.6
"""Two bars and the way between them."""
_LEAST_STRANDS: Final = 2.1
_GAP: Final = 0.7

CARD_EM: Final = 18.5
COLUMNS: Final = 3
_COLUMN: Final = 20.0
_CARD_GAP: Final = 2.0
"""The word above a contribution, and the space below it."""


def weight_of(item: ItemResult) -> float:
    """How high the row of a statement is, in lines, compared with other rows."""
    between = item.median is not None and item.median != int(item.median)
    return _height(item.statement, STATEMENT_EM, _LEAST_BETWEEN if between else _LEAST)


def moves_weight(item: ItemChange) -> float:
    """The same where the row shows who moved."""
    return _height(item.statement, MOVES_EM, _LEAST_MOVES)


def strands_weight(item: ComparedItem) -> float:
    """The same where the row shows both strands."""
    return _height(item.statement, STATEMENT_EM, _LEAST_STRANDS)


def _height(statement: Statement, em: float, least: float) -> float:
    return max(least, float(len(lines(statement.text, em)))) + _GAP


def statement_pages(items: Sequence[ItemResult]) -> tuple[tuple[ItemResult, ...], ...]:
    """Statements as they are shown together, in the given order; one empty page for none."""
    return _pages(items, weight_of)


def moves_pages(items: Sequence[ItemChange]) -> tuple[tuple[ItemChange, ...], ...]:
    """As `statement_pages`, for who moved between two rounds."""
    return _pages(items, moves_weight)


def strands_pages(items: Sequence[ComparedItem]) -> tuple[tuple[ComparedItem, ...], ...]:
    """As `statement_pages`, for statements in both strands."""
    return _pages(items, strands_weight)


T = TypeVar("T")


def _pages(items: Sequence[T], weigh: Callable[[T], float]) -> tuple[tuple[T, ...], ...]:
    pages: list[list[T]] = [[]]
    height = 0.0
    for item in items:
        weight = weigh(item)
        if pages[-1] and (height + weight > _PAGE or len(pages[-1]) == MOST):
            pages.append([])
            height = 0.0
        pages[-1].append(item)
        height += weight
    return tuple(tuple(page) for page in _evened(pages, weigh))


def _evened(pages: list[list[T]], weigh: Callable[[T], float]) -> list[list[T]]:
    """A last page with one statement looks forgotten: it takes some from the page before."""
    if len(pages) > 1:
        before, last = pages[-2], pages[-1]
        while len(before) > len(last) + 1:
            moved = [before[-1], *last]
            if sum(weigh(i) for i in moved) > _PAGE:
                break
            before.pop()
            last.insert(0, moved[0])
    return pages


Columns = tuple[tuple[Statement, ...], ...]


def contribution_pages(contributions: Sequence[Statement]) -> tuple[Columns, ...]:
    """Contributions in pages of up to three columns, in the given order, column by column.

    Each page is a tuple of columns; one page without columns where nothing was contributed.
    """
    pages: list[Columns] = []
    rest = list(contributions)
    while rest:
        page = _columns(rest, _COLUMN)
        used = sum(len(column) for column in page)
        if used == len(rest):
            page = _balanced(rest)
        pages.append(page)
        rest = rest[used:]
    return tuple(pages) or ((),)


def card_height(contribution: Statement) -> float:
    """How high a contribution is, in lines, with its word and the space below it."""
    return len(lines(contribution.text, CARD_EM)) + _CARD_GAP


def _columns(contributions: Sequence[Statement], limit: float) -> Columns:
    """As many as fit into the columns of one page; each column takes one at least."""
    columns: list[list[Statement]] = [[]]
    height = 0.0
    for contribution in contributions:
        needed = card_height(contribution)
        if columns[-1] and height + needed > limit:
            if len(columns) == COLUMNS:
                break
            columns.append([])
            height = 0.0
        columns[-1].append(contribution)
        height += needed
    return tuple(tuple(column) for column in columns)


def _balanced(contributions: Sequence[Statement]) -> Columns:
    """All of them in columns that are as short as possible."""
    heights = [card_height(c) for c in contributions]
    limit = max(max(heights), sum(heights) / COLUMNS)
    while True:
        page = _columns(contributions, limit)
        if sum(len(column) for column in page) == len(contributions):
            return page
        limit += 0.5
