"""Capture: visits, changes, near-copies, requests; pages of a PDF, doubts of a text, and when a source is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('source_snapshots',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('fetched_at', sa.Text(), nullable=False),
    sa.Column('final_url', sa.Text(), nullable=True),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('content_type', sa.Text(), nullable=True),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('warc_file', sa.Text(), nullable=True),
    sa.Column('warc_offset', sa.Integer(), nullable=True),
    sa.CheckConstraint("fetched_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'", name=op.f('ck_source_snapshots_fetched_at_utc')),
    sa.CheckConstraint("sha256 GLOB 'sha256:*'", name=op.f('ck_source_snapshots_sha256')),
    sa.CheckConstraint('size >= 0', name=op.f('ck_source_snapshots_size')),
    sa.ForeignKeyConstraint(['source_id'], ['sources.id'], name=op.f('fk_source_snapshots_source_id_sources')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source_snapshots')),
    sa.UniqueConstraint('source_id', 'sha256', name=op.f('uq_source_snapshots_source_id_sha256')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('source_snapshots', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_source_snapshots_fetched_at'), ['fetched_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_source_snapshots_sha256'), ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_source_snapshots_source_id'), ['source_id'], unique=False)

    op.create_table('document_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('relation', sa.Text(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('score', sa.REAL(), nullable=True),
    sa.Column('at', sa.Text(), nullable=False),
    sa.CheckConstraint("at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'", name=op.f('ck_document_links_at_utc')),
    sa.CheckConstraint('"relation" IN (\'corrects\', \'copies\', \'replies_to\', \'cites\')', name=op.f('ck_document_links_relation')),
    sa.CheckConstraint('document_id <> other_id', name=op.f('ck_document_links_another')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_links_document_id_documents')),
    sa.ForeignKeyConstraint(['other_id'], ['documents.id'], name=op.f('fk_document_links_other_id_documents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_links')),
    sa.UniqueConstraint('document_id', 'other_id', 'relation', name=op.f('uq_document_links_document_id_other_id_relation')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('document_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_links_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_links_other_id'), ['other_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_links_relation'), ['relation'], unique=False)

    op.create_table('requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('requested_by', sa.Text(), nullable=False),
    sa.Column('requested_at', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), server_default='waiting', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('started_at', sa.Text(), nullable=True),
    sa.Column('done_at', sa.Text(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('remedy', sa.Text(), nullable=True),
    sa.CheckConstraint("done_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'", name=op.f('ck_requests_done_at_utc')),
    sa.CheckConstraint("requested_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'", name=op.f('ck_requests_requested_at_utc')),
    sa.CheckConstraint("started_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'", name=op.f('ck_requests_started_at_utc')),
    sa.CheckConstraint("url <> ''", name=op.f('ck_requests_url')),
    sa.CheckConstraint('"state" IN (\'waiting\', \'working\', \'done\', \'failed\')', name=op.f('ck_requests_state')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_requests_document_id_documents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requests')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_requests_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_requests_requested_at'), ['requested_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_requests_requested_by'), ['requested_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_requests_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_requests_url'), ['url'], unique=False)
        batch_op.create_index('ix_requests_waiting', ['id'], unique=False, sqlite_where=sa.text("state = 'waiting'"))

    op.create_table('signature_bands',
    sa.Column('band', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_signature_bands_document_id_documents')),
    sa.PrimaryKeyConstraint('band', 'digest', 'document_id', name=op.f('pk_signature_bands'))
    )
    with op.batch_alter_table('signature_bands', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signature_bands_document_id'), ['document_id'], unique=False)

    op.create_table('visits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('etag', sa.Text(), nullable=True),
    sa.Column('last_modified', sa.Text(), nullable=True),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.CheckConstraint("at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'", name=op.f('ck_visits_at_utc')),
    sa.CheckConstraint('"outcome" IN (\'new\', \'unchanged\', \'boring\', \'changed\', \'missing\', \'gone\', \'failed\')', name=op.f('ck_visits_outcome')),
    sa.CheckConstraint('(document_id IS NULL) <> (source_id IS NULL)', name=op.f('ck_visits_of_one')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_visits_document_id_documents')),
    sa.ForeignKeyConstraint(['run_id'], ['runs.id'], name=op.f('fk_visits_run_id_runs')),
    sa.ForeignKeyConstraint(['source_id'], ['sources.id'], name=op.f('fk_visits_source_id_sources')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visits')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visits_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_visits_document_id'), ['document_id'], unique=False)
        batch_op.create_index('ix_visits_of_document', ['document_id', 'at'], unique=False)
        batch_op.create_index('ix_visits_of_source', ['source_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_visits_outcome'), ['outcome'], unique=False)
        batch_op.create_index(batch_op.f('ix_visits_run_id'), ['run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visits_sha256'), ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_visits_source_id'), ['source_id'], unique=False)

    op.create_table('signatures',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('text_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('words', sa.Integer(), nullable=False),
    sa.Column('minhash', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('words >= 0', name=op.f('ck_signatures_words')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_signatures_document_id_documents')),
    sa.ForeignKeyConstraint(['text_id'], ['texts.id'], name=op.f('fk_signatures_text_id_texts')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_signatures'))
    )
    with op.batch_alter_table('signatures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signatures_text_id'), ['text_id'], unique=False)

    op.create_table('changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('before', sa.Text(), server_default=sa.text("('')"), nullable=False),
    sa.Column('after', sa.Text(), server_default=sa.text("('')"), nullable=False),
    sa.Column('context_before', sa.Text(), server_default=sa.text("('')"), nullable=False),
    sa.Column('context_after', sa.Text(), server_default=sa.text("('')"), nullable=False),
    sa.Column('sha256_before', sa.Text(), nullable=False),
    sa.Column('sha256_after', sa.Text(), nullable=False),
    sa.CheckConstraint("at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'", name=op.f('ck_changes_at_utc')),
    sa.CheckConstraint('"kind" IN (\'figure\', \'words\', \'boring\')', name=op.f('ck_changes_kind')),
    sa.CheckConstraint('(document_id IS NULL) <> (source_id IS NULL)', name=op.f('ck_changes_of_one')),
    sa.ForeignKeyConstraint(['claim_id'], ['claims.id'], name=op.f('fk_changes_claim_id_claims')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_changes_document_id_documents')),
    sa.ForeignKeyConstraint(['source_id'], ['sources.id'], name=op.f('fk_changes_source_id_sources')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_changes')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_changes_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_changes_claim_id'), ['claim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_changes_document_id'), ['document_id'], unique=False)
        batch_op.create_index('ix_changes_kind', ['kind', 'at'], unique=False)
        batch_op.create_index('ix_changes_of_document', ['document_id', 'id'], unique=False)
        batch_op.create_index('ix_changes_of_source', ['source_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_changes_source_id'), ['source_id'], unique=False)

    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('doubt', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_documents_doubt'), ['doubt'], unique=False)

    with op.batch_alter_table('passages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('page', sa.Integer(), nullable=True))

    with op.batch_alter_table('claim_spans', schema=None) as batch_op:
        batch_op.add_column(sa.Column('page', sa.Integer(), nullable=True))

    with op.batch_alter_table('snapshots', schema=None) as batch_op:
        batch_op.add_column(sa.Column('read_as', sa.Text(), nullable=True))

    with op.batch_alter_table('sources', schema=None) as batch_op:
        batch_op.add_column(sa.Column('last_checked', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('next_check', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_sources_next_check'), ['next_check'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("an older program cannot read this database: restore a backup")
