"""What a question asks about: statements and options, written, mended, moved, hidden."""

from __future__ import annotations

from dataclasses import replace

from workshop.access import new_id
from workshop.agenda import ASKS_NOTHING, require_question
from workshop.answers import clean_aspect, clean_text
from workshop.editing import in_place, moved_by, options_stay, questions_of, require_few_options
from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import Actor, Agenda, KeyQuestion, RoundState, Statement
from workshop.moderation import EDIT, HIDE, PROMOTE, SHOW_AGAIN, clean_reason
from workshop.ports import Tx
from workshop.service.base import COLLECTS, Base


class Stating(Base):
    """The statements of a process; those of a question that is answered whole are its options."""

    def add_statement(self, actor: Actor, workshop_id: str, question_id: str, text: str) -> str:
        """Write a statement to be rated, or an option, as moderator; returns its id.

        While a round of a rated question is open the statement joins it.

        Raises:
            NotFound: for an unknown question.
            Refused: for an empty or too long text, a question that people write to, and for an
                option where there are twelve, or a round is not revealed yet.
        """
        statement_id, clean = new_id(), clean_text(text)

        def change(tx: Tx, agenda: Agenda) -> None:
            question = _require_asking(agenda, question_id)
            self._put_statement(tx, agenda, question, clean, statement_id)

        self._act(actor, workshop_id, N_("Add a statement"), change, everywhere=True)
        return statement_id

    def promote(
        self, actor: Actor, workshop_id: str, contribution_id: str, text: str | None = None
    ) -> str:
        """Turn a contribution into a statement of the question that follows it; returns its id.

        The statement keeps its origin. Asked twice for the same contribution it returns the
        statement that exists. `text` is a wording of the moderator's, the contribution's else.

        Raises:
            NotFound: unknown contribution, or no question about statements in its cluster.
            Refused: as for `add_statement`.
        """
        statement_id = new_id()
        made: list[str] = []

        def change(tx: Tx, agenda: Agenda) -> None:
            made.clear()
            source = _require_statement(tx, agenda, contribution_id)
            existing = [s for s in agenda.statements if not s.hidden and _is_of(agenda, s, source)]
            if existing:
                made.append(existing[0].id)
                return
            question = _asking_beside(agenda, source)
            clean = clean_text(text if text is not None else source.text)
            self._put_statement(tx, agenda, question, clean, statement_id, source)
            made.append(statement_id)

        self._act(actor, workshop_id, PROMOTE, change, everywhere=True, subject=statement_id)
        return made[0]

    def _put_statement(
        self,
        tx: Tx,
        agenda: Agenda,
        question: KeyQuestion,
        text: str,
        statement_id: str,
        source: Statement | None = None,
    ) -> None:
        """Keep a statement, and ask it at once where its round is open."""
        _require_settled(agenda, question)
        require_few_options(question, len(agenda.statements_of(question.id)) + 1)
        tx.add_statement(
            Statement(
                id=statement_id,
                question_id=question.id,
                text=text,
                workshop_id=source.workshop_id if source else agenda.workshop.id,
                strand=source.strand if source else agenda.workshop.strand,
                position=tx.next_position(question.id),
                created_at=self.clock(),
                aspect=source.aspect if source else None,
                round_id=source.round_id if source else None,
                source_id=source.id if source else None,
            )
        )
        latest = agenda.latest_round(question.id)
        if latest is not None and latest.state is RoundState.OPEN:
            tx.ask_in_round(latest.id, statement_id)

    def edit_statement(
        self,
        actor: Actor,
        workshop_id: str,
        statement_id: str,
        text: str,
        aspect: str | None = None,
    ) -> str:
        """Mend a wording, keeping the original; returns the id that carries the new wording.

        A statement that was asked in a round already stays as it was rated: the new wording is
        a new statement with its origin, and the old one is hidden.

        Raises:
            NotFound: for an unknown statement or contribution.
            Refused: for an empty or too long text, and for an option while a round is not revealed
                yet.
        """
        clean = clean_text(text)
        kind = clean_aspect(aspect) if aspect else None
        result: list[str] = []

        def change(tx: Tx, agenda: Agenda) -> None:
            old = _require_statement(tx, agenda, statement_id)
            result[:] = [old.id]
            if clean == old.text and kind in (None, old.aspect):
                return
            _require_settled(agenda, agenda.question(old.question_id))
            if tx.was_asked(old.id):
                result[:] = [new_id()]
                position = tx.next_position(old.question_id)
                fresh = replace(
                    old,
                    id=result[0],
                    text=clean,
                    source_id=old.id,
                    position=position,
                    created_at=self.clock(),
                )
                tx.add_statement(fresh)
                tx.set_statement(old.id, hidden=True)
                latest = agenda.latest_round(old.question_id)
                if latest is not None and latest.state is RoundState.OPEN:
                    tx.ask_in_round(latest.id, fresh.id)
                return
            original = old.original_text if old.original_text is not None else old.text
            fields: dict[str, object] = {"text": clean, "original_text": original}
            if kind is not None:
                fields["aspect"] = kind
            tx.set_statement(old.id, **fields)

        self._act(actor, workshop_id, EDIT, change, everywhere=True, subject=statement_id)
        return result[0]

    def hide_statement(
        self,
        actor: Actor,
        workshop_id: str,
        statement_id: str,
        hidden: bool = True,
        *,
        reason: str | None = None,
    ) -> None:
        """Take a contribution or statement off every screen, or bring it back; it stays kept.

        `reason` is one of `moderation.REASONS` or in own words, and stays in the record; of what
        is hidden already only the reason changes.

        Raises:
            NotFound: for an unknown statement or contribution.
            Refused: for a reason above `MAX_REASON` characters; for an option while a round is not
                revealed yet, or as a thirteenth one.
        """
        why = clean_reason(reason)

        def change(tx: Tx, agenda: Agenda) -> None:
            statement = _require_statement(tx, agenda, statement_id)
            question = agenda.question(statement.question_id)
            if question is not None and statement.hidden is not hidden:
                _require_settled(agenda, question)
                if not hidden:
                    require_few_options(question, len(agenda.statements_of(question.id)) + 1)
            tx.set_statement(statement.id, hidden=hidden, hidden_reason=why if hidden else None)

        action = HIDE if hidden else SHOW_AGAIN
        self._act(actor, workshop_id, action, change, everywhere=True, subject=statement_id)

    def move_statement(self, actor: Actor, workshop_id: str, statement_id: str, by: int) -> Agenda:
        """Move a statement `by` places down its question; up where it is negative.

        A round that was opened keeps its order.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            statement = agenda.statement(statement_id)
            if statement is None or statement.hidden:
                raise _no_statement()
            order = moved_by(agenda.statements_of(statement.question_id), statement.id, by)
            for place, other in enumerate(order, 1):
                tx.set_statement(other.id, position=place)

        return self._act(actor, workshop_id, N_("Move a statement"), change, everywhere=True)


def _require_statement(tx: Tx, agenda: Agenda, statement_id: str) -> Statement:
    """A statement or contribution of this process."""
    found = agenda.statement(statement_id) or tx.statement(statement_id)
    if found is None or agenda.question(found.question_id) is None:
        raise _no_statement()
    return found


def _no_statement() -> NotFound:
    return NotFound("no-statement", N_("There is no such text in this workshop."))


def _is_of(agenda: Agenda, statement: Statement, source: Statement) -> bool:
    """Whether a statement was made of a contribution, be it over several wordings."""
    at: Statement | None = statement
    while at is not None:
        if at.source_id == source.id:
            return True
        at = agenda.statement(at.source_id)
    return False


def _require_asking(agenda: Agenda, question_id: str) -> KeyQuestion:
    """A question that asks about statements."""
    question = require_question(agenda, question_id)
    if not question.asks_statements:
        raise Refused("wrong-kind", ASKS_NOTHING if question.is_step else COLLECTS)
    return question


def _require_settled(agenda: Agenda, question: KeyQuestion | None) -> None:
    """Options are answered together: none comes, goes or changes under answers.

    Raises:
        Refused: while a round of such a question is open, or may be opened again.
    """
    if question is not None and options_stay(agenda, question):
        raise Refused(
            "options-stay",
            N_("The options stay as they are until the result of this round is shown."),
        )


def _asking_beside(agenda: Agenda, source: Statement) -> KeyQuestion:
    """The question about statements that follows the one of a contribution in its cluster.

    The first of the cluster where none follows.
    """
    written = agenda.question(source.question_id)
    found = questions_of(agenda, written.cluster_id if written else "")
    beside = [q for q in found if q.asks_statements]
    if not beside:
        raise NotFound(
            "no-question", N_("This cluster has no question yet that asks about statements.")
        )
    after = [q for q in beside if written and in_place((written, q))[0] is written]
    return (after or beside)[0]
