"""Before and beside the rounds: workshops from templates, statements, moderation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workshop import templates
from workshop.access import new_id, new_join_code, require_moderator
from workshop.agenda import require_question
from workshop.answers import clean_aspect, clean_text
from workshop.editing import in_place, questions_of
from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import (
    Actor,
    Agenda,
    Cluster,
    KeyQuestion,
    Process,
    QuestionKind,
    RoundState,
    Stage,
    Statement,
    Strand,
    Workshop,
)
from workshop.ports import Tx
from workshop.service.base import COLLECTS, Base
from workshop.service.templating import template_of
from workshop.template_files import of_agenda


@dataclass(frozen=True, slots=True)
class Created:
    """A new workshop: what the office needs to invite to it."""

    process_id: str
    workshop_id: str
    join_code: str


class Preparing(Base):
    """Making workshops and the statements in them."""

    def create_workshop(
        self,
        actor: Actor,
        template: str,
        strand: Strand = Strand.COUNCIL,
        *,
        process_id: str | None = None,
        title: Mapping[str, str] | None = None,
    ) -> Created:
        """A workshop of a new process made from a template, or one more of a given process.

        Raises:
            Forbidden: for whoever may not moderate all workshops.
            NotFound: for an unknown template or process.
        """
        require_moderator(actor, None)
        source = self.store.read(lambda reader: template_of(reader, template))
        if process_id is None:
            return self._begin(source, strand, title)
        groups = tuple(s.key for s in source.segments)

        def run(tx: Tx) -> Created:
            sibling = next((w for w in tx.workshops() if w.process_id == process_id), None)
            if sibling is None:
                raise NotFound("no-process", N_("There is no such process."))
            tx.touch_process(sibling.process_id)
            heading = title or sibling.title
            return self._add_workshop(tx, sibling.process_id, strand, heading, groups)

        return self.store.write(run)

    def continue_workshop(
        self,
        actor: Actor,
        workshop_id: str,
        strand: Strand,
        *,
        title: Mapping[str, str] | None = None,
        statements: bool = False,
    ) -> Created:
        """A new process that begins with the clusters and questions of this workshop.

        With `statements` also with what is to be rated, as it is worded now; answers, rounds and
        contributions stay where they are. Raises `Forbidden` for whoever may not moderate all.
        """
        require_moderator(actor, None)
        agenda = self._read_agenda(workshop_id)
        source = of_agenda(agenda, agenda.process.template)
        order = [q for c in in_place(agenda.clusters) for q in questions_of(agenda, c.id)]
        texts = [[s.text for s in agenda.statements_of(q.id)] for q in order]
        return self._begin(source, strand, title, texts if statements else ())

    def _begin(
        self,
        source: templates.Template,
        strand: Strand,
        title: Mapping[str, str] | None,
        texts: Sequence[Sequence[str]] = (),
    ) -> Created:
        """A new process and its first workshop; `texts` are statements, question by question."""

        def run(tx: Tx) -> Created:
            process, clusters, questions = _from_template(source)
            tx.add_process(process, clusters, questions)
            groups = tuple(s.key for s in source.segments)
            made = self._add_workshop(tx, process.id, strand, title or process.title, groups)
            for question, said in zip(questions, texts, strict=False):
                for place, text in enumerate(said, 1):
                    tx.add_statement(
                        Statement(
                            id=new_id(),
                            question_id=question.id,
                            text=text,
                            workshop_id=made.workshop_id,
                            strand=strand,
                            position=place,
                            created_at=self.clock(),
                        )
                    )
            return made

        return self.store.write(run)

    def _add_workshop(
        self,
        tx: Tx,
        process_id: str,
        strand: Strand,
        title: Mapping[str, str],
        groups: tuple[str, ...],
    ) -> Created:
        """A workshop that nobody has joined, with a join code of its own."""
        workshop_id, code = new_id(), free_join_code(tx)
        tx.add_workshop(
            Workshop(
                id=workshop_id,
                process_id=process_id,
                strand=strand,
                title=title,
                join_code=code,
                segments=groups,
                invited=None,
                locked=False,
                ended=False,
                version=1,
                phase=1,
                stage=Stage(),
                created_at=self.clock(),
            )
        )
        return Created(process_id, workshop_id, code)

    def add_statement(self, actor: Actor, workshop_id: str, question_id: str, text: str) -> str:
        """Write a statement to be rated, as moderator; returns its id.

        While a round of the question is open the statement joins it. Raises `NotFound` for an
        unknown question, `Refused` for an empty or too long text or a collecting question.
        """
        statement_id, clean = new_id(), clean_text(text)

        def change(tx: Tx, agenda: Agenda) -> None:
            question = _require_rating(agenda, question_id)
            self._put_statement(tx, agenda, question, clean, statement_id)

        self._act(actor, workshop_id, N_("Add a statement"), change, everywhere=True)
        return statement_id

    def promote(
        self, actor: Actor, workshop_id: str, contribution_id: str, text: str | None = None
    ) -> str:
        """Turn a contribution into a statement of its cluster's rating question; returns its id.

        The statement keeps its origin. Asked twice for the same contribution it returns the
        statement that exists. `text` is a wording of the moderator's, the contribution's else.

        Raises:
            NotFound: unknown contribution, or no rating question in its cluster.
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
            question = _rating_beside(agenda, source)
            clean = clean_text(text if text is not None else source.text)
            self._put_statement(tx, agenda, question, clean, statement_id, source)
            made.append(statement_id)

        action = N_("Turn a contribution into a statement")
        self._act(actor, workshop_id, action, change, everywhere=True)
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
        """Keep a rateable statement, and ask it at once where its round is open."""
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
        """
        clean = clean_text(text)
        kind = clean_aspect(aspect) if aspect else None
        result: list[str] = []

        def change(tx: Tx, agenda: Agenda) -> None:
            old = _require_statement(tx, agenda, statement_id)
            result[:] = [old.id]
            if clean == old.text and kind in (None, old.aspect):
                return
            if tx.was_asked(old.id):
                result[:] = [new_id()]
                position = tx.next_position(old.question_id)
                fresh = replace(old, id=result[0], text=clean, source_id=old.id, position=position)
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

        self._act(actor, workshop_id, N_("Edit a text"), change, everywhere=True)
        return result[0]

    def hide_statement(
        self, actor: Actor, workshop_id: str, statement_id: str, hidden: bool = True
    ) -> None:
        """Take a contribution or statement off every screen, or bring it back; it stays kept."""

        def change(tx: Tx, agenda: Agenda) -> None:
            tx.set_statement(_require_statement(tx, agenda, statement_id).id, hidden=hidden)

        action = N_("Hide a text") if hidden else N_("Show a text again")
        self._act(actor, workshop_id, action, change, everywhere=True)


def free_join_code(tx: Tx) -> str:
    """A join code that no workshop has."""
    code = new_join_code()
    while tx.workshop_by_code(code) is not None:
        code = new_join_code()
    return code


def _require_statement(tx: Tx, agenda: Agenda, statement_id: str) -> Statement:
    """A statement or contribution of this process."""
    found = agenda.statement(statement_id) or tx.statement(statement_id)
    if found is None or agenda.question(found.question_id) is None:
        raise NotFound("no-statement", N_("There is no such text in this workshop."))
    return found


def _is_of(agenda: Agenda, statement: Statement, source: Statement) -> bool:
    """Whether a statement was made of a contribution, be it over several wordings."""
    at: Statement | None = statement
    while at is not None:
        if at.source_id == source.id:
            return True
        at = agenda.statement(at.source_id)
    return False


def _require_rating(agenda: Agenda, question_id: str) -> KeyQuestion:
    question = require_question(agenda, question_id)
    if question.kind is not QuestionKind.RATE:
        raise Refused("wrong-kind", COLLECTS)
    return question


def _rating_beside(agenda: Agenda, source: Statement) -> KeyQuestion:
    """The first rating question of the cluster that a contribution was given in."""
    asked = agenda.question(source.question_id)
    cluster_id = asked.cluster_id if asked else None
    beside = [
        q for q in agenda.questions if q.cluster_id == cluster_id and q.kind is QuestionKind.RATE
    ]
    if not beside:
        raise NotFound("no-question", N_("This cluster has no rating question yet."))
    return min(beside, key=lambda q: q.position)


def _from_template(
    source: templates.Template,
) -> tuple[Process, list[Cluster], list[KeyQuestion]]:
    """A template as a new process: its clusters and key questions with ids of their own."""
    process = Process(new_id(), source.title, source.guiding_idea, source.name, source.agreed_share)
    clusters, questions = [], []
    for position, cluster in enumerate(source.clusters):
        cluster_id = new_id()
        clusters.append(
            Cluster(
                id=cluster_id,
                process_id=process.id,
                name=cluster.name,
                accent=cluster.accent,
                mark=cluster.mark,
                position=position,
                cross_cutting=cluster.cross_cutting,
            )
        )
        for place, question in enumerate(cluster.questions):
            questions.append(
                KeyQuestion(
                    id=new_id(),
                    process_id=process.id,
                    cluster_id=cluster_id,
                    kind=question.kind,
                    text=question.text,
                    help=question.help,
                    minutes=question.minutes,
                    position=place,
                    scale=question.scale,
                )
            )
    return process, clusters, questions
