"""Rows to model and back: what a table's row means in the words of the workshop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workshop.model import (
    Answer,
    Aspect,
    Cluster,
    Draft,
    Frozen,
    KeyQuestion,
    Participant,
    Process,
    QuestionKind,
    Room,
    Round,
    RoundState,
    Scale,
    Stage,
    StageView,
    Statement,
    Strand,
    Workshop,
)

Row = Any
"""A result row of SQLAlchemy; its attributes are the table's columns."""

Columns = dict[str, Any]
"""What is written to a row, by column."""


def to_workshop(row: Row) -> Workshop:
    """A row of `workshop`."""
    return Workshop(
        id=row.id,
        process_id=row.process_id,
        strand=Strand(row.strand),
        title=row.title,
        join_code=row.join_code,
        segments=tuple(row.segments),
        invited=row.invited,
        locked=row.locked,
        ended=row.ended,
        version=row.version,
        phase=row.phase,
        stage=Stage(
            StageView(row.stage_view),
            row.stage_question_id,
            row.stage_qr,
            row.stage_page,
            row.stage_black,
        ),
        created_at=row.created_at,
        frozen=_to_frozen(row.stage_frozen),
        timer_ends_at=row.timer_ends_at,
        rehearsal=row.rehearsal,
        rehearsed_since=row.rehearsed_since,
        moderated=row.moderated,
    )


def _to_frozen(kept: Mapping[str, Any] | None) -> Frozen | None:
    if kept is None:
        return None
    return Frozen(
        Stage(StageView(kept["view"]), kept["question_id"], kept["qr"], kept["page"]),
        datetime.fromisoformat(kept["at"]),
        Room(kept["joined"], kept["present"], kept["answered"]),
    )


def to_process(row: Row) -> Process:
    """A row of `process`."""
    return Process(row.id, row.title, row.guiding_idea, row.template, row.agreed_share)


def to_cluster(row: Row) -> Cluster:
    """A row of `cluster`."""
    return Cluster(
        id=row.id,
        process_id=row.process_id,
        name=row.name,
        accent=row.accent,
        mark=row.mark,
        position=row.position,
        cross_cutting=row.cross_cutting,
    )


def to_question(row: Row) -> KeyQuestion:
    """A row of `key_question`."""
    scale = Scale(row.scale_name, tuple(row.scale_labels)) if row.scale_name else None
    second = Scale(row.second_name, tuple(row.second_labels)) if row.second_name else None
    return KeyQuestion(
        id=row.id,
        process_id=row.process_id,
        cluster_id=row.cluster_id,
        kind=QuestionKind(row.kind),
        text=row.text,
        help=row.help,
        minutes=row.minutes,
        position=row.position,
        scale=scale,
        second=second,
        most=row.most,
        origin_id=row.origin_id,
    )


def to_statement(row: Row) -> Statement:
    """A row of `statement`."""
    return Statement(
        id=row.id,
        question_id=row.question_id,
        text=row.text,
        workshop_id=row.workshop_id,
        strand=Strand(row.strand),
        position=row.position,
        created_at=row.created_at,
        aspect=Aspect(row.aspect) if row.aspect else None,
        round_id=row.round_id,
        author_id=row.author_id,
        source_id=row.source_id,
        original_text=row.original_text,
        hidden=row.hidden,
        hidden_reason=row.hidden_reason,
        waiting=row.waiting,
        pinned=row.pinned,
        merged_into_id=row.merged_into_id,
        theme_id=row.theme_id,
    )


def to_round(row: Row, statement_ids: tuple[str, ...] = ()) -> Round:
    """A row of `round` with the statements that it asks."""
    return Round(
        id=row.id,
        workshop_id=row.workshop_id,
        question_id=row.question_id,
        number=row.number,
        state=RoundState(row.state),
        statement_ids=statement_ids,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        revealed_at=row.revealed_at,
        present=row.present,
    )


def to_participant(row: Row) -> Participant:
    """A row of `participant`, without the hash of its cookie."""
    return Participant(
        id=row.id,
        workshop_id=row.workshop_id,
        number=row.number,
        segment=row.segment,
        joined_at=row.joined_at,
        last_seen=row.last_seen,
        opinion_group=row.opinion_group,
        proxy=row.proxy,
    )


def to_draft(row: Row) -> Draft:
    """A row of `draft`."""
    aspect = Aspect(row.aspect) if row.aspect else None
    return Draft(row.question_id, row.text, aspect, row.problem)


def process_columns(process: Process) -> Columns:
    """A row of `process`."""
    return {
        "id": process.id,
        "title": dict(process.title),
        "guiding_idea": dict(process.guiding_idea),
        "template": process.template,
        "agreed_share": process.agreed_share,
    }


