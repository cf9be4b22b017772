"""What is written while a workshop is prepared: processes, clusters, questions, templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from db.journal import Journal
from db.plain import CLUSTER, NOTE, PROCESS, QUESTION, SAVED_TEMPLATE, STATEMENT, THEME
from db.reader import SqlReader
from db.rows import cluster_columns, process_columns, question_columns
from workshop.model import Agenda, Cluster, KeyQuestion, Process
from workshop.template_files import SavedTemplate


class PreparingTx(SqlReader):
    """The part of `workshop.ports.Tx` that keeps the instrument of a process."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.dirty = False
        self.touched: dict[str, bool] = {}
        self.journal = Journal(connection)
        self._dialect = connection.dialect.name
        self._versions: dict[str, tuple[int, int]] = {}
        self._agendas: dict[str, Agenda] = {}

    def _run(self, statement: Any) -> Any:
        self.dirty = True
        return self.connection.execute(statement)

    def add_process(
        self, process: Process, clusters: Sequence[Cluster], questions: Sequence[KeyQuestion]
    ) -> None:
        self._run(insert(PROCESS).values(**process_columns(process)))
        for cluster in clusters:
            self._run(insert(CLUSTER).values(**cluster_columns(cluster)))
        for question in questions:
            self.add_question(question)

    def set_process(self, process_id: str, **fields: Any) -> None:
        self.dirty = True
        self.journal.update(PROCESS, {"id": process_id}, fields)

    def add_cluster(self, cluster: Cluster) -> None:
        self.dirty = True
        self.journal.insert(CLUSTER, cluster_columns(cluster))

    def set_cluster(self, cluster_id: str, **fields: Any) -> None:
        self.dirty = True
        self.journal.update(CLUSTER, {"id": cluster_id}, fields)

    def drop_cluster(self, cluster_id: str) -> None:
        self.dirty = True
        self.journal.delete(CLUSTER, {"id": cluster_id})

    def add_question(self, question: KeyQuestion) -> None:
        self.dirty = True
        self.journal.insert(QUESTION, question_columns(question))

    def set_question(self, question: KeyQuestion) -> None:
        self.dirty = True
        self.journal.update(QUESTION, {"id": question.id}, question_columns(question))

    def drop_question(self, question_id: str) -> None:
        self.dirty = True
        notes = select(NOTE.c.workshop_id).where(NOTE.c.question_id == question_id)
        for workshop_id in self.connection.execute(notes).scalars().all():
            self.journal.delete(NOTE, {"workshop_id": workshop_id, "question_id": question_id})
        # What was merged into another goes first, as it points there.
        mine = (
            select(STATEMENT.c.id)
            .where(STATEMENT.c.question_id == question_id)
            .order_by(STATEMENT.c.merged_into_id.is_(None), STATEMENT.c.position)
        )
        for statement_id in self.connection.execute(mine).scalars().all():
            self.journal.delete(STATEMENT, {"id": statement_id})
        themes = select(THEME.c.id).where(THEME.c.question_id == question_id)
        for theme_id in self.connection.execute(themes).scalars().all():
            self.journal.delete(THEME, {"id": theme_id})
        self.journal.delete(QUESTION, {"id": question_id})

    def add_template(self, template: SavedTemplate) -> None:
        self._run(
            insert(SAVED_TEMPLATE).values(
                name=template.name,
                title=dict(template.title),
                text=template.text,
                created_at=template.created_at,
            )
        )

    def drop_template(self, name: str) -> None:
        self._run(SAVED_TEMPLATE.delete().where(SAVED_TEMPLATE.c.name == name))
