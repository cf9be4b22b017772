"""What is written to the database, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from types import ModuleType
from typing import Any

from sqlalchemy import (
    Executable,
    Select,
    and_,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from db.plain import (
    ACCESS,
    ANSWER,
    DRAFT,
    NOTE,
    PARTICIPANT,
    ROUND,
    ROUND_ITEM,
    STATEMENT,
    WORKSHOP,
)
from db.rows import (
    answer_columns,
    frozen_columns,
    participant_columns,
    round_columns,
    stage_columns,
    statement_columns,
    workshop_columns,
)
from db.tx_rehearsing import RehearsingTx
from workshop.access import new_id
from workshop.model import (
    Agenda,
    Answer,
    Draft,
    Frozen,
    Participant,
    Role,
    Round,
    RoundState,
    Stage,
    Statement,
    Workshop,
)

_MOMENT_OF = {
    RoundState.OPEN: "opened_at",
    RoundState.CLOSED: "closed_at",
    RoundState.REVEALED: "revealed_at",
}


def _put_answer(dialect: ModuleType, source: Select[Any] | None = None) -> Executable:
    """What keeps an answer, or all that a source gives; an earlier one to the item is replaced."""
    new = dialect.insert(ANSWER)
    if source is not None:
        new = new.from_select([c.name for c in ANSWER.c], source)
    return new.on_conflict_do_update(  # type: ignore[no-any-return]
        index_elements=["round_id", "statement_id", "participant_id"],
        set_={name: new.excluded[name] for name in ("value", "second", "at")},
    )


_DIALECTS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}
# Every tap runs this: built once, compiled once.
_PUT_ANSWER = {name: _put_answer(dialect) for name, dialect in _DIALECTS.items()}

_COLUMNS = select(
    *(func.unnest(bindparam(c.name, type_=postgresql.ARRAY(c.type))) for c in ANSWER.c)
)
_PUT_ANSWERS = _put_answer(postgresql, _COLUMNS)
"""PostgreSQL takes a column at a time: a statement for each row would hold up the room."""


class SqlTx(RehearsingTx):
    """Implements `workshop.ports.Tx`; `dirty` says whether anything was written.

    It holds the database's write lock, so what it has read of versions and agendas stays true
    until it touches them itself.
    """

    def versions(self, workshop_id: str) -> tuple[int, int] | None:
        known = self._versions.get(workshop_id) or super().versions(workshop_id)
        if known is not None:
            self._versions[workshop_id] = known
        return known

    def agenda(self, workshop_id: str) -> Agenda | None:
        known = self._agendas.get(workshop_id) or super().agenda(workshop_id)
        if known is not None:
            self._agendas[workshop_id] = known
        return known

    def add_workshop(self, workshop: Workshop) -> None:
        self._run(insert(WORKSHOP).values(**workshop_columns(workshop)))

    def add_participant(
        self,
        workshop_id: str,
        token_hash: str,
        segment: str,
        now: datetime,
        *,
        proxy: bool = False,
    ) -> Participant:
        number = self._run(
            update(WORKSHOP)
            .where(WORKSHOP.c.id == workshop_id)
            .values(joined=WORKSHOP.c.joined + 1)
            .returning(WORKSHOP.c.joined)
        ).scalar_one()
        new = Participant(new_id(), workshop_id, number, segment, now, now, proxy=proxy)
        self._run(insert(PARTICIPANT).values(**participant_columns(new, token_hash)))
        return new

    def add_participants(self, workshop_id: str, people: Sequence[tuple[Participant, str]]) -> None:
        self._run(
            update(WORKSHOP)
            .where(WORKSHOP.c.id == workshop_id)
            .values(joined=WORKSHOP.c.joined + len(people))
        )
        rows = [participant_columns(person, token_hash) for person, token_hash in people]
        if rows:
            self.connection.execute(insert(PARTICIPANT), rows)

    def set_segment(self, participant_id: str, segment: str) -> None:
        self._run(
            update(PARTICIPANT).where(PARTICIPANT.c.id == participant_id).values(segment=segment)
        )

    def set_token(self, participant_id: str, token_hash: str) -> None:
        self._run(
            update(PARTICIPANT)
            .where(PARTICIPANT.c.id == participant_id)
            .values(token_hash=token_hash)
        )

    def seen(self, participant_id: str, now: datetime) -> None:
        self._run(
            update(PARTICIPANT).where(PARTICIPANT.c.id == participant_id).values(last_seen=now)
        )

    def put_answer(self, answer: Answer, now: datetime) -> None:
        self.dirty = True
        self.connection.execute(_PUT_ANSWER[self._dialect], answer_columns(answer, now))

    def put_answers(self, answers: Iterable[Answer], now: datetime) -> None:
        rows = [answer_columns(answer, now) for answer in answers]
        self.dirty = True
        if rows and self._dialect == "postgresql":
            columns = {c.name: [row[c.name] for row in rows] for c in ANSWER.c}
            self.connection.execute(_PUT_ANSWERS, columns)
        elif rows:
            self.connection.execute(_PUT_ANSWER[self._dialect], rows)

    def add_contribution(self, statement: Statement, fingerprint: str) -> bool:
        new = _DIALECTS[self._dialect].insert(STATEMENT).values(**statement_columns(statement))
        done = self._run(
            new.values(fingerprint=fingerprint)
            .on_conflict_do_nothing(index_elements=["round_id", "author_id", "fingerprint"])
            .returning(STATEMENT.c.id)
        ).first()
        return done is not None

    def add_statement(self, statement: Statement) -> None:
        self.dirty = True
        self.journal.insert(STATEMENT, statement_columns(statement))

    def next_position(self, question_id: str) -> int:
        last = self.connection.execute(
            select(func.max(STATEMENT.c.position)).where(STATEMENT.c.question_id == question_id)
        ).scalar_one()
        return 1 if last is None else int(last) + 1

    def put_draft(self, participant_id: str, draft: Draft) -> None:
        self.drop_draft(participant_id, draft.question_id)
        self._run(
            insert(DRAFT).values(
                participant_id=participant_id,
                question_id=draft.question_id,
                text=draft.text,
                aspect=draft.aspect,
                problem=draft.problem,
            )
        )

    def drop_draft(self, participant_id: str, question_id: str) -> None:
        self._run(
            DRAFT.delete().where(
                DRAFT.c.participant_id == participant_id, DRAFT.c.question_id == question_id
            )
        )

    def add_round(self, round_: Round) -> None:
        self.dirty = True
        self.journal.insert(ROUND, round_columns(round_))
        rows = [
            {"round_id": round_.id, "statement_id": sid, "position": place}
            for place, sid in enumerate(round_.statement_ids)
        ]
        if rows:
            self.connection.execute(insert(ROUND_ITEM), rows)

    def set_round(
        self, round_id: str, state: RoundState, now: datetime, *, present: int | None = None
    ) -> None:
        self.dirty = True
        values = {"state": state, _MOMENT_OF[state]: now, "present": present}
        self.journal.update(ROUND, {"id": round_id}, values)

    def ask_in_round(self, round_id: str, statement_id: str) -> None:
        self.dirty = True
        place = self.connection.execute(
            select(func.count()).select_from(ROUND_ITEM).where(ROUND_ITEM.c.round_id == round_id)
        ).scalar_one()
        row = {"round_id": round_id, "statement_id": statement_id, "position": place}
        self.journal.insert(ROUND_ITEM, row)

    def set_stage(self, workshop_id: str, stage: Stage) -> None:
        self.dirty = True
        self.journal.update(WORKSHOP, {"id": workshop_id}, stage_columns(stage))

    def set_frozen(self, workshop_id: str, frozen: Frozen | None) -> None:
        self.dirty = True
        self.journal.update(WORKSHOP, {"id": workshop_id}, frozen_columns(frozen))

    def put_note(self, workshop_id: str, question_id: str, text: str) -> None:
        place = and_(NOTE.c.workshop_id == workshop_id, NOTE.c.question_id == question_id)
        self._run(NOTE.delete().where(place))
        if text:
            values = {"workshop_id": workshop_id, "question_id": question_id, "text": text}
            self._run(insert(NOTE).values(**values))

    def set_workshop(self, workshop_id: str, **fields: Any) -> None:
        self.dirty = True
        self.journal.update(WORKSHOP, {"id": workshop_id}, fields)

    def set_statement(self, statement_id: str, **fields: Any) -> None:
        self.dirty = True
        self.journal.update(STATEMENT, {"id": statement_id}, fields)

    def erase_participant(self, participant_id: str) -> None:
        """Everything that carries the pseudonym goes.

        Statements made of it lose their source, and what was merged into it stands for itself.
        """
        mine = select(STATEMENT.c.id).where(STATEMENT.c.author_id == participant_id)
        own = self.connection.execute(mine).scalars().all()
        self._run(update(STATEMENT).where(STATEMENT.c.source_id.in_(own)).values(source_id=None))
        into = STATEMENT.c.merged_into_id.in_(own)
        self._run(update(STATEMENT).where(into).values(merged_into_id=None))
        self._run(ANSWER.delete().where(ANSWER.c.participant_id == participant_id))
        self._run(DRAFT.delete().where(DRAFT.c.participant_id == participant_id))
        self._run(STATEMENT.delete().where(STATEMENT.c.author_id == participant_id))
        self._run(PARTICIPANT.delete().where(PARTICIPANT.c.id == participant_id))
        self.journal.erase(STATEMENT, own)

    def grant(
        self,
        token_hash: str,
        role: Role,
        workshop_id: str | None,
        expires: datetime,
        *,
        once: bool,
        now: datetime,
    ) -> None:
        self._run(
            insert(ACCESS).values(
                token_hash=token_hash,
                role=role,
                workshop_id=workshop_id,
                once=once,
                created_at=now,
                expires_at=expires,
            )
        )

    def use_grant(self, token_hash: str, now: datetime) -> tuple[Role, str | None] | None:
        valid = and_(
            ACCESS.c.token_hash == token_hash,
            ACCESS.c.expires_at > now,
            ACCESS.c.once.is_(False) | ACCESS.c.used_at.is_(None),
        )
        # Looked up first: a wrong link must write nothing, or it would cost its batch a retry.
        row = self._one(select(ACCESS.c.role, ACCESS.c.workshop_id).where(valid))
        if row is None:
            return None
        self._run(update(ACCESS).where(valid).values(used_at=now))
        return Role(row.role), row.workshop_id

    def revoke(self, token_hash: str) -> None:
        self._run(ACCESS.delete().where(ACCESS.c.token_hash == token_hash))

    def begin_action(
        self, workshop_id: str, action: str, now: datetime, subject_id: str | None = None
    ) -> None:
        self.journal.begin(workshop_id, action, now, subject_id)

    def undo(self, workshop_id: str, now: datetime) -> str | None:
        action = self._last_action(workshop_id)
        if action is None:
            return None
        self.dirty = True
        self.journal.undo(action, now)
        return str(action.name)

    def touch(self, workshop_id: str, *, phase: bool) -> None:
        """Once per transaction and kind is enough: a version counts commits, not writes."""
        if phase:
            self._agendas.pop(workshop_id, None)
        known = self.touched.get(workshop_id)
        if known or known == phase:
            return
        self.touched[workshop_id] = phase
        self._versions.pop(workshop_id, None)
        fields: dict[str, Any] = {"version": WORKSHOP.c.version + 1}
        if phase:
            fields["phase"] = WORKSHOP.c.phase + 1
        self._run(update(WORKSHOP).where(WORKSHOP.c.id == workshop_id).values(**fields))

    def touch_process(self, process_id: str) -> None:
        ids = self.connection.execute(
            select(WORKSHOP.c.id).where(WORKSHOP.c.process_id == process_id).order_by(WORKSHOP.c.id)
        ).scalars()
        for workshop_id in ids.all():
            self.touch(workshop_id, phase=True)
