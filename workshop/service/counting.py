"""What is read of the answers to some rounds: counted where counting will do."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from workshop.building import Counted
from workshop.model import Agenda, QuestionKind, Round
from workshop.panel import AnswerRow, Panel, second_of
from workshop.ports import Reader

TABLED = frozenset({QuestionKind.RANK, QuestionKind.ALLOCATE})
"""How far people agree on an order can't be said from counts: who gave what matters."""


def count(reader: Reader, agenda: Agenda, rounds: Iterable[Round]) -> Counted:
    """The answers to these rounds of the workshop, for `build_results`."""
    found = list(rounds)
    kinds = {q.id: q.kind for q in agenda.questions}
    tabled = [r for r in found if kinds.get(r.question_id) in TABLED]
    panel = Panel(reader.answer_rows([r.id for r in tabled])) if tabled else None
    tables = {}
    for round_ in tabled:
        options = [s.id for s in agenda.asked(round_)]
        if panel is not None:
            table = panel.table([(round_.id, s) for s in options], options)
            tables[round_.id] = table[~np.isnan(table).any(axis=1)]
    return Counted(
        rows=reader.counts([r.id for r in found]),
        second=reader.second_counts(matrices(agenda, found)),
        tables=tables,
    )


def matrices(agenda: Agenda, rounds: Iterable[Round]) -> list[str]:
    """The ids of those of the rounds that ask on two axes."""
    two = {q.id for q in agenda.questions if q.second is not None}
    return [r.id for r in rounds if r.question_id in two]


def second_columns(rows: Iterable[tuple[str, str, str, int]]) -> list[AnswerRow]:
    """What was said on a second axis, as rows of the panel's column for it."""
    return [(r, person, second_of(statement), step) for r, person, statement, step in rows]
