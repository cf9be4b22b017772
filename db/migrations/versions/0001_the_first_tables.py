"""the first tables"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('process',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('guiding_idea', sa.JSON(), nullable=False),
    sa.Column('template', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_process'))
    )
    op.create_table('cluster',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('accent', sa.String(), nullable=False),
    sa.Column('mark', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('cross_cutting', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_cluster_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cluster'))
    )
    with op.batch_alter_table('cluster', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cluster_process_id'), ['process_id'], unique=False)

    op.create_table('key_question',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('cluster_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('help', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('scale_name', sa.String(), nullable=True),
    sa.Column('scale_labels', sa.JSON(), nullable=True),
    sa.CheckConstraint("(kind = 'rate') = (scale_name is not null)", name=op.f('ck_key_question_scale')),
    sa.CheckConstraint("kind in ('collect', 'rate')", name=op.f('ck_key_question_kind')),
    sa.ForeignKeyConstraint(['cluster_id'], ['cluster.id'], name=op.f('fk_key_question_cluster_id_cluster')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_key_question_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_key_question'))
    )
    with op.batch_alter_table('key_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_key_question_process_id'), ['process_id'], unique=False)

    op.create_table('workshop',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('strand', sa.String(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('join_code', sa.String(), nullable=False),
    sa.Column('segments', sa.JSON(), nullable=False),
    sa.Column('invited', sa.Integer(), nullable=True),
    sa.Column('locked', sa.Boolean(), nullable=False),
    sa.Column('ended', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('phase', sa.Integer(), nullable=False),
    sa.Column('joined', sa.Integer(), nullable=False),
    sa.Column('stage_view', sa.String(), nullable=False),
    sa.Column('stage_question_id', sa.String(), nullable=True),
    sa.Column('stage_qr', sa.Boolean(), nullable=False),
    sa.Column('stage_page', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("stage_view in ('lobby', 'question', 'result', 'clusters', 'thanks')", name=op.f('ck_workshop_stage_view')),
    sa.CheckConstraint("strand in ('council', 'citizens')", name=op.f('ck_workshop_strand')),
    sa.CheckConstraint('invited is null or invited > 0', name=op.f('ck_workshop_invited')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_workshop_process_id_process')),
    sa.ForeignKeyConstraint(['stage_question_id'], ['key_question.id'], name=op.f('fk_workshop_stage_question_id_key_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop')),
    sa.UniqueConstraint('join_code', name=op.f('uq_workshop_join_code'))
    )
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_process_id'), ['process_id'], unique=False)

    op.create_table('access',
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('workshop_id', sa.String(), nullable=True),
    sa.Column('once', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role in ('moderator', 'stage')", name=op.f('ck_access_role')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_access_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_access'))
    )
    op.create_table('action',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('undone', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_action_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action'))
    )
    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('participant',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('workshop_id', sa.String(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('segment', sa.String(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_participant_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participant')),
    sa.UniqueConstraint('workshop_id', 'number', name=op.f('uq_participant_workshop_id_number')),
    sa.UniqueConstraint('workshop_id', 'token_hash', name=op.f('uq_participant_workshop_id_token_hash'))
    )
    op.create_table('round',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('workshop_id', sa.String(), nullable=False),
    sa.Column('question_id', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('live', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state in ('draft', 'open', 'closed', 'revealed')", name=op.f('ck_round_state')),
    sa.CheckConstraint('number > 0', name=op.f('ck_round_number')),
    sa.ForeignKeyConstraint(['question_id'], ['key_question.id'], name=op.f('fk_round_question_id_key_question')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_round_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('workshop_id', 'question_id', 'number', name=op.f('uq_round_workshop_id_question_id_number'))
    )
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_question_id'), ['question_id'], unique=False)
        batch_op.create_index('uq_round_one_open', ['workshop_id'], unique=True, sqlite_where=sa.text("state = 'open' and live = 1"), postgresql_where=sa.text("state = 'open' and live"))

    op.create_table('draft',
    sa.Column('participant_id', sa.String(), nullable=False),
    sa.Column('question_id', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('aspect', sa.String(), nullable=True),
    sa.Column('problem', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_draft_participant_id_participant')),
    sa.ForeignKeyConstraint(['question_id'], ['key_question.id'], name=op.f('fk_draft_question_id_key_question')),
    sa.PrimaryKeyConstraint('participant_id', name=op.f('pk_draft'))
    )
    op.create_table('statement',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('question_id', sa.String(), nullable=False),
    sa.Column('workshop_id', sa.String(), nullable=False),
    sa.Column('strand', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('aspect', sa.String(), nullable=True),
    sa.Column('round_id', sa.String(), nullable=True),
    sa.Column('author_id', sa.String(), nullable=True),
    sa.Column('source_id', sa.String(), nullable=True),
    sa.Column('original_text', sa.String(), nullable=True),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=True),
    sa.CheckConstraint("aspect is null or aspect in ('perspective', 'interest', 'goal')", name=op.f('ck_statement_aspect')),
    sa.ForeignKeyConstraint(['author_id'], ['participant.id'], name=op.f('fk_statement_author_id_participant')),
    sa.ForeignKeyConstraint(['question_id'], ['key_question.id'], name=op.f('fk_statement_question_id_key_question')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_statement_round_id_round')),
    sa.ForeignKeyConstraint(['source_id'], ['statement.id'], name=op.f('fk_statement_source_id_statement')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_statement_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement')),
    sa.UniqueConstraint('round_id', 'author_id', 'fingerprint', name=op.f('uq_statement_round_id_author_id_fingerprint'))
    )
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statement_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_question_id'), ['question_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('answer',
    sa.Column('round_id', sa.String(), nullable=False),
    sa.Column('statement_id', sa.String(), nullable=False),
    sa.Column('participant_id', sa.String(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('value is null or value between 1 and 11', name=op.f('ck_answer_value')),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_answer_participant_id_participant')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_answer_round_id_round')),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_answer_statement_id_statement')),
    sa.PrimaryKeyConstraint('round_id', 'statement_id', 'participant_id', name=op.f('pk_answer'))
    )
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.create_index('ix_answer_participant_id', ['participant_id'], unique=False)

    op.create_table('round_item',
    sa.Column('round_id', sa.String(), nullable=False),
    sa.Column('statement_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_item_round_id_round')),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_round_item_statement_id_statement')),
    sa.PrimaryKeyConstraint('round_id', 'statement_id', name=op.f('pk_round_item'))
    )


def downgrade() -> None:
    op.drop_table('round_item')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_index('ix_answer_participant_id')

    op.drop_table('answer')
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_statement_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_statement_question_id'))
        batch_op.drop_index(batch_op.f('ix_statement_author_id'))

    op.drop_table('statement')
    op.drop_table('draft')
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.drop_index('uq_round_one_open', sqlite_where=sa.text("state = 'open' and live = 1"), postgresql_where=sa.text("state = 'open' and live"))
        batch_op.drop_index(batch_op.f('ix_round_question_id'))

    op.drop_table('round')
    op.drop_table('participant')
    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_workshop_id'))

    op.drop_table('action')
    op.drop_table('access')
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_process_id'))

    op.drop_table('workshop')
    with op.batch_alter_table('key_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_key_question_process_id'))

    op.drop_table('key_question')
    with op.batch_alter_table('cluster', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cluster_process_id'))

    op.drop_table('cluster')
    op.drop_table('process')
