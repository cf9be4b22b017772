"""Before the rounds: workshops from templates, and from one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop import templates
from workshop.access import new_id, new_join_code, require_moderator
from workshop.errors import NotFound
from workshop.i18n import DEFAULT, N_, pick
from workshop.model import (
    Actor,
    Agenda,
    Cluster,
    KeyQuestion,
    Process,
    Stage,
    Statement,
    Strand,
    Workshop,
)
from workshop.ports import Tx
from workshop.service.base import Base
from workshop.service.templating import template_of
from workshop.template_files import of_agenda


@dataclass(frozen=True, slots=True)
class Created:
    """A new workshop: what the office needs to invite to it."""

    process_id: str
    workshop_id: str
    join_code: str


class Preparing(Base):
    """Making workshops."""

    def create_workshop(
        self,
        actor: Actor,
        template: str,
        strand: Strand = Strand.COUNCIL,
        *,
        process_id: str | None = None,
        title: Mapping[str, str] | None = None,
        lang: str = DEFAULT,
    ) -> Created:
        """A workshop of a new process made from a template, or one more of a given process.

        The statements that a template brings are written in `lang`, where it has them so.

        Raises:
            Forbidden: for whoever may not moderate all workshops.
            NotFound: for an unknown template or process.
        """
        require_moderator(actor, None)
        source = self.store.read(lambda reader: template_of(reader, template))
        if process_id is None:
            return self._begin(source, strand, title, lang)
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

        With `statements` also with what is to be rated, as it is worded now; options go along in
        any case. Answers, rounds and contributions stay where they are. Raises `Forbidden` for
        whoever may not moderate all.
        """
        require_moderator(actor, None)
        agenda = self._read_agenda(workshop_id)

        def asked(agenda: Agenda, question: KeyQuestion) -> Sequence[Statement]:
            return agenda.statements_of(question.id) if statements or question.is_whole else ()

        source = of_agenda(agenda, agenda.process.template, asked)
        return self._begin(source, strand, title, DEFAULT)

    def _begin(
        self,
        source: templates.Template,
        strand: Strand,
        title: Mapping[str, str] | None,
        lang: str,
    ) -> Created:
        """A new process, its first workshop, and the statements that its questions begin with."""

        def run(tx: Tx) -> Created:
            process, clusters, questions = _from_template(source)
            tx.add_process(process, clusters, questions)
            groups = tuple(s.key for s in source.segments)
            made = self._add_workshop(tx, process.id, strand, title or process.title, groups)
            asked = [q.statements for cluster in source.clusters for q in cluster.questions]
            for question, texts in zip(questions, asked, strict=True):
                for place, text in enumerate(texts, 1):
                    tx.add_statement(
                        Statement(
                            id=new_id(),
                            question_id=question.id,
                            text=pick(text, lang),
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


def free_join_code(tx: Tx) -> str:
    """A join code that no workshop has."""
    code = new_join_code()
    while tx.workshop_by_code(code) is not None:
        code = new_join_code()
    return code


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
                    second=question.second,
                    most=question.most,
                )
            )
    return process, clusters, questions
