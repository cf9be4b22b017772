"""Rows to model: what a table's row means in the words of the workshop."""

from __future__ import annotations

from typing import Any

from workshop.model import (
    Aspect,
    Cluster,
    Draft,
    KeyQuestion,
    Participant,
    Process,
    QuestionKind,
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
        stage=Stage(StageView(row.stage_view), row.stage_question_id, row.stage_qr, row.stage_page),
        created_at=row.created_at,
    )


def to_process(row: Row) -> Process:
    """A row of `process`."""
    return Process(row.id, row.title, row.guiding_idea, row.template)


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
    )


def to_draft(row: Row) -> Draft:
    """A row of `draft`."""
    aspect = Aspect(row.aspect) if row.aspect else None
    return Draft(row.question_id, row.text, aspect, row.problem)
