"""The plain tables behind the row classes: Core statements are what the hot paths run."""

from __future__ import annotations

from sqlmodel import SQLModel

from db.tables import (
    AccessRow,
    ActionRow,
    AnswerRow,
    ClusterRow,
    DraftRow,
    NoteRow,
    ParticipantRow,
    ProcessRow,
    QuestionRow,
    RoundItemRow,
    RoundRow,
    SavedTemplateRow,
    StatementRow,
    ThemeRow,
    WorkshopRow,
)


def table(row: type[SQLModel]):  # type: ignore[no-untyped-def]
    """The plain table of a row class."""
    return row.__table__  # type: ignore[attr-defined]


PROCESS = table(ProcessRow)
CLUSTER = table(ClusterRow)
QUESTION = table(QuestionRow)
WORKSHOP = table(WorkshopRow)
PARTICIPANT = table(ParticipantRow)
ROUND = table(RoundRow)
ROUND_ITEM = table(RoundItemRow)
STATEMENT = table(StatementRow)
THEME = table(ThemeRow)
ANSWER = table(AnswerRow)
DRAFT = table(DraftRow)
NOTE = table(NoteRow)
ACCESS = table(AccessRow)
ACTION = table(ActionRow)
SAVED_TEMPLATE = table(SavedTemplateRow)
