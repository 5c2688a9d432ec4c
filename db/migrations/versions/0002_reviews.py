"""Reviews: the append-only log of moves, and what the pages of the desk count and sort by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

QUEUES = {"lacking": "'none', 'anonymous'", "named": "'named'", "firsthand": "'firsthand'"}
WORKFLOWS = "'new', 'in_review', 'approved', 'rejected'"
VERDICTS = (
    "'unchecked', 'supported', 'contradicted', 'conflicting', 'outdated', 'misleading', 'unverifiable', 'not_checkable'"
)
# ALTER TABLE in place: rebuilding the tables would take a large database minutes and lose its triggers.
COLUMNS = (
    "ALTER TABLE claims ADD COLUMN outlet_id INTEGER CONSTRAINT fk_claims_outlet_id_outlets REFERENCES outlets (id)",
    "ALTER TABLE claims ADD COLUMN published TEXT",
    "ALTER TABLE claims ADD COLUMN year TEXT",
    "ALTER TABLE claims ADD COLUMN weight INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE claims ADD COLUMN is_backed BOOLEAN DEFAULT 0 NOT NULL"
    " CONSTRAINT ck_claims_is_backed CHECK (is_backed IN (0, 1))",
    "ALTER TABLE figures ADD COLUMN confirmed_by TEXT",
    "ALTER TABLE figures ADD COLUMN corrected_by TEXT",
    "ALTER TABLE sources ADD COLUMN label TEXT DEFAULT '' NOT NULL",
)
FILLED = (
    "UPDATE claims SET (outlet_id, published, year) ="
    " (SELECT d.outlet_id, d.published, substr(d.published, 1, 4) FROM documents AS d WHERE d.id = claims.document_id)",
    "UPDATE sources SET label = coalesce(nullif(title, ''), url, key)",
    "UPDATE claims SET is_backed = 1 WHERE EXISTS (SELECT 1 FROM evidence AS e"
    " WHERE e.claim_id = claims.id AND e.relation = 'supports' AND e.how = 'attached')",
)
BACKED = """
    UPDATE claims SET is_backed = EXISTS (
        SELECT 1 FROM evidence
        WHERE evidence.claim_id = {row}.claim_id AND evidence.relation = 'supports' AND evidence.how = 'attached'
    ) WHERE claims.id = {row}.claim_id;
"""
TRIGGERS = (
    f"CREATE TRIGGER evidence_backs_insert AFTER INSERT ON evidence WHEN new.how = 'attached'"
    f" BEGIN {BACKED.format(row='new')} END",
    f"CREATE TRIGGER evidence_backs_update AFTER UPDATE ON evidence WHEN new.how = 'attached' OR old.how = 'attached'"
    f" BEGIN {BACKED.format(row='new')} {BACKED.format(row='old')} END",
    f"CREATE TRIGGER evidence_backs_delete AFTER DELETE ON evidence WHEN old.how = 'attached'"
    f" BEGIN {BACKED.format(row='old')} END",
    "CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews"
    " BEGIN SELECT RAISE(ABORT, 'a review is never changed: add another'); END",
    "CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews"
    " BEGIN SELECT RAISE(ABORT, 'a review is never removed: add another'); END",
    # INSERT OR REPLACE removes the old row without a delete trigger unless recursive triggers are on.
    "CREATE TRIGGER reviews_no_replace BEFORE INSERT ON reviews WHEN EXISTS (SELECT 1 FROM reviews WHERE id = new.id)"
    " BEGIN SELECT RAISE(ABORT, 'a review is never replaced: add another'); END",
)


def upgrade() -> None:
    for statement in (*COLUMNS, *FILLED):
        op.execute(statement)
    op.create_table(
        "claim_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_keys_claim_id_claims")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_claim_keys")),
    )
    op.create_index(op.f("ix_claim_keys_claim_id"), "claim_keys", ["claim_id"])
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by_whom", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("from_workflow", sa.Text(), nullable=False),
        sa.Column("to_workflow", sa.Text(), nullable=False),
        sa.Column("from_verdict", sa.Text(), nullable=False),
        sa.Column("to_verdict", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("reading", sa.JSON(none_as_null=True), server_default="{}", nullable=False),
        sa.Column("detail", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "\"move\" IN ('flag', 'attach', 'verdict', 'approve', 'reject', 'correct', 'recall', 'reopen', 'note', 'reading_changed')",
            name=op.f("ck_reviews_move"),
        ),
        sa.CheckConstraint("\"role\" IN ('reader', 'checker', 'editor', 'program')", name=op.f("ck_reviews_role")),
        sa.CheckConstraint(f'"from_workflow" IN ({WORKFLOWS})', name=op.f("ck_reviews_from_workflow")),
        sa.CheckConstraint(f'"to_workflow" IN ({WORKFLOWS})', name=op.f("ck_reviews_to_workflow")),
        sa.CheckConstraint(f'"from_verdict" IN ({VERDICTS})', name=op.f("ck_reviews_from_verdict")),
        sa.CheckConstraint(f'"to_verdict" IN ({VERDICTS})', name=op.f("ck_reviews_to_verdict")),
        sa.CheckConstraint("by_whom <> ''", name=op.f("ck_reviews_by_whom")),
        sa.CheckConstraint(
            "at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'", name=op.f("ck_reviews_at_utc")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_reviews_claim_id_claims")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sqlite_autoincrement=True,
    )
    for column in ("at", "by_whom", "claim_id", "move", "to_verdict", "to_workflow"):
        op.create_index(op.f(f"ix_reviews_{column}"), "reviews", [column])
    for column in ("outlet_id", "published", "year"):
        op.create_index(op.f(f"ix_claims_{column}"), "claims", [column])
    op.create_index(op.f("ix_figures_confirmed_by"), "figures", ["confirmed_by"])
    op.create_index(op.f("ix_figures_corrected_by"), "figures", ["corrected_by"])
    op.create_index(op.f("ix_sources_label"), "sources", ["label"])
    op.create_index("ix_claims_counts", "claims", ["state", "kind", "sourcing", "workflow", "is_backed"])
    op.execute("CREATE INDEX ix_parties_aliased ON parties (id) WHERE aliases <> '[]'")
    op.drop_index("ix_claims_lacks_source", "claims")
    for queue, sourcings in QUEUES.items():
        op.execute(
            f"CREATE INDEX ix_claims_queue_{queue} ON claims (state, weight, id) WHERE sourcing IN ({sourcings})"
            " AND state = 'present' AND workflow <> 'rejected' AND is_backed = 0"
        )
    op.execute(
        "CREATE INDEX ix_claims_in_review ON claims (workflow, weight, id, verdict, kind) WHERE workflow = 'in_review'"
    )
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    raise NotImplementedError("an older program cannot read this database: restore a backup")
