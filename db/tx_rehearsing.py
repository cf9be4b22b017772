"""The end of a rehearsal: all that it left behind is deleted, and the workshop is as before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete, or_, select, update

from db.plain import (
    ACTION,
    ANSWER,
    DRAFT,
    NOTE,
    PARTICIPANT,
    QUESTION,
    ROUND,
    ROUND_ITEM,
    STATEMENT,
    THEME,
    WORKSHOP,
)
from db.rows import frozen_columns, stage_columns
from db.tx_moderating import ModeratingTx
from workshop.model import Stage


class RehearsingTx(ModeratingTx):
    """The part of `workshop.ports.Tx` that wipes a rehearsal; nothing of it can be undone."""

    def wipe(self, workshop_id: str, since: datetime) -> None:
        """See `workshop.ports.Tx.wipe`."""
        rounds = select(ROUND.c.id).where(ROUND.c.workshop_id == workshop_id)
        people = select(PARTICIPANT.c.id).where(PARTICIPANT.c.workshop_id == workshop_id)
        for table, owner, owned in (
            (ANSWER, ANSWER.c.round_id, rounds),
            (ROUND_ITEM, ROUND_ITEM.c.round_id, rounds),
            (DRAFT, DRAFT.c.participant_id, people),
        ):
            self._run(delete(table).where(owner.in_(owned)))
        adopted = self._wipe_texts(workshop_id, since)
        for table in (ROUND, PARTICIPANT, THEME, NOTE, ACTION):
            self._run(delete(table).where(table.c.workshop_id == workshop_id))
        self._run(
            update(WORKSHOP)
            .where(WORKSHOP.c.id == workshop_id)
            .values(
                rehearsal=False,
                rehearsed_since=None,
                locked=False,
                ended=False,
                joined=0,
                timer_ends_at=None,
                **stage_columns(Stage()),
                **frozen_columns(None),
            )
        )
        self._wipe_adopted(adopted)

    def _wipe_texts(self, workshop_id: str, since: datetime) -> Sequence[str]:
        """What was said or written in the rehearsal, and every trace of it in what stays.

        By now only rounds of other workshops ask for anything: what they ask stays for them.
        Returns the ids of the questions that were proposed in the rehearsal and adopted.
        """
        owners = (PARTICIPANT, ROUND, THEME)
        of = [select(t.c.id).where(t.c.workshop_id == workshop_id) for t in owners]

        def gone(text: Table) -> ColumnElement[bool]:
            said = or_(text.c.author_id.in_(of[0]), text.c.round_id.in_(of[1]))
            new = or_(said, text.c.created_at >= since)
            asked = select(ROUND_ITEM.c.statement_id)
            return and_(text.c.workshop_id == workshop_id, new, text.c.id.not_in(asked))

        other = STATEMENT.alias()
        dropped = select(other.c.id).where(gone(other))
        replaced = select(other.c.source_id).where(gone(other), other.c.source_id.is_not(None))
        proposed = select(QUESTION.c.id).where(QUESTION.c.origin_id.in_(dropped))
        ids, adopted = (self.connection.execute(q).scalars().all() for q in (dropped, proposed))
        for where, values in (
            # A wording that gave way to one of the rehearsal is asked again.
            (STATEMENT.c.id.in_(replaced), {"hidden": False, "hidden_reason": None}),
            (STATEMENT.c.source_id.in_(dropped), {"source_id": None}),
            (STATEMENT.c.merged_into_id.in_(dropped), {"merged_into_id": None}),
        ):
            self._run(update(STATEMENT).where(where).values(**values))
        self._run(delete(STATEMENT).where(gone(STATEMENT)))
        for name, owned in zip(("author_id", "round_id", "theme_id"), of, strict=True):
            trace = STATEMENT.c[name].in_(owned)
            self._run(update(STATEMENT).where(trace).values({name: None}))
        self.journal.erase(STATEMENT, ids)
        return adopted

    def _wipe_adopted(self, question_ids: Sequence[str]) -> None:
        """These questions, unless another workshop has done something with them."""
        places = (
            *(table.c.question_id for table in (ROUND, STATEMENT, NOTE, THEME, DRAFT)),
            WORKSHOP.c.stage_question_id,
        )
        unused = and_(*(QUESTION.c.id.not_in(select(c).where(c.is_not(None))) for c in places))
        self._run(delete(QUESTION).where(QUESTION.c.id.in_(question_ids), unused))
