"""People, rounds, groups, sessions, surveys, journals, hours: tables of their own, and what is new of a person."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE person ADD COLUMN pronouns TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE person ADD COLUMN photo TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE person ADD COLUMN building TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE person ADD COLUMN manager_id TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE person ADD COLUMN week_load INTEGER",
    "ALTER TABLE person ADD COLUMN left_on TEXT",
    "ALTER TABLE person ADD COLUMN merged_into TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE visit ADD COLUMN class_id TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE journal_entry ADD COLUMN title TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE journal_entry ADD COLUMN prompt TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE journal_entry ADD COLUMN visit_ids TEXT DEFAULT '[]' NOT NULL",
    """CREATE TABLE school_term (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT DEFAULT 'term' NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_school_term PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE holiday (
    id TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_holiday PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE school_class (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    year_group TEXT DEFAULT '' NOT NULL,
    size INTEGER,
    room TEXT DEFAULT '' NOT NULL,
    building TEXT DEFAULT '' NOT NULL,
    term_id TEXT DEFAULT '' NOT NULL,
    teacher_ids TEXT DEFAULT '[]' NOT NULL,
    seating TEXT DEFAULT '' NOT NULL,
    archived INTEGER DEFAULT 0 NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_school_class PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE lesson_slot (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    kind TEXT DEFAULT 'teaching' NOT NULL,
    weekday INTEGER DEFAULT (-1) NOT NULL,
    "on" TEXT,
    start_min INTEGER NOT NULL,
    end_min INTEGER NOT NULL,
    week TEXT DEFAULT '' NOT NULL,
    class_name TEXT DEFAULT '' NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    room TEXT DEFAULT '' NOT NULL,
    building TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    batch TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_lesson_slot PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_lesson_slot_person_id ON lesson_slot (person_id)",
    """CREATE TABLE visit_round (
    id TEXT NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    title TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    people TEXT DEFAULT '[]' NOT NULL,
    rules TEXT DEFAULT '{}' NOT NULL,
    report TEXT DEFAULT '{}' NOT NULL,
    state TEXT DEFAULT 'draft' NOT NULL,
    zone TEXT DEFAULT 'UTC' NOT NULL,
    solved TEXT,
    created TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_visit_round PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE pairing (
    id TEXT NOT NULL,
    round_id TEXT NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    observer_id TEXT NOT NULL,
    teacher_id TEXT NOT NULL,
    "on" TEXT,
    start_min INTEGER,
    end_min INTEGER,
    slot_id TEXT DEFAULT '' NOT NULL,
    class_name TEXT DEFAULT '' NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    room TEXT DEFAULT '' NOT NULL,
    building TEXT DEFAULT '' NOT NULL,
    locked INTEGER DEFAULT 0 NOT NULL,
    state TEXT DEFAULT 'planned' NOT NULL,
    why TEXT DEFAULT '' NOT NULL,
    visit_id TEXT DEFAULT '' NOT NULL,
    position REAL DEFAULT 0 NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_pairing PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_pairing_round_id ON pairing (round_id)",
    "CREATE INDEX ix_pairing_visit_id ON pairing (visit_id)",
    """CREATE TABLE peer_group (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT DEFAULT 'community' NOT NULL,
    purpose TEXT DEFAULT '' NOT NULL,
    measure TEXT DEFAULT '' NOT NULL,
    revisit TEXT,
    norms TEXT DEFAULT '' NOT NULL,
    school_goals TEXT DEFAULT '' NOT NULL,
    archived INTEGER DEFAULT 0 NOT NULL,
    created TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_peer_group PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE group_member (
    id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    roles TEXT NOT NULL,
    since TEXT,
    until TEXT,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_group_member PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_group_member_group_id ON group_member (group_id)",
    "CREATE INDEX ix_group_member_person_id ON group_member (person_id)",
    """CREATE TABLE goal (
    id TEXT NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    person_id TEXT DEFAULT '' NOT NULL,
    parent_id TEXT DEFAULT '' NOT NULL,
    title TEXT NOT NULL,
    measure TEXT DEFAULT '' NOT NULL,
    unit TEXT DEFAULT '' NOT NULL,
    baseline REAL,
    target REAL,
    due TEXT,
    status TEXT DEFAULT 'open' NOT NULL,
    closed TEXT,
    story TEXT DEFAULT '' NOT NULL,
    position REAL DEFAULT 0 NOT NULL,
    created TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_goal PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_goal_group_id ON goal (group_id)",
    """CREATE TABLE reading (
    id TEXT NOT NULL,
    goal_id TEXT NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    "on" TEXT NOT NULL,
    value REAL NOT NULL,
    n INTEGER,
    series TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    batch TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_reading PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_reading_goal_id ON reading (goal_id)",
    """CREATE TABLE goal_link (
    id TEXT NOT NULL,
    goal_id TEXT NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    kind TEXT NOT NULL,
    target_id TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_goal_link PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_goal_link_goal_id ON goal_link (goal_id)",
    """CREATE TABLE resource (
    id TEXT NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    session_id TEXT DEFAULT '' NOT NULL,
    title TEXT NOT NULL,
    link TEXT DEFAULT '' NOT NULL,
    sha256 TEXT DEFAULT '' NOT NULL,
    file_name TEXT DEFAULT '' NOT NULL,
    size INTEGER DEFAULT 0 NOT NULL,
    licence TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    created TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_resource PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_resource_group_id ON resource (group_id)",
    "CREATE INDEX ix_resource_session_id ON resource (session_id)",
    """CREATE TABLE session (
    id TEXT NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    series_id TEXT DEFAULT '' NOT NULL,
    rule TEXT DEFAULT '' NOT NULL,
    title TEXT NOT NULL,
    kind TEXT DEFAULT 'session' NOT NULL,
    start TEXT,
    minutes INTEGER DEFAULT 60 NOT NULL,
    zone TEXT DEFAULT 'UTC' NOT NULL,
    place TEXT DEFAULT '' NOT NULL,
    link TEXT DEFAULT '' NOT NULL,
    objectives TEXT DEFAULT '' NOT NULL,
    notes TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'planned' NOT NULL,
    started TEXT,
    ended TEXT,
    facilitator_id TEXT DEFAULT '' NOT NULL,
    recorder_id TEXT DEFAULT '' NOT NULL,
    time_keeper_id TEXT DEFAULT '' NOT NULL,
    created TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_session_group_id ON session (group_id)",
    """CREATE TABLE session_item (
    id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    kind TEXT DEFAULT 'agenda' NOT NULL,
    title TEXT NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    minutes INTEGER,
    person_id TEXT DEFAULT '' NOT NULL,
    position REAL DEFAULT 0 NOT NULL,
    started TEXT,
    spent_s INTEGER DEFAULT 0 NOT NULL,
    done INTEGER DEFAULT 0 NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_session_item PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_session_item_session_id ON session_item (session_id)",
    """CREATE TABLE attendance (
    id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    person_id TEXT NOT NULL,
    state TEXT NOT NULL,
    minutes INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_attendance PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_attendance_person_id ON attendance (person_id)",
    "CREATE INDEX ix_attendance_session_id ON attendance (session_id)",
    """CREATE TABLE follow_up (
    id TEXT NOT NULL,
    session_id TEXT DEFAULT '' NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    goal_id TEXT DEFAULT '' NOT NULL,
    text TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    due TEXT,
    status TEXT DEFAULT 'open' NOT NULL,
    closed TEXT,
    position REAL DEFAULT 0 NOT NULL,
    created TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_follow_up PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_follow_up_owner_id ON follow_up (owner_id)",
    "CREATE INDEX ix_follow_up_session_id ON follow_up (session_id)",
    """CREATE TABLE excerpt (
    id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_excerpt PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_excerpt_group_id ON excerpt (group_id)",
    """CREATE TABLE survey (
    id TEXT NOT NULL,
    group_id TEXT DEFAULT '' NOT NULL,
    session_id TEXT DEFAULT '' NOT NULL,
    series_id TEXT DEFAULT '' NOT NULL,
    title TEXT NOT NULL,
    kind TEXT DEFAULT 'survey' NOT NULL,
    content TEXT NOT NULL,
    anonymous INTEGER DEFAULT 1 NOT NULL,
    least INTEGER DEFAULT 5 NOT NULL,
    "key" TEXT DEFAULT '' NOT NULL,
    opens TEXT,
    closes TEXT,
    state TEXT DEFAULT 'draft' NOT NULL,
    organiser_id TEXT DEFAULT '' NOT NULL,
    created TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_survey PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE survey_secret (
    id TEXT NOT NULL,
    survey_id TEXT NOT NULL,
    identity TEXT DEFAULT '' NOT NULL,
    asked TEXT DEFAULT '[]' NOT NULL,
    batches INTEGER DEFAULT 0 NOT NULL,
    collector TEXT DEFAULT '' NOT NULL,
    taken TEXT DEFAULT '[]' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_survey_secret PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE survey_answer (
    id TEXT NOT NULL,
    survey_id TEXT NOT NULL,
    batch INTEGER DEFAULT 0 NOT NULL,
    person_id TEXT DEFAULT '' NOT NULL,
    "on" TEXT,
    content TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_survey_answer PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_survey_answer_survey_id ON survey_answer (survey_id)",
    """CREATE TABLE survey_urn (
    id TEXT NOT NULL,
    survey_id TEXT NOT NULL,
    leave INTEGER DEFAULT 0 NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_survey_urn PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE survey_done (
    survey_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    CONSTRAINT pk_survey_done PRIMARY KEY (survey_id, person_id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE portfolio (
    id TEXT NOT NULL,
    person_id TEXT DEFAULT '' NOT NULL,
    title TEXT NOT NULL,
    first TEXT,
    last TEXT,
    foreword TEXT DEFAULT '' NOT NULL,
    picks TEXT DEFAULT '[]' NOT NULL,
    created TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_portfolio PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE hours_rule (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    per TEXT NOT NULL,
    minutes INTEGER DEFAULT 0 NOT NULL,
    cap_min INTEGER,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_hours_rule PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE hours_entry (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    what TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_hours_entry PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_hours_entry_person_id ON hours_entry (person_id)",
    """CREATE TABLE certificate (
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    person_id TEXT NOT NULL,
    name TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    issued TEXT NOT NULL,
    withdrawn TEXT,
    why TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_certificate PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_certificate_number ON certificate (number)",
    "CREATE INDEX ix_certificate_person_id ON certificate (person_id)",
)


def upgrade() -> None:
    """Add tables and columns; nothing that is there changes."""
    for statement in STATEMENTS:
        op.execute(statement)
