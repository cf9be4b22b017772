"""every kind of question

Besides questions there are steps that ask nothing. A question may have a second scale (the other
axis of a matrix), a measure of how much one person may give (options to choose, points to allocate,
words to write, others' contributions to back), and the proposal that it was made of. An answer may
be a place, a number of points or a choice, and has a second value where a question has a second
axis.
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OLD = {
    "kind": "kind in ('collect', 'rate')",
    "scale": "(kind = 'rate') = (scale_name is not null)",
}
NEW = {
    "kind": (
        "kind in ('collect', 'propose', 'words', 'rate', 'matrix', 'rank', 'allocate',"
        " 'choose', 'welcome', 'input', 'talk', 'break')"
    ),
    "scale": "(kind in ('rate', 'matrix')) = (scale_name is not null)",
    "second": "(kind = 'matrix') = (second_name is not null)",
    "most": "kind not in ('words', 'allocate', 'choose') or most is not null",
    "most_of_others": (
        "most is null or kind in ('collect', 'propose', 'words', 'allocate', 'choose')"
    ),
    "most_positive": "most is null or most > 0",
}
OLD_VALUE = "value is null or value between 1 and 11"
NEW_VALUE = "value is null or value between 0 and 1000"
SECOND = "second is null or second between 1 and 11"
KEPT = "round_id, statement_id, participant_id, value, at"


def upgrade() -> None:
    with op.batch_alter_table("key_question") as batch:
        batch.add_column(sa.Column("second_name", sa.String(), nullable=True))
        batch.add_column(sa.Column("second_labels", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("most", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("origin_id", sa.String(), nullable=True))
        _swap(batch, OLD, NEW)
    _rebuild({"value": NEW_VALUE, "second": SECOND})


def downgrade() -> None:
    # What only newer programs can ask goes, with all that was said to it.
    gone = "SELECT id FROM key_question WHERE kind not in ('collect', 'rate')"
    rounds = f"SELECT id FROM round WHERE question_id in ({gone})"
    statements = f"SELECT id FROM statement WHERE question_id in ({gone})"
    op.execute(f"UPDATE statement SET source_id = NULL WHERE source_id in ({statements})")
    op.execute(
        "UPDATE workshop SET stage_view = 'lobby', stage_question_id = NULL, stage_frozen = NULL"
        f" WHERE stage_question_id in ({gone})"
    )
    op.execute(f"DELETE FROM answer WHERE round_id in ({rounds})")
    op.execute(f"DELETE FROM round_item WHERE round_id in ({rounds})")
    for table in ("statement", "draft", "note", "round"):
        op.execute(f"DELETE FROM {table} WHERE question_id in ({gone})")
    op.execute("DELETE FROM key_question WHERE kind not in ('collect', 'rate')")
    op.execute(sa.text("UPDATE action SET undone = :yes").bindparams(yes=True))
    _rebuild({"value": OLD_VALUE})
    with op.batch_alter_table("key_question") as batch:
        _swap(batch, NEW, OLD)
        for name in ("origin_id", "most", "second_labels", "second_name"):
            batch.drop_column(name)


def _swap(batch: BatchOperations, before: dict[str, str], after: dict[str, str]) -> None:
    for name in before:
        batch.drop_constraint(op.f(f"ck_key_question_{name}"), type_="check")
    for name, rule in after.items():
        batch.create_check_constraint(op.f(f"ck_key_question_{name}"), rule)


def _rebuild(rules: dict[str, str]) -> None:
    """Another shape of an answer. SQLite copies the table by hand: its rows have no ids."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_answer_value"), "answer", type_="check")
        if "second" in rules:
            op.add_column("answer", sa.Column("second", sa.Integer(), nullable=True))
        else:
            op.drop_column("answer", "second")
        for name, rule in rules.items():
            op.create_check_constraint(op.f(f"ck_answer_{name}"), "answer", rule)
        return
    op.drop_index("ix_answer_counted", "answer")
    op.drop_index("ix_answer_participant_id_round_id", "answer")
    op.rename_table("answer", "old_answer")
    second = [sa.Column("second", sa.Integer(), nullable=True)] if "second" in rules else []
    op.create_table(
        "answer",
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        *second,
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_answer_{name}")) for name, rule in rules.items()),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_answer_participant_id_participant"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_answer_round_id_round"),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name="fk_answer_statement_id_statement"
        ),
        sa.PrimaryKeyConstraint("round_id", "statement_id", "participant_id", name="pk_answer"),
        sqlite_with_rowid=False,
    )
    op.execute(
        f"INSERT INTO answer ({KEPT}) SELECT {KEPT} FROM old_answer"
        " ORDER BY round_id, statement_id, participant_id"
    )
    op.drop_table("old_answer")
    op.create_index("ix_answer_counted", "answer", ["round_id", "statement_id", "value"])
    op.create_index("ix_answer_participant_id_round_id", "answer", ["participant_id", "round_id"])