def cluster_columns(cluster: Cluster) -> Columns:
    """A row of `cluster`."""
    return {
        "id": cluster.id,
        "process_id": cluster.process_id,
        "name": dict(cluster.name),
        "accent": cluster.accent,
        "mark": cluster.mark,
        "position": cluster.position,
        "cross_cutting": cluster.cross_cutting,
    }


def question_columns(question: KeyQuestion) -> Columns:
    """A row of `key_question`."""
    scale, second = question.scale, question.second
    return {
        "id": question.id,
        "process_id": question.process_id,
        "cluster_id": question.cluster_id,
        "kind": question.kind,
        "text": dict(question.text),
        "help": dict(question.help),
        "minutes": question.minutes,
        "position": question.position,
        "scale_name": scale.name if scale else None,
        "scale_labels": [dict(label) for label in scale.labels] if scale else None,
        "second_name": second.name if second else None,
        "second_labels": [dict(label) for label in second.labels] if second else None,
        "most": question.most,
        "origin_id": question.origin_id,
    }


def workshop_columns(workshop: Workshop) -> Columns:
    """A row of `workshop` that nobody has joined."""
    return {
        "id": workshop.id,
        "process_id": workshop.process_id,
        "strand": workshop.strand,
        "title": dict(workshop.title),
        "join_code": workshop.join_code,
        "segments": list(workshop.segments),
        "invited": workshop.invited,
        "locked": workshop.locked,
        "ended": workshop.ended,
        "version": workshop.version,
        "phase": workshop.phase,
        "joined": 0,
        "created_at": workshop.created_at,
        "timer_ends_at": workshop.timer_ends_at,
        "rehearsal": workshop.rehearsal,
        "rehearsed_since": workshop.rehearsed_since,
        "moderated": workshop.moderated,
        **frozen_columns(workshop.frozen),
        **stage_columns(workshop.stage),
    }


def stage_columns(stage: Stage) -> Columns:
    """What a row of `workshop` keeps of its stage."""
    return {
        "stage_view": stage.view,
        "stage_question_id": stage.question_id,
        "stage_qr": stage.qr,
        "stage_page": stage.page,
        "stage_black": stage.black,
    }


def frozen_columns(frozen: Frozen | None) -> Columns:
    """What a row of `workshop` keeps of a frozen stage."""
    if frozen is None:
        return {"stage_frozen": None}
    stage, room = frozen.stage, frozen.room
    kept = {
        "view": stage.view.value,
        "question_id": stage.question_id,
        "qr": stage.qr,
        "page": stage.page,
        "at": frozen.at.isoformat(),
        "joined": room.joined,
        "present": room.present,
        "answered": room.answered,
    }
    return {"stage_frozen": kept}


def statement_columns(statement: Statement) -> Columns:
    """A row of `statement`, without the fingerprint that makes it a contribution."""
    return {
        "id": statement.id,
        "question_id": statement.question_id,
        "workshop_id": statement.workshop_id,
        "strand": statement.strand,
        "text": statement.text,
        "position": statement.position,
        "created_at": statement.created_at,
        "aspect": statement.aspect,
        "round_id": statement.round_id,
        "author_id": statement.author_id,
        "source_id": statement.source_id,
        "original_text": statement.original_text,
        "hidden": statement.hidden,
        "hidden_reason": statement.hidden_reason,
        "waiting": statement.waiting,
        "pinned": statement.pinned,
        "merged_into_id": statement.merged_into_id,
        "theme_id": statement.theme_id,
    }


def round_columns(round_: Round) -> Columns:
    """A row of `round`."""
    return {
        "id": round_.id,
        "workshop_id": round_.workshop_id,
        "question_id": round_.question_id,
        "number": round_.number,
        "state": round_.state,
        "live": True,
        "opened_at": round_.opened_at,
        "closed_at": round_.closed_at,
        "revealed_at": round_.revealed_at,
        "present": round_.present,
    }


def participant_columns(participant: Participant, token_hash: str) -> Columns:
    """A row of `participant`."""
    return {
        "id": participant.id,
        "workshop_id": participant.workshop_id,
        "token_hash": token_hash,
        "number": participant.number,
        "segment": participant.segment,
        "joined_at": participant.joined_at,
        "last_seen": participant.last_seen,
        "opinion_group": participant.opinion_group,
        "proxy": participant.proxy,
    }


def answer_columns(answer: Answer, now: datetime) -> Columns:
    """A row of `answer`, given now."""
    return {
        "round_id": answer.round_id,
        "statement_id": answer.statement_id,
        "participant_id": answer.participant_id,
        "value": answer.value,
        "second": answer.second,
        "at": now,
    }
