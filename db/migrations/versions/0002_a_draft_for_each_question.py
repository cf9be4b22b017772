"""a draft for each question

One for each person was one too few: a refused text to one question replaced that to another.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEYS = {True: ["participant_id", "question_id"], False: ["participant_id"]}


def upgrade() -> None:
    _rebuild(for_each_question=True)


def downgrade() -> None:
    op.execute(
        "DELETE FROM draft WHERE EXISTS (SELECT 1 FROM draft AS other WHERE"
        " other.participant_id = draft.participant_id AND other.question_id < draft.question_id)"
    )
    _rebuild(for_each_question=False)


def _rebuild(*, for_each_question: bool) -> None:
    op.rename_table("draft", "old_draft")
    if op.get_bind().dialect.name == "postgresql":
        # A constraint keeps its name when its table is renamed, and names are unique.
        op.execute("ALTER TABLE old_draft DROP CONSTRAINT pk_draft")
    op.create_table(
        "draft",
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_draft_participant_id_participant"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["key_question.id"], name="fk_draft_question_id_key_question"
        ),
        sa.PrimaryKeyConstraint(*KEYS[for_each_question], name="pk_draft"),
    )
    columns = "participant_id, question_id, text, aspect, problem"
    op.execute(f"INSERT INTO draft ({columns}) SELECT {columns} FROM old_draft")
    op.drop_table("old_draft")
