"""since when it is rehearsed

What is written while a workshop is rehearsed goes when it becomes serious; what was there stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workshop", sa.Column("rehearsed_since", sa.DateTime(timezone=True)))


def downgrade() -> None:
    # What undo would put back names columns that are gone.
    op.execute(sa.text("UPDATE action SET undone = :yes").bindparams(yes=True))
    op.drop_column("workshop", "rehearsed_since")
