"""What people answered, and how many they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from db.plain import ANSWER, PARTICIPANT, ROUND, STATEMENT
from db.rows import Row
from workshop.model import Answer


class AnswersReader:
    """The part of `workshop.ports.Reader` that counts people and answers."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _one(self, query: Select) -> Row | None:  # type: ignore[type-arg]
        return self.connection.execute(query).first()

    def _all(self, query: Select) -> Sequence[Row]:  # type: ignore[type-arg]
        return self.connection.execute(query).all()

    def _count(self, query: Select) -> int:  # type: ignore[type-arg]
        return int(self.connection.execute(query).scalar_one())

    def count_joined(self, workshop_id: str) -> int:
        return self._count(
            select(func.count())
            .select_from(PARTICIPANT)
            .where(PARTICIPANT.c.workshop_id == workshop_id)
        )

    def _answered(self, round_id: str) -> ColumnElement[bool]:
        """Whether a participant answered or contributed in a round."""
        answered = exists().where(
            ANSWER.c.participant_id == PARTICIPANT.c.id, ANSWER.c.round_id == round_id
        )
        contributed = exists().where(
            STATEMENT.c.author_id == PARTICIPANT.c.id, STATEMENT.c.round_id == round_id
        )
        return or_(answered, contributed)

    def present(self, workshop_id: str, since: datetime, round_id: str | None) -> int:
        here = or_(PARTICIPANT.c.last_seen >= since, PARTICIPANT.c.proxy)
        if round_id is not None:
            here = or_(here, self._answered(round_id))
        return self._count(
            select(func.count())
            .select_from(PARTICIPANT)
            .where(PARTICIPANT.c.workshop_id == workshop_id, here)
        )

    def people(self, round_ids: Sequence[str], statement_ids: Sequence[str] | None = None) -> int:
        gave = [
            ANSWER.c.participant_id == PARTICIPANT.c.id,
            ANSWER.c.round_id.in_(round_ids),
            or_(ANSWER.c.value.is_not(None), ANSWER.c.second.is_not(None)),
        ]
        if statement_ids is not None:
            gave.append(ANSWER.c.statement_id.in_(statement_ids))
        return self._count_people(round_ids, exists().where(*gave))

    def count_answered(self, round_id: str) -> int:
        return self._count_people([round_id], self._answered(round_id))

    def _count_people(self, round_ids: Sequence[str], condition: ColumnElement[bool]) -> int:
        """People of the workshops of these rounds: looked up one by one, not sorted out of answers.

        There are a hundred answers to a person.
        """
        meetings = select(ROUND.c.workshop_id).where(ROUND.c.id.in_(round_ids))
        return self._count(
            select(func.count())
            .select_from(PARTICIPANT)
            .where(PARTICIPANT.c.workshop_id.in_(meetings), condition)
        )

    def answers_of(self, participant_id: str) -> Sequence[Answer]:
        return self._answers(ANSWER.c.participant_id == participant_id)

    def answers(self, round_ids: Sequence[str]) -> Sequence[Answer]:
        return self._answers(ANSWER.c.round_id.in_(round_ids))

    def _answers(self, condition) -> Sequence[Answer]:  # type: ignore[no-untyped-def]
        rows = self._all(
            select(
                ANSWER.c.round_id,
                ANSWER.c.participant_id,
                ANSWER.c.statement_id,
                ANSWER.c.value,
                ANSWER.c.second,
            ).where(condition)
        )
        return [Answer(*row) for row in rows]

    def answer_rows(
        self, round_ids: Sequence[str], statement_ids: Sequence[str] | None = None
    ) -> Sequence[tuple[str, str, str, int | None]]:
        cells = (ANSWER.c.round_id, ANSWER.c.participant_id, ANSWER.c.statement_id, ANSWER.c.value)
        query = select(*cells).where(ANSWER.c.round_id.in_(round_ids))
        if statement_ids is not None:
            query = query.where(ANSWER.c.statement_id.in_(statement_ids))
        # Past SQLAlchemy's rows: these are a hundred thousand, and four plain columns.
        return self.connection.execute(query).cursor.fetchall()

    def count_answers(self, round_ids: Sequence[str]) -> Mapping[str, int]:
        rows = self._all(
            select(ANSWER.c.round_id, func.count())
            .where(ANSWER.c.round_id.in_(round_ids))
            .group_by(ANSWER.c.round_id)
        )
        return dict.fromkeys(round_ids, 0) | {r[0]: r[1] for r in rows}

    def opinion_groups(self, workshop_id: str) -> Mapping[str, int]:
        rows = self._all(
            select(PARTICIPANT.c.id, PARTICIPANT.c.opinion_group).where(
                PARTICIPANT.c.workshop_id == workshop_id, PARTICIPANT.c.opinion_group.is_not(None)
            )
        )
        return {r[0]: r[1] for r in rows}

    def second_rows(
        self, round_ids: Sequence[str], statement_ids: Sequence[str] | None = None
    ) -> Sequence[tuple[str, str, str, int]]:
        cells = (ANSWER.c.round_id, ANSWER.c.participant_id, ANSWER.c.statement_id, ANSWER.c.second)
        query = select(*cells).where(ANSWER.c.round_id.in_(round_ids), ANSWER.c.second.is_not(None))
        if statement_ids is not None:
            query = query.where(ANSWER.c.statement_id.in_(statement_ids))
        return [(r[0], r[1], r[2], r[3]) for r in self._all(query)]

    def second_counts(self, round_ids: Sequence[str]) -> Sequence[tuple[str, str, int | None, int]]:
        return self._counts(round_ids, ANSWER.c.second)

    def counts(self, round_ids: Sequence[str]) -> Sequence[tuple[str, str, int | None, int]]:
        return self._counts(round_ids, ANSWER.c.value)

    def _counts(
        self, round_ids: Sequence[str], value: ColumnElement[int]
    ) -> Sequence[tuple[str, str, int | None, int]]:
        cells = (ANSWER.c.round_id, ANSWER.c.statement_id, value)
        rows = self._all(
            select(*cells, func.count()).where(ANSWER.c.round_id.in_(round_ids)).group_by(*cells)
        )
        return [(r[0], r[1], r[2], r[3]) for r in rows]
