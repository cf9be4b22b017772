"""How much fits on one page of the stage, so that it can be read from twelve metres.

Widths are in em, heights in lines; both are those of the stage's own layout. Text is estimated
with a little to spare: a page that isn't full is better than a text that is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from workshop.analysis import ComparedItem, ItemChange
from workshop.charts.base import lines
from workshop.limits import MAX_OPTIONS
from workshop.model import Statement
from workshop.results import ItemResult, MatrixResult
from workshop.whole import OptionResult

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
OPTION_EM: Final = 21.0
"""Width of an option beside its bar, in em of the smaller letters that many options have."""
_LEAST_OPTION: Final = 1.5
_GAP_OPTIONS: Final = 0.28
_PAGE_OF_OPTIONS: Final = 23.2
SMALLEST_OPTIONS: Final = 7.0
"""As `SMALLEST_PAGE`, for options."""
LISTED_EM: Final = 24.0
"""Width of a statement in the list beside a plane."""
_LIST: Final = 20.5
_LISTED_GAP: Final = 1.55
"""What is said of a statement below it, and the space there, in lines of the list."""

CARD_EM: Final = 18.5
HEADING_EM: Final = 15.0
_HEADING: Final = 1.15
_HEADING_GAP: Final = 0.9
"""The lines of a theme's name are larger, and have a space around them."""
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


def option_weight(option: OptionResult) -> float:
    """How high the row of an option is, in lines: all of a question stand together if they can."""
    needed = float(len(lines(option.statement.text, OPTION_EM)))
    return max(_LEAST_OPTION, needed) + _GAP_OPTIONS


def option_pages(options: Sequence[OptionResult]) -> tuple[tuple[OptionResult, ...], ...]:
    """As `statement_pages`, for the options of a question that is answered as a whole."""
    return _pages(options, option_weight, MAX_OPTIONS, _PAGE_OF_OPTIONS)


def plane_pages(items: Sequence[MatrixResult]) -> tuple[tuple[MatrixResult, ...], ...]:
    """As `statement_pages`, for what is listed beside the plane of a matrix."""
    return _pages(items, _listed, MOST, _LIST)


def _listed(item: MatrixResult) -> float:
    return len(lines(item.statement.text, LISTED_EM)) + _LISTED_GAP


T = TypeVar("T")


def _pages(
    items: Sequence[T], weigh: Callable[[T], float], most: int = MOST, limit: float = _PAGE
) -> tuple[tuple[T, ...], ...]:
    pages: list[list[T]] = [[]]
    height = 0.0
    for item in items:
        weight = weigh(item)
        if pages[-1] and (height + weight > limit or len(pages[-1]) == most):
            pages.append([])
            height = 0.0
        pages[-1].append(item)
        height += weight
    return tuple(tuple(page) for page in _evened(pages, weigh, limit))


def _evened(pages: list[list[T]], weigh: Callable[[T], float], limit: float) -> list[list[T]]:
    """A last page with one statement looks forgotten: it takes some from the page before."""
    if len(pages) > 1:
        before, last = pages[-2], pages[-1]
        while len(before) > len(last) + 1:
            moved = [before[-1], *last]
            if sum(weigh(i) for i in moved) > limit:
                break
            before.pop()
            last.insert(0, moved[0])
    return pages


Columns = tuple[tuple[Statement, ...], ...]


Headings = Mapping[str | None, str]
"""What stands above the contributions of a theme, by its id; None is for those without one."""


def contribution_pages(
    contributions: Sequence[Statement], headings: Headings | None = None
) -> tuple[Columns, ...]:
    """Contributions in pages of up to three columns, in the given order, column by column.

    Each page is a tuple of columns; one page without columns where nothing was contributed.
    There is room for a heading wherever a theme begins, and where it goes on in another column.
    """
    pages: list[Columns] = []
    rest, above = list(contributions), headings or {}
    while rest:
        page = _columns(rest, _COLUMN, above)
        used = sum(len(column) for column in page)
        if used == len(rest):
            page = _balanced(rest, above)
        pages.append(page)
        rest = rest[used:]
    return tuple(pages) or ((),)


def card_height(contribution: Statement) -> float:
    """How high a contribution is, in lines, with its word and the space below it."""
    return len(lines(contribution.text, CARD_EM)) + _CARD_GAP


def _heading_height(contribution: Statement, above: Headings) -> float:
    """How high the heading over a contribution is, where it begins a theme or a column."""
    heading = above.get(contribution.theme_id) if above else None
    return len(lines(heading, HEADING_EM)) * _HEADING + _HEADING_GAP if heading else 0.0


def _columns(contributions: Sequence[Statement], limit: float, above: Headings) -> Columns:
    """As many as fit into the columns of one page; each column takes one at least."""
    columns: list[list[Statement]] = [[]]
    height = 0.0
    for contribution in contributions:
        card, heading = card_height(contribution), _heading_height(contribution, above)
        begins = not columns[-1] or columns[-1][-1].theme_id != contribution.theme_id
        if columns[-1] and height + card + (heading if begins else 0.0) > limit:
            if len(columns) == COLUMNS:
                break
            columns.append([])
            height, begins = 0.0, True
        columns[-1].append(contribution)
        height += card + (heading if begins else 0.0)
    return tuple(tuple(column) for column in columns)


def _balanced(contributions: Sequence[Statement], above: Headings) -> Columns:
    """All of them in columns that are as short as possible."""
    heights = [card_height(c) for c in contributions]
    limit = max(max(heights), sum(heights) / COLUMNS)
    while True:
        page = _columns(contributions, limit, above)
        if sum(len(column) for column in page) == len(contributions):
            return page
        limit += 0.5
