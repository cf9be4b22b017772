"""templates of one's own

A house keeps what it has prepared once, beside the templates that come with the program.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_template",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_saved_template"),
    )


def downgrade() -> None:
    op.drop_table("saved_template")
    # What undo would put back names tables and signs that an older program doesn't know.
    op.execute(sa.text("UPDATE action SET undone = :yes").bindparams(yes=True))
