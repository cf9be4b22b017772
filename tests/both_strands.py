"""A process with two strands and more, played through the use cases on a real database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.rooms import Running
from workshop.access import new_id, new_join_code
from workshop.analysis import Analysis, ClusterAnalysis
from workshop.model import (
    OPERATOR,
    Cluster,
    KeyQuestion,
    Process,
    QuestionKind,
    Scale,
    Stage,
    Strand,
    Workshop,
)
from workshop.ports import Tx
from workshop.service import Service
from workshop.service.base import utc_now

Votes = Sequence[Sequence[int | None]]
"""People × statements; None is no answer at all, 0 an abstention."""


@dataclass
class Meeting:
    """One workshop of the process, with the tokens of its people."""

    service: Service
    workshop_id: str
    question: KeyQuestion
    tokens: list[str] = field(default_factory=list)

    def round(
        self,
        votes: Votes,
        statements: Sequence[str],
        *,
        reveal: bool = True,
        only: Sequence[str] | None = None,
    ) -> None:
        """Everybody answers one round of the question; whoever isn't there yet joins.

        With `only` the round asks no other statements.
        """
        while len(self.tokens) < len(votes):
            self.tokens.append(self.service.join(self.workshop_id, None, "none").result()[0])
        w, question = self.workshop_id, self.question.id
        opened = self.service.open_round(OPERATOR, w, question, only).open_round
        assert opened is not None
        sent = [
            self.service.answer(w, token, opened.id, statement, str(value))
            for token, row in zip(self.tokens, votes, strict=True)
            for statement, value in zip(statements, row, strict=True)
            if value is not None
        ]
        for answer in sent:
            answer.result()
        self.service.close_round(OPERATOR, w, question)
        if reveal:
            self.service.reveal_round(OPERATOR, w, question)

    def analysis(self) -> Analysis:
        """What may be said of it now."""
        return self.service.analysis(OPERATOR, self.workshop_id)

    def cluster(self) -> ClusterAnalysis:
        """What may be said of the cluster of the question."""
        found = self.analysis().cluster(self.question.cluster_id)
        assert found is not None
        return found


def meetings(
    running: Running, steps: int, texts: Sequence[str]
) -> tuple[dict[Strand, Meeting], list[str]]:
    """A council and a citizens' workshop of one process, and the ids of their statements.

    The process has one cluster with one rating question on a scale of so many steps.
    """
    labels = tuple({"de": f"Stufe {step}"} for step in range(1, steps + 1))
    process = Process(new_id(), {"de": "Ein Prozess"}, {}, "strategy-workshop")
    cluster = Cluster(new_id(), process.id, {"de": "Ein Cluster"}, "a", "house", 0)
    question = KeyQuestion(
        id=new_id(),
        process_id=process.id,
        cluster_id=cluster.id,
        kind=QuestionKind.RATE,
        text={"de": "Wie stehen Sie dazu?"},
        help={},
        minutes=10,
        position=0,
        scale=Scale("steps", labels),
    )
    council, citizens = (
        Workshop(
            id=new_id(),
            process_id=process.id,
            strand=strand,
            title=process.title,
            join_code=new_join_code(),
            segments=("none",),
            invited=None,
            locked=False,
            ended=False,
            version=1,
            phase=1,
            stage=Stage(),
            created_at=utc_now(),
        )
        for strand in Strand
    )

    def make(tx: Tx) -> None:
        tx.add_process(process, [cluster], [question])
        tx.add_workshop(council)
        tx.add_workshop(citizens)

    running.store.write(make)
    service = running.service
    ids = [service.add_statement(OPERATOR, council.id, question.id, text) for text in texts]
    both = {w.strand: Meeting(service, w.id, question) for w in (council, citizens)}
    return both, ids
