"""The tables, and the constraints that make a wrong state impossible."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC: SQLite keeps no time zone, so it goes in and comes out as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Moments enter as UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Moments leave with their time zone."""
        if value is None:
            return None
        return value if value.tzinfo else value.replace(tzinfo=UTC)


NO = {"server_default": text("false")}
"""A flag that older rows don't have."""

JSON_OR_NULL = JSON(none_as_null=True)
"""JSON in which nothing is NULL, and not the word `null`."""


class ProcessRow(SQLModel, table=True):
    """A strategy process."""

    __tablename__ = "process"
    __table_args__ = (
        CheckConstraint("agreed_share > 0.5 and agreed_share <= 1", name="agreed_share"),
    )
    id: str = Field(primary_key=True)
    title: dict[str, str] = Field(sa_type=JSON)
    guiding_idea: dict[str, str] = Field(sa_type=JSON)
    template: str
    agreed_share: float = Field(default=0.75, sa_column_kwargs={"server_default": text("0.75")})


class ClusterRow(SQLModel, table=True):
    """A theme of a process."""

    __tablename__ = "cluster"
    id: str = Field(primary_key=True)
    process_id: str = Field(foreign_key="process.id", index=True)
    name: dict[str, str] = Field(sa_type=JSON)
    accent: str
    mark: str
    position: int
    cross_cutting: bool = False


class QuestionRow(SQLModel, table=True):
    """A key question; a rating question has one scale, a matrix two, and `most` as in the model."""

    __tablename__ = "key_question"
    __table_args__ = (
        CheckConstraint(
            "kind in ('collect', 'propose', 'words', 'rate', 'matrix', 'rank', 'allocate',"
            " 'choose', 'welcome', 'input', 'talk', 'break')",
            name="kind",
        ),
        CheckConstraint("(kind in ('rate', 'matrix')) = (scale_name is not null)", name="scale"),
        CheckConstraint("(kind = 'matrix') = (second_name is not null)", name="second"),
        CheckConstraint(
            "kind not in ('words', 'allocate', 'choose') or most is not null", name="most"
        ),
        CheckConstraint(
            "most is null or kind in ('collect', 'propose', 'words', 'allocate', 'choose')",
            name="most_of_others",
        ),
        CheckConstraint("most is null or most > 0", name="most_positive"),
    )
    id: str = Field(primary_key=True)
    process_id: str = Field(foreign_key="process.id", index=True)
    cluster_id: str = Field(foreign_key="cluster.id")
    kind: str
    text: dict[str, str] = Field(sa_type=JSON)
    help: dict[str, str] = Field(sa_type=JSON)
    minutes: int
    position: int
    scale_name: str | None = None
    scale_labels: list[dict[str, str]] | None = Field(default=None, sa_type=JSON)
    second_name: str | None = None
    second_labels: list[dict[str, str]] | None = Field(default=None, sa_type=JSON)
    most: int | None = None
    origin_id: str | None = None


class WorkshopRow(SQLModel, table=True):
    """A meeting, and what its stage shows."""

    __tablename__ = "workshop"
    __table_args__ = (
        CheckConstraint("strand in ('council', 'citizens')", name="strand"),
        CheckConstraint(
            "stage_view in ('lobby', 'question', 'result', 'moves', 'strands', 'clusters',"
            " 'groups', 'thanks')",
            name="stage_view",
        ),
        CheckConstraint("invited is null or invited > 0", name="invited"),
    )
    id: str = Field(primary_key=True)
    process_id: str = Field(foreign_key="process.id", index=True)
    strand: str
    title: dict[str, str] = Field(sa_type=JSON)
    join_code: str = Field(unique=True)
    segments: list[str] = Field(sa_type=JSON)
    invited: int | None = None
    locked: bool = False
    ended: bool = False
    rehearsal: bool = Field(default=False, sa_column_kwargs=NO)
    rehearsed_since: datetime | None = Field(default=None, sa_type=UtcTime)
    moderated: bool = Field(default=False, sa_column_kwargs=NO)
    version: int = 1
    phase: int = 1
    joined: int = 0
    stage_view: str = "lobby"
    stage_question_id: str | None = Field(default=None, foreign_key="key_question.id")
    stage_qr: bool = True
    stage_page: int = 0
    stage_black: bool = Field(default=False, sa_column_kwargs=NO)
    stage_frozen: dict[str, Any] | None = Field(default=None, sa_type=JSON_OR_NULL)
    timer_ends_at: datetime | None = Field(default=None, sa_type=UtcTime)
    created_at: datetime = Field(sa_type=UtcTime)


