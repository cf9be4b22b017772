"""answers stand as they are counted

Counting the answers of a round looked every single one up: 3,000 people and 100 statements took
most of a second. On SQLite the table is its own primary key now, on both databases an index holds
all that is counted, and one finds the answers of a person in a round.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = "round_id, statement_id, participant_id, value, at"
BY_PERSON = {True: ["participant_id", "round_id"], False: ["participant_id"]}


def upgrade() -> None:
    _rebuild(counted=True)
    op.create_index("ix_answer_counted", "answer", ["round_id", "statement_id", "value"])


def downgrade() -> None:
    op.drop_index("ix_answer_counted", "answer")
    _rebuild(counted=False)


def _rebuild(*, counted: bool) -> None:
    op.drop_index(_name(not counted), "answer")
    if op.get_bind().dialect.name == "sqlite":
        op.rename_table("answer", "old_answer")
        op.create_table(
            "answer",
            sa.Column("round_id", sa.String(), nullable=False),
            sa.Column("statement_id", sa.String(), nullable=False),
            sa.Column("participant_id", sa.String(), nullable=False),
            sa.Column("value", sa.Integer(), nullable=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.CheckConstraint(
                "value is null or value between 1 and 11", name=op.f("ck_answer_value")
            ),
            sa.ForeignKeyConstraint(
                ["participant_id"], ["participant.id"], name="fk_answer_participant_id_participant"
            ),
            sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_answer_round_id_round"),
            sa.ForeignKeyConstraint(
                ["statement_id"], ["statement.id"], name="fk_answer_statement_id_statement"
            ),
            sa.PrimaryKeyConstraint(
                "round_id", "statement_id", "participant_id", name="pk_answer"
            ),
            sqlite_with_rowid=not counted,
        )
        op.execute(
            f"INSERT INTO answer ({COLUMNS}) SELECT {COLUMNS} FROM old_answer"
            " ORDER BY round_id, statement_id, participant_id"
        )
        op.drop_table("old_answer")
    op.create_index(_name(counted), "answer", BY_PERSON[counted])


def _name(counted: bool) -> str:
    return "ix_answer_" + "_".join(BY_PERSON[counted])
