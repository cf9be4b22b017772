"""People × statements: the answers of some rounds as tables that the measures take.

A person is of one workshop. A strand may have several workshops, whose people stand below each
other in one table; a statement's answer is then the one of the round that the person's own
workshop asked it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workshop.measures import FloatArray
from workshop.model import Agenda, KeyQuestion, QuestionKind, Round, Statement
from workshop.resampling import Kinds

AnswerRow = tuple[str, str, str, int | None]
"""(round, participant, column, value or None for an abstention)."""

NO_STEPS: Final = 0


class Panel:
    """The answers of some rounds, read once; people and statements by number from here on."""

    def __init__(self, rows: Iterable[AnswerRow]) -> None:
        """Abstentions are left out: they are never a category (METHOD, "One item")."""
        given = [row for row in rows if row[3] is not None]
        self._rounds = _numbered(row[0] for row in given)
        # By name and not by arrival: the same answers make the same table in any database.
        self._people = _numbered(sorted({row[1] for row in given}))
        self._statements = _numbered(row[2] for row in given)
        numbers = [
            (self._rounds[r], self._people[p], self._statements[s], v) for r, p, s, v in given
        ]
        self._cells = np.array(numbers, dtype=np.int64).reshape(len(given), 4)

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of everybody who gave a value: the rows of a table of all."""
        return tuple(self._people)

    def table(self, asked: Iterable[tuple[str, str]], statement_ids: Sequence[str]) -> FloatArray:
        """People × statements, 1..k and NaN where there is no answer.

        Args:
            asked: the (round, statement) pairs that count. Of a person's answers to one
                statement in several of these rounds any may be taken, so none should be given.
            statement_ids: the columns.

        Returns:
            A row for each of `people`, in their order, also for those without any answer here.
        """
        column = {s: i for i, s in enumerate(statement_ids)}
        place = np.full((len(self._rounds) + 1, len(self._statements) + 1), -1, dtype=np.int64)
        for round_id, statement_id in asked:
            if statement_id in column:
                r = self._rounds.get(round_id, -1)
                place[r, self._statements.get(statement_id, -1)] = column[statement_id]
        place[-1, :] = place[:, -1] = -1
        found = np.full((len(self._people), len(statement_ids)), np.nan)
        columns = place[self._cells[:, 0], self._cells[:, 2]]
        wanted = columns >= 0
        found[self._cells[wanted, 1], columns[wanted]] = self._cells[wanted, 3]
        return found


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def answered(table: FloatArray) -> FloatArray:
    """The rows of people who gave any answer in it."""
    return table[some_answer(table)]


def some_answer(table: FloatArray) -> NDArray[np.bool_]:
    """Who gave any answer."""
    return np.asarray((~np.isnan(table)).any(axis=1), dtype=np.bool_)


def step_counts(column: FloatArray, steps: int) -> tuple[int, ...]:
    """How many gave each step 1..k."""
    given = column[~np.isnan(column)].astype(np.int64)
    return tuple(int(n) for n in np.bincount(given, minlength=steps + 1)[1 : steps + 1])


def steps_of(question: KeyQuestion | None) -> int:
    """The k of a rating question, 0 for all others."""
    if question is None or question.scale is None or question.kind is not QuestionKind.RATE:
        return NO_STEPS
    return question.scale.steps


def second_of(statement_id: str) -> str:
    """The column of what was said of a statement on the second axis of its matrix."""
    return f"{statement_id}:2"


def kinds_of(agenda: Agenda, statements: Sequence[Statement]) -> Kinds:
    """The (kind, k) of each statement, as the measures want them."""
    return [("rate", steps_of(agenda.question(s.question_id))) for s in statements]


def asked_in(agenda: Agenda, rounds: Iterable[Round]) -> list[tuple[str, str]]:
    """The (round, column) pairs of these rounds, without what is hidden.

    A statement's column is its id; in a matrix it has a second one, see `second_of`.
    """
    found = [(r.id, s.id) for r in rounds for s in agenda.asked(r)]
    return found + [(round_id, second_of(statement_id)) for round_id, statement_id in found]


def last_asked(agenda: Agenda, rounds: Iterable[Round]) -> dict[str, list[Round]]:
    """By statement, the last of these rounds in each workshop that asked it.

    Of one workshop's rounds a later number is later.
    """
    found: dict[str, dict[str, Round]] = {}
    for round_ in sorted(rounds, key=lambda r: r.number):
        for statement in agenda.asked(round_):
            found.setdefault(statement.id, {})[round_.workshop_id] = round_
    return {statement_id: list(by.values()) for statement_id, by in found.items()}
