"""Seating plans and consent to filming; lesson time and where a film lies, which each computer keeps alone."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE visit ADD COLUMN seating TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE visit ADD COLUMN video_consent TEXT DEFAULT '' NOT NULL",
    """CREATE TABLE lesson_anchor (
    visit_id TEXT NOT NULL,
    raw_ms INTEGER NOT NULL,
    wall TEXT NOT NULL,
    boot TEXT DEFAULT '' NOT NULL,
    boot_ms INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_lesson_anchor PRIMARY KEY (visit_id)
)
 STRICT""",
    """CREATE TABLE video (
    visit_id TEXT NOT NULL,
    path TEXT NOT NULL,
    starts_ms INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_video PRIMARY KEY (visit_id)
)
 STRICT""",
)


def upgrade() -> None:
    """Add columns and tables; nothing that is there changes."""
    for statement in STATEMENTS:
        op.execute(statement)
