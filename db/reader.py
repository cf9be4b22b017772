"""What is asked of the database, within one transaction's snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, or_, select

from db.plain import (
    ACCESS,
    ACTION,
    CLUSTER,
    DRAFT,
    NOTE,
    PARTICIPANT,
    PROCESS,
    QUESTION,
    ROUND,
    ROUND_ITEM,
    SAVED_TEMPLATE,
    STATEMENT,
    WORKSHOP,
)
from db.reader_moderation import ModerationReader
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
from workshop.model import (
    WRITTEN,
    Agenda,
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

# The way of an answer runs these for every tap: built once, compiled once.
_VERSIONS = select(WORKSHOP.c.version, WORKSHOP.c.phase).where(
    WORKSHOP.c.id == bindparam("workshop_id")
)
_PARTICIPANT = select(PARTICIPANT).where(
    PARTICIPANT.c.workshop_id == bindparam("workshop_id"),
    PARTICIPANT.c.token_hash == bindparam("token_hash"),
)


class SqlReader(ModerationReader):
    """Implements `workshop.ports.Reader` on one connection."""

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
            .where(
                QUESTION.c.process_id == owner,
                # Contributions come in one by one like answers, but for those that a round asked.
                or_(
                    QUESTION.c.kind.not_in(WRITTEN),
                    exists().where(ROUND_ITEM.c.statement_id == STATEMENT.c.id),
                ),
            )
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
        """The rounds by workshop: all of this one, the revealed ones of the process' others.

        What another workshop only rehearses is none.
        """
        seen = and_(
            WORKSHOP.c.process_id == workshop.process_id,
            or_(
                ROUND.c.workshop_id == workshop.id,
                and_(ROUND.c.state == RoundState.REVEALED, WORKSHOP.c.rehearsal.is_(False)),
            ),
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

    def proxies(self, workshop_id: str) -> Sequence[Participant]:
        mine = (PARTICIPANT.c.workshop_id == workshop_id, PARTICIPANT.c.proxy)
        rows = self._all(select(PARTICIPANT).where(*mine).order_by(PARTICIPANT.c.number))
        return [to_participant(r) for r in rows]

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
        # What a contribution was turned into keeps the round that it came from.
        from_people = or_(STATEMENT.c.author_id.is_not(None), STATEMENT.c.round_id.is_not(None))
        written = select(STATEMENT.c.question_id).join(QUESTION).where(mine, from_people)
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
