"""The first schema: documents, their snapshots and texts, claims, sources, runs; and full-text search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Datasette finds a full-text table only with its content table in double quotes.
FULL_TEXT = """
CREATE VIRTUAL TABLE {table}_fts USING fts5(
    {columns},
    content="{table}", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2"
)
"""
ON_INSERT = """
CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN
    INSERT INTO {table}_fts (rowid, {columns}) VALUES (new.id, {new});
END
"""
ON_DELETE = """
CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN
    INSERT INTO {table}_fts ({table}_fts, rowid, {columns}) VALUES ('delete', old.id, {old});
END
"""
# Only for the columns that are indexed: a review's moves must not cost an index update.
ON_UPDATE = """
CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {columns} ON {table} BEGIN
    INSERT INTO {table}_fts ({table}_fts, rowid, {columns}) VALUES ('delete', old.id, {old});
    INSERT INTO {table}_fts (rowid, {columns}) VALUES (new.id, {new});
END
"""


def full_text(table: str, *columns: str) -> None:
    for statement in (FULL_TEXT, ON_INSERT, ON_DELETE, ON_UPDATE):
        op.execute(
            statement.format(
                table=table,
                columns=", ".join(columns),
                new=", ".join(f"new.{column}" for column in columns),
                old=", ".join(f"old.{column}" for column in columns),
            )
        )


def upgrade() -> None:
    op.create_table(
        "outlets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=False),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlets")),
        sa.UniqueConstraint("name", name=op.f("uq_outlets_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outlets_country"), "outlets", ["country"], unique=False)
    op.create_index(op.f("ix_outlets_domain"), "outlets", ["domain"], unique=False)
    op.create_index(op.f("ix_outlets_kind"), "outlets", ["kind"], unique=False)
    op.create_table(
        "parties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("affiliation_id", sa.Integer(), nullable=True),
        sa.Column("aliases", sa.JSON(none_as_null=True), server_default="[]", nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_parties_name")),
        sa.CheckConstraint(
            "\"kind\" IN ('person', 'post', 'organisation', 'group')", name=op.f("ck_parties_kind")
        ),
        sa.ForeignKeyConstraint(
            ["affiliation_id"], ["parties.id"], name=op.f("fk_parties_affiliation_id_parties")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
        sa.UniqueConstraint("name", name=op.f("uq_parties_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_parties_affiliation_id"), "parties", ["affiliation_id"], unique=False)
    op.create_index(op.f("ix_parties_kind"), "parties", ["kind"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), server_default="{}", nullable=False),
        sa.CheckConstraint(
            "ended_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'", name=op.f("ck_runs_ended_at_utc")
        ),
        sa.CheckConstraint(
            "started_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'",
            name=op.f("ck_runs_started_at_utc"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_runs_command"), "runs", ["command"], unique=False)
    op.create_index(op.f("ix_runs_ended_at"), "runs", ["ended_at"], unique=False)
    op.create_index(op.f("ix_runs_reader_version"), "runs", ["reader_version"], unique=False)
    op.create_index(op.f("ix_runs_started_at"), "runs", ["started_at"], unique=False)
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("is_primary", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("liveness", sa.Text(), server_default="unchecked", nullable=False),
        sa.CheckConstraint("key <> ''", name=op.f("ck_sources_key")),
        sa.CheckConstraint(
            "\"liveness\" IN ('ok', 'changed', 'gone', 'unchecked')", name=op.f("ck_sources_liveness")
        ),
        sa.CheckConstraint("is_primary IN (0, 1)", name=op.f("ck_sources_is_primary")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("key", name=op.f("uq_sources_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sources_kind"), "sources", ["kind"], unique=False)
    op.create_index(op.f("ix_sources_liveness"), "sources", ["liveness"], unique=False)
    op.create_index(op.f("ix_sources_published"), "sources", ["published"], unique=False)
    op.create_index(op.f("ix_sources_publisher"), "sources", ["publisher"], unique=False)
    op.create_index(op.f("ix_sources_title"), "sources", ["title"], unique=False)
    op.create_index(op.f("ix_sources_url"), "sources", ["url"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("won_by", sa.JSON(none_as_null=True), server_default="{}", nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.Column("last_checked", sa.Text(), nullable=False),
        sa.Column("next_check", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "first_seen GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'",
            name=op.f("ck_documents_first_seen_utc"),
        ),
        sa.CheckConstraint("label <> ''", name=op.f("ck_documents_label")),
        sa.CheckConstraint(
            "last_checked GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'",
            name=op.f("ck_documents_last_checked_utc"),
        ),
        sa.CheckConstraint(
            "next_check GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'",
            name=op.f("ck_documents_next_check_utc"),
        ),
        sa.CheckConstraint(
            "\"kind\" IN ('article', 'interview', 'email', 'release', 'report', 'transcript')",
            name=op.f("ck_documents_kind"),
        ),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_documents_outlet_id_outlets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("key", name=op.f("uq_documents_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_documents_byline"), "documents", ["byline"], unique=False)
    op.create_index(op.f("ix_documents_first_seen"), "documents", ["first_seen"], unique=False)
    op.create_index(op.f("ix_documents_kind"), "documents", ["kind"], unique=False)
    op.create_index(op.f("ix_documents_label"), "documents", ["label"], unique=False)
    op.create_index(op.f("ix_documents_language"), "documents", ["language"], unique=False)
    op.create_index(op.f("ix_documents_last_checked"), "documents", ["last_checked"], unique=False)
    op.create_index(op.f("ix_documents_message_id"), "documents", ["message_id"], unique=False)
    op.create_index(op.f("ix_documents_modified"), "documents", ["modified"], unique=False)
    op.create_index(op.f("ix_documents_next_check"), "documents", ["next_check"], unique=False)
    op.create_index(op.f("ix_documents_outlet_id"), "documents", ["outlet_id"], unique=False)
    op.create_index(op.f("ix_documents_published"), "documents", ["published"], unique=False)
    op.create_index(op.f("ix_documents_title"), "documents", ["title"], unique=False)
    op.create_index(op.f("ix_documents_url"), "documents", ["url"], unique=False)
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("input", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'", name=op.f("ck_failures_at_utc")
        ),
        sa.CheckConstraint(
            "\"stage\" IN ('fetch', 'archive', 'extract', 'read', 'store', 'input')",
            name=op.f("ck_failures_stage"),
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_failures_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failures")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_failures_at"), "failures", ["at"], unique=False)
    op.create_index(op.f("ix_failures_input"), "failures", ["input"], unique=False)
    op.create_index(op.f("ix_failures_run_id"), "failures", ["run_id"], unique=False)
    op.create_index(op.f("ix_failures_stage"), "failures", ["stage"], unique=False)
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("input", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("warc_file", sa.Text(), nullable=True),
        sa.Column("warc_offset", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "fetched_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'",
            name=op.f("ck_snapshots_fetched_at_utc"),
        ),
        sa.CheckConstraint("sha256 GLOB 'sha256:*'", name=op.f("ck_snapshots_sha256")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_snapshots_size")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_snapshots_document_id_documents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("document_id", "sha256", name=op.f("uq_snapshots_document_id_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_snapshots_content_type"), "snapshots", ["content_type"], unique=False)
    op.create_index(op.f("ix_snapshots_document_id"), "snapshots", ["document_id"], unique=False)
    op.create_index(op.f("ix_snapshots_fetched_at"), "snapshots", ["fetched_at"], unique=False)
    op.create_index(op.f("ix_snapshots_final_url"), "snapshots", ["final_url"], unique=False)
    op.create_index(op.f("ix_snapshots_input"), "snapshots", ["input"], unique=False)
    op.create_index(op.f("ix_snapshots_sha256"), "snapshots", ["sha256"], unique=False)
    op.create_index(op.f("ix_snapshots_warc_file"), "snapshots", ["warc_file"], unique=False)
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("extractor_version", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("sha256 GLOB 'sha256:*'", name=op.f("ck_texts_sha256")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_texts_snapshot_id_snapshots")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
        sa.UniqueConstraint(
            "snapshot_id",
            "extractor",
            "extractor_version",
            name=op.f("uq_texts_snapshot_id_extractor_extractor_version"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_texts_extractor"), "texts", ["extractor"], unique=False)
    op.create_index(op.f("ix_texts_sha256"), "texts", ["sha256"], unique=False)
    op.create_index(op.f("ix_texts_snapshot_id"), "texts", ["snapshot_id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("also_kinds", sa.JSON(none_as_null=True), server_default="[]", nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("chain", sa.JSON(none_as_null=True), server_default="[]", nullable=False),
        sa.Column("names", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("figure_text", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), server_default="asserted", nullable=False),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("sourcing", sa.Text(), server_default="none", nullable=False),
        sa.Column("sourcing_reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("workflow", sa.Text(), server_default="new", nullable=False),
        sa.Column("verdict", sa.Text(), server_default="unchecked", nullable=False),
        sa.Column("state", sa.Text(), server_default="present", nullable=False),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "first_seen GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'",
            name=op.f("ck_claims_first_seen_utc"),
        ),
        sa.CheckConstraint("key <> '' AND quote <> '' AND kind <> ''", name=op.f("ck_claims_stated")),
        sa.CheckConstraint(
            "updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'",
            name=op.f("ck_claims_updated_at_utc"),
        ),
        sa.CheckConstraint(
            "\"sourcing\" IN ('none', 'anonymous', 'firsthand', 'named', 'linked', 'primary')",
            name=op.f("ck_claims_sourcing"),
        ),
        sa.CheckConstraint(
            "\"stance\" IN ('asserted', 'reported', 'hedged', 'denied', 'hypothetical')",
            name=op.f("ck_claims_stance"),
        ),
        sa.CheckConstraint("\"state\" IN ('present', 'absent', 'withdrawn')", name=op.f("ck_claims_state")),
        sa.CheckConstraint(
            "\"verdict\" IN ('unchecked', 'supported', 'contradicted', 'conflicting', 'outdated', 'misleading', 'unverifiable', 'not_checkable')",
            name=op.f("ck_claims_verdict"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('new', 'in_review', 'approved', 'rejected')", name=op.f("ck_claims_workflow")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_claims_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["origin_id"], ["parties.id"], name=op.f("fk_claims_origin_id_parties")),
        sa.ForeignKeyConstraint(["speaker_id"], ["parties.id"], name=op.f("fk_claims_speaker_id_parties")),
        sa.ForeignKeyConstraint(["subject_id"], ["parties.id"], name=op.f("fk_claims_subject_id_parties")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_claims_text_id_texts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("key", name=op.f("uq_claims_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_claims_as_of"), "claims", ["as_of"], unique=False)
    op.create_index(op.f("ix_claims_document_id"), "claims", ["document_id"], unique=False)
    op.create_index(op.f("ix_claims_figure_text"), "claims", ["figure_text"], unique=False)
    op.create_index(op.f("ix_claims_first_seen"), "claims", ["first_seen"], unique=False)
    op.create_index(op.f("ix_claims_kind"), "claims", ["kind"], unique=False)
    op.create_index(op.f("ix_claims_origin_id"), "claims", ["origin_id"], unique=False)
    op.create_index(op.f("ix_claims_reader_version"), "claims", ["reader_version"], unique=False)
    op.create_index(op.f("ix_claims_sourcing"), "claims", ["sourcing"], unique=False)
    op.create_index(op.f("ix_claims_speaker_id"), "claims", ["speaker_id"], unique=False)
    op.create_index(op.f("ix_claims_stance"), "claims", ["stance"], unique=False)
    op.create_index(op.f("ix_claims_state"), "claims", ["state"], unique=False)
    # After the index of state: of two that serve a query alike, SQLite takes the younger.
    op.create_index(
        "ix_claims_lacks_source",
        "claims",
        ["state"],
        unique=False,
        sqlite_where=sa.text("sourcing IN ('none', 'anonymous') AND state = 'present'"),
    )
    op.create_index(op.f("ix_claims_subject_id"), "claims", ["subject_id"], unique=False)
    op.create_index(op.f("ix_claims_text_id"), "claims", ["text_id"], unique=False)
    op.create_index(op.f("ix_claims_updated_at"), "claims", ["updated_at"], unique=False)
    op.create_index(op.f("ix_claims_verdict"), "claims", ["verdict"], unique=False)
    op.create_index(op.f("ix_claims_workflow"), "claims", ["workflow"], unique=False)
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("level", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "\"role\" IN ('heading', 'paragraph', 'bullet', 'question', 'answer', 'quotation', 'caption', 'boilerplate')",
            name=op.f("ck_passages_role"),
        ),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name=op.f("ck_passages_start_end")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_passages_text_id_texts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_passages_role"), "passages", ["role"], unique=False)
    op.create_index(op.f("ix_passages_speaker"), "passages", ["speaker"], unique=False)
    op.create_index(op.f("ix_passages_text_id"), "passages", ["text_id"], unique=False)
    op.create_table(
        "claim_kinds",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_kinds_claim_id_claims")),
        sa.PrimaryKeyConstraint("claim_id", "kind", name=op.f("pk_claim_kinds")),
    )
    op.create_index(op.f("ix_claim_kinds_kind"), "claim_kinds", ["kind"], unique=False)
    op.create_table(
        "claim_spans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("is_current", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name=op.f("ck_claim_spans_start_end")),
        sa.CheckConstraint("is_current IN (0, 1)", name=op.f("ck_claim_spans_is_current")),
        sa.CheckConstraint(
            'sentence_start <= "start" AND sentence_end >= "end"', name=op.f("ck_claim_spans_sentence")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_spans_claim_id_claims")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_claim_spans_text_id_texts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_spans")),
        sa.UniqueConstraint("claim_id", "text_id", name=op.f("uq_claim_spans_claim_id_text_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_claim_spans_text_id"), "claim_spans", ["text_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text(), server_default="mentions", nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("excerpt", sa.Text(), nullable=True),
        sa.Column("by_whom", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'",
            name=op.f("ck_evidence_created_at_utc"),
        ),
        sa.CheckConstraint("how <> 'attached' OR by_whom IS NOT NULL", name=op.f("ck_evidence_attached_by")),
        sa.CheckConstraint(
            "\"how\" IN ('linked', 'named', 'anonymous', 'attached')", name=op.f("ck_evidence_how")
        ),
        sa.CheckConstraint(
            "\"relation\" IN ('supports', 'contradicts', 'mentions')", name=op.f("ck_evidence_relation")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_evidence_claim_id_claims")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_evidence_source_id_sources")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("claim_id", "source_id", "how", name=op.f("uq_evidence_claim_id_source_id_how")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evidence_bearing", "evidence", ["claim_id", "relation", "how"], unique=False)
    op.create_index(op.f("ix_evidence_by_whom"), "evidence", ["by_whom"], unique=False)
    op.create_index(op.f("ix_evidence_created_at"), "evidence", ["created_at"], unique=False)
    op.create_index(op.f("ix_evidence_how"), "evidence", ["how"], unique=False)
    op.create_index(op.f("ix_evidence_relation"), "evidence", ["relation"], unique=False)
    op.create_index(op.f("ix_evidence_source_id"), "evidence", ["source_id"], unique=False)
    op.create_table(
        "figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("value", sa.REAL(), nullable=True),
        sa.Column("low", sa.REAL(), nullable=True),
        sa.Column("high", sa.REAL(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("unit_stated", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("unit_reason", sa.Text(), nullable=True),
        sa.Column("dimension", sa.Text(), nullable=True),
        sa.Column("comparator", sa.Text(), server_default="=", nullable=False),
        sa.Column("trend", sa.Text(), nullable=True),
        sa.Column("of", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "\"comparator\" IN ('=', '>', '>=', '<', '<=', '~')", name=op.f("ck_figures_comparator")
        ),
        sa.CheckConstraint(
            "\"dimension\" IN ('money', 'proportion', 'count', 'duration', 'length', 'area', 'volume', 'mass', 'speed', 'temperature', 'age', 'date', 'frequency', 'ratio')",
            name=op.f("ck_figures_dimension"),
        ),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name=op.f("ck_figures_start_end")),
        sa.CheckConstraint("\"trend\" IN ('up', 'down')", name=op.f("ck_figures_trend")),
        sa.CheckConstraint("unit_stated IN (0, 1)", name=op.f("ck_figures_unit_stated")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_figures_claim_id_claims")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figures")),
        sa.UniqueConstraint("claim_id", "position", name=op.f("uq_figures_claim_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_figures_comparator"), "figures", ["comparator"], unique=False)
    op.create_index(op.f("ix_figures_date"), "figures", ["date"], unique=False)
    op.create_index(op.f("ix_figures_dimension"), "figures", ["dimension"], unique=False)
    op.create_index(op.f("ix_figures_high"), "figures", ["high"], unique=False)
    op.create_index(op.f("ix_figures_low"), "figures", ["low"], unique=False)
    op.create_index(op.f("ix_figures_of"), "figures", ["of"], unique=False)
    op.create_index(op.f("ix_figures_trend"), "figures", ["trend"], unique=False)
    op.create_index(op.f("ix_figures_unit"), "figures", ["unit"], unique=False)
    op.create_index(op.f("ix_figures_value"), "figures", ["value"], unique=False)

    full_text("claims", "quote", "kind", "names", "figure_text")
    full_text("texts", "text")


def downgrade() -> None:
    raise NotImplementedError("an older program cannot read this database: restore a backup")
