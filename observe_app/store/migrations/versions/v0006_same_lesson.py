"""Two visits of one lesson, and what their observers agreed on; an index that lists of visits are read from."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE same_lesson (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    other_visit_id TEXT NOT NULL,
    at TEXT,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_same_lesson PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_same_lesson_other_visit_id ON same_lesson (other_visit_id)",
    "CREATE INDEX ix_same_lesson_visit_id ON same_lesson (visit_id)",
    """CREATE TABLE agreed_cell (
    id TEXT NOT NULL,
    pair_id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    other_visit_id TEXT NOT NULL,
    item TEXT DEFAULT '' NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    place INTEGER DEFAULT (-1) NOT NULL,
    verdict TEXT DEFAULT 'open' NOT NULL,
    value REAL,
    why TEXT DEFAULT '' NOT NULL,
    at TEXT,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_agreed_cell PRIMARY KEY (id)
)
 STRICT""",
    "CREATE INDEX ix_agreed_cell_pair_id ON agreed_cell (pair_id)",
    (
        "CREATE INDEX ix_visit_listed ON visit (deleted, coalesce(started, start, created), id, stage, form_id, "
        "form_title, class_name, focus, start, started, created)"
    ),
)


def upgrade() -> None:
    """Add two tables and an index; nothing that is there changes."""
    for statement in STATEMENTS:
        op.execute(statement)
