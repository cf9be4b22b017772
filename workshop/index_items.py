"""What the index of a cluster is made of, as columns of answers: what intervals are resampled from.

A rated statement is one item, a statement of a matrix one on each axis, and a question whose
options are answered together is one item of several columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from workshop.measures import FloatArray
from workshop.model import KeyQuestion, QuestionKind, Statement
from workshop.panel import second_of
from workshop.resampling import CHOICE, Kinds
from workshop.results import ClusterRound
from workshop.whole import index_kind


@dataclass(frozen=True, slots=True)
class IndexItem:
    """One item: its kind and k (see `workshop.items`), and the columns of the panel it is made of.

    Two rounds asked the same item where these are equal.
    """

    kind: str
    k: int
    columns: tuple[str, ...]


def of_statement(question: KeyQuestion, statement: Statement) -> tuple[IndexItem, ...]:
    """The items that a rated statement is."""
    if question.scale is None:
        return ()
    if question.kind is QuestionKind.RATE:
        return (IndexItem("rate", question.scale.steps, (statement.id,)),)
    steps = question.second.steps if question.second is not None else question.scale.steps
    return (
        IndexItem("matrix", question.scale.steps, (statement.id,)),
        IndexItem("matrix", steps, (second_of(statement.id),)),
    )


def of_options(question: KeyQuestion, options: Sequence[Statement]) -> tuple[IndexItem, ...]:
    """The item that a question with these options is; none with fewer than two."""
    if len(options) < 2:
        return ()
    return (IndexItem(index_kind(question), len(options), tuple(s.id for s in options)),)


def items_of(result: ClusterRound, *, index_only: bool = True) -> tuple[IndexItem, ...]:
    """The items of a cluster's round; with `index_only` those that the index is made of."""
    found: list[IndexItem] = []
    for item in result.items:
        if item.in_index or not index_only:
            found.append(IndexItem("rate", len(item.counts.steps), (item.statement.id,)))
    for matrix in result.matrices:
        if matrix.in_index or not index_only:
            found += of_statement(matrix.question, matrix.statement)
    for whole in result.wholes:
        if whole.in_index or not index_only:
            found += of_options(whole.question, [o.statement for o in whole.options])
    return tuple(found)


def kinds(items: Iterable[IndexItem]) -> Kinds:
    """The (kind, k) of each, as the measures want them."""
    return [(item.kind, item.k) for item in items]


def columns(items: Iterable[IndexItem]) -> list[str]:
    """The columns of the panel that all of them are made of, in their order."""
    return [column for item in items for column in item.columns]


def measured(cells: FloatArray, items: Sequence[IndexItem]) -> FloatArray:
    """The table that the measures take, of the panel's columns.

    Args:
        cells: people × `columns(items)`, as kept: steps, places, points, 1 and 0 for chosen or not.

    Returns:
        People × the columns of `kinds(items)`: a choice of one becomes the number of its option, of
        several 1 (chosen) or 2 (not).
    """
    parts, start = [], 0
    for item in items:
        width = len(item.columns)
        part = cells[:, start : start + width]
        start += width
        if item.kind == "choose":
            part = _chosen(part)
        elif item.kind == "several":
            part = np.where(np.isnan(part), np.nan, CHOICE - part)
        parts.append(part)
    return np.hstack(parts) if parts else np.empty((len(cells), 0))


def _chosen(part: FloatArray) -> FloatArray:
    """The number 1..k of the one option that each person chose; NaN where that isn't one of these.

    What somebody chose may be hidden since.
    """
    known = np.where(np.isnan(part), 0.0, part)
    first = known.argmax(axis=1) + 1.0
    return np.where(known.sum(axis=1) > 0, first, np.nan)[:, None]