class ParticipantRow(SQLModel, table=True):
    """A pseudonym; of its cookie only the hash is kept."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("workshop_id", "token_hash"),
        UniqueConstraint("workshop_id", "number"),
        CheckConstraint("opinion_group is null or opinion_group >= 0", name="opinion_group"),
    )
    id: str = Field(primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    token_hash: str
    number: int
    segment: str
    joined_at: datetime = Field(sa_type=UtcTime)
    last_seen: datetime = Field(sa_type=UtcTime)
    opinion_group: int | None = None
    proxy: bool = Field(default=False, sa_column_kwargs=NO)


class RoundRow(SQLModel, table=True):
    """One opening of a question. `live` is false where many rounds may be open at once."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("workshop_id", "question_id", "number"),
        CheckConstraint("state in ('draft', 'open', 'closed', 'revealed')", name="state"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("present is null or present >= 0", name="present"),
        Index(
            "uq_round_one_open",
            "workshop_id",
            unique=True,
            sqlite_where=text("state = 'open' and live = 1"),
            postgresql_where=text("state = 'open' and live"),
        ),
    )
    id: str = Field(primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    question_id: str = Field(foreign_key="key_question.id", index=True)
    number: int
    state: str
    live: bool = True
    opened_at: datetime | None = Field(default=None, sa_type=UtcTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    revealed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    present: int | None = None


class ThemeRow(SQLModel, table=True):
    """A name under which the moderator puts contributions to a question."""

    __tablename__ = "theme"
    id: str = Field(primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    question_id: str = Field(foreign_key="key_question.id")
    name: str
    position: int


class StatementRow(SQLModel, table=True):
    """A contribution (it has a fingerprint), or a statement to be rated, with its origin."""

    __tablename__ = "statement"
    __table_args__ = (
        UniqueConstraint("round_id", "author_id", "fingerprint"),
        CheckConstraint(
            "aspect is null or aspect in ('perspective', 'interest', 'goal')", name="aspect"
        ),
    )
    id: str = Field(primary_key=True)
    question_id: str = Field(foreign_key="key_question.id", index=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    strand: str
    text: str
    position: int
    created_at: datetime = Field(sa_type=UtcTime)
    aspect: str | None = None
    round_id: str | None = Field(default=None, foreign_key="round.id")
    author_id: str | None = Field(default=None, foreign_key="participant.id", index=True)
    source_id: str | None = Field(default=None, foreign_key="statement.id")
    original_text: str | None = None
    hidden: bool = False
    hidden_reason: str | None = None
    waiting: bool = Field(default=False, sa_column_kwargs=NO)
    pinned: bool = Field(default=False, sa_column_kwargs=NO)
    merged_into_id: str | None = Field(default=None, foreign_key="statement.id")
    theme_id: str | None = Field(default=None, foreign_key="theme.id")
    fingerprint: str | None = None


class RoundItemRow(SQLModel, table=True):
    """Which statements a round asks."""

    __tablename__ = "round_item"
    round_id: str = Field(foreign_key="round.id", primary_key=True)
    statement_id: str = Field(foreign_key="statement.id", primary_key=True)
    position: int


class AnswerRow(SQLModel, table=True):
    """One answer per round, statement and participant; no value is an abstention.

    On SQLite the table is its own primary key; `ix_answer_counted` is all that counting reads.
    """

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("value is null or value between 0 and 1000", name="value"),
        CheckConstraint("second is null or second between 1 and 11", name="second"),
        Index("ix_answer_participant_id_round_id", "participant_id", "round_id"),
        Index("ix_answer_counted", "round_id", "statement_id", "value"),
        {"sqlite_with_rowid": False},
    )
    round_id: str = Field(foreign_key="round.id", primary_key=True)
    statement_id: str = Field(foreign_key="statement.id", primary_key=True)
    participant_id: str = Field(foreign_key="participant.id", primary_key=True)
    value: int | None = None
    second: int | None = None
    at: datetime = Field(sa_type=UtcTime)


class DraftRow(SQLModel, table=True):
    """What somebody typed that could not be taken, one for each question."""

    __tablename__ = "draft"
    participant_id: str = Field(foreign_key="participant.id", primary_key=True)
    question_id: str = Field(foreign_key="key_question.id", primary_key=True)
    text: str
    aspect: str | None = None
    problem: str


class NoteRow(SQLModel, table=True):
    """What the moderator noted to a question, in one workshop."""

    __tablename__ = "note"
    workshop_id: str = Field(foreign_key="workshop.id", primary_key=True)
    question_id: str = Field(foreign_key="key_question.id", primary_key=True)
    text: str


class AccessRow(SQLModel, table=True):
    """A link or a signed-in browser; of its secret only the hash is kept."""

    __tablename__ = "access"
    __table_args__ = (CheckConstraint("role in ('moderator', 'stage')", name="role"),)
    token_hash: str = Field(primary_key=True)
    role: str
    workshop_id: str | None = Field(default=None, foreign_key="workshop.id")
    once: bool = False
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class SavedTemplateRow(SQLModel, table=True):
    """A template of the house's own, as the text of its file."""

    __tablename__ = "saved_template"
    name: str = Field(primary_key=True)
    title: dict[str, str] = Field(sa_type=JSON)
    text: str
    created_at: datetime = Field(sa_type=UtcTime)


class ActionRow(SQLModel, table=True):
    """One action of a moderator, with the rows as they were before it."""

    __tablename__ = "action"
    id: int | None = Field(default=None, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    name: str
    subject_id: str | None = None
    at: datetime = Field(sa_type=UtcTime)
    before: list[dict[str, Any]] = Field(sa_type=JSON)
    undone: bool = False
