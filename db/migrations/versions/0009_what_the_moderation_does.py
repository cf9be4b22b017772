"""what the moderation does

Contributions may wait for the moderator, be merged, pinned, put under a theme, and hidden for a
reason; an action says what it was about, so that the record can show a log.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FLAGS = (("workshop", "moderated"), ("statement", "waiting"), ("statement", "pinned"))


def upgrade() -> None:
    op.create_table(
        "theme",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("workshop_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["key_question.id"], name="fk_theme_question_id_key_question"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_theme_workshop_id_workshop"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_theme"),
    )
    op.create_index("ix_theme_workshop_id", "theme", ["workshop_id"])
    for table, column in FLAGS:
        op.add_column(
            table,
            sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.text("false")),
        )
    op.add_column("action", sa.Column("subject_id", sa.String(), nullable=True))
    with op.batch_alter_table("statement") as batch:
        batch.add_column(sa.Column("hidden_reason", sa.String(), nullable=True))
        batch.add_column(sa.Column("merged_into_id", sa.String(), nullable=True))
        batch.add_column(sa.Column("theme_id", sa.String(), nullable=True))
        batch.create_foreign_key(
            "fk_statement_merged_into_id_statement", "statement", ["merged_into_id"], ["id"]
        )
        batch.create_foreign_key("fk_statement_theme_id_theme", "theme", ["theme_id"], ["id"])


def downgrade() -> None:
    # What undo would put back names columns that are gone.
    op.execute(sa.text("UPDATE action SET undone = :yes").bindparams(yes=True))
    with op.batch_alter_table("statement") as batch:
        batch.drop_constraint("fk_statement_theme_id_theme", type_="foreignkey")
        batch.drop_constraint("fk_statement_merged_into_id_statement", type_="foreignkey")
        for name in ("theme_id", "merged_into_id", "hidden_reason"):
            batch.drop_column(name)
    op.drop_column("action", "subject_id")
    for table, column in reversed(FLAGS):
        op.drop_column(table, column)
    op.drop_table("theme")
