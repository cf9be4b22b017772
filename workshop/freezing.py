"""A frozen stage: the workshop as the room goes on seeing it while the moderator goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workshop.model import Agenda, Meeting, Round, RoundState


def as_seen(agenda: Agenda) -> Agenda:
    """The agenda as the room has it: while the stage is frozen, that of the moment it froze.

    What was opened, closed or revealed since then is not yet; only black is never held back.
    """
    frozen = agenda.workshop.frozen
    if frozen is None:
        return agenda
    stage = replace(frozen.stage, black=agenda.workshop.stage.black)
    return replace(
        agenda,
        workshop=replace(agenda.workshop, stage=stage),
        rounds=tuple(_then(r, frozen.at) for r in agenda.rounds if _was(r.opened_at, frozen.at)),
        meetings=tuple(_met(m, frozen.at) for m in agenda.meetings),
        _by_id={},
    )


def _was(moment: datetime | None, at: datetime) -> bool:
    """Whether something had happened by then; what has no moment always had."""
    return moment is None or moment <= at


def _then(round_: Round, at: datetime) -> Round:
    """A round in the state in which it was."""
    if round_.state is RoundState.REVEALED and not _was(round_.revealed_at, at):
        shut = round_.closed_at is not None and round_.closed_at <= at
        return replace(round_, state=RoundState.CLOSED if shut else RoundState.OPEN)
    if round_.state is RoundState.CLOSED and not _was(round_.closed_at, at):
        return replace(round_, state=RoundState.OPEN)
    return round_


def _met(meeting: Meeting, at: datetime) -> Meeting:
    """Another meeting with what it had revealed."""
    return replace(meeting, rounds=tuple(r for r in meeting.rounds if _was(r.revealed_at, at)))
