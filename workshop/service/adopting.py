"""Choosing the key questions: what people proposed and backed becomes a question of the agenda.

Propose → merge doubles → back → adopt. A question that was adopted keeps the proposal that it was
made of, and with it whoever proposed the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.access import new_id, require_moderator
from workshop.agenda import require_question
from workshop.building import SHOWN, backing_rounds
from workshop.editing import demanded
from workshop.enough import least_shown
from workshop.errors import NotFound, Refused
from workshop.i18n import DEFAULT, N_
from workshop.model import Actor, Agenda, KeyQuestion, QuestionKind, Round, Statement
from workshop.ports import Reader, Tx
from workshop.service.base import Base

MINUTES = 15
"""What an adopted question begins with, until somebody sets its time."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a key question comes from.

    Attributes:
        question: the one of the agenda.
        proposal: what it was made of, as it was written.
        together: the proposals that were merged into that one.
        backed: how many people backed it in the last revealed round of backing, None without one,
            and where too few took part for anything to be shown.
        of: how many people took part in that round.
    """

    question: KeyQuestion
    proposal: Statement
    together: tuple[Statement, ...]
    backed: int | None
    of: int | None


class Adopting(Base):
    """Use cases between what was proposed and the agenda."""

    def adopt(
        self,
        actor: Actor,
        workshop_id: str,
        statement_id: str,
        kind: QuestionKind = QuestionKind.COLLECT,
        *,
        scale: str | None = None,
        second: str | None = None,
        most: int | None = None,
    ) -> str:
        """Make a proposed key question one of the agenda, at the end of its cluster.

        Returns its id. `scale`, `second` and `most` are as for `add_question`.

        Raises:
            NotFound: for something that was not proposed in this workshop.
            Refused: what is hidden or merged into another, and what is in the agenda already.
        """
        question_id = new_id()

        def change(tx: Tx, agenda: Agenda) -> None:
            proposal = _require_proposal(tx, agenda, statement_id)
            if any(q.origin_id == proposal.id for q in agenda.questions):
                raise Refused("adopted", N_("This question is in the agenda already."))
            cluster_id = require_question(agenda, proposal.question_id).cluster_id
            places = [q.position for q in agenda.questions if q.cluster_id == cluster_id]
            demand = demanded(kind, scale, second, most)
            tx.add_question(
                KeyQuestion(
                    id=question_id,
                    process_id=agenda.process.id,
                    cluster_id=cluster_id,
                    kind=kind,
                    text={DEFAULT: proposal.text},
                    help={},
                    minutes=MINUTES,
                    position=max(places) + 1,
                    scale=demand.scale,
                    second=demand.second,
                    most=demand.most,
                    origin_id=proposal.id,
                )
            )

        self._act(
            actor,
            workshop_id,
            N_("Take a proposed question into the agenda"),
            change,
            everywhere=True,
            subject=statement_id,
        )
        return question_id

    def provenance(self, actor: Actor, workshop_id: str) -> Mapping[str, Provenance]:
        """Where the adopted questions of the agenda come from, by question id. For moderators.

        A proposal that its author has erased is nobody's any more: its question has none.
        """
        require_moderator(actor, workshop_id)
        return self.store.read(lambda reader: provenance_of(reader, workshop_id))


def provenance_of(reader: Reader, workshop_id: str) -> Mapping[str, Provenance]:
    """`Adopting.provenance` within a snapshot."""
    agenda = reader.agenda(workshop_id)
    adopted = [q for q in agenda.questions if q.origin_id] if agenda else []
    if agenda is None or not adopted:
        return {}
    said = reader.contributions(workshop_id)
    support = {r.question_id: r for r in backing_rounds(agenda, SHOWN)}
    found = {}
    for question in adopted:
        proposal = reader.statement(question.origin_id or "")
        if proposal is None:
            continue
        together = tuple(s for s in said if s.merged_into_id == proposal.id)
        round_ = support.get(proposal.question_id)
        backed, people = _support(reader, round_, proposal, least_shown(agenda.workshop))
        found[question.id] = Provenance(question, proposal, together, backed, people)
    return found


def _support(
    reader: Reader, round_: Round | None, proposal: Statement, least: int
) -> tuple[int | None, int | None]:
    """How many backed a proposal, and how many took part; only of `least` people or more."""
    if round_ is None:
        return None, None
    given = [
        (sid, value, n) for _, sid, value, n in reader.counts([round_.id]) if value is not None
    ]
    mine = [(value, n) for sid, value, n in given if sid == proposal.id]
    people = sum(n for _, n in mine)
    if people < least:
        return None, None
    return sum(n for value, n in mine if value), people


def _require_proposal(tx: Tx, agenda: Agenda, statement_id: str) -> Statement:
    found = tx.statement(statement_id)
    question = agenda.question(found.question_id) if found else None
    if found is None or question is None or question.kind is not QuestionKind.PROPOSE:
        raise NotFound("no-proposal", N_("There is no such proposal in this workshop."))
    if found.hidden or found.waiting or found.merged_into_id:
        raise Refused("not-shown", N_("This proposal is hidden, or merged into another one."))
    return found
