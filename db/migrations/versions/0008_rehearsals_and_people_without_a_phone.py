"""rehearsals, and people without a phone

A workshop may be rehearsed before it begins, and some participants are entered by the moderator.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, column in (("workshop", "rehearsal"), ("participant", "proxy")):
        op.add_column(
            table,
            sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.text("false")),
        )


def downgrade() -> None:
    # What undo would put back names columns that are gone.
    op.execute(sa.text("UPDATE action SET undone = :yes").bindparams(yes=True))
    op.drop_column("participant", "proxy")
    op.drop_column("workshop", "rehearsal")
