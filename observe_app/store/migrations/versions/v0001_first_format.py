"""The first format: people, visits, events, answers, claims, evidence, steps, journal, search."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE action_step (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    text TEXT NOT NULL,
    owner_id TEXT,
    due TEXT,
    help TEXT DEFAULT '' NOT NULL,
    status TEXT DEFAULT 'open' NOT NULL,
    position REAL DEFAULT 0 NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_action_step PRIMARY KEY (id)
)
 STRICT""",
    """CREATE INDEX ix_action_step_visit_id ON action_step (visit_id)""",
    """CREATE TABLE answer (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT,
    absence TEXT,
    comment TEXT DEFAULT '' NOT NULL,
    at TEXT,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_answer PRIMARY KEY (id)
)
 STRICT""",
    """CREATE INDEX ix_answer_visit_id ON answer (visit_id)""",
    """CREATE TABLE claim (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    position REAL DEFAULT 0 NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_claim PRIMARY KEY (id)
)
 STRICT""",
    """CREATE INDEX ix_claim_visit_id ON claim (visit_id)""",
    """CREATE TABLE draft (
    visit_id TEXT NOT NULL,
    slot TEXT NOT NULL,
    text TEXT NOT NULL,
    offset_ms INTEGER NOT NULL,
    wall TEXT NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (visit_id, slot)
)
 STRICT""",
    """CREATE TABLE event (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    offset_ms INTEGER NOT NULL,
    wall TEXT,
    text TEXT DEFAULT '' NOT NULL,
    speaker TEXT DEFAULT '' NOT NULL,
    "to" TEXT DEFAULT '' NOT NULL,
    seat TEXT DEFAULT '' NOT NULL,
    item TEXT DEFAULT '' NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    value REAL,
    "of" REAL,
    outcome TEXT DEFAULT '' NOT NULL,
    tags TEXT DEFAULT '[]' NOT NULL,
    private INTEGER DEFAULT 0 NOT NULL,
    starred INTEGER DEFAULT 0 NOT NULL,
    author_id TEXT,
    source TEXT DEFAULT 'live' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY (id)
)
 STRICT""",
    """CREATE INDEX ix_event_visit_id_offset_ms ON event (visit_id, offset_ms)""",
    """CREATE TABLE evidence (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    target_kind TEXT NOT NULL,
    target_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    position REAL DEFAULT 0 NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_evidence PRIMARY KEY (id)
)
 STRICT""",
    """CREATE INDEX ix_evidence_visit_id ON evidence (visit_id)""",
    """CREATE TABLE journal_action (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    writer TEXT NOT NULL,
    author_id TEXT,
    scope TEXT,
    undoes TEXT,
    undone INTEGER DEFAULT 0 NOT NULL,
    undoable INTEGER DEFAULT 1 NOT NULL,
    skipped INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_journal_action PRIMARY KEY (seq),
    CONSTRAINT uq_journal_action_id UNIQUE (id)
)
 STRICT""",
    """CREATE INDEX ix_journal_action_scope ON journal_action (scope)""",
    """CREATE TABLE journal_change (
    seq INTEGER NOT NULL,
    op TEXT NOT NULL,
    action_id TEXT NOT NULL,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    column_name TEXT NOT NULL,
    old ANY,
    new ANY,
    over TEXT NOT NULL,
    stamp TEXT NOT NULL,
    inserted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_journal_change PRIMARY KEY (seq),
    CONSTRAINT uq_journal_change_op UNIQUE (op)
)
 STRICT""",
    """CREATE INDEX ix_journal_change_action_id ON journal_change (action_id)""",
    """CREATE INDEX ix_journal_change_cell ON journal_change (row_id, column_name)""",
    """CREATE TABLE journal_head (
    row_id TEXT NOT NULL,
    column_name TEXT NOT NULL,
    op TEXT NOT NULL,
    table_name TEXT NOT NULL,
    CONSTRAINT pk_journal_head PRIMARY KEY (row_id, column_name, op)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE meta (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_meta PRIMARY KEY ("key")
)
 STRICT""",
    """CREATE TABLE person (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    staff_id TEXT DEFAULT '' NOT NULL,
    subjects TEXT DEFAULT '' NOT NULL,
    roles TEXT DEFAULT '[]' NOT NULL,
    archived INTEGER DEFAULT 0 NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE search_doc (
    pk INTEGER NOT NULL,
    kind TEXT NOT NULL,
    row_id TEXT NOT NULL,
    visit_id TEXT,
    body TEXT NOT NULL,
    CONSTRAINT pk_search_doc PRIMARY KEY (pk)
)
 STRICT""",
    """CREATE UNIQUE INDEX ix_search_doc_row ON search_doc (row_id, kind)""",
    """CREATE TABLE visit (
    id TEXT NOT NULL,
    stage TEXT DEFAULT 'prepare' NOT NULL,
    class_name TEXT DEFAULT '' NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    topic TEXT DEFAULT '' NOT NULL,
    room TEXT DEFAULT '' NOT NULL,
    class_size INTEGER,
    start TEXT,
    minutes INTEGER DEFAULT 50 NOT NULL,
    zone TEXT DEFAULT 'UTC' NOT NULL,
    started TEXT,
    ended TEXT,
    focus TEXT DEFAULT '' NOT NULL,
    looking_for TEXT DEFAULT '' NOT NULL,
    context TEXT DEFAULT '' NOT NULL,
    preparation TEXT DEFAULT '' NOT NULL,
    conversation TEXT DEFAULT '' NOT NULL,
    form_id TEXT DEFAULT '' NOT NULL,
    form_version INTEGER DEFAULT 0 NOT NULL,
    form_title TEXT DEFAULT '' NOT NULL,
    form_snapshot TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT 'live' NOT NULL,
    created TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_visit PRIMARY KEY (id)
)
 STRICT""",
    """CREATE INDEX ix_visit_start ON visit (start)""",
    """CREATE TABLE visit_member (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    role TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_visit_member PRIMARY KEY (id)
)
 STRICT""",
    """CREATE INDEX ix_visit_member_person_id ON visit_member (person_id)""",
    """CREATE INDEX ix_visit_member_visit_id ON visit_member (visit_id)""",
    """CREATE VIRTUAL TABLE search_fts USING fts5(body, content='search_doc', content_rowid='pk', \
tokenize="unicode61 remove_diacritics 2", prefix='2 3')""",
)


def upgrade() -> None:
    """Make every table, index and the full-text index."""
    for statement in STATEMENTS:
        op.execute(statement)
