"""What is asked of the database, within one transaction's snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, or_, select
from sqlmodel import SQLModel

from db.rows import (
    Row,
    to_cluster,
    to_draft,
    to_participant,
    to_process,
    to_question,
    to_round,
    to_statement,
    to_workshop,
)
from db.tables import (
    AccessRow,
    ActionRow,
    AnswerRow,
    ClusterRow,
    DraftRow,
    NoteRow,
    ParticipantRow,
    ProcessRow,
    QuestionRow,
    RoundItemRow,
    RoundRow,
    SavedTemplateRow,
    StatementRow,
    WorkshopRow,
)
from workshop.model import (
    Agenda,
    Answer,
    Draft,
    Meeting,
    Participant,
    Role,
    Round,
    RoundState,
    Statement,
    Strand,
    Workshop,
)
from workshop.template_files import SavedTemplate


def table(row: type[SQLModel]):  # type: ignore[no-untyped-def]
    """The plain table of a row class: Core statements are what the hot paths run."""
    return row.__table__  # type: ignore[attr-defined]


PROCESS = table(ProcessRow)
CLUSTER = table(ClusterRow)
QUESTION = table(QuestionRow)
WORKSHOP = table(WorkshopRow)
PARTICIPANT = table(ParticipantRow)
ROUND = table(RoundRow)
ROUND_ITEM = table(RoundItemRow)
STATEMENT = table(StatementRow)
ANSWER = table(AnswerRow)
DRAFT = table(DraftRow)
NOTE = table(NoteRow)
ACCESS = table(AccessRow)
ACTION = table(ActionRow)
SAVED_TEMPLATE = table(SavedTemplateRow)


# The way of an answer runs these for every tap: built once, compiled once.
_VERSIONS = select(WORKSHOP.c.version, WORKSHOP.c.phase).where(
    WORKSHOP.c.id == bindparam("workshop_id")
)
_PARTICIPANT = select(PARTICIPANT).where(
    PARTICIPANT.c.workshop_id == bindparam("workshop_id"),
    PARTICIPANT.c.token_hash == bindparam("token_hash"),
)


class SqlReader:
    """Implements `workshop.ports.Reader` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _one(self, query: Select) -> Row | None:  # type: ignore[type-arg]
        return self.connection.execute(query).first()

    def _all(self, query: Select) -> Sequence[Row]:  # type: ignore[type-arg]
        return self.connection.execute(query).all()

    def workshop(self, workshop_id: str) -> Workshop | None:
        row = self._one(select(WORKSHOP).where(WORKSHOP.c.id == workshop_id))
        return to_workshop(row) if row else None

    def versions(self, workshop_id: str) -> tuple[int, int] | None:
        row = self.connection.execute(_VERSIONS, {"workshop_id": workshop_id}).first()
        return (row.version, row.phase) if row else None

    def workshop_by_code(self, join_code: str) -> Workshop | None:
        row = self._one(select(WORKSHOP).where(WORKSHOP.c.join_code == join_code))
        return to_workshop(row) if row else None

    def workshops(self) -> Sequence[Workshop]:
        return [to_workshop(r) for r in self._all(select(WORKSHOP).order_by(WORKSHOP.c.created_at))]

    def agenda(self, workshop_id: str) -> Agenda | None:
        """The whole agenda in seven queries; the service keeps it until the phase moves on."""
        workshop = self.workshop(workshop_id)
        if workshop is None:
            return None
        owner = workshop.process_id
        process = self._one(select(PROCESS).where(PROCESS.c.id == owner))
        clusters = self._all(
            select(CLUSTER)
            .where(CLUSTER.c.process_id == owner)
            .order_by(CLUSTER.c.position, CLUSTER.c.id)
        )
        questions = self._all(
            select(QUESTION)
            .join(CLUSTER)
            .where(QUESTION.c.process_id == owner)
            .order_by(QUESTION.c.position, CLUSTER.c.position, QUESTION.c.id)
        )
        statements = self._all(
            select(STATEMENT)
            .join(QUESTION, QUESTION.c.id == STATEMENT.c.question_id)
            .where(QUESTION.c.process_id == owner, QUESTION.c.kind == "rate")
            .order_by(STATEMENT.c.position, STATEMENT.c.created_at, STATEMENT.c.id)
        )
        rounds = self._rounds(workshop)
        return Agenda(
            workshop=workshop,
            process=to_process(process),
            clusters=tuple(map(to_cluster, clusters)),
            questions=tuple(map(to_question, questions)),
            statements=tuple(map(to_statement, statements)),
            rounds=rounds.get(workshop_id, ()),
            meetings=self._meetings(workshop, rounds),
        )

    def _meetings(
        self, workshop: Workshop, rounds: Mapping[str, tuple[Round, ...]]
    ) -> tuple[Meeting, ...]:
        """The other workshops of the process, the oldest first."""
        others = self._all(
            select(WORKSHOP.c.id, WORKSHOP.c.strand, WORKSHOP.c.title, WORKSHOP.c.invited)
            .where(WORKSHOP.c.process_id == workshop.process_id, WORKSHOP.c.id != workshop.id)
            .order_by(WORKSHOP.c.created_at, WORKSHOP.c.id)
        )
        return tuple(
            Meeting(r.id, Strand(r.strand), r.title, r.invited, rounds.get(r.id, ()))
            for r in others
        )

    def _rounds(self, workshop: Workshop) -> dict[str, tuple[Round, ...]]:
        """The rounds by workshop: all of this one, the revealed ones of the process' others."""
        seen = and_(
            WORKSHOP.c.process_id == workshop.process_id,
            or_(ROUND.c.workshop_id == workshop.id, ROUND.c.state == RoundState.REVEALED),
        )
        rounds = self._all(
            select(ROUND)
            .join(WORKSHOP, WORKSHOP.c.id == ROUND.c.workshop_id)
            .where(seen)
            .order_by(ROUND.c.opened_at, ROUND.c.id)
        )
        items = self._all(
            select(ROUND_ITEM.c.round_id, ROUND_ITEM.c.statement_id)
            .join(ROUND, ROUND.c.id == ROUND_ITEM.c.round_id)
            .join(WORKSHOP, WORKSHOP.c.id == ROUND.c.workshop_id)
            .where(seen)
            .order_by(ROUND_ITEM.c.position)
        )
        asked: dict[str, list[str]] = {}
        for item in items:
            asked.setdefault(item.round_id, []).append(item.statement_id)
        found: dict[str, list[Round]] = {}
        for row in rounds:
            found.setdefault(row.workshop_id, []).append(
                to_round(row, tuple(asked.get(row.id, ())))
            )
        return {workshop_id: tuple(mine) for workshop_id, mine in found.items()}

    def round(self, round_id: str) -> Round | None:
        row = self._one(select(ROUND).where(ROUND.c.id == round_id))
        if row is None:
            return None
        items = self._all(
            select(ROUND_ITEM.c.statement_id)
            .where(ROUND_ITEM.c.round_id == round_id)
            .order_by(ROUND_ITEM.c.position)
        )
        return to_round(row, tuple(i.statement_id for i in items))

    def participant(self, workshop_id: str, token_hash: str) -> Participant | None:
        wanted = {"workshop_id": workshop_id, "token_hash": token_hash}
        row = self.connection.execute(_PARTICIPANT, wanted).first()
        return to_participant(row) if row else None

    def participants(self, workshop_id: str) -> Sequence[Participant]:
        rows = self._all(
            select(PARTICIPANT)
            .where(PARTICIPANT.c.workshop_id == workshop_id)
            .order_by(PARTICIPANT.c.number)
        )
        return [to_participant(r) for r in rows]

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
        here = PARTICIPANT.c.last_seen >= since
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
            ANSWER.c.value.is_not(None),
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
                ANSWER.c.round_id, ANSWER.c.participant_id, ANSWER.c.statement_id, ANSWER.c.value
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

    def counts(self, round_ids: Sequence[str]) -> Sequence[tuple[str, str, int | None, int]]:
        cells = (ANSWER.c.round_id, ANSWER.c.statement_id, ANSWER.c.value)
        rows = self._all(
            select(*cells, func.count()).where(ANSWER.c.round_id.in_(round_ids)).group_by(*cells)
        )
        return [(r[0], r[1], r[2], r[3]) for r in rows]

    def statement(self, statement_id: str) -> Statement | None:
        row = self._one(select(STATEMENT).where(STATEMENT.c.id == statement_id))
        return to_statement(row) if row else None

    def was_asked(self, statement_id: str) -> bool:
        asked = exists().where(ROUND_ITEM.c.statement_id == statement_id)
        return bool(self.connection.execute(select(asked)).scalar_one())

    def opened_questions(self, process_id: str) -> frozenset[str]:
        mine = QUESTION.c.process_id == process_id
        return self._questions(select(ROUND.c.question_id).join(QUESTION).where(mine))

    def questions_with_texts(self, process_id: str) -> frozenset[str]:
        mine = QUESTION.c.process_id == process_id
        written = select(STATEMENT.c.question_id).join(QUESTION).where(mine)
        return self._questions(
            written.union(select(DRAFT.c.question_id).join(QUESTION).where(mine))
        )

    def _questions(self, query) -> frozenset[str]:  # type: ignore[no-untyped-def]
        return frozenset(self.connection.execute(query).scalars())

    def contributions(self, workshop_id: str) -> Sequence[Statement]:
        rows = self._all(
            select(STATEMENT)
            .where(STATEMENT.c.workshop_id == workshop_id, STATEMENT.c.fingerprint.is_not(None))
            .order_by(STATEMENT.c.created_at, STATEMENT.c.id)
        )
        return [to_statement(r) for r in rows]

    def contributions_of(self, participant_id: str, round_id: str) -> Sequence[Statement]:
        rows = self._all(
            select(STATEMENT)
            .where(STATEMENT.c.author_id == participant_id, STATEMENT.c.round_id == round_id)
            .order_by(STATEMENT.c.created_at, STATEMENT.c.id)
        )
        return [to_statement(r) for r in rows]

    def notes(self, workshop_id: str) -> Mapping[str, str]:
        query = select(NOTE.c.question_id, NOTE.c.text).where(NOTE.c.workshop_id == workshop_id)
        return {row.question_id: row.text for row in self._all(query)}

    def drafts(self, participant_id: str) -> Sequence[Draft]:
        rows = self._all(
            select(DRAFT)
            .where(DRAFT.c.participant_id == participant_id)
            .order_by(DRAFT.c.question_id)
        )
        return [to_draft(r) for r in rows]

    def saved_templates(self) -> Sequence[SavedTemplate]:
        order = (SAVED_TEMPLATE.c.created_at, SAVED_TEMPLATE.c.name)
        rows = self._all(select(SAVED_TEMPLATE).order_by(*order))
        return [SavedTemplate(r.name, r.title, r.text, r.created_at) for r in rows]

    def can_undo(self, workshop_id: str) -> str | None:
        row = self._last_action(workshop_id)
        return row.name if row else None

    def _last_action(self, workshop_id: str) -> Row | None:
        return self._one(
            select(ACTION)
            .where(ACTION.c.workshop_id == workshop_id, ACTION.c.undone.is_(False))
            .order_by(ACTION.c.id.desc())
            .limit(1)
        )

    def access(self, token_hash: str, now: datetime) -> tuple[Role, str | None] | None:
        row = self._one(
            select(ACCESS).where(
                ACCESS.c.token_hash == token_hash,
                ACCESS.c.expires_at > now,
                ACCESS.c.once.is_(False),
            )
        )
        return (Role(row.role), row.workshop_id) if row else None
