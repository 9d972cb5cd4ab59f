"""The shared folder: who reads a visit, attachments, erasures; folders, segments, cards and what came of them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE person ADD COLUMN card TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE journal_action ADD COLUMN signer TEXT",
    "ALTER TABLE journal_action ADD COLUMN audience TEXT DEFAULT '' NOT NULL",
    """CREATE TABLE visit_share (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    role TEXT NOT NULL,
    folder TEXT DEFAULT '' NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    "by" TEXT DEFAULT '' NOT NULL,
    ground TEXT DEFAULT 'author' NOT NULL,
    at TEXT,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_visit_share PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_visit_share_visit_id ON visit_share (visit_id)",
    """CREATE TABLE attachment (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    size INTEGER DEFAULT 0 NOT NULL,
    blob TEXT DEFAULT '' NOT NULL,
    "key" TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_attachment_visit_id ON attachment (visit_id)",
    """CREATE TABLE erasure (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_erasure PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE progress_count (
    id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    folder TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    planned INTEGER DEFAULT 0 NOT NULL,
    observed INTEGER DEFAULT 0 NOT NULL,
    talked INTEGER DEFAULT 0 NOT NULL,
    released INTEGER DEFAULT 0 NOT NULL,
    answered INTEGER DEFAULT 0 NOT NULL,
    at TEXT,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_progress_count PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_progress_count_folder_fingerprint ON progress_count (folder, fingerprint)",
    """CREATE TABLE sync_folder (
    id TEXT NOT NULL,
    path TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    home INTEGER DEFAULT 0 NOT NULL,
    paused INTEGER DEFAULT 0 NOT NULL,
    school_key TEXT DEFAULT '' NOT NULL,
    joined TEXT NOT NULL,
    sealed INTEGER DEFAULT 0 NOT NULL,
    last_seq INTEGER DEFAULT 0 NOT NULL,
    last_hash TEXT DEFAULT '' NOT NULL,
    last_round TEXT,
    CONSTRAINT pk_sync_folder PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE sync_segment (
    folder TEXT NOT NULL,
    hash TEXT NOT NULL,
    writer TEXT NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL,
    audience TEXT DEFAULT '' NOT NULL,
    changes INTEGER DEFAULT 0 NOT NULL,
    at TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    size INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_sync_segment PRIMARY KEY (folder, hash)
)
 WITHOUT ROWID,
 STRICT""",
    "CREATE INDEX ix_sync_segment_folder_state ON sync_segment (folder, state)",
    """CREATE TABLE sync_raw (
    hash TEXT NOT NULL,
    raw BLOB NOT NULL,
    CONSTRAINT pk_sync_raw PRIMARY KEY (hash)
)
 STRICT""",
    """CREATE TABLE sync_stranger (
    folder TEXT NOT NULL,
    hash TEXT NOT NULL,
    writer TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_sync_stranger PRIMARY KEY (folder, hash)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE sync_cover (
    folder TEXT NOT NULL,
    covered TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_sync_cover PRIMARY KEY (folder, covered, hash)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE sync_push (
    visit_id TEXT NOT NULL,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    CONSTRAINT pk_sync_push PRIMARY KEY (visit_id, table_name, row_id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE sync_shared (
    visit_id TEXT NOT NULL,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    CONSTRAINT pk_sync_shared PRIMARY KEY (visit_id, table_name, row_id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE sync_refused (
    id TEXT NOT NULL,
    folder TEXT NOT NULL,
    hash TEXT NOT NULL,
    writer TEXT DEFAULT '' NOT NULL,
    signer TEXT DEFAULT '' NOT NULL,
    reason TEXT NOT NULL,
    content TEXT DEFAULT '' NOT NULL,
    at TEXT NOT NULL,
    seen INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_sync_refused PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE sync_card (
    id TEXT NOT NULL,
    folder TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    raw TEXT NOT NULL,
    trust TEXT DEFAULT 'new' NOT NULL,
    checked TEXT,
    at TEXT NOT NULL,
    CONSTRAINT pk_sync_card PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_sync_card_fingerprint ON sync_card (fingerprint)",
    """CREATE TABLE sync_visit (
    visit_id TEXT NOT NULL,
    author TEXT NOT NULL,
    folder TEXT NOT NULL,
    CONSTRAINT pk_sync_visit PRIMARY KEY (visit_id)
)
 STRICT""",
    """CREATE TABLE sync_conflict (
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    column_name TEXT NOT NULL,
    CONSTRAINT pk_sync_conflict PRIMARY KEY (table_name, row_id, column_name)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE sync_laptop (
    folder TEXT NOT NULL,
    writer TEXT NOT NULL,
    fingerprint TEXT DEFAULT '' NOT NULL,
    seen TEXT,
    clock TEXT DEFAULT '' NOT NULL,
    version TEXT DEFAULT '' NOT NULL,
    last_seq INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_sync_laptop PRIMARY KEY (folder, writer)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE sync_log (
    pk INTEGER NOT NULL,
    at TEXT NOT NULL,
    folder TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    count INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_sync_log PRIMARY KEY (pk)
)
 STRICT""",
    """CREATE TABLE journal_dead (
    op TEXT NOT NULL,
    row_id TEXT NOT NULL,
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    CONSTRAINT pk_journal_dead PRIMARY KEY (op, row_id, table_name, column_name)
)
 WITHOUT ROWID,
 STRICT""",
)


def upgrade() -> None:
    """Add columns and tables; nothing that is there changes."""
    for statement in STATEMENTS:
        op.execute(statement)
