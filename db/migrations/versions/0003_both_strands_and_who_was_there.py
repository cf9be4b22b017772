"""both strands, and who was there

A process says what it calls agreement, a round keeps how many were present when it closed, a
participant the group that an imported conversation came with, and the stage has three more views.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OLD_VIEWS = "stage_view in ('lobby', 'question', 'result', 'clusters', 'thanks')"
NEW_VIEWS = (
    "stage_view in ('lobby', 'question', 'result', 'moves', 'strands', 'clusters',"
    " 'groups', 'thanks')"
)


def upgrade() -> None:
    # One statement each, on both databases: SQLite takes a column with its constraint, and only so.
    op.execute(
        "ALTER TABLE process ADD COLUMN agreed_share FLOAT NOT NULL DEFAULT 0.75"
        " CONSTRAINT ck_process_agreed_share CHECK (agreed_share > 0.5 and agreed_share <= 1)"
    )
    op.execute(
        "ALTER TABLE round ADD COLUMN present INTEGER"
        " CONSTRAINT ck_round_present CHECK (present is null or present >= 0)"
    )
    op.execute(
        "ALTER TABLE participant ADD COLUMN opinion_group INTEGER"
        " CONSTRAINT ck_participant_opinion_group"
        " CHECK (opinion_group is null or opinion_group >= 0)"
    )
    _allow(NEW_VIEWS)


def downgrade() -> None:
    op.execute("UPDATE workshop SET stage_view = 'result' WHERE stage_view in ('moves', 'strands')")
    op.execute(
        "UPDATE workshop SET stage_view = 'clusters', stage_question_id = NULL"
        " WHERE stage_view = 'groups'"
    )
    # What undo would put back names views and columns that are gone.
    op.execute(sa.text("UPDATE action SET undone = :yes").bindparams(yes=True))
    _allow(OLD_VIEWS)
    op.execute("ALTER TABLE participant DROP COLUMN opinion_group")
    op.execute("ALTER TABLE round DROP COLUMN present")
    op.execute("ALTER TABLE process DROP COLUMN agreed_share")


def _allow(views: str) -> None:
    """Only these views on a stage."""
    name = op.f("ck_workshop_stage_view")
    # SQLite knows no change of a constraint: there the table is copied, with all its others.
    with op.batch_alter_table("workshop") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, views)
