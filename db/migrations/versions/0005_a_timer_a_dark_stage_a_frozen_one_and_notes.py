"""a timer, a dark stage, a frozen one, and notes

When the timer ends, whether the stage is black, and what it keeps while it is frozen are rows: every
screen agrees, and so does a server that starts again. What the moderator notes has a table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "workshop",
        sa.Column("stage_black", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.add_column("workshop", sa.Column("stage_frozen", sa.JSON(), nullable=True))
    op.add_column(
        "workshop", sa.Column("timer_ends_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "note",
        sa.Column("workshop_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["key_question.id"], name="fk_note_question_id_key_question"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_note_workshop_id_workshop"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "question_id", name="pk_note"),
    )


def downgrade() -> None:
    # What undo would put back names columns that are gone.
    op.execute(sa.text("UPDATE action SET undone = :yes").bindparams(yes=True))
    op.drop_table("note")
    op.drop_column("workshop", "timer_ends_at")
    op.drop_column("workshop", "stage_frozen")
    op.drop_column("workshop", "stage_black")
