"""Preparing the key questions: adding, wording, kind, scales, order, doubles, removing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from workshop.access import new_id
from workshop.agenda import require_question
from workshop.editing import (
    MAX_HELP,
    MAX_WORDING,
    Demand,
    changed_text,
    demanded,
    moved_by,
    questions_of,
    require_cluster,
    require_few_options,
    require_minutes,
)
from workshop.errors import Refused
from workshop.i18n import N_
from workshop.limits import OF_AXIS
from workshop.model import Actor, Agenda, KeyQuestion, QuestionKind, Statement
from workshop.ports import Tx
from workshop.service.base import Base
from workshop.service.editing import require_off_stage, used_of


class Asking(Base):
    """The key questions of a process. Texts come by language; what isn't given stays."""

    def add_question(
        self,
        actor: Actor,
        workshop_id: str,
        cluster_id: str,
        kind: QuestionKind,
        text: Mapping[str, str],
        *,
        help: Mapping[str, str] | None = None,
        minutes: int = 10,
        scale: str | None = None,
        second: str | None = None,
        most: int | None = None,
    ) -> str:
        """One more key question at the end of a cluster; returns its id.

        Raises:
            NotFound: for an unknown cluster.
            Refused: for a wording that is empty or too long, minutes out of range, and what
                `workshop.editing.demanded` refuses of `scale`, `second` and `most`.
        """
        question_id = new_id()

        def change(tx: Tx, agenda: Agenda) -> None:
            cluster = require_cluster(agenda, cluster_id)
            demand = demanded(kind, scale, second, most)
            tx.add_question(
                KeyQuestion(
                    id=question_id,
                    process_id=agenda.process.id,
                    cluster_id=cluster.id,
                    kind=kind,
                    text=changed_text({}, text, MAX_WORDING),
                    help=changed_text({}, help or {}, MAX_HELP, optional=True),
                    minutes=require_minutes(minutes),
                    position=_end_of(agenda, cluster.id),
                    scale=demand.scale,
                    second=demand.second,
                    most=demand.most,
                )
            )

        self._act(actor, workshop_id, N_("Add a key question"), change, everywhere=True)
        return question_id

    def edit_question(
        self,
        actor: Actor,
        workshop_id: str,
        question_id: str,
        *,
        kind: QuestionKind | None = None,
        text: Mapping[str, str] | None = None,
        help: Mapping[str, str] | None = None,
        minutes: int | None = None,
        scale: str | None = None,
        second: str | None = None,
        most: int | None = None,
    ) -> Agenda:
        """Change what is given of a key question.

        Once a round of it was opened, anywhere, only its minutes can change: another wording,
        another kind or another scale would be another question. What another kind asks with, and
        isn't given, is what the question had, else the usual.

        Raises:
            NotFound: for an unknown question.
            Refused: see above, and as for `add_question`.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            was = require_question(agenda, question_id)
            demand = _demanded(was, kind, scale, second, most)
            new = replace(
                was,
                kind=demand.kind,
                text=was.text if text is None else changed_text(was.text, text, MAX_WORDING),
                help=was.help
                if help is None
                else changed_text(was.help, help, MAX_HELP, optional=True),
                minutes=was.minutes if minutes is None else require_minutes(minutes),
                scale=demand.scale,
                second=demand.second,
                most=demand.most,
            )
            if replace(new, minutes=was.minutes) != was:
                _require_unopened(tx, agenda, was)
            if new.kind is not was.kind:
                _require_texts_fit(agenda, new)
            tx.set_question(new)

        return self._act(actor, workshop_id, N_("Change a key question"), change, everywhere=True)

    def move_question(self, actor: Actor, workshop_id: str, question_id: str, by: int) -> Agenda:
        """Move a key question `by` places down its cluster; up where it is negative."""

        def change(tx: Tx, agenda: Agenda) -> None:
            question = require_question(agenda, question_id)
            _number(tx, moved_by(questions_of(agenda, question.cluster_id), question.id, by))

        return self._act(actor, workshop_id, N_("Move a key question"), change, everywhere=True)

    def put_question(
        self, actor: Actor, workshop_id: str, question_id: str, cluster_id: str
    ) -> Agenda:
        """Put a key question to the end of another cluster.

        Raises:
            NotFound: for an unknown question or cluster.
            Refused: once a round of it was opened: its result counts for the cluster that it had.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            question = require_question(agenda, question_id)
            cluster = require_cluster(agenda, cluster_id)
            if cluster.id == question.cluster_id:
                return
            if question.id in tx.opened_questions(agenda.process.id):
                raise Refused(
                    "was-opened",
                    N_("This question was asked in its cluster, and its result counts there."),
                )
            place = _end_of(agenda, cluster.id)
            tx.set_question(replace(question, cluster_id=cluster.id, position=place))

        return self._act(actor, workshop_id, N_("Move a key question"), change, everywhere=True)

    def duplicate_question(self, actor: Actor, workshop_id: str, question_id: str) -> str:
        """The same question once more, right behind it; returns its id.

        It is another question, so its wording is free again. Its options go along, they are part
        of it; statements to be rated don't.
        """
        copy_id = new_id()

        def change(tx: Tx, agenda: Agenda) -> None:
            question = require_question(agenda, question_id)
            copy = replace(question, id=copy_id)
            order = list(questions_of(agenda, question.cluster_id))
            order.insert(order.index(question) + 1, copy)
            tx.add_question(copy)
            _number(tx, order)
            for option in agenda.statements_of(question.id) if question.is_whole else ():
                tx.add_statement(_again(option, copy, agenda, self.clock()))

        action = N_("Duplicate a key question")
        self._act(actor, workshop_id, action, change, everywhere=True)
        return copy_id

    def remove_question(self, actor: Actor, workshop_id: str, question_id: str) -> Agenda:
        """Take a key question out of the agenda.

        Raises:
            Refused: when it was opened, has texts, or is on a stage.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            question = require_question(agenda, question_id)
            used = used_of(tx, agenda.process.id)
            if question.id in used.opened:
                raise Refused(
                    "was-opened", N_("This question was asked already, so it stays in the record.")
                )
            if question.id in used.with_texts:
                raise Refused(
                    "has-texts",
                    N_("This question holds texts, so it stays. Undo what was written first."),
                )
            require_off_stage(tx, agenda, question.id)
            tx.drop_question(question.id)

        return self._act(actor, workshop_id, N_("Remove a key question"), change, everywhere=True)


def _end_of(agenda: Agenda, cluster_id: str) -> int:
    return max((q.position for q in questions_of(agenda, cluster_id)), default=-1) + 1


def _number(tx: Tx, order: Sequence[KeyQuestion]) -> None:
    for place, question in enumerate(order):
        tx.set_question(replace(question, position=place))


def _again(option: Statement, question: KeyQuestion, agenda: Agenda, now: datetime) -> Statement:
    """The same option of another question, written in this workshop."""
    return Statement(
        id=new_id(),
        question_id=question.id,
        text=option.text,
        workshop_id=agenda.workshop.id,
        strand=agenda.workshop.strand,
        position=option.position,
        created_at=now,
    )


def _demanded(
    was: KeyQuestion,
    kind: QuestionKind | None,
    scale: str | None,
    second: str | None,
    most: int | None,
) -> Demand:
    """What a question asks with after a change; an axis that it never had begins as usual."""
    had = Demand(was.kind, was.scale, was.second, was.most)
    if kind is None or kind is was.kind:
        return demanded(was.kind, scale, second, most, was=had)
    first = scale or (was.scale.name if was.scale else OF_AXIS[0])
    other = next(name for name in reversed(OF_AXIS) if name != first)
    return demanded(kind, first, second or other, most, was=had)


def _require_texts_fit(agenda: Agenda, question: KeyQuestion) -> None:
    """A question keeps its statements when its kind changes, so it must be able to ask for them.

    Raises:
        Refused: when nothing would be asked about them, or there are too many options.
    """
    count = len(agenda.statements_of(question.id))
    if count and not question.asks_statements:
        raise Refused(
            "has-statements",
            N_("This question has statements, which such a one doesn't ask. Hide them first."),
        )
    require_few_options(question, count)


def _require_unopened(tx: Tx, agenda: Agenda, question: KeyQuestion) -> None:
    if question.id in tx.opened_questions(agenda.process.id):
        raise Refused(
            "was-opened",
            N_(
                "A round of this question was opened, so its wording, kind and scale stay. "
                "Duplicate it: another wording is another question."
            ),
        )
