"""The conversation and what follows: turns, protocols, releases and their copies, readers, replies, journals."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE person ADD COLUMN language TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE visit ADD COLUMN led TEXT DEFAULT 'observer' NOT NULL",
    "ALTER TABLE visit ADD COLUMN agreed_items TEXT DEFAULT '[]' NOT NULL",
    "ALTER TABLE visit ADD COLUMN protocol_id TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE visit ADD COLUMN protocol_snapshot TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE visit ADD COLUMN talk_started TEXT",
    "ALTER TABLE visit ADD COLUMN talk_ended TEXT",
    "ALTER TABLE visit ADD COLUMN next_visit_id TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE evidence ADD COLUMN \"view\" TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE action_step ADD COLUMN practice TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE action_step ADD COLUMN notice TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE action_step ADD COLUMN teacher_agrees INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE action_step ADD COLUMN observer_agrees INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE action_step ADD COLUMN closed_visit_id TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE action_step ADD COLUMN closed TEXT",
    """CREATE TABLE turn (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    voice TEXT NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    prompt TEXT DEFAULT '' NOT NULL,
    at TEXT,
    position REAL DEFAULT 0 NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_turn PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_turn_visit_id ON turn (visit_id)",
    """CREATE TABLE protocol (
    id TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    content TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_protocol PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE release (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT,
    document TEXT NOT NULL,
    digest TEXT NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    with_notes INTEGER DEFAULT 0 NOT NULL,
    why TEXT DEFAULT '' NOT NULL,
    readers TEXT DEFAULT '[]' NOT NULL,
    taken_back TEXT,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_release PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_release_visit_id ON release (visit_id)",
    """CREATE TABLE release_copy (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    release_id TEXT NOT NULL,
    at TEXT NOT NULL,
    reader TEXT DEFAULT '' NOT NULL,
    way TEXT DEFAULT 'file' NOT NULL,
    scope TEXT DEFAULT 'summary' NOT NULL,
    file_name TEXT DEFAULT '' NOT NULL,
    sha256 TEXT DEFAULT '' NOT NULL,
    size INTEGER DEFAULT 0 NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_release_copy PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_release_copy_visit_id ON release_copy (visit_id)",
    """CREATE TABLE reader (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    name TEXT NOT NULL,
    person_id TEXT,
    via TEXT DEFAULT 'typed' NOT NULL,
    at TEXT,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_reader PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_reader_visit_id ON reader (visit_id)",
    """CREATE TABLE reply (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    release_id TEXT DEFAULT '' NOT NULL,
    number INTEGER DEFAULT 0 NOT NULL,
    source TEXT DEFAULT 'pdf' NOT NULL,
    at TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    day TEXT DEFAULT '' NOT NULL,
    received INTEGER DEFAULT 0 NOT NULL,
    points TEXT DEFAULT '[]' NOT NULL,
    overall TEXT DEFAULT '' NOT NULL,
    step TEXT DEFAULT '' NOT NULL,
    readers TEXT DEFAULT '[]' NOT NULL,
    sha256 TEXT DEFAULT '' NOT NULL,
    file_name TEXT DEFAULT '' NOT NULL,
    seen INTEGER DEFAULT 0 NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_reply PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_reply_visit_id ON reply (visit_id)",
    """CREATE TABLE journal_entry (
    id TEXT NOT NULL,
    person_id TEXT,
    visit_id TEXT DEFAULT '' NOT NULL,
    kind TEXT DEFAULT 'journal' NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    at TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_journal_entry PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_journal_entry_visit_id ON journal_entry (visit_id)",
    """CREATE TABLE kept_file (
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_kept_file PRIMARY KEY (sha256)
)
 STRICT""",
)


def upgrade() -> None:
    """Add columns and tables; nothing that is there changes."""
    for statement in STATEMENTS:
        op.execute(statement)
